//! `.insn`: an instruction by its fields, for encodings that have no mnemonic here.
//!
//! The forms are those of GNU as whose operands are numbers and registers: `r`, `i`, `s`, `u`, and the
//! plain word with or without its length. Base opcodes go by number or by the name that the
//! specification's map of major opcodes gives them (RISC-V unprivileged architecture, "Opcode map").

use leadlag_diagnostic::Diagnostic;

use super::expression::Parsed;
use super::item::Kind;
use super::lex::{Placed, Token};
use super::names;
use super::source::{Source, arguments};

/// Major opcodes with 32-bit instructions.
const OPCODES: [(&str, i64); 17] = [
    ("LOAD", 0x03),
    ("LOAD_FP", 0x07),
    ("CUSTOM_0", 0x0b),
    ("MISC_MEM", 0x0f),
    ("OP_IMM", 0x13),
    ("AUIPC", 0x17),
    ("STORE", 0x23),
    ("STORE_FP", 0x27),
    ("CUSTOM_1", 0x2b),
    ("AMO", 0x2f),
    ("OP", 0x33),
    ("LUI", 0x37),
    ("OP_V", 0x57),
    ("CUSTOM_2", 0x5b),
    ("BRANCH", 0x63),
    ("SYSTEM", 0x73),
    ("CUSTOM_3", 0x7b),
];

/// Bits of a number from `low` on, in place.
fn field(number: i64, low: u32, bits: u32) -> u32 {
    let [a, b, c, d, ..] = number.to_le_bytes();
    (u32::from_le_bytes([a, b, c, d]) & ((1 << bits) - 1)) << low
}

impl Source {
    /// Reads the arguments of `.insn`.
    pub(super) fn insn(&mut self, tokens: &[Placed]) -> Parsed<()> {
        let arguments = arguments(tokens);
        let form = match tokens.first().map(|first| &first.token) {
            Some(Token::Name(name)) => name.to_ascii_lowercase(),
            _ => String::new(),
        };
        // The form's letter and the opcode are separated by a space: one argument.
        let fields: Vec<&[Placed]> = match arguments.split_first() {
            Some((first, rest)) if !form.is_empty() => {
                std::iter::once(first.get(1..).unwrap_or_default())
                    .chain(rest.iter().copied())
                    .collect()
            }
            _ => arguments,
        };
        let word = match (form.as_str(), fields.as_slice()) {
            ("r", [opcode, f3, f7, rd, rs1, rs2]) => {
                self.opcode(opcode)?
                    | self.bits(f3, 12, 3)?
                    | self.bits(f7, 25, 7)?
                    | self.register_at(rd, 7)?
                    | self.register_at(rs1, 15)?
                    | self.register_at(rs2, 20)?
            }
            ("i", [opcode, f3, rd, rs1, imm]) => {
                self.opcode(opcode)?
                    | self.bits(f3, 12, 3)?
                    | self.register_at(rd, 7)?
                    | self.register_at(rs1, 15)?
                    | field(self.number(imm, -2048, 2047)?, 20, 12)
            }
            ("i", [opcode, f3, rd, place]) => {
                let (imm, rs1) = self.place(place)?;
                self.opcode(opcode)?
                    | self.bits(f3, 12, 3)?
                    | self.register_at(rd, 7)?
                    | rs1
                    | field(imm, 20, 12)
            }
            ("s", [opcode, f3, rs2, place]) => {
                let (imm, rs1) = self.place(place)?;
                self.opcode(opcode)?
                    | self.bits(f3, 12, 3)?
                    | self.register_at(rs2, 20)?
                    | rs1
                    | field(imm, 7, 5)
                    | field(imm >> 5, 25, 7)
            }
            ("u", [opcode, rd, imm]) => {
                self.opcode(opcode)?
                    | self.register_at(rd, 7)?
                    | field(self.number(imm, -(1 << 19), (1 << 20) - 1)?, 12, 20)
            }
            ("", [word]) => return self.plain(word, None),
            ("", [length, word]) => return self.plain(word, Some(length)),
            _ => return Err(self.unknown_form()),
        };
        self.push(Kind::Bytes(word.to_le_bytes().to_vec()));
        Ok(())
    }

    /// A whole word, whose low two bits say how long it is.
    fn plain(&mut self, word: &[Placed], length: Option<&[Placed]>) -> Parsed<()> {
        let word = self.number(word, 0, u32::MAX.into())?;
        let [a, b, c, d, ..] = word.to_le_bytes();
        let own: i64 = if word & 3 == 3 { 4 } else { 2 };
        let length = length.map_or(Ok(own), |length| self.number(length, 2, 4))?;
        if length != own || (own == 2 && word > 0xffff) {
            let text = format!(
                "{word:#x} is an instruction of {own} bytes by its low two bits; {length} are asked for"
            );
            return Err(Box::new(Diagnostic::new("LL1603", text).label(self.span.clone(), "here")));
        }
        self.push(Kind::Bytes(if own == 4 { vec![a, b, c, d] } else { vec![a, b] }));
        Ok(())
    }

    fn unknown_form(&self) -> Box<Diagnostic> {
        let text = "`.insn` takes one of 6 forms, with as many fields as the form has";
        let help = "`r opcode, f3, f7, rd, rs1, rs2`; `i opcode, f3, rd, rs1, imm`; `i opcode, f3, rd, imm(rs1)`; \
                    `s opcode, f3, rs2, imm(rs1)`; `u opcode, rd, imm`; `[length,] word`";
        let found = Diagnostic::new("LL1602", text).label(self.span.clone(), "here");
        Box::new(found.help(help))
    }

    fn opcode(&mut self, tokens: &[Placed]) -> Parsed<u32> {
        if let [Placed { token: Token::Name(name), .. }] = tokens
            && let Some((_, number)) = OPCODES.iter().find(|(known, _)| known == name)
        {
            return Ok(field(*number, 0, 7));
        }
        let number = self.number(tokens, 0, 0x7f)?;
        if number & 3 == 3 {
            return Ok(field(number, 0, 7));
        }
        let text =
            format!("{number:#x} is no opcode of 32-bit instructions: its low two bits are not 3");
        Err(Box::new(Diagnostic::new("LL1603", text).label(self.span.clone(), "here")))
    }

    fn bits(&mut self, tokens: &[Placed], low: u32, bits: u32) -> Parsed<u32> {
        Ok(field(self.number(tokens, 0, (1 << bits) - 1)?, low, bits))
    }

    fn register_at(&mut self, tokens: &[Placed], low: u32) -> Parsed<u32> {
        let name = match tokens {
            [Placed { token: Token::Name(name), .. }] => name.as_str(),
            _ => "",
        };
        if let Some(number) = names::x_register(name).or_else(|| names::numbered(name, 'v')) {
            return Ok(u32::from(number) << low);
        }
        let span = tokens.first().map_or(self.span.clone(), |placed| placed.span.clone());
        let text = "a register is expected here: x0 to x31, v0 to v31, or another name of one";
        Err(Box::new(Diagnostic::new("LL1602", text).label(span, "here")))
    }

    /// `imm(rs1)`.
    fn place(&mut self, tokens: &[Placed]) -> Parsed<(i64, u32)> {
        if let [
            imm @ ..,
            Placed { token: Token::Sign("("), .. },
            base,
            Placed { token: Token::Sign(")"), .. },
        ] = tokens
        {
            let imm = if imm.is_empty() { 0 } else { self.number(imm, -2048, 2047)? };
            return Ok((imm, self.register_at(std::slice::from_ref(base), 15)?));
        }
        Err(self.unknown_form())
    }
}
