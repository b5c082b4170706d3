//! What checks find, and what is excepted.

/// Errors fail the gate; warnings are printed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Findings {
    pub(crate) errors: Vec<String>,
    pub(crate) warnings: Vec<String>,
}

impl Findings {
    /// One error.
    pub(crate) fn error(text: impl Into<String>) -> Self {
        Self { errors: vec![text.into()], warnings: Vec::new() }
    }

    /// Errors only.
    pub(crate) fn errors(texts: impl IntoIterator<Item = String>) -> Self {
        Self { errors: texts.into_iter().collect(), warnings: Vec::new() }
    }

    /// Both lists of both.
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.errors.extend(other.errors);
        self.warnings.extend(other.warnings);
        self
    }
}

/// A place where a rule does not hold, and why.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Exception {
    pub(crate) place: &'static str,
    pub(crate) reason: &'static str,
}

/// What a rule found at a place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct At {
    pub(crate) place: String,
    pub(crate) text: String,
}

/// The findings without the excepted ones, and an error for each exception that excepts nothing.
pub(crate) fn except(found: Vec<At>, exceptions: &[Exception]) -> Findings {
    let is_dead = |e: &&Exception| found.iter().all(|at| at.place != e.place);
    let dead = exceptions.iter().filter(is_dead).map(|e| {
        format!("the exception for `{}` ({}) excepts nothing: remove it", e.place, e.reason)
    });
    let dead: Vec<_> = dead.collect();
    let stands = |at: &At| exceptions.iter().all(|e| e.place != at.place);
    let rest = found.into_iter().filter(stands).map(|at| format!("{}: {}", at.place, at.text));
    Findings::errors(rest.chain(dead))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(place: &str) -> At {
        At { place: place.to_owned(), text: "too long".to_owned() }
    }

    #[test]
    fn an_exception_takes_its_place_and_no_other() {
        let excepted = [Exception { place: "a.rs", reason: "a table" }];
        assert_eq!(except(vec![at("a.rs"), at("b.rs")], &excepted).errors, ["b.rs: too long"]);
    }

    #[test]
    fn a_dead_exception_is_an_error() {
        let excepted = [Exception { place: "a.rs", reason: "a table" }];
        let found = except(vec![at("b.rs")], &excepted).errors;
        assert_eq!(found.len(), 2);
        assert!(found[1].contains("`a.rs` (a table) excepts nothing"), "{found:?}");
    }
}
