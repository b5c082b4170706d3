//! `leadlag report`: the page of a run.

use std::path::Path;

use serde_json::Value;

use crate::program::Program;
use crate::train::{read, trained, with_small};

/// Elements without an end, as HTML has them; the page closes them all the same.
const VOID: [&str; 2] = ["meta", "br"];

/// Names of the elements of a page, in order; every one that opens is closed, in turn.
fn elements(page: &str) -> Vec<String> {
    let mut open: Vec<&str> = Vec::new();
    let mut all = Vec::new();
    let mut rest = page.strip_prefix("<!DOCTYPE html>").expect("an HTML page");
    while let Some(at) = rest.find('<') {
        let (tag, after) = rest[at + 1..].split_once('>').expect("a tag ends");
        assert!(!tag.contains('<'), "{tag}");
        assert_eq!(tag.matches('"').count() % 2, 0, "quotes of {tag}");
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "an end tag without its beginning");
            continue;
        }
        let name = tag.split([' ', '/']).next().expect("a name");
        all.push(name.to_owned());
        if !tag.ends_with('/') {
            assert!(!VOID.contains(&name), "{name} is not closed");
            open.push(name);
        }
    }
    assert!(open.is_empty(), "not closed: {open:?}");
    all
}

fn page(folder: &Path) -> String {
    String::from_utf8(read(folder, "report.html")).expect("UTF-8")
}

/// Every number of a value, as JSON writes it.
fn numbers(value: &Value) -> Vec<String> {
    match value {
        Value::Number(number) => vec![number.to_string()],
        Value::Array(all) => all.iter().flat_map(numbers).collect(),
        Value::Object(all) => all.values().flat_map(numbers).collect(),
        Value::Null | Value::Bool(_) | Value::String(_) => Vec::new(),
    }
}

fn rows(folder: &Path, name: &str) -> Vec<Value> {
    let text = String::from_utf8(read(folder, name)).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("a row")).collect()
}

/// Whether every number of these rows is on the page.
fn holds(page: &str, rows: &[Value]) {
    assert!(!rows.is_empty());
    for number in rows.iter().flat_map(numbers) {
        assert!(page.contains(&number), "{number} is not on the page");
    }
}

#[test]
fn a_training_run_has_a_page_with_all_its_numbers_and_nothing_from_elsewhere() {
    let program = with_small();
    let folder = trained(&program, &[]);
    let page = page(&folder);
    let elements = elements(&page);
    let count = |name: &str| elements.iter().filter(|one| *one == name).count();
    assert_eq!((count("h1"), count("script"), count("link"), count("img")), (1, 0, 0, 0));
    for id in ["floorplan", "learning", "mapping", "weights", "counters", "sources"] {
        assert!(page.contains(&format!("<section id=\"{id}\">")), "{id}");
    }
    for word in ["http", "url(", "@import", "src="] {
        assert!(!page.contains(word), "{word}");
    }
    assert!(page.contains("prefers-color-scheme: dark"));
    holds(&page, &rows(&folder, "metrics.jsonl"));
    let counters: Value = serde_json::from_slice(&read(&folder, "counters.json")).expect("JSON");
    holds(&page, counters["cores"].as_array().expect("cores"));
    // Four arrays with words, of two cores; two figures of accuracy and two of loss; the floorplan.
    assert_eq!(count("figure"), 3 + 4 + 1, "{elements:?}");
    for file in ["manifest.json", "metrics.jsonl", "net.llimg", "trained.llimg", "counters.json"] {
        assert!(page.contains(&format!("<td>{file}</td>")), "{file}");
    }
    // The page is a function of the folder, and is made anew.
    let made = program.run(&["report", "last", "--json"]).json_stdout();
    assert_eq!(made["schema"], "leadlag.report/1");
    assert_eq!(
        page.len(),
        usize::try_from(made["bytes"].as_u64().expect("a size")).expect("small")
    );
    assert_eq!(self::page(&folder), page);
}

