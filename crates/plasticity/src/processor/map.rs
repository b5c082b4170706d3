//! The memory map: which address is what, and which accesses are allowed there.
//!
//! The table is in `docs/chip/plasticity-unit.md`.

use serde::{Deserialize, Serialize};

use super::settings::Geometry;

/// Base of data memory.
pub const DATA_BASE: u32 = 0x1000_0000;

/// Base of the row registers of the somatic array.
pub(super) const ROWS_BASE: u32 = 0x4800_0000;

/// The word of the mailbox that says how a program ended.
pub const TOHOST: u32 = 0x7001_0f00;

/// A window onto the core.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Window {
    /// The somatic synapse array.
    WeightsSoma,
    /// The apical synapse array.
    WeightsApical,
    /// Row registers of the somatic array.
    RowsSoma,
    /// Row registers of the apical array.
    RowsApical,
    /// Converted outputs of the somata.
    AdcR,
    /// Converted membranes.
    AdcU,
    /// Converted outputs of the apical compartments.
    AdcE,
    /// Injection registers.
    Injection,
    /// Last codes of the rate senders.
    SentR,
    /// Last codes of the error senders.
    SentE,
    /// Control registers.
    Control,
    /// The random port.
    Random,
    /// Parameters per column: six vectors.
    Parameters,
    /// Counters.
    Counters,
    /// The host's mailbox.
    Mailbox,
}

/// Which forms of access a window takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Forms {
    /// Scalar words of 32 bits only.
    Words,
    /// Scalars of any size.
    Scalars,
    /// Scalars and unit-stride vectors.
    Rows,
    /// Everything, like memory.
    Memory,
}

/// One row of the map.
struct Entry {
    window: Window,
    base: u32,
    /// Size of the address range that belongs to the window.
    span: u32,
    writable: bool,
    forms: Forms,
}

const fn entry(window: Window, base: u32, span: u32, writable: bool, forms: Forms) -> Entry {
    Entry { window, base, span, writable, forms }
}

const MAP: [Entry; 15] = [
    entry(Window::WeightsSoma, 0x4000_0000, 0x0100_0000, true, Forms::Rows),
    entry(Window::WeightsApical, 0x4100_0000, 0x0100_0000, true, Forms::Rows),
    entry(Window::RowsSoma, ROWS_BASE, 0x1_0000, false, Forms::Rows),
    entry(Window::RowsApical, 0x4801_0000, 0x1_0000, false, Forms::Rows),
    entry(Window::AdcR, 0x5000_0000, 0x1_0000, false, Forms::Rows),
    entry(Window::AdcU, 0x5001_0000, 0x1_0000, false, Forms::Rows),
    entry(Window::AdcE, 0x5002_0000, 0x1_0000, false, Forms::Rows),
    entry(Window::Injection, 0x5003_0000, 0x1_0000, true, Forms::Rows),
    entry(Window::SentR, 0x5004_0000, 0x1_0000, false, Forms::Rows),
    entry(Window::SentE, 0x5005_0000, 0x1_0000, false, Forms::Rows),
    entry(Window::Control, 0x5010_0000, 0x1000, true, Forms::Words),
    entry(Window::Random, 0x5100_0000, 0x0100_0000, false, Forms::Rows),
    entry(Window::Parameters, 0x6000_0000, 0x6_0000, true, Forms::Rows),
    entry(Window::Counters, 0x6100_0000, 0x1000, false, Forms::Scalars),
    entry(Window::Mailbox, 0x7000_0000, 0x2_0000, true, Forms::Memory),
];

