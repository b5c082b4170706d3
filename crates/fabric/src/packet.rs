//! Packets as the cores see them, and flits as the routers carry them.
//!
//! Source: `docs/chip/fabric.md`, Packet.

use serde::{Deserialize, Serialize};

use crate::topology::Node;

/// A message class; classes share links, never virtual channels.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize,
)]
pub enum Class {
    /// Spikes and errors.
    #[default]
    Event,
    /// Host and configuration traffic.
    Control,
}

impl Class {
    /// Both classes, in the order of their virtual channels.
    pub const ALL: [Self; 2] = [Self::Event, Self::Control];

    /// The place of the class in [`Class::ALL`].
    #[inline(always)]
    #[must_use]
    pub const fn index(self) -> usize {
        match self {
            Self::Event => 0,
            Self::Control => 1,
        }
    }
}

/// Where a packet goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Target {
    /// One core.
    Core {
        /// Global column.
        x: u8,
        /// Global row.
        y: u8,
    },
    /// All leaves of a multicast tag: a (source core, destination set) pair.
    Tag(u16),
}

/// The head flit's fields.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Header {
    /// Message class.
    pub class: Class,
    /// Destination.
    pub target: Target,
    /// Whether the row lies in the apical array.
    pub apical: bool,
    /// Row of that array; 12 bits are carried.
    pub row: u16,
    /// Low bits of the step in which the event was sent.
    pub step: u8,
    /// The code, sign-extended.
    pub payload: i16,
}

const CLASS: u32 = 62;
const MULTICAST: u32 = 61;
const TARGET: u32 = 45;
const ARRAY: u32 = 44;
const ROW: u32 = 32;
const STEP: u32 = 24;

/// Bits below the routing field: array, row, step, reserved, payload.
pub(crate) const CONTENT_BITS: u32 = 45;

impl Header {
    /// An event with nothing in it yet.
    #[must_use]
    pub const fn new(class: Class, target: Target) -> Self {
        Self { class, target, apical: false, row: 0, step: 0, payload: 0 }
    }

    /// The 64 bits of the head flit.
    #[must_use]
    pub fn to_bits(self) -> u64 {
        let (multicast, target) = match self.target {
            Target::Core { x, y } => (0, u16::from_be_bytes([y, x])),
            Target::Tag(tag) => (1, tag),
        };
        let class = u64::from(self.class == Class::Control);
        class << CLASS
            | multicast << MULTICAST
            | u64::from(target) << TARGET
            | u64::from(self.apical) << ARRAY
            | u64::from(self.row & 0xfff) << ROW
            | u64::from(self.step) << STEP
            | u64::from(self.payload.cast_unsigned())
    }

    /// The fields of a head flit; reserved bits are not looked at. `None` for classes 2 and 3.
    #[must_use]
    pub fn from_bits(word: u64) -> Option<Self> {
        let class = match word >> CLASS {
            0 => Class::Event,
            1 => Class::Control,
            _ => return None,
        };
        let target = sixteen(word >> TARGET);
        let [y, x] = target.to_be_bytes();
        let multicast = word >> MULTICAST & 1 == 1;
        let [step, ..] = (word >> STEP).to_le_bytes();
        Some(Self {
            class,
            target: if multicast { Target::Tag(target) } else { Target::Core { x, y } },
            apical: word >> ARRAY & 1 == 1,
            row: sixteen(word >> ROW) & 0xfff,
            step,
            payload: sixteen(word).cast_signed(),
        })
    }
}

/// The low 16 bits of a word.
#[inline(always)]
fn sixteen(word: u64) -> u16 {
    let [low, high, ..] = word.to_le_bytes();
    u16::from_le_bytes([low, high])
}

/// A packet: a head flit, and data flits behind it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Packet {
    /// The 64 bits of the head flit, laid out as in [`Header`].
    pub head: u64,
    /// The data flits, first to last.
    pub body: Vec<u64>,
}

impl Packet {
    /// A packet of one flit.
    #[must_use]
    pub fn single(header: Header) -> Self {
        Self { head: header.to_bits(), body: Vec::new() }
    }

    /// A packet of `flits` flits to one core, each carrying `label`: what traffic generators send.
    /// The label has 45 bits and comes back in [`crate::Delivery::label`].
    #[inline]
    #[must_use]
    pub fn labelled(class: Class, (x, y): (u8, u8), flits: u16, label: u64) -> Self {
        let label = label & ((1 << CONTENT_BITS) - 1);
        let head = Header::new(class, Target::Core { x, y }).to_bits() | label;
        Self { head, body: vec![label; usize::from(flits.saturating_sub(1))] }
    }
}

/// A flit on its way, with the marks that travel beside its 64 bits.
///
/// The marks are one word, so that a flit moves as two words: cycle offered (low 32 bits), source
/// (16), head, tail and class (8), [`OTHER`] or zero (3), outputs still to be taken where it is (5;
/// heads only, known on arrival by lookahead).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Flit {
    /// The 64 bits.
    pub(crate) word: u64,
    tag: u64,
}

const OFFERED: u32 = 32;
const SOURCE: u32 = 16;
const MARKS: u32 = 8;

/// Not a whole packet for one core, or none that has been routed.
const OTHER: u64 = 7 << 5;

