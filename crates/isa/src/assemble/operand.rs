//! Operands of instructions.

use std::ops::Range;

use leadlag_diagnostic::Diagnostic;

use super::expression::{Cursor, Expression, Parsed};
use super::item::{Function, Kind as ItemKind, Reach, Wait};
use super::lex::{Placed, Token};
use super::names::{accesses, csr_number, element_width, numbered, vtype_word, x_register};
use super::pseudo::{out_of_word, word};
use super::short::shortest;
use super::source::{Source, unknown};
use crate::row::{Kind, Layout};
use crate::{Instruction, Mnemonic, Operand, Unencodable, encode};

/// An instruction while its operands are read.
struct Building<'t, 'a> {
    instruction: Instruction,
    arguments: &'a [&'t [Placed]],
    taken: usize,
    /// Where operands stand, for messages.
    places: Vec<(Operand, Range<usize>)>,
    waits: Option<Wait>,
    target: Option<Expression>,
}

impl<'t> Building<'t, '_> {
    fn next(&mut self) -> Option<&'t [Placed]> {
        let argument = self.arguments.get(self.taken).copied();
        self.taken += usize::from(argument.is_some());
        argument
    }

    fn set(&mut self, layout: &Layout, value: i32) {
        if let Some(with) = layout.slot.and_then(|slot| self.instruction.with(slot, value)) {
            self.instruction = with;
        }
    }
}

impl Source {
    /// Reads an instruction of the table.
    pub(super) fn real(
        &mut self,
        name: &str,
        span: &Range<usize>,
        arguments: &[&[Placed]],
    ) -> Parsed<()> {
        let Some(mnemonic) = Mnemonic::from_name(name) else {
            return Err(unknown("an instruction", name, span.clone()));
        };
        let mut building = Building {
            instruction: Instruction::new(mnemonic),
            arguments,
            taken: 0,
            places: Vec::new(),
            waits: None,
            target: None,
        };
        let operands = mnemonic.row().operands;
        let mut at = 0;
        while let Some(operand) = operands.get(at) {
            let next = operands.get(at + 1).map(|next| next.layout().kind);
            at += usize::from(operand.layout().kind == Kind::Offset) + 1;
            self.operand(&mut building, *operand, next, operands.get(at - 1).copied())?;
        }
        if building.taken < arguments.len() {
            let given = arguments.len();
            let text = format!("`{name}` takes {} operands; {given} are given", building.taken);
            let extra = arguments.get(building.taken).copied().unwrap_or_default();
            let place = extra.first().map_or(self.span.clone(), |placed| placed.span.clone());
            return Err(Box::new(
                Diagnostic::new("LL1602", text).label(place, "too many").help(usage(mnemonic)),
            ));
        }
        self.finish(building)
    }

