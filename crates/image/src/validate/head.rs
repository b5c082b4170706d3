//! Checks of everything above the cores: chip, inputs, populations, teaching, learning.

use super::finding::Check;
use crate::knobs::KNOBS;
use crate::{Learning, Loss, Population, Recipe, Rule, Teaching, description};
use bitvec::{bitvec, slice::BitSlice};

/// Largest number of lines of an input bundle, and of neurons of a population.
const SIZE: i64 = 1 << 24;

pub(super) fn check(check: &mut Check) {
    chip(check);
    inputs(check);
    populations(check);
    if let Some(teaching) = check.image.teaching {
        self::teaching(check, teaching);
    }
    if let Some(learning) = &check.image.learning {
        self::learning(check, learning);
    }
    if let Some(recipe) = &check.image.recipe {
        self::recipe(check, recipe);
    }
}

/// The two forms of an image must hold the same text.
fn recipe(check: &mut Check, recipe: &Recipe) {
    let network = &recipe.network;
    if recipe.seed > i64::MAX.unsigned_abs() {
        let message = format!("`recipe.seed` is {}; at most {} is allowed", recipe.seed, i64::MAX);
        check.report("LL1281", "recipe.seed", message, "compile with a smaller `--seed`");
    }
    if Recipe::carries(network) {
        return;
    }
    let foreign = network.chars().filter(|&c| Recipe::is_foreign(c)).count();
    let message = format!(
        "`recipe.network` has {} bytes and {foreign} control characters; allowed are {} and 0",
        network.len(),
        Recipe::LIMIT
    );
    let help = "leave the recipe out: the image then has no float reference";
    check.report("LL1280", "recipe.network", message, help);
}

fn chip(check: &mut Check) {
    let chip = &check.image.chip;
    for knob in &KNOBS {
        let value = (knob.get)(chip);
        if !knob.allows(value) {
            let path = format!("chip.{}", knob.field);
            let message = format!("`{path}` is {value}; allowed are {}", knob.allowed());
            check.report("LL1260", &path, message, "compile for a chip within the ranges");
        }
    }
    if let Some(found) = description::disagreements(chip, "") {
        let help = "compile for a chip within the ranges";
        check.report("LL1207", "chip", found.message, help);
    }
}

fn inputs(check: &mut Check) {
    for (input, index) in check.image.inputs.iter().zip(0_usize..) {
        let path = format!("inputs[{index}]");
        check.range(&format!("{path}.size"), input.size, 1..=SIZE, "drop an input without lines");
        check.scale(&format!("{path}.scale"), input.scale);
    }
}

fn populations(check: &mut Check) {
    let image = check.image;
    let help = "an image has at least one population on one core";
    check.range("populations", image.populations.len(), 1..=SIZE, help);
    check.range("cores", image.cores.len(), 1..=64 * 64, help);
    let mut owned = bitvec![0; image.cores.len()];
    for (population, index) in image.populations.iter().zip(0_u32..) {
        self::population(check, population, index, &mut owned);
    }
    for index in owned.iter_zeros() {
        let path = format!("cores[{index}]");
        let message = format!("`{path}` belongs to 0 populations; a core holds neurons of 1");
        check.report("LL1268", &path, message, "list it under its population's `cores`");
    }
}

/// The cores of a population hold its neurons in order, each once.
fn population(check: &mut Check, population: &Population, index: u32, owned: &mut BitSlice) {
    let path = format!("populations[{index}]");
    check.range(&format!("{path}.size"), population.size, 1..=SIZE, "drop an empty population");
    check.ratio(&format!("{path}.eta_factor"), population.eta_factor);
    let mut held = 0_u64;
    for (core, entry) in population.cores.iter().zip(0_usize..) {
        let place = format!("{path}.cores[{entry}]");
        let Some(found) = check.index(&place, *core, &check.image.cores, "cores") else { return };
        let mark = usize::try_from(*core).ok().and_then(|core| owned.get_mut(core));
        if mark.is_some_and(|mut mark| mark.replace(true)) {
            let message =
                format!("`{place}` names core {core} a second time; a core is listed 1 time");
            check.report("LL1268", &place, message, "list every core once");
        }
        if found.population != index {
            let message = format!(
                "`{place}` names core {core}, which holds population {}, not {index}",
                found.population
            );
            check.report("LL1268", &place, message, "make `cores` and `population` agree");
        }
        if u64::from(found.first) != held {
            let message = format!(
                "`cores[{core}].first` is {}; the population's cores before it hold {held} neurons",
                found.first
            );
            check.report("LL1268", &format!("cores[{core}].first"), message, "list cores in order");
        }
        held += u64::from(found.neurons);
    }
    if held != u64::from(population.size) {
        let message = format!("`{path}` has {} neurons; its cores hold {held}", population.size);
        check.report("LL1268", &format!("{path}.size"), message, "every neuron sits on one core");
    }
}

fn teaching(check: &mut Check, teaching: Teaching) {
    check.ratio("teaching.beta", teaching.beta);
    let (path, all) = ("teaching.population", &check.image.populations);
    let Some(population) = check.index(path, teaching.population, all, "populations") else {
        return;
    };
    let cores = population.cores.len();
    if teaching.loss == Loss::CrossEntropy && cores != 1 {
        let name = &population.name;
        let message =
            format!("population `{name}` lies on {cores} cores; cross-entropy needs it on 1");
        let help = "put the output population on one core, or use the squared error";
        check.report("LL1269", path, message, help);
    }
}

fn learning(check: &mut Check, learning: &Learning) {
    check.ratio("learning.eta", learning.eta);
    check.ratio("learning.decay", learning.decay);
    let help = "1 is an update in every step";
    check.range("learning.every", learning.every, 1..=i64::from(u32::MAX), help);
    let help = "it is the log2 of full scale over root mean square";
    check.range("learning.headroom", learning.headroom, 0..=12, help);
    if let Some(tau) = learning.tau {
        check.ratio("learning.tau.rate", tau.rate);
        let help = "it is 1 - dt/tau with 15 fractional bits";
        check.range("learning.tau.least", tau.least, 0..=32_767, help);
    }
    match learning.rule {
        Rule::Sgd => {}
        Rule::Momentum { blend } => self::blend(check, "momentum", blend),
        Rule::Normalised { blend, forget } => normalised(check, "normalised", blend, forget),
        Rule::Gathered { blend, forget } => normalised(check, "gathered", blend, forget),
    }
}

fn normalised(check: &mut Check, rule: &str, blend: u16, forget: u8) {
    self::blend(check, rule, blend);
    let help = "it is the log2 of a number of updates";
    check.range(&format!("learning.rule.{rule}.forget"), forget, 1..=14, help);
}

fn blend(check: &mut Check, rule: &str, blend: u16) {
    let help = "it is 1 - momentum with 14 fractional bits, and 16384 is 1";
    check.range(&format!("learning.rule.{rule}.blend"), blend, 1..=1 << 14, help);
}
