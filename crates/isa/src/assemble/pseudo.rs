//! Other ways of writing instructions.

use std::ops::Range;

use leadlag_diagnostic::Diagnostic;

use super::expression::{Cursor, Expression, Parsed};
use super::item::{Function, Kind, Wait};
use super::lex::{self, Placed, Token};
use super::names::x_register;
use super::source::{Source, arguments};
use crate::resources::{IMMEDIATE, PSEUDO};
use crate::{Instruction, Mnemonic, Slot};

/// Another way of writing instructions: a row of the table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pseudo {
    /// As it is written.
    pub name: &'static str,
    /// Number of arguments.
    pub arguments: u8,
    /// Whether a further argument `v0.t` is allowed.
    pub mask: bool,
    /// The instructions, with `$0`, `$1` for the arguments and `$m` for the mask.
    pub becomes: &'static [&'static str],
}

type Arguments<'t, 'a> = &'a [&'t [Placed]];

impl Source {
    /// Expands a pseudo-instruction; `None` if the name with these arguments is none.
    pub(super) fn pseudo(
        &mut self,
        name: &str,
        span: &Range<usize>,
        arguments: Arguments<'_, '_>,
    ) -> Option<Parsed<()>> {
        let masked = is_mask(arguments.last());
        let count = arguments.len() - usize::from(masked);
        let fits = |pseudo: &&Pseudo| {
            pseudo.name == name
                && usize::from(pseudo.arguments) == count
                && (pseudo.mask || !masked)
        };
        if let Some(short) = self.short_jump(name, arguments) {
            return Some(self.template(short, arguments, false));
        }
        if let Some(pseudo) = PSEUDO.iter().find(fits) {
            return Some(self.expand(pseudo.becomes, arguments, masked));
        }
        match (name, arguments) {
            ("li", [rd, value]) => Some(self.load_immediate(rd, value)),
            ("la" | "lla", [rd, value]) => Some(self.load_address(rd, value)),
            ("call", [value]) => Some(self.far_jump("x1", "x1", value)),
            ("call", [rd, value]) => Some(self.far_call(rd, value)),
            ("tail", [value]) => Some(self.far_jump("x0", "x6", value)),
            ("jump", [value, via]) => Some(self.far_jump_via(via, value)),
            ("unimp" | "c.unimp", []) => Some(self.unimplemented(name)),
            ("fence.tso", []) => {
                self.total_store_order();
                Some(Ok(()))
            }
            ("vmslt.vi" | "vmsltu.vi" | "vmsge.vi" | "vmsgeu.vi", [..]) if count == 3 => {
                Some(self.compare_below(name, arguments, masked))
            }
            ("vmsge.vx" | "vmsgeu.vx", [..]) => self.not_less(name, arguments),
            _ => self
                .at_symbol(name, arguments)
                .or_else(|| self.immediate_form(name, span, arguments)),
        }
    }

