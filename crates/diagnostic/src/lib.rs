//! Coded diagnostics, as values.
//!
//! A diagnostic says *what* is wrong, *where*, with *both numbers*, and at least one *way out*. The
//! crates that read input or compile networks return them; `cli` alone renders them and turns a
//! family into an exit code. This crate does no input, no output and no formatting for people.
//!
//! The list of codes is `docs/diagnostics.toml`; a test of `cli` compares the two.

use std::fmt;
use std::ops::Range;

/// What a diagnostic points into: a named text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Origin {
    /// The name shown to the user: a path, or `-`.
    pub name: String,
    /// The whole text, so that a renderer can quote lines of it.
    pub text: String,
}

/// A place in the origin with a remark. Byte offsets.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Label {
    /// Bytes of the origin's text.
    pub span: Range<usize>,
    /// What is to be said about that place.
    pub text: String,
}

/// The root cause's family, from the first digit of the code; it decides the exit code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Family {
    /// LL1: an input file is wrong.
    Input,
    /// LL2: it does not fit the chip.
    DoesNotFit,
    /// LL3: the emulated system faulted.
    EmulatedFault,
    /// LL4: numerics and certificates; a warning unless `strict` refuses.
    Numerics,
    /// LL5: I/O or environment.
    Environment,
    /// LL9: a defect of this program.
    Ours,
}

impl Family {
    /// The exit code of a command that ends with a diagnostic of this family.
    #[must_use]
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Input => 3,
            Self::DoesNotFit | Self::Numerics => 4,
            Self::EmulatedFault => 5,
            Self::Environment => 6,
            Self::Ours => 101,
        }
    }
}

/// One coded finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// `LL` and four digits.
    pub code: &'static str,
    /// One sentence: the field or resource, and both numbers.
    pub message: String,
    /// Where, most important first.
    pub labels: Vec<Label>,
    /// Ways out that work.
    pub help: Vec<String>,
    /// The text the labels point into.
    pub origin: Option<Origin>,
}

impl Diagnostic {
    /// A finding without a place and without help yet.
    #[must_use]
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), labels: Vec::new(), help: Vec::new(), origin: None }
    }

    /// Adds a place.
    #[must_use]
    pub fn label(mut self, span: Range<usize>, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// Adds a way out.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// Says which text the labels point into, unless that is known already.
    #[must_use]
    pub fn within(mut self, name: &str, text: &str) -> Self {
        let origin = || Origin { name: name.to_owned(), text: text.to_owned() };
        self.origin = self.origin.or_else(|| Some(origin()));
        self
    }

    /// The family of the code.
    #[must_use]
    pub fn family(&self) -> Family {
        match self.code.as_bytes().get(2) {
            Some(b'1') => Family::Input,
            Some(b'2') => Family::DoesNotFit,
            Some(b'3') => Family::EmulatedFault,
            Some(b'4') => Family::Numerics,
            Some(b'5') => Family::Environment,
            _ => Family::Ours,
        }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}]: {}", self.code, self.message)
    }
}

impl std::error::Error for Diagnostic {}

/// Everything found at once; never empty when it is an error.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostics(pub Vec<Diagnostic>);

impl Diagnostics {
    /// `Ok(value)` if nothing was found, otherwise all findings.
    ///
    /// # Errors
    /// The findings, if there is one.
    pub fn unless_any<T>(found: Vec<Diagnostic>, value: T) -> Result<T, Self> {
        if found.is_empty() { Ok(value) } else { Err(Self(found)) }
    }

    /// Says which text the labels point into, where that is not known yet.
    #[must_use]
    pub fn within(self, name: &str, text: &str) -> Self {
        Self(self.0.into_iter().map(|d| d.within(name, text)).collect())
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(one: Diagnostic) -> Self {
        Self(vec![one])
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|d| writeln!(f, "{d}"))
    }
}

impl std::error::Error for Diagnostics {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_digit_decides_the_exit_code() {
        let exit = |code| Diagnostic::new(code, "").family().exit_code();
        assert_eq!(
            ["LL1001", "LL2003", "LL3001", "LL4107", "LL5001", "LL9001"].map(exit),
            [3, 4, 5, 4, 6, 101]
        );
    }

    #[test]
    fn the_first_origin_stays() {
        let twice = Diagnostic::new("LL1001", "x").within("a", "1").within("b", "2");
        assert_eq!(twice.origin.map(|o| o.name).as_deref(), Some("a"));
    }
}
