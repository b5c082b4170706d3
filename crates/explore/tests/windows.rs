//! What a program reads of its core is what the emulator's registers hold: converters of all three
//! observables, parameters of the columns, counters.

use leadlag_chip::{Counters, Emulator, Options, Stimulus, Targets};
use leadlag_explore::build::build;
use leadlag_explore::firmware::{Firmware, Source, of_user};
use leadlag_explore::{Backend as _, ChipBackend};
use leadlag_image::{Chip, Image};
use leadlag_net::{Block, Network};
use leadlag_plasticity::processor::Window;
use proptest::prelude::*;

#[path = "networks/small.rs"]
mod small;
use small::small;

/// Converts all observables and copies 32 columns of each vector, and 42 counters, to the mailbox
/// from 0x70002000 on; the cycles of the conversion to 0x70004000.
const PROGRAM: &str = "
        li      t0, 0x200
        csrs    mstatus, t0
        lui     t0, 0x10
        csrw    mie, t0
step:   wfi
        lui     t0, 0x10
        csrc    mip, t0
        li      s0, 32
        vsetvli t1, s0, e16, m4, ta, ma
        lui     a0, 0x50100
        li      t0, 7
        lui     a1, 0x50020
        csrr    s1, mcycle
        sw      t0, 0(a0)
        lh      zero, 0(a1)
        csrr    s2, mcycle
        sub     s2, s2, s1
        lui     a2, 0x70004
        sw      s2, 0(a2)
        lui     a2, 0x70002
        .irp_places
        lui     a0, 0x61000
        li      a3, 84
1:      lw      t0, 0(a0)
        sw      t0, 0(a2)
        addi    a0, a0, 4
        addi    a2, a2, 4
        addi    a3, a3, -1
        bnez    a3, 1b
        j       step
";

/// The vectors that are copied, by the upper bits of their addresses.
const VECTORS: [&str; 8] =
    ["0x50000", "0x50010", "0x50020", "0x60040", "0x60050", "0x50030", "0x60000", "0x60030"];

/// Stores the step's number in 1/512 of full scale to the first two injection registers.
const INJECTS: &str = "
        lui     t0, 0x10
        csrw    mie, t0
step:   wfi
        lui     t0, 0x10
        csrc    mip, t0
        lui     a0, 0x50100
        lw      t0, 8(a0)
        slli    t0, t0, 6
        lui     a0, 0x50030
        sh      t0, 0(a0)
        sh      t0, 2(a0)
        j       step
";

fn image(program: &str) -> Image {
    let text = small(&[
        ("input = 2", "input = 4"),
        ("size = 5", "size = 7"),
        ("0.2 ms\"\nphi = \"tanh\"", "0.6 ms\"\nphi = \"tanh\"\nbias = true"),
        ("1.2 ms\"\nphi = \"linear\"", "1.6 ms\"\nphi = \"linear\"\nbias = true"),
        ("tau_m = \"1.2 ms\"\ntau_r = \"1.6", "tau_m = \"1.6 ms\"\ntau_r = \"1.6"),
    ]);
    let network = Network::parse(&text, "looked at").expect("a network");
    let mut chip = Chip::builtin("ll1").expect("a chip");
    // Converters as wide as payloads: then a converted error is the one that was sent.
    chip.set_all(&["adc.bits=11"]).expect("a knob");
    let mut image = build(&network, &chip, None, 3, None).expect("it fits").compiled.image;
    let bytes = program.as_bytes().to_vec();
    let source = Source { name: "look.s".to_owned(), bytes };
    image.firmware = Some(of_user(&source, &image).expect("a program").0);
    image.validate().expect("a valid image");
    image
}

fn looking() -> String {
    let copy = |place: &&str| {
        format!(" lui a0, {place}\n vle16.v v8, (a0)\n vse16.v v8, (a2)\n addi a2, a2, 64\n")
    };
    let copies: String = VECTORS.iter().map(copy).collect();
    PROGRAM.replace("        .irp_places\n", &copies)
}

fn loaded(image: &Image) -> Emulator {
    let options = Options { replicas: 1, threads: 1, seed: 1 };
    let mut chips = Emulator::load(image.clone(), options).expect("loads");
    Firmware::install(&mut chips).expect("programs");
    chips
}

