//! What a core counts. Always on, exact.

use leadlag_circuits::{Held, Spoken};
use serde::{Deserialize, Serialize};

use crate::faults::Upsets;

/// Classes of the timing model.
pub const CLASSES: usize = 28;

/// Counters of one of the two circuits of a core, over all its columns and replicas.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct SideCounters {
    /// Times a rail held the lagged state.
    pub state_held: u64,
    /// Times a rail held the prospective output.
    pub output_held: u64,
    /// Codes held at the payload's ends.
    pub code_clipped: u64,
    /// Events emitted.
    pub events: u64,
    /// Weights that updates left at an end of their word.
    pub weight_held: u64,
    /// Sum of the squares of the codes, from which the host reads the mean power of the signal.
    pub power: u64,
    /// Row registers that are not zero, times columns in use, over all steps.
    pub synaptic_events: u64,
}

impl SideCounters {
    /// Notes what the compartments and the senders did in a step.
    pub(crate) fn note(&mut self, held: Held, spoken: Spoken) {
        self.state_held += held.lagged;
        self.output_held += held.prospective;
        self.code_clipped += spoken.clipped;
        self.events += spoken.events;
        self.power += spoken.power;
    }

    fn add(&mut self, other: &Self) {
        self.state_held += other.state_held;
        self.output_held += other.output_held;
        self.code_clipped += other.code_clipped;
        self.events += other.events;
        self.weight_held += other.weight_held;
        self.power += other.power;
        self.synaptic_events += other.synaptic_events;
    }
}

/// Counters of a core.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Counters {
    /// Circuit steps, times replicas.
    pub steps: u64,
    /// Instructions of the plasticity unit's program in learn phases; 0 without one.
    pub instructions: u64,
    /// Cycles of the program in learn phases, as the timing model counts them.
    pub plasticity_cycles: u64,
    /// Cycles that the program waited for its converters in learn phases: stalled at a load from a result,
    /// stalled at the start of a conversion, and asleep. The first two are among `plasticity_cycles`.
    pub plasticity_waits: [u64; 3],
    /// Steps that began before the program had taken up the one before; 0 where steps wait for it.
    pub plasticity_overruns: u64,
    /// Accesses of programs to rows of the synapse arrays in learn phases.
    pub row_accesses: u64,
    /// Conversions of all columns at once that programs asked for in learn phases.
    pub conversions: u64,
    /// Instructions by timing class, in the order of the classes.
    pub classes: [u64; CLASSES],
    /// Spikes of a spiking core.
    pub spikes: u64,
    /// Bits that faults have flipped.
    pub upsets: Upsets,
    /// Membrane and rate.
    pub soma: SideCounters,
    /// Error state and error.
    pub apical: SideCounters,
}

impl Counters {
    /// Adds other counts of the same core: those of other replicas, or of another run.
    pub fn add(&mut self, other: &Self) {
        self.steps += other.steps;
        self.instructions += other.instructions;
        self.plasticity_cycles += other.plasticity_cycles;
        for (own, other) in self.plasticity_waits.iter_mut().zip(other.plasticity_waits) {
            *own += other;
        }
        self.plasticity_overruns += other.plasticity_overruns;
        self.row_accesses += other.row_accesses;
        self.conversions += other.conversions;
        for (own, other) in self.classes.iter_mut().zip(other.classes) {
            *own += other;
        }
        self.spikes += other.spikes;
        self.upsets.add(&other.upsets);
        self.soma.add(&other.soma);
        self.apical.add(&other.apical);
    }
}
