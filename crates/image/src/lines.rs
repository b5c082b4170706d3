//! Long integer vectors in the text form: an array of strings, one line of integers each.
//!
//! Line breaks carry no meaning. The binary form is a plain vector.

use std::fmt::Display;
use std::str::FromStr;

use serde::de::{DeserializeOwned, Deserializer, Error};
use serde::{Deserialize, Serialize, Serializer};

/// Integers per line where the vector has no width of its own.
const WIDTH: usize = 16;

/// How a message about a word that is no integer goes on after the word.
const MARK: &str = "` in a line of integers: ";

/// The word that an error of [`deserialize`] is about: TOML errors know their field, not their line.
pub(crate) fn culprit(message: &str) -> Option<&str> {
    let (word, _) = message.split_once(MARK)?;
    word.strip_prefix('`')
}

/// Serialises with [`WIDTH`] integers per line.
pub(crate) fn serialize<T, S>(values: &[T], serializer: S) -> Result<S::Ok, S::Error>
where
    T: Serialize + Display,
    S: Serializer,
{
    rows(values, WIDTH, serializer)
}

/// Serialises with `width` integers per line; a width of 0 counts as 1.
pub(crate) fn rows<T, S>(values: &[T], width: usize, serializer: S) -> Result<S::Ok, S::Error>
where
    T: Serialize + Display,
    S: Serializer,
{
    if serializer.is_human_readable() {
        serializer.collect_seq(values.chunks(width.max(1)).map(line))
    } else {
        values.serialize(serializer)
    }
}

fn line<T: Display>(values: &[T]) -> String {
    let numbers: Vec<String> = values.iter().map(ToString::to_string).collect();
    numbers.join(" ")
}

/// Reads either form.
pub(crate) fn deserialize<'de, T, D>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    T: DeserializeOwned + FromStr<Err: Display>,
    D: Deserializer<'de>,
{
    if !deserializer.is_human_readable() {
        return Vec::deserialize(deserializer);
    }
    let lines: Vec<Line<T>> = Vec::deserialize(deserializer)?;
    Ok(lines.into_iter().flat_map(|line| line.0).collect())
}

/// One line of integers.
struct Line<T>(Vec<T>);

impl<'de, T: FromStr<Err: Display>> Deserialize<'de> for Line<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let parse =
            |word: &str| word.parse().map_err(|e| D::Error::custom(format!("`{word}{MARK}{e}")));
        text.split_ascii_whitespace().map(parse).collect::<Result<_, _>>().map(Self)
    }
}
