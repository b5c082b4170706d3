//! Every field of every kind of network file: given what it cannot have, it is named, with the place,
//! what was given, what is allowed, and a way out that works.
//!
//! The fields are those of the examples, as they stand and with every default written out, and of the
//! networks below. The reader says which fields it knows; one that no network here has fails the test.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use leadlag_diagnostic::Diagnostic;
use leadlag_net::Network;
use toml::{Table, Value};

/// Fields that no example has, and the other ways to write those that have several.
const MORE: [&str; 3] = [
    r#"
name = "more"
dt = "0.2 ms"
gamma = 0.5
errors = "prospective"
[tau]
mixed = [{ count = 2, tau_m = ["0.6 ms", "0.8 ms"], tau_r = "0.2 ms" }]
[[population]]
name = "in"
input = 1
[[population]]
name = ["one", "two"]
tau = "mixed"
phi = "tanh"
bias = [0.1, 0.2]
eta_factor = [0.5, 2.0]
[[population]]
name = "out"
size = 10
tau_m = ["1.2 ms", "1.4 ms"]
tau_r = "1.2 ms"
phi = "linear"
[[projection]]
chain = ["in", "one", "two"]
weight_range = [1.0, 2.0]
[[projection]]
from = "two"
to = "out"
weight_range = 2.0
init = { range = [-1.0, 1.0] }
[[projection]]
from = "in"
to = "out"
init = { constant = 0.5 }
[teach]
population = "out"
loss = "cross-entropy"
beta = 1.0
[learning]
rule = "momentum"
eta = 1e-3
momentum = 0.9
tau_m = true
tau_min = "0.4 ms"
sender = "on-change"
threshold = 2
[task]
name = "mnist1d"
[schedule]
epochs = 2
replicas = 4
anneal = { factor = 0.5, every = 2, from = 1 }
order = "balanced"
gap = 40
[map]
weight_headroom = 8.0
rate_headroom = 8.0
error_headroom = 8.0
weight_range = 2.0
rate_range = 2.0
error_range = 2.0
"#,
    r#"
name = "spikes"
dt = "1 ms"
[[population]]
name = "in"
input = 1
[[population]]
name = "out"
neuron = "lif"
size = 2
threshold = 4.0
leak = "128/4096"
refractory = "2 ms"
[[population]]
name = "late"
neuron = "lif"
size = 2
threshold = 4.5
tau_m = "20 ms"
refractory = 2
[[projection]]
from = "in"
to = "out"
plastic = false
init = { integers = [-8, 8], seed = 1 }
[[projection]]
from = "out"
to = "late"
plastic = false
init = "uniform"
[task]
name = "mackey-glass"
ahead = 3
"#,
    r#"
name = "plateau"
dt = "0.2 ms"
[[population]]
name = "in"
input = 1
[[population]]
name = "out"
size = 10
tau_m = "1.2 ms"
tau_r = "1.2 ms"
phi = "linear"
[[projection]]
from = "in"
to = "out"
[teach]
population = "out"
loss = "cross-entropy"
[learning]
rule = "sgd"
eta = 0.1
[task]
name = "mnist1d"
[schedule]
epochs = 2
replicas = 4
plateau = { factor = 0.5, patience = 2 }
"#,
];

/// What was there before, in the text of a page.
const HERE: &str = "\"@here@\"";

/// A step from a table to a value in it.
#[derive(Clone, PartialEq, Debug)]
enum Step {
    Key(String),
    At(usize),
}

/// The path of a value as findings give it.
fn path(way: &[Step]) -> String {
    way.iter().fold(String::new(), |path, step| match step {
        Step::Key(key) if path.is_empty() => key.clone(),
        Step::Key(key) => format!("{path}.{key}"),
        Step::At(at) => format!("{path}[{at}]"),
    })
}

/// The field that a way leads to, whichever entry of a list or of a table with names it is in.
fn field(way: &[Step]) -> String {
    let mut all = String::new();
    for step in way {
        let named = ["tau", "teacher.weights", "teacher.tau_m", "teacher.biases"];
        match step {
            Step::At(_) => all.push_str("[]"),
            Step::Key(_) if named.contains(&all.as_str()) => all.push_str(".*"),
            Step::Key(key) if all.is_empty() => all.push_str(key),
            Step::Key(key) => all = format!("{all}.{key}"),
        }
    }
    all
}

