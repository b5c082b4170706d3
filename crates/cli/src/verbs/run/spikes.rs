//! A run of a network that spikes: counts, membranes and a digest of the spikes.

use std::io::Cursor;

use leadlag_chip::Options;
use leadlag_diagnostic::Diagnostics;
use leadlag_explore::inference::Question;
use leadlag_explore::pause::{Answered, Paused};
use leadlag_explore::spiking::{Chips, Train, Trains, in_reference_while, on_chip_while};
use leadlag_net::{Block, Network, Parameters, write_spikes};
use serde_json::{Value, json};

use super::{check_lines, image, lines, pause};
use crate::args::run::{RunArgs, Synapses};
use crate::args::{Backend, Target};
use crate::context::Context;
use crate::exit::Exit;
use crate::inputs::{self, Input};
use crate::output::{Table, grouped};

/// Runs, prints what spiked, and writes the spikes if asked to.
pub(super) fn run(
    (opened, reference): (&Input, Option<&(Network, Parameters)>),
    args: &RunArgs,
    (blocks, from): (&[Block], Option<Paused<Trains>>),
    context: &mut Context,
) -> Result<Exit, Diagnostics> {
    let width = blocks.first().map_or(0, |block| block.width);
    let mut goes_on = pause::goes_on(blocks, context);
    let answered = match (args.backend, reference) {
        (Backend::Float, Some((network, parameters))) => {
            check_lines(network.lines(), width)?;
            let inputs = pause::of_reference((network, parameters), blocks);
            let question = Question { blocks, inputs: &inputs };
            in_reference_while((network, parameters), &question, from, &mut goes_on)?
        }
        (Backend::Float, None) => return Err(leadlag_explore::carried::no_recipe()),
        (Backend::Chip, _) => {
            let image = image(opened, args, context)?;
            check_lines(lines(&image), width)?;
            let options = Options {
                replicas: 1,
                threads: context.threads().get(),
                seed: context.globals.chip_seed,
            };
            let clocking = inputs::clocking(args.engine, args.sample, &args.faults)?;
            let inputs = pause::of_chip(&image, &clocking, (blocks, context))?;
            let question = Question { blocks, inputs: &inputs };
            let synapses = synapses(args.synapses);
            let chips = Chips { image: &image, options, synapses, clocking: &clocking };
            on_chip_while(&chips, &question, from, &mut goes_on)?
        }
    };
    drop(goes_on);
    let trains = match answered {
        Answered::Done(trains) => trains,
        Answered::Paused(paused) => {
            return pause::keep(&paused.bytes()?, args, report(&paused.done, None), context);
        }
    };
    let target = context.globals.out.clone();
    let report = report(&trains, target.as_ref());
    let Some(target) = target else {
        context.out.result(page(&trains), &report)?;
        return Ok(Exit::Done);
    };
    // One population after the other, so that a neuron's number is one of the whole network.
    let mut first = 0;
    let mut all = Vec::new();
    for train in &trains.populations {
        let own = train.spikes.iter().map(|&[sample, step, neuron]| [sample, step, first + neuron]);
        all.extend(own);
        first += u32::try_from(train.neurons).unwrap_or(0);
    }
    let bytes = write_spikes(Cursor::new(Vec::new()), &all)?.into_inner();
    let text = format!("{}\n  wrote       {target}  {} bytes", page(&trains), bytes.len());
    context.deliver(&target, &bytes, &text, &report)?;
    Ok(Exit::Done)
}

fn synapses(given: Synapses) -> leadlag_chip::Synapses {
    match given {
        Synapses::Dense => leadlag_chip::Synapses::Dense,
        Synapses::Event => leadlag_chip::Synapses::Event,
        Synapses::Auto => leadlag_chip::Synapses::Auto,
    }
}

fn page(trains: &Trains) -> String {
    let headings = ["  population", "neurons", "spikes", "first 100", "first 200", "sum of v"];
    let mut table = Table::new(&headings);
    for train in &trains.populations {
        let counts = [train.neurons, train.spikes.len(), train.before(100), train.before(200)];
        let counts = counts.map(|count| grouped(wide(count)));
        table.row(
            std::iter::once(format!("  {}", train.name))
                .chain(counts)
                .chain([format!("{}", train.membrane)]),
        );
    }
    let mut lines = vec![table.to_string()];
    lines.extend(trains.populations.iter().map(|train| {
        let [word, byte] = hashes(train, trains.steps);
        format!("  hash        {}  {word} by words, {byte} by bytes", train.name)
    }));
    lines
        .extend(trains.synaptic_events.map(|all| format!("  synapses    {} events", grouped(all))));
    lines.extend(trains.clocked.line());
    lines.push(format!("  ran         {} samples of {} steps", trains.samples, trains.steps));
    lines.join("\n")
}

fn hashes(train: &Train, steps: usize) -> [String; 2] {
    [train.word_hash(steps), train.byte_hash(steps)].map(|hash| format!("{hash:016x}"))
}

fn wide(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

fn report(trains: &Trains, target: Option<&Target>) -> Value {
    let population = |train: &Train| {
        let [word, byte] = hashes(train, trains.steps);
        json!({
            "name": train.name,
            "neurons": train.neurons,
            "spikes": train.spikes.len(),
            "first_100": train.before(100),
            "first_200": train.before(200),
            "membrane": train.membrane,
            "word_hash": word,
            "byte_hash": byte,
        })
    };
    json!({
        "schema": "leadlag.spikes/1",
        "end": "done",
        "samples": trains.samples,
        "steps": trains.steps,
        "populations": trains.populations.iter().map(population).collect::<Vec<_>>(),
        "synaptic_events": trains.synaptic_events,
        "clock": trains.clocked.form(),
        "path": target.and_then(Target::path),
    })
}
