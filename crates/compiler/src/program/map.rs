//! Where a program finds its operands and keeps its own vectors.
//!
//! Windows of the plasticity unit (`docs/chip/plasticity-unit.md`), and the program's data: the two
//! last vectors of r, the last u, values per row, state words.

use leadlag_diagnostic::Diagnostic;
use leadlag_plasticity::language::{ArrayName, Operand, Program, Signal, Target, View};

pub(crate) const DATA: u32 = 0x1000_0000;
pub(crate) const ADC_RATE: u32 = 0x5000_0000;
pub(crate) const ADC_MEMBRANE: u32 = 0x5001_0000;
pub(crate) const ADC_ERROR: u32 = 0x5002_0000;
pub(crate) const INJECTION: u32 = 0x5003_0000;
pub(crate) const SENT_RATE: u32 = 0x5004_0000;
pub(crate) const SENT_ERROR: u32 = 0x5005_0000;
pub(crate) const CONTROL: u32 = 0x5010_0000;
pub(crate) const RANDOM: u32 = 0x5100_0000;
pub(crate) const TAU_M: u32 = 0x6004_0000;
pub(crate) const TARGET: u32 = 0x7000_0000;
pub(crate) const PARAMS: u32 = 0x7001_0000;

/// Offset of the random port's stream in the control window.
pub(crate) const RANDOM_STREAM: u32 = 0x20;

/// The core that a program is made for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Layout {
    /// Columns, a multiple of 32.
    pub columns: u32,
    /// Columns of the arrays where the program serves only the first ones; 0 where it serves all.
    pub array_columns: u32,
    /// Rows of each array. If the rule has `db`, the last somatic one is the bias.
    pub rows: u32,
    /// Bits of a vector register: 128, 256 or 512.
    pub vlen: u32,
    /// Bytes of data memory.
    pub data_bytes: u32,
    /// Bytes of instruction memory.
    pub program_bytes: u32,
    /// Whether a rule updates only where the host says that the network learns: in word
    /// [`Layout::LEARNS`] of the parameter block.
    pub asks: bool,
}

impl Layout {
    /// The built-in chip's core: 256 columns, 256 rows, vectors of 512 bits, 64 KiB twice.
    #[must_use]
    pub fn ll1() -> Self {
        Self {
            columns: 256,
            array_columns: 0,
            rows: 256,
            vlen: 512,
            data_bytes: 1 << 16,
            program_bytes: 1 << 16,
            asks: false,
        }
    }

    /// The host's first word in the parameter block of a user's program: decay, whether the network
    /// learns, learning rates. The words before it are the program's own.
    pub const HOST: u32 = 32;

    /// The word that is 1 where the network learns.
    pub const LEARNS: u32 = Self::HOST + 1;

    /// Bytes from one row of an array to the next.
    #[must_use]
    pub fn stride(&self) -> u32 {
        (2 * self.columns.max(self.array_columns)).next_power_of_two()
    }
}

/// The largest memory that a plasticity unit can have.
const LARGEST: u32 = 1 << 20;

/// The setting of a chip that gives a memory (`isram`, `dsram`) so many bytes, in words.
pub(crate) fn more(memory: &str, needs: u32) -> String {
    if needs > LARGEST {
        return format!("fewer synapses on a core: `ppu.{memory}` is at most {LARGEST}");
    }
    format!("more memory: `--set ppu.{memory}={}`", needs.next_multiple_of(32))
}

/// Base of an array's weights.
pub(crate) fn weights(array: ArrayName) -> u32 {
    match array {
        ArrayName::Somatic => 0x4000_0000,
        ArrayName::Apical => 0x4100_0000,
    }
}

/// Base of an array's row registers.
pub(crate) fn row_codes(array: ArrayName) -> u32 {
    match array {
        ArrayName::Somatic => 0x4800_0000,
        ArrayName::Apical => 0x4801_0000,
    }
}

/// Where an operand's vector lies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Location {
    At(u32),
    /// In the pair of old vectors here: the older one.
    Older(u32),
}

/// The program's own data, as addresses.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Data {
    /// Two vectors of r and two of the sent r.
    pub(crate) past_rate: Option<u32>,
    pub(crate) past_sent: Option<u32>,
    pub(crate) past_membrane: Option<u32>,
    /// State words of the somatic and the apical array.
    pub(crate) momentum: Option<[u32; 2]>,
    next: u32,
    vector: u32,
    end: u32,
}

