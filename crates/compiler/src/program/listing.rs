//! A program as a structure: lines, loops with known trip counts, and what depends on the step.
//!
//! The structure is printed as assembly and added up as cycles. Both walks see the same lines.

use std::fmt::Write as _;

/// Elements that a strip has: how many one vector register group takes of a whole.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Strip {
    /// As many as are left, in the loop over strips around it.
    Left,
    /// A number.
    Fixed(u32),
}

/// Which memory a line touches, where its cost depends on it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Port {
    /// None, or one with the plain cost.
    #[default]
    Plain,
    /// A synapse row.
    Row,
}

/// One instruction.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Line {
    pub(crate) mnemonic: &'static str,
    pub(crate) operands: String,
    /// Bits of the widest operand's element; of no concern to scalar instructions.
    pub(crate) width: u32,
    pub(crate) port: Port,
    /// The number of elements in force from here on.
    pub(crate) strip: Option<Strip>,
    /// Conversions that were started just before, and that it waits for.
    pub(crate) conversions: u32,
    pub(crate) comment: String,
}

/// How often a loop's body runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Trips {
    /// Once per row of the array, but for some rows at its end.
    Rows { less: u32 },
    /// A number of times.
    Times(u32),
    /// Once per strip of so many elements.
    Strips { elements: u32, longest: u32 },
}

/// What a part of the program depends on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Condition {
    /// The somatic arrays learnt in the step before.
    Owed,
    /// This step is one of every k.
    Due,
}

/// A piece of a program.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Item {
    Line(Line),
    Remark(String),
    Label(String),
    /// The last line branches back.
    Loop {
        label: String,
        trips: Trips,
        body: Vec<Item>,
    },
    /// The branch skips the body.
    When {
        condition: Condition,
        branch: Line,
        end: String,
        body: Vec<Item>,
    },
}

impl Line {
    pub(crate) fn new(mnemonic: &'static str, operands: impl Into<String>) -> Self {
        Self { mnemonic, operands: operands.into(), ..Self::default() }
    }

    pub(crate) fn wide(self, width: u32) -> Self {
        Self { width, ..self }
    }

    pub(crate) fn row(self, port: Port) -> Self {
        Self { port, ..self }
    }

    pub(crate) fn says(self, comment: impl Into<String>) -> Self {
        Self { comment: comment.into(), ..self }
    }
}

impl From<Line> for Item {
    fn from(line: Line) -> Self {
        Self::Line(line)
    }
}

/// The assembly text.
pub(crate) fn text(items: &[Item]) -> String {
    let mut text = String::new();
    print(items, &mut text);
    text
}

fn print(items: &[Item], text: &mut String) {
    for item in items {
        match item {
            Item::Line(line) => print_line(line, text),
            Item::Remark(remark) => put(text, &format!("# {remark}")),
            Item::Label(label) => put(text, &format!("{label}:")),
            Item::Loop { label, body, .. } => {
                put(text, &format!("{label}:"));
                print(body, text);
            }
            Item::When { branch, end, body, .. } => {
                print_line(branch, text);
                print(body, text);
                put(text, &format!("{end}:"));
            }
        }
    }
}

pub(crate) fn put(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

pub(crate) fn print_line(line: &Line, text: &mut String) {
    let start = text.len();
    let _ = write!(text, "        {:<11} {}", line.mnemonic, line.operands);
    if !line.comment.is_empty() {
        let column = 48_usize.saturating_sub(text.len() - start);
        let _ = write!(text, "{:column$} # {}", "", line.comment);
    }
    while text.ends_with(' ') {
        text.pop();
    }
    text.push('\n');
}
