//! The integer knobs of a chip: one row each, for the description, the image and the manual.

use crate::{Chip, Mode, Preset};

/// What an integer must be besides lying in its range.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Grid {
    /// Nothing more.
    Any,
    /// A multiple of 32.
    Of32,
    /// A power of two.
    PowerOfTwo,
}

/// How the description states the integer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Form {
    /// As an integer.
    Integer,
    /// As a text with a unit of frequency; the integer is in hertz.
    Frequency,
    /// As a truth value; the integer is 0 or 1.
    Truth,
    /// As one of these texts; the integer is its place.
    Choice(&'static [&'static str]),
}

/// One integer knob.
#[derive(Debug)]
pub(crate) struct Knob {
    /// Its path in the description.
    pub(crate) key: &'static str,
    /// Its path below `chip` in an image's text form.
    pub(crate) field: &'static str,
    /// Smallest and largest value.
    pub(crate) range: (u64, u64),
    /// Which of them.
    pub(crate) grid: Grid,
    /// How the description states it.
    pub(crate) form: Form,
    /// Reads it.
    pub(crate) get: fn(&Chip) -> u64,
    /// Writes it; a value within the range fits.
    pub(crate) put: fn(&mut Chip, u64),
}

impl Knob {
    const fn new(
        key: &'static str,
        range: (u64, u64),
        get: fn(&Chip) -> u64,
        put: fn(&mut Chip, u64),
    ) -> Self {
        Self { key, field: key, range, grid: Grid::Any, form: Form::Integer, get, put }
    }

    const fn truth(key: &'static str, get: fn(&Chip) -> u64, put: fn(&mut Chip, u64)) -> Self {
        Self::new(key, (0, 1), get, put).form(Form::Truth)
    }

    /// A knob with at least one choice.
    const fn choice(
        key: &'static str,
        choices: &'static [&'static str],
        get: fn(&Chip) -> u64,
        put: fn(&mut Chip, u64),
    ) -> Self {
        Self::new(key, (0, u64::MAX), get, put).form(Form::Choice(choices))
    }

    const fn field(mut self, field: &'static str) -> Self {
        self.field = field;
        self
    }

    const fn grid(mut self, grid: Grid) -> Self {
        self.grid = grid;
        self
    }

    const fn form(mut self, form: Form) -> Self {
        self.form = form;
        self
    }

    /// Whether the hardware can be built with this value.
    pub(crate) fn allows(&self, value: u64) -> bool {
        let (low, high) = self.range;
        let on_grid = match self.grid {
            Grid::Any => true,
            Grid::Of32 => value.is_multiple_of(32),
            Grid::PowerOfTwo => value.is_power_of_two(),
        };
        let is_choice = match self.form {
            Form::Choice(choices) => choices.len() > usize::try_from(value).unwrap_or(usize::MAX),
            Form::Integer | Form::Frequency | Form::Truth => true,
        };
        on_grid && is_choice && (low..=high).contains(&value)
    }

    /// The allowed values in words.
    pub(crate) fn allowed(&self) -> String {
        let (low, high) = self.range;
        match (self.form, self.grid) {
            (Form::Truth, _) => "`true` and `false`".to_owned(),
            (Form::Choice(choices), _) => format!("`{}`", choices.join("`, `")),
            (Form::Frequency, _) => format!("frequencies of {low}..={high} Hz"),
            (_, Grid::Any) => format!("integers {low}..={high}"),
            (_, Grid::Of32) => format!("multiples of 32 in {low}..={high}"),
            (_, Grid::PowerOfTwo) => format!("powers of two in {low}..={high}"),
        }
    }
}