    /// The short form of a jump to a register.
    fn short_jump(&self, name: &str, arguments: Arguments<'_, '_>) -> Option<&'static str> {
        let short = match (name, arguments) {
            ("ret", []) => "c.jr x1",
            ("jr", [_]) => "c.jr $0",
            ("jalr", [_]) => "c.jalr $0",
            _ => return None,
        };
        let to_register = arguments.first().is_none_or(|argument| {
            matches!(
                argument,
                [Placed { token: Token::Name(name), .. }]
                    if x_register(name).is_some_and(|register| register != 0)
            )
        });
        (self.compress && to_register).then_some(short)
    }

    /// A load or store of a symbol.
    fn at_symbol(&mut self, name: &str, arguments: Arguments<'_, '_>) -> Option<Parsed<()>> {
        match arguments {
            [data, place] if is_symbol(place) => self.load(name, data, place),
            [data, place, via] if is_symbol(place) => self.store(name, data, place, via),
            _ => None,
        }
    }

    /// Assembles a template with arguments in it.
    fn expand(&mut self, lines: &[&str], arguments: Arguments<'_, '_>, masked: bool) -> Parsed<()> {
        lines.iter().try_for_each(|line| self.template(line, arguments, masked))
    }

    fn template(&mut self, line: &str, arguments: Arguments<'_, '_>, masked: bool) -> Parsed<()> {
        let line = line.replace("$m", if masked { ", v0.t" } else { "" });
        let (statements, _) = lex::statements(&line);
        for statement in statements {
            let tokens = self.substituted(&statement.tokens, arguments);
            if let Some((Placed { token: Token::Name(name), span }, rest)) = tokens.split_first() {
                self.instruction(name, span.clone(), rest)?;
            }
        }
        Ok(())
    }

    fn substituted(&self, template: &[Placed], arguments: Arguments<'_, '_>) -> Vec<Placed> {
        let mut tokens = Vec::new();
        for placed in template {
            let number = |name: &String| name.strip_prefix('$')?.parse::<usize>().ok();
            let argument = if let Token::Name(name) = &placed.token { number(name) } else { None };
            if let Some(argument) = argument.and_then(|at| arguments.get(at)) {
                tokens.extend_from_slice(argument);
            } else {
                let span = self.span.clone();
                tokens.push(Placed { token: placed.token.clone(), span });
            }
        }
        tokens
    }

    /// The value of an argument, if it is an expression.
    fn value(&mut self, tokens: &[Placed]) -> Parsed<Expression> {
        let mut cursor = Cursor::new(tokens, self.span.clone());
        let value = cursor.expression(&mut self.symbols)?;
        cursor.expect_end()?;
        Ok(value)
    }

    fn load_immediate(&mut self, rd: &[Placed], value: &[Placed]) -> Parsed<()> {
        let expression = self.value(value)?;
        let Some(number) = expression.constant() else {
            let text = "`li` takes a number that is known here";
            let found = Diagnostic::new("LL1606", text).label(expression.span, "not a number yet");
            return Err(Box::new(found.help("write `la` for the address of a symbol")));
        };
        let Some(number) = word(number) else {
            return Err(out_of_word(number, expression.span));
        };
        let low = number << 20 >> 20;
        let high = number.wrapping_sub(low);
        if high == 0 {
            let short = self.compress && (-32..32).contains(&low) && self.register(rd)? != 0;
            let name = if short { "c.li $0," } else { "addi $0, x0," };
            return self.template(&format!("{name} {low}"), &[rd], false);
        }
        let upper = high.cast_unsigned() >> 12;
        self.template(&format!("lui $0, {upper}"), &[rd], false)?;
        if low == 0 {
            return Ok(());
        }
        self.template(&format!("addi $0, $0, {low}"), &[rd], false)
    }

    fn load_address(&mut self, rd: &[Placed], value: &[Placed]) -> Parsed<()> {
        let expression = self.value(value)?;
        if expression.constant().is_some() {
            return self.load_immediate(rd, value);
        }
        let here = self.upper_part(rd, expression)?;
        self.lower_part("addi", &[rd, rd], here)
    }

    /// `auipc` with the upper part of a distance; the label of it.
    fn upper_part(&mut self, rd: &[Placed], value: Expression) -> Parsed<Expression> {
        let rd = self.register(rd)?;
        let here = self.symbols.here();
        let mut instruction = Instruction::new(Mnemonic::Auipc);
        instruction.rd = rd;
        let waits = Some(Wait { function: Function::PcrelHi, value });
        self.push(Kind::Code { instruction, waits });
        Ok(Expression::symbol(here, self.span.clone()))
    }

    /// An instruction whose immediate is the lower part of the distance at a label; `registers` are
    /// those of the data (destination, or source of a store) and of the base.
    fn lower_part(
        &mut self,
        name: &str,
        registers: &[&[Placed]; 2],
        label: Expression,
    ) -> Parsed<()> {
        let [data, base] = [self.register(registers[0])?, self.register(registers[1])?];
        let Some(mnemonic) = Mnemonic::from_name(name) else { return Ok(()) };
        let mut instruction = Instruction::new(mnemonic);
        instruction.rs1 = base;
        let stores = mnemonic.row().operands.iter().any(|o| o.layout().slot == Some(Slot::Rs2));
        *(if stores { &mut instruction.rs2 } else { &mut instruction.rd }) = data;
        let waits = Some(Wait { function: Function::PcrelLo, value: label });
        self.push(Kind::Code { instruction, waits });
        Ok(())
    }

    fn far_jump(&mut self, link: &str, via: &str, value: &[Placed]) -> Parsed<()> {
        let name =
            |name: &str| [Placed { token: Token::Name(name.to_owned()), span: self.span.clone() }];
        let (link, via) = (name(link), name(via));
        let value = self.value(value)?;
        let here = self.upper_part(&via, value)?;
        self.lower_part("jalr", &[&link, &via], here)
    }

    /// A call with another link register; the address passes through t1, as in GNU as.
    fn far_call(&mut self, rd: &[Placed], value: &[Placed]) -> Parsed<()> {
        let via = [Placed { token: Token::Name("x6".to_owned()), span: self.span.clone() }];
        let value = self.value(value)?;
        let here = self.upper_part(&via, value)?;
        self.lower_part("jalr", &[rd, &via], here)
    }

    fn far_jump_via(&mut self, via: &[Placed], value: &[Placed]) -> Parsed<()> {
        let zero = [Placed { token: Token::Name("x0".to_owned()), span: self.span.clone() }];
        let value = self.value(value)?;
        let here = self.upper_part(via, value)?;
        self.lower_part("jalr", &[&zero, via], here)
    }

    /// `lw rd, symbol`.
    fn load(&mut self, name: &str, data: &[Placed], place: &[Placed]) -> Option<Parsed<()>> {
        ["lb", "lh", "lw", "lbu", "lhu"].contains(&name).then(|| {
            let value = self.value(place)?;
            let here = self.upper_part(data, value)?;
            self.lower_part(name, &[data, data], here)
        })
    }

    /// `sw rs2, symbol, rt`.
    fn store(
        &mut self,
        name: &str,
        data: &[Placed],
        place: &[Placed],
        via: &[Placed],
    ) -> Option<Parsed<()>> {
        ["sb", "sh", "sw"].contains(&name).then(|| {
            let value = self.value(place)?;
            let here = self.upper_part(via, value)?;
            self.lower_part(name, &[data, via], here)
        })
    }

    /// An instruction that is illegal by definition: a write to a read-only counter, or a halfword 0.
    fn unimplemented(&mut self, name: &str) -> Parsed<()> {
        if self.compress || name == "c.unimp" {
            self.push(Kind::Bytes(vec![0, 0]));
            return Ok(());
        }
        self.template("csrrw x0, cycle, x0", &[], false)
    }

    fn total_store_order(&mut self) {
        let mut instruction = Instruction::new(Mnemonic::Fence);
        // fm = TSO, predecessors and successors rw.
        instruction.imm = 0x833;
        self.push(Kind::Code { instruction, waits: None });
    }

    /// `vmslt.vi vd, vs2, n` is `vmsle.vi vd, vs2, n − 1`, and so on.
    fn compare_below(
        &mut self,
        name: &str,
        arguments: Arguments<'_, '_>,
        masked: bool,
    ) -> Parsed<()> {
        let value = self.value(arguments.get(2).copied().unwrap_or_default())?;
        let Some(number) = value.constant() else {
            let text = "the number must be known here";
            return Err(Box::new(Diagnostic::new("LL1606", text).label(value.span, "this one")));
        };
        if !(-15..=16).contains(&number) {
            let text = format!("{number} is not between -15 and 16");
            return Err(Box::new(Diagnostic::new("LL1603", text).label(value.span, "this number")));
        }
        let line = match (name, number) {
            ("vmsltu.vi", 0) => "vmsne.vv $0, $1, $1$m".to_owned(),
            ("vmsgeu.vi", 0) => "vmseq.vv $0, $1, $1$m".to_owned(),
            ("vmslt.vi", _) => format!("vmsle.vi $0, $1, {}$m", number - 1),
            ("vmsltu.vi", _) => format!("vmsleu.vi $0, $1, {}$m", number - 1),
            ("vmsge.vi", _) => format!("vmsgt.vi $0, $1, {}$m", number - 1),
            _ => format!("vmsgtu.vi $0, $1, {}$m", number - 1),
        };
        self.template(&line, arguments, masked)
    }

    /// `vmsge.vx vd, vs2, rs1[, v0.t[, vt]]`: the table of the manual, chapter on integer compares.
    fn not_less(&mut self, name: &str, arguments: Arguments<'_, '_>) -> Option<Parsed<()>> {
        let less = if name == "vmsge.vx" { "vmslt.vx" } else { "vmsltu.vx" };
        let into_v0 = matches!(
            arguments.first(),
            Some([Placed { token: Token::Name(name), .. }]) if name == "v0"
        );
        let lines = match (arguments.len(), into_v0) {
            (3, _) => vec![format!("{less} $0, $1, $2"), "vmnand.mm $0, $0, $0".to_owned()],
            (4, false) if is_mask(arguments.get(3)) => {
                vec![format!("{less} $0, $1, $2, v0.t"), "vmxor.mm $0, $0, v0".to_owned()]
            }
            (5, true) if is_mask(arguments.get(3)) => {
                vec![format!("{less} $4, $1, $2, v0.t"), "vmandn.mm $0, $0, $4".to_owned()]
            }
            (5, false) if is_mask(arguments.get(3)) => vec![
                format!("{less} $4, $1, $2"),
                "vmandn.mm $4, v0, $4".to_owned(),
                "vmandn.mm $0, $0, v0".to_owned(),
                "vmor.mm $0, $4, $0".to_owned(),
            ],
            _ => return None,
        };
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        Some(self.expand(&lines, arguments, false))
    }

    /// `add rd, rs1, 5` for `addi`.
    fn immediate_form(
        &mut self,
        name: &str,
        span: &Range<usize>,
        arguments: Arguments<'_, '_>,
    ) -> Option<Parsed<()>> {
        let last = arguments.last()?;
        let (_, long) = IMMEDIATE.iter().find(|(short, _)| *short == name)?;
        let is_register = matches!(
            *last,
            [Placed { token: Token::Name(name), .. }] if x_register(name).is_some()
        );
        (!is_register).then(|| self.real(long, span, arguments))
    }
}