#[test]
fn a_page_can_go_elsewhere_and_has_a_limit() {
    let program = with_small();
    let folder = trained(&program, &["--epochs", "1"]);
    let printed = program.run(&["report", "last", "-o", "-"]);
    assert_eq!((printed.code, printed.stdout), (0, page(&folder)));
    assert_eq!(program.run(&["report", "last", "-o", "page.html"]).code, 0);
    assert_eq!(program.read("page.html"), page(&folder));
    let there = program.run(&["report", "last", "-o", "page.html"]);
    assert_eq!(there.code, 6, "{there:?}");
    assert!(there.stderr.starts_with("error[LL5003]"), "{there:?}");
    let large = program.run(&["report", "last", "--max-size", "0.001"]);
    assert_eq!(large.code, 6, "{large:?}");
    assert!(large.stderr.starts_with("error[LL5051]: the report has 0."), "{large:?}");
    assert!(large.stderr.contains("0.001 MB are allowed") && large.stderr.contains("--max-size 1"));
    for wrong in ["0", "-1", "NaN", "inf", "big"] {
        assert_eq!(program.run(&["report", "last", &format!("--max-size={wrong}")]).code, 2);
    }
    assert_eq!(program.run(&["report"]).code, 2);
    assert_eq!(program.run(&["report", "nowhere"]).code, 3);
}

#[test]
fn runs_of_either_backend_and_of_inference_have_pages() {
    let program = with_small();
    let float = trained(&program, &["--backend", "float", "--epochs", "1"]);
    let text = page(&float);
    elements(&text);
    assert!(text.contains("no chip was used") && !text.contains("trained.llimg"), "{text}");
    holds(&text, &rows(&float, "metrics.jsonl"));
    let chip = trained(&program, &["--epochs", "2"]);
    let [float, chip] = [&float, &chip].map(|path| path.to_str().expect("plain"));
    let both = program.run(&["report", chip, float, "-o", "-"]);
    assert_eq!(both.code, 0, "{both:?}");
    elements(&both.stdout);
    assert!(both.stdout.contains("Runs compared") && !both.stdout.contains("http"));
    assert_eq!(program.run(&["report", chip, float]).code, 0);
    assert_eq!(program.read("report.html"), both.stdout);
    assert_eq!(program.run(&["run", "small.toml", "--steps", "5", "--record", "**.r"]).code, 0);
    let answered = program.run(&["report", "last", "-o", "-"]);
    elements(&answered.stdout);
    assert!(answered.stdout.contains("nothing was learnt yet"), "{answered:?}");
}

#[test]
fn the_demo_ends_with_a_page_that_has_both_curves() {
    let program = Program::new();
    let line = ["demo", "--epochs", "1", "--samples", "100", "--json"];
    let ended = program.run(&line).json_stdout();
    let folder = program.path().join(ended["folder"].as_str().expect("a path"));
    assert_eq!(
        program.path().join(ended["report"].as_str().expect("a path")),
        folder.join("report.html")
    );
    let text = page(&folder);
    elements(&text);
    let drawn = text.split("<svg").skip(1).filter_map(|rest| rest.split_once("</svg>"));
    assert!(
        drawn.clone().any(|(figure, _)| figure.contains("float64 reference")),
        "one beside the other"
    );
    let apart = "<figcaption>test accuracy, %: chip - float64 over epochs</figcaption>";
    assert!(
        drawn.clone().any(|(_, after)| after.trim_start().starts_with(apart)),
        "on its own axis"
    );
    holds(&text, &rows(&folder, "metrics.jsonl"));
    holds(&text, &rows(&folder, "reference.jsonl"));
    let beside = &rows(&folder, "reference.jsonl")[0];
    assert_eq!(beside["test_accuracy"], ended["epochs"][0]["float"]["test_accuracy"]);
}