    fn operand(
        &mut self,
        building: &mut Building<'_, '_>,
        operand: Operand,
        next: Option<Kind>,
        base: Option<Operand>,
    ) -> Parsed<()> {
        let layout = operand.layout();
        match layout.kind {
            Kind::Unused => return Ok(()),
            Kind::Vm => return self.mask(building, layout),
            Kind::Hint if building.taken >= building.arguments.len() => return Ok(()),
            Kind::Fence => return self.fence(building, layout),
            Kind::X
            | Kind::V
            | Kind::V0
            | Kind::Sp
            | Kind::Signed
            | Kind::Unsigned
            | Kind::Offset
            | Kind::Base
            | Kind::SpBase
            | Kind::Upper
            | Kind::Target
            | Kind::Csr
            | Kind::Vtype
            | Kind::Hint => {}
        }
        let Some(tokens) = building.next() else {
            let mnemonic = building.instruction.mnemonic;
            let text =
                format!("`{}` lacks its operand {}", mnemonic.row().name, building.taken + 1);
            return Err(Box::new(
                Diagnostic::new("LL1602", text)
                    .label(self.span.clone(), "here")
                    .help(usage(mnemonic)),
            ));
        };
        let mut cursor = Cursor::new(tokens, span_of(tokens, &self.span));
        building.places.push((operand, cursor.whole.clone()));
        match layout.kind {
            Kind::X => {
                let register = self.x(&mut cursor)?;
                building.set(layout, i32::from(register));
            }
            Kind::V => {
                let register =
                    self.named(&mut cursor, "a vector register", |n| numbered(n, 'v'))?;
                building.set(layout, i32::from(register));
            }
            Kind::V0 => {
                self.named(&mut cursor, "`v0`", |name| (name == "v0").then_some(()))?;
            }
            Kind::Sp => {
                self.named(&mut cursor, "`sp`", |name| {
                    (x_register(name) == Some(2)).then_some(())
                })?;
            }
            Kind::Offset if next.is_some() => self.offset(building, layout, &mut cursor, base)?,
            Kind::Base => self.base(building, layout, &mut cursor)?,
            Kind::Target => {
                building.target = Some(cursor.expression(&mut self.symbols)?);
            }
            Kind::Csr => self.csr(building, layout, &mut cursor)?,
            Kind::Vtype => self.vtype(building, layout, &mut cursor)?,
            Kind::Signed
            | Kind::Unsigned
            | Kind::Offset
            | Kind::Upper
            | Kind::Hint
            | Kind::SpBase
            | Kind::Vm
            | Kind::Fence
            | Kind::Unused => self.immediate(building, layout, &mut cursor)?,
        }
        cursor.expect_end()
    }

    /// Reads a scalar register.
    pub(super) fn register(&self, tokens: &[Placed]) -> Parsed<u8> {
        let mut cursor = Cursor::new(tokens, span_of(tokens, &self.span));
        let register = self.x(&mut cursor)?;
        cursor.expect_end()?;
        Ok(register)
    }

    fn x(&self, cursor: &mut Cursor<'_>) -> Parsed<u8> {
        self.named(cursor, "a scalar register", x_register)
    }

    #[expect(clippy::unused_self, reason = "reads like its neighbours")]
    fn named<T>(
        &self,
        cursor: &mut Cursor<'_>,
        expected: &str,
        known: impl Fn(&str) -> Option<T>,
    ) -> Parsed<T> {
        let found = match cursor.peek() {
            Some(Token::Name(name)) => known(name),
            Some(Token::Number(_) | Token::Local { .. } | Token::Text(_) | Token::Sign(_))
            | None => None,
        };
        let Some(found) = found else {
            let text = format!("{expected} is expected here");
            return Err(Box::new(Diagnostic::new("LL1602", text).label(cursor.span(), "here")));
        };
        cursor.next();
        Ok(found)
    }

    /// `, v0.t` or nothing.
    fn mask(&mut self, building: &mut Building<'_, '_>, layout: &Layout) -> Parsed<()> {
        let Some(tokens) = building.next() else { return Ok(()) };
        let mut cursor = Cursor::new(tokens, span_of(tokens, &self.span));
        self.named(&mut cursor, "`v0.t`", |name| (name == "v0.t").then_some(()))?;
        building.set(layout, 1);
        cursor.expect_end()
    }

    /// A number in front of a base in parentheses; no number is 0.
    fn offset(
        &mut self,
        building: &mut Building<'_, '_>,
        layout: &Layout,
        cursor: &mut Cursor<'_>,
        base: Option<Operand>,
    ) -> Parsed<()> {
        let unadorned =
            matches!(cursor.peek(), Some(Token::Name(name)) if x_register(name).is_some());
        let is_jump = building.instruction.mnemonic == Mnemonic::Jalr;
        let Some(base) = base.map(Operand::layout) else { return Ok(()) };
        if unadorned && is_jump {
            let register = self.x(cursor)?;
            building.set(base, i32::from(register));
            return Ok(());
        }
        if !is_base(cursor) {
            self.immediate(building, layout, cursor)?;
        }
        cursor.expect("(")?;
        let register = self.x(cursor)?;
        if base.kind == Kind::SpBase && register != 2 {
            return cursor.error("`sp`");
        }
        building.set(base, i32::from(register));
        cursor.expect(")")
    }

