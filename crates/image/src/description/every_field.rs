//! Every field of a description, one by one, with every kind of value that it cannot have.
//!
//! The fields are those of [`KNOBS`] and [`TEXTS`], which is all that the reader knows.

use super::*;

const LL1: &str = include_str!("../../../../chips/ll1.toml");

/// Literals of every kind that TOML has, with the words for it; texts are units of something else.
const LITERALS: [(&str, &str); 15] = [
    ("nan", "a decimal number"),
    ("inf", "a decimal number"),
    ("-inf", "a decimal number"),
    ("0.5", "a decimal number"),
    ("7", "an integer"),
    ("-1", "an integer"),
    ("99999999999999999999999999", "an integer"),
    ("\"10 V\"", "a text"),
    ("\"8\"", "a text"),
    ("\"\"", "a text"),
    ("true", "a truth value"),
    ("1979-05-27", "a date"),
    ("[]", "an array"),
    ("[1, \"10 V\"]", "an array"),
    ("{}", "a table"),
];

/// `ll1` with a literal in the place of a value.
fn with(key: &str, literal: &str) -> String {
    let document = DeTable::parse(LL1).expect("the built-in chip");
    let span = locate::value(document.get_ref(), key).expect("a field of ll1").span();
    format!("{}{literal}{}", &LL1[..span.start], &LL1[span.end..])
}

/// The only finding about `ll1` with this value: it names the field and points at the value.
fn refusal(key: &str, literal: &str) -> Diagnostic {
    let text = with(key, literal);
    let found = Chip::parse(&text, "my.toml").expect_err(&format!("{key} = {literal}")).0;
    let [one] = found.as_slice() else { panic!("{key} = {literal}: {found:?}") };
    assert_eq!(&text[one.labels[0].span.clone()], literal, "{one:?}");
    assert!(one.message.starts_with(&format!("`{key}` ")), "{one:?}");
    for value in examples(one) {
        let plain = key.split('[').next().expect("a key");
        let found = Chip::parse(&with(plain, &value), "my.toml").err().map_or(Vec::new(), |f| f.0);
        // The end of a range may ask for another field to be changed with it.
        assert!(found.iter().all(|d| d.code == "LL1207"), "{plain} = {value}: {found:?}");
    }
    let assigned = Chip::builtin("ll1").expect("built in").set(&format!("{key}={literal}"));
    assert!(key.contains('[') || assigned.is_err(), "--set {key}={literal}");
    one.clone()
}

/// The values that the ways out give as examples: one at least.
fn examples(one: &Diagnostic) -> Vec<String> {
    let quoted = one.help.iter().flat_map(|help| help.split('`').skip(1).step_by(2));
    let values: Vec<_> =
        quoted.filter_map(|text| Some(text.split_once(" = ")?.1.to_owned())).collect();
    assert!(!values.is_empty(), "{one:?}");
    values
}

fn says(one: &Diagnostic, code: &str, message: &str) {
    assert_eq!((one.code, one.message.as_str()), (code, message));
}

/// What a knob of another kind says about a literal.
fn is_of_another_kind(knob: &Knob, literal: &str, kind: &str) {
    let (key, allowed) = (knob.key, knob.allowed());
    let message = format!("`{key}` is {literal}, {kind}; allowed are {allowed}");
    says(&refusal(key, literal), "LL1203", &message);
}

fn is_out_of_range(knob: &Knob, literal: &str) {
    let (key, allowed) = (knob.key, knob.allowed());
    let message = format!("`{key}` is {literal}; allowed are {allowed}");
    says(&refusal(key, literal), "LL1204", &message);
}

#[test]
fn integers_are_integers_in_their_range() {
    for knob in KNOBS.iter().filter(|knob| knob.form == Form::Integer) {
        for (literal, kind) in LITERALS {
            let number: Option<i128> = literal.parse().ok();
            match number {
                None => is_of_another_kind(knob, literal, kind),
                Some(n) if u64::try_from(n).is_ok_and(|n| knob.allows(n)) => {}
                Some(_) => is_out_of_range(knob, literal),
            }
        }
        let (low, high) = (i128::from(knob.range.0), i128::from(knob.range.1));
        for outside in [low - 1, high + 1, i64::MIN.into(), i64::MAX.into()] {
            is_out_of_range(knob, &outside.to_string());
        }
        for end in [knob.range.0, knob.range.1] {
            assert!(knob.allows(end), "{}", knob.key);
        }
    }
}