fn advance(chips: &mut Emulator, steps: usize, seed: i16) {
    let codes: Vec<i16> =
        (0_i16..).take(4 * steps).map(|n| (n.wrapping_mul(167).wrapping_add(seed)) % 500).collect();
    let wanted: Vec<i16> = (0_i16..).take(3 * steps).map(|n| n.wrapping_mul(9973)).collect();
    let targets = Targets::Codes { codes: &wanted, present: &[] };
    let stimulus = Stimulus { steps, codes: &codes, targets, learn: false };
    chips.run(&stimulus);
    chips.check_programs().expect("no program stops");
}

/// A value in a register whose full scale is 2^(24 + domain), as a code of 11 bits in the upper part of 16.
fn code(value: i32, domain: u8) -> i16 {
    let code = ((i64::from(value) + (1 << (13 + domain))) >> (14 + domain)).clamp(-1024, 1023);
    i16::try_from(code << 5).expect("16 bits")
}

fn counted(core: &Counters, columns: u64) -> Vec<u64> {
    let side = |side: &leadlag_chip::SideCounters| {
        [side.state_held, side.output_held, side.code_clipped, side.events]
    };
    let head = [core.steps, 2 * core.steps * columns];
    let units = [core.instructions, core.plasticity_cycles];
    [&head[..], &side(&core.soma), &side(&core.apical), &units].concat()
}

#[test]
fn a_program_reads_what_the_registers_hold() {
    let image = image(&looking());
    let mut chips = loaded(&image);
    let mut moved = 0;
    for round in 1..6 {
        advance(&mut chips, 9, round);
        let before = chips.counters();
        advance(&mut chips, 1, 40 * round);
        for (at, core) in image.cores.iter().enumerate() {
            let mailbox = chips.window(at, Window::Mailbox).expect("a program");
            let columns = usize::try_from(core.neurons).expect("few");
            let words = |vector: usize| -> Vec<i16> {
                let bytes = mailbox[0x2000 + 64 * vector..].as_chunks::<2>().0;
                bytes.iter().take(columns).map(|bytes| i16::from_le_bytes(*bytes)).collect()
            };
            let state = &chips.state().shards[0].cores[at];
            let codes = |values: &[i32], domain| -> Vec<i16> {
                values[..columns].iter().map(|&value| code(value, domain)).collect()
            };
            assert_eq!(words(1), codes(&state.soma.lagged, core.phi.domain), "u of core {at}");
            assert_eq!(words(2), codes(&state.apical.prospective, 0), "e of core {at}");
            assert_eq!(
                words(2),
                state.apical.sent[..columns].iter().map(|c| c << 5).collect::<Vec<_>>()
            );
            assert_eq!(
                words(0),
                state.soma.sent[..columns].iter().map(|c| c << 5).collect::<Vec<_>>()
            );
            moved += words(1).iter().chain(&words(2)).filter(|&&word| word != 0).count();
            for (vector, side) in [(3, &core.soma), (4, &core.apical)] {
                let kept = side.lag.iter().map(|lag| (1_i64 << 32) - lag);
                let wanted = kept.map(|kept| ((kept + (1 << 16)) >> 17).min(32_767));
                let read: Vec<i64> = words(vector).into_iter().map(i64::from).collect();
                assert_eq!(read, wanted.collect::<Vec<_>>());
            }
            for ideal in [6, 7] {
                assert!(words(ideal).iter().all(|&word| word == 0));
            }
            assert_eq!(mailbox[0x4000..0x4004], 868_u32.to_le_bytes(), "three conversions");
            let counters: Vec<u64> = mailbox[0x2000 + 64 * VECTORS.len()..].as_chunks::<8>().0
                [..42]
                .iter()
                .map(|bytes| u64::from_le_bytes(*bytes))
                .collect();
            let wanted = counted(&before[at], u64::from(core.neurons));
            assert_eq!(counters[..wanted.len()], wanted[..], "counters of core {at}");
            assert_eq!(counters[12], 3 * before[at].steps, "conversions");
            assert_eq!((counters[13], counters[14]), (0, 0), "row accesses, overruns");
            let all: u64 = counters[16..].iter().sum();
            assert!(all >= before[at].instructions, "{counters:?}");
        }
    }
    assert!(moved > 60, "{moved} codes were not 0");
}

