//! What stands on the page, from top to bottom.

use leadlag_explore::folder::RunFile;
use leadlag_fabric::Port;
use leadlag_image::Image;
use serde_json::Value;

use super::html::Page;
use super::{Run, chart, counters, floorplan, points, weights};
use crate::curve::{loss, percent};
use crate::mapping;
use crate::output::grouped;
use crate::traffic::{Traffic, port_name};

/// The page of one run.
pub(super) fn one(page: &mut Page, run: &Run) {
    let traffic = run.image.as_ref().map(Traffic::new);
    let traffic = traffic.and_then(Result::ok);
    head(page, run, traffic.as_ref());
    chip(page, run.image.as_ref(), traffic.as_ref());
    chart::section(page, run);
    map(page, run.image.as_ref(), traffic.as_ref());
    if let Some(image) = &run.image {
        weights::section(page, image, run.trained.as_ref());
    }
    match &run.counters {
        Some(counted) => counters::section(page, counted),
        None => page.section("counters", "Counters", |page| {
            page.leaf(
                "p",
                &[],
                "There are none: a run counts on the chip, and writes them at its end.",
            );
        }),
    }
    sources(page, run);
}

/// The page of several runs: who they are, and their curves.
pub(super) fn several(page: &mut Page, runs: &[Run]) {
    page.leaf("h1", &[], "Runs compared");
    let of = |run: &Run, field: &str| {
        let last = run.rows.iter().rev().find_map(|row| row.get(field));
        last.cloned().unwrap_or(Value::Null)
    };
    let row = |run: &Run| {
        vec![
            run.folder.clone(),
            run.text("backend").to_owned(),
            number(run, "/replicas"),
            number(run, "/seeds/seed"),
            short(run, "/inputs/hash"),
            percent(&of(run, "train_accuracy")),
            percent(&of(run, "test_accuracy")),
            loss(&of(run, "train_loss")),
        ]
    };
    let headings = ["run", "backend", "at a time", "seed", "inputs", "training", "test", "loss"];
    page.table(&headings, &runs.iter().map(row).collect::<Vec<_>>());
    chart::compared(page, runs);
}

fn number(run: &Run, place: &str) -> String {
    run.manifest.pointer(place).map_or("–".to_owned(), Value::to_string)
}

/// The first digits of a hash.
fn short(run: &Run, place: &str) -> String {
    let hash = run.manifest.pointer(place).and_then(Value::as_str);
    hash.map_or("–".to_owned(), |hash| hash.chars().take(8).collect())
}

fn head(page: &mut Page, run: &Run, traffic: Option<&Traffic>) {
    page.within("header", &[], |page| {
        page.leaf("h1", &[], run.text("name"));
        let chip = run.image.as_ref().map_or("none", |image| image.chip.name.as_str());
        let facts = format!(
            "{}  ·  backend {}  ·  chip {chip}  ·  {} at a time  ·  seed {}  ·  chip seed {}  ·  net {}  ·  image {}  ·  inputs {}",
            run.folder,
            run.text("backend"),
            number(run, "/replicas"),
            number(run, "/seeds/seed"),
            number(run, "/seeds/chip_seed"),
            short(run, "/inputs/network"),
            short(run, "/image"),
            short(run, "/inputs/hash"),
        );
        page.leaf("p", &[("class", "facts")], &facts);
        page.within("ul", &[("class", "verdict")], |page| {
            for (name, value) in verdict(run, traffic) {
                page.within("li", &[], |page| {
                    page.text(&format!("{name} "));
                    page.leaf("b", &[], &value);
                });
            }
        });
    });
}

/// What it came to, in a line.
fn verdict(run: &Run, traffic: Option<&Traffic>) -> Vec<(String, String)> {
    let mut items = Vec::new();
    let mut add = |name: &str, value: String| items.push((name.to_owned(), value));
    if let Some(row) = run.rows.last() {
        let across = run.across();
        add(across, row.get(across).map_or("–".to_owned(), Value::to_string));
    }
    for (name, field) in [("training", "train_accuracy"), ("test", "test_accuracy")] {
        if let Some(value) = last(run, field) {
            add(name, percent(&value));
        }
    }
    if let Some(value) = last(run, "train_loss") {
        add("loss", loss(&value));
    }
    if let Some(gap) = gap(run) {
        add("test, chip - float64", format!("{gap:+.1} points"));
    }
    if let Some(image) = &run.image {
        add("cores", format!("{} of {}", image.cores.len(), mapping::core_count(&image.chip)));
    }
    if let Some((link, packets)) = traffic.and_then(hottest) {
        add("fullest link", format!("{link}, {packets} packets a step"));
    }
    items
}

