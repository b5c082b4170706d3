use std::cell::RefCell;
use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::*;
use crate::samples;

/// Runs the oracle over drawn bytes and returns how often each verdict was reached.
fn shares(cases: u32, bytes: impl Strategy<Value = Vec<u8>>) -> BTreeMap<&'static str, u32> {
    let shares = RefCell::new(BTreeMap::new());
    let mut runner = TestRunner::new(Config {
        cases: cases.max(Config::default().cases),
        ..Config::with_source_file(file!())
    });
    let outcome = runner.run(&bytes, |bytes| {
        for verdict in [file(&bytes), payload(&bytes)] {
            let name = match verdict {
                Verdict::Valid => "valid",
                Verdict::Refused(code) => code,
            };
            *shares.borrow_mut().entry(name).or_insert(0) += 1;
        }
        Ok(())
    });
    outcome.expect("no promise is broken");
    shares.into_inner()
}

/// Changes to a good file: overwrite a few bytes.
fn edits() -> impl Strategy<Value = Vec<(prop::sample::Index, u8)>> {
    prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4)
}

fn edited(mut bytes: Vec<u8>, edits: &[(prop::sample::Index, u8)]) -> Vec<u8> {
    for (at, value) in edits {
        let at = at.index(bytes.len());
        bytes[at] = *value;
    }
    bytes
}

fn image() -> impl Strategy<Value = Image> {
    prop::collection::vec(any::<u32>(), 0..100).prop_map(|tape| samples::from_tape(&tape))
}

fn payload_of(image: &Image) -> Vec<u8> {
    let mut bytes = Vec::new();
    image.write(&mut bytes).expect("a vector takes everything");
    bytes.split_off(container::FRAME)
}

#[test]
fn arbitrary_bytes_are_refused_with_a_code() {
    let shares = shares(256, prop::collection::vec(any::<u8>(), 0..512));
    assert!(shares.contains_key("LL1248"), "the decoder is reached: {shares:?}");
    assert_eq!(shares.get("valid"), None);
}

#[test]
fn mutated_payloads_are_valid_or_refused_in_fair_shares() {
    let bytes = (image(), edits()).prop_map(|(image, edits)| edited(payload_of(&image), &edits));
    let shares = shares(512, bytes);
    let share = |code| shares.get(code).copied().unwrap_or(0);
    assert!(share("valid") >= 64, "{shares:?}");
    assert!(share("LL1248") >= 8, "{shares:?}");
    assert!(share("LL1260") >= 16, "{shares:?}");
}

#[test]
fn mutated_texts_are_valid_or_refused_in_fair_shares() {
    let bytes =
        (image(), edits()).prop_map(|(image, edits)| edited(image.to_text().into_bytes(), &edits));
    let shares = shares(256, bytes);
    let share = |code| shares.get(code).copied().unwrap_or(0);
    assert!(share("valid") >= 32, "{shares:?}");
    assert!(share("LL1250") >= 32, "{shares:?}");
}