/// Every integer knob, in the order of the description.
pub(crate) static KNOBS: [Knob; 38] = [
    Knob::new("mesh[0]", (1, 64), |c| c.mesh_x.into(), |c, v| c.mesh_x = narrow(v)).field("mesh_x"),
    Knob::new("mesh[1]", (1, 64), |c| c.mesh_y.into(), |c, v| c.mesh_y = narrow(v)).field("mesh_y"),
    Knob::new("grid[0]", (1, 16), |c| c.grid_x.into(), |c, v| c.grid_x = narrow(v)).field("grid_x"),
    Knob::new("grid[1]", (1, 16), |c| c.grid_y.into(), |c, v| c.grid_y = narrow(v)).field("grid_y"),
    Knob::new("neurons", (32, 4096), |c| c.neurons.into(), |c, v| c.neurons = narrow(v))
        .grid(Grid::Of32),
    Knob::new("rows", (1, 4096), |c| c.rows.into(), |c, v| c.rows = narrow(v)),
    Knob::new("weight_bits", (2, 16), |c| c.weight_bits.into(), |c, v| c.weight_bits = narrow(v)),
    Knob::new("dac_bits", (1, 16), |c| c.dac_bits.into(), |c, v| c.dac_bits = narrow(v)),
    Knob::new(
        "payload_bits",
        (2, 16),
        |c| c.payload_bits.into(),
        |c, v| c.payload_bits = narrow(v),
    ),
    Knob::new(
        "row_shift_max",
        (0, 8),
        |c| c.row_shift_max.into(),
        |c, v| c.row_shift_max = narrow(v),
    ),
    Knob::new(
        "table_segments",
        (2, 10),
        |c| c.table_segments.into(),
        |c, v| c.table_segments = narrow(v),
    ),
    Knob::new("rails", (1, 32), |c| c.rails.into(), |c, v| c.rails = narrow(v))
        .grid(Grid::PowerOfTwo),
    Knob::new("clock", (1_000_000, 10_000_000_000), |c| c.clock_hz, |c, v| c.clock_hz = v)
        .field("clock_hz")
        .form(Form::Frequency),
    Knob::new("cycles_per_step", (1, 1 << 32), |c| c.cycles_per_step, |c, v| c.cycles_per_step = v),
    Knob::new(
        "barrier_cycles",
        (1, 1024),
        |c| c.barrier_cycles.into(),
        |c, v| c.barrier_cycles = narrow(v),
    ),
    Knob::new(
        "setup_cycles",
        (2, 1024),
        |c| c.setup_cycles.into(),
        |c, v| c.setup_cycles = narrow(v),
    ),
    Knob::choice(
        "mode",
        &["barrier", "free-running"],
        |c| u64::from(c.mode == Mode::FreeRunning),
        |c, v| c.mode = if v == 0 { Mode::Barrier } else { Mode::FreeRunning },
    ),
    Knob::truth(
        "wait_for_plasticity",
        |c| c.wait_for_plasticity.into(),
        |c, v| c.wait_for_plasticity = v == 1,
    ),
    Knob::new("adc.bits", (2, 16), |c| c.adc.bits.into(), |c, v| c.adc.bits = narrow(v)),
    Knob::new("adc.cycles", (1, 1 << 20), |c| c.adc.cycles.into(), |c, v| c.adc.cycles = narrow(v)),
    Knob::choice(
        "fabric.preset",
        &["P", "S", "L", "N", "I"],
        |c| PRESETS.into_iter().zip(0..).find(|(p, _)| *p == c.fabric.preset).map_or(0, |(_, v)| v),
        |c, v| {
            c.fabric.preset =
                PRESETS.into_iter().zip(0..).find(|(_, at)| *at == v).map_or(Preset::P, |(p, _)| p);
        },
    ),
    Knob::new(
        "fabric.channels",
        (1, 6),
        |c| c.fabric.channels.into(),
        |c, v| c.fabric.channels = narrow(v),
    ),
    Knob::new(
        "fabric.buffer",
        (2, 32),
        |c| c.fabric.buffer.into(),
        |c, v| c.fabric.buffer = narrow(v),
    ),
    Knob::truth(
        "fabric.multicast",
        |c| c.fabric.multicast.into(),
        |c, v| c.fabric.multicast = v == 1,
    ),
    Knob::new(
        "fabric.drop_after",
        (0, 1 << 20),
        |c| c.fabric.drop_after.into(),
        |c, v| c.fabric.drop_after = narrow(v),
    ),
    Knob::new(
        "fabric.table_entries",
        (1, 1 << 16),
        |c| c.fabric.table_entries.into(),
        |c, v| c.fabric.table_entries = narrow(v),
    ),
    Knob::new(
        "fabric.sender_entries",
        (1, 64),
        |c| c.fabric.sender_entries.into(),
        |c, v| c.fabric.sender_entries = narrow(v),
    ),
    Knob::new(
        "link.latency",
        (16, 1000),
        |c| c.link.latency.into(),
        |c, v| c.link.latency = narrow(v),
    ),
    Knob::new(
        "link.interval",
        (1, 16),
        |c| c.link.interval.into(),
        |c, v| c.link.interval = narrow(v),
    ),
    Knob::new("link.buffer", (2, 32), |c| c.link.buffer.into(), |c, v| c.link.buffer = narrow(v)),
    Knob::new("ppu.vlen", (128, 512), |c| c.ppu.vlen.into(), |c, v| c.ppu.vlen = narrow(v))
        .grid(Grid::PowerOfTwo),
    Knob::new("ppu.isram", (1024, 1 << 20), |c| c.ppu.isram.into(), |c, v| c.ppu.isram = narrow(v))
        .grid(Grid::Of32),
    Knob::new("ppu.dsram", (1024, 1 << 20), |c| c.ppu.dsram.into(), |c, v| c.ppu.dsram = narrow(v))
        .grid(Grid::Of32),
    Knob::new("ppu.dw", (32, 4096), |c| c.ppu.dw.into(), |c, v| c.ppu.dw = narrow(v))
        .grid(Grid::PowerOfTwo),
    Knob::new("ppu.pw", (32, 4096), |c| c.ppu.pw.into(), |c, v| c.ppu.pw = narrow(v))
        .grid(Grid::PowerOfTwo),
    Knob::new("ppu.rs", (0, 1024), |c| c.ppu.rs.into(), |c, v| c.ppu.rs = narrow(v)),
    Knob::new("ppu.ws", (0, 1024), |c| c.ppu.ws.into(), |c, v| c.ppu.ws = narrow(v)),
    Knob::new("ppu.max_cycles", (1, 1 << 40), |c| c.ppu.max_cycles, |c, v| c.ppu.max_cycles = v),
];

const PRESETS: [Preset; 5] = [Preset::P, Preset::S, Preset::L, Preset::N, Preset::I];

/// Every knob of this width has a range far below the type's.
fn narrow(value: u64) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}
