//! A meeting point of threads that usually wait for microseconds.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};

/// Turns of the wait loop before a thread sleeps: some ten microseconds, the length of a window.
const PATIENCE: u32 = 1 << 10;

/// All threads of a run meet here after each window.
#[derive(Debug)]
pub(super) struct Gate {
    threads: usize,
    arrived: AtomicUsize,
    opened: AtomicUsize,
    broken: AtomicBool,
    asleep: Mutex<()>,
    wake: Condvar,
}

impl Gate {
    pub(super) fn new(threads: usize) -> Self {
        Self {
            threads,
            arrived: AtomicUsize::new(0),
            opened: AtomicUsize::new(0),
            broken: AtomicBool::new(false),
            asleep: Mutex::new(()),
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
        self.sleep(opened);
    }

    fn is_past(&self, opened: usize) -> bool {
        self.opened.load(Ordering::Acquire) != opened || self.broken.load(Ordering::Acquire)
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
        while !self.is_past(opened) {
            lock = self.wake.wait(lock).unwrap_or_else(PoisonError::into_inner);
        }
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
