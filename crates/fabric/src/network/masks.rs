//! Sets as machine words: virtual channels by bit, round robin by shifting.

use leadlag_fixed::index;

use crate::topology::PORTS;

/// No member.
pub(super) const NONE: u8 = 7;

/// The first member of a set of five at or cyclically after a pointer: `RR5[pointer][set]`.
///
/// Pointer 5 is pointer 0, and there are no pointers above. The empty set gives [`NONE`].
pub(super) const RR5: [[u8; 32]; 8] = table();

#[expect(clippy::indexing_slicing, reason = "constant evaluation")]
const fn table() -> [[u8; 32]; 8] {
    let mut table = [[NONE; 32]; 8];
    let (mut pointer, mut set) = (0, 0);
    while pointer < 6 {
        while set < 32 {
            let mut offset = PORTS;
            while offset > 0 {
                offset -= 1;
                let member = (pointer + offset) % PORTS;
                if set >> member & 1 == 1 {
                    table[pointer][set] = byte(leadlag_fixed::count(member));
                }
            }
            set += 1;
        }
        (pointer, set) = (pointer + 1, 0);
    }
    table
}

/// [`RR5`] as words: bit 8·member, so that a few of them add up to a set per member; the empty set gives 0.
#[expect(clippy::indexing_slicing, reason = "constant evaluation")]
pub(super) const SPREAD5: [[u64; 32]; 8] = {
    let mut table = [[0; 32]; 8];
    let (mut pointer, mut set) = (0, 1);
    while pointer < 6 {
        while set < 32 {
            table[pointer][set] = 1 << (8 * RR5[pointer][set]);
            set += 1;
        }
        (pointer, set) = (pointer + 1, 1);
    }
    table
};

/// The first member of a set of four at or cyclically after a pointer: `RR4[8·set + pointer]`.
#[expect(clippy::indexing_slicing, reason = "constant evaluation")]
const RR4: [u8; 128] = {
    let (mut table, mut place) = ([0; 128], 8);
    while place < 128 {
        let pointer = byte(leadlag_fixed::count(place % 8));
        table[place] = byte(rr(wide(byte(leadlag_fixed::count(place / 8))), pointer));
        place += 1;
    }
    table
};

/// A small number as a set.
const fn wide(small: u8) -> u64 {
    u64::from_le_bytes([small, 0, 0, 0, 0, 0, 0, 0])
}

/// [`rr`] of a group of `CV` channels, as a place in a list.
#[inline(always)]
#[expect(clippy::indexing_slicing, reason = "sets of four and pointers below 8: places below 128")]
pub(super) fn rr_group<const CV: usize>(set: u64, pointer: u8) -> usize {
    if CV <= 4 {
        let [set, ..] = set.to_le_bytes();
        usize::from(RR4[usize::from(set & 15) * 8 + usize::from(pointer & 7)])
    } else {
        index(rr(set, pointer))
    }
}

/// The first member at or cyclically after `pointer`, of a set that is not empty.
#[inline(always)]
pub(super) const fn rr(set: u64, pointer: u8) -> u32 {
    let ahead = set & (u64::MAX << pointer);
    (if ahead != 0 { ahead } else { set }).trailing_zeros()
}

/// The members of a set, ascending.
#[inline(always)]
pub(super) fn members(mut set: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let member = set.trailing_zeros();
        (set != 0).then(|| set &= set.wrapping_sub(1)).map(|()| member)
    })
}

/// The low byte of a small number.
#[inline(always)]
pub(super) const fn byte(small: u32) -> u8 {
    let [byte, ..] = small.to_le_bytes();
    byte
}

/// The five low bits of a word as a place in a row of [`RR5`].
#[inline(always)]
pub(super) fn five(word: u64) -> usize {
    let [byte, ..] = word.to_le_bytes();
    usize::from(byte & 31)
}

/// How `CV` virtual channels of five ports lie in a word: one group of bits per port.
#[derive(Debug)]
pub(super) struct Lanes<const CV: usize>;

impl<const CV: usize> Lanes<CV> {
    /// Bits from one port's group to the next; at least 5, so that a group can hold a set of ports.
    pub(super) const STRIDE: usize = if CV <= 8 { 8 } else { 12 };
    /// The first group, full.
    pub(super) const LOW: u64 = (1 << CV) - 1;
    /// The lowest bit of each group.
    pub(super) const FIRST: u64 = {
        let (mut set, mut port) = (0, 0);
        while port < PORTS {
            set |= 1 << (port * Self::STRIDE);
            port += 1;
        }
        set
    };

    /// The bit of a channel.
    #[inline(always)]
    pub(super) const fn bit(port: usize, channel: usize) -> u64 {
        1 << (port * Self::STRIDE + channel)
    }

