//! A place in a text that is being read, for patterns and conditions.

use std::ops::Range;

/// The text and how far it is read, in bytes.
#[derive(Clone, Debug)]
pub(crate) struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

/// What is wrong with a text, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Fault {
    pub(crate) span: Range<usize>,
    pub(crate) what: String,
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    pub(crate) fn at(&self) -> usize {
        self.at
    }

    pub(crate) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The text from `start` to here.
    pub(crate) fn since(&self, start: usize) -> &'a str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    pub(crate) fn is_done(&self) -> bool {
        self.rest().is_empty()
    }

    pub(crate) fn skip_blanks(&mut self) {
        self.take_while(char::is_whitespace);
    }

    /// Steps over `token` if it stands here.
    pub(crate) fn eat(&mut self, token: &str) -> bool {
        let here = self.rest().starts_with(token);
        if here {
            self.at += token.len();
        }
        here
    }

    pub(crate) fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let length = rest.find(|c| !wanted(c)).unwrap_or(rest.len());
        let start = self.at;
        self.at += length;
        self.since(start)
    }

    /// A whole number, if one stands here.
    pub(crate) fn integer(&mut self) -> Result<Option<u32>, Fault> {
        let start = self.at;
        let digits = self.take_while(|c| c.is_ascii_digit());
        if digits.is_empty() {
            return Ok(None);
        }
        let what = || format!("`{digits}` is too large; an index is at most {}", u32::MAX);
        digits.parse().map(Some).map_err(|_| Fault { span: start..self.at, what: what() })
    }

    /// `what` at the next character, or at the end of the text.
    pub(crate) fn fault(&self, what: impl Into<String>) -> Fault {
        let width = self.rest().chars().next().map_or(0, char::len_utf8);
        Fault { span: self.at..self.at + width, what: what.into() }
    }

    /// What stands here, for a message.
    pub(crate) fn found(&self) -> String {
        self.rest().chars().next().map_or("the end".to_owned(), |c| format!("`{c}`"))
    }
}
