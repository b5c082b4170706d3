//! An answering run that was interrupted: the snapshots that `leadlag run --from` goes on from.
//!
//! A run with a folder keeps its snapshots there. A run without one leaves a single file: what it has
//! answered, the machine between two steps, and the hashes of everything that the answers depend on, so
//! that it goes on with the same inputs or not at all.

use leadlag_chip::State;
use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_image::container::{self, Kind};
use leadlag_net::{Block, Targets};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::chip_backend::not_saved;
use crate::files::bytes;
use crate::hash::InputHash;
use crate::inference::{Outputs, Question};
use crate::observe::Snapshot;
use crate::spiking::Trains;

/// Everything that answers depend on: names, and the hashes of what they stand for.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Inputs(Vec<(String, String)>);

impl Inputs {
    /// The inputs of a run: its signal in `blocks`, and the rest by name.
    #[must_use]
    pub fn of(named: &[(&str, &[u8])], blocks: &[Block]) -> Self {
        let hash = |content: &[u8]| InputHash::of(&[("", content)]).to_string();
        let named = named.iter().map(|(name, content)| ((*name).to_owned(), hash(content)));
        let signal: Vec<u8> = blocks.iter().flat_map(signal).collect();
        Self(named.chain([("signal".to_owned(), hash(&signal))]).collect())
    }

    /// Names of what is another one here.
    fn others<'a>(&'a self, here: &'a Self) -> impl Iterator<Item = &'a str> {
        let all = self
            .0
            .iter()
            .chain(&here.0)
            .filter(|one| !(self.0.contains(one) && here.0.contains(one)));
        let mut names: Vec<&str> = all.map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names.into_iter()
    }
}

fn signal(block: &Block) -> Vec<u8> {
    let shape = [block.steps, block.lanes, block.width, block.used].map(bytes);
    let labels: Vec<u64> = match &block.targets {
        Targets::Class(classes) => classes.iter().copied().map(u64::from).collect(),
        Targets::None | Targets::Values { .. } => Vec::new(),
    };
    let words = shape.into_iter().chain(labels).chain(block.inputs.iter().map(|v| v.to_bits()));
    words.flat_map(u64::to_le_bytes).collect()
}

/// A run without a folder, between two steps.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Paused<T> {
    inputs: Inputs,
    /// What is answered.
    pub done: T,
    /// Blocks among it.
    block: u64,
    place: Place,
}

/// Where a block was left; the default is before its first step.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Place {
    /// Steps done.
    pub(crate) steps: u64,
    /// Answers of these steps, by lane.
    pub(crate) values: Vec<Vec<f64>>,
    /// The machine, as it writes itself down; empty before the first step.
    pub(crate) machine: Vec<u8>,
}

impl Place {
    pub(crate) fn new(steps: usize, machine: Vec<u8>) -> Self {
        Self { steps: bytes(steps), values: Vec::new(), machine }
    }

    /// Steps done, as an index.
    pub(crate) fn step(&self) -> usize {
        usize::try_from(self.steps).unwrap_or(usize::MAX)
    }
}

impl<T> Paused<T> {
    /// Holds the snapshot against the run that is to go on from it.
    fn check(&self, Question { blocks, inputs }: &Question<'_>) -> Result<(), Diagnostics> {
        let others: Vec<String> =
            self.inputs.others(inputs).map(|name| format!("`{name}`")).collect();
        if !others.is_empty() {
            return Err(other_inputs(&others, inputs.0.len()));
        }
        let (steps, values) = (self.place.steps, &self.place.values);
        let block = usize::try_from(self.block).ok().and_then(|at| blocks.get(at));
        let lanes = block.filter(|block| bytes(block.steps) >= steps).map(|block| block.lanes);
        let answered = values.is_empty() || Some(values.len()) == lanes;
        if lanes.is_some() && answered { Ok(()) } else { Err(beyond(self.block, steps)) }
    }
}

/// Answers a block from a place on; the place where it was left, if it was. After some steps it tells
/// how many of the block's are done, and is told whether to go on.
pub(crate) type Run<'a, T> = dyn FnMut(
        &Block,
        Place,
        &mut T,
        &mut dyn FnMut(usize) -> bool,
    ) -> Result<Option<Place>, Diagnostics>
    + 'a;

