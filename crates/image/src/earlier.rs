//! Images of earlier format versions: 4, which had no plasticity unit in the chip's description (every unit
//! was that of `ll1` then), and 5, in which all populations learnt at one rate.
//!
//! The payload is the same fields in the same order, so these structs list them and nothing more.

use serde::Deserialize;

use crate::container::{Reader, read_as};
use crate::firmware::Firmware;
use crate::{
    Adc, Chip, Core, Fabric, Image, Input, Learning, Link, Mode, Population, Ppu, Ratio, Recipe,
    Solver, Teaching,
};

/// The versions and what reads them.
pub(crate) const READERS: [(u16, Reader<Image>); 2] =
    [(4, read_as::<Earlier<Chip4>, Image>), (5, read_as::<Earlier<Chip>, Image>)];

/// An image.
#[derive(Deserialize)]
struct Earlier<C> {
    name: String,
    chip: C,
    inputs: Vec<Input>,
    populations: Vec<Population5>,
    teaching: Option<Teaching>,
    learning: Option<Learning>,
    cores: Vec<Core>,
    recipe: Option<Recipe>,
    firmware: Option<Firmware>,
}

/// A population.
#[derive(Deserialize)]
struct Population5 {
    name: String,
    size: u32,
    cores: Vec<u32>,
}

/// A chip.
#[derive(Deserialize)]
struct Chip4 {
    name: String,
    mesh_x: u32,
    mesh_y: u32,
    grid_x: u32,
    grid_y: u32,
    neurons: u32,
    rows: u32,
    weight_bits: u32,
    dac_bits: u32,
    payload_bits: u32,
    row_shift_max: u32,
    table_segments: u32,
    adc: Adc,
    rails: u32,
    solver: Solver,
    clock_hz: u64,
    cycles_per_step: u64,
    barrier_cycles: u32,
    setup_cycles: u32,
    mode: Mode,
    wait_for_plasticity: bool,
    fabric: Fabric,
    link: Link,
}

impl<C: Into<Chip>> From<Earlier<C>> for Image {
    fn from(old: Earlier<C>) -> Self {
        let Earlier { name, inputs, teaching, learning, cores, recipe, firmware, .. } = old;
        let (chip, populations) = (old.chip.into(), old.populations);
        let populations = populations.into_iter().map(Into::into).collect();
        Self { name, chip, inputs, populations, teaching, learning, cores, recipe, firmware }
    }
}

impl From<Population5> for Population {
    fn from(old: Population5) -> Self {
        Self { name: old.name, size: old.size, cores: old.cores, eta_factor: Ratio::ONE }
    }
}

impl From<Chip4> for Chip {
    fn from(old: Chip4) -> Self {
        Self {
            name: old.name,
            mesh_x: old.mesh_x,
            mesh_y: old.mesh_y,
            grid_x: old.grid_x,
            grid_y: old.grid_y,
            neurons: old.neurons,
            rows: old.rows,
            weight_bits: old.weight_bits,
            dac_bits: old.dac_bits,
            payload_bits: old.payload_bits,
            row_shift_max: old.row_shift_max,
            table_segments: old.table_segments,
            adc: old.adc,
            rails: old.rails,
            solver: old.solver,
            clock_hz: old.clock_hz,
            cycles_per_step: old.cycles_per_step,
            barrier_cycles: old.barrier_cycles,
            setup_cycles: old.setup_cycles,
            mode: old.mode,
            wait_for_plasticity: old.wait_for_plasticity,
            fabric: old.fabric,
            link: old.link,
            ppu: Ppu::LL1,
        }
    }
}
