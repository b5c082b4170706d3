//! Ctrl-C: the first asks, the second insists.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use leadlag_diagnostic::{Diagnostic, Diagnostics};

use crate::exit::Exit;

/// Whether the user wants the program to end.
#[derive(Clone, Debug, Default)]
pub struct Interrupt {
    asked: Arc<AtomicBool>,
}

impl Interrupt {
    /// Listens to Ctrl-C from now on: the first sets the flag, the second ends the program with 130.
    ///
    /// Only verbs that look at the flag call this; the others end at once, as the system does it.
    ///
    /// # Errors
    /// LL5009 if the system does not let us listen.
    pub fn install() -> Result<Self, Diagnostics> {
        let interrupt = Self::default();
        let heard = interrupt.clone();
        ctrlc::set_handler(move || {
            if !heard.ask() {
                std::process::exit(Exit::Interrupted.code().into());
            }
        })
        .map_err(|error| cannot_listen(&error))?;
        Ok(interrupt)
    }

    /// Whether it was asked for; long loops look here after each step.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.asked.load(Ordering::Relaxed)
    }

    /// Asks; false if that was done before.
    fn ask(&self) -> bool {
        !self.asked.swap(true, Ordering::Relaxed)
    }
}

fn cannot_listen(error: &ctrlc::Error) -> Diagnostics {
    Diagnostic::new("LL5009", format!("cannot listen to Ctrl-C: {error}"))
        .help("start the program in a process of its own")
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_request_sets_the_flag_and_the_second_is_told_apart() {
        let interrupt = Interrupt::default();
        assert!(!interrupt.is_asked());
        assert!(interrupt.clone().ask());
        assert!(interrupt.is_asked());
        assert!(!interrupt.ask());
    }
}