/// All networks, as they are written and as the program writes them.
fn pages() -> Vec<(String, Table)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the examples")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|end| end == "toml"))
        .collect();
    paths.sort();
    let read = |path: &PathBuf| {
        (path.display().to_string(), std::fs::read_to_string(path).expect("an example"))
    };
    let more = MORE.map(|text| ("more".to_owned(), text.to_owned()));
    let both = |(name, text): (String, String)| {
        let network =
            Network::parse(&text, &name).unwrap_or_else(|found| panic!("{name}: {found}"));
        let page = |text: &str| text.parse().expect("a network is TOML");
        [(name.clone(), page(&text)), (name, page(&network.to_toml()))]
    };
    paths.iter().map(read).chain(more).flat_map(both).collect()
}

/// Every value with the way to it. Of a list of numbers or texts the first and the last.
fn values(value: &Value, way: &mut Vec<Step>, all: &mut Vec<(Vec<Step>, Value)>) {
    if !way.is_empty() {
        all.push((way.clone(), value.clone()));
    }
    let mut enter = |step, value| {
        way.push(step);
        values(value, way, all);
        way.pop();
    };
    if let Value::Table(table) = value {
        table.iter().for_each(|(key, value)| enter(Step::Key(key.clone()), value));
    } else if let Value::Array(list) = value {
        let is_end = |at: usize| at == 0 || at + 1 == list.len();
        let chosen = list.iter().enumerate().filter(|(at, one)| one.is_table() || is_end(*at));
        chosen.for_each(|(at, value)| enter(Step::At(at), value));
    }
}

/// A network with the places of its fields and their values.
type Swept = (String, Table, Vec<(Vec<Step>, Value)>);

fn swept() -> Vec<Swept> {
    let with_values = |(name, page): (String, Table)| {
        let mut all = Vec::new();
        values(&Value::Table(page.clone()), &mut Vec::new(), &mut all);
        (name, page, all)
    };
    pages().into_iter().map(with_values).collect()
}

fn reach<'a>(page: &'a mut Value, way: &[Step]) -> &'a mut Value {
    way.iter().fold(page, |value, step| match step {
        Step::Key(key) => value.get_mut(key.as_str()).expect("the key is there"),
        Step::At(at) => value.get_mut(*at).expect("the place is there"),
    })
}

/// The page with a hole in the place of a value.
fn holed(page: &Table, way: &[Step]) -> String {
    let mut page = Value::Table(page.clone());
    *reach(&mut page, way) = HERE.trim_matches('"').into();
    let text = toml::to_string(&page).expect("a page");
    assert_eq!(text.matches(HERE).count(), 1, "{way:?}");
    text
}

fn said(text: &str) -> Vec<Diagnostic> {
    Network::parse(text, "net.toml").err().map_or(Vec::new(), |found| found.0)
}

/// The kinds of values that TOML has; a number is a float or an integer.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::String(_) => "text",
        Value::Integer(_) => "integer",
        Value::Float(_) => "number",
        Value::Boolean(_) => "truth",
        Value::Datetime(_) => "date",
        Value::Array(_) => "list",
        Value::Table(_) => "table",
    }
}

/// Which kinds of values each field takes.
fn kinds() -> BTreeMap<String, BTreeSet<&'static str>> {
    let mut all: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for (way, value) in swept().iter().flat_map(|(_, _, values)| values) {
        all.entry(field(way)).or_default().insert(kind(value));
    }
    for kinds in all.values_mut().filter(|kinds| kinds.contains("number")) {
        kinds.insert("integer");
    }
    for (field, kind) in ALSO {
        all.get_mut(field).expect("a field").insert(kind);
    }
    all
}

/// What a field takes besides, though no network here writes it so.
const ALSO: [(&str, &str); 2] =
    [("projection[].init.integers[]", "number"), ("projection[].weights", "table")];

/// The fields that are times, and lists of times.
fn times() -> BTreeSet<String> {
    let all = swept();
    let times = all.iter().flat_map(|(_, _, values)| values).filter(|(_, value)| is_time(value));
    let with_list = times.flat_map(|(way, _)| {
        let one = field(way);
        [one.trim_end_matches("[]").to_owned(), one]
    });
    with_list.collect()
}

