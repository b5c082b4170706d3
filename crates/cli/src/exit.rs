//! How the program ends.

use std::process::ExitCode;

use leadlag_diagnostic::Diagnostics;

/// The exit codes; the table is in the book, page *Command line*.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Exit {
    /// 0: done, or the verdict is yes.
    Done,
    /// 1: done, and the verdict is no.
    No,
    /// 2: wrong usage.
    Usage,
    /// 3 to 6 and 101: the family of the first diagnostic.
    Found(u8),
    /// 130: interrupted; what could be kept was written.
    Interrupted,
}

impl Exit {
    /// 0 or 1.
    #[must_use]
    pub fn verdict(yes: bool) -> Self {
        if yes { Self::Done } else { Self::No }
    }

    /// The number the calling shell sees.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::No => 1,
            Self::Usage => 2,
            Self::Found(code) => code,
            Self::Interrupted => 130,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        exit.code().into()
    }
}

impl From<&Diagnostics> for Exit {
    /// The first finding decides; an empty list would be our own defect.
    fn from(found: &Diagnostics) -> Self {
        Self::Found(found.0.first().map_or(101, |first| first.family().exit_code()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use leadlag_diagnostic::Diagnostic;

    #[test]
    fn the_first_finding_decides() {
        let found = |codes: &[&'static str]| {
            Exit::from(&Diagnostics(codes.iter().map(|c| Diagnostic::new(c, "")).collect())).code()
        };
        assert_eq!(found(&["LL2001", "LL5001"]), 4);
        assert_eq!(found(&["LL5001", "LL2001"]), 6);
        assert_eq!(found(&[]), 101);
    }

    #[test]
    fn verdicts_and_interruptions_have_their_numbers() {
        let codes = [Exit::verdict(true), Exit::verdict(false), Exit::Usage, Exit::Interrupted];
        assert_eq!(codes.map(Exit::code), [0, 1, 2, 130]);
    }
}
