//! The page of measured runs, made from the runs themselves.
//!
//! `docs/evidence/runs.toml` lists them: the folder with the run's `manifest.json` and
//! `metrics.jsonl`, the command that makes it, and the commit of the program that ran. Seed,
//! length and result are read from the run, so the page cannot say what was not measured.

use serde_json::Value;
use toml::Table;

use crate::repository::Repository;

const LIST: &str = "docs/evidence/runs.toml";
const PAGE: &str = "docs/study/runs.md";

const HEAD: &str = "\
<!-- Made by `cargo xtask generate` from docs/evidence; do not edit. -->

# Measured runs

Every row is a run whose `manifest.json` and `metrics.jsonl` lie in `docs/evidence/`. The result is that of
its last row, never of its best one. A command is given without the place of its run folder and the number of its
threads, which change no bit; FILE is the network that the note describes. With the program of its commit, `leadlag run docs/evidence/FOLDER/run.toml`
repeats a run to the same bits; `docs/evidence/redraw` draws the figures. Fields of a chip that came later stand in
it at their defaults.
";

/// The page, if there is a list.
pub(crate) fn pages(repository: &Repository) -> Result<Vec<(&'static str, String)>, String> {
    let Some(text) = repository.text(LIST) else { return Ok(Vec::new()) };
    let list: Table = text.parse().map_err(|error| format!("{LIST}: {error}"))?;
    let groups = list.get("group").and_then(toml::Value::as_array).cloned().unwrap_or_default();
    let mut page = HEAD.to_owned();
    for group in groups.iter().filter_map(toml::Value::as_table) {
        page += &section(repository, group)?;
    }
    Ok(vec![(PAGE, page)])
}

fn section(repository: &Repository, group: &Table) -> Result<String, String> {
    let mut text =
        format!("\n## {}\n\n{}\n\n", field(group, "title")?, field(group, "about")?.trim());
    text += "| command | seed | length | final result | folder, commit |\n|---|---|---|---|---|\n";
    let runs = group.get("run").and_then(toml::Value::as_array).cloned().unwrap_or_default();
    for run in runs.iter().filter_map(toml::Value::as_table) {
        text += &row(repository, run)?;
    }
    if let Some(figure) = group.get("figure").and_then(toml::Value::as_str) {
        text.extend(["\n![Learning curves](../evidence/", figure, ")\n"]);
    }
    Ok(text)
}

fn row(repository: &Repository, run: &Table) -> Result<String, String> {
    let [command, folder, commit] = ["command", "folder", "commit"].map(|name| field(run, name));
    let (command, folder, commit) = (command?, folder?, commit?);
    let manifest = object(repository, &format!("docs/evidence/{folder}/manifest.json"))?;
    let last = last_row(repository, &format!("docs/evidence/{folder}/metrics.jsonl"))?;
    let seed = manifest.pointer("/seeds/seed").unwrap_or(&Value::Null);
    let note = run.get("note").and_then(toml::Value::as_str);
    let note = note.map_or(String::new(), |note| format!("; {note}"));
    let (length, result) = (length(&last), result(&last));
    Ok(format!("| `{command}` | {seed} | {length} | {result}{note} | `{folder}`, {commit} |\n"))
}

fn length(row: &Value) -> String {
    match (row.get("epoch"), row.get("step")) {
        (Some(epoch), _) => format!("{epoch} epochs"),
        (None, Some(step)) => format!("{step} steps"),
        (None, None) => "-".to_owned(),
    }
}

fn result(row: &Value) -> String {
    let figure = |name: &str| row.get(name).and_then(Value::as_f64);
    if let (Some(learnt), Some(loss)) = (row.get("tau_m_ms"), figure("train_loss")) {
        let learnt = learnt.as_array().into_iter().flatten().filter_map(Value::as_f64);
        let learnt: Vec<_> = learnt.map(|tau| format!("{tau:.3} ms")).collect();
        return format!("**{}**, loss {loss:.2e}", learnt.join(", "));
    }
    match (figure("test_accuracy"), figure("train_loss"), figure("train_smape")) {
        (Some(accuracy), ..) => format!("**{:.1} %** test accuracy", 100.0 * accuracy),
        (None, Some(loss), Some(smape)) => format!("loss {loss:.2e}, sMAPE {smape:.1}"),
        (None, Some(loss), None) => format!("training loss {loss:.3}"),
        (None, None, _) => "-".to_owned(),
    }
}

fn object(repository: &Repository, path: &str) -> Result<Value, String> {
    let text = repository.text(path).ok_or(format!("{path} is missing"))?;
    serde_json::from_str(text).map_err(|error| format!("{path}: {error}"))
}

fn last_row(repository: &Repository, path: &str) -> Result<Value, String> {
    let text = repository.text(path).ok_or(format!("{path} is missing"))?;
    let line = text.lines().last().ok_or(format!("{path} is empty"))?;
    serde_json::from_str(line).map_err(|error| format!("{path}: {error}"))
}

fn field<'a>(table: &'a Table, name: &str) -> Result<&'a str, String> {
    let value = table.get(name).and_then(toml::Value::as_str);
    value.ok_or(format!("{LIST}: an entry has no text `{name}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "[[group]]\ntitle = \"T\"\nabout = \"A\"\nfigure = \"t.svg\"\n\
        [[group.run]]\nfolder = \"f\"\ncommand = \"leadlag train\"\ncommit = \"abc\"\n";
    const MANIFEST: &str = "{\"seeds\": {\"seed\": 3}}";

    fn page(metrics: &str) -> Result<String, String> {
        let repository = Repository::of(&[
            (LIST, ONE),
            ("docs/evidence/f/manifest.json", MANIFEST),
            ("docs/evidence/f/metrics.jsonl", metrics),
        ]);
        pages(&repository).map(|mut pages| pages.remove(0).1)
    }

    #[test]
    fn a_row_says_what_the_last_row_of_its_run_says() {
        let page =
            page("{\"epoch\":1,\"test_accuracy\":0.99}\n{\"epoch\":2,\"test_accuracy\":0.886}\n");
        let page = page.expect("a valid list");
        assert!(
            page.contains(
                "| `leadlag train` | 3 | 2 epochs | **88.6 %** test accuracy | `f`, abc |"
            ),
            "{page}"
        );
        assert!(page.contains("(../evidence/t.svg)"));
        let stream = self::page("{\"step\":500,\"train_loss\":0.00125,\"train_smape\":12.5}\n")
            .expect("a valid list");
        assert!(stream.contains("| 500 steps | loss 1.25e-3, sMAPE 12.5 |"), "{stream}");
        let learnt = self::page("{\"step\":9,\"train_loss\":2e-7,\"tau_m_ms\":[1.0021,1.998]}\n");
        let learnt = learnt.expect("a valid list");
        assert!(learnt.contains("| **1.002 ms, 1.998 ms**, loss 2.00e-7 |"), "{learnt}");
    }

    #[test]
    fn a_row_without_its_run_is_an_error() {
        assert!(page("").expect_err("no rows").contains("metrics.jsonl is empty"));
        let without = Repository::of(&[(LIST, ONE)]);
        assert!(pages(&without).expect_err("no run").contains("manifest.json is missing"));
    }
}
