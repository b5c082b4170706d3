//! A run without a folder that is interrupted after any step goes on to the same answers.

use leadlag_chip::{Options, Synapses};
use leadlag_explore::build::build;
use leadlag_explore::inference::{Outputs, Question, infer_while};
use leadlag_explore::pause::{Answered, From, Inputs, Paused};
use leadlag_explore::spiking::{Chips, Trains, in_reference_while, on_chip_while};
use leadlag_explore::{Backend, ChipBackend, Clocking, FloatBackend};
use leadlag_image::{Chip, Image};
use leadlag_net::{Block, Network, Targets};

#[path = "networks/small.rs"]
mod small;
use small::small;

fn network(changes: &[(&str, &str)]) -> Network {
    Network::parse(&small(changes), "net").unwrap_or_else(|found| panic!("{found}"))
}

fn image(network: &Network) -> Image {
    let chip = Chip::builtin("ll1").expect("built in");
    build(network, &chip, None, 1, None).expect("it fits").compiled.image
}

/// Three blocks of two samples, the last of which fills up the block.
fn blocks(steps: usize) -> Vec<Block> {
    let mut values = (0..).map(|at: u32| f64::from(at * 37 % 255) / 128.0 - 1.0);
    let block = |at: usize| Block {
        steps,
        lanes: 2,
        width: 2,
        inputs: values.by_ref().take(4 * steps).collect(),
        targets: Targets::Class(vec![0, 1]),
        used: if at == 2 { 1 } else { 2 },
    };
    (0..3).map(block).collect()
}

/// Runs to the end, ending and going on from a file whenever it is asked.
fn in_pieces(
    question: &Question<'_>,
    make: &dyn Fn(usize) -> Box<dyn Backend>,
    every: u64,
) -> (Outputs, u64) {
    let (mut from, mut pieces) = (None, 1);
    loop {
        let mut asked = 0;
        let answered = infer_while(question, from, &mut |lanes| Ok(make(lanes)), &mut |_| {
            asked += 1;
            asked < every
        });
        match answered.expect("answers") {
            Answered::Done(outputs) => return (outputs, pieces),
            Answered::Paused(paused) => {
                let bytes = paused.bytes().expect("a file");
                let From::Rates(read) = From::read(bytes).expect("a snapshot") else {
                    panic!("it answers with rates")
                };
                from = Some(*read);
                pieces += 1;
            }
        }
    }
}

