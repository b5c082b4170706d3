//! A recording is what the engine held; damage and truncation are told apart and told.

#![expect(clippy::indexing_slicing, reason = "a test ends where an index is wrong")]

use leadlag_trace::export::{Filter, Form, export, filter_pattern};
use leadlag_trace::{
    Breakpoint, Clock, Condition, Ending, Event, Family, Format, Path, Probe, Probed, Reader,
    Recorder, Request, Segment, Selection, Signal, Writer,
};
use proptest::prelude::*;

/// Two replicas of a core with four states in units that may move, and a scale.
#[derive(Clone, Debug)]
struct Engine {
    states: [[i32; 4]; 2],
    scale: i32,
}

impl Probed for Engine {
    fn families(&self) -> Vec<Family> {
        let path = |name: &str| {
            Path::new(&[
                Segment::new("core", &[0, 1]),
                Segment::new("apical", &[]),
                Segment::new(name, &[]),
            ])
        };
        vec![
            Family { id: 7, path: path("e"), extents: vec![4], replicas: 2, meaning: "error" },
            Family {
                id: 8,
                path: path("scale"),
                extents: Vec::new(),
                replicas: 1,
                meaning: "its unit",
            },
        ]
    }

    fn format(&self, probe: Probe) -> Format {
        let scale = Probe { family: 8, replica: 0, index: [0, 0] };
        let scaled = probe.family == 7;
        Format {
            unit: "1",
            exponent: if scaled { -4 } else { 0 },
            width: if scaled { 32 } else { 6 },
            scale: scaled.then_some(scale),
        }
    }

    fn read(&self, probe: Probe) -> i32 {
        let at = |index: u32| usize::try_from(index).expect("small");
        if probe.family == 8 {
            self.scale
        } else {
            self.states[at(probe.replica)][at(probe.index[0])]
        }
    }
}

fn selection(requests: &[&str], engine: &Engine) -> Selection {
    let requests: Vec<String> = requests.iter().map(|&text| text.to_owned()).collect();
    let requests = Request::parse_all(&requests).expect("readable");
    Selection::new(&requests, engine).expect("registers")
}

fn recorded(course: &[Engine], requests: &[&str]) -> Vec<u8> {
    let mut recorder =
        Recorder::new(Vec::new(), Clock::Steps, &selection(requests, &course[0])).expect("memory");
    for (clock, engine) in (0..).zip(course) {
        recorder.look(clock, engine).expect("memory");
    }
    recorder.finish().expect("memory")
}

fn events(bytes: &[u8]) -> Result<(Vec<Event>, Ending), leadlag_diagnostic::Diagnostics> {
    let mut reader = Reader::new(bytes)?;
    let mut all = Vec::new();
    while let Some(event) = reader.next_event()? {
        all.push(event);
    }
    Ok((all, reader.ending().expect("the log was read to its end")))
}

fn engines() -> impl Strategy<Value = Vec<Engine>> {
    let state = || prop::array::uniform4(-2..3_i32);
    let engine = ([state(), state()], -1..2_i32);
    prop::collection::vec(engine.prop_map(|(states, scale)| Engine { states, scale }), 1..40)
}

