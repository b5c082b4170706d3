//! Control and status registers, memory windows and timing classes.
// Made by `cargo xtask generate` from isa/*.toml; do not edit.

use crate::csr::{Csr, Reset};
use crate::memory::{Element, Port, Register, Vectors, Window};
use crate::timing::{Cost, Work};

/// A class of the timing model.
#[rustfmt::skip]
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u16)]
pub enum Class {
    #[doc = "`alu`: integer, CSR, fence, vset."] Alu,
    #[doc = "`load`: scalar load, any address but a synapse row."] Load,
    #[doc = "`store`: scalar store, any address but a synapse row."] Store,
    #[doc = "`row.load`: scalar load from a synapse row."] RowLoad,
    #[doc = "`row.store`: scalar store to a synapse row."] RowStore,
    #[doc = "`mul`: multiply."] Mul,
    #[doc = "`div`: divide, remainder."] Div,
    #[doc = "`branch`: branch: not taken, taken."] Branch,
    #[doc = "`jump`: jal, jalr, mret."] Jump,
    #[doc = "`wfi`: then asleep, uncounted."] Wfi,
    #[doc = "`trap`: exception, in place of the instruction's own cost, or interrupt."] Trap,
    #[doc = "`v.int`: integer, logic, shift, extend, carry, compare, move, saturating, averaging, clip."] VInt,
    #[doc = "`v.mul`: multiply, multiply-add, vsmul, and their widening forms."] VMul,
    #[doc = "`v.div`: divide, remainder."] VDiv,
    #[doc = "`v.red`: reductions."] VRed,
    #[doc = "`v.mask`: mask logic, vcpop, vfirst, vms?f."] VMask,
    #[doc = "`v.iota`: viota, vid."] VIota,
    #[doc = "`v.slide`: slides."] VSlide,
    #[doc = "`v.perm`: gathers, vcompress."] VPerm,
    #[doc = "`v.scal`: vmv.x.s, vmv.s.x."] VScal,
    #[doc = "`v.move`: moves of whole registers."] VMove,
    #[doc = "`v.mem`: unit-stride, mask, fault-only-first, anywhere but a synapse row."] VMem,
    #[doc = "`v.row.load`: unit-stride load from a synapse row."] VRowLoad,
    #[doc = "`v.row.store`: unit-stride store to a synapse row."] VRowStore,
    #[doc = "`v.stride`: strided, indexed; segments of nf fields."] VStride,
    #[doc = "`v.whole`: whole-register load and store."] VWhole,
    #[doc = "`v.whole.row.load`: whole-register load from a synapse row."] VWholeRowLoad,
    #[doc = "`v.whole.row.store`: whole-register store to a synapse row."] VWholeRowStore,
}

/// A number of the timing model.
#[rustfmt::skip]
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u16)]
pub enum Parameter {
    #[doc = "`RS`: reading a synapse row, cycles."] Rs,
    #[doc = "`WS`: writing a synapse row, cycles."] Ws,
    #[doc = "`D`: width of the vector unit, `ppu.dw`, bits per beat."] D,
    #[doc = "`PW`: width of the row port, `ppu.pw`, bits per beat."] Pw,
    #[doc = "`ADC`: one conversion, `adc.cycles`, cycles."] Adc,
}

/// Costs, in the order of [`Class`].
#[rustfmt::skip]
pub static COSTS: [Cost; 28] = [
    Cost { constant: 1, taken: None, parameter: None, work: Work::None },
    Cost { constant: 2, taken: None, parameter: None, work: Work::None },
    Cost { constant: 1, taken: None, parameter: None, work: Work::None },
    Cost { constant: 1, taken: None, parameter: Some(Parameter::Rs), work: Work::None },
    Cost { constant: 1, taken: None, parameter: Some(Parameter::Ws), work: Work::None },
    Cost { constant: 2, taken: None, parameter: None, work: Work::None },
    Cost { constant: 18, taken: None, parameter: None, work: Work::None },
    Cost { constant: 1, taken: Some(3), parameter: None, work: Work::None },
    Cost { constant: 3, taken: None, parameter: None, work: Work::None },
    Cost { constant: 1, taken: None, parameter: None, work: Work::None },
    Cost { constant: 4, taken: None, parameter: None, work: Work::None },
    Cost { constant: 2, taken: None, parameter: None, work: Work::Beats },
    Cost { constant: 4, taken: None, parameter: None, work: Work::Beats },
    Cost { constant: 4, taken: None, parameter: None, work: Work::Serial },
    Cost { constant: 3, taken: None, parameter: None, work: Work::Tree },
    Cost { constant: 2, taken: None, parameter: None, work: Work::BeatsMask },
    Cost { constant: 2, taken: None, parameter: None, work: Work::BeatsSew },
    Cost { constant: 2, taken: None, parameter: None, work: Work::BeatsSew },
    Cost { constant: 4, taken: None, parameter: None, work: Work::Elements },
    Cost { constant: 3, taken: None, parameter: None, work: Work::None },
    Cost { constant: 2, taken: None, parameter: None, work: Work::Registers },
    Cost { constant: 3, taken: None, parameter: None, work: Work::BeatsEew },
    Cost { constant: 0, taken: None, parameter: Some(Parameter::Rs), work: Work::Row },
    Cost { constant: 0, taken: None, parameter: Some(Parameter::Ws), work: Work::Row },
    Cost { constant: 3, taken: None, parameter: None, work: Work::Elements },
    Cost { constant: 3, taken: None, parameter: None, work: Work::Registers },
    Cost { constant: 0, taken: None, parameter: Some(Parameter::Rs), work: Work::RowRegisters },
    Cost { constant: 0, taken: None, parameter: Some(Parameter::Ws), work: Work::RowRegisters },
];

