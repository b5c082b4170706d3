use super::*;
use proptest::prelude::*;

const SGD: &str = "param eta : q15 = 0.02\nparam decay : q15 = 2^-12\ndw = eta*e*r - decay*w";

fn codes(text: &str) -> Vec<&'static str> {
    parse(text, 16).map_or_else(|found| found.0.iter().map(|d| d.code).collect(), |_| Vec::new())
}

#[test]
fn the_parse_tree_is_left_associative() {
    let program = parse(SGD, 16).unwrap();
    assert_eq!(program.params.iter().map(|p| p.code).collect::<Vec<_>>(), [655, 8]);
    let Node::Subtract(pair) = &program.assignments[0].value.node else { panic!("a difference") };
    let Node::Multiply(product) = &pair[0].node else { panic!("a product") };
    assert!(matches!(product[0].node, Node::Multiply(_)));
    assert!(matches!(product[1].node, Node::Operand(Operand { signal: Signal::Rate, .. })));
}

/// Roles of row and column are exchanged between the arrays, so the same part of a rule is
/// computed per column in one and per row in the other.
#[test]
fn shapes_are_exchanged_between_the_arrays() {
    let program = parse(SGD, 16).unwrap();
    let Node::Subtract(pair) = &program.assignments[0].value.node else { panic!("a difference") };
    let Node::Multiply(product) = &pair[0].node else { panic!("a product") };
    let shape = |array| product[0].shape(Target::Weight, array);
    assert_eq!(ArrayName::ALL.map(shape), [Shape::Column, Shape::Row]);
}

#[test]
fn each_mistake_has_its_code() {
    for (text, expected) in [
        ("dw = e ? r", "LL1670"),
        ("dw = e r", "LL1670"),
        ("dw = e*", "LL1670"),
        ("dw = eta*e", "LL1671"),
        ("dz = e", "LL1671"),
        ("dw = root(e)", "LL1671"),
        ("param a : q30 = 0.5; dw = a*e", "LL1672"),
        ("dw = wide(e)", "LL1672"),
        ("param a = 2; dw = a*e", "LL1673"),
        ("param a = 1e-9; dw = a*e", "LL1674"),
        ("dw = shr(e, 16, rnu)", "LL1675"),
        ("dw = shr(e, 3, up)", "LL1675"),
        ("dtau = w", "LL1676"),
        ("dw = u.col", "LL1676"),
        ("dw = m", "LL1676"),
        ("dw = e; dw = r", "LL1677"),
        ("param e = 0.5; dw = e", "LL1677"),
        ("every = 2", "LL1677"),
        ("dw = wide(e*r)", "LL1678"),
        ("dw = e < r", "LL1679"),
        ("dw = sel(e, r, e)", "LL1679"),
        ("dw = shr(e, 2, sto) + shr(r, 2, sto)", "LL1680"),
        ("dw = e; every = 0", "LL1682"),
        ("param a : q7/12 = 0.5; dw = a*e", "LL1670"),
        ("param a : q16 = 0.5; dw = a*e", "LL1683"),
    ] {
        assert_eq!(codes(text), [expected], "{text}");
    }
    let deep = format!("dw = {}e{}", "-(".repeat(80), ")".repeat(80));
    assert_eq!(codes(&deep), ["LL1681"]);
    assert_eq!(codes(&format!("dw = e{}", " + e".repeat(80))), ["LL1681"]);
}

/// A mismatch names both formats, both places and a way out; all findings come at once.
#[test]
fn a_mismatch_names_both_formats() {
    let found = parse("param a : q30 = 0.5\ndw = a*e\ndb = nothing", 16).unwrap_err();
    assert_eq!(found.0.iter().map(|d| d.code).collect::<Vec<_>>(), ["LL1672", "LL1671"]);
    assert_eq!(found.0[0].message, "cannot multiply q30 and q15");
    let places: Vec<_> = found.0[0].labels.iter().map(|l| l.span.clone()).collect();
    assert_eq!(places, [25..26, 27..28]);
    assert!(found.0.iter().all(|d| !d.help.is_empty()));
}

#[test]
fn a_number_takes_the_format_around_it() {
    let text =
        "param k : q20/16 = 3e-4; dw = narrow(wide(k*e), 20, rnu) + 0.5 - clip(0.25*w, -0.5, 0.5)";
    let program = parse(text, 16).unwrap();
    assert_eq!(program.params[0].code, 315);
    assert_eq!(program.assignments[0].value.format, Format::Q15);
    assert_eq!(codes("dw = 2*e"), ["LL1673"]);
}

fn core(columns: usize, rows: usize, seed: u32) -> Core {
    let mut next = 0;
    let mut word = || {
        next += 1;
        let [low, high, ..] =
            leadlag_fixed::random::philox([next, seed, 0, 0], [9, 9])[0].to_le_bytes();
        i16::from_le_bytes([low, high])
    };
    let mut many = |count: usize| (0..count).map(|_| word()).collect::<Vec<i16>>();
    let array = |many: &mut dyn FnMut(usize) -> Vec<i16>| Array {
        weight: many(rows * columns),
        momentum: Vec::new(),
        codes: many(rows),
    };
    Core {
        columns,
        somatic: array(&mut many),
        apical: array(&mut many),
        now: Observables {
            rate: many(columns),
            membrane: many(columns),
            error: many(columns),
            sent_rate: many(columns),
            sent_error: many(columns),
        },
        past_rate: [many(columns), many(columns)],
        past_sent: [many(columns), many(columns)],
        past_membrane: many(columns),
        injection: many(columns),
        target: many(columns),
        tau: many(columns),
        owed: true,
    }
}

