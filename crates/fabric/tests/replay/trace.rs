//! Reads a trace of `golden/noc` and the parameter list beside it.

use std::fs::{File, read_to_string};
use std::io::Read;
use std::path::PathBuf;

use leadlag_fabric::{Class, Config, Packet, Preset};

/// One packet.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) source: u16,
    pub(crate) destination: u16,
    pub(crate) flits: u16,
    pub(crate) create: u64,
    pub(crate) arrive: u64,
}

/// A run of the reference simulator.
#[derive(Debug)]
pub(crate) struct Trace {
    pub(crate) name: String,
    pub(crate) config: Config,
    pub(crate) rows: Vec<Row>,
}

/// The row's packet; all flits carry the label.
pub(crate) fn packet(config: &Config, row: &Row, label: u64) -> Packet {
    let mesh = config.clone().check().unwrap().mesh();
    let (x, y) = mesh.coordinates(leadlag_fabric::Node(row.destination));
    let to = (u8::try_from(x).unwrap(), u8::try_from(y).unwrap());
    Packet::labelled(Class::Event, to, row.flits, label)
}

/// Reads `golden/noc/traces/<name>`.
pub(crate) fn read(name: &str) -> Trace {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../golden/noc/traces");
    let config = config(&read_to_string(folder.join(format!("{name}.cfg"))).unwrap());
    let packed = File::open(folder.join(format!("{name}.csv.gz"))).unwrap();
    let mut text = String::new();
    flate2::read::GzDecoder::new(packed).read_to_string(&mut text).unwrap();
    Trace { name: name.to_owned(), config, rows: text.lines().skip(1).map(row).collect() }
}

fn row(line: &str) -> Row {
    let fields: Vec<u64> = line.split(',').map(|field| field.trim().parse().unwrap()).collect();
    let small = |place: usize| u16::try_from(fields[place]).unwrap();
    Row {
        source: small(0),
        destination: small(1),
        flits: small(2),
        create: fields[3],
        arrive: fields[4],
    }
}

/// The fabric that a parameter list describes; the README of the data has the table of presets.
fn config(text: &str) -> Config {
    let value = |key: &str| {
        let line = text.lines().find(|line| line.starts_with(&format!("{key} =")));
        line.unwrap().split_once('=').unwrap().1.trim_matches([' ', ';']).to_owned()
    };
    let number = |key: &str| value(key).parse::<u8>().unwrap();
    let preset = match (value("vc_allocator").as_str(), number("routing_delay")) {
        ("piggyback", _) => Preset::P,
        ("islip", _) => Preset::I,
        (_, 1) => Preset::N,
        _ if number("speculative") == 1 => Preset::S,
        _ => Preset::L,
    };
    Config::square(u16::from(number("k")), preset, number("num_vcs"), number("vc_buf_size"))
}