#[test]
fn answers_of_every_backend_go_on_after_every_step() {
    let network = network(&[]);
    let (image, parameters) = (image(&network), network.initialise(1));
    // 16 steps are run at a time where none is timed.
    let chip = |clocking: Clocking| {
        let image = &image;
        move |lanes: usize| -> Box<dyn Backend> {
            let replicas = u32::try_from(lanes).expect("two");
            let options = Options { replicas, threads: 1, seed: 7 };
            Box::new(
                ChipBackend::with_engine(image.clone(), options, false, &clocking).expect("a chip"),
            )
        }
    };
    let functional = chip(Clocking::default());
    let cycle = chip(Clocking::cycle());
    let float = |lanes: usize| -> Box<dyn Backend> {
        Box::new(FloatBackend::new(&network, &parameters, lanes))
    };
    let backends: [(Make<'_>, usize, u64); 3] =
        [(&functional, 40, 9), (&cycle, 5, 15), (&float, 40, 9)];
    for (make, steps, turns) in backends {
        let blocks = blocks(steps);
        let inputs = Inputs::of(&[], &blocks);
        let question = Question { blocks: &blocks, inputs: &inputs };
        let (whole, pieces) = in_pieces(&question, make, u64::MAX);
        assert_eq!((pieces, whole.samples, whole.steps, whole.size), (1, 5, steps, 3));
        assert!(whole.values.iter().any(|value| value.abs() > 0.01));
        for every in 1..4 {
            let (parts, pieces) = in_pieces(&question, make, every);
            // The last turn needs no asking.
            assert_eq!(pieces, 1 + (turns - 1) / every, "{every}");
            assert_eq!(parts, whole, "{every}");
        }
        // In one go, as nobody asks.
        let plain = leadlag_explore::inference::infer(blocks.iter().cloned(), |n| Ok(make(n)));
        assert_eq!(plain.expect("answers"), whole);
    }
}

/// Makes a backend with so many lanes.
type Make<'a> = &'a dyn Fn(usize) -> Box<dyn Backend>;

fn spikes(paused: &Paused<Trains>) -> Paused<Trains> {
    let From::Spikes(read) = From::read(paused.bytes().expect("a file")).expect("a snapshot")
    else {
        panic!("it answers with spikes")
    };
    *read
}

#[test]
fn spikes_go_on_after_every_step() {
    let text = "name = \"net\"\ndt = \"1 ms\"\n[[population]]\nname = \"in\"\ninput = 2\n\
        [[population]]\nname = \"n\"\nneuron = \"lif\"\nsize = 2\nthreshold = 0.1\ntau_m = \"5 ms\"\n\
        [[projection]]\nfrom = \"in\"\nto = \"n\"\nweights = [[0.5, 0.25], [0.75, -0.5]]\n";
    let net = Network::parse(text, "net").unwrap_or_else(|found| panic!("{found}"));
    let (image, parameters, blocks) = (image(&net), net.initialise(1), blocks(6));
    let inputs = Inputs::of(&[], &blocks);
    let question = Question { blocks: &blocks, inputs: &inputs };
    for clocking in [Some(Clocking::default()), Some(Clocking::cycle()), None] {
        let run = |every: u64| {
            let mut from = None;
            loop {
                let mut asked = 0;
                let mut goes_on = |_| {
                    asked += 1;
                    asked < every
                };
                let options = Options { replicas: 1, threads: 1, seed: 7 };
                let answered = match &clocking {
                    Some(clocking) => {
                        let synapses = Synapses::Auto;
                        let chips = Chips { image: &image, options, synapses, clocking };
                        on_chip_while(&chips, &question, from, &mut goes_on)
                    }
                    None => in_reference_while((&net, &parameters), &question, from, &mut goes_on),
                };
                match answered.expect("spikes") {
                    Answered::Done(trains) => return trains,
                    Answered::Paused(paused) => from = Some(spikes(&paused)),
                }
            }
        };
        let whole = run(u64::MAX);
        assert!(whole.populations.iter().any(|train| !train.spikes.is_empty()), "{whole:?}");
        for every in [1, 4, 6] {
            assert_eq!(run(every), whole, "{clocking:?} {every}");
        }
    }
}

#[test]
fn a_snapshot_of_other_inputs_is_refused() {
    let network = network(&[]);
    let parameters = network.initialise(1);
    let blocks = blocks(40);
    let make = &mut |lanes| -> Result<Box<dyn Backend>, _> {
        Ok(Box::new(FloatBackend::new(&network, &parameters, lanes)))
    };
    let inputs = Inputs::of(&[("network", b"a"), ("seed", b"1")], &blocks);
    let question = Question { blocks: &blocks, inputs: &inputs };
    let Answered::Paused(paused) =
        infer_while(&question, None, make, &mut |_| false).expect("steps")
    else {
        panic!("it was asked to end")
    };
    let other = Inputs::of(&[("network", b"b"), ("seed", b"1")], &blocks[..2]);
    let question = Question { blocks: &blocks[..2], inputs: &other };
    let found = infer_while(&question, Some(*paused.clone()), make, &mut |_| true);
    let found = found.expect_err("another network and signal");
    assert_eq!(found.0[0].code, "LL1490");
    assert_eq!(
        found.0[0].message,
        "the snapshot is of another run: of 3 inputs 2 are others: `network`, `signal`"
    );
    // The hashes agree, the place does not exist.
    let question = Question { blocks: &[], inputs: &inputs };
    let found = infer_while(&question, Some(*paused), make, &mut |_| true).expect_err("no block");
    assert_eq!(found.0[0].code, "LL1491");
    let watched = leadlag_explore::observe::Watch { from: Some(vec![1, 2]), ..Default::default() };
    assert!(From::read(watched.from.unwrap_or_default()).is_err());
}
