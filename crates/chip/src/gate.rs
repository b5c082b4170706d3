//! A barrier for a few threads that meet thousands of times a second.

use std::sync::atomic::{AtomicUsize, Ordering};

use crossbeam::utils::{Backoff, CachePadded};

/// All threads wait until the last one has come.
#[derive(Debug)]
pub(crate) struct Gate {
    threads: usize,
    waiting: CachePadded<AtomicUsize>,
    round: CachePadded<AtomicUsize>,
}

impl Gate {
    pub(crate) fn new(threads: usize) -> Self {
        Self { threads, waiting: CachePadded::default(), round: CachePadded::default() }
    }

    /// Returns when all threads have called it as often as this one.
    pub(crate) fn wait(&self) {
        if self.threads == 1 {
            return;
        }
        let round = self.round.load(Ordering::Acquire);
        if self.waiting.fetch_add(1, Ordering::AcqRel) + 1 == self.threads {
            self.waiting.store(0, Ordering::Release);
            self.round.store(round.wrapping_add(1), Ordering::Release);
            return;
        }
        let backoff = Backoff::new();
        while self.round.load(Ordering::Acquire) == round {
            backoff.snooze();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicU64;

    #[test]
    fn nobody_passes_before_the_last_has_come() {
        let (gate, count) = (Gate::new(3), AtomicU64::new(0));
        std::thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| {
                    for round in 1..=200_u64 {
                        count.fetch_add(1, Ordering::SeqCst);
                        gate.wait();
                        assert!(count.load(Ordering::SeqCst) >= 3 * round);
                        gate.wait();
                    }
                });
            }
        });
        assert_eq!(count.into_inner(), 600);
    }
}