fn is_time(value: &Value) -> bool {
    value.as_str().and_then(|text| text.split_once(' ')).is_some_and(|(number, unit)| {
        number.parse::<f64>().is_ok() && ["s", "ms", "us", "ns"].contains(&unit)
    })
}

/// Literals with their kinds, and the codes that refuse them where a field takes this kind.
const LITERALS: [(&str, &str, &[&str]); 15] = [
    ("nan", "number", &["LL1005"]),
    ("inf", "number", &["LL1005"]),
    ("-inf", "number", &["LL1005"]),
    ("0.5", "number", &[]),
    ("99999999999999999999999999", "integer", &["LL1005"]),
    ("-99999999999999999999999999", "integer", &["LL1005"]),
    ("1979-05-27", "date", &[]),
    ("true", "truth", &[]),
    ("[]", "list", &[]),
    ("{}", "table", &[]),
    ("\"10 V\"", "text", &["LL1004", "LL1006", "LL1007", "LL1008", "LL1030", "LL1035"]),
    ("\"1 mV\"", "text", &["LL1004", "LL1006", "LL1007", "LL1008", "LL1030", "LL1035"]),
    ("\"nan ms\"", "text", &["LL1004", "LL1006", "LL1007", "LL1008", "LL1030", "LL1035"]),
    ("\"-1 ms\"", "text", &["LL1004", "LL1006", "LL1007", "LL1008", "LL1030", "LL1035"]),
    ("\"1e999 ms\"", "text", &["LL1004", "LL1006", "LL1007", "LL1008", "LL1030", "LL1035"]),
];

/// A page with a hole where a value was.
struct Hole<'a> {
    way: &'a [Step],
    text: String,
}

impl Hole<'_> {
    /// The finding about the value, if it is refused: with one of these codes, its name, its place,
    /// what it is, and a way out.
    fn refuses(&self, literal: &str, codes: &[&str]) -> Diagnostic {
        let text = self.text.replace(HERE, literal);
        let path = path(self.way);
        let found = said(&text);
        let about = |one: &&Diagnostic| one.message.contains(&format!("`{path}`"));
        let one = found.iter().find(about);
        let one = one
            .unwrap_or_else(|| panic!("{path} = {literal} is accepted, or not named: {found:?}"));
        assert!(codes.contains(&one.code), "{path} = {literal}: {codes:?} {one:?}");
        let place = |span: &std::ops::Range<usize>| text.get(span.clone());
        let points = one.labels.iter().any(|label| place(&label.span) == Some(literal));
        assert!(points, "{path} = {literal}: {one:?}");
        let bare = literal.trim_matches('"').to_lowercase();
        // Of a list or a table the kind is said, of a time what is wrong in it.
        let says = one.message.to_lowercase().contains(&bare)
            || literal.starts_with(['[', '{'])
            || one.code == "LL1004";
        assert!(says, "{path} = {literal}: {one:?}");
        assert!(found.iter().all(|one| !one.help.is_empty()), "{found:?}");
        self.leads_out(one);
        one.clone()
    }

    /// What the help gives as an example is no longer refused in this way.
    fn leads_out(&self, one: &Diagnostic) {
        let example = one.help.iter().find_map(|help| help.strip_prefix("for example `"));
        let Some(example) = example.and_then(|rest| rest.split('`').next()) else { return };
        let value = example.split_once(" = ").map_or(example, |(_, value)| value);
        if value.starts_with('{') {
            return;
        }
        let found = said(&self.text.replace(HERE, value));
        let same = found.iter().any(|other| {
            other.code == one.code && other.message.contains(&format!("`{}`", path(self.way)))
        });
        assert!(!same, "{one:?} {value}: {found:?}");
    }

    /// What lies just outside the range that a finding names is refused with both numbers.
    fn has_ends(&self, one: &Diagnostic) {
        let words = one.message.split("it must be ").nth(1).expect("what is allowed");
        let outside: Vec<String> = match words {
            "a finite number" => Vec::new(),
            "a finite number from 0" => vec!["-1e-300".to_owned()],
            "a finite number above 0" => vec!["0.0".to_owned(), "-1e-300".to_owned()],
            "a number from 0 to below 1" => vec!["-1e-300".to_owned(), "1.0".to_owned()],
            "a number between 0 and 1" => vec!["0.0".to_owned(), "1.0".to_owned()],
            "a power of two from 1 to 4096" => ["0", "3", "1.5", "8192"].map(str::to_owned).into(),
            range => {
                let ends =
                    range.strip_prefix("an integer from ").and_then(|r| r.split_once(" to "));
                let (low, high) = ends.unwrap_or_else(|| panic!("no range: {one:?}"));
                let end = |text: &str| text.parse::<i128>().expect("an integer");
                vec![(end(low) - 1).to_string(), (end(high) + 1).to_string()]
            }
        };
        for literal in outside {
            let text = self.text.replace(HERE, &literal);
            let path = format!("`{}` is ", path(self.way));
            let found = said(&text);
            let refused = found.iter().find(|one| one.message.starts_with(&path));
            let refused = refused.unwrap_or_else(|| panic!("{path}{literal} is accepted"));
            assert_eq!(refused.code, "LL1005", "{refused:?}");
            assert!(refused.message.ends_with(words), "{refused:?}");
        }
    }
}

