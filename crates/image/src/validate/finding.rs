//! Findings with paths, and the checks that most fields share.

use std::fmt::Display;
use std::ops::RangeInclusive;

use leadlag_diagnostic::Diagnostic;

use crate::{Image, Ratio};

/// Something wrong with the field at a path.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    /// As in `cores[1].soma.lag[3]`.
    pub(crate) path: String,
    /// What is wrong.
    pub(crate) diagnostic: Diagnostic,
}

/// An image under inspection.
#[derive(Debug)]
pub(super) struct Check<'a> {
    pub(super) image: &'a Image,
    pub(super) found: Vec<Finding>,
}

/// Largest magnitude of a ratio's mantissa.
const MANTISSA: i64 = (1 << 15) - 1;

/// Largest magnitude of a ratio's exponent.
const EXPONENT: i64 = 64;

impl Check<'_> {
    /// Records a finding about the field at `path`.
    pub(super) fn report(&mut self, code: &'static str, path: &str, message: String, help: &str) {
        let diagnostic = Diagnostic::new(code, message).help(help);
        self.found.push(Finding { path: path.to_owned(), diagnostic });
    }

    /// A number within its range.
    pub(super) fn range<T>(
        &mut self,
        path: &str,
        value: T,
        allowed: RangeInclusive<i64>,
        help: &str,
    ) where
        T: TryInto<i64> + Display + Copy,
    {
        if value.try_into().is_ok_and(|v| allowed.contains(&v)) {
            return;
        }
        let (low, high) = allowed.into_inner();
        self.report(
            "LL1260",
            path,
            format!("`{path}` is {value}; allowed is {low}..={high}"),
            help,
        );
    }

    /// Every number of a vector within one range; the first that is not is reported.
    pub(super) fn all<T>(
        &mut self,
        path: &str,
        values: &[T],
        allowed: RangeInclusive<i64>,
        help: &str,
    ) where
        T: Into<i64> + Copy,
    {
        let mut wrong =
            values.iter().zip(0_usize..).filter(|(v, _)| !allowed.contains(&(**v).into()));
        let Some((first, index)) = wrong.next() else { return };
        let (path, value): (_, i64) = (format!("{path}[{index}]"), (*first).into());
        let (low, high) = allowed.clone().into_inner();
        let others = match wrong.count() {
            0 => String::new(),
            more => format!(", and {more} more of this vector"),
        };
        let message = format!("`{path}` is {value}; allowed is {low}..={high}{others}");
        self.report("LL1260", &path, message, help);
    }

    /// A vector with as many entries as its neighbours imply.
    pub(super) fn count(&mut self, path: &str, have: usize, need: u64, why: &str) {
        if u64::try_from(have).is_ok_and(|have| have == need) {
            return;
        }
        let message = format!("`{path}` has {have} entries; {why} need {need}");
        self.report("LL1261", path, message, &format!("make it {need} entries long"));
    }

    /// An index below a number of things. Returns the thing.
    pub(super) fn index<'b, T>(
        &mut self,
        path: &str,
        index: u32,
        things: &'b [T],
        what: &str,
    ) -> Option<&'b T> {
        let found = usize::try_from(index).ok().and_then(|i| things.get(i));
        if found.is_none() {
            let have = things.len();
            let message = format!("`{path}` is {index}; the image has {have} {what}");
            self.report("LL1262", path, message, "indices count from 0");
        }
        found
    }

    /// A ratio whose parts fit their registers.
    pub(super) fn ratio(&mut self, path: &str, ratio: Ratio) {
        let help = "a ratio is mantissa * 2^exponent: move powers of two into the exponent";
        self.range(&format!("{path}.mantissa"), ratio.mantissa, -MANTISSA..=MANTISSA, help);
        let help = "ratios beyond 2^64 or below 2^-64 have no register";
        self.range(&format!("{path}.exponent"), ratio.exponent, -EXPONENT..=EXPONENT, help);
    }

    /// The exponent of a scale.
    pub(super) fn scale(&mut self, path: &str, scale: i32) {
        let (low, high) = crate::registers::SCALE_RANGE;
        let help = "a scale is a power of two: give its exponent";
        self.range(path, scale, low.into()..=high.into(), help);
    }
}
