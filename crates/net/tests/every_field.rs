//! Every field of every kind of network file: given a value that it cannot have, it is named.
//!
//! The fields are those of the examples and of the templates as the program writes them out, so a new
//! field is swept as soon as an example states it.

use std::path::PathBuf;

use leadlag_net::Network;
use toml::{Table, Value};

/// A step from a table to a value in it.
#[derive(Clone, PartialEq, Debug)]
enum Step {
    Key(String),
    At(usize),
}

/// Networks with every default written out.
fn written() -> Vec<(String, Table)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the examples")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|end| end == "toml"))
        .collect();
    paths.sort();
    let read = |path: PathBuf| {
        let name = path.display().to_string();
        let text = std::fs::read_to_string(&path).expect("an example");
        let network =
            Network::parse(&text, &name).unwrap_or_else(|found| panic!("{name}: {found}"));
        (name, network.to_toml().parse().expect("networks write TOML"))
    };
    paths.into_iter().map(read).collect()
}

/// Every value that is no table, with the way to it. Of a long list the first and the last.
fn leaves(value: &Value, way: &mut Vec<Step>, all: &mut Vec<(Vec<Step>, Value)>) {
    match value {
        Value::Table(table) => {
            for (key, value) in table {
                way.push(Step::Key(key.clone()));
                leaves(value, way, all);
                way.pop();
            }
        }
        Value::Array(list) => {
            for (at, value) in list.iter().enumerate() {
                if at == 0 || at + 1 == list.len() {
                    way.push(Step::At(at));
                    leaves(value, way, all);
                    way.pop();
                }
            }
        }
        Value::String(_)
        | Value::Integer(_)
        | Value::Float(_)
        | Value::Boolean(_)
        | Value::Datetime(_) => all.push((way.clone(), value.clone())),
    }
}

fn reach<'a>(page: &'a mut Value, way: &[Step]) -> &'a mut Value {
    way.iter().fold(page, |value, step| match step {
        Step::Key(key) => value.get_mut(key.as_str()).expect("the key is there"),
        Step::At(at) => value.get_mut(*at).expect("the place is there"),
    })
}

/// The name that a finding about the value has to give.
fn name(way: &[Step]) -> &str {
    let keys = way.iter().rev().filter_map(|step| match step {
        Step::Key(key) => Some(key.as_str()),
        Step::At(_) => None,
    });
    keys.into_iter().next().expect("a value has a name")
}

/// What is said about the page with this value in it; nothing, if it is accepted.
fn said(page: &Table, way: &[Step], value: Value) -> Option<String> {
    let mut page = Value::Table(page.clone());
    *reach(&mut page, way) = value;
    let text = toml::to_string(&page).expect("a page");
    Network::parse(&text, "net.toml").err().map(|found| found.to_string())
}

/// Values that no field of this kind takes.
fn impossible(value: &Value) -> Vec<Value> {
    let time = |text: &str| {
        let (number, unit) = text.split_once(' ')?;
        let unit = ["s", "ms", "us", "ns"].contains(&unit);
        (unit && number.parse::<f64>().is_ok()).then_some(())
    };
    let texts = |all: &[&str]| all.iter().map(|&text| text.into()).collect();
    match value {
        Value::Integer(_) => vec![
            Value::Float(f64::NAN),
            Value::Float(f64::INFINITY),
            Value::Float(0.5),
            Value::Integer(i64::MIN),
            "1 mV".into(),
            Value::Boolean(true),
        ],
        Value::Float(_) => vec![
            Value::Float(f64::NAN),
            Value::Float(f64::INFINITY),
            Value::Float(f64::NEG_INFINITY),
            "0.5".into(),
        ],
        Value::String(text) if time(text).is_some() => {
            let mut all: Vec<Value> =
                texts(&["1 mV", "1", "0.2ms ms", "nan ms", "inf ms", "-1 ms", "1e999 ms", ""]);
            all.push(Value::Float(0.2));
            all
        }
        Value::String(_) => vec!["\u{7}".into(), Value::Float(f64::NAN), Value::Integer(3)],
        Value::Boolean(_) => vec![Value::Integer(7), Value::Float(f64::NAN), "perhaps".into()],
        Value::Datetime(_) | Value::Array(_) | Value::Table(_) => Vec::new(),
    }
}

#[test]
fn a_value_that_a_field_cannot_have_is_refused_by_name() {
    let mut swept = 0;
    for (file, page) in written() {
        let mut all = Vec::new();
        leaves(&Value::Table(page.clone()), &mut Vec::new(), &mut all);
        for (way, value) in &all {
            for wrong in impossible(value) {
                let found = said(&page, way, wrong.clone());
                let found =
                    found.unwrap_or_else(|| panic!("{file}: {way:?} = {wrong} is accepted"));
                assert!(found.contains(name(way)), "{file}: {way:?} = {wrong}: {found}");
                swept += 1;
            }
        }
    }
    assert!(swept > 800, "{swept}");
}

#[test]
fn a_field_that_no_table_has_is_named() {
    for (file, page) in written() {
        let mut all = Vec::new();
        leaves(&Value::Table(page.clone()), &mut Vec::new(), &mut all);
        for (way, _) in all {
            let last = way.iter().rposition(|step| matches!(step, Step::Key(_))).expect("a key");
            let mut page = Value::Table(page.clone());
            let Value::Table(table) = reach(&mut page, &way[..last]) else { panic!("{way:?}") };
            table.insert("surplus".to_owned(), Value::Integer(1));
            let text = toml::to_string(&page).expect("a page");
            let found = Network::parse(&text, "net.toml").err();
            let found = found.unwrap_or_else(|| panic!("{file}: {way:?} takes anything"));
            assert!(found.to_string().contains("surplus"), "{file}: {way:?}: {found}");
        }
    }
}
