//! Text to statements: comments, separators, tokens with their places.

use std::ops::Range;

use leadlag_diagnostic::Diagnostic;

/// A token.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Token {
    /// A mnemonic, directive, register or symbol; a relocation function with its `%`.
    Name(String),
    /// A number or a character.
    Number(i64),
    /// `1f` or `1b`.
    Local { number: u32, forward: bool },
    /// A string.
    Text(Vec<u8>),
    /// Punctuation.
    Sign(&'static str),
}

/// A token and its bytes in the source.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Placed {
    pub(super) token: Token,
    pub(super) span: Range<usize>,
}

/// What stands between two separators.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Statement {
    pub(super) tokens: Vec<Placed>,
    /// From 1.
    pub(super) line: u32,
}

/// Punctuation, the longer signs first.
const SIGNS: [&str; 27] = [
    "<<", ">>", "==", "!=", "<=", ">=", "<>", "&&", "||", ",", "(", ")", "+", "-", "*", "/", "%",
    "|", "&", "^", "~", "!", ":", "=", "<", ">", "@",
];

/// All statements, and what could not be read.
pub(super) fn statements(text: &str) -> (Vec<Statement>, Vec<Diagnostic>) {
    let mut lexer = Lexer { text, at: 0, line: 1, tokens: Vec::new(), done: Vec::new() };
    let mut found = Vec::new();
    while lexer.at < text.len() {
        if let Err(diagnostic) = lexer.step() {
            found.push(*diagnostic);
            lexer.skip_line();
            lexer.tokens.clear();
        }
    }
    lexer.close();
    (lexer.done, found)
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    line: u32,
    tokens: Vec<Placed>,
    done: Vec<Statement>,
}

type Read<T> = Result<T, Box<Diagnostic>>;

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Takes a separator, a comment or a token.
    fn step(&mut self) -> Read<()> {
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return Ok(()) };
        match first {
            '\n' => {
                self.close();
                self.at += 1;
                self.line = self.line.saturating_add(1);
            }
            ';' => {
                self.close();
                self.at += 1;
            }
            '#' => self.skip_line(),
            '"' => self.string()?,
            '\'' => self.character()?,
            c if c.is_whitespace() => self.at += c.len_utf8(),
            _ if rest.starts_with("//") => self.skip_line(),
            _ if rest.starts_with("/*") => self.block_comment()?,
            c if c.is_ascii_digit() => self.number()?,
            c if is_name(c) => self.name(0),
            '%' if self.begins_function() => self.name(1),
            _ => self.sign(first)?,
        }
        Ok(())
    }

    /// Ends the statement.
    fn close(&mut self) {
        if !self.tokens.is_empty() {
            let tokens = std::mem::take(&mut self.tokens);
            self.done.push(Statement { tokens, line: self.line });
        }
    }

    fn push(&mut self, token: Token, bytes: usize) {
        let span = self.at..self.at + bytes;
        self.at += bytes;
        self.tokens.push(Placed { token, span });
    }

    fn skip_line(&mut self) {
        self.at += self.rest().find('\n').unwrap_or(self.rest().len());
    }

    fn error<T>(&self, bytes: usize, message: &str) -> Read<T> {
        let span = self.at..self.at + bytes.min(self.rest().len());
        Err(Box::new(Diagnostic::new("LL1600", message).label(span, "here")))
    }

    fn block_comment(&mut self) -> Read<()> {
        let Some(end) = self.rest().find("*/") else {
            let found = self.error(2, "the comment that begins here is not closed with `*/`");
            self.at = self.text.len();
            return found;
        };
        let lines = self.rest().get(..end).unwrap_or_default().matches('\n').count();
        self.line = self.line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        self.at += end + 2;
        Ok(())
    }

    /// Whether `%` begins a relocation function and is not a remainder.
    fn begins_function(&self) -> bool {
        let operand = match self.tokens.last().map(|placed| &placed.token) {
            Some(Token::Name(_) | Token::Number(_) | Token::Local { .. }) => self.tokens.len() > 1,
            Some(Token::Sign(sign)) => *sign == ")",
            Some(Token::Text(_)) | None => false,
        };
        !operand && self.rest().chars().nth(1).is_some_and(is_name)
    }

    fn name(&mut self, prefix: usize) {
        let tail = self.rest().get(prefix..).unwrap_or_default();
        let length =
            prefix + tail.find(|c| !is_name(c) && !c.is_ascii_digit()).unwrap_or(tail.len());
        let name = self.rest().get(..length).unwrap_or_default().to_owned();
        self.push(Token::Name(name), length);
    }

    fn number(&mut self) -> Read<()> {
        let rest = self.rest();
        let length = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let word = rest.get(..length).unwrap_or_default();
        match number(word) {
            Some(token) => {
                self.push(token, length);
                Ok(())
            }
            None => self.error(length, &format!("`{}` is not a number", shortened(word))),
        }
    }

    fn sign(&mut self, first: char) -> Read<()> {
        match SIGNS.iter().find(|sign| self.rest().starts_with(**sign)) {
            Some(sign) => {
                self.push(Token::Sign(sign), sign.len());
                Ok(())
            }
            None => self.error(first.len_utf8(), &format!("`{first}` has no meaning here")),
        }
    }

    fn string(&mut self) -> Read<()> {
        let mut bytes = Vec::new();
        let mut length = 1;
        loop {
            let rest = self.rest().get(length..).unwrap_or_default();
            match rest.chars().next() {
                None | Some('\n') => return self.error(length, "the string is not closed"),
                Some('"') => break,
                Some('\\') => {
                    let Some((byte, used)) = escape(rest) else {
                        return self.error(length + 1, "the string holds an unknown escape");
                    };
                    bytes.push(byte);
                    length += used;
                }
                Some(c) => {
                    bytes.extend(rest.get(..c.len_utf8()).unwrap_or_default().bytes());
                    length += c.len_utf8();
                }
            }
        }
        self.push(Token::Text(bytes), length + 1);
        Ok(())
    }

    fn character(&mut self) -> Read<()> {
        let rest = self.rest().get(1..).unwrap_or_default();
        let (value, used) = match rest.chars().next() {
            Some('\\') => match escape(rest) {
                Some((byte, used)) => (i64::from(byte), used),
                None => return self.error(2, "the character is an unknown escape"),
            },
            Some(c) if c != '\n' && c.is_ascii() => (i64::from(u32::from(c)), 1),
            Some(_) | None => return self.error(1, "a character of ASCII follows a `'`"),
        };
        let closed = rest.get(used..).unwrap_or_default().starts_with('\'');
        self.push(Token::Number(value), 1 + used + usize::from(closed));
        Ok(())
    }
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '_' | '.' | '$')
}

