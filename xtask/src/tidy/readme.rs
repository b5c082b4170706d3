//! `README.md` is one screen.

use crate::findings::Findings;
use crate::repository::Repository;

const PAGE: &str = "README.md";
const LINES: std::ops::RangeInclusive<usize> = 60..=100;

pub(super) fn check(repository: &Repository) -> Findings {
    let lines = repository.text(PAGE).unwrap_or_default().lines().count();
    if LINES.contains(&lines) {
        return Findings::default();
    }
    let (least, most) = (LINES.start(), LINES.end());
    Findings::error(format!("{PAGE} has {lines} lines; one screen is {least} to {most}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_screen_has_two_ends() {
        let errors = |lines: usize| check(&Repository::of(&[(PAGE, &"x\n".repeat(lines))])).errors;
        assert_eq!([59, 60, 100, 101].map(|lines| errors(lines).len()), [1, 0, 0, 1]);
        assert_eq!(errors(101), ["README.md has 101 lines; one screen is 60 to 100"]);
    }
}
