//! Text to tokens.

use std::ops::Range;

use leadlag_diagnostic::Diagnostic;

/// A piece of a rule.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Token<'a> {
    Name(&'a str),
    Number(f64),
    /// One of the signs of [`SIGNS`].
    Sign(&'static str),
    /// `;` or the end of a line.
    End,
}

impl Token<'_> {
    /// As a message names it.
    pub(super) fn describe(self) -> String {
        match self {
            Self::Name(name) => format!("`{name}`"),
            Self::Number(number) => format!("the number {number}"),
            Self::Sign(sign) => format!("`{sign}`"),
            Self::End => "the end of the statement".to_owned(),
        }
    }
}

/// A token and its bytes in the text.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Placed<'a> {
    pub(super) token: Token<'a>,
    pub(super) span: Range<usize>,
}

/// Longer signs first.
const SIGNS: [&str; 19] = [
    "<=", ">=", "==", "!=", "<", ">", "=", "+", "-", "*", "/", "^", "(", ")", ",", ":", ".", "[",
    "]",
];

/// Cuts a text into tokens.
///
/// # Errors
/// LL1670 for characters that no token starts with, all of them.
pub(super) fn tokens(text: &str) -> Result<Vec<Placed<'_>>, Vec<Diagnostic>> {
    let (mut found, mut tokens, mut at) = (Vec::new(), Vec::new(), 0);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let (length, token) = next(rest);
        match token {
            Next::Token(token) => tokens.push(Placed { token, span: at..at + length }),
            Next::Space => {}
            Next::Unknown => found.push(
                Diagnostic::new(
                    "LL1670",
                    format!("`{}` has no meaning in a rule", &rest[..length]),
                )
                .label(at..at + length, "this character")
                .help("operators are `+ - * < <= == != >= >`, comments start with `#`"),
            ),
        }
        at += length;
    }
    if found.is_empty() { Ok(tokens) } else { Err(found) }
}

enum Next<'a> {
    Token(Token<'a>),
    Space,
    Unknown,
}

fn next(rest: &str) -> (usize, Next<'_>) {
    let first = rest.chars().next().unwrap_or(' ');
    let run = |wanted: fn(char) -> bool| rest.find(|c| !wanted(c)).unwrap_or(rest.len());
    if first == '#' {
        return (run(|c| c != '\n'), Next::Space);
    }
    if first == '\n' || first == ';' {
        return (1, Next::Token(Token::End));
    }
    if first.is_whitespace() {
        return (first.len_utf8(), Next::Space);
    }
    if first.is_ascii_alphabetic() || first == '_' {
        let length = run(|c| c.is_ascii_alphanumeric() || c == '_');
        return (length, Next::Token(Token::Name(&rest[..length])));
    }
    if first.is_ascii_digit() {
        let length = number(rest);
        let token = rest[..length].parse().map_or(Next::Unknown, |n| Next::Token(Token::Number(n)));
        return (length, token);
    }
    match SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
        Some(sign) => (sign.len(), Next::Token(Token::Sign(sign))),
        None => (first.len_utf8(), Next::Unknown),
    }
}

/// Bytes of a decimal number: digits, a point with digits, an exponent.
fn number(rest: &str) -> usize {
    let digits = |from: usize| {
        let tail = rest.get(from..).unwrap_or("");
        from + tail.find(|c: char| !c.is_ascii_digit()).unwrap_or(tail.len())
    };
    let mut end = digits(0);
    if rest[end..].starts_with('.') && digits(end + 1) > end + 1 {
        end = digits(end + 1);
    }
    if rest[end..].starts_with(['e', 'E']) {
        let sign = usize::from(rest[end + 1..].starts_with(['+', '-']));
        let after = digits(end + 1 + sign);
        if after > end + 1 + sign {
            end = after;
        }
    }
    end
}
