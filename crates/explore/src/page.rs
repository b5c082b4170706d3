//! TOML that this program wrote and somebody may have changed: a refusal points at the change.

use std::ops::Range;

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use serde::de::DeserializeOwned;

/// Reads a page.
///
/// # Errors
/// LL1317 with the field, what it is and what it must be.
pub(crate) fn read<T: DeserializeOwned>(text: &str, origin: &str) -> Result<T, Diagnostics> {
    toml::from_str(text).map_err(|error| {
        let place = error.span().unwrap_or(0..0);
        let (field, why) = (field(text, &place), error.message());
        let message = format!("`{origin}` is not as it was written: {field}{why}");
        Diagnostic::new("LL1317", message)
            .label(place, "here")
            .help("write it as the program did, restore the file, or start the run anew")
            .within(origin, text)
            .into()
    })
}

/// The field in whose line a place is, as the beginning of a sentence.
fn field(text: &str, place: &Range<usize>) -> String {
    let before = text.get(..place.start).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |feed| feed + 1);
    let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    line.split_once('=').map_or(String::new(), |(key, _)| format!("`{}`: ", key.trim()))
}