fn last(run: &Run, field: &str) -> Option<Value> {
    run.rows.iter().rev().find_map(|row| row.get(field)).cloned()
}

/// Points of test accuracy by which the chip is ahead of its reference, where both ended.
fn gap(run: &Run) -> Option<f64> {
    let (field, across) = ("test_accuracy", run.across());
    let (x, chip) = run.points(field, 100.0).pop()?;
    let beside = points(&run.reference, across, field, 100.0);
    let float = beside.into_iter().find(|point| point.0.total_cmp(&x).is_eq())?;
    Some(chip - float.1)
}

/// The link between two cores that carries most.
fn hottest(traffic: &Traffic) -> Option<(String, u64)> {
    let loads = traffic.loads();
    let between = loads.iter().filter(|((_, port), _)| *port != Port::Local);
    let ((node, port), packets) = between.max_by_key(|(_, packets)| **packets)?;
    let (x, y) = traffic.mesh.coordinates(*node);
    Some((format!("({x},{y}) {}", port_name(*port)), *packets))
}

fn chip(page: &mut Page, image: Option<&Image>, traffic: Option<&Traffic>) {
    page.section("floorplan", "Floorplan", |page| {
        let Some(image) = image else {
            page.leaf("p", &[], "The run was on the reference; no chip was used.");
            return;
        };
        page.leaf("p", &[("class", "facts")], &mapping::chip_line(image));
        let loads = traffic.map(Traffic::loads).unwrap_or_default();
        let svg = floorplan::svg(image, traffic.map(|traffic| traffic.mesh), &loads);
        page.figure(&svg, "Cores by the share of their columns in use, links by packets in a step in which every sender speaks");
    });
}

fn map(page: &mut Page, image: Option<&Image>, traffic: Option<&Traffic>) {
    let Some(image) = image else { return };
    page.section("mapping", "Mapping", |page| {
        let neurons: u64 = image.populations.iter().map(|one| u64::from(one.size)).sum();
        let plastic = u64::try_from(mapping::plastic_words(image)).unwrap_or(u64::MAX);
        let packets = traffic.map_or(String::new(), |traffic| {
            format!(", {} packets a step at most", grouped(traffic.packets()))
        });
        let text = format!("{neurons} neurons, {} plastic weights{packets}.", grouped(plastic));
        page.leaf("p", &[("class", "facts")], &text);
        let row = |core: &leadlag_image::Core| mapping::line(image, core).to_vec();
        let rows: Vec<Vec<String>> = image.cores.iter().map(row).collect();
        page.table(&mapping::HEADINGS.map(str::trim), &rows);
    });
}

/// Where each figure on the page comes from.
fn sources(page: &mut Page, run: &Run) {
    let manifest = RunFile::Manifest.name();
    let image = RunFile::Image.name();
    let mut rows = vec![
        [
            "name, backend, replicas, seeds, hashes",
            manifest,
            "name, backend, replicas, seeds, inputs, image",
        ],
        ["every setting, resolved", RunFile::Config.name(), "the whole file"],
        [
            "learning curves, final accuracy and loss",
            "metrics.jsonl",
            "a line per row; the last one",
        ],
    ];
    if !run.reference.is_empty() {
        let fields = "a line per row of the float64 reference; differences are taken row by row";
        rows.push(["the reference's curves, differences", RunFile::Reference.name(), fields]);
    }
    if run.image.is_some() {
        rows.push([
            "floorplan, mapping, weights at the start",
            image,
            "cores, chip (leadlag show map)",
        ]);
        rows.push(["packets a step, the fullest link", image, "row groups (leadlag show routes)"]);
    }
    if run.trained.is_some() {
        rows.push(["weights at the end", RunFile::Trained.name(), "words (leadlag show weights)"]);
    }
    if run.counters.is_some() {
        rows.push(["counters, clock, flits", RunFile::Counters.name(), "cores, clock, links"]);
    }
    page.section("sources", "Where every number comes from", |page| {
        let rows: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().map(|&cell| cell.to_owned()).collect()).collect();
        page.table(&["figure", "file", "place in it"], &rows);
    });
}
