//! A barrier for a few threads that meet thousands of times a second.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};

use crossbeam::utils::CachePadded;

/// How often a thread looks before it sleeps: about half a millisecond, longer than the other takes to wake up
/// and than a share of a step usually lacks. A thread that sleeps leaves its processor to whoever holds up the
/// last one.
const LOOKS: u32 = 20_000;

/// All threads wait until the last one has come.
#[derive(Debug)]
pub(crate) struct Gate {
    threads: usize,
    waiting: CachePadded<AtomicUsize>,
    round: CachePadded<AtomicUsize>,
    asleep: Mutex<()>,
    bell: Condvar,
}

impl Gate {
    pub(crate) fn new(threads: usize) -> Self {
        Self {
            threads,
            waiting: CachePadded::default(),
            round: CachePadded::default(),
            asleep: Mutex::default(),
            bell: Condvar::new(),
        }
    }

    /// Returns when all threads have called it as often as this one.
    pub(crate) fn wait(&self) {
        if self.threads == 1 {
            return;
        }
        let round = self.round.load(Ordering::Acquire);
        if self.waiting.fetch_add(1, Ordering::AcqRel) + 1 == self.threads {
            self.waiting.store(0, Ordering::Release);
            // Under the lock, so that nobody falls asleep between looking and waiting.
            let held = self.asleep.lock().unwrap_or_else(PoisonError::into_inner);
            self.round.store(round.wrapping_add(1), Ordering::Release);
            drop(held);
            self.bell.notify_all();
            return;
        }
        let is_over = || self.round.load(Ordering::Acquire) != round;
        for _ in 0..LOOKS {
            if is_over() {
                return;
            }
            std::hint::spin_loop();
        }
        let mut held = self.asleep.lock().unwrap_or_else(PoisonError::into_inner);
        while !is_over() {
            held = self.bell.wait(held).unwrap_or_else(PoisonError::into_inner);
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
