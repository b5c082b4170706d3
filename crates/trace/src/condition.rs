//! Conditions on registers, as a text: `core[0,1].soma.u[3] > 0.5`, `step == 100`.
//!
//! ```text
//! condition  = comparison { "&&" comparison }
//! comparison = operand ( "<" | "<=" | ">" | ">=" | "==" | "!=" ) operand | quantity
//!            | "packet" "to" number "," number
//! operand    = [ "-" ] number | "step" | "cycle" | "pc" | "address" | quantity
//! quantity   = pattern | "code" "(" pattern ")" | "abs" "(" quantity ")"
//!            | "rises" "(" pattern ")" | "saturation"
//! ```
//!
//! A register stands for its value in its unit; `code(..)` for the integer it holds, `rises(..)` for
//! how much that has grown since the last look. A quantity alone holds where it is not 0. A pattern
//! of several registers holds if one of them does, and stands on one side only. Numbers may be
//! written in hexadecimal digits after `0x`.

use std::ops::Range;

use leadlag_diagnostic::{Diagnostic, Diagnostics};

use crate::cursor::{Cursor, Fault};
use crate::pattern::Pattern;

/// A condition as it was written.
#[derive(Clone, PartialEq, Debug)]
pub struct Condition {
    pub(crate) text: String,
    pub(crate) comparisons: Vec<Comparison>,
}

#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Comparison {
    pub(crate) left: Operand,
    pub(crate) order: Order,
    pub(crate) right: Operand,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Order {
    Less,
    AtMost,
    More,
    AtLeast,
    Equal,
    Unequal,
}

impl Order {
    /// Longer signs first, so that none is taken for its beginning.
    const SIGNS: [(&'static str, Self); 6] = [
        ("<=", Self::AtMost),
        (">=", Self::AtLeast),
        ("==", Self::Equal),
        ("!=", Self::Unequal),
        ("<", Self::Less),
        (">", Self::More),
    ];

    /// Whether it holds. Values are never NaN: numbers are finite and codes are integers.
    pub(crate) fn holds(self, left: f64, right: f64) -> bool {
        // Adding zero makes -0 a 0, which the total order tells apart.
        let order = (left + 0.0).total_cmp(&(right + 0.0));
        match self {
            Self::Less => order.is_lt(),
            Self::AtMost => order.is_le(),
            Self::More => order.is_gt(),
            Self::AtLeast => order.is_ge(),
            Self::Equal => order.is_eq(),
            Self::Unequal => order.is_ne(),
        }
    }
}

#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Operand {
    Number(f64),
    Step,
    Cycle,
    Register(Register),
}

/// Registers and what is taken of them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Register {
    pub(crate) pattern: Pattern,
    pub(crate) code: bool,
    pub(crate) magnitude: bool,
    /// The growth of the code since the last look.
    pub(crate) rises: bool,
    pub(crate) span: Range<usize>,
}

/// Words that stand for patterns: the program counters, the addresses that programs store to, and
/// the counts of everything that is held at a rail or at the end of its word.
const WORDS: [(&str, &str, bool); 3] = [
    ("pc", "core[*].ppu.pc", false),
    ("address", "core[*].ppu.address", false),
    ("saturation", "core[*].*.*_held", true),
];

/// What counts the events that land at a core.
fn landed(x: u32, y: u32) -> String {
    format!("core[{x},{y}].net.delivered")
}

impl Condition {
    /// Reads a condition.
    ///
    /// # Errors
    /// LL1344, pointing at what cannot be read.
    pub fn parse(text: &str) -> Result<Self, Diagnostics> {
        let mut cursor = Cursor::new(text);
        comparisons(&mut cursor)
            .map(|comparisons| Self { text: text.to_owned(), comparisons })
            .map_err(|fault| unreadable(text, fault).into())
    }

    /// Reads several conditions; reports all that cannot be read.
    ///
    /// # Errors
    /// As [`Self::parse`].
    pub fn parse_all(texts: &[String]) -> Result<Vec<Self>, Diagnostics> {
        let (mut conditions, mut found) = (Vec::new(), Vec::new());
        for text in texts {
            match Self::parse(text) {
                Ok(condition) => conditions.push(condition),
                Err(wrong) => found.extend(wrong.0),
            }
        }
        Diagnostics::unless_any(found, conditions)
    }
}

fn comparisons(cursor: &mut Cursor<'_>) -> Result<Vec<Comparison>, Fault> {
    let mut all = vec![comparison(cursor)?];
    loop {
        cursor.skip_blanks();
        if cursor.is_done() {
            return Ok(all);
        }
        if !cursor.eat("&&") {
            return Err(cursor.fault(format!("`&&` or the end is wanted, not {}", cursor.found())));
        }
        all.push(comparison(cursor)?);
    }
}

