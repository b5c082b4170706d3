//! Where a program has been in a step, for conditions on its addresses.
//!
//! It is kept only where it is asked for: the program then goes instruction by instruction, to the
//! same bits and the same cycles.

use std::collections::BTreeSet;

use leadlag_plasticity::processor::{Ports, Processor, Stop};

/// Addresses of instructions that were executed, and addresses that were stored to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Passage {
    pub(crate) executed: BTreeSet<u32>,
    pub(crate) stored: BTreeSet<u32>,
    /// The last of these.
    pub(crate) last_store: u32,
}

impl Passage {
    /// Forgets the step before.
    pub(super) fn clear(&mut self) {
        self.executed.clear();
        self.stored.clear();
    }

    /// Runs the program as [`Processor::run`] does, and notes; the cycles that are left.
    pub(super) fn follow<P: Ports>(
        &mut self,
        processor: &mut Processor,
        ports: &mut P,
        cycles: u64,
    ) -> u64 {
        let end = processor.busy().saturating_add(cycles);
        while processor.busy() < end {
            if processor.is_asleep() {
                if !processor.sleep_for_converters(end - processor.busy()) {
                    break;
                }
                continue;
            }
            self.executed.insert(processor.pc());
            if let Some(address) = processor.stores_to() {
                self.stored.insert(address);
                self.last_store = address;
            }
            if !matches!(processor.step(ports), Stop::Paused | Stop::Asleep) {
                break;
            }
        }
        end.saturating_sub(processor.busy())
    }
}
