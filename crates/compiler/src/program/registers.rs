//! Vector register groups and scalar registers, given out in a fixed order.

/// A group of vector registers that holds one vector.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Group {
    pub(crate) first: u32,
    pub(crate) registers: u32,
}

impl std::fmt::Display for Group {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "v{}", self.first)
    }
}

/// The 32 vector registers.
#[derive(Clone, Debug)]
pub(crate) struct VectorRegisters {
    taken: u32,
}

impl VectorRegisters {
    /// All free, but for v0 if masks need it.
    pub(crate) fn new(masks: bool) -> Self {
        Self { taken: u32::from(masks) }
    }

    /// A free aligned group, v8 and up first.
    pub(crate) fn take(&mut self, registers: u32) -> Option<Group> {
        let aligned = |first: &u32| first.is_multiple_of(registers);
        let first = (8..32)
            .chain(0..8)
            .filter(aligned)
            .find(|&first| first + registers <= 32 && self.taken & mask(first, registers) == 0)?;
        self.taken |= mask(first, registers);
        Some(Group { first, registers })
    }

    pub(crate) fn free(&mut self, group: Group) {
        self.taken &= !mask(group.first, group.registers);
    }

    /// Gives the upper half of a group back.
    pub(crate) fn halve(&mut self, group: Group) -> Group {
        let lower = Group { first: group.first, registers: (group.registers / 2).max(1) };
        if lower.registers < group.registers {
            self.free(Group { first: group.first + lower.registers, registers: lower.registers });
        }
        lower
    }
}

fn mask(first: u32, registers: u32) -> u32 {
    u32::MAX
        .checked_shl(32 - registers)
        .unwrap_or(0)
        .checked_shr(32 - registers - first)
        .unwrap_or(0)
}

/// Registers for constants, pointers and row values, in the order in which they are given out.
const POOL: [&str; 17] = [
    "a5", "a6", "a7", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "t3", "t4", "t5", "t6", "ra",
    "gp", "tp",
];

/// The scalar registers that have no fixed use.
#[derive(Clone, Debug, Default)]
pub(crate) struct ScalarRegisters {
    next: usize,
}

impl ScalarRegisters {
    pub(crate) fn take(&mut self) -> Option<&'static str> {
        let name = POOL.get(self.next).copied();
        self.next += 1;
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_aligned_disjoint_and_all_given_out() {
        for (size, count) in [(1, 32), (2, 16), (4, 8), (8, 4)] {
            let mut registers = VectorRegisters::new(false);
            let mut seen = 0_u32;
            for _ in 0..count {
                let group = registers.take(size).unwrap();
                assert!(group.first.is_multiple_of(size));
                assert_eq!(seen & mask(group.first, size), 0);
                seen |= mask(group.first, size);
            }
            assert_eq!((seen, registers.take(size)), (u32::MAX, None));
        }
        assert_eq!(VectorRegisters::new(true).take(8).map(|g| g.first), Some(8));
    }
}
