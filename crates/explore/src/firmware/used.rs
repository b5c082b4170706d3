//! What programs did in a run.

use leadlag_chip::{Counters, Emulator};
use leadlag_fixed::index;
use leadlag_plasticity::processor::Window;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Offset of the words from a core to its host in the mailbox (`docs/chip/plasticity-resources.md`).
const TO_HOST: usize = 0x1_0200;

/// Words from a core to its host.
const WORDS: usize = 16;

/// What the program of a core did.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Used {
    /// Place of the core in the mesh, x and y.
    pub place: (u32, u32),
    /// Instructions of learn phases.
    pub instructions: u64,
    /// Their cycles, stalls included.
    pub cycles: u64,
    /// The words from the core to its host, as they now are.
    pub to_host: Vec<u32>,
    /// The mailbox's vector, one code per neuron: the target that the host showed, or what the
    /// program wrote in its place.
    pub vector: Vec<i16>,
}

/// What the programs of a chip did, by core; none of a chip without programs.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Programs(pub Vec<Used>);

impl Programs {
    /// Those of a chip, with what its cores counted.
    #[must_use]
    pub fn of(chips: &Emulator, counters: &[Counters]) -> Self {
        let cores = chips.image().cores.iter().zip(counters).enumerate();
        let used = cores.filter_map(|(at, (core, counters))| {
            let mailbox = chips.window(at, Window::Mailbox)?;
            let words = mailbox.get(TO_HOST..)?.as_chunks::<4>().0;
            let vector = mailbox.as_chunks::<2>().0.iter().take(index(core.neurons));
            Some(Used {
                place: (core.x, core.y),
                instructions: counters.instructions,
                cycles: counters.plasticity_cycles,
                to_host: words.iter().take(WORDS).map(|word| u32::from_le_bytes(*word)).collect(),
                vector: vector.map(|code| i16::from_le_bytes(*code)).collect(),
            })
        });
        Self(used.collect())
    }

    /// Adds what the same programs did later.
    pub fn add(&mut self, later: Self) {
        let before = std::mem::replace(self, later);
        for (sum, used) in self.0.iter_mut().zip(before.0) {
            sum.instructions += used.instructions;
            sum.cycles += used.cycles;
        }
    }

    /// Lines for people: a sum, and the words of the cores that wrote any.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let sum = |pick: fn(&Used) -> u64| self.0.iter().map(pick).sum::<u64>();
        let (instructions, cycles) = (sum(|used| used.instructions), sum(|used| used.cycles));
        let cores = self.0.len();
        let head =
            format!("  programs    on {cores} cores, {instructions} instructions, {cycles} cycles");
        std::iter::once(head).chain(self.0.iter().filter_map(Used::line)).collect()
    }

    /// An array for programs; none without any.
    #[must_use]
    pub fn form(&self) -> Option<Value> {
        let form = |used: &Used| {
            json!({
                "x": used.place.0,
                "y": used.place.1,
                "instructions": used.instructions,
                "cycles": used.cycles,
                "to_host": used.to_host,
                "vector": used.vector,
            })
        };
        (!self.0.is_empty()).then(|| self.0.iter().map(form).collect())
    }
}

impl Used {
    /// The words up to the last that is not 0.
    fn line(&self) -> Option<String> {
        let last = self.to_host.iter().rposition(|word| *word != 0)?;
        let words: Vec<String> = self.to_host.iter().take(last + 1).map(u32::to_string).collect();
        let (x, y) = self.place;
        Some(format!("  to host     core ({x},{y}): {}", words.join(" ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn used(instructions: u64, to_host: &[u32]) -> Programs {
        let to_host = to_host.to_vec();
        let cycles = 2 * instructions;
        Programs(vec![Used { place: (1, 2), instructions, cycles, to_host, vector: vec![] }])
    }

    #[test]
    fn counts_add_up_and_words_are_the_last_ones() {
        let mut all = Programs::default();
        assert_eq!((all.lines(), all.form()), (vec![], None));
        all.add(used(5, &[9, 9, 9]));
        all.add(used(7, &[0, 3, 0]));
        let lines = [
            "  programs    on 1 cores, 12 instructions, 24 cycles",
            "  to host     core (1,2): 0 3",
        ];
        assert_eq!(all.lines(), lines);
    }
}