fn comparison(cursor: &mut Cursor<'_>) -> Result<Comparison, Fault> {
    cursor.skip_blanks();
    if let Some(left) = packet(cursor)? {
        return Ok(Comparison { left, order: Order::Unequal, right: Operand::Number(0.0) });
    }
    let left = operand(cursor)?;
    cursor.skip_blanks();
    let alone = cursor.is_done() || cursor.rest().starts_with("&&");
    if alone && matches!(left, Operand::Register(_)) {
        return Ok(Comparison { left, order: Order::Unequal, right: Operand::Number(0.0) });
    }
    let sign = Order::SIGNS.into_iter().find(|(sign, _)| cursor.eat(sign));
    let missing =
        || format!("`<`, `<=`, `>`, `>=`, `==` or `!=` is wanted, not {}", cursor.found());
    let (_, order) = sign.ok_or_else(|| cursor.fault(missing()))?;
    Ok(Comparison { left, order, right: operand(cursor)? })
}

/// `packet to X,Y`.
fn packet(cursor: &mut Cursor<'_>) -> Result<Option<Operand>, Fault> {
    let start = cursor.at();
    if !cursor.eat("packet ") {
        return Ok(None);
    }
    cursor.skip_blanks();
    if !cursor.eat("to ") {
        return Err(cursor.fault(format!("`to` is wanted, not {}", cursor.found())));
    }
    let missing = |cursor: &Cursor<'_>| {
        cursor.fault(format!("the place `X,Y` of a core is wanted, not {}", cursor.found()))
    };
    cursor.skip_blanks();
    let x = cursor.integer()?.ok_or_else(|| missing(cursor))?;
    cursor.skip_blanks();
    if !cursor.eat(",") {
        return Err(missing(cursor));
    }
    cursor.skip_blanks();
    let y = cursor.integer()?.ok_or_else(|| missing(cursor))?;
    let span = start..cursor.at();
    named(&landed(x, y), true, span).map(|register| Some(Operand::Register(register)))
}

/// The registers that a word stands for.
fn named(path: &str, rises: bool, span: Range<usize>) -> Result<Register, Fault> {
    let pattern = Pattern::read(&mut Cursor::new(path))?;
    Ok(Register { pattern, code: true, magnitude: false, rises, span })
}

fn operand(cursor: &mut Cursor<'_>) -> Result<Operand, Fault> {
    cursor.skip_blanks();
    let first = cursor.rest().chars().next();
    if first.is_some_and(|c| c.is_ascii_digit() || "+-.".contains(c)) {
        return number(cursor).map(Operand::Number);
    }
    let start = cursor.at();
    let register = quantity(cursor)?;
    let written = cursor.since(start);
    if let Some((_, path, rises)) = WORDS.into_iter().find(|(word, ..)| *word == written) {
        return named(path, rises, start..cursor.at()).map(Operand::Register);
    }
    Ok(match written {
        "step" => Operand::Step,
        "cycle" => Operand::Cycle,
        _ => Operand::Register(register),
    })
}

fn number(cursor: &mut Cursor<'_>) -> Result<f64, Fault> {
    let start = cursor.at();
    let sign = |cursor: &mut Cursor<'_>| cursor.eat("-") || cursor.eat("+");
    sign(cursor);
    if cursor.eat("0x") {
        let digits = cursor.take_while(|c| c.is_ascii_hexdigit()).to_owned();
        let what = || format!("`{}` is no number of 32 bits", cursor.since(start));
        let number = u32::from_str_radix(&digits, 16).map(f64::from);
        return number.map_err(|_| Fault { span: start..cursor.at(), what: what() });
    }
    cursor.take_while(|c| c.is_ascii_digit() || c == '.');
    if cursor.eat("e") || cursor.eat("E") {
        sign(cursor);
        cursor.take_while(|c| c.is_ascii_digit());
    }
    let text = cursor.since(start);
    let number = text.parse().ok().filter(|number: &f64| number.is_finite());
    number.ok_or_else(|| Fault { span: start..cursor.at(), what: format!("`{text}` is no number") })
}

fn quantity(cursor: &mut Cursor<'_>) -> Result<Register, Fault> {
    cursor.skip_blanks();
    let start = cursor.at();
    let words = [("code(", true, false, false), ("abs(", false, true, false)];
    for (word, code, magnitude, rises) in words.into_iter().chain([("rises(", true, false, true)]) {
        if !cursor.eat(word) {
            continue;
        }
        let inner = quantity(cursor)?;
        cursor.skip_blanks();
        if !cursor.eat(")") {
            return Err(cursor.fault(format!("`)` is wanted, not {}", cursor.found())));
        }
        return Ok(Register {
            code: inner.code || code,
            magnitude: inner.magnitude || magnitude,
            rises: inner.rises || rises,
            ..inner
        });
    }
    let pattern = Pattern::read(cursor)?;
    Ok(Register { pattern, code: false, magnitude: false, rises: false, span: start..cursor.at() })
}