fn is_mask(argument: Option<&&[Placed]>) -> bool {
    matches!(argument, Some([Placed { token: Token::Name(name), .. }]) if name == "v0.t")
}

/// Whether an argument is an expression that begins with a symbol and names no base.
fn is_symbol(tokens: &[Placed]) -> bool {
    let begins = match tokens.first().map(|placed| &placed.token) {
        Some(Token::Name(name)) => x_register(name).is_none() && !name.starts_with('%'),
        Some(Token::Local { .. }) => true,
        Some(Token::Number(_) | Token::Text(_) | Token::Sign(_)) | None => false,
    };
    begins && tokens.iter().all(|placed| placed.token != Token::Sign("("))
}

/// A number of 32 bits, with or without sign.
pub(super) fn word(number: i64) -> Option<i32> {
    i32::try_from(number).ok().or_else(|| u32::try_from(number).ok().map(u32::cast_signed))
}

pub(super) fn out_of_word(number: i64, span: Range<usize>) -> Box<Diagnostic> {
    let text = format!("{number} is not between {} and {}", i32::MIN, u32::MAX);
    Box::new(Diagnostic::new("LL1603", text).label(span, "this number"))
}

impl Source {
    /// Reads an instruction or another way of writing some.
    pub(super) fn instruction(
        &mut self,
        name: &str,
        span: Range<usize>,
        tokens: &[Placed],
    ) -> Parsed<()> {
        let lower = name.to_ascii_lowercase();
        let arguments = arguments(tokens);
        match self.pseudo(&lower, &span, &arguments) {
            Some(done) => done,
            None => self.real(&lower, &span, &arguments),
        }
    }
}