#[test]
fn a_value_that_a_field_cannot_have_is_refused_by_name_with_a_way_out() {
    let (kinds, times) = (kinds(), times());
    let mut count = 0;
    for (_, page, values) in swept() {
        for (way, _) in &values {
            let takes = &kinds[&field(way)];
            let hole = Hole { way, text: holed(&page, way) };
            for (literal, kind, codes) in LITERALS {
                if takes.contains(kind) && codes.is_empty() {
                    continue;
                }
                let finite = takes.contains("number") && kind == "integer";
                if finite {
                    continue;
                }
                let refused = if takes.contains(kind) {
                    hole.refuses(literal, codes)
                } else if times.contains(&field(way)) && ["integer", "number"].contains(&kind) {
                    hole.refuses(literal, &["LL1003", "LL1004"])
                } else {
                    hole.refuses(literal, &["LL1003"])
                };
                if refused.code == "LL1005" {
                    hole.has_ends(&refused);
                }
                count += 1;
            }
        }
    }
    assert!(count > 5000, "{count}");
}

/// The reader lists the fields that it knows where it finds one that it does not know.
#[test]
fn a_field_that_no_table_has_is_named_and_every_known_one_is_swept() {
    let kinds = kinds();
    let mut known = BTreeSet::new();
    for (file, page, values) in swept() {
        let tables = values.iter().filter(|(_, value)| value.is_table());
        let ways = std::iter::once(Vec::new()).chain(tables.map(|(way, _)| way.clone()));
        for way in ways {
            let inside = field(&[&way[..], &[Step::Key("surplus".to_owned())]].concat());
            if inside.ends_with(".*") {
                continue;
            }
            let mut page = Value::Table(page.clone());
            let table = reach(&mut page, &way).as_table_mut().expect("a table");
            table.insert("surplus".to_owned(), Value::Integer(1));
            let found = said(&toml::to_string(&page).expect("a page"));
            let one = found.iter().find(|one| one.code == "LL1001");
            let one = one.unwrap_or_else(|| panic!("{file}: {way:?} takes anything: {found:?}"));
            let name = path(&[&way[..], &[Step::Key("surplus".to_owned())]].concat());
            assert_eq!(one.message, format!("`{name}` is no field of a network file"));
            let list = one.help[0].strip_prefix("known here: ").expect("a list");
            known.extend(list.split(", ").map(|key| inside.replace("surplus", key)));
        }
    }
    let forgotten: Vec<_> = known.iter().filter(|one| !kinds.contains_key(*one)).collect();
    assert!(forgotten.is_empty(), "no network above has {forgotten:?}");
    assert!(known.len() > 70, "{known:?}");
}

#[test]
fn a_field_that_is_not_there_is_asked_for_or_not_needed() {
    for (file, page, values) in swept() {
        for (way, _) in &values {
            let Some((Step::Key(key), before)) = way.split_last() else { continue };
            let mut page = Value::Table(page.clone());
            reach(&mut page, before).as_table_mut().expect("a table").remove(key);
            let found = said(&toml::to_string(&page).expect("a page"));
            for one in &found {
                assert!(!one.help.is_empty() && !one.message.is_empty(), "{file}: {way:?} {one:?}");
            }
        }
    }
}
