//! A core without circuits: every window is a plain array.
//!
//! What a program can read is what was put there, so programs run and are tested alone.

use leadlag_fixed::{index, saturate};
use serde::{Deserialize, Serialize};

use super::map::Window;
use super::ports::Ports;
use super::settings::Geometry;

/// Windows of one core as arrays of bytes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CoreMemory {
    geometry: Geometry,
    /// One array per window of `STORED`, in that order.
    bytes: Vec<Vec<u8>>,
    /// What the next conversions will find, `[observable][byte]`.
    observed: [Vec<u8>; 3],
}

/// The windows that are arrays here; the processor serves the others itself.
const STORED: [Window; 13] = [
    Window::WeightsSoma,
    Window::WeightsApical,
    Window::RowsSoma,
    Window::RowsApical,
    Window::AdcR,
    Window::AdcU,
    Window::AdcE,
    Window::Injection,
    Window::SentR,
    Window::SentE,
    Window::Parameters,
    Window::Counters,
    Window::Mailbox,
];

const ADC: [Window; 3] = [Window::AdcR, Window::AdcU, Window::AdcE];

impl CoreMemory {
    /// All zero.
    #[must_use]
    pub fn new(geometry: Geometry) -> Self {
        let bytes = STORED.iter().map(|&window| vec![0; size(window, &geometry)]).collect();
        let observed = std::array::from_fn(|_| vec![0; index(2 * geometry.columns)]);
        Self { geometry, bytes, observed }
    }

    /// Goes on as a core that was saved; whether it has this one's shape. Nothing changes otherwise.
    pub fn adopt(&mut self, saved: Self) -> bool {
        let shape = |core: &Self| {
            let observed = core.observed.iter();
            core.bytes.iter().chain(observed).map(Vec::len).collect::<Vec<_>>()
        };
        let can = self.geometry == saved.geometry && shape(self) == shape(&saved);
        if can {
            *self = saved;
        }
        can
    }

    /// The bytes of a window; none for the control registers and the random port.
    #[must_use]
    pub fn window(&self, window: Window) -> &[u8] {
        place(window).map_or(&[], |place| &self.bytes[place])
    }

    /// The bytes of a window, to be set as the circuits or the host would.
    pub fn window_mut(&mut self, window: Window) -> &mut [u8] {
        place(window).map_or(&mut [], |place| &mut self.bytes[place])
    }

    /// The 16-bit words that the next conversion of an observable (0 to 2: r, u, e) will find.
    ///
    /// # Panics
    /// If there is no such observable.
    pub fn observed_mut(&mut self, observable: usize) -> &mut [u8] {
        &mut self.observed[observable]
    }

    /// Synapse words keep their low bits, sign extended; injection registers their top ones.
    fn settle(&mut self, window: Window, first: usize, end: usize) {
        let geometry = self.geometry;
        let bytes = &mut self.window_mut(window)[first & !1..end.next_multiple_of(2)];
        match window {
            Window::WeightsSoma | Window::WeightsApical if geometry.weight_bits < 8 => {
                let unused = 8 - geometry.weight_bits;
                for byte in bytes {
                    *byte = (byte.cast_signed() << unused >> unused).cast_unsigned();
                }
            }
            Window::WeightsSoma | Window::WeightsApical if geometry.weight_bits > 8 => {
                let unused = 16_u32.saturating_sub(geometry.weight_bits);
                each_word(bytes, |word| word << unused >> unused);
            }
            Window::Injection => each_word(bytes, |word| injected(word, geometry.payload_bits)),
            _ => {}
        }
    }
}

/// The top `bits` of a word, rounded half up and saturated, left-aligned again.
fn injected(word: i16, bits: u32) -> i16 {
    let dropped = 16 - bits.clamp(2, 16);
    let rounded = (i64::from(word) + ((1 << dropped) >> 1)) >> dropped;
    saturate(rounded, 16 - dropped) << dropped
}

fn each_word(bytes: &mut [u8], keep: impl Fn(i16) -> i16) {
    for word in bytes.as_chunks_mut::<2>().0 {
        *word = keep(i16::from_le_bytes(*word)).to_le_bytes();
    }
}

fn place(window: Window) -> Option<usize> {
    STORED.iter().position(|&stored| stored == window)
}

fn size(window: Window, geometry: &Geometry) -> usize {
    let columns = 2 * geometry.columns;
    index(match window {
        Window::WeightsSoma | Window::WeightsApical => geometry.rows * geometry.stride(),
        Window::RowsSoma | Window::RowsApical => 2 * geometry.rows,
        Window::AdcR
        | Window::AdcU
        | Window::AdcE
        | Window::Injection
        | Window::SentR
        | Window::SentE => columns,
        Window::Parameters => 5 * 0x1_0000 + columns,
        Window::Counters => 0x1000,
        Window::Mailbox => 0x2_0000,
        Window::Control | Window::Random => 0,
    })
}

impl Ports for CoreMemory {
    fn load(&self, window: Window, offset: u32, bytes: &mut [u8]) {
        let first = index(offset);
        bytes.copy_from_slice(&self.window(window)[first..first + bytes.len()]);
    }

    fn store(&mut self, window: Window, offset: u32, bytes: &[u8]) {
        let first = index(offset);
        let end = first + bytes.len();
        self.window_mut(window)[first..end].copy_from_slice(bytes);
        let whole = self.geometry.weight_bits == 16 || self.geometry.weight_bits == 8;
        if window == Window::Injection || (window.is_weights() && !whole) {
            self.settle(window, first, end);
        }
    }

    fn convert(&mut self, observables: u32) {
        for (observable, window) in ADC.into_iter().enumerate() {
            if observables >> observable & 1 == 1 {
                let found = self.observed[observable].clone();
                self.window_mut(window).copy_from_slice(&found);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_narrow_word_keeps_its_low_bits() {
        let geometry = Geometry { weight_bits: 6, ..Geometry::default() };
        let mut core = CoreMemory::new(geometry);
        core.store(Window::WeightsSoma, 512, &[0x1f, 0x20, 0xff, 0x40]);
        assert_eq!(core.window(Window::WeightsSoma)[512..516], [0x1f, 0xe0, 0xff, 0x00]);
        let mut core = CoreMemory::new(Geometry { weight_bits: 12, ..geometry });
        core.store(Window::WeightsApical, 2, &0x1800_u16.to_le_bytes());
        assert_eq!(core.window(Window::WeightsApical)[2..4], 0xf800_u16.to_le_bytes());
    }

    #[test]
    fn an_injection_keeps_its_top_bits_rounded_and_held() {
        let mut core = CoreMemory::new(Geometry::default());
        for (word, kept) in [(15, 0), (16, 32), (-17, -32), (-16, 0), (32_767, 1023 << 5)] {
            core.store(Window::Injection, 4, &i16::to_le_bytes(word));
            assert_eq!(core.window(Window::Injection)[4..6], i16::to_le_bytes(kept), "{word}");
        }
    }

    #[test]
    fn a_conversion_takes_what_was_selected() {
        let mut core = CoreMemory::new(Geometry::default());
        core.observed_mut(0).fill(1);
        core.observed_mut(2).fill(3);
        core.convert(0b100);
        assert_eq!(core.window(Window::AdcR)[0], 0);
        assert_eq!(core.window(Window::AdcE)[0], 3);
    }
}