impl Data {
    pub(crate) fn new(program: &Program, layout: &Layout) -> Self {
        let past = |view| {
            program
                .names(|a, o| a.target.is_synaptic() && o == Operand { signal: Signal::Rate, view })
        };
        let mut data = Self {
            past_rate: None,
            past_sent: None,
            past_membrane: None,
            momentum: None,
            next: DATA,
            vector: layout.stride(),
            end: DATA.saturating_add(layout.data_bytes),
        };
        if past(View::Plain) {
            data.past_rate = Some(data.reserve(2 * data.vector));
        }
        if past(View::Sent) {
            data.past_sent = Some(data.reserve(2 * data.vector));
        }
        if program.names(|_, operand| operand.signal == Signal::Motion) {
            data.past_membrane = Some(data.reserve(data.vector));
        }
        if let (Some(format), true) =
            (program.momentum, program.assignment(Target::Momentum).is_some())
        {
            let words = layout.rows * layout.columns * (format.bits / 8);
            data.momentum = Some([data.reserve(words), data.reserve(words)]);
        }
        data
    }

    /// Room for some bytes, aligned for every element.
    pub(crate) fn reserve(&mut self, bytes: u32) -> u32 {
        let at = self.next;
        self.next = self.next.saturating_add(bytes.next_multiple_of(64));
        at
    }

    /// Whether everything that was reserved is there.
    pub(crate) fn check(&self, layout: &Layout) -> Result<(), Diagnostic> {
        if self.next <= self.end {
            return Ok(());
        }
        let (needs, has) = (self.next - DATA, layout.data_bytes);
        let message = format!("the rule needs {needs} bytes of data memory; a core has {has}");
        let help = if self.momentum.is_some() {
            format!(
                "`m` has a word per synapse of both arrays: fewer rows, a narrower `m`, or {}",
                more("dsram", needs)
            )
        } else {
            format!("use fewer old signals, or {}", more("dsram", needs))
        };
        Err(Diagnostic::new("LL2600", message).help(help))
    }

    /// Where the operand of an assignment on an array lies. `Weight` and `Momentum` are not vectors
    /// and have no place here, but for a bias.
    pub(crate) fn locate(
        &self,
        operand: Operand,
        target: Target,
        array: ArrayName,
        layout: &Layout,
    ) -> Location {
        let is_synaptic = target.is_synaptic();
        let at = match (operand.signal, operand.view) {
            (Signal::Rate, View::Own) => ADC_RATE,
            (Signal::Rate, View::Sent) if !is_synaptic => SENT_RATE,
            (Signal::Rate, View::Plain) if !is_synaptic => ADC_RATE,
            (Signal::Rate, view) => match (array, view) {
                (ArrayName::Somatic, _) => row_codes(array),
                (ArrayName::Apical, View::Sent) => {
                    return Location::Older(self.past_sent.unwrap_or(DATA));
                }
                (ArrayName::Apical, _) => return Location::Older(self.past_rate.unwrap_or(DATA)),
            },
            (Signal::Error, View::Plain | View::Sent)
                if is_synaptic && array == ArrayName::Apical =>
            {
                row_codes(array)
            }
            (Signal::Error, View::Sent) => SENT_ERROR,
            (Signal::Error, View::Own | View::Plain) => ADC_ERROR,
            (Signal::Membrane | Signal::Motion, _) => ADC_MEMBRANE,
            (Signal::Injection, _) => INJECTION,
            (Signal::Wanted, _) => TARGET,
            (Signal::TauM, _) => TAU_M,
            (Signal::Weight | Signal::Momentum, _) => {
                weights(array) + (layout.rows - 1) * layout.stride()
            }
        };
        Location::At(at)
    }
}

/// The observables that the converters are asked for: bit 0 r, 1 u, 2 e.
pub(crate) fn conversions(program: &Program) -> u32 {
    let names = |wanted: fn(Signal) -> bool, sent: bool| {
        program.names(|_, o| wanted(o.signal) && (sent || o.view != View::Sent))
    };
    u32::from(names(|s| s == Signal::Rate, false))
        | u32::from(names(|s| matches!(s, Signal::Membrane | Signal::Motion), true)) << 1
        | u32::from(names(|s| s == Signal::Error, false)) << 2
}