/// Default values, in the order of [`Parameter`].
#[rustfmt::skip]
pub static DEFAULTS: [u32; 5] = [
    8,
    8,
    512,
    512,
    288,
];

/// The control and status registers, by number.
#[rustfmt::skip]
pub static CSRS: [Csr; 25] = [
    Csr { name: "vstart", number: 0x008, writes: true, reset: Reset::Value(0x0000_0000), writable: 0x0000_01ff },
    Csr { name: "vxsat", number: 0x009, writes: true, reset: Reset::Value(0x0000_0000), writable: 0x0000_0001 },
    Csr { name: "vxrm", number: 0x00a, writes: true, reset: Reset::Value(0x0000_0000), writable: 0x0000_0003 },
    Csr { name: "vcsr", number: 0x00f, writes: true, reset: Reset::Value(0x0000_0000), writable: 0x0000_0007 },
    Csr { name: "mstatus", number: 0x300, writes: true, reset: Reset::Value(0x0000_1800), writable: 0x0000_0688 },
    Csr { name: "misa", number: 0x301, writes: true, reset: Reset::Value(0x4000_1104), writable: 0x0000_0000 },
    Csr { name: "mie", number: 0x304, writes: true, reset: Reset::Value(0x0000_0000), writable: 0x0007_0000 },
    Csr { name: "mtvec", number: 0x305, writes: true, reset: Reset::Value(0x0000_0000), writable: 0xffff_fffc },
    Csr { name: "mstatush", number: 0x310, writes: true, reset: Reset::Value(0x0000_0000), writable: 0x0000_0000 },
    Csr { name: "mscratch", number: 0x340, writes: true, reset: Reset::Value(0x0000_0000), writable: 0xffff_ffff },
    Csr { name: "mepc", number: 0x341, writes: true, reset: Reset::Value(0x0000_0000), writable: 0xffff_fffe },
    Csr { name: "mcause", number: 0x342, writes: true, reset: Reset::Value(0x0000_0000), writable: 0xffff_ffff },
    Csr { name: "mtval", number: 0x343, writes: true, reset: Reset::Value(0x0000_0000), writable: 0xffff_ffff },
    Csr { name: "mip", number: 0x344, writes: true, reset: Reset::Value(0x0000_0000), writable: 0x0007_0000 },
    Csr { name: "mcycle", number: 0xb00, writes: true, reset: Reset::Value(0x0000_0000), writable: 0xffff_ffff },
    Csr { name: "minstret", number: 0xb02, writes: true, reset: Reset::Value(0x0000_0000), writable: 0xffff_ffff },
    Csr { name: "mcycleh", number: 0xb80, writes: true, reset: Reset::Value(0x0000_0000), writable: 0xffff_ffff },
    Csr { name: "minstreth", number: 0xb82, writes: true, reset: Reset::Value(0x0000_0000), writable: 0xffff_ffff },
    Csr { name: "vl", number: 0xc20, writes: false, reset: Reset::Value(0x0000_0000), writable: 0x0000_0000 },
    Csr { name: "vtype", number: 0xc21, writes: false, reset: Reset::Value(0x8000_0000), writable: 0x0000_0000 },
    Csr { name: "vlenb", number: 0xc22, writes: false, reset: Reset::Vlenb, writable: 0x0000_0000 },
    Csr { name: "mvendorid", number: 0xf11, writes: false, reset: Reset::Value(0x0000_0000), writable: 0x0000_0000 },
    Csr { name: "marchid", number: 0xf12, writes: false, reset: Reset::Value(0x0000_0000), writable: 0x0000_0000 },
    Csr { name: "mimpid", number: 0xf13, writes: false, reset: Reset::Value(0x0000_0000), writable: 0x0000_0000 },
    Csr { name: "mhartid", number: 0xf14, writes: false, reset: Reset::Node, writable: 0x0000_0000 },
];

