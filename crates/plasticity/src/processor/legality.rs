//! Which vector instructions are reserved in a given state: register groups, their alignment and
//! their overlap.
//!
//! An instruction describes its operands as groups; the rules then know no instruction.
//!
//! Source: RISC-V "V" Vector Extension, version 1.0, sections 3.4.2, 5.2, 5.3 and 7.8.

/// A group of registers that holds one operand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Group {
    /// First register.
    pub register: u8,
    /// Log2 of the number of registers; negative for a part of one.
    pub emul: i32,
    /// Bits of an element; 1 for a mask.
    pub eew: u32,
    /// Fields of a segment: so many groups in a row.
    pub fields: u8,
    /// Element 0 of a single register, whatever the grouping.
    pub scalar: bool,
}

impl Group {
    /// Elements of `8 << log` bits at the grouping `emul`.
    pub(super) const fn vector(register: u8, log: i32, emul: i32) -> Self {
        Self { register, emul, eew: 8 << log, fields: 1, scalar: false }
    }

    /// One bit per element, always one register.
    pub(super) const fn mask(register: u8) -> Self {
        Self { register, emul: 0, eew: 1, fields: 1, scalar: false }
    }

    /// Element 0 of a register.
    pub(super) const fn scalar(register: u8, log: i32) -> Self {
        Self { register, emul: 0, eew: 8 << log, fields: 1, scalar: true }
    }

    fn registers(self) -> u8 {
        (1 << self.emul.max(0)) * self.fields
    }

    fn end(self) -> u8 {
        self.register + self.registers()
    }

    fn meets(self, other: Self) -> bool {
        self.register < other.end() && other.register < self.end()
    }

    /// Within 1/8 to 8 registers, aligned, inside the file, elements no wider than 32 bits.
    fn well_formed(self) -> bool {
        let grouped = (-3..=3).contains(&self.emul) && self.eew <= 32;
        grouped
            && self.register.is_multiple_of(1 << self.emul.max(0))
            && self.registers() <= 8
            && self.end() <= 32
    }
}

/// What one instruction reads and writes in the register file.
#[derive(Clone, Debug, Default)]
pub(super) struct Operands {
    /// What is written.
    pub destination: Option<Group>,
    /// What is read, the mask `v0` of a masked instruction not included.
    pub sources: Vec<Group>,
    /// Whether `v0` is read as a mask.
    pub masked: bool,
    /// The destination may not meet any source.
    pub apart: bool,
    /// The destination may not meet `v0` even though it is a mask.
    pub mask_apart: bool,
}

impl Operands {
    /// Whether the specification defines this use of registers.
    pub(super) fn are_legal(&self) -> bool {
        let mut groups = self.destination.iter().chain(&self.sources);
        groups.all(|group| group.well_formed())
            && self.destination_is_clear_of_the_mask()
            && self.destination_is_clear_of_the_sources()
            && self.every_register_has_one_width()
    }

    fn destination_is_clear_of_the_mask(&self) -> bool {
        let Some(destination) = self.destination.filter(|_| self.masked) else { return true };
        let allowed = (destination.eew == 1 && !self.mask_apart) || destination.scalar;
        allowed || !destination.meets(Group::mask(0))
    }

    fn destination_is_clear_of_the_sources(&self) -> bool {
        let Some(destination) = self.destination.filter(|group| !group.scalar) else { return true };
        self.sources.iter().all(|&source| may_meet(destination, source, self.apart))
    }

    /// No register is read with two element widths; a mask has width 1.
    fn every_register_has_one_width(&self) -> bool {
        let mask = self.masked.then_some(Group::mask(0));
        let read: Vec<Group> = self.sources.iter().copied().chain(mask).collect();
        let mut pairs =
            read.iter().enumerate().flat_map(|(i, a)| read[..i].iter().map(move |b| (a, b)));
        pairs.all(|(a, b)| a.eew == b.eew || !a.meets(*b))
    }
}

/// The three cases in which a destination may overlap a source.
fn may_meet(destination: Group, source: Group, apart: bool) -> bool {
    if !destination.meets(source) {
        return true;
    }
    if apart {
        return false;
    }
    match destination.eew.cmp(&source.eew) {
        std::cmp::Ordering::Equal => true,
        // Only in the lowest-numbered part of the source.
        std::cmp::Ordering::Less => destination.register == source.register,
        // Only in the highest-numbered part of the destination, by at least one whole register.
        std::cmp::Ordering::Greater => source.emul >= 0 && source.end() == destination.end(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn legal(destination: Group, sources: &[Group], masked: bool) -> bool {
        Operands {
            destination: Some(destination),
            sources: sources.to_vec(),
            masked,
            ..Operands::default()
        }
        .are_legal()
    }

    /// Widening: `vwadd.vv v8, v10, v12` with LMUL 2.
    #[test]
    fn a_wide_destination_meets_a_source_in_its_upper_half_only() {
        let wide = Group::vector(8, 1, 2);
        assert!(legal(wide, &[Group::vector(10, 0, 1)], false));
        assert!(!legal(wide, &[Group::vector(8, 0, 1)], false));
        assert!(!legal(Group::vector(8, 1, 0), &[Group::vector(8, 0, -1)], false));
    }

    /// Narrowing: `vnsrl.wi v8, v8, 0`, and `vnsrl.wi v10, v8, 0` with LMUL 2.
    #[test]
    fn a_narrow_destination_meets_a_source_in_its_lower_half_only() {
        let wide = Group::vector(8, 1, 2);
        assert!(legal(Group::vector(8, 0, 1), &[wide], false));
        assert!(!legal(Group::vector(10, 0, 1), &[wide], false));
    }

    #[test]
    fn a_masked_destination_is_not_v0_unless_it_is_a_mask_or_a_scalar() {
        let source = [Group::vector(8, 0, 0)];
        assert!(!legal(Group::vector(0, 0, 0), &source, true));
        assert!(legal(Group::vector(0, 0, 0), &source, false));
        assert!(legal(Group::mask(0), &source, true));
        assert!(legal(Group::scalar(0, 0), &source, true));
    }

    #[test]
    fn groups_are_aligned_whole_and_inside() {
        assert!(!legal(Group::vector(2, 0, 2), &[], false));
        assert!(!legal(Group::vector(0, 0, 4), &[], false));
        assert!(!legal(Group { fields: 8, ..Group::vector(0, 0, 1) }, &[], false));
        assert!(!legal(Group { fields: 3, ..Group::vector(30, 0, 0) }, &[], false));
        assert!(legal(Group { fields: 2, ..Group::vector(30, 0, 0) }, &[], false));
    }

    /// `vwadd.wv v16, v8, v8`: one register with two widths.
    #[test]
    fn no_register_is_read_with_two_widths() {
        let sources = [Group::vector(8, 1, 1), Group::vector(8, 0, 0)];
        assert!(!legal(Group::vector(16, 1, 1), &sources, false));
        assert!(!legal(Group::vector(16, 0, 0), &[Group::vector(0, 0, 0)], true));
        assert!(legal(Group::mask(16), &[Group::mask(0)], true));
    }
}
