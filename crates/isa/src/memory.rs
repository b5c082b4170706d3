//! The address space of the processor.

use crate::resources::{REGISTERS, WINDOWS};

/// A window of the address space.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Window {
    /// Its name in the manual.
    pub name: &'static str,
    /// Its first address.
    pub base: u32,
    /// Its size in bytes, a product of numbers and names; see [`Window::bytes`].
    pub size: &'static str,
    /// Whether it may be read.
    pub reads: bool,
    /// Whether it may be written.
    pub writes: bool,
    /// Whether instructions may be fetched.
    pub executes: bool,
    /// The width of its elements.
    pub element: Element,
    /// Which timing classes apply.
    pub port: Port,
    /// Which vector accesses are legal.
    pub vectors: Vectors,
}

/// The width of the elements of a window.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Element {
    /// Any.
    Any,
    /// This many bytes.
    Bytes(u8),
    /// 1 byte for weights of up to 8 bits, otherwise 2.
    Weight,
}

/// Which timing classes apply to a window.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Port {
    /// Those of ordinary memory.
    Plain,
    /// Those of synapse rows.
    Row,
    /// Those of ordinary memory, after the running conversion.
    Adc,
}

/// Which vector accesses to a window are legal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Vectors {
    /// All.
    Any,
    /// Unit-stride, mask and whole-register accesses inside one row or vector.
    Unit,
    /// None.
    None,
}

/// A register inside a window.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Register {
    /// The window.
    pub window: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Bytes from the base of the window.
    pub offset: u32,
    /// Its size in bytes.
    pub bytes: u32,
    /// Whether it may be read.
    pub reads: bool,
    /// Whether it may be written.
    pub writes: bool,
}

/// What the sizes of windows depend on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Shape {
    /// NR, rows of a synapse array.
    pub rows: u32,
    /// NC, columns of a synapse array.
    pub columns: u32,
    /// Bytes of the instruction memory.
    pub isram: u32,
    /// Bytes of the data memory.
    pub dsram: u32,
}

impl Shape {
    /// S, the stride of a row in bytes: the power of two not below 2·NC.
    #[must_use]
    pub fn stride(&self) -> u32 {
        self.columns.saturating_mul(2).checked_next_power_of_two().unwrap_or(u32::MAX)
    }
}

impl Window {
    /// The window with this name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<&'static Self> {
        WINDOWS.iter().find(|window| window.name == name)
    }

    /// Its size for a shape, in bytes; saturating.
    #[must_use]
    pub fn bytes(&self, shape: &Shape) -> u32 {
        let factors = self.size.split('*').map(|factor| match factor {
            "NR" => shape.rows,
            "NC" => shape.columns,
            "S" => shape.stride(),
            "isram" => shape.isram,
            "dsram" => shape.dsram,
            number => number_of(number),
        });
        factors.fold(1, u32::saturating_mul)
    }

    /// The registers inside it.
    pub fn registers(&self) -> impl Iterator<Item = &'static Register> {
        let name = self.name;
        REGISTERS.iter().filter(move |register| register.window == name)
    }
}

fn number_of(text: &str) -> u32 {
    let number = match text.strip_prefix("0x") {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => text.parse(),
    };
    number.expect("a size in the table is a product of known names and numbers")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHAPE: Shape = Shape { rows: 256, columns: 200, isram: 1 << 16, dsram: 1 << 16 };

    #[test]
    fn every_size_is_a_number_and_windows_do_not_overlap() {
        let mut ends: Vec<(u32, u32)> =
            WINDOWS.iter().map(|w| (w.base, w.base + w.bytes(&SHAPE))).collect();
        ends.sort_unstable();
        assert!(ends.iter().all(|(base, end)| base < end));
        assert!(ends.windows(2).all(|pair| pair[0].1 <= pair[1].0), "{ends:x?}");
        assert_eq!(Window::by_name("W_SOMA").map(|w| w.bytes(&SHAPE)), Some(256 * 512));
    }

    #[test]
    fn registers_lie_inside_their_windows() {
        for register in &REGISTERS {
            let window = Window::by_name(register.window).expect("a known window");
            assert!(register.offset + register.bytes <= window.bytes(&SHAPE), "{register:?}");
        }
    }
}