/// First flit of a packet.
const HEAD: u64 = 1 << MARKS;
/// Last flit of a packet.
const TAIL: u64 = 2 << MARKS;
/// The class is control.
const CONTROL: u64 = 4 << MARKS;

impl Flit {
    #[inline(always)]
    pub(crate) const fn is_head(&self) -> bool {
        self.tag & HEAD != 0
    }

    #[inline(always)]
    pub(crate) const fn is_tail(&self) -> bool {
        self.tag & TAIL != 0
    }

    /// 0 event, 1 control.
    #[inline(always)]
    pub(crate) fn class(&self) -> usize {
        usize::from(self.tag & CONTROL != 0)
    }

    /// Whether the head names a multicast tag.
    #[inline(always)]
    pub(crate) const fn is_multicast(&self) -> bool {
        self.word >> MULTICAST & 1 == 1
    }

    /// The core that sent it.
    #[inline(always)]
    pub(crate) fn source(&self) -> Node {
        Node(sixteen(self.tag >> SOURCE))
    }

    /// A whole packet for one core.
    #[inline(always)]
    pub(crate) const fn is_lone(&self) -> bool {
        self.tag & (HEAD | TAIL) == HEAD | TAIL && !self.is_multicast()
    }

    /// A head that may have several branches.
    #[inline(always)]
    pub(crate) const fn is_multicast_head(&self) -> bool {
        self.is_head() && self.is_multicast()
    }

    /// The 16 bits of the head's destination: tag, or y and x.
    #[inline(always)]
    pub(crate) fn target(&self) -> u16 {
        sixteen(self.word >> TARGET)
    }

    /// A single-flit event: the only flit that drop mode may remove.
    #[inline(always)]
    pub(crate) const fn is_single_event(&self) -> bool {
        self.tag & (HEAD | TAIL | CONTROL) == HEAD | TAIL
    }

    /// Cycles from offering to `cycle`, by the low 32 bits.
    #[inline(always)]
    pub(crate) fn age(&self, cycle: u64) -> u32 {
        low(cycle).wrapping_sub(low(self.tag >> OFFERED))
    }

    /// Outputs still to be taken.
    #[inline(always)]
    pub(crate) const fn outputs(&self) -> u8 {
        let [outputs, ..] = self.tag.to_le_bytes();
        outputs & 31
    }

    /// The flit with other outputs to take.
    #[inline(always)]
    pub(crate) fn with_outputs(self, outputs: u8) -> Self {
        Self { tag: self.tag & !0xff | OTHER | u64::from(outputs), ..self }
    }

    /// A whole packet for one core, with the mask of the one output that it takes.
    #[inline(always)]
    pub(crate) fn with_way(self, output: u8) -> Self {
        Self { tag: self.tag & !0xff | u64::from(output), ..self }
    }

    /// Whether it is a whole packet for one core, with an output.
    #[inline(always)]
    pub(crate) const fn has_way(&self) -> bool {
        self.tag & OTHER == 0
    }
}

/// The low 32 bits of a cycle.
#[inline(always)]
pub(crate) fn low(cycle: u64) -> u32 {
    leadlag_fixed::low_word(cycle).cast_unsigned()
}

/// The flits of a packet, in order.
pub(crate) fn flits(packet: &Packet, source: Node, offered: u64) -> impl Iterator<Item = Flit> {
    let last = packet.body.len();
    let class = if packet.head >> CLASS & 1 == 1 { CONTROL } else { 0 };
    let common = u64::from(low(offered)) << OFFERED | u64::from(source.0) << SOURCE | class | OTHER;
    let words = std::iter::once(packet.head).chain(packet.body.iter().copied());
    words.enumerate().map(move |(place, word)| {
        let head = if place == 0 { HEAD } else { 0 };
        let tail = if place == last { TAIL } else { 0 };
        Flit { word, tag: common | head | tail }
    })
}

/// The flit of a packet that has no other.
#[inline(always)]
pub(crate) fn only_flit(head: u64, source: Node, offered: u64) -> Flit {
    let class = if head >> CLASS & 1 == 1 { CONTROL } else { 0 };
    let common = u64::from(low(offered)) << OFFERED | u64::from(source.0) << SOURCE;
    Flit { word: head, tag: common | class | OTHER | HEAD | TAIL }
}

/// A flit that reached a core.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Delivery {
    /// The cycle in which the flit is at the core.
    pub cycle: u64,
    /// The core.
    pub node: Node,
    /// The core that sent it.
    pub source: Node,
    /// The 64 bits.
    pub word: u64,
    /// Cycles since the packet was offered, source queue included; the low 32 bits.
    pub latency: u32,
    /// Virtual channel of the ejection port.
    pub vc: u8,
    /// Whether it is the first flit of its packet.
    pub head: bool,
    /// Whether it is the last flit of its packet.
    pub tail: bool,
}

impl Delivery {
    pub(crate) fn new(cycle: u64, node: Node, vc: u8, flit: &Flit) -> Self {
        Self {
            cycle,
            node,
            source: flit.source(),
            word: flit.word,
            latency: flit.age(cycle),
            vc,
            head: flit.is_head(),
            tail: flit.is_tail(),
        }
    }

    /// The label of a packet made by [`Packet::labelled`].
    #[must_use]
    pub const fn label(&self) -> u64 {
        self.word & ((1 << CONTENT_BITS) - 1)
    }
}
