//! A meeting point of threads that usually wait for microseconds.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Turns of the wait loop before a thread offers its core to others.
const PATIENCE: u32 = 1 << 14;

/// All threads of a run meet here after each window.
#[derive(Debug)]
pub(super) struct Gate {
    threads: usize,
    arrived: AtomicUsize,
    opened: AtomicUsize,
}

impl Gate {
    pub(super) fn new(threads: usize) -> Self {
        Self { threads, arrived: AtomicUsize::new(0), opened: AtomicUsize::new(0) }
    }

    /// Returns when all threads have called it as often as this one has.
    ///
    /// The last one to arrive resets the count before it opens, and no thread arrives at the next
    /// meeting before it has seen the opening; so a count never mixes two meetings.
    pub(super) fn wait(&self) {
        let opened = self.opened.load(Ordering::Acquire);
        if self.arrived.fetch_add(1, Ordering::AcqRel) + 1 == self.threads {
            self.arrived.store(0, Ordering::Relaxed);
            self.opened.store(opened.wrapping_add(1), Ordering::Release);
            return;
        }
        let mut turns = 0;
        while self.opened.load(Ordering::Acquire) == opened {
            turns += 1;
            if turns < PATIENCE {
                std::hint::spin_loop();
            } else {
                std::thread::yield_now();
            }
        }
    }
}
