//! Control and status registers, memory windows and timing classes.
// Made by `cargo xtask generate` from isa/*.toml; do not edit.

use crate::assemble::Pseudo;
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
    #[doc = "`RS`: reading a synapse row, `ppu.rs`, cycles."] Rs,
    #[doc = "`WS`: writing a synapse row, `ppu.ws`, cycles."] Ws,
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

/// Registers that assemblers know and this processor does not have.
#[rustfmt::skip]
pub static OTHER_CSRS: [(&str, u16); 17] = [
    ("cycle", 0xc00),
    ("time", 0xc01),
    ("instret", 0xc02),
    ("cycleh", 0xc80),
    ("timeh", 0xc81),
    ("instreth", 0xc82),
    ("fflags", 0x001),
    ("frm", 0x002),
    ("fcsr", 0x003),
    ("stvec", 0x105),
    ("satp", 0x180),
    ("medeleg", 0x302),
    ("mideleg", 0x303),
    ("mcounteren", 0x306),
    ("mcountinhibit", 0x320),
    ("pmpcfg0", 0x3a0),
    ("pmpaddr0", 0x3b0),
];

/// Other ways of writing instructions.
#[rustfmt::skip]
pub static PSEUDO: [Pseudo; 69] = [
    Pseudo { name: "nop", arguments: 0, mask: false, becomes: &["addi x0, x0, 0"] },
    Pseudo { name: "mv", arguments: 2, mask: false, becomes: &["addi $0, $1, 0"] },
    Pseudo { name: "not", arguments: 2, mask: false, becomes: &["xori $0, $1, -1"] },
    Pseudo { name: "neg", arguments: 2, mask: false, becomes: &["sub $0, x0, $1"] },
    Pseudo { name: "seqz", arguments: 2, mask: false, becomes: &["sltiu $0, $1, 1"] },
    Pseudo { name: "snez", arguments: 2, mask: false, becomes: &["sltu $0, x0, $1"] },
    Pseudo { name: "sltz", arguments: 2, mask: false, becomes: &["slt $0, $1, x0"] },
    Pseudo { name: "sgtz", arguments: 2, mask: false, becomes: &["slt $0, x0, $1"] },
    Pseudo { name: "sgt", arguments: 3, mask: false, becomes: &["slt $0, $2, $1"] },
    Pseudo { name: "sgtu", arguments: 3, mask: false, becomes: &["sltu $0, $2, $1"] },
    Pseudo { name: "zext.b", arguments: 2, mask: false, becomes: &["andi $0, $1, 255"] },
    Pseudo { name: "sext.b", arguments: 2, mask: false, becomes: &["slli $0, $1, 24", "srai $0, $0, 24"] },
    Pseudo { name: "sext.h", arguments: 2, mask: false, becomes: &["slli $0, $1, 16", "srai $0, $0, 16"] },
    Pseudo { name: "zext.h", arguments: 2, mask: false, becomes: &["slli $0, $1, 16", "srli $0, $0, 16"] },
    Pseudo { name: "beqz", arguments: 2, mask: false, becomes: &["beq $0, x0, $1"] },
    Pseudo { name: "bnez", arguments: 2, mask: false, becomes: &["bne $0, x0, $1"] },
    Pseudo { name: "blez", arguments: 2, mask: false, becomes: &["bge x0, $0, $1"] },
    Pseudo { name: "bgez", arguments: 2, mask: false, becomes: &["bge $0, x0, $1"] },
    Pseudo { name: "bltz", arguments: 2, mask: false, becomes: &["blt $0, x0, $1"] },
    Pseudo { name: "bgtz", arguments: 2, mask: false, becomes: &["blt x0, $0, $1"] },
    Pseudo { name: "bgt", arguments: 3, mask: false, becomes: &["blt $1, $0, $2"] },
    Pseudo { name: "ble", arguments: 3, mask: false, becomes: &["bge $1, $0, $2"] },
    Pseudo { name: "bgtu", arguments: 3, mask: false, becomes: &["bltu $1, $0, $2"] },
    Pseudo { name: "bleu", arguments: 3, mask: false, becomes: &["bgeu $1, $0, $2"] },
    Pseudo { name: "j", arguments: 1, mask: false, becomes: &["jal x0, $0"] },
    Pseudo { name: "jal", arguments: 1, mask: false, becomes: &["jal x1, $0"] },
    Pseudo { name: "jr", arguments: 1, mask: false, becomes: &["jalr x0, $0"] },
    Pseudo { name: "jr", arguments: 2, mask: false, becomes: &["jalr x0, $0, $1"] },
    Pseudo { name: "jalr", arguments: 1, mask: false, becomes: &["jalr x1, $0"] },
    Pseudo { name: "jalr", arguments: 3, mask: false, becomes: &["jalr $0, $2($1)"] },
    Pseudo { name: "ret", arguments: 0, mask: false, becomes: &["jalr x0, 0(x1)"] },
    Pseudo { name: "fence", arguments: 0, mask: false, becomes: &["fence iorw, iorw"] },
    Pseudo { name: "pause", arguments: 0, mask: false, becomes: &["fence w, 0"] },
    Pseudo { name: "scall", arguments: 0, mask: false, becomes: &["ecall"] },
    Pseudo { name: "sbreak", arguments: 0, mask: false, becomes: &["ebreak"] },
    Pseudo { name: "csrr", arguments: 2, mask: false, becomes: &["csrrs $0, $1, x0"] },
    Pseudo { name: "csrw", arguments: 2, mask: false, becomes: &["csrrw x0, $0, $1"] },
    Pseudo { name: "csrs", arguments: 2, mask: false, becomes: &["csrrs x0, $0, $1"] },
    Pseudo { name: "csrc", arguments: 2, mask: false, becomes: &["csrrc x0, $0, $1"] },
    Pseudo { name: "csrwi", arguments: 2, mask: false, becomes: &["csrrwi x0, $0, $1"] },
    Pseudo { name: "csrsi", arguments: 2, mask: false, becomes: &["csrrsi x0, $0, $1"] },
    Pseudo { name: "csrci", arguments: 2, mask: false, becomes: &["csrrci x0, $0, $1"] },
    Pseudo { name: "rdcycle", arguments: 1, mask: false, becomes: &["csrrs $0, cycle, x0"] },
    Pseudo { name: "rdcycleh", arguments: 1, mask: false, becomes: &["csrrs $0, cycleh, x0"] },
    Pseudo { name: "rdtime", arguments: 1, mask: false, becomes: &["csrrs $0, time, x0"] },
    Pseudo { name: "rdtimeh", arguments: 1, mask: false, becomes: &["csrrs $0, timeh, x0"] },
    Pseudo { name: "rdinstret", arguments: 1, mask: false, becomes: &["csrrs $0, instret, x0"] },
    Pseudo { name: "rdinstreth", arguments: 1, mask: false, becomes: &["csrrs $0, instreth, x0"] },
    Pseudo { name: "vneg.v", arguments: 2, mask: true, becomes: &["vrsub.vx $0, $1, x0$m"] },
    Pseudo { name: "vnot.v", arguments: 2, mask: true, becomes: &["vxor.vi $0, $1, -1$m"] },
    Pseudo { name: "vncvt.x.x.w", arguments: 2, mask: true, becomes: &["vnsrl.wx $0, $1, x0$m"] },
    Pseudo { name: "vwcvt.x.x.v", arguments: 2, mask: true, becomes: &["vwadd.vx $0, $1, x0$m"] },
    Pseudo { name: "vwcvtu.x.x.v", arguments: 2, mask: true, becomes: &["vwaddu.vx $0, $1, x0$m"] },
    Pseudo { name: "vmsge.vv", arguments: 3, mask: true, becomes: &["vmsle.vv $0, $2, $1$m"] },
    Pseudo { name: "vmsgeu.vv", arguments: 3, mask: true, becomes: &["vmsleu.vv $0, $2, $1$m"] },
    Pseudo { name: "vmmv.m", arguments: 2, mask: false, becomes: &["vmand.mm $0, $1, $1"] },
    Pseudo { name: "vmcpy.m", arguments: 2, mask: false, becomes: &["vmand.mm $0, $1, $1"] },
    Pseudo { name: "vmclr.m", arguments: 1, mask: false, becomes: &["vmxor.mm $0, $0, $0"] },
    Pseudo { name: "vmset.m", arguments: 1, mask: false, becomes: &["vmxnor.mm $0, $0, $0"] },
    Pseudo { name: "vmnot.m", arguments: 2, mask: false, becomes: &["vmnand.mm $0, $1, $1"] },
    Pseudo { name: "vmandnot.mm", arguments: 3, mask: false, becomes: &["vmandn.mm $0, $1, $2"] },
    Pseudo { name: "vmornot.mm", arguments: 3, mask: false, becomes: &["vmorn.mm $0, $1, $2"] },
    Pseudo { name: "vpopc.m", arguments: 2, mask: true, becomes: &["vcpop.m $0, $1$m"] },
    Pseudo { name: "vle1.v", arguments: 2, mask: false, becomes: &["vlm.v $0, $1"] },
    Pseudo { name: "vse1.v", arguments: 2, mask: false, becomes: &["vsm.v $0, $1"] },
    Pseudo { name: "vl1r.v", arguments: 2, mask: false, becomes: &["vl1re8.v $0, $1"] },
    Pseudo { name: "vl2r.v", arguments: 2, mask: false, becomes: &["vl2re8.v $0, $1"] },
    Pseudo { name: "vl4r.v", arguments: 2, mask: false, becomes: &["vl4re8.v $0, $1"] },
    Pseudo { name: "vl8r.v", arguments: 2, mask: false, becomes: &["vl8re8.v $0, $1"] },
];

/// Operations that take a number in the place of the last register under another name.
#[rustfmt::skip]
pub static IMMEDIATE: [(&str, &str); 12] = [
    ("add", "addi"),
    ("and", "andi"),
    ("or", "ori"),
    ("xor", "xori"),
    ("slt", "slti"),
    ("sltu", "sltiu"),
    ("sll", "slli"),
    ("srl", "srli"),
    ("sra", "srai"),
    ("csrrw", "csrrwi"),
    ("csrrs", "csrrsi"),
    ("csrrc", "csrrci"),
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