    /// `(a0)` or `0(a0)`.
    fn base(
        &mut self,
        building: &mut Building<'_, '_>,
        layout: &Layout,
        cursor: &mut Cursor<'_>,
    ) -> Parsed<()> {
        if matches!(cursor.peek(), Some(Token::Number(0))) {
            cursor.next();
        }
        cursor.expect("(")?;
        let register = self.x(cursor)?;
        building.set(layout, i32::from(register));
        cursor.expect(")")
    }

    fn immediate(
        &mut self,
        building: &mut Building<'_, '_>,
        layout: &Layout,
        cursor: &mut Cursor<'_>,
    ) -> Parsed<()> {
        let function = Self::function(cursor)?;
        let value = if function == Function::Plain {
            cursor.expression(&mut self.symbols)?
        } else {
            cursor.expect("(")?;
            let value = cursor.expression(&mut self.symbols)?;
            cursor.expect(")")?;
            value
        };
        let known = match function {
            Function::Hi | Function::Lo | Function::Plain => value.constant(),
            Function::PcrelHi | Function::PcrelLo | Function::Distance => None,
        };
        let Some(number) = known else {
            building.waits = Some(Wait { function, value });
            return Ok(());
        };
        let field = field(function, layout, number, &value.span)?;
        building.set(layout, field);
        Ok(())
    }

    fn function(cursor: &mut Cursor<'_>) -> Parsed<Function> {
        let Some(Token::Name(name)) = cursor.peek() else { return Ok(Function::Plain) };
        let function = match name.as_str() {
            "%hi" => Function::Hi,
            "%lo" => Function::Lo,
            "%pcrel_hi" => Function::PcrelHi,
            "%pcrel_lo" => Function::PcrelLo,
            name if name.starts_with('%') => {
                return Err(unknown("a relocation function", name, cursor.span()));
            }
            _ => return Ok(Function::Plain),
        };
        cursor.next();
        Ok(function)
    }

    fn csr(
        &mut self,
        building: &mut Building<'_, '_>,
        layout: &Layout,
        cursor: &mut Cursor<'_>,
    ) -> Parsed<()> {
        if let Some(Token::Name(name)) = cursor.peek()
            && let Some(number) = csr_number(name)
        {
            cursor.next();
            building.set(layout, i32::from(number));
            return Ok(());
        }
        self.immediate(building, layout, cursor)
    }

    /// `e16, m2, ta, ma`, or a number.
    fn vtype(
        &mut self,
        building: &mut Building<'_, '_>,
        layout: &Layout,
        cursor: &mut Cursor<'_>,
    ) -> Parsed<()> {
        let named =
            matches!(cursor.peek(), Some(Token::Name(name)) if element_width(name).is_some());
        if !named {
            return self.immediate(building, layout, cursor);
        }
        let mut bits = self.named(cursor, "an element width", element_width)?;
        let mut last = 0;
        while let Some(tokens) = building.next() {
            let mut cursor = Cursor::new(tokens, span_of(tokens, &self.span));
            let (place, value) = self.named(&mut cursor, "`m2`, `ta` or `ma`", vtype_word)?;
            cursor.expect_end()?;
            if place <= last {
                return Err(Box::new(
                    Diagnostic::new("LL1602", "the parts of a vector type stand in another order")
                        .label(span_of(tokens, &self.span), "out of order")
                        .help("write them as in `e16, m2, ta, ma`"),
                ));
            }
            last = place;
            bits |= value;
        }
        building.set(layout, bits);
        Ok(())
    }

