//! A meeting point of threads that usually wait for microseconds.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};

/// Turns of the wait loop before a thread sleeps: some ten microseconds, the length of a window.
const PATIENCE: u32 = 1 << 10;

/// All threads of a run meet here after each window.
#[derive(Debug)]
pub(super) struct Gate {
    threads: usize,
    arrived: AtomicUsize,
    opened: AtomicUsize,
    asleep: Mutex<()>,
    wake: Condvar,
}

impl Gate {
    pub(super) fn new(threads: usize) -> Self {
        Self {
            threads,
            arrived: AtomicUsize::new(0),
            opened: AtomicUsize::new(0),
            asleep: Mutex::new(()),
            wake: Condvar::new(),
        }
    }

    /// Returns when all threads have called it as often as this one has.
    ///
    /// The last one to arrive resets the count before it opens, and no thread arrives at the next
    /// meeting before it has seen the opening; so a count never mixes two meetings.
    pub(super) fn wait(&self) {
        let opened = self.opened.load(Ordering::Acquire);
        if self.arrived.fetch_add(1, Ordering::AcqRel) + 1 == self.threads {
            self.open(opened);
            return;
        }
        for _ in 0..PATIENCE {
            if self.opened.load(Ordering::Acquire) != opened {
                return;
            }
            std::hint::spin_loop();
        }
        self.sleep(opened);
    }

    /// Opens under the lock, so that nobody falls asleep between looking and waiting.
    fn open(&self, opened: usize) {
        self.arrived.store(0, Ordering::Relaxed);
        let lock = self.asleep.lock().unwrap_or_else(PoisonError::into_inner);
        self.opened.store(opened.wrapping_add(1), Ordering::Release);
        drop(lock);
        self.wake.notify_all();
    }

    fn sleep(&self, opened: usize) {
        let mut lock = self.asleep.lock().unwrap_or_else(PoisonError::into_inner);
        while self.opened.load(Ordering::Acquire) == opened {
            lock = self.wake.wait(lock).unwrap_or_else(PoisonError::into_inner);
        }
    }
}
