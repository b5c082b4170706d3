//! One step of some replicas: latch, inject, evaluate, send.

use leadlag_circuits::{Held, LANES, Membranes, apical_drive, code, soma_drive, speak};
use leadlag_fixed::{index, low_quarter};
use leadlag_image::{Compartment, Loss, Source};
use leadlag_plasticity::{cross_entropy, squared_error};

use crate::cycle::Clock;
use crate::emulator::Drives;
use crate::firmware::Shown;
use crate::plan::{CorePlan, Link, Plan, SidePlan, SpikePlan, TeachPlan};
use crate::state::{ArrayState, CoreState, ShardState, SideState};
use crate::stimulus::{Stimulus, Targets};
use crate::synapses::{Buffers, Synapses, column_currents};
use crate::trim::TrimState;

/// Wires between the circuits of a core within a step. Not state.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    drive: Vec<i32>,
    buffers: Buffers,
    codes: Vec<i16>,
    injected: Vec<i16>,
}

/// Where a step stands in its block.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) stimulus: &'a Stimulus<'a>,
    /// All replicas, of which a shard holds some.
    pub(crate) replicas: usize,
    /// Step within the block.
    pub(crate) step: usize,
    /// Where codes land; none: in the rows, as soon as they are sent.
    pub(crate) clock: Option<&'a Clock>,
    /// Cores whose clock has stopped; empty: none.
    pub(crate) dead: &'a [bool],
}

impl Moment<'_> {
    fn is_dead(&self, core: usize) -> bool {
        self.dead.get(core).copied().unwrap_or(false)
    }
}

impl ShardState {
    /// Latch: the codes sent in the step before, and the host's inputs, become row registers.
    pub(crate) fn latch(&mut self, moment: Moment<'_>) {
        for at in (0..self.cores.len()).filter(|at| !moment.is_dead(*at)) {
            for compartment in Compartment::ALL {
                let side = moment.plan.cores[at].side(compartment);
                for link in &side.links {
                    self.latch_link(moment, (at, compartment), side, link);
                }
            }
        }
    }

    fn latch_link(
        &mut self,
        moment: Moment<'_>,
        (at, compartment): (usize, Compartment),
        side: &SidePlan,
        link: &Link,
    ) {
        let (from, stride) = match link.source {
            Source::Constant => return,
            Source::Input { input, from } => {
                let before: usize = moment.plan.lines[..index(input)].iter().sum();
                (before + index(from), moment.plan.line_count())
            }
            Source::Core { core, from } => (index(from), moment.plan.cores[index(core)].width),
        };
        let mut rows = std::mem::take(self.rows_mut(at, compartment));
        if let (Some(clock), Source::Core { .. }) = (moment.clock, link.source) {
            for (replica, rows) in rows.chunks_exact_mut(side.shape.rows).enumerate() {
                let landed = clock.rows(at, compartment, self.first + replica);
                let place = link.first..link.first + link.rows;
                for (row, &code) in rows[place.clone()].iter_mut().zip(&landed[place]) {
                    *row = code << link.shift;
                }
            }
            *self.rows_mut(at, compartment) = rows;
            return;
        }
        let codes = match link.source {
            Source::Constant => return,
            Source::Input { .. } => {
                let first = (moment.step * moment.replicas + self.first) * stride;
                &moment.stimulus.codes[first..first + self.replicas * stride]
            }
            Source::Core { core, .. } => &self.cores[index(core)].side(compartment).sent[..],
        };
        for (rows, codes) in rows.chunks_exact_mut(side.shape.rows).zip(codes.chunks_exact(stride))
        {
            let (rows, codes) = (&mut rows[link.first..][..link.rows], &codes[from..][..link.rows]);
            if link.shift == 0 {
                rows.copy_from_slice(codes);
            } else {
                for (row, &code) in rows.iter_mut().zip(codes) {
                    *row = code << link.shift;
                }
            }
        }
        *self.rows_mut(at, compartment) = rows;
    }

    fn rows_mut(&mut self, core: usize, compartment: Compartment) -> &mut Vec<i16> {
        &mut self.cores[core].side_mut(compartment).rows
    }

    /// Rows wired to the constant full-scale code, which the latch leaves alone.
    pub(crate) fn wire_constants(&mut self, plan: &Plan, code: i16) {
        for (core, at) in plan.cores.iter().zip(0..) {
            for compartment in Compartment::ALL {
                let side = core.side(compartment);
                for link in side.links.iter().filter(|link| link.source == Source::Constant) {
                    for rows in self.rows_mut(at, compartment).chunks_exact_mut(side.shape.rows) {
                        rows[link.first..][..link.rows].fill(code << link.shift);
                    }
                }
            }
        }
    }