    fn fence(&mut self, building: &mut Building<'_, '_>, layout: &Layout) -> Parsed<()> {
        let mut bits = 0;
        for _ in 0..2 {
            let tokens = building.next().unwrap_or_default();
            let mut cursor = Cursor::new(tokens, span_of(tokens, &self.span));
            let set = if cursor.peek() == Some(&Token::Number(0)) {
                cursor.next();
                0
            } else {
                self.named(&mut cursor, "a set of accesses as in `rw`", accesses)?
            };
            cursor.expect_end()?;
            bits = bits << 4 | set;
        }
        building.set(layout, bits);
        Ok(())
    }

    /// Chooses the form and adds the item.
    fn finish(&mut self, building: Building<'_, '_>) -> Parsed<()> {
        let Building { instruction, waits, target, places, .. } = building;
        let short_name = instruction.row().bytes == 2;
        if let Some(target) = target {
            if short_name {
                let waits = Some(Wait { function: Function::Distance, value: target });
                self.push(ItemKind::Code { instruction, waits });
            } else {
                let short = self.compress;
                let reach = if short && shortest(&instruction).is_some() {
                    Reach::Short
                } else {
                    Reach::Plain
                };
                self.push(ItemKind::Branch { instruction, target, reach, short });
            }
            return Ok(());
        }
        if waits.is_none() {
            encode(&instruction).map_err(|why| self.unencodable(why, &places))?;
        }
        let shorter = (self.compress && waits.is_none()).then(|| shortest(&instruction)).flatten();
        self.push(ItemKind::Code { instruction: shorter.unwrap_or(instruction), waits });
        Ok(())
    }

    fn unencodable(&self, why: Unencodable, places: &[(Operand, Range<usize>)]) -> Box<Diagnostic> {
        let (code, place) = match why {
            Unencodable::Range { operand, .. } => {
                ("LL1603", places.iter().find(|(known, _)| *known == operand))
            }
            Unencodable::Rule(_) | Unencodable::Unused(_) => ("LL1609", None),
        };
        let span = place.map_or(self.span.clone(), |(_, span)| span.clone());
        Box::new(Diagnostic::new(code, why.to_string()).label(span, "here"))
    }
}

/// What goes into an immediate field.
pub(super) fn field(
    function: Function,
    layout: &Layout,
    number: i64,
    span: &Range<usize>,
) -> Parsed<i32> {
    let upper = layout.kind == Kind::Upper;
    if upper && function == Function::Plain {
        // Written shifted down by 12; the sign bit of the field may be written as either.
        let fits = (-0x8_0000..=0xf_ffff).contains(&number);
        let shifted = word(number << 12 & 0xffff_ffff);
        return shifted.filter(|_| fits).ok_or_else(|| {
            let text = format!("{number} is not between -524288 and 1048575");
            Box::new(Diagnostic::new("LL1603", text).label(span.clone(), "this number"))
        });
    }
    let number = word(number).ok_or_else(|| out_of_word(number, span.clone()))?;
    let low = number << 20 >> 20;
    Ok(match function {
        Function::Hi | Function::PcrelHi => number.wrapping_sub(low),
        Function::Lo | Function::PcrelLo => low,
        Function::Plain | Function::Distance => number,
    })
}

fn span_of(tokens: &[Placed], otherwise: &Range<usize>) -> Range<usize> {
    match (tokens.first(), tokens.last()) {
        (Some(first), Some(last)) => first.span.start..last.span.end.max(first.span.start),
        _ => otherwise.clone(),
    }
}

/// Whether the operand begins with a base: a parenthesis with a register behind it.
fn is_base(cursor: &Cursor<'_>) -> bool {
    cursor.is_parenthesis(|name| x_register(name).is_some())
}

/// How the operands of an instruction are written.
fn usage(mnemonic: Mnemonic) -> String {
    let row = mnemonic.row();
    let names: Vec<_> = row
        .operands
        .iter()
        .map(|operand| operand.layout())
        .filter(|layout| layout.kind != Kind::Unused)
        .map(|layout| layout.name)
        .collect();
    format!(
        "its operands are: {}",
        if names.is_empty() { "none".to_owned() } else { names.join(", ") }
    )
}
