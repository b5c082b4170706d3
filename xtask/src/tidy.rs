//! The order of the house, one file per rule.

mod architecture;
mod dependencies;
pub(crate) mod diagnostics;
mod links;
mod paths;
mod readme;
mod sizes;
mod summary;
mod words;

use crate::findings::Findings;
use crate::generate;
use crate::repository::Repository;

/// A rule: what in the repository breaks it.
type Check = fn(&Repository) -> Findings;

const CHECKS: [Check; 10] = [
    architecture::check,
    dependencies::check,
    diagnostics::check,
    generate::check,
    links::check,
    paths::check,
    readme::check,
    sizes::check,
    summary::check,
    words::check,
];

/// All rules.
pub(crate) fn check(repository: &Repository) -> Findings {
    CHECKS.iter().map(|check| check(repository)).fold(Findings::default(), Findings::and)
}
