//! The first Ctrl-C sets the flag. In a file of its own, since the handler is one per process.
#![cfg(unix)]

use std::process::Command;
use std::time::Duration;

use leadlag_cli::interrupt::Interrupt;

/// Waits for the handler's thread, which runs when the system lets it; a minute is a failure.
fn becomes_true(condition: impl Fn() -> bool) -> bool {
    (0..6000).any(|_| {
        std::thread::sleep(Duration::from_millis(10));
        condition()
    })
}

#[test]
fn the_first_signal_asks_and_a_second_handler_is_refused() {
    let interrupt = Interrupt::install().expect("a process of its own");
    interrupt.heed();
    assert!(!interrupt.is_asked());
    let line = format!("kill -INT {}", std::process::id());
    let sent = Command::new("sh").args(["-c", &line]).status().expect("a shell starts");
    assert!(sent.success());
    assert!(becomes_true(|| interrupt.is_asked()));
    let second = Interrupt::install().expect_err("there is one already");
    assert_eq!(second.0[0].code, "LL5009");
}
