//! A step that comes again does what it did before: every cycle, counter, pointer and credit is as if its
//! packets had been carried.

#![expect(clippy::indexing_slicing, reason = "a test ends where an index is wrong")]

use leadlag_fabric::table::{self, Net};
use leadlag_fabric::{
    Bearing, Class, Config, DeadLink, Engine, Extent, Faults, Header, Network, Node, Packet,
    Passage, Port, Preset, Tables, Target,
};
use proptest::prelude::*;

/// Who sends, when it may, and where to: a core, or one of the nets.
type Step = Vec<(Node, u64, Target)>;

fn header(class: Class, target: Target) -> Header {
    Header { class, target, apical: false, row: 0, step: 0, payload: 0 }
}

fn core(config: &Config, node: u16) -> Target {
    let part = |at: u16| u8::try_from(at).expect("a small mesh");
    let columns = config.mesh.columns;
    Target::Core { x: part(node % columns), y: part(node / columns) }
}

/// Offers a step's packets from a cycle on and runs until nothing is on its way to a core.
fn carry(network: &mut Network, step: &Step, at: u64, leaves: u64) {
    let due = network.counters().delivered() + leaves;
    for &(source, offset, target) in step {
        let packet = Packet::single(header(Class::Event, target));
        network.offer(source, at + offset, &packet).expect("it can be sent");
    }
    while network.counters().delivered() < due {
        network.step();
    }
    network.drain();
}

/// Passages by the number of their step.
struct Memory(Vec<(usize, Passage)>);

impl Memory {
    fn find(&self, number: usize, bearing: &Bearing) -> Option<&Passage> {
        let found =
            |(step, passage): &&(usize, Passage)| *step == number && passage.before() == bearing;
        self.0.iter().find(found).map(|(_, passage)| passage)
    }
}

/// Runs steps by number, one after the other, with gaps, in both ways; how many were looked up.
fn both_ways(
    (config, nets): (&Config, &[Net]),
    steps: &[Step],
    order: &[(usize, u64)],
) -> Result<usize, TestCaseError> {
    let checked = config.clone().check().expect("it can be built");
    let tables = if nets.is_empty() {
        Tables::new()
    } else {
        table::build(&checked, nets, 1024).expect("few nets").tables
    };
    let mut plain = Network::new(&checked, tables).expect("a fabric");
    let (mut quick, mut memory, mut found) = (plain.clone(), Memory(Vec::new()), 0);
    for &(number, gap) in order {
        let number = number % steps.len();
        let (step, at) = (&steps[number], plain.now() + gap);
        let leaves = step.iter().map(|(_, _, target)| match target {
            Target::Core { .. } => 1,
            Target::Tag(tag) => nets[usize::from(*tag)].leaves.iter().map(|_| 1).sum::<u64>(),
        });
        let leaves = leaves.sum();
        plain.run_until(at);
        quick.run_until(at);
        carry(&mut plain, step, at, leaves);
        match quick.bearing() {
            None => carry(&mut quick, step, at, leaves),
            Some(bearing) => {
                if let Some(passage) = memory.find(number, &bearing) {
                    quick.pass(passage);
                    found += 1;
                } else {
                    let mut rehearsal = quick.rehearsal(&bearing);
                    carry(&mut rehearsal, step, at, leaves);
                    let passage = rehearsal.passage(at, bearing).expect("it is over");
                    quick.pass(&passage);
                    memory.0.push((number, passage));
                }
            }
        }
        prop_assert_eq!(plain.now(), quick.now());
        prop_assert_eq!(plain.counters(), quick.counters());
        prop_assert!(plain.state() == quick.state());
        prop_assert_eq!(plain.is_home(), quick.is_home());
    }
    Ok(found)
}

