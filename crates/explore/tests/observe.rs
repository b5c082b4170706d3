//! A run that is stopped and continued is the run that went through.

use std::path::Path;

use leadlag_explore::build::build;
use leadlag_explore::inference::Outputs;
use leadlag_explore::observe::{Job, Observed, Watch, observe};
use leadlag_explore::{ChipBackend, inference, recording};
use leadlag_image::container::{self, Kind};
use leadlag_image::{Chip, Image};
use leadlag_net::{Block, Network, Targets};
use leadlag_trace::Event;
use proptest::prelude::*;

#[path = "networks/small.rs"]
mod small;
use small::small;

fn image() -> Image {
    let text = small(&[]);
    let net = Network::parse(&text, "net").expect("a network");
    let chip = Chip::builtin("ll1").expect("built in");
    build(&net, &chip, None, 1, Some(&text)).expect("it fits").compiled.image
}

/// Samples of so many steps each, from a few numbers.
fn blocks(samples: usize, steps: usize, noise: &[i8]) -> Vec<Block> {
    let mut values = noise.iter().cycle().map(|&n| f64::from(n) / 128.0);
    let block = |_| Block {
        steps,
        lanes: 1,
        width: 2,
        inputs: values.by_ref().take(2 * steps).collect(),
        targets: Targets::Class(vec![1]),
        used: 1,
    };
    (0..samples).map(block).collect()
}

fn job(image: &Image, blocks: &[Block], root: &Path) -> Job {
    Job {
        clocking: leadlag_explore::Clocking::default(),
        image: image.clone(),
        chip_seed: 7,
        seed: 1,
        blocks: blocks.to_vec(),
        root: root.to_owned(),
    }
}

