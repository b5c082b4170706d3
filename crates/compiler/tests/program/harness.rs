//! A core around a program: the windows filled from the evaluator's core, and read back.

use leadlag_compiler::program::{Compiled, Layout};
use leadlag_fixed::random::philox;
use leadlag_fixed::{count, index};
use leadlag_plasticity::language::{Array, Core, Observables, Program, Target};
use leadlag_plasticity::processor::{
    CoreMemory, Geometry, Processor, Settings, Stop, Vlen, Window,
};

/// Numbers that look random and are a function of a seed; one in four is at an end or near zero.
pub(crate) struct Source {
    seed: u32,
    at: u32,
}

impl Source {
    pub(crate) fn new(seed: u32) -> Self {
        Self { seed, at: 0 }
    }

    pub(crate) fn word(&mut self) -> u32 {
        self.at += 1;
        philox([self.at, self.seed, 0, 0], [7, 7])[0]
    }

    pub(crate) fn half(&mut self) -> i16 {
        let [a, b, c, d] = self.word().to_le_bytes();
        match (c & 3, d & 7) {
            (0, 0) => i16::MIN,
            (0, 1) => i16::MAX,
            (0, 2) => 0,
            (0, 3) => -1,
            _ => i16::from_le_bytes([a, b]),
        }
    }

    pub(crate) fn vector(&mut self, length: usize) -> Vec<i16> {
        (0..length).map(|_| self.half()).collect()
    }

    /// Words of `bits` bits.
    pub(crate) fn weights(&mut self, length: usize, bits: u32) -> Vec<i16> {
        (0..length).map(|_| self.half() >> (16 - bits)).collect()
    }
}

pub(crate) struct Bench {
    pub(crate) processor: Processor,
    pub(crate) memory: CoreMemory,
    pub(crate) layout: Layout,
    pub(crate) weight_bits: u32,
}

pub(crate) const SEED: u64 = 0x1234_5678_9abc;
pub(crate) const NODE: u16 = 5;

fn bytes(words: &[i16]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

fn words(bytes: &[u8]) -> Vec<i16> {
    bytes.chunks_exact(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]])).collect()
}

impl Bench {
    pub(crate) fn new(compiled: &Compiled, layout: Layout, weight_bits: u32) -> Self {
        let geometry =
            Geometry { columns: layout.columns, rows: layout.rows, weight_bits, payload_bits: 16 };
        let settings = Settings {
            vlen: Vlen::of_bits(layout.vlen).unwrap(),
            geometry,
            data_bytes: layout.data_bytes,
            seed: SEED,
            core: NODE,
            max_cycles: 100_000_000,
            ..Settings::default()
        };
        let mut processor = Processor::new(settings);
        assert!(processor.load(0, &compiled.bytes(&layout).unwrap()));
        Self { processor, memory: CoreMemory::new(geometry), layout, weight_bits }
    }

    /// Runs to the next sleep; the cycles it took.
    pub(crate) fn run(&mut self) -> u64 {
        let before = self.processor.cycles();
        let stop = self.processor.run(&mut self.memory, 100_000_000);
        assert!(matches!(stop, Stop::Asleep), "{stop:?}");
        self.processor.cycles() - before
    }

    pub(crate) fn set(&mut self, window: Window, offset: usize, words: &[i16]) {
        let bytes = bytes(words);
        self.memory.window_mut(window)[offset..offset + bytes.len()].copy_from_slice(&bytes);
    }

    pub(crate) fn get(&self, window: Window, offset: usize, length: usize) -> Vec<i16> {
        words(&self.memory.window(window)[offset..offset + 2 * length])
    }

    pub(crate) fn observe(&mut self, now: &Observables) {
        for (at, codes) in [&now.rate, &now.membrane, &now.error].into_iter().enumerate() {
            self.memory.observed_mut(at).copy_from_slice(&bytes(codes));
        }
        self.set(Window::SentR, 0, &now.sent_rate);
        self.set(Window::SentE, 0, &now.sent_error);
    }

