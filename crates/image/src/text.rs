//! The two forms of an image as bytes.

use std::io::{self, Write};
use std::ops::Range;
use std::str::Utf8Error;

use leadlag_diagnostic::{Diagnostic, Diagnostics};

use crate::container::{self, Kind};
use crate::validate::{Finding, findings};
use crate::{Image, earlier, lines, locate};

/// The longest text form that is read, in bytes: 128 MiB. A full `ll1` takes 13 MiB.
pub const TEXT_LIMIT: usize = 128 << 20;

/// The longest text form without its quoted texts, in bytes: 4 MiB.
///
/// A quoted text is kept once; anything else takes up to about 150 times its length while it
/// is parsed. The two limits together keep reading below the container's limit of 1 GiB.
pub const STRUCTURE_LIMIT: usize = 4 << 20;

impl Image {
    /// Writes the binary form. The same image gives the same bytes.
    ///
    /// # Errors
    /// Those of [`container::write`].
    pub fn write(&self, sink: &mut impl Write) -> io::Result<()> {
        container::write(Kind::Image, self, sink)
    }

    /// Reads and validates the binary form, of this format version or an earlier one that [`container::MAJOR`] lists.
    ///
    /// # Errors
    /// Those of [`container::read`] and [`Image::validate`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Diagnostics> {
        let image: Self = container::read_any(Kind::Image, &earlier::READERS, bytes)?;
        image.validate()?;
        Ok(image)
    }

    /// Reads and validates either form; the first eight bytes decide.
    ///
    /// # Errors
    /// Those of [`Image::from_bytes`] and [`Image::from_text`], and LL1251 if the bytes are neither
    /// framed nor text.
    pub fn from_bytes_or_text(bytes: &[u8], origin: &str) -> Result<Self, Diagnostics> {
        if container::is_framed(bytes) {
            return Self::from_bytes(bytes);
        }
        let text = std::str::from_utf8(bytes).map_err(|e| neither(origin, bytes, e))?;
        Self::from_text(text, origin)
    }

    /// The text form, TOML. [`Image::from_text`] reads it back equal.
    ///
    /// # Panics
    /// If the clock or the cycles per step exceed TOML's integers, 2^63 - 1, which a valid image
    /// does not.
    #[must_use]
    pub fn to_text(&self) -> String {
        toml::to_string_pretty(self).expect("all fields of a valid image have a form in TOML")
    }

    /// Reads and validates the text form. Findings point into the text.
    ///
    /// # Errors
    /// LL1250 if it is not TOML of this shape, LL1252 if it is longer than [`TEXT_LIMIT`], LL1253 if
    /// it is longer than [`STRUCTURE_LIMIT`] outside of quotes, and those of [`Image::validate`].
    pub fn from_text(text: &str, origin: &str) -> Result<Self, Diagnostics> {
        check_length(text)?;
        let image: Self =
            toml::from_str(text).map_err(|e| not_an_image(&e, text).within(origin, text))?;
        let found = findings(&image).into_iter().map(|f| place(f, text)).collect();
        Diagnostics::unless_any(found, image).map_err(|e| e.within(origin, text))
    }
}

/// Points a finding at its field in the text.
fn place(finding: Finding, text: &str) -> Diagnostic {
    match locate::span(text, &finding.path) {
        Some(span) => finding.diagnostic.label(span, "here"),
        None => finding.diagnostic,
    }
}

fn not_an_image(error: &toml::de::Error, text: &str) -> Diagnostic {
    Diagnostic::new("LL1250", format!("the text form of the image is wrong: {}", error.message()))
        .label(place_of(error, text), "here")
        .help("`leadlag compile NET -o net.llimg.txt` writes a correct one")
}

/// Where the error is: in a vector of integers at the word, else as the parser says.
fn place_of(error: &toml::de::Error, text: &str) -> Range<usize> {
    let span = error.span().unwrap_or(0..0);
    let word = || {
        let (word, vector) = (lines::culprit(error.message())?, text.get(span.clone())?);
        let is_word = |at: &usize| vector.get(..*at).is_some_and(|v| v.ends_with([' ', '"', '\'']));
        let at = vector.match_indices(word).map(|(at, _)| at).find(is_word)?;
        Some(span.start + at..span.start + at + word.len())
    };
    word().unwrap_or(span)
}

fn check_length(text: &str) -> Result<(), Diagnostic> {
    let (length, structure) = (text.len(), || text.lines().map(unquoted).sum::<usize>());
    let over = |code, what: &str, length: usize, limit: usize| {
        let text = format!("{what} of the image has {length} bytes; the limit is {limit}");
        Err(Diagnostic::new(code, text).help("use the binary form, `.llimg`"))
    };
    if length > TEXT_LIMIT {
        return over("LL1252", "the text form", length, TEXT_LIMIT);
    }
    match structure() {
        outside if outside > STRUCTURE_LIMIT => {
            over("LL1253", "the text form without quoted texts", outside, STRUCTURE_LIMIT)
        }
        _ => Ok(()),
    }
}

/// Bytes of a line that are certainly or possibly outside of quotes, with its end.
///
/// A line where quotes could mean something else counts in full: one with the other quotes, an
/// escape, a comment, or a text of several lines.
fn unquoted(line: &str) -> usize {
    let unclear = line.contains(['\'', '\\', '#']) || line.contains("\"\"\"");
    let outside = line.split('"').step_by(2).map(|part| part.len() + 1).sum();
    if unclear { line.len() + 1 } else { outside }
}

fn neither(origin: &str, bytes: &[u8], error: Utf8Error) -> Diagnostic {
    let (end, length) = (error.valid_up_to(), bytes.len());
    let text = format!(
        "`{origin}` is neither a framed file nor text: byte {end} of {length} is not UTF-8"
    );
    Diagnostic::new("LL1251", text)
        .help("give a file that `leadlag` wrote, or an image's text form")
}

#[cfg(test)]
mod tests;