/// A word that begins with a digit.
fn number(word: &str) -> Option<Token> {
    let lower = word.to_ascii_lowercase();
    let parse = |digits: &str, radix| u64::from_str_radix(digits, radix).ok();
    if let Some(digits) = lower.strip_prefix("0x") {
        return parse(digits, 16).map(|n| Token::Number(n.cast_signed()));
    }
    if let Some(digits) = lower.strip_prefix("0b").filter(|digits| !digits.is_empty()) {
        return parse(digits, 2).map(|n| Token::Number(n.cast_signed()));
    }
    for (ending, forward) in [("b", false), ("f", true)] {
        if let Some(digits) = word.strip_suffix(ending) {
            return digits.parse().ok().map(|number| Token::Local { number, forward });
        }
    }
    let radix = if lower.len() > 1 && lower.starts_with('0') { 8 } else { 10 };
    parse(&lower, radix).map(|n| Token::Number(n.cast_signed()))
}

/// The byte of an escape and the length of its text; `rest` begins with the backslash.
fn escape(rest: &str) -> Option<(u8, usize)> {
    let mut after = rest.chars().skip(1);
    let simple = match after.next()? {
        'n' => Some(b'\n'),
        't' => Some(b'\t'),
        'r' => Some(b'\r'),
        'b' => Some(8),
        'f' => Some(12),
        '\\' => Some(b'\\'),
        '"' => Some(b'"'),
        '\'' => Some(b'\''),
        _ => None,
    };
    if let Some(byte) = simple {
        return Some((byte, 2));
    }
    let (skip, radix, most) = if rest.starts_with("\\x") { (2, 16, 2) } else { (1, 8, 3) };
    let digits: String =
        rest.chars().skip(skip).take_while(|c| c.is_digit(radix)).take(most).collect();
    let value = u32::from_str_radix(&digits, radix).ok()? & 0xff;
    Some((u8::try_from(value).ok()?, skip + digits.len()))
}

/// At most 24 characters of a text for a message.
pub(super) fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(24).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
