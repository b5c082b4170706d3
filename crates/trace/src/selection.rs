//! From what the user asks for to registers.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use leadlag_diagnostic::{Diagnostic, Diagnostics};

use crate::pattern::Pattern;
use crate::probe::{Family, Probe, Probed};
use crate::signal::{Signal, value};

/// The most signals of one recording.
pub const LIMIT: usize = 1 << 18;

/// `PATTERN`: whenever the code changes; `PATTERN@N`: every N steps, changed or not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Request {
    pattern: Pattern,
    every: Option<NonZeroU32>,
}

impl Request {
    /// Reads a request.
    ///
    /// # Errors
    /// LL1342, pointing at what cannot be read.
    pub fn parse(text: &str) -> Result<Self, Diagnostics> {
        let Some((path, every)) = text.split_once('@') else {
            return Ok(Self { pattern: Pattern::parse(text)?, every: None });
        };
        let number = every.parse().map_err(|_| bad_interval(text, path.len() + 1))?;
        Ok(Self { pattern: Pattern::parse(path)?, every: Some(number) })
    }

    /// Reads several requests; reports all that cannot be read.
    ///
    /// # Errors
    /// As [`Self::parse`].
    pub fn parse_all(texts: &[String]) -> Result<Vec<Self>, Diagnostics> {
        let (mut requests, mut found) = (Vec::new(), Vec::new());
        for text in texts {
            match Self::parse(text) {
                Ok(request) => requests.push(request),
                Err(wrong) => found.extend(wrong.0),
            }
        }
        Diagnostics::unless_any(found, requests)
    }
}

/// The registers of a recording, in the order of its signal table.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Selection {
    probes: Vec<Probe>,
    signals: Vec<Signal>,
}

impl Selection {
    /// Finds what is asked for. A register's scale is recorded with it.
    ///
    /// # Errors
    /// LL1341 for each request that no register answers, LL1343 if there are more than [`LIMIT`].
    pub fn new(requests: &[Request], engine: &dyn Probed) -> Result<Self, Diagnostics> {
        let families = engine.families();
        let mut chosen = Chosen::default();
        let mut found = Vec::new();
        for request in requests {
            let before = chosen.asked;
            chosen.add(&request.pattern, request.every, &families, engine)?;
            if chosen.asked == before {
                found.push(nothing(&request.pattern, &families));
            }
        }
        let chosen = Diagnostics::unless_any(found, chosen)?;
        Ok(chosen.finish(&families, engine))
    }

    /// The registers.
    #[must_use]
    pub fn probes(&self) -> &[Probe] {
        &self.probes
    }

    /// The signal table.
    #[must_use]
    pub fn signals(&self) -> &[Signal] {
        &self.signals
    }
}

/// Registers in the order they were asked for, each once.
#[derive(Debug, Default)]
struct Chosen {
    places: BTreeMap<Probe, usize>,
    probes: Vec<(Probe, u32)>,
    asked: usize,
}

impl Chosen {
    fn add(
        &mut self,
        pattern: &Pattern,
        every: Option<NonZeroU32>,
        families: &[Family],
        engine: &dyn Probed,
    ) -> Result<(), Diagnostics> {
        for probe in select(pattern, families) {
            self.asked += 1;
            if let Some(scale) = engine.format(probe).scale {
                self.put(scale, 0);
            }
            self.put(probe, every.map_or(0, NonZeroU32::get));
            if self.probes.len() > LIMIT {
                return Err(too_many(pattern).into());
            }
        }
        Ok(())
    }

    fn put(&mut self, probe: Probe, every: u32) {
        if let std::collections::btree_map::Entry::Vacant(free) = self.places.entry(probe) {
            free.insert(self.probes.len());
            self.probes.push((probe, every));
        }
    }

    fn finish(self, families: &[Family], engine: &dyn Probed) -> Selection {
        let row = |&(probe, every): &(Probe, u32)| {
            let format = engine.format(probe);
            let place = format.scale.and_then(|scale| self.places.get(&scale));
            Signal {
                name: name(probe, families),
                unit: format.unit.to_owned(),
                lsb: value(1, 1.0, format.exponent),
                offset: 0.0,
                width: format.width,
                scale: place.and_then(|&at| u32::try_from(at).ok()),
                every,
            }
        };
        let signals = self.probes.iter().map(row).collect();
        Selection { signals, probes: self.probes.into_iter().map(|(probe, _)| probe).collect() }
    }
}

/// The path of a register, as a text.
pub(crate) fn name(probe: Probe, families: &[Family]) -> String {
    let family = families.iter().find(|family| family.id == probe.family);
    family.map_or_else(String::new, |family| family.path_of(probe).to_string())
}

/// The registers that a pattern stands for: by family, replica and index.
pub(crate) fn select<'a>(
    pattern: &'a Pattern,
    families: &'a [Family],
) -> impl Iterator<Item = Probe> + 'a {
    families.iter().flat_map(move |family| probes(pattern, family))
}

fn probes(pattern: &Pattern, family: &Family) -> Vec<Probe> {
    let Some(wanted) = pattern.leaf(&family.path, &family.extents) else { return Vec::new() };
    let span = |at: usize| match (wanted.get(at), family.extents.get(at)) {
        (Some(wanted), Some(&extent)) => wanted.within(extent),
        (Some(_) | None, _) => 0..1,
    };
    let mut probes = Vec::new();
    for replica in pattern.replicas().within(family.replicas) {
        for row in span(0) {
            let one = |column| Probe { family: family.id, replica, index: [row, column] };
            probes.extend(span(1).map(one));
        }
    }
    probes
}

/// A pattern that no register answers.
pub(crate) fn nothing(pattern: &Pattern, families: &[Family]) -> Diagnostic {
    let text = pattern.to_string();
    let count = families.len();
    let message = format!("no register answers to `{pattern}`; the chip has {count} kinds of them");
    let near: Vec<String> = families
        .iter()
        .filter(|family| pattern.leaf(&family.path, &family.extents).is_some())
        .map(|family| {
            format!("{} of {} in {} replicas", family.path, extents(family), family.replicas)
        })
        .take(2)
        .collect();
    let found = Diagnostic::new("LL1341", message)
        .label(0..text.len(), "nothing has this path")
        .help("`leadlag show probes IMAGE` lists every path");
    let found = match near.as_slice() {
        [] => found,
        near => found.help(format!("indices count from 0: there is {}", near.join(", "))),
    };
    found.within("the path", &text)
}

/// `[8 x 32]`, or `1`.
fn extents(family: &Family) -> String {
    let extents: Vec<String> = family.extents.iter().map(u32::to_string).collect();
    if extents.is_empty() { "1".to_owned() } else { format!("[{}]", extents.join(" x ")) }
}

fn too_many(pattern: &Pattern) -> Diagnostic {
    let text = pattern.to_string();
    let message = format!("`{pattern}` brings the recording beyond {LIMIT} signals");
    Diagnostic::new("LL1343", message)
        .label(0..text.len(), "the limit is passed here")
        .help("name fewer: a core, a range of rows, one replica")
        .within("the path", &text)
}

fn bad_interval(text: &str, at: usize) -> Diagnostic {
    let message = format!("the path `{text}` cannot be read: `@` is followed by a number of steps");
    Diagnostic::new("LL1342", message)
        .label(at..text.len(), "1 to 4294967295")
        .help("`PATH@100` records every 100 steps; without `@` changes are recorded")
        .within("the path", text)
}
