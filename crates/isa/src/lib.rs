//! Instructions of the plasticity unit: table, decoder, assembler, disassembler.
//!
//! The processor beside every synapse array executes `RV32IMC_Zicsr_Zifencei` and `Zve32x`. The one
//! source of its encodings, registers, memory windows and cycle costs is the folder `isa/`;
//! [`table`] and [`resources`] are made from it, and nothing else in the workspace holds an opcode.
//!
//! * [`decode()`] is total: a word is an [`Instruction`] or has a reason why not, [`Illegal`].
//! * [`encode()`] is its inverse.
//! * [`assemble()`] turns text into a [`Program`], [`disassemble()`] a word into text; a program is read
//!   from and written to ELF files.
//! * This crate executes nothing and knows no chip. Whether a legal word is legal *now* (alignment and
//!   overlap of register groups under a `vtype`) is the processor's question.

mod assemble;
mod csr;
mod decode;
mod disassemble;
mod elf;
mod encode;
mod instruction;
mod memory;
mod program;
mod row;
mod timing;

pub mod oracle;
mod profile;
pub mod resources;
pub mod table;

pub use assemble::{LIMIT, Options, Pseudo, assemble, register};
pub use csr::{Csr, Reset};
pub use decode::{Illegal, Space, decode, decode16, is_long};
pub use disassemble::{Listed, disassemble, disassemble_at, listing, register_name};
pub use elf::is_elf;
pub use encode::{Unencodable, compress, encode};
pub use instruction::Instruction;
pub use memory::{Element, Port, Register, Shape, Vectors, Window};
pub use program::{Line, Program, Segment};
pub use resources::{Class, Parameter};
pub use row::{Expand, Form, Kind, Layout, Phase, Piece, Row, Rule, Slot, Source};
pub use table::{Mnemonic, Operand, Semantics};
pub use timing::{Cost, Parameters, Work};
