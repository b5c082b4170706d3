//! Every field of `run.toml`, changed by hand to what it cannot be: the field, what is there and what
//! must be there are said, with the place.

use leadlag_diagnostic::Diagnostic;
use leadlag_explore::clocking::Clocking;
use leadlag_explore::session::{Computer, Config, Options, Origin, Plasticity};
use leadlag_image::Chip;
use leadlag_net::Network;

/// A run in which every field is stated.
fn page() -> String {
    let network = include_str!("../../../examples/xor.toml");
    let file = Origin::File { path: "d.npz".to_owned(), hash: "00".to_owned() };
    let clocking: Clocking = toml::from_str(
        "engine = \"cycle\"\nsample = [1, 100]\nfaults = [\"weights=1e-6\"]\non_fault = \"stop\"",
    )
    .expect("a clocking");
    let options = Options {
        name: "xor".to_owned(),
        backend: Computer::Chip,
        plasticity: Plasticity::Firmware,
        program: Some("00".to_owned()),
        clocking,
        replicas: 2,
        seed: 1,
        chip_seed: 1,
        epochs: Some(3),
        eval_every: 1,
        ckpt_every: 1,
        record: vec!["**.r".to_owned()],
        data: file,
    };
    let network = Some(Network::parse(network, "xor.toml").expect("an example"));
    let chip = Some(Chip::builtin("ll1").expect("built in"));
    Config { options, network, chip }.to_toml().expect("TOML")
}

fn refusal(text: &str) -> Diagnostic {
    let found = Config::parse(text, "runs/1/run.toml").expect_err(text).0;
    assert!(found.iter().all(|one| !one.help.is_empty() && !one.labels.is_empty()), "{found:?}");
    found.into_iter().next().expect("a finding")
}

/// The lines of the table `[run]` and those in it, as bytes of the page and key.
fn fields(page: &str) -> Vec<(usize, String, String)> {
    let end = page.find("[network]").expect("the next table");
    let mut at = 0;
    let mut all = Vec::new();
    for line in page[..end].split_inclusive('\n') {
        if let Some((key, value)) = line.split_once(" = ").filter(|_| !line.starts_with('#')) {
            all.push((at, key.to_owned(), value.trim().to_owned()));
        }
        at += line.len();
    }
    all
}

#[test]
fn every_field_of_a_run_is_held_to_its_kind() {
    let page = page();
    let names: Vec<String> = fields(&page).into_iter().map(|(_, key, _)| key).collect();
    for key in [
        "name",
        "backend",
        "plasticity",
        "program",
        "engine",
        "sample",
        "faults",
        "on_fault",
        "replicas",
        "seed",
        "chip_seed",
        "epochs",
        "eval_every",
        "ckpt_every",
        "record",
        "path",
        "hash",
    ] {
        assert!(names.iter().any(|name| name == key), "{key} is not in {names:?}");
    }
    let mut count = 0;
    for (at, key, value) in fields(&page) {
        let free = ["name", "program", "path", "hash"].contains(&key.as_str());
        let mut literals = vec!["nan", "inf", "-inf", "0.5", "true", "{}", "-1", "1979-05-27"];
        if value.starts_with('"') {
            literals.push("7");
        }
        if !free {
            literals.push("\"10 V\"");
        }
        if !value.starts_with('[') {
            literals.push("[]");
        } else if key != "sample" {
            literals.push("[nan]");
        }
        if ["replicas", "epochs", "eval_every", "ckpt_every"].contains(&key.as_str()) {
            literals.push("0");
        }
        for literal in literals {
            let before = at + key.len() + " = ".len();
            let text = format!("{}{literal}{}", &page[..before], &page[before + value.len()..]);
            let one = refusal(&text);
            assert_eq!(one.code, "LL1317", "{key} = {literal}: {one:?}");
            let start = format!("`runs/1/run.toml` is not as it was written: `{key}`: ");
            assert!(one.message.starts_with(&start), "{key} = {literal}: {one:?}");
            let line = before..before + literal.len();
            let here = &one.labels[0].span;
            assert!(line.contains(&here.start), "{key} = {literal}: {:?}", text.get(here.clone()));
            count += 1;
        }
        let line = page[at..].lines().next().expect("a line").len();
        let unknown = refusal(&format!("{}surplus = 1\n{}", &page[..at], &page[at..]));
        assert!(unknown.message.contains("surplus"), "{key}: {unknown:?}");
        let missing = Config::parse(&format!("{}{}", &page[..at], &page[at + line..]), "run.toml");
        let optional =
            ["plasticity", "program", "engine", "sample", "faults", "on_fault", "epochs", "record"];
        assert_eq!(missing.is_ok(), optional.contains(&key.as_str()), "{key}");
    }
    assert!(count > 150, "{count}");
}

#[test]
fn tables_that_are_none_and_their_contents_are_named() {
    let page = page();
    let said = |from: &str, to: &str| {
        assert!(page.contains(from));
        let one = refusal(&page.replacen(from, to, 1));
        (one.code, one.message, one.origin.expect("a text").name)
    };
    let (code, message, origin) = said("dt = \"", "dt = \"10 V\" #");
    assert_eq!(
        (code, origin.as_str()),
        ("LL1004", "runs/1/run.toml, table [network]"),
        "{message}"
    );
    let (code, message, origin) = said("rails = 8", "rails = \"10 V\"");
    assert_eq!((code, origin.as_str()), ("LL1203", "runs/1/run.toml, table [chip]"), "{message}");
    let (code, message, _) = said("[run]", "[extra]\n[run]");
    assert!(code == "LL1317" && message.contains("extra"), "{message}");
    let (code, message, _) = said("[run]", "[run");
    assert_eq!(code, "LL1317", "{message}");
    assert!(Config::parse("", "run.toml").expect_err("no run").0[0].message.contains("`run`"));
}