    fn element(&self) -> usize {
        if self.weight_bits > 8 { 2 } else { 1 }
    }

    pub(crate) fn set_weights(&mut self, window: Window, weights: &[i16]) {
        let (columns, stride) = (index(self.layout.columns), index(self.layout.stride()));
        for (row, words) in weights.chunks_exact(columns).enumerate() {
            let data = if self.element() == 2 {
                bytes(words)
            } else {
                words.iter().map(|word| word.to_le_bytes()[0]).collect()
            };
            self.memory.window_mut(window)[row * stride..][..data.len()].copy_from_slice(&data);
        }
    }

    pub(crate) fn weights(&self, window: Window) -> Vec<i16> {
        let (columns, stride) = (index(self.layout.columns), index(self.layout.stride()));
        let rows = self.memory.window(window).chunks_exact(stride);
        rows.flat_map(|row| {
            let row = &row[..columns * self.element()];
            if self.element() == 2 {
                words(row)
            } else {
                row.iter().map(|byte| i16::from(byte.cast_signed())).collect()
            }
        })
        .collect()
    }

    /// Words of data memory of `bits` bits.
    pub(crate) fn data(&self, address: u32, length: usize, bits: u32) -> Vec<i64> {
        let width = index(bits / 8);
        let raw = self.processor.bytes(address, count(length * width));
        let word = |chunk: &[u8]| match chunk {
            [a] => i64::from(a.cast_signed()),
            [a, b] => i64::from(i16::from_le_bytes([*a, *b])),
            chunk => i64::from(i32::from_le_bytes(chunk.try_into().unwrap())),
        };
        raw.chunks_exact(width).map(word).collect()
    }

    /// Everything that a step of a core brings.
    pub(crate) fn load(&mut self, core: &Core) {
        self.observe(&core.now);
        self.set_weights(Window::WeightsSoma, &core.somatic.weight);
        self.set_weights(Window::WeightsApical, &core.apical.weight);
        self.set(Window::RowsSoma, 0, &core.somatic.codes);
        self.set(Window::RowsApical, 0, &core.apical.codes);
        self.set(Window::Injection, 0, &core.injection);
        self.set(Window::Mailbox, 0, &core.target);
        self.set(Window::Parameters, 4 * 0x1_0000, &core.tau);
    }
}

fn observables(source: &mut Source, columns: usize) -> Observables {
    Observables {
        rate: source.vector(columns),
        membrane: source.vector(columns),
        error: source.vector(columns),
        sent_rate: source.vector(columns),
        sent_error: source.vector(columns),
    }
}

/// A core with random weights and registers; its past is silent, as at reset.
pub(crate) fn core(program: &Program, layout: &Layout, source: &mut Source) -> Core {
    let (columns, rows) = (index(layout.columns), index(layout.rows));
    let has_momentum = program.assignment(Target::Momentum).is_some();
    let array = |source: &mut Source| Array {
        weight: source.weights(rows * columns, program.weight_bits),
        momentum: vec![0; if has_momentum { rows * columns } else { 0 }],
        codes: source.vector(rows),
    };
    let silent = || vec![0; columns];
    Core {
        columns,
        somatic: array(source),
        apical: array(source),
        now: observables(source, columns),
        past_rate: [silent(), silent()],
        past_sent: [silent(), silent()],
        past_membrane: silent(),
        injection: source.vector(columns),
        target: source.vector(columns),
        tau: source.vector(columns),
        owed: false,
    }
}

/// New signals for the next step.
pub(crate) fn next(core: &mut Core, source: &mut Source) {
    core.now = observables(source, core.columns);
    core.somatic.codes = source.vector(core.somatic.codes.len());
    core.apical.codes = source.vector(core.apical.codes.len());
    core.target = source.vector(core.columns);
}