    /// Writes the injection registers of the taught cores and notes the outputs: both from the rates
    /// before this step, as the column converters show them. The cores in `own` keep what their
    /// programs wrote.
    pub(crate) fn inject(
        &mut self,
        moment: Moment<'_>,
        scratch: &mut Scratch,
        record: &mut [i16],
        own: &[usize],
    ) {
        for (at, (plan, core)) in moment.plan.cores.iter().zip(&mut self.cores).enumerate() {
            let Some(teach) = &plan.teach else { continue };
            for replica in 0..self.replicas {
                convert(plan, core, replica, &mut scratch.codes);
                let start = (replica * moment.stimulus.steps + moment.step) * moment.plan.outputs
                    + teach.first;
                record[start..start + plan.columns].copy_from_slice(&scratch.codes);
                if own.contains(&at) || moment.is_dead(at) {
                    continue;
                }
                scratch.injected.clear();
                scratch.injected.resize(plan.columns, 0);
                errors(moment, teach, self.first + replica, scratch);
                let registers = &mut core.injection[replica * plan.width..][..plan.columns];
                for (register, &code) in registers.iter_mut().zip(&scratch.injected) {
                    *register = i32::from(code) << teach.code_shift;
                }
            }
        }
    }

    /// Evaluate and send, for every core of every replica of the shard. Drives are kept for the cores
    /// that `drives` has a place for.
    pub(crate) fn evaluate<'a>(
        &mut self,
        moment: Moment<'_>,
        array: impl Fn(usize) -> std::sync::RwLockReadGuard<'a, ArrayState>,
        trim: impl Fn(usize) -> std::sync::RwLockReadGuard<'a, TrimState>,
        scratch: &mut Scratch,
        drives: &mut [Drives],
    ) {
        let synapses = moment.plan.synapses;
        let cores = moment.plan.cores.iter().zip(&mut self.cores).enumerate();
        for (at, (plan, core)) in cores.filter(|(at, _)| !moment.is_dead(*at)) {
            let mut kept = drives.get_mut(at);
            let trim = trim(at);
            let wired = (plan, synapses, &*trim);
            evaluate_apical(wired, core, &array(2 * at + 1), scratch);
            if let Some([_, apical]) = kept.as_deref_mut() {
                apical.clone_from(&scratch.drive);
            }
            evaluate_soma(wired, core, &array(2 * at), scratch);
            if let Some([soma, _]) = kept {
                soma.clone_from(&scratch.drive);
            }
            core.counters.steps += u64::try_from(self.replicas).unwrap_or(0);
        }
    }
}

/// The converter's view of a replica's rates, as fractions with 15 fractional bits.
fn convert(plan: &CorePlan, core: &CoreState, replica: usize, codes: &mut Vec<i16>) {
    let format = plan.soma.adc;
    let rates = &core.rate[replica * plan.width..][..plan.columns];
    codes.clear();
    codes.extend(
        rates.iter().map(|&rate| code(rate, format.shift, format.bits).0 << (16 - format.bits)),
    );
}

/// Injection codes of one replica of a taught core; zero where there is no target.
fn errors(moment: Moment<'_>, teach: &TeachPlan, replica: usize, scratch: &mut Scratch) {
    let Scratch { codes, injected, .. } = scratch;
    match (teach.loss, moment.stimulus.targets) {
        (Loss::CrossEntropy, Targets::Class(classes)) => {
            let label = index(classes[replica]).wrapping_sub(teach.first);
            cross_entropy(codes, teach.rate_scale, label, teach.to_code, injected);
        }
        (Loss::SquaredError, Targets::Class(classes)) => {
            let label = index(classes[replica]).wrapping_sub(teach.first);
            let target = one_hot(codes.len(), label, teach.rate_scale);
            squared_error(codes, &target, teach.to_code, injected);
        }
        (Loss::SquaredError, Targets::Codes { codes: targets, present })
            if present.get(moment.step) != Some(&false) =>
        {
            let at = (moment.step * moment.replicas + replica) * moment.plan.outputs + teach.first;
            squared_error(codes, &targets[at..], teach.to_code, injected);
        }
        (_, Targets::None | Targets::Codes { .. }) => {}
    }
}

/// The rate 1 at the label, 0 elsewhere.
fn one_hot(outputs: usize, label: usize, scale: i32) -> Vec<i16> {
    (0..outputs).map(|output| if output == label { one(scale) } else { 0 }).collect()
}

/// The target of a step as the host shows it to the program of a taught core.
pub(crate) fn shown(moment: Moment<'_>, teach: &TeachPlan, columns: usize) -> Shown {
    let none = Shown { label: -1, target: vec![0; columns] };
    match (teach.loss, moment.stimulus.targets) {
        (loss, Targets::Class(classes)) => {
            let label = index(classes[0]).wrapping_sub(teach.first);
            let target = match loss {
                Loss::SquaredError => one_hot(columns, label, teach.rate_scale),
                Loss::CrossEntropy => none.target,
            };
            // A label on another core is not that of an output here, but a target it is.
            let most = i32::from(i16::MAX);
            Shown { label: i32::try_from(label).unwrap_or(most).min(most), target }
        }
        (Loss::SquaredError, Targets::Codes { codes, present })
            if present.get(moment.step) != Some(&false) =>
        {
            let at = moment.step * moment.plan.outputs + teach.first;
            Shown { label: 0, target: codes[at..][..columns].to_vec() }
        }
        (_, Targets::None | Targets::Codes { .. }) => none,
    }
}