const ALL: [&str; 3] = ["**.e", "replica[1].core.apical.e[..2]", "replica[1].**.e[3]@5"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Replaying the changes gives what every register held at every clock.
    #[test]
    fn a_replayed_log_is_the_engine(course in engines()) {
        let bytes = recorded(&course, &ALL);
        let selection = selection(&ALL, &course[0]);
        let (events, ending) = events(&bytes).expect("a sound log");
        prop_assert_eq!(ending, Ending::Whole);
        let mut held = vec![None; selection.probes().len()];
        let mut events = events.into_iter().peekable();
        for (clock, engine) in (0..).zip(&course) {
            while let Some(event) = events.next_if(|event| event.clock == clock) {
                held[usize::try_from(event.probe).expect("small")] = Some(event.code);
            }
            for ((probe, signal), held) in selection.probes().iter().zip(selection.signals()).zip(&held) {
                if signal.every == 0 || clock % u64::from(signal.every) == 0 {
                    prop_assert_eq!(*held, Some(engine.read(*probe)), "{} at {}", signal.name, clock);
                }
            }
        }
        prop_assert!(events.next().is_none());
    }

    /// A log cut at any byte gives a beginning of the whole and says that it was cut.
    #[test]
    fn a_cut_log_is_a_beginning(course in engines(), cut in any::<prop::sample::Index>()) {
        let bytes = recorded(&course, &ALL);
        let (whole, _) = events(&bytes).expect("a sound log");
        let cut = cut.index(bytes.len());
        match events(&bytes[..cut]) {
            Err(found) => {
                prop_assert!(matches!(found.0[0].code, "LL1346" | "LL1347"), "{:?}", found);
                prop_assert!(cut + 16 * (whole.len() + 1) < bytes.len(), "only the head is needed");
            }
            Ok((part, ending)) => {
                prop_assert!(whole.starts_with(&part));
                prop_assert_eq!(part.len(), whole.len().min((cut + 16 * (whole.len() + 1) - bytes.len()) / 16));
                prop_assert_ne!(ending, Ending::Whole);
            }
        }
    }

    /// No flipped bit goes unseen.
    #[test]
    fn a_flipped_bit_is_refused(course in engines(), at in any::<prop::sample::Index>(), bit in 0..8_u32) {
        let mut bytes = recorded(&course, &ALL);
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        let outcome = events(&bytes);
        let torn = matches!(outcome, Ok((_, Ending::Torn { .. })));
        // The end record with another probe is a record like any other, and the log is cut.
        prop_assert!(outcome.is_err() || torn, "byte {} of {}", at, bytes.len());
        prop_assert!(!torn || at + 16 >= bytes.len());
    }

    /// Bytes that are no log are refused or read, and nothing worse.
    #[test]
    fn any_bytes_end(start in 0..64_usize, noise in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut bytes = recorded(&[Engine { states: [[1; 4]; 2], scale: 0 }], &ALL);
        bytes.truncate(start.min(bytes.len()));
        bytes.extend(noise);
        drop(events(&bytes));
    }

    /// An interrupted recording, continued, is the recording of a run that went through.
    #[test]
    fn a_resumed_log_equals_one_that_went_through(course in engines(), stop in 0..40_usize, past in 0..5_usize) {
        let stop = stop.min(course.len() - 1);
        let past = (stop + past).min(course.len() - 1);
        let old = recorded(&course[..=past], &ALL);
        let mut reader = Reader::new(old.as_slice()).expect("a log");
        let until = u64::try_from(stop).expect("small");
        let selection = selection(&ALL, &course[0]);
        let mut recorder = Recorder::resume(&mut reader, until, Vec::new(), &selection).expect("a log");
        for (clock, engine) in (0..).zip(&course).skip(stop + 1) {
            recorder.look(clock, engine).expect("memory");
        }
        prop_assert_eq!(recorder.finish().expect("memory"), recorded(&course, &ALL));
    }

    /// A window shows what the whole table shows of those steps, and what was held when it opened.
    #[test]
    fn a_window_is_a_part_of_the_table(course in engines(), first in 0..45_u64, length in 0..20_u64) {
        let bytes = recorded(&course, &["**.e"]);
        let table = |filter: &Filter| {
            let mut sink = Vec::new();
            let mut reader = Reader::new(bytes.as_slice()).expect("a log");
            export(&mut reader, filter, Form::Csv, &mut sink).expect("a table");
            String::from_utf8(sink).expect("text").lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
        };
        let clock = |line: &str| line.split(',').next().and_then(|c| c.parse::<u64>().ok()).expect("a clock");
        let window = Filter { window: Some(first..=first + length), ..Filter::default() };
        let part = table(&window);
        let whole = table(&Filter::default());
        let inner: Vec<_> = whole.iter().filter(|l| (first + 1..=first + length).contains(&clock(l))).cloned().collect();
        let shown: Vec<_> = part.iter().filter(|l| clock(l) > first).cloned().collect();
        prop_assert_eq!(shown, inner);
        let opening: std::collections::BTreeSet<_> =
            part.iter().filter(|l| clock(l) == first).filter_map(|l| l.split('"').nth(1)).collect();
        prop_assert_eq!(opening.len(), 5, "four errors and their scale: {:?}", part);
    }
}

/// Many blocks, and damage in each part of them.
#[test]
fn blocks_are_checked_one_by_one() {
    let signal = Signal {
        name: "x".to_owned(),
        unit: "1".to_owned(),
        lsb: 1.0,
        offset: 0.0,
        width: 32,
        scale: None,
        every: 0,
    };
    let mut writer = Writer::new(Vec::new(), Clock::Cycles, &[signal]).expect("memory");
    for clock in 0..10_000_u64 {
        let code = i32::try_from(clock).expect("small");
        writer.record(Event { clock, probe: 0, code }).expect("memory");
    }
    let bytes = writer.finish().expect("memory");
    let (all, ending) = events(&bytes).expect("a sound log");
    assert_eq!((all.len(), ending, all[9_999].code), (10_000, Ending::Whole, 9_999));
    let head = bytes.len() - 16 * (10_000 + 3);
    let (torn, ending) = events(&bytes[..head + 16 * 4_197 + 5]).expect("a cut log");
    assert_eq!(torn.len(), 4_196);
    assert_eq!(ending, Ending::Torn { checked: 4_096, unchecked: 100, bytes: 5 });
    for at in [head, head + 16 * 4_096, head + 16 * 8_000 + 3] {
        let mut damaged = bytes.clone();
        damaged[at] ^= 1;
        assert_eq!(events(&damaged).expect_err("damage").0[0].code, "LL1347", "byte {at}");
    }
    let mut longer = bytes.clone();
    longer.push(0);
    assert_eq!(events(&longer).expect_err("too long").0[0].code, "LL1347");
    let mut later = bytes;
    later[8] = 2;
    let crc = crc32fast::hash(&later[..28]).to_le_bytes();
    later[28..32].copy_from_slice(&crc);
    assert_eq!(events(&later).expect_err("a later version").0[0].code, "LL1348");
}