/// A fabric of preset P, some nets, and some steps.
fn case() -> impl Strategy<Value = (Config, Vec<Net>, Vec<Step>)> {
    let net = (any::<u16>(), prop::collection::btree_set(any::<u16>(), 1..5));
    let packet = (any::<u16>(), 0..12_u64, any::<u16>(), any::<bool>());
    let step = prop::collection::vec(packet, 1..60);
    let steps = prop::collection::vec(step, 1..3);
    let shape = ((1..5_u16, 1..5_u16), (1..4_u8, 2..6_u8, 1..3_u8));
    (shape, prop::collection::vec(net, 0..4), steps).prop_map(|(shape, nets, steps)| {
        let ((columns, rows), (channels, buffer, classes)) = shape;
        let mesh = Extent::new(columns, rows);
        let config = Config { mesh, channels, buffer, classes, ..Config::default() };
        let nodes = columns * rows;
        let nets: Vec<Net> = (0..)
            .zip(nets)
            .map(|(tag, (source, leaves))| {
                let mut leaves: Vec<_> =
                    leaves.into_iter().map(|leaf| Node(leaf % nodes)).collect();
                leaves.sort_unstable();
                leaves.dedup();
                Net { tag, source: Node(source % nodes), leaves }
            })
            .collect();
        let packet = |(source, at, to, spread): (u16, u64, u16, bool)| match nets
            .get(usize::from(to) % (nets.len() + 1))
            .filter(|_| spread)
        {
            Some(net) => (net.source, at, Target::Tag(net.tag)),
            None => (Node(source % nodes), at, core(&config, to % nodes)),
        };
        let step = |packets: Vec<_>| {
            let mut step: Step = packets.into_iter().map(packet).collect();
            step.sort_by_key(|&(source, at, _)| (source, at));
            step
        };
        let steps = steps.into_iter().map(step).collect();
        (config, nets, steps)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Unicast and multicast, on any mesh, also where the step before has left credits on their way.
    #[test]
    fn a_passage_is_its_packets(
        (config, nets, steps) in case(),
        order in prop::collection::vec((0..3_usize, prop_oneof![1 => 0..4_u64, 6 => 4..20_u64]), 1..24),
    ) {
        both_ways((&config, &nets), &steps, &order)?;
    }
}

/// Neighbours that send to each other in a ring: the round robins come back, and steps are found.
#[test]
fn steps_come_again() {
    let config = Config { mesh: Extent::new(4, 4), classes: 2, ..Config::default() };
    let step: Step = (0..16_u16)
        .flat_map(|node| (0..7).map(move |at| (node, at)))
        .map(|(node, at)| (Node(node), at, core(&config, (node + 5) % 16)))
        .collect();
    let order = [(0, 9); 40];
    let found = both_ways((&config, &[]), &[step], &order).expect("they agree");
    assert!(found > 20, "{found} of 40");
}

/// A fabric whose packets are on their way, or to which more can happen, has no bearing.
#[test]
fn what_has_a_bearing() {
    let plain = Config { mesh: Extent::new(4, 1), classes: 2, ..Config::default() };
    let fabric = |config: Config| {
        let checked = config.check().expect("it can be built");
        Network::new(&checked, Tables::new()).expect("a fabric")
    };
    let mut network = fabric(plain.clone());
    let bearing = network.bearing().expect("after reset");
    let packet = Packet::single(header(Class::Event, core(&plain, 3)));
    network.offer(Node(0), 5, &packet).expect("it can be sent");
    for cycle in 0..25 {
        assert!(network.bearing().is_none(), "cycle {cycle}");
        network.step();
    }
    assert!(network.bearing().is_none(), "it has arrived, and has not been drained");
    assert!(network.passage(0, bearing.clone()).is_none());
    network.drain();
    assert!(network.bearing().is_some_and(|after| after != bearing));
    let link = DeadLink { node: Node(0), port: Port::PlusX, since: 1 << 40 };
    let faults = Faults { links: vec![link], ..Faults::default() };
    for other in [
        Config { preset: Preset::S, ..plain.clone() },
        Config { drop_after: Some(9), ..plain.clone() },
        Config { faults, ..plain.clone() },
        Config { grid: Extent::new(2, 1), ..plain },
    ] {
        assert!(fabric(other.clone()).bearing().is_none(), "{other:?}");
    }
}