#[test]
fn frequencies_have_a_unit_of_frequency_and_lie_in_their_range() {
    for knob in KNOBS.iter().filter(|knob| knob.form == Form::Frequency) {
        let (key, allowed) = (knob.key, knob.allowed());
        for (literal, kind) in LITERALS.iter().filter(|(_, kind)| *kind != "a text") {
            is_of_another_kind(knob, literal, kind);
        }
        for text in ["10 V", "250", "", "250 ms", "nan MHz", "inf MHz", "-1 MHz", "1e999 MHz"] {
            let message = format!("`{key}` is \"{text}\"; allowed are {allowed}");
            says(&refusal(key, &format!("\"{text}\"")), "LL1205", &message);
        }
        for outside in [knob.range.0 - 1, knob.range.1 + 1] {
            is_out_of_range(knob, &format!("\"{outside} Hz\""));
        }
    }
}

#[test]
fn truth_values_are_true_or_false() {
    for knob in KNOBS.iter().filter(|knob| knob.form == Form::Truth) {
        for (literal, kind) in LITERALS.iter().filter(|(literal, _)| *literal != "true") {
            is_of_another_kind(knob, literal, kind);
        }
    }
}

#[test]
fn choices_are_among_their_words() {
    let mut count = 0;
    for knob in &KNOBS {
        let Form::Choice(choices) = knob.form else { continue };
        for (literal, kind) in LITERALS.iter().filter(|(_, kind)| *kind != "a text") {
            is_of_another_kind(knob, literal, kind);
        }
        no_words(knob.key, choices);
        count += 1;
    }
    assert_eq!(count, 2);
    no_words("circuit.model", &["algebraic"]);
    no_words("circuit.solver", &["euler", "exact"]);
}

fn no_words(key: &str, choices: &[&str]) {
    for text in ["10 V", "", "Barrier ", "euler2"] {
        let message = format!("`{key}` is `{text}`; there is `{}`", choices.join("`, `"));
        says(&refusal(key, &format!("\"{text}\"")), "LL1206", &message);
    }
}

#[test]
fn texts_are_texts() {
    for key in TEXTS {
        for (literal, kind) in LITERALS.iter().filter(|(_, kind)| *kind != "a text") {
            let message = format!("`{key}` is {literal}, {kind}; a text is needed");
            says(&refusal(key, literal), "LL1203", &message);
        }
    }
}

#[test]
fn pairs_have_two_sides() {
    for key in ["mesh", "grid"] {
        for (literal, kind) in LITERALS.iter().filter(|(_, kind)| *kind != "an array") {
            let message = format!("`{key}` is {literal}, {kind}; a {key} has 2 sides");
            says(&refusal(key, literal), "LL1203", &message);
        }
        for (literal, count) in [("[]", 0), ("[1]", 1), ("[1, 1, 1]", 3)] {
            let message = format!("`{key}` has {count} sides; a {key} has 2 sides");
            says(&refusal(key, literal), "LL1203", &message);
        }
    }
}

/// In every table, and for every field: one that is not known, one that is twice there, none.
#[test]
fn fields_are_known_and_there_once() {
    let page = toml::to_string(&LL1.parse::<toml::Table>().expect("TOML")).expect("TOML");
    let count = fields().len();
    for key in fields() {
        let (table, name) = key.rsplit_once('.').unwrap_or(("", key));
        let heading = if table.is_empty() { String::new() } else { format!("[{table}]\n") };
        let start = page.find(&heading).expect("a table") + heading.len();
        let at = start + page[start..].find(&format!("{name} = ")).expect("a field");
        let line = page[at..].lines().next().expect("a line");
        let edited = |to: &str| format!("{}{to}{}", &page[..at], &page[at + line.len()..]);
        let codes = |to: &str| -> Vec<String> {
            let found = Chip::parse(&edited(to), "my.toml").expect_err(to).0;
            assert!(found.iter().all(|one| !one.help.is_empty() && !one.labels.is_empty()));
            found.iter().map(ToString::to_string).collect()
        };
        let missing =
            format!("[LL1202]: `{key}` is missing; {} of {count} fields are given", count - 1);
        assert_eq!(codes(""), std::slice::from_ref(&missing));
        let unknown =
            format!("[LL1201]: `{key}x` is not a field of a chip; there are {count} fields");
        assert_eq!(codes(&line.replacen(name, &format!("{name}x"), 1)), [unknown, missing]);
        let [twice] = &codes(&format!("{line}\n{line}"))[..] else { panic!("{key}") };
        assert!(twice.starts_with("[LL1200]: the chip description is not TOML: "), "{twice}");
    }
    let written: toml::Table =
        Chip::builtin("ll1").expect("built in").to_toml().parse().expect("TOML");
    assert_eq!(written, page.parse().expect("TOML"), "the built-in description states every field");
}
