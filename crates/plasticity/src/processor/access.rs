//! The bus: where an address leads, and the registers that the processor serves itself.

use leadlag_fixed::index;
use leadlag_fixed::random::{Kind as Draw, Site};

use super::map::{self, Want, Window};
use super::ports::Ports;
use super::trap::Trap;
use super::{Processor, Status, TOHOST};

/// What kind of instruction accesses.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// A scalar load or store.
    Scalar,
    /// A unit-stride vector, mask and whole-register forms included.
    Row,
    /// An element of a strided, indexed or segment access.
    Element,
}

/// Where an address leads, and how many bytes there are from it on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Place {
    address: u32,
    window: Option<(Window, u32)>,
    /// Bytes to the end of the row, vector or memory.
    pub left: usize,
}

impl Place {
    /// Whether the place lies in a synapse row.
    pub(super) fn is_row(&self) -> bool {
        self.window.is_some_and(|(window, _)| window.is_weights())
    }

    /// The window and offset, if the bytes come through the ports.
    pub(super) fn plain_window(&self) -> Option<(Window, u32)> {
        self.window.filter(|(window, _)| !matches!(window, Window::Control | Window::Random))
    }
}

/// Offsets of the control registers.
const ADC_TRIGGER: u32 = 0x00;
const ADC_STATUS: u32 = 0x04;
const STREAM: u32 = 0x20;

impl Processor {
    /// Where an access of elements of `size` bytes leads.
    ///
    /// # Errors
    /// The trap if the first element cannot be accessed there in this way.
    pub(super) fn place(
        &self,
        address: u32,
        kind: Kind,
        size: usize,
        store: bool,
    ) -> Result<Place, Trap> {
        if index(address) & (size - 1) != 0 {
            return Err(Trap::misaligned(store, address));
        }
        let left = self.memory.at(address).len();
        if left >= size {
            return Ok(Place { address, window: None, left });
        }
        let bytes = leadlag_fixed::count(size);
        let want = match kind {
            Kind::Scalar => Want::Scalar(bytes),
            Kind::Row => Want::Row(bytes),
            Kind::Element => Want::Element,
        };
        let refused = Trap::access(store, address);
        let (window, offset) = map::find(address, want, store).ok_or(refused)?;
        let geometry = &self.settings.geometry;
        let left = index(window.left(geometry, offset));
        let fits_array =
            kind != Kind::Row || !window.is_weights() || bytes == geometry.weight_bytes();
        let readable = window != Window::Control || control_allows(offset, store);
        if left < size || !fits_array || !readable {
            return Err(refused);
        }
        Ok(Place { address, window: Some((window, offset)), left })
    }

    /// Cycles until the result that is read has been converted.
    pub(super) fn stall_for_result(&self, place: &Place) -> u64 {
        let observable = place.window.and_then(|(window, _)| window.observable());
        observable.map_or(0, |which| self.stall_for(which))
    }

    /// Cycles until an observable has been converted.
    pub(super) fn stall_for(&self, observable: usize) -> u64 {
        self.ready[observable].saturating_sub(self.now())
    }

    /// Loads bytes.
    pub(super) fn read<P: Ports>(&self, place: &Place, ports: &P, bytes: &mut [u8]) {
        match place.window {
            None => bytes.copy_from_slice(&self.memory.at(place.address)[..bytes.len()]),
            Some((Window::Control, offset)) => {
                bytes.copy_from_slice(&self.control_register(offset).to_le_bytes());
            }
            Some((Window::Random, offset)) => self.draw(offset, bytes),
            Some((window, offset)) => ports.load(window, offset, bytes),
        }
    }

    /// Stores bytes; cycles that the store waits for the converters before its own `cost`.
    pub(super) fn write<P: Ports>(
        &mut self,
        place: &Place,
        ports: &mut P,
        bytes: &[u8],
        cost: u64,
    ) -> u64 {
        match place.window {
            None => {
                self.memory.store(place.address, bytes);
            }
            Some((Window::Control, offset)) => {
                let word = bytes.first_chunk().map_or(0, |word| u32::from_le_bytes(*word));
                return self.set_control(offset, word, ports, cost);
            }
            Some((window, offset)) => {
                ports.store(window, offset, bytes);
                if window == Window::Mailbox {
                    self.notice_exit(offset, bytes.len(), ports);
                }
            }
        }
        0
    }

    fn notice_exit<P: Ports>(&mut self, offset: u32, length: usize, ports: &P) {
        let place = TOHOST - Window::Mailbox.base();
        let touched = offset < place + 4 && place < offset + leadlag_fixed::count(length);
        if !touched || !self.settings.mailbox_exit {
            return;
        }
        let mut word = [0; 4];
        ports.load(Window::Mailbox, place, &mut word);
        let word = u32::from_le_bytes(word);
        if word != 0 {
            self.status = Status::Exited(word);
        }
    }

    fn control_register(&self, offset: u32) -> u32 {
        let settings = &self.settings;
        let word = |shift: u32| u32::try_from(self.step >> shift & 0xffff_ffff).unwrap_or(0);
        match offset {
            ADC_STATUS => {
                let busy = |which: usize| u32::from(self.ready[which] > self.now()) << which;
                busy(0) | busy(1) | busy(2)
            }
            0x08 => word(0),
            0x0c => word(32),
            0x10 => u32::from(settings.place.1) << 16 | u32::from(settings.place.0),
            0x14 => settings.geometry.columns,
            0x18 => settings.geometry.rows,
            // The version of the profile.
            0x1c => 1,
            _ => self.stream,
        }
    }

    fn set_control<P: Ports>(&mut self, offset: u32, word: u32, ports: &mut P, cost: u64) -> u64 {
        if offset == STREAM {
            self.stream = word & 0xff;
            return 0;
        }
        let selected = word & 7;
        if selected == 0 {
            return 0;
        }
        let busy_until = self.ready.into_iter().max().unwrap_or(0);
        let stall = busy_until.saturating_sub(self.now());
        let mut time = self.now() + stall + cost;
        for which in 0..3 {
            if selected >> which & 1 == 1 {
                time += u64::from(self.settings.timing.conversion);
                self.ready[which] = time;
            }
        }
        self.converting = true;
        ports.convert(selected);
        stall
    }

    /// Words of the random port.
    fn draw(&self, offset: u32, bytes: &mut [u8]) {
        let site = Site {
            seed: self.settings.seed,
            kind: Draw::Plasticity,
            step: self.step,
            // Eight bits, as in the control register (`docs/chip/learning.md`: the evaluator's draws).
            stream: self.stream.to_le_bytes()[0].into(),
            core: self.settings.core,
        };
        let mut at = offset;
        let mut rest = bytes;
        while !rest.is_empty() {
            let skip = index(at & 3);
            let word = site.draw(at >> 2).to_le_bytes();
            let taken = rest.len().min(4 - skip);
            let (now, later) = rest.split_at_mut(taken);
            now.copy_from_slice(&word[skip..skip + taken]);
            (rest, at) = (later, at + leadlag_fixed::count(taken));
        }
    }
}

/// Control registers are words; the trigger can only be written, the others but one only read.
fn control_allows(offset: u32, store: bool) -> bool {
    match offset {
        ADC_TRIGGER => store,
        STREAM => true,
        _ => !store,
    }
}