fn draws(step: u64) -> Draws {
    Draws { seed: 1, step, core: 3, stride: 64 }
}

proptest! {
    /// The rule by hand, in the manual's words, on both arrays.
    #[test]
    fn the_update_is_the_product_of_the_two_ends(seed in any::<u32>()) {
        let program = parse("param eta = 0.3; dw = eta*e*r", 16).unwrap();
        let before = core(4, 3, seed);
        let mut after = before.clone();
        after.learn(&program, &[9830], &draws(5));
        let q15 = |a: i64, b: i64| ((a * b + (1 << 14)) >> 15).clamp(-32_768, 32_767);
        for row in 0..3 {
            for column in 0..4 {
                let at = row * 4 + column;
                let step = |e: i16, r: i16| q15(q15(9830, e.into()), r.into());
                let moved = |w: i16, dw: i64| (i64::from(w) + dw).clamp(-32_768, 32_767);
                let somatic = step(before.now.error[column], before.somatic.codes[row]);
                let apical = step(before.apical.codes[row], before.past_rate[1][column]);
                prop_assert_eq!(i64::from(after.somatic.weight[at]), moved(before.somatic.weight[at], somatic));
                prop_assert_eq!(i64::from(after.apical.weight[at]), moved(before.apical.weight[at], apical));
            }
        }
        prop_assert_eq!(&after.past_rate[0], &before.now.rate);
        prop_assert_eq!(&after.past_rate[1], &before.past_rate[0]);
    }

    /// With the senders' codes both ends multiply the same two numbers through the same tree: what
    /// the somatic array of one core adds in a step, the apical array of the other adds in the next.
    #[test]
    fn mirrored_arrays_stay_transposed(seed in any::<u32>()) {
        let program = parse("param eta = 0.3; dw = eta*e.sent*r.sent - 0.01*w", 16).unwrap();
        let (mut post, mut pre) = (core(4, 4, seed), core(4, 4, seed ^ 1));
        for row in 0..4 {
            for column in 0..4 {
                pre.apical.weight[column * 4 + row] = post.somatic.weight[row * 4 + column];
            }
        }
        (pre.owed, post.owed) = (false, false);
        let mut before = post.somatic.weight.clone();
        for step in 0..6 {
            let fresh = core(4, 4, seed.wrapping_add(step));
            // What pre sends is in post's rows a step later, and the other way round.
            (post.somatic.codes, pre.apical.codes) = (pre.now.sent_rate.clone(), post.now.sent_error.clone());
            (pre.now, post.now) = (fresh.now.clone(), core(4, 4, seed ^ 0xabc ^ step).now);
            if step == 0 { post.somatic.codes.fill(0); pre.past_sent = [vec![0; 4], vec![0; 4]]; }
            pre.learn(&program, &[9830], &draws(step.into()));
            for (row, column) in (0..16).map(|at| (at / 4, at % 4)) {
                prop_assert_eq!(pre.apical.weight[column * 4 + row], before[row * 4 + column]);
            }
            post.learn(&program, &[9830], &draws(step.into()));
            before = post.somatic.weight.clone();
        }
    }

    /// Any text is read or refused, and never crashes.
    #[test]
    fn any_text_is_read_or_refused(words in prop::collection::vec(prop::sample::select(vec![
        "dw", "=", "e", "r", "w", "m", "(", ")", "*", "+", "-", ",", ";", "wide", "narrow", "shr",
        "sel", "<", "0.5", "7", "rnu", "sto", "param", ":", "q15", ".", "sent", "^", "clip",
    ]), 0..24)) {
        let _ = parse(&words.join(" "), 16);
        let _ = parse(&words.concat(), 6);
    }

    /// Dropping bits with all draws, one after the other, is exact in the mean; the other modes are
    /// within a unit.
    #[test]
    fn roundings_keep_their_promises(value in -30_000..30_000_i64, places in 1..8_u32) {
        let sum: i64 = (0..1 << places).map(|draw| Mode::Stochastic.drop(value, places, draw)).sum();
        prop_assert_eq!(sum, value);
        for mode in [Mode::NearestUp, Mode::NearestEven, Mode::Down, Mode::Odd] {
            prop_assert!(((mode.drop(value, places, 0) << places) - value).abs() < 1 << places);
        }
    }
}

#[test]
fn constants_that_are_held_poorly_are_named_with_both_numbers() {
    let told = |text: &str| super::remarks(text, 16).expect("a rule").0;
    let found = told("param eta = 3e-4\ndw = eta*e*r - 0.0005*w + 0.5*w");
    assert_eq!(found.iter().map(|d| d.code).collect::<Vec<_>>(), ["LL4107", "LL4107"]);
    let first =
        "`eta` = 3e-4 is 10/2^15 as q15: 3.0518e-4, +1.7 %; up to 1 % passes without a word";
    assert_eq!(found[0].message, first);
    assert!(found[1].message.starts_with("`a number` = 5e-4 is 16/2^15"), "{}", found[1].message);
    assert_eq!(found[0].help, ["`param eta : q26/16 = 3e-4`"]);
    assert!(told("param eta : q26/16 = 3e-4\ndw = narrow(wide(eta*e), 26, rnu)*r").is_empty());
    assert!(told("param eta = 0.02\ndw = shr(eta*e*r, 3, rnu)").is_empty());
}