fn events(seen: &Observed) -> Vec<Event> {
    let mut log = recording::open(&seen.folder.events_path()).expect("a log");
    let mut all = Vec::new();
    while let Some(event) = log.next_event().expect("a sound log") {
        all.push(event);
    }
    all
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

fn read(path: &Path) -> Vec<u8> {
    std::fs::read(path).expect("a file of the run")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_continued_run_has_the_bits_of_one_that_went_through(
        samples in 1..4_usize, steps in 1..8_usize, noise in prop::collection::vec(any::<i8>(), 5..40),
        cut in any::<prop::sample::Index>(),
    ) {
        let here = tempfile::tempdir().expect("a temporary folder");
        let image = image();
        let blocks = blocks(samples, steps, &noise);
        let job = job(&image, &blocks, here.path());
        let last = u64::try_from(samples * steps).expect("small");
        let cut = 1 + u64::try_from(cut.index(samples * steps)).expect("small");
        let record = texts(&["**.r", "core.*.u@1", "**.apical.w[0,*]", "**.events"]);
        let watch = Watch { record, snapshot_at: vec![cut, last], ..Watch::default() };
        let whole = observe(&job, &watch).expect("a run");
        prop_assert_eq!((whole.clock, whole.hit.is_none()), (last, true));
        let snapshot = whole.folder.path().join(format!("snap/{cut:06}.snap"));
        let rest = if cut < last { vec![last] } else { Vec::new() };
        let from = Watch { from: Some(read(&snapshot)), snapshot_at: rest.clone(), ..watch.clone() };
        let part = observe(&job, &from).expect("a continued run");
        // Answers, from the sample under way on.
        let values = &part.outputs.values;
        prop_assert_eq!(part.outputs.samples, samples - usize::try_from(cut - 1).expect("small") / steps);
        prop_assert!(whole.outputs.values.ends_with(values));
        // Every register, weight and counter.
        if !rest.is_empty() {
            let state = |seen: &Observed| read(&seen.folder.path().join(format!("snap/{last:06}.snap")));
            prop_assert!(state(&whole) == state(&part), "the last snapshots differ");
        }
        let counters = |seen: &Observed| read(&seen.folder.path().join("counters.json"));
        prop_assert!(counters(&whole) == counters(&part), "the counters differ");
        let later = |seen: &Observed| events(seen).into_iter().filter(|e| e.clock > cut).collect::<Vec<_>>();
        prop_assert_eq!(later(&whole), later(&part));
    }
}

/// Sample by sample on one chip, or many at a time: a sample begins at rest either way.
#[test]
fn a_watched_run_answers_as_one_that_is_not() {
    let here = tempfile::tempdir().expect("a temporary folder");
    let (image, blocks) = (image(), blocks(3, 9, &[90, -30, 5, 127, -128, 64, 1]));
    let watch = Watch { record: texts(&["**"]), ..Watch::default() };
    let seen = observe(&job(&image, &blocks, here.path()), &watch).expect("a run");
    let plain = inference::infer(blocks.into_iter(), |lanes| {
        let replicas = u32::try_from(lanes).expect("small");
        let options = leadlag_chip::Options { replicas, threads: 1, seed: 7 };
        Ok(Box::new(ChipBackend::new(image.clone(), options, false)?))
    });
    let plain = plain.expect("answers");
    let answers = |of: &Outputs| (of.samples, of.steps, of.size, of.labelled, of.correct);
    assert_eq!(answers(&seen.outputs), answers(&plain));
    assert_eq!(seen.outputs.values, plain.values);
    assert!(plain.values.iter().any(|value| value.abs() > 0.1), "{plain:?}");
}

#[test]
fn a_condition_ends_the_run_after_its_step() {
    let here = tempfile::tempdir().expect("a temporary folder");
    let (image, blocks) = (image(), blocks(2, 20, &[90, 90, 90, 90]));
    let job = job(&image, &blocks, here.path());
    let stopped = |condition: &str| {
        let watch =
            Watch { stop: texts(&[condition]), record: texts(&["**.u"]), ..Watch::default() };
        observe(&job, &watch).expect("a run")
    };
    let at = stopped("step == 25");
    assert_eq!((at.clock, at.outputs.samples, at.snapshots.len()), (25, 1, 1));
    assert!(at.snapshots.iter().all(|path| path.ends_with("snap/000025.snap")), "{at:?}");
    let hit = at.hit.clone().expect("a hit");
    assert_eq!((hit.clock, hit.condition.as_str(), hit.seen.len()), (25, "step == 25", 0));
    assert_eq!(events(&at).last().map(|event| event.clock), Some(25));
    // The first step at which a recorded value is above the threshold is the one that stops.
    let whole = events(&stopped("step == 40"));
    let most = whole.iter().map(|event| event.code).max().expect("records");
    let first = whole.iter().filter(|event| event.code == most).map(|event| event.clock).min();
    let reached = stopped(&format!("code(core[*].soma.u[*]) >= {most}"));
    assert_eq!(Some(reached.clock), first);
    let seen = reached.hit.expect("a hit").seen;
    assert_eq!(seen.iter().map(|seen| seen.code).collect::<Vec<_>>(), [most]);
    // Going on from where it stopped gives the rest.
    let from = at.snapshots.first().map(|path| read(path));
    let rest = observe(&job, &Watch { from, ..Watch::default() }).expect("the rest");
    assert_eq!((rest.clock, rest.outputs.samples), (40, 1));
}

#[test]
fn snapshots_of_other_images_chips_and_signals_are_refused() {
    let here = tempfile::tempdir().expect("a temporary folder");
    let (image, blocks) = (image(), blocks(2, 10, &[90, -30, 5]));
    let made = job(&image, &blocks, here.path());
    let seen = observe(&made, &Watch { snapshot_at: vec![13], ..Watch::default() }).expect("a run");
    let bytes = read(seen.snapshots.first().expect("a snapshot"));
    let folders = || std::fs::read_dir(here.path()).expect("our folder").count();
    let before = folders();
    let refused = |job: &Job, from: Vec<u8>| {
        let watch = Watch { from: Some(from), ..Watch::default() };
        observe(job, &watch).expect_err("refused").0.into_iter().map(|d| d.code).collect::<Vec<_>>()
    };
    let mut other = image.clone();
    if let Some(word) = other.cores.iter_mut().flat_map(|core| &mut core.soma.array.words).next() {
        *word = word.wrapping_add(1);
    }
    assert_eq!(refused(&job(&other, &blocks, here.path()), bytes.clone()), ["LL1352"]);
    let reseeded = Job { chip_seed: 8, ..job(&image, &blocks, here.path()) };
    assert_eq!(refused(&reseeded, bytes.clone()), ["LL1353"]);
    assert_eq!(refused(&job(&image, &blocks[..1], here.path()), bytes.clone()), ["LL1354"]);
    let shorter: Vec<Block> =
        blocks.iter().map(|block| inference::truncated(block.clone(), 7)).collect();
    assert_eq!(refused(&job(&image, &shorter, here.path()), bytes.clone()), ["LL1358"]);
    let cut = bytes.split_last().map(|(_, rest)| rest.to_vec()).expect("bytes");
    assert_eq!(refused(&made, cut), ["LL1245"]);
    let mut framed = Vec::new();
    container::write(Kind::Checkpoint, &1_u32, &mut framed).expect("memory");
    assert_eq!(refused(&made, framed), ["LL1243"]);
    let beyond = Watch { snapshot_at: vec![20, 21], ..Watch::default() };
    let found = observe(&made, &beyond).expect_err("too late");
    assert_eq!(found.0.iter().map(|d| d.code).collect::<Vec<_>>(), ["LL1354"]);
    let all = Watch { record: texts(&["x"]), stop: texts(&["y > 1"]), ..beyond };
    let found = observe(&made, &all).expect_err("all at once");
    let codes: Vec<_> = found.0.iter().map(|d| d.code).collect();
    assert_eq!(codes, ["LL1354", "LL1341", "LL1341"]);
    assert_eq!(folders(), before, "nothing is made before everything is right");
}