/// The windows of the address space, in the order of the manual.
#[rustfmt::skip]
pub static WINDOWS: [Window; 17] = [
    Window { name: "ISRAM", base: 0x0000_0000, size: "isram", reads: true, writes: true, executes: true, element: Element::Any, port: Port::Plain, vectors: Vectors::Any },
    Window { name: "DSRAM", base: 0x1000_0000, size: "dsram", reads: true, writes: true, executes: false, element: Element::Any, port: Port::Plain, vectors: Vectors::Any },
    Window { name: "W_SOMA", base: 0x4000_0000, size: "NR*S", reads: true, writes: true, executes: false, element: Element::Weight, port: Port::Row, vectors: Vectors::Unit },
    Window { name: "W_APIC", base: 0x4100_0000, size: "NR*S", reads: true, writes: true, executes: false, element: Element::Weight, port: Port::Row, vectors: Vectors::Unit },
    Window { name: "X_SOMA", base: 0x4800_0000, size: "2*NR", reads: true, writes: false, executes: false, element: Element::Bytes(2), port: Port::Plain, vectors: Vectors::Unit },
    Window { name: "X_APIC", base: 0x4801_0000, size: "2*NR", reads: true, writes: false, executes: false, element: Element::Bytes(2), port: Port::Plain, vectors: Vectors::Unit },
    Window { name: "A_R", base: 0x5000_0000, size: "2*NC", reads: true, writes: false, executes: false, element: Element::Bytes(2), port: Port::Adc, vectors: Vectors::Unit },
    Window { name: "A_U", base: 0x5001_0000, size: "2*NC", reads: true, writes: false, executes: false, element: Element::Bytes(2), port: Port::Adc, vectors: Vectors::Unit },
    Window { name: "A_E", base: 0x5002_0000, size: "2*NC", reads: true, writes: false, executes: false, element: Element::Bytes(2), port: Port::Adc, vectors: Vectors::Unit },
    Window { name: "INJ", base: 0x5003_0000, size: "2*NC", reads: true, writes: true, executes: false, element: Element::Bytes(2), port: Port::Plain, vectors: Vectors::Unit },
    Window { name: "SENT_R", base: 0x5004_0000, size: "2*NC", reads: true, writes: false, executes: false, element: Element::Bytes(2), port: Port::Plain, vectors: Vectors::Unit },
    Window { name: "SENT_E", base: 0x5005_0000, size: "2*NC", reads: true, writes: false, executes: false, element: Element::Bytes(2), port: Port::Plain, vectors: Vectors::Unit },
    Window { name: "CTRL", base: 0x5010_0000, size: "4096", reads: true, writes: true, executes: false, element: Element::Bytes(4), port: Port::Plain, vectors: Vectors::None },
    Window { name: "RNG", base: 0x5100_0000, size: "0x1000000", reads: true, writes: false, executes: false, element: Element::Any, port: Port::Plain, vectors: Vectors::Unit },
    Window { name: "NPAR", base: 0x6000_0000, size: "6*0x10000", reads: true, writes: true, executes: false, element: Element::Bytes(2), port: Port::Plain, vectors: Vectors::Unit },
    Window { name: "COUNT", base: 0x6100_0000, size: "4096", reads: true, writes: false, executes: false, element: Element::Bytes(8), port: Port::Plain, vectors: Vectors::None },
    Window { name: "MBOX", base: 0x7000_0000, size: "0x20000", reads: true, writes: true, executes: false, element: Element::Any, port: Port::Plain, vectors: Vectors::Any },
];

/// Registers inside windows.
#[rustfmt::skip]
pub static REGISTERS: [Register; 14] = [
    Register { window: "CTRL", name: "ADC_TRIG", offset: 0x0000_0000, bytes: 4, reads: false, writes: true },
    Register { window: "CTRL", name: "ADC_STAT", offset: 0x0000_0004, bytes: 4, reads: true, writes: false },
    Register { window: "CTRL", name: "STEP_LOW", offset: 0x0000_0008, bytes: 4, reads: true, writes: false },
    Register { window: "CTRL", name: "STEP_HIGH", offset: 0x0000_000c, bytes: 4, reads: true, writes: false },
    Register { window: "CTRL", name: "CORE", offset: 0x0000_0010, bytes: 4, reads: true, writes: false },
    Register { window: "CTRL", name: "NC", offset: 0x0000_0014, bytes: 4, reads: true, writes: false },
    Register { window: "CTRL", name: "NR", offset: 0x0000_0018, bytes: 4, reads: true, writes: false },
    Register { window: "CTRL", name: "PROFILE", offset: 0x0000_001c, bytes: 4, reads: true, writes: false },
    Register { window: "CTRL", name: "RNG_STREAM", offset: 0x0000_0020, bytes: 4, reads: true, writes: true },
    Register { window: "MBOX", name: "TARGET", offset: 0x0000_0000, bytes: 65536, reads: true, writes: true },
    Register { window: "MBOX", name: "PARAM", offset: 0x0001_0000, bytes: 256, reads: true, writes: true },
    Register { window: "MBOX", name: "HOST_TO_CORE", offset: 0x0001_0100, bytes: 64, reads: true, writes: true },
    Register { window: "MBOX", name: "CORE_TO_HOST", offset: 0x0001_0200, bytes: 64, reads: true, writes: true },
    Register { window: "MBOX", name: "TOHOST", offset: 0x0001_0f00, bytes: 4, reads: true, writes: true },
];