impl Window {
    fn entry(self) -> &'static Entry {
        MAP.iter().find(|entry| entry.window == self).expect("the map lists every window")
    }

    /// Whether this is one of the two synapse arrays.
    #[must_use]
    pub const fn is_weights(self) -> bool {
        matches!(self, Self::WeightsSoma | Self::WeightsApical)
    }

    /// Number of the observable whose results the window holds.
    #[must_use]
    pub const fn observable(self) -> Option<usize> {
        match self {
            Self::AdcR => Some(0),
            Self::AdcU => Some(1),
            Self::AdcE => Some(2),
            Self::WeightsSoma
            | Self::WeightsApical
            | Self::RowsSoma
            | Self::RowsApical
            | Self::Injection
            | Self::SentR
            | Self::SentE
            | Self::Control
            | Self::Random
            | Self::Parameters
            | Self::Counters
            | Self::Mailbox => None,
        }
    }

    /// First address.
    #[must_use]
    pub fn base(self) -> u32 {
        self.entry().base
    }

    /// Every window, in the order of the map.
    pub fn all() -> impl Iterator<Item = Self> {
        MAP.iter().map(|entry| entry.window)
    }

    /// Bytes that exist from `offset` to the end of its row or vector; 0 in a gap.
    #[must_use]
    pub const fn left(self, geometry: &Geometry, offset: u32) -> u32 {
        let (length, place) = match self {
            Self::WeightsSoma | Self::WeightsApical => {
                let stride = geometry.stride();
                // A power of two; a division would cost more than the rest of an access.
                if offset >> stride.trailing_zeros() >= geometry.rows {
                    return 0;
                }
                (geometry.columns * geometry.weight_bytes(), offset & (stride - 1))
            }
            Self::RowsSoma | Self::RowsApical => (2 * geometry.rows, offset),
            Self::AdcR | Self::AdcU | Self::AdcE | Self::Injection | Self::SentR | Self::SentE => {
                (2 * geometry.columns, offset)
            }
            Self::Parameters => (2 * geometry.columns, offset & 0xffff),
            Self::Control => (0x24, offset),
            Self::Random => (0x0100_0000, offset),
            Self::Counters => (0x1000, offset),
            Self::Mailbox => (0x2_0000, offset),
        };
        length.saturating_sub(place)
    }
}

/// What an instruction wants of an address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Want {
    /// A scalar of so many bytes.
    Scalar(u32),
    /// A unit-stride vector of elements of so many bytes.
    Row(u32),
    /// An element of a strided, indexed or segment access.
    Element,
}

/// The window and offset of an address, if the window takes such an access there.
pub(super) fn find(address: u32, want: Want, store: bool) -> Option<(Window, u32)> {
    let entry = MAP.iter().find(|entry| address.wrapping_sub(entry.base) < entry.span)?;
    let taken = matches!(
        (entry.forms, want),
        (Forms::Memory, _)
            | (Forms::Words, Want::Scalar(4))
            | (Forms::Scalars | Forms::Rows, Want::Scalar(_))
            | (Forms::Rows, Want::Row(_))
    );
    (taken && (entry.writable || !store)).then(|| (entry.window, address - entry.base))
}

/// The window of an address whatever may be done there.
pub(super) fn window_at(address: u32) -> Option<Window> {
    let entry = MAP.iter().find(|entry| address.wrapping_sub(entry.base) < entry.span);
    entry.map(|entry| entry.window)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_do_not_overlap_and_come_in_order() {
        for pair in MAP.windows(2) {
            assert!(pair[0].base + pair[0].span <= pair[1].base, "{:?}", pair[1].window);
        }
    }

    #[test]
    fn a_row_ends_at_its_columns_not_at_the_stride() {
        let geometry = Geometry { columns: 96, rows: 3, weight_bits: 16, payload_bits: 10 };
        assert_eq!(geometry.stride(), 256);
        assert_eq!(Window::WeightsSoma.left(&geometry, 256 + 190), 2);
        assert_eq!(Window::WeightsSoma.left(&geometry, 256 + 192), 0);
        assert_eq!(Window::WeightsSoma.left(&geometry, 3 * 256), 0);
        let bytes = Geometry { weight_bits: 8, ..geometry };
        assert_eq!(Window::WeightsApical.left(&bytes, 2 * 256), 96);
    }

    #[test]
    fn forms_and_directions_are_those_of_the_map() {
        assert!(find(0x4000_0000, Want::Row(2), true).is_some());
        assert!(find(0x4000_0000, Want::Element, false).is_none());
        assert!(find(0x5000_0000, Want::Scalar(2), true).is_none());
        assert!(find(0x5010_0000, Want::Scalar(4), true).is_some());
        assert!(find(0x5010_0000, Want::Scalar(2), false).is_none());
        assert!(find(0x6100_0000, Want::Row(4), false).is_none());
        assert!(find(0x7000_0000, Want::Element, true).is_some());
        assert!(find(0x8000_0000, Want::Scalar(4), false).is_none());
    }
}
