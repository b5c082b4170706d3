//! Streams that are carried at once do to the fabric what their packets would have done: every cycle,
//! counter, pointer and credit.

use leadlag_fabric::{
    Class, Config, Engine, Extent, Header, Network, Node, Packet, Preset, Stream, Streams, Tables,
    Target,
};
use proptest::prelude::*;

/// Streams of a step, by source: gap before it, how far it goes, how many packets.
type Step = Vec<(u16, Vec<(u64, i16, u64)>)>;

fn config(
    (columns, rows): (u16, u16),
    (channels, buffer, classes): (u8, u8, u8),
    preset: Preset,
) -> Config {
    let mesh = Extent::new(columns, rows);
    Config { mesh, channels, buffer, classes, preset, ..Config::default() }
}

fn packet(network: &Config, to: Node) -> Packet {
    let (x, y) = (to.0 % network.mesh.columns, to.0 / network.mesh.columns);
    let part = |at: u16| u8::try_from(at).expect("a small mesh");
    let target = Target::Core { x: part(x), y: part(y) };
    Packet::single(Header {
        class: Class::Event,
        target,
        apical: false,
        row: 0,
        step: 0,
        payload: 0,
    })
}

/// Streams between nodes in a row of all of them, mostly from neighbour to neighbour.
fn streams(nodes: u16, step: &Step, at: u64) -> Vec<Stream> {
    let mut all = Vec::new();
    for &(source, ref list) in step {
        let (source, mut at) = (source % nodes, at);
        if all.iter().any(|stream: &Stream| stream.source.0 == source) {
            continue;
        }
        for &(gap, far, packets) in list {
            let to = (i32::from(source) + i32::from(far)).rem_euclid(i32::from(nodes));
            let to = Node(u16::try_from(to).expect("a node"));
            at += gap;
            all.push(Stream { source: Node(source), to, at, packets });
            at += packets;
        }
    }
    all
}

/// Offers every packet and runs until the last has arrived.
fn offer_all(network: &mut Network, config: &Config, streams: &[Stream]) {
    let mut due = network.counters().delivered();
    for stream in streams {
        for packet_of in 0..stream.packets {
            let packet = packet(config, stream.to);
            network.offer(stream.source, stream.at + packet_of, &packet).expect("it can be sent");
        }
        due += stream.packets;
    }
    while network.counters().delivered() < due {
        network.step();
    }
    network.drain();
}

/// Both ways; how many steps were carried at once.
fn both_ways(config: &Config, steps: &[(u64, Step)]) -> Result<usize, TestCaseError> {
    let checked = config.clone().check().expect("it can be built");
    let mut plain = Network::new(&checked, Tables::new()).expect("a fabric");
    let (mut quick, mut streams_of_step, mut carried) = (plain.clone(), Streams::default(), 0);
    for (gap, step) in steps {
        let at = plain.now() + gap;
        let list = streams(config.mesh.columns * config.mesh.rows, step, at);
        plain.run_until(at);
        quick.run_until(at);
        let before = quick.state();
        streams_of_step.clear();
        for &stream in &list {
            streams_of_step.push(stream);
        }
        offer_all(&mut plain, config, &list);
        if let Some(end) = quick.carry(&mut streams_of_step) {
            carried += 1;
            prop_assert!(list.is_empty() || end == plain.now());
        } else {
            prop_assert!(before == quick.state(), "what cannot be carried changes nothing");
            offer_all(&mut quick, config, &list);
        }
        prop_assert_eq!(plain.counters(), quick.counters());
        prop_assert!(plain.state() == quick.state());
        prop_assert_eq!(plain.is_home(), quick.is_home());
    }
    Ok(carried)
}

fn step() -> impl Strategy<Value = Step> {
    let far = prop_oneof![4 => Just(1_i16), 4 => Just(-1), 1 => -9..9_i16];
    let gap = prop_oneof![4 => Just(0_u64), 1 => 0..30_u64];
    let list = prop::collection::vec((gap, far, 1..60_u64), 0..4);
    prop::collection::vec((0..20_u16, list), 0..8)
}

fn any_config() -> impl Strategy<Value = Config> {
    let preset = prop_oneof![9 => Just(Preset::P), 1 => Just(Preset::S)];
    let channels = (1..7_u8, 2..12_u8, 1..3_u8);
    ((1..5_u16, 1..5_u16), channels, preset)
        .prop_map(|(extent, channels, preset)| config(extent, channels, preset))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// On any mesh, with any buffers, one step after the other: also where the step before has left
    /// credits on their way.
    #[test]
    fn streams_are_their_packets(
        config in any_config(),
        steps in prop::collection::vec((prop_oneof![1 => 0..4_u64, 6 => 6..20_u64], step()), 1..6),
    ) {
        both_ways(&config, &steps)?;
    }

    /// Layers of a network along a row of cores: rates to the next, errors to the one before.
    #[test]
    fn layers_are_their_packets(
        channels in 1..4_u8,
        layers in prop::collection::vec(prop::collection::vec((0..15_u64, 1..53_u64), 7), 1..6),
    ) {
        let config = config((4, 4), (channels, 8, 2), Preset::P);
        let order = [0, 1, 2, 3, 7, 6, 5_u16];
        let far = |at: usize, other: Option<&u16>| {
            other.map(|&other| i16::try_from(i32::from(other) - i32::from(order[at])).expect("near"))
        };
        let steps: Vec<(u64, Step)> = layers.iter().map(|counts| {
            let core = |(at, &(rates, errors)): (usize, &(u64, u64))| {
                let rates = 38 + rates;
                let next = far(at, order.get(at + 1)).map(|far| (0, far, rates));
                let before = at.checked_sub(1).and_then(|before| far(at, order.get(before)));
                let errors = before.map(|far| (0, far, errors));
                (order[at], next.into_iter().chain(errors).collect())
            };
            (12, counts.iter().enumerate().map(core).collect())
        }).collect();
        both_ways(&config, &steps)?;
    }
}

/// Two streams that meet at a core are carried; two that would share a link, or of which one would
/// fill the buffers on its way, are not.
#[test]
fn what_is_carried() {
    let carried = |far: [i16; 2], packets: [u64; 2]| {
        let steps =
            [(9, vec![(0, vec![(0, far[0], packets[0])]), (2, vec![(0, far[1], packets[1])])])];
        both_ways(&config((4, 1), (2, 8, 2), Preset::P), &steps).expect("they agree")
    };
    assert_eq!(carried([1, 1], [50, 50]), 1, "to different cores");
    assert_eq!(carried([1, -1], [9, 50]), 1, "they meet at the core between");
    assert_eq!(carried([1, -1], [50, 50]), 0, "its buffers fill");
    assert_eq!(carried([3, 1], [50, 50]), 0, "by the same link");
    assert_eq!(carried([3, 1], [50, 1]), 1, "one after the other");
}