#[test]
fn rows_have_names_codes_and_values() {
    let course = [
        Engine { states: [[0, -8, 0, 0], [0; 4]], scale: 0 },
        Engine { states: [[0, -8, 0, 0], [0; 4]], scale: 1 },
        Engine { states: [[0, 3, 0, 0], [0, 0, 5, 0]], scale: 1 },
    ];
    let bytes = recorded(&course, &["core[0,1].apical.e[1]", "replica[1].core.apical.e[2]"]);
    let table = |signals: &[&str], form| {
        let signals = signals.iter().map(|text| filter_pattern(text).expect("a pattern")).collect();
        let mut sink = Vec::new();
        let mut reader = Reader::new(bytes.as_slice()).expect("a log");
        export(&mut reader, &Filter { signals, window: None }, form, &mut sink).expect("a table");
        String::from_utf8(sink).expect("text")
    };
    assert_eq!(
        table(&[], Form::Csv),
        "step,signal,code,value,unit\n\
         0,\"core[0,1].apical.scale\",0,0,1\n\
         0,\"core[0,1].apical.e[1]\",-8,-0.5,1\n\
         0,\"replica[1].core[0,1].apical.e[2]\",0,0,1\n\
         1,\"core[0,1].apical.scale\",1,1,1\n\
         2,\"core[0,1].apical.e[1]\",3,0.375,1\n\
         2,\"replica[1].core[0,1].apical.e[2]\",5,0.625,1\n"
    );
    assert_eq!(
        table(&["**.e[2]"], Form::JsonLines),
        "{\"code\":0,\"signal\":\"replica[1].core[0,1].apical.e[2]\",\"step\":0,\"value\":0.0}\n\
         {\"code\":5,\"signal\":\"replica[1].core[0,1].apical.e[2]\",\"step\":2,\"value\":0.625}\n"
    );
}

#[test]
fn a_request_that_nothing_answers_says_what_there_is() {
    let engine = Engine { states: [[0; 4]; 2], scale: 0 };
    let refused = |texts: &[&str]| {
        let texts: Vec<String> = texts.iter().map(|&text| text.to_owned()).collect();
        Request::parse_all(&texts)
            .and_then(|requests| Selection::new(&requests, &engine))
            .expect_err("refused")
            .0
    };
    let found = refused(&["core.soma.u", "core[0,1].apical.e[4..9]", "**"]);
    assert_eq!(found.iter().map(|d| d.code).collect::<Vec<_>>(), ["LL1341", "LL1341"]);
    assert!(found[1].help.iter().any(|help| help.contains("[4] in 2 replicas")), "{found:?}");
    assert_eq!(refused(&["replica[2].**.e"])[0].code, "LL1341");
    let unreadable = refused(&["core[", "**@0", "**@x"]);
    assert!(unreadable.iter().all(|d| d.code == "LL1342") && unreadable.len() == 3);
    // Several indices by one star, all by none; the scale comes along once.
    assert_eq!(selection(&["core[*].apical.e[*]", "**"], &engine).signals().len(), 5);
}

#[test]
fn a_condition_holds_when_one_of_its_registers_does() {
    let engine = Engine { states: [[0, -8, 3, 0], [16, 0, 0, 0]], scale: 1 };
    let look = |text: &str| {
        let condition = Condition::parse(text).expect(text);
        Breakpoint::new(&condition, &engine).expect(text).look(12, &engine)
    };
    for no in
        ["core.apical.e > 0.375", "step == 11", "core.apical.e < -1", "step == 12 && step > 12"]
    {
        assert_eq!(look(no), None, "{no}");
    }
    let hit = look("abs(core.apical.e) > 0.5 && step == 12").expect("a hit");
    assert_eq!((hit.clock, hit.seen.len()), (12, 1));
    assert_eq!(hit.seen[0].to_string(), "core[0,1].apical.e[1] = -1 (code -8)");
    assert!(look("code(core.apical.e) == -8").is_some());
    assert!(look("core.apical.e[1] < core.apical.e[0]").is_some_and(|hit| hit.seen.len() == 2));
    assert!(look("replica[1].core.apical.e == 2").is_some(), "16 codes of 1/16, scaled by 2");
    let refused = |text: &str| {
        let condition = Condition::parse(text).expect(text);
        Breakpoint::new(&condition, &engine).expect_err(text).0.remove(0)
    };
    assert_eq!(refused("core.apical.e > core.apical.e").code, "LL1357");
    let nothing = refused("step > 3 && core.soma.u > 1");
    assert_eq!((nothing.code, nothing.labels[0].span.clone()), ("LL1341", 12..23));
}
