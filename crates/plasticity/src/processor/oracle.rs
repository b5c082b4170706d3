//! What holds for a program of arbitrary bytes, for tests and for fuzzing.

use super::map::Window;
use super::settings::{Geometry, Settings, Vlen};
use super::{CoreMemory, Processor, Stop};

/// How arbitrary bytes ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ended {
    /// It slept.
    Asleep,
    /// It stopped with a report.
    Faulted,
    /// It ran until its cycles were used up.
    Ran,
}

/// Cycles that arbitrary bytes get.
const CYCLES: u64 = 20_000;

/// Runs bytes as a program with vector state on, in a small core.
///
/// # Panics
/// If the processor does: every panic here is a defect. Also if more than one instruction's worth
/// of cycles passed beyond the allowance, if a read-only window changed, or if running in pieces, or
/// one instruction after the other, differs from running in one.
#[must_use]
pub fn program(bytes: &[u8]) -> Ended {
    let geometry = Geometry { columns: 32, rows: 8, weight_bits: 16, payload_bits: 10 };
    let vlen = Vlen::ALL[bytes.len() % 3];
    let settings = Settings {
        vlen,
        geometry,
        code_bytes: 4096,
        data_bytes: 4096,
        max_cycles: CYCLES / 2,
        ..Settings::default()
    };
    let mut processor = Processor::new(settings);
    let fits = processor.load(0, &bytes[..bytes.len().min(4096)]);
    assert!(fits || bytes.is_empty(), "at most all of instruction memory");
    processor.csrs.touch_vector();
    let before = filled(geometry);
    let start = processor.clone();
    let (mut pieces, mut pieces_core) = (processor.clone(), before.clone());
    let mut core = before.clone();
    let ended = end(&processor.run(&mut core, CYCLES));
    // The longest wait of an instruction is for three conversions, twice.
    let most = CYCLES + 6 * 288 + 4096;
    assert!(processor.cycles() <= most, "{} cycles of {CYCLES}", processor.cycles());
    while pieces.cycles() < CYCLES && pieces.run(&mut pieces_core, 100) == Stop::Paused {}
    assert!(pieces == processor && pieces_core == core, "pieces differ from the whole");
    let (mut single, mut single_core) = (start, before.clone());
    while single.step(&mut single_core) == Stop::Paused {}
    assert!(
        single == processor && single_core == core,
        "single instructions differ from the whole"
    );
    for window in Window::all().filter(|window| is_constant(*window)) {
        assert_eq!(core.window(window), before.window(window), "{window:?} is read-only");
    }
    ended
}

fn filled(geometry: Geometry) -> CoreMemory {
    let mut core = CoreMemory::new(geometry);
    for window in Window::all() {
        for (byte, place) in core.window_mut(window).iter_mut().zip(0_u32..) {
            *byte = place.wrapping_mul(157).to_le_bytes()[0];
        }
    }
    core
}

fn end(stop: &Stop<'_>) -> Ended {
    match stop {
        Stop::Asleep => Ended::Asleep,
        Stop::Faulted(_) | Stop::Exited(_) => Ended::Faulted,
        Stop::Paused => Ended::Ran,
    }
}

fn is_constant(window: Window) -> bool {
    matches!(
        window,
        Window::RowsSoma | Window::RowsApical | Window::SentR | Window::SentE | Window::Counters
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use leadlag_isa::table::ROWS;
    use proptest::prelude::*;

    /// Words of the table with random operands, so that most of them are instructions.
    fn word() -> impl Strategy<Value = u32> {
        let of_table = (any::<prop::sample::Index>(), any::<u32>()).prop_map(|(row, random)| {
            let row = row.get(&ROWS);
            row.pattern | random & !row.mask & if row.bytes == 2 { 0xffff } else { u32::MAX }
        });
        prop_oneof![9 => of_table, 1 => any::<u32>()]
    }

    proptest! {
        /// No bytes make the processor panic, hang, or change what it may only read.
        #[test]
        fn any_bytes_are_a_program_that_ends(words in prop::collection::vec(word(), 0..200)) {
            let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
            let _ended = program(&bytes);
        }

        /// The same with a handler that steps over whatever traps, so that all of it is reached.
        #[test]
        fn any_bytes_behind_a_handler_are_a_program_that_ends(words in prop::collection::vec(word(), 0..300)) {
            use leadlag_isa::{Instruction, Mnemonic, encode};
            let i = |mnemonic, rd, rs1, imm| {
                encode(&Instruction { mnemonic, rd, rs1, rs2: 0, masked: false, imm }).unwrap()
            };
            // Base addresses in t0, a0 and s0; a handler at 32 that goes on four bytes later.
            let head = [
                i(Mnemonic::Addi, 5, 0, 32),
                i(Mnemonic::Csrrw, 0, 5, 0x305),
                i(Mnemonic::Lui, 5, 0, 0x1000_0000),
                i(Mnemonic::Lui, 10, 0, 0x4000_0000),
                i(Mnemonic::Lui, 8, 0, 0x5003_0000),
                i(Mnemonic::Vsetvli, 6, 0, 0x09),
                i(Mnemonic::Jal, 0, 0, 24),
                0,
                i(Mnemonic::Csrrs, 31, 0, 0x341),
                i(Mnemonic::Addi, 31, 31, 4),
                i(Mnemonic::Csrrw, 0, 31, 0x341),
                0x3020_0073,
            ];
            let bytes: Vec<u8> =
                head.iter().chain(&words).flat_map(|word| word.to_le_bytes()).collect();
            let _ended = program(&bytes);
        }
    }
}