    /// The group of a port, shifted down.
    #[inline(always)]
    pub(super) const fn group(set: u64, port: usize) -> u64 {
        set >> (port * Self::STRIDE) & Self::LOW
    }

    /// A set with a byte per port and a bit per channel, for each eight channels, as groups of bits.
    #[inline(always)]
    pub(super) fn groups(low: u64, high: u64) -> u64 {
        if Self::STRIDE == 8 {
            return low;
        }
        let ports = low.to_le_bytes().into_iter().zip(high.to_le_bytes()).take(PORTS);
        ports.enumerate().fold(0, |set, (port, (low, high))| {
            set | u64::from(u16::from_le_bytes([low, high])) << (port * Self::STRIDE)
        })
    }

    /// The same channels at every port.
    #[inline(always)]
    pub(super) const fn everywhere(channels: u64) -> u64 {
        Self::FIRST * channels
    }

    /// Which groups have a member: the lowest bit of each such group.
    #[inline(always)]
    pub(super) const fn occupied(set: u64) -> u64 {
        let folded = if CV <= 2 {
            set | set >> 1
        } else if CV <= 4 {
            let pairs = set | set >> 1;
            pairs | pairs >> 2
        } else if CV <= 8 {
            let pairs = set | set >> 1;
            let fours = pairs | pairs >> 2;
            fours | fours >> 4
        } else {
            let threes = set | set >> 1 | set >> 2;
            threes | threes >> 3 | threes >> 6 | threes >> 9
        };
        folded & Self::FIRST
    }

    /// The ports whose group has a member, as five bits, repeated in five bytes.
    #[inline(always)]
    pub(super) const fn ports_in_bytes(set: u64) -> u64 {
        let gathered = Self::occupied(set).wrapping_mul(Self::GATHER) >> Self::TOP & 0b11111;
        // Bit i·STRIDE times 2^(TOP − i·(STRIDE − 1)) is bit TOP + i; no other products fall there,
        // and no two products meet, so there are no carries.
        Lanes::<8>::FIRST * gathered
    }

    const TOP: usize = 4 * Self::STRIDE;
    const GATHER: u64 = {
        let (mut factor, mut port) = (0, 0);
        while port < PORTS {
            factor |= 1 << (Self::TOP - port * (Self::STRIDE - 1));
            port += 1;
        }
        factor
    };

    /// The bit of a place in a list `[port][channel]`; of a sixth port too where the word has room.
    #[inline(always)]
    #[expect(clippy::indexing_slicing, reason = "places are below 128")]
    pub(super) const fn bit_of(cell: usize) -> u64 {
        Self::BITS[cell & 127]
    }

    #[expect(clippy::indexing_slicing, reason = "constant evaluation")]
    const BITS: [u64; 128] = {
        let (mut bits, mut cell) = ([0; 128], 0);
        while cell < (PORTS + 1) * CV {
            let place = cell + cell / CV * (Self::STRIDE - CV);
            bits[cell] = if cell < PORTS * CV || CV <= 8 { 1 << place } else { 0 };
            cell += 1;
        }
        bits
    };

    /// Port and channel of a bit's place.
    #[inline(always)]
    pub(super) fn place(bit: u32) -> (usize, usize) {
        (index(bit) / Self::STRIDE, index(bit) % Self::STRIDE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Sets are what they say, whatever the number of channels.
        #[test]
        fn ports_are_gathered_and_repeated(bits: u64) {
            ports::<2>(bits);
            ports::<4>(bits);
            ports::<8>(bits);
            ports::<12>(bits);
        }

        /// Round robin: nobody is nearer after the pointer than the winner.
        #[test]
        fn the_winner_is_the_first_after_the_pointer(set in 1..u64::MAX, pointer in 0..64_u8) {
            let distance = |member: u32| (member + 64 - u32::from(pointer)) % 64;
            let winner = rr(set, pointer);
            prop_assert!(members(set).all(|member| distance(winner) <= distance(member)));
            prop_assert!(set >> winner & 1 == 1);
        }
    }

    fn ports<const CV: usize>(bits: u64) {
        let set = bits & Lanes::<CV>::everywhere(Lanes::<CV>::LOW);
        let has = |port: &usize| Lanes::<CV>::group(set, *port) != 0;
        let expected = (0..PORTS).filter(has).fold(0, |all, port| all | 1 << port);
        assert_eq!(Lanes::<CV>::ports_in_bytes(set), Lanes::<8>::everywhere(expected));
    }

    #[test]
    fn the_table_of_five_is_round_robin() {
        for pointer in 0..6_u8 {
            for set in 1..32_u8 {
                let expected = rr(u64::from(set), pointer % 5);
                let found = RR5[usize::from(pointer)][usize::from(set)];
                assert_eq!(u32::from(found), expected, "{pointer} {set:b}");
            }
            assert_eq!(RR5[usize::from(pointer)][0], NONE);
        }
    }
}