/// What a program stores to injection registers acts in the next step. On a taught core the host
/// writes those of the first step of a block, and the program the others.
#[test]
fn injections_are_the_programs_but_for_the_first_of_a_block() {
    let image = image(INJECTS);
    let mut chips = loaded(&image);
    let injected = |chips: &Emulator, core: usize| -> Vec<i32> {
        chips.state().shards[0].cores[core].injection[..3].to_vec()
    };
    advance(&mut chips, 5, 1);
    // The hidden layer's program wrote in step 4 for step 5; the output's last word that counts is
    // that of step 3, since the block ends with step 4.
    assert_eq!(injected(&chips, 0), [4 << 15, 4 << 15, 0]);
    assert_eq!(injected(&chips, 1)[..2], [3 << 15, 3 << 15]);
    advance(&mut chips, 1, 2);
    assert_eq!(injected(&chips, 0), [5 << 15, 5 << 15, 0]);
    assert_ne!(injected(&chips, 1)[..2], [4 << 15, 4 << 15], "the host's");
    let errors = &chips.state().shards[0].cores[0].apical.prospective;
    assert!(errors[..2].iter().all(|&error| error != 0), "{errors:?}");
}

/// Whoever asks for outputs hears of a program that stopped, with its registers.
#[test]
fn outputs_of_a_chip_whose_program_stops_are_refused() {
    let text = "lui t0, 0x10\ncsrw mie, t0\nwfi\nlw t1, 1(zero)\n";
    let options = Options { replicas: 1, threads: 1, seed: 1 };
    let mut chip = ChipBackend::new(image(text), options, true).expect("loads");
    chip.learn_with_programs().expect("programs");
    let inputs = vec![0.5; 4];
    let block = Block {
        steps: 1,
        lanes: 1,
        width: 4,
        inputs,
        targets: leadlag_net::Targets::None,
        used: 1,
    };
    let found = chip.outputs(&block).expect_err("a misaligned load");
    assert_eq!(found.0[0].code, "LL3600");
    assert!(found.0[0].help.iter().any(|help| help.contains("t0 00010000")), "{found:?}");
    assert!(chip.run(&block, false).is_err());
}

/// On core (0,0) it sleeps; on the others it stores words to these addresses, and steps over the
/// stores that are refused.
fn storing(stores: &[(u32, u32)]) -> String {
    let store = |(address, word): &(u32, u32)| {
        format!(" li t0, {address}\n li t1, {word}\n sw t1, 0(t0)\n")
    };
    let stores: String = stores.iter().map(store).collect();
    format!(
        "
        .option norvc
        lui     t0, 0x10
        csrw    mie, t0
        la      t0, refused
        csrw    mtvec, t0
step:   wfi
        lui     t0, 0x10
        csrc    mip, t0
        lui     t0, 0x50100
        lw      t0, 16(t0)
        beqz    t0, done
{stores}
done:   j       step
        .align  2
refused: csrr   t2, mepc
        addi    t2, t2, 4
        csrw    mepc, t2
        mret
"
    )
}

/// Words of a core: of what the emulator keeps of it, and of its unit's windows.
fn core_as_it_is(chips: &Emulator, core: usize) -> String {
    let state = chips.state();
    let arrays = state.arrays.chunks(2).nth(core);
    let registers = state.shards.first().and_then(|shard| shard.cores.get(core));
    let windows: Vec<_> = Window::all().map(|window| chips.window(core, window)).collect();
    format!("{arrays:?} {registers:?} {windows:?}")
}

/// An address in or near a window, or any; a multiple of 4.
fn address() -> impl Strategy<Value = u32> {
    let window = (any::<prop::sample::Index>(), 0..0x2_0000_u32).prop_map(|(window, offset)| {
        let bases: Vec<u32> = Window::all().map(Window::base).collect();
        window.get(&bases).wrapping_add(offset)
    });
    prop_oneof![3 => window, 1 => 0..0x1000_u32, 1 => any::<u32>()].prop_map(|at| at & !3)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// A program changes its own core and no other, wherever it stores. What it may change reaches
    /// others as events of the next step alone.
    #[test]
    fn a_program_changes_nothing_outside_its_core(
        stores in prop::collection::vec((address(), any::<u32>()), 1..60),
    ) {
        let after = |stores: &[(u32, u32)]| {
            let mut chips = loaded(&image(&storing(stores)));
            let targets = Targets::None;
            chips.run(&Stimulus { steps: 1, codes: &[100, -50, 7, 300], targets, learn: false });
            chips
        };
        let (quiet, busy) = (after(&[]), after(&stores));
        prop_assert_eq!(core_as_it_is(&quiet, 0), core_as_it_is(&busy, 0));
        prop_assert!(stores.len() < 20 || core_as_it_is(&quiet, 1) != core_as_it_is(&busy, 1));
    }
}
