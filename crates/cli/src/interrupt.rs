//! Ctrl-C: the first asks where there is something to keep, the next one insists.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_explore::files;

use crate::exit::Exit;

/// Whether the user wants the program to end.
#[derive(Clone, Debug, Default)]
pub struct Interrupt {
    flags: Arc<Flags>,
}

#[derive(Debug, Default)]
struct Flags {
    /// Whether a verb looks here.
    heeded: AtomicBool,
    asked: AtomicBool,
}

impl Interrupt {
    /// Listens to Ctrl-C from now on. Until a verb heeds it the program ends at once, with 130; files
    /// are written under temporary names, and those that are not whole are taken away.
    ///
    /// # Errors
    /// LL5009 if the system does not let us listen.
    pub fn install() -> Result<Self, Diagnostics> {
        let interrupt = Self::default();
        let heard = interrupt.clone();
        ctrlc::set_handler(move || {
            if !heard.ask() {
                files::abandon();
                std::process::exit(Exit::Interrupted.code().into());
            }
        })
        .map_err(|error| cannot_listen(&error))?;
        Ok(interrupt)
    }

    /// From now on the first Ctrl-C only asks; whoever calls this looks at [`Self::is_asked`] after
    /// each step. The second ends the program.
    pub fn heed(&self) {
        self.flags.heeded.store(true, Ordering::Relaxed);
    }

    /// Whether it was asked for; long loops look here after each step.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.flags.asked.load(Ordering::Relaxed)
    }

    /// Asks; false if nobody heeds it, or if that was done before.
    fn ask(&self) -> bool {
        self.flags.heeded.load(Ordering::Relaxed) && !self.flags.asked.swap(true, Ordering::Relaxed)
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
        assert!(!interrupt.ask() && !interrupt.is_asked(), "nobody heeds it");
        interrupt.heed();
        assert!(interrupt.clone().ask());
        assert!(interrupt.is_asked());
        assert!(!interrupt.ask());
    }
}