/// The rate 1 as a fraction of full scale, held at the word.
fn one(scale: i32) -> i16 {
    low_quarter(if scale > 0 { 1 << (15 - scale.min(15)) } else { 32_767 })
}

/// The apical compartments: drive `phi' * (gain*I + injection)`, with phi' of the step before.
fn evaluate_apical(
    (plan, synapses, trim): (&CorePlan, Synapses, &TrimState),
    core: &mut CoreState,
    array: &ArrayState,
    scratch: &mut Scratch,
) {
    let side = &mut core.apical;
    scratch.drive.resize(side.lagged.len(), 0);
    let wires = (&mut scratch.buffers, &mut scratch.drive[..]);
    let active = column_currents(&plan.apical, synapses, side, array, wires);
    core.counters.apical.synaptic_events += active * columns(plan);
    trim.apply(Compartment::Apical, &mut scratch.drive);
    apical_drive(&core.injection, &core.slope, plan.slope_fraction, &mut scratch.drive);
    let bank = trim.bank(plan, Compartment::Apical);
    let held = bank.tick(&scratch.drive, &mut side.lagged, &mut side.prospective);
    let spoken =
        speak(&side.prospective, plan.apical.sender, (plan.columns, plan.width), &mut side.sent);
    core.counters.apical.note(held, spoken);
    convert_side(&plan.apical, plan, side, None);
}

/// The somas: drive `gain*I + gamma*e` with the error of this step; then phi and phi'.
fn evaluate_soma(
    (plan, synapses, trim): (&CorePlan, Synapses, &TrimState),
    core: &mut CoreState,
    array: &ArrayState,
    scratch: &mut Scratch,
) {
    let [last, before] = &mut core.past;
    std::mem::swap(last, before);
    let own = if core.soma.converted.is_empty() { &core.soma.sent } else { &core.soma.converted };
    last.copy_from_slice(own);
    let side = &mut core.soma;
    scratch.drive.resize(side.lagged.len(), 0);
    let wires = (&mut scratch.buffers, &mut scratch.drive[..]);
    let active = column_currents(&plan.soma, synapses, side, array, wires);
    core.counters.soma.synaptic_events += active * columns(plan);
    let held = match &plan.spike {
        Some(spike) => integrate(spike, core, &mut scratch.drive),
        None => follow((plan, trim), core, &mut scratch.drive),
    };
    let side = &mut core.soma;
    let spoken = speak(&core.rate, plan.soma.sender, (plan.columns, plan.width), &mut side.sent);
    core.counters.soma.note(held, spoken);
    convert_side(&plan.soma, plan, side, Some(&core.rate));
    debug_assert!(side.lagged.len().is_multiple_of(LANES), "columns are padded");
}

/// Columns in use: what an active row drives.
fn columns(plan: &CorePlan) -> u64 {
    u64::from(leadlag_fixed::count(plan.columns))
}

/// The rate stage: the compartment, then phi and phi'.
fn follow((plan, trim): (&CorePlan, &TrimState), core: &mut CoreState, drive: &mut [i32]) -> Held {
    trim.apply(Compartment::Soma, drive);
    if plan.gamma != 0 {
        soma_drive(&core.apical.prospective, plan.gamma, drive);
    }
    let side = &mut core.soma;
    let held =
        trim.bank(plan, Compartment::Soma).tick(drive, &mut side.lagged, &mut side.prospective);
    plan.activation.look_up(&side.prospective, &mut core.rate, &mut core.slope);
    for rates in core.rate.chunks_exact_mut(plan.width) {
        rates[plan.columns..].fill(0);
    }
    convert_membrane(plan, core);
    held
}

/// The membranes as their converter shows them, for the rule of the time constants.
fn convert_membrane(plan: &CorePlan, core: &mut CoreState) {
    let [now, before] = &mut core.membrane;
    std::mem::swap(now, before);
    let adc = plan.membrane;
    for (code, &value) in now.iter_mut().zip(&core.soma.lagged) {
        *code = leadlag_circuits::code(value, adc.shift, adc.bits).0;
    }
}

/// The spiking stage, on counted sums. The slope stays 0: no error passes.
fn integrate(plan: &SpikePlan, core: &mut CoreState, drive: &mut [i32]) -> Held {
    plan.count.all(drive);
    let mut membranes = Membranes {
        value: &mut core.soma.lagged,
        pause: &mut core.pause,
        before: &mut core.soma.prospective,
        code: &mut core.rate,
    };
    let volley = plan.bank.tick(drive, &mut membranes);
    core.counters.spikes += volley.spikes;
    volley.held
}

/// Column conversion of the signal that the plasticity unit multiplies, where it reads converters.
fn convert_side(plan: &SidePlan, core: &CorePlan, side: &mut SideState, rate: Option<&[i32]>) {
    if !side.converted.is_empty() {
        let signal = rate.unwrap_or(&side.prospective);
        speak(signal, plan.adc, (core.columns, core.width), &mut side.converted);
    }
}
