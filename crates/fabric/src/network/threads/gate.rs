//! A meeting point of threads that usually wait for microseconds.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};

use crossbeam::utils::CachePadded;

/// Turns of the wait loop before a thread gives its core away between looks: tens of microseconds,
/// by which the work of two tiles in a window differs.
const PATIENCE: u32 = 1 << 12;
/// Looks with the core given away before a thread sleeps: waking it takes longer than a window.
const YIELDS: u32 = 1 << 8;

/// All threads of a run meet here after each window.
#[derive(Debug)]
pub(super) struct Gate {
    threads: usize,
    /// Each on a line of its own: one is written while the other is watched.
    arrived: CachePadded<AtomicUsize>,
    opened: CachePadded<AtomicUsize>,
    broken: AtomicBool,
    /// How many threads sleep.
    asleep: Mutex<usize>,
    wake: Condvar,
}

impl Gate {
    pub(super) fn new(threads: usize) -> Self {
        Self {
            threads,
            arrived: CachePadded::new(AtomicUsize::new(0)),
            opened: CachePadded::new(AtomicUsize::new(0)),
            broken: AtomicBool::new(false),
            asleep: Mutex::new(0),
            wake: Condvar::new(),
        }
    }

    /// Returns when all threads have called it as often as this one has.
    ///
    /// The last one to arrive resets the count before it opens, and no thread arrives at the next
    /// meeting before it has seen the opening; so a count never mixes two meetings.
    ///
    /// # Panics
    /// If another thread has panicked: it would be waited for forever.
    pub(super) fn wait(&self) {
        self.meet();
        assert!(!self.broken.load(Ordering::Acquire), "the thread of another tile has panicked");
    }

    fn meet(&self) {
        let opened = self.opened.load(Ordering::Acquire);
        if self.arrived.fetch_add(1, Ordering::AcqRel) + 1 == self.threads {
            self.open(opened);
            return;
        }
        for _ in 0..PATIENCE {
            if self.is_past(opened) {
                return;
            }
            std::hint::spin_loop();
        }
        for _ in 0..YIELDS {
            if self.is_past(opened) {
                return;
            }
            std::thread::yield_now();
        }
        self.sleep(opened);
    }

    fn is_past(&self, opened: usize) -> bool {
        self.opened.load(Ordering::Acquire) != opened || self.broken.load(Ordering::Acquire)
    }

    /// Opens under the lock, so that nobody falls asleep between looking and waiting. Waking is a
    /// call of the operating system even if nobody sleeps, so it is left out then.
    fn open(&self, opened: usize) {
        self.arrived.store(0, Ordering::Relaxed);
        let lock = self.asleep.lock().unwrap_or_else(PoisonError::into_inner);
        self.opened.store(opened.wrapping_add(1), Ordering::Release);
        let sleepers = *lock;
        drop(lock);
        if sleepers > 0 {
            self.wake.notify_all();
        }
    }

    fn sleep(&self, opened: usize) {
        let mut lock = self.asleep.lock().unwrap_or_else(PoisonError::into_inner);
        *lock += 1;
        while !self.is_past(opened) {
            lock = self.wake.wait(lock).unwrap_or_else(PoisonError::into_inner);
        }
        *lock -= 1;
    }
}

/// Held by a thread that others wait for: if it panics, they are let go.
#[derive(Debug)]
pub(super) struct Promise<'a>(pub(super) &'a Gate);

impl Drop for Promise<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let lock = self.0.asleep.lock().unwrap_or_else(PoisonError::into_inner);
            self.0.broken.store(true, Ordering::Release);
            drop(lock);
            self.0.wake.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_that_panics_lets_the_others_go() {
        let gate = Gate::new(2);
        let ended = crossbeam::thread::scope(|scope| {
            let waits = scope.spawn(|_| gate.wait());
            let breaks = scope.spawn(|_| {
                let _promise = Promise(&gate);
                panic!("a defect");
            });
            assert!(breaks.join().is_err());
            waits.join().is_err()
        });
        assert!(ended.expect("both threads were joined"));
    }
}