impl Question<'_> {
    /// Answers the blocks, `fresh` or from a snapshot, until `goes_on` says no. After the last step it
    /// is not asked.
    pub(crate) fn answer<T>(
        &self,
        from: Option<Paused<T>>,
        fresh: T,
        goes_on: &mut GoesOn<'_>,
        run: &mut Run<'_, T>,
    ) -> Result<Answered<T>, Diagnostics> {
        from.as_ref().map_or(Ok(()), |from| from.check(self))?;
        let begun = from.map(|from| (from.done, from.block, from.place));
        let (mut done, first, mut place) = begun.unwrap_or((fresh, 0, Place::default()));
        let first = usize::try_from(first).unwrap_or(usize::MAX);
        for (at, block) in self.blocks.iter().enumerate().skip(first) {
            let last = at + 1 == self.blocks.len();
            let mut asked = |steps: usize| {
                (last && steps == block.steps) || goes_on(bytes(at * block.steps + steps))
            };
            if let Some(place) = run(block, std::mem::take(&mut place), &mut done, &mut asked)? {
                let (inputs, block) = (self.inputs.clone(), bytes(at));
                return Ok(Answered::Paused(Box::new(Paused { inputs, done, block, place })));
            }
        }
        Ok(Answered::Done(done))
    }
}

/// Told the steps done of all blocks, says whether the run goes on.
pub type GoesOn<'a> = dyn FnMut(u64) -> bool + 'a;

/// How an answering run ended.
#[derive(Clone, PartialEq, Debug)]
pub enum Answered<T> {
    /// All steps are done.
    Done(T),
    /// It was asked to end after a step.
    Paused(Box<Paused<T>>),
}

/// The content of a snapshot file.
#[derive(Serialize, Deserialize)]
#[expect(clippy::large_enum_variant, reason = "one of them is read or written at a time")]
pub(crate) enum Content {
    /// Of a run with a folder.
    Watched(Snapshot),
    /// Of a run that answers with rates.
    Rates(Paused<Outputs>),
    /// Of a run that answers with spikes.
    Spikes(Paused<Trains>),
}

/// A snapshot to go on from.
#[derive(Clone, PartialEq, Debug)]
pub enum From {
    /// Of a run with a folder: the bytes, for [`crate::observe::Watch::from`].
    Watched(Vec<u8>),
    /// Of a run that answers with rates.
    Rates(Box<Paused<Outputs>>),
    /// Of a run that answers with spikes.
    Spikes(Box<Paused<Trains>>),
}

impl From {
    /// Reads the content of a file.
    ///
    /// # Errors
    /// LL1240 to LL1248: no snapshot, or a damaged one.
    pub fn read(content: Vec<u8>) -> Result<Self, Diagnostics> {
        Ok(match read(Kind::Snapshot, &content)? {
            Content::Watched(_) => Self::Watched(content),
            Content::Rates(paused) => Self::Rates(Box::new(paused)),
            Content::Spikes(paused) => Self::Spikes(Box::new(paused)),
        })
    }
}

impl Paused<Outputs> {
    /// The file to go on from.
    ///
    /// # Errors
    /// LL9002 if it would be too long.
    pub fn bytes(&self) -> Result<Vec<u8>, Diagnostics> {
        write(Kind::Snapshot, &Content::Rates(self.clone()))
    }
}

impl Paused<Trains> {
    /// The file to go on from.
    ///
    /// # Errors
    /// LL9002 if it would be too long.
    pub fn bytes(&self) -> Result<Vec<u8>, Diagnostics> {
        write(Kind::Snapshot, &Content::Spikes(self.clone()))
    }
}

/// The state of a chip as bytes.
pub(crate) fn machine<T: Serialize>(state: &T) -> Result<Vec<u8>, Diagnostics> {
    write(Kind::Checkpoint, state)
}

/// The state that [`machine`] wrote.
pub(crate) fn state(machine: &[u8]) -> Result<State, Diagnostics> {
    read(Kind::Checkpoint, machine)
}

pub(crate) fn read<T: DeserializeOwned>(kind: Kind, content: &[u8]) -> Result<T, Diagnostics> {
    container::read(kind, content)
}

pub(crate) fn write<T: Serialize>(kind: Kind, content: &T) -> Result<Vec<u8>, Diagnostics> {
    let mut bytes = Vec::new();
    container::write(kind, content, &mut bytes).map_err(|error| not_saved(&error))?;
    Ok(bytes)
}

fn other_inputs(others: &[String], all: usize) -> Diagnostics {
    let message = format!(
        "the snapshot is of another run: of {all} inputs {} are others: {}",
        others.len(),
        others.join(", ")
    );
    Diagnostic::new("LL1490", message)
        .help("give the command that was printed when the snapshot was written, or leave `--from` out")
        .into()
}

fn beyond(block: u64, steps: u64) -> Diagnostics {
    let message = format!(
        "the snapshot is {steps} steps into block {block} of the signal, which has no such place"
    );
    Diagnostic::new("LL1491", message)
        .help("the file was not written by this program: leave `--from` out")
        .into()
}

/// A snapshot of another kind of run than the one that is to go on.
#[must_use]
pub fn other_form(of: &str, here: &str) -> Diagnostics {
    let message = format!("the snapshot is of a run {of}; this is one {here}");
    Diagnostic::new("LL1492", message)
        .help("give the command that was printed when the snapshot was written")
        .into()
}
