//! The curves of `golden/noc`, with random numbers of our own.
//!
//! A complete check, every row of every curve, is `leadlag fabric sweep --golden FILE.csv`; here are
//! three rows of each: one far below saturation, one near it, one beyond. Means of four-flit packets
//! rest on a quarter of the packets; there the scatter of the single recorded run is allowed for.

use std::fs::{read_dir, read_to_string};
use std::path::PathBuf;

use leadlag_fabric::Network;
use leadlag_fabric::harness::parameters::Parameters;
use leadlag_fabric::harness::reference::{Curve, Mode, Row};
use leadlag_fabric::harness::sweep::{Point, sweep};
use leadlag_fabric::traffic::Load;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../golden/noc")
}

fn names() -> Vec<String> {
    let entries = read_dir(folder()).expect("the reference data");
    let entries = entries.map(|entry| entry.expect("an entry").file_name());
    let names = entries.filter_map(|name| Some(name.to_str()?.strip_suffix(".csv")?.to_owned()));
    let mut names: Vec<_> = names.collect();
    names.sort();
    names
}

fn read(name: &str) -> (Parameters, Curve) {
    let path = |ending: &str| folder().join(format!("{name}.{ending}"));
    let text = |ending: &str| read_to_string(path(ending)).expect("a file of the data");
    let parameters = Parameters::parse(&text("cfg"), name).expect("parameters");
    (parameters, Curve::parse(&text("csv"), name).expect("a curve"))
}

/// The highest rate below 80 % of saturation, the highest up to 95 %, and the overload.
fn rows(curve: &Curve) -> Vec<Row> {
    let share = |row: &Row, percent| {
        row.rate.to_billionths() * 100 < curve.saturation().to_billionths() * percent
    };
    let below = |percent| {
        let carried = |row: &&Row| row.mode == Mode::Latency && share(row, percent);
        curve.rows.iter().rfind(carried).copied()
    };
    let overload = curve.rows.iter().find(|row| row.mode == Mode::Throughput).copied();
    [below(80), below(95), overload].into_iter().flatten().collect()
}

#[test]
fn latency_and_throughput_are_those_of_the_reference() {
    let names = names();
    assert_eq!(names.len(), 14);
    for name in names {
        let (parameters, curve) = read(&name);
        let checked = parameters.config.check().unwrap();
        let (pattern, rows) = (parameters.pattern.unwrap(), rows(&curve));
        assert_eq!(rows.len(), 3, "{name}");
        let load = Load { pattern, rate: rows[0].rate, flits: parameters.flits, seed: 1, run: 0 };
        // Longer packets are fewer, and the scatter of a run has to be known there.
        let runs = if parameters.flits > 1 { 16 } else { 4 };
        let point = |row: &Row| Point { rate: row.rate, windows: row.mode.windows(), runs };
        let points: Vec<_> = rows.iter().map(point).collect();
        let make = || Network::new(&checked, Vec::new()).unwrap();
        let figures = sweep(make, checked.mesh(), &load, &points, 2, |_| true).unwrap().unwrap();
        for (row, figures) in rows.iter().zip(&figures) {
            let compared = curve.compare(row, figures).unwrap();
            let may_scatter = parameters.flits > 1 && compared.is_scatter();
            assert!(
                compared.limit.is_some() && (compared.is_close() || may_scatter),
                "{name} {row:?}: {compared:?}"
            );
        }
    }
}
