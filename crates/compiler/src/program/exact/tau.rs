//! The rule of the time constants as a program: `leadlag_plasticity::learn_tau`, bit for bit.
//!
//! It is the row of an array whose codes differ from column to column: the product of error and
//! membrane in place of that of error and row, and the trim code in place of the weight.

use leadlag_plasticity::language::Mode;
use leadlag_plasticity::{FINE, Rule};

use super::super::lanes::{Emit, Full};
use super::super::listing::{Line, Port, Strip};
use super::super::map::{self, Layout, Location};
use super::super::registers::Group;
use super::super::section::{Section, constant, point};
use super::{Builder, Lesson, Own, Signal};
use leadlag_plasticity::language::ArrayName;

/// Stream of the draws.
const STREAM: u32 = 3;

/// How the time constants of a core learn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TauLesson {
    /// Bits from the product of two 16-bit fractions to the word `g`: at most 31.
    pub drop: u32,
    /// The least trim code.
    pub least: u16,
}

/// The section of the time constants, with the widest strips that the registers allow.
pub(crate) fn section(lesson: &Lesson, tau: TauLesson, layout: &Layout) -> Emit<Section> {
    let mut full = Full::Vector;
    for ratio in [4, 8, 16, 32] {
        let builder = Builder::new(lesson, layout, ArrayName::Somatic, ratio);
        match (Builder { name: "tau", ..builder }).time_constants(tau) {
            Ok(section) => return Ok(section),
            Err(kind) => full = kind,
        }
    }
    Err(full)
}

impl Builder<'_> {
    fn time_constants(mut self, tau: TauLesson) -> Emit<Section> {
        let setup = &mut self.setup;
        constant(setup, "t3", (1 << FINE) - 1);
        constant(setup, "t4", 1 << 15);
        constant(setup, "t5", u32::from(tau.least));
        self.family();
        self.stream(STREAM);
        let setup = &mut self.setup;
        constant(setup, "t0", map::PARAMS);
        let place = 4 * self.lesson.tau_word();
        setup.push(Line::new("lw", format!("a7, {place}(t0)")).says("learning rate").into());
        setup.push(Line::new("srai", "a5, a7, 8").into());
        setup.push(Line::new("andi", "a7, a7, 31").into());
        if self.strips() > 1 {
            self.lanes.start("t1", "s1", 16, Strip::Left);
        } else {
            constant(&mut self.lanes.items, "t0", self.layout.columns);
            self.lanes.start("t1", "t0", 16, Strip::Fixed(self.layout.columns));
        }
        self.lanes.rounding(Mode::NearestUp);
        let g = self.motion(tau)?;
        self.pointer("ra", map::DATA + self.state.tau_mean, 16);
        self.pointer("gp", map::DATA + self.state.tau_magnitude, 16);
        if self.lesson.carries() {
            self.pointer("tp", map::DATA + self.state.tau_fraction, 16);
        }
        let draws = if self.lesson.draws() {
            self.pointer("a2", map::RANDOM, 16);
            Some(self.lanes.load(16, "a2", Port::Plain, "draws")?)
        } else {
            None
        };
        let signal = self.signal(g, draws)?;
        let step = self.lifted(signal)?;
        let code = self.vector(Location::At(map::TAU_M), "tau_m code")?;
        self.paced(step, code)?;
        self.rounded(step, draws, "tp")?;
        self.at(16, 32, "vwadd.wv", format!("{step}, {step}, {code}"));
        self.at(16, 32, "vnclip.wi", format!("{code}, {step}, 0"));
        self.at(16, 16, "vmax.vx", format!("{code}, {code}, t5"));
        self.says("not below the least");
        self.free(step);
        self.pointer("t0", map::TAU_M, 16);
        self.lanes.store(16, code, "t0", Port::Plain, "tau_m code");
        self.free(code);
        self.lanes.width(16);
        Ok(self.close())
    }

    /// A vector over the columns of the strip.
    fn vector(&mut self, from: Location, says: &str) -> Emit<Group> {
        point(&mut self.lanes.items, "t0", from);
        self.offset("t0", 16);
        self.lanes.width(16);
        self.lanes.load(16, "t0", Port::Plain, says)
    }

    /// `g`: error times what the membrane moved, negative.
    fn motion(&mut self, tau: TauLesson) -> Emit<Group> {
        let error = match self.lesson.own {
            Own::Sent => map::SENT_ERROR,
            Own::Converted => map::ADC_ERROR,
        };
        let error = self.vector(Location::At(error), "e")?;
        let before = self.vector(Location::At(map::DATA + self.state.membrane), "u before")?;
        let now = self.vector(Location::At(map::ADC_MEMBRANE), "u")?;
        self.at(16, 16, "vssub.vv", format!("{before}, {before}, {now}"));
        self.says("- du");
        self.free(now);
        let product = self.lanes.take(32)?;
        self.at(16, 32, "vwmul.vv", format!("{product}, {error}, {before}"));
        self.free(error);
        self.free(before);
        let g = self.lanes.registers.halve(product);
        self.at(16, 32, "vnclip.wi", format!("{g}, {product}, {}", tau.drop));
        self.says("g");
        Ok(g)
    }

    /// The step that the learning rate makes of a signal, in `tau/dt`.
    fn lifted(&mut self, signal: Signal) -> Emit<Group> {
        let step = self.rated(signal)?;
        if let Rule::Normalised { .. } = self.lesson.rule {
            let lift = self.lesson.rule.tau_lift();
            self.at(32, 32, "vsll.vi", format!("{step}, {step}, {lift}"));
        }
        Ok(step)
    }

    /// From a step in `tau/dt` to one of the code: times the square of `dt/tau`.
    fn paced(&mut self, step: Group, code: Group) -> Emit<()> {
        let held = self.lanes.take(16)?;
        self.at(16, 16, "vmax.vx", format!("{held}, {code}, zero"));
        let pace = self.lanes.take(32)?;
        self.at(32, 32, "vsext.vf2", format!("{pace}, {held}"));
        self.free(held);
        self.at(32, 32, "vrsub.vx", format!("{pace}, {pace}, t4"));
        self.says("dt/tau");
        self.at(32, 32, "vmul.vv", format!("{pace}, {pace}, {pace}"));
        self.at(32, 32, "vsll.vi", format!("{pace}, {pace}, 1"));
        self.at(32, 32, "vmulhsu.vv", format!("{step}, {step}, {pace}"));
        self.free(pace);
        self.at(32, 32, "vssra.vi", format!("{step}, {step}, 1"));
        self.says("in fine units of the code");
        Ok(())
    }
}