fn unreadable(text: &str, fault: Fault) -> Diagnostic {
    Diagnostic::new("LL1344", format!("the condition `{text}` cannot be read: {}", fault.what))
        .label(fault.span, "here")
        .help("write it as `core[0,1].soma.u[3] > 0.5`, `abs(core[*].apical.e) >= 1`, `step == 100`, `packet to 1,0` or `saturation`")
        .within("--break", text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_read_as_written() {
        let whole =
            "code(core[0,1].soma.u[3])>=-1.5e2 && abs( **.e ) < core[0,0].soma.u[0]&& step == 7";
        let read = Condition::parse(whole).expect("a condition");
        assert_eq!(read.text, whole);
        let [one, two, three] = read.comparisons.as_slice() else { panic!("{read:?}") };
        assert_eq!((one.order, &one.right), (Order::AtLeast, &Operand::Number(-150.0)));
        let Operand::Register(left) = &one.left else { panic!("{one:?}") };
        assert!(left.code && !left.magnitude);
        assert_eq!(&whole[left.span.clone()], "core[0,1].soma.u[3]");
        let Operand::Register(left) = &two.left else { panic!("{two:?}") };
        assert!(!left.code && left.magnitude);
        assert_eq!((&three.left, three.order), (&Operand::Step, Order::Equal));
    }

    #[test]
    fn words_stand_for_registers() {
        let read = |text: &str| Condition::parse(text).expect(text).comparisons.remove(0);
        let register = |operand: Operand| match operand {
            Operand::Register(register) => (register.pattern.to_string(), register.rises),
            Operand::Number(_) | Operand::Step | Operand::Cycle => panic!("{operand:?}"),
        };
        let alone = |text: &str| {
            let Comparison { left, order, right } = read(text);
            assert_eq!((order, right), (Order::Unequal, Operand::Number(0.0)), "{text}");
            register(left)
        };
        assert_eq!(alone("packet to 1, 0"), ("core[1,0].net.delivered".to_owned(), true));
        assert_eq!(alone("saturation"), ("core[*].*.*_held".to_owned(), true));
        assert_eq!(alone("rises(**.code_clipped)"), ("**.code_clipped".to_owned(), true));
        assert_eq!(alone("core[0,0].soma.spike"), ("core[0,0].soma.spike".to_owned(), false));
        let at = read("pc == 0x1c");
        assert_eq!((at.order, at.right), (Order::Equal, Operand::Number(28.0)));
        assert_eq!(register(at.left), ("core[*].ppu.pc".to_owned(), false));
        assert_eq!(register(read("address == 0x70010000").left).0, "core[*].ppu.address");
        assert_eq!(read("cycle >= 1000").left, Operand::Cycle);
        assert_eq!(read("packets.to > 1").order, Order::More, "a name that begins like the word");
        let both = Condition::parse("packet to 0,1 && step > 3").expect("both").comparisons;
        assert_eq!(both.len(), 2);
        for wrong in ["packet from 1,0", "packet to 1", "pc == 0x", "pc == 0x100000000", "step"] {
            assert_eq!(Condition::parse(wrong).expect_err(wrong).0[0].code, "LL1344", "{wrong}");
        }
    }

    #[test]
    fn orders_hold_where_they_should() {
        for (left, right, holding) in [
            (1.0, 2.0, ["<", "<=", "!="]),
            (2.0, 1.0, [">", ">=", "!="]),
            (1.0, 1.0, ["<=", ">=", "=="]),
            (0.0, -0.0, ["<=", ">=", "=="]),
            (-0.0, 0.0, ["<=", ">=", "=="]),
        ] {
            for (sign, order) in Order::SIGNS {
                assert_eq!(
                    order.holds(left, right),
                    holding.contains(&sign),
                    "{left} {sign} {right}"
                );
            }
        }
    }

    #[test]
    fn faults_point_at_what_cannot_be_read() {
        for (text, span) in [
            ("", 0..0),
            ("core[0,1].soma.u[3] = 1", 20..21),
            ("core[0,1].soma.u[3] > ", 22..22),
            ("core[0,1].soma.u[3] > 1.2.3", 22..27),
            ("step == 3 || step == 4", 10..11),
            ("abs(core.u > 3", 11..12),
            ("step > 1e999", 7..12),
            ("core.u[5..5] > 1", 7..11),
        ] {
            let found = Condition::parse(text).expect_err(text).0.remove(0);
            assert_eq!(found.code, "LL1344", "{text}");
            assert_eq!(found.labels[0].span, span, "{text}: {}", found.message);
        }
    }
}
