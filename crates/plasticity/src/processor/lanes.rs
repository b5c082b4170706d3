//! The lane functions: what one vector instruction does to one element, and the loops over them.
//!
//! One kernel exists per (operation, element width, rounding mode). A kernel reads whole element
//! arrays and writes a result array; masks, tails and widths other than its own are the business
//! of the caller (`arithmetic`). Widening operations are the plain ones at twice the width with
//! extended operands; narrowing operations run at the wide width and drop the upper half.
//!
//! Source: RISC-V "V" Vector Extension, version 1.0, sections 11 and 12.

#![expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::cast_lossless,
    reason = "a lane is read as signed or unsigned bits of its own width, or of twice that width"
)]

use multiversion::multiversion;

/// An operation on two elements: `a` from `vs2`, `b` from `vs1`, a scalar or an immediate.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Binary {
    Add,
    Sub,
    Rsub,
    And,
    Or,
    Xor,
    Sll,
    Srl,
    Sra,
    Minu,
    Min,
    Maxu,
    Max,
    Mul,
    Mulh,
    Mulhu,
    Mulhsu,
    Divu,
    Div,
    Remu,
    Rem,
    /// The first operand (extensions).
    First,
    /// The second operand (moves).
    Second,
    Saddu,
    Sadd,
    Ssubu,
    Ssub,
    Aaddu,
    Aadd,
    Asubu,
    Asub,
    Smul,
    Ssrl,
    Ssra,
    /// Shift, round and hold at the rails of half the width, unsigned.
    Nclipu,
    /// Shift, round and hold at the rails of half the width.
    Nclip,
    Eq,
    Ne,
    Ltu,
    Lt,
    Leu,
    Le,
    Gtu,
    Gt,
}

/// An operation on two elements and a third: the destination's old element, or a mask bit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Ternary {
    /// `d + b*a`.
    Macc,
    /// `d - b*a`.
    Nmsac,
    /// `b*d + a`.
    Madd,
    /// `a - b*d`.
    Nmsub,
    /// `a + b + bit`.
    Adc,
    /// `a - b - bit`.
    Sbc,
    /// `bit ? b : a`.
    Merge,
    /// The carry of `a + b + bit`.
    Madc,
    /// The borrow of `a - b - bit`.
    Msbc,
}

impl Binary {
    /// Whether the operation may set `vxsat`.
    pub(super) const fn saturates(self) -> bool {
        matches!(
            self,
            Self::Saddu
                | Self::Sadd
                | Self::Ssubu
                | Self::Ssub
                | Self::Smul
                | Self::Nclipu
                | Self::Nclip
        )
    }
}

/// The targets the loops are compiled for, beside the base of the build.
macro_rules! kernels {
    ($module:ident, $bytes:literal, $i:ty, $u:ty, $wi:ty, $wu:ty, $ni:ty, $nu:ty) => {
        pub(super) mod $module {
            use super::{Binary, Ternary, multiversion};

            /// One element as the register file holds it: little endian.
            pub(in super::super) type Element = [u8; $bytes];

            const BITS: u32 = <$u>::BITS;

            /// What rounding adds to `value >> places`: the specification's table of `vxrm`.
            #[inline(always)]
            fn increment<const MODE: u8>(value: $wu, places: u32) -> $wu {
                if places == 0 {
                    return 0;
                }
                let half = (value >> (places - 1)) & 1;
                match MODE {
                    0 => half,
                    1 => {
                        let below = value & ((1 << (places - 1)) - 1);
                        let odd = (value >> places) & 1;
                        half & (<$wu>::from(below != 0) | odd)
                    }
                    2 => 0,
                    _ => {
                        let below = value & ((1 << places) - 1);
                        let odd = (value >> places) & 1;
                        (odd ^ 1) & <$wu>::from(below != 0)
                    }
                }
            }

            #[inline(always)]
            fn round<const MODE: u8>(value: $wi, places: u32) -> $wi {
                (value >> places).wrapping_add(increment::<MODE>(value as $wu, places) as $wi)
            }

            #[inline(always)]
            fn roundu<const MODE: u8>(value: $wu, places: u32) -> $wu {
                (value >> places).wrapping_add(increment::<MODE>(value, places))
            }

            /// Where the lanes of an operation find their two elements and leave the result.
            trait Operands {
                /// `out[i] = lane(a[i], b[i])`.
                fn each(self, lane: impl FnMut($i, $i) -> $i);
            }

            /// Two arrays and the result's.
            impl Operands for (&[Element], &[Element], &mut [Element]) {
                #[inline(always)]
                fn each(self, mut lane: impl FnMut($i, $i) -> $i) {
                    let (a, b, out) = self;
                    for ((a, b), out) in a.iter().zip(b).zip(out) {
                        *out = lane(<$i>::from_le_bytes(*a), <$i>::from_le_bytes(*b)).to_le_bytes();
                    }
                }
            }

            /// An array, one element for all lanes, and the result's array.
            impl Operands for (&[Element], Element, &mut [Element]) {
                #[inline(always)]
                fn each(self, mut lane: impl FnMut($i, $i) -> $i) {
                    let (a, b, out) = self;
                    let b = <$i>::from_le_bytes(b);
                    for (a, out) in a.iter().zip(out) {
                        *out = lane(<$i>::from_le_bytes(*a), b).to_le_bytes();
                    }
                }
            }

            /// The second array, and the first one, which becomes the result.
            impl Operands for (&[Element], &mut [Element]) {
                #[inline(always)]
                fn each(self, mut lane: impl FnMut($i, $i) -> $i) {
                    let (b, out) = self;
                    for (b, out) in b.iter().zip(out) {
                        *out =
                            lane(<$i>::from_le_bytes(*out), <$i>::from_le_bytes(*b)).to_le_bytes();
                    }
                }
            }

            #[inline(always)]
            fn map2(
                on: impl Operands,
                lane: impl Fn($i, $i) -> $i,
            ) -> bool {
                on.each(lane);
                false
            }

            #[inline(always)]
            fn map2u(
                on: impl Operands,
                lane: impl Fn($u, $u) -> $u,
            ) -> bool {
                map2(on, |a, b| lane(a as $u, b as $u) as $i)
            }

            #[inline(always)]
            fn compare(
                on: impl Operands,
                lane: impl Fn($i, $i) -> bool,
            ) -> bool {
                map2(on, |a, b| <$i>::from(lane(a, b)))
            }

            /// A loop over lanes that a rail may hold: a lane says what it becomes, and what it
            /// would have become. Differences are collected as bits: a truth value per lane would
            /// leave the vector registers.
            #[inline(always)]
            fn hold2(
                on: impl Operands,
                lane: impl Fn($i, $i) -> ($i, $i),
            ) -> bool {
                let mut any: $i = 0;
                on.each(|a, b| {
                    let (value, free) = lane(a, b);
                    any |= value ^ free;
                    value
                });
                any != 0
            }

            /// The product's upper bits, rounded; only -1 times -1 meets a rail, and is the only
            /// product whose upper bits are the lowest number.
            #[inline(always)]
            fn smul<const MODE: u8>(a: $i, b: $i) -> ($i, $i) {
                let product = <$wi>::from(a) * <$wi>::from(b);
                let free = if MODE == 0 {
                    // Half up is the addition of a half: the product leaves room for it.
                    ((product + (1 << (BITS - 2))) >> (BITS - 1)) as $i
                } else {
                    round::<MODE>(product, BITS - 1) as $i
                };
                (if free == <$i>::MIN { <$i>::MAX } else { free }, free)
            }

            /// [`smul`] half up, without a lane of twice the width: the upper half of the product
            /// twice, and the lower half's share. Only -1 times -1 has an upper half beyond a half
            /// of the largest number; twice that is held, and its share is 0.
            #[inline(always)]
            fn smul_half_up(on: impl Operands) -> bool {
                let mut largest: $i = 0;
                on.each(|a, b| {
                    let upper = ((<$wi>::from(a) * <$wi>::from(b)) >> BITS) as $i;
                    let lower = a.wrapping_mul(b) as $u;
                    let share = ((lower >> 1) + (1 << (BITS - 3))) >> (BITS - 2);
                    largest = largest.max(upper);
                    upper.saturating_add(upper).wrapping_add(share as $i)
                });
                largest > <$i>::MAX >> 1
            }

            #[inline(always)]
            fn nclip<const MODE: u8>(a: $i, b: $i) -> ($i, $i) {
                let value = round::<MODE>(<$wi>::from(a), (b as u32) & (BITS - 1)) as $i;
                (value.max(<$i>::from(<$ni>::MIN)).min(<$i>::from(<$ni>::MAX)), value)
            }

            #[inline(always)]
            fn nclipu<const MODE: u8>(a: $i, b: $i) -> ($i, $i) {
                let value = roundu::<MODE>(<$wu>::from(a as $u), (b as u32) & (BITS - 1)) as $u;
                (value.min(<$u>::from(<$nu>::MAX)) as $i, value as $i)
            }

            /// The operations that read `vxrm`.
            #[inline(always)]
            fn rounding<const MODE: u8>(
                op: Binary,
                on: impl Operands,
            ) -> bool {
                let wide = |value: $i| <$wi>::from(value);
                let wideu = |value: $i| <$wu>::from(value as $u);
                let places = |b: $i| (b as u32) & (BITS - 1);
                match op {
                    Binary::Aaddu => map2(on, |a, b| {
                        roundu::<MODE>(wideu(a) + wideu(b), 1) as $i
                    }),
                    Binary::Aadd => {
                        map2(on, |a, b| round::<MODE>(wide(a) + wide(b), 1) as $i)
                    }
                    Binary::Asubu => map2(on, |a, b| {
                        // The difference of unsigned elements has one more bit, its sign.
                        roundu::<MODE>(wideu(a).wrapping_sub(wideu(b)), 1) as $i
                    }),
                    Binary::Asub => {
                        map2(on, |a, b| round::<MODE>(wide(a) - wide(b), 1) as $i)
                    }
                    Binary::Ssrl => {
                        map2(on, |a, b| roundu::<MODE>(wideu(a), places(b)) as $i)
                    }
                    Binary::Ssra => map2(on, |a, b| round::<MODE>(wide(a), places(b)) as $i),
                    // Only for 16 bits is there an instruction that multiplies to the upper half.
                    Binary::Smul if MODE == 0 && BITS == 16 => smul_half_up(on),
                    Binary::Smul => hold2(on, smul::<MODE>),
                    Binary::Nclip => hold2(on, nclip::<MODE>),
                    _ => hold2(on, nclipu::<MODE>),
                }
            }

            /// The loop of an operation, for either form of the second operand.
            #[inline(always)]
            fn lanes(
                op: Binary,
                mode: u8,
                on: impl Operands,
            ) -> bool {
                let places = |b: $u| (b as u32) & (BITS - 1);
                match op {
                    Binary::Add => map2(on, <$i>::wrapping_add),
                    Binary::Sub => map2(on, <$i>::wrapping_sub),
                    Binary::Rsub => map2(on, |a, b| b.wrapping_sub(a)),
                    Binary::And => map2(on, |a, b| a & b),
                    Binary::Or => map2(on, |a, b| a | b),
                    Binary::Xor => map2(on, |a, b| a ^ b),
                    Binary::Sll => map2u(on, |a, b| a << places(b)),
                    Binary::Srl => map2u(on, |a, b| a >> places(b)),
                    Binary::Sra => map2(on, |a, b| a >> places(b as $u)),
                    Binary::Minu => map2u(on, |a, b| a.min(b)),
                    Binary::Min => map2(on, |a, b| a.min(b)),
                    Binary::Maxu => map2u(on, |a, b| a.max(b)),
                    Binary::Max => map2(on, |a, b| a.max(b)),
                    Binary::Mul => map2(on, <$i>::wrapping_mul),
                    Binary::Mulh => map2(on, |a, b| {
                        ((<$wi>::from(a) * <$wi>::from(b)) >> BITS) as $i
                    }),
                    Binary::Mulhu => map2u(on, |a, b| {
                        ((<$wu>::from(a) * <$wu>::from(b)) >> BITS) as $u
                    }),
                    Binary::Mulhsu => map2(on, |a, b| {
                        ((<$wi>::from(a) * (<$wu>::from(b as $u) as $wi)) >> BITS) as $i
                    }),
                    Binary::Divu => map2u(on, |a, b| a.checked_div(b).unwrap_or(<$u>::MAX)),
                    Binary::Div => map2(on, |a, b| {
                        if b == 0 { -1 } else { a.wrapping_div(b) }
                    }),
                    Binary::Remu => map2u(on, |a, b| a.checked_rem(b).unwrap_or(a)),
                    Binary::Rem => map2(on, |a, b| {
                        if b == 0 { a } else { a.wrapping_rem(b) }
                    }),
                    Binary::First => map2(on, |a, _| a),
                    Binary::Second => map2(on, |_, b| b),
                    Binary::Saddu => hold2(on, |a, b| {
                        let (a, b) = (a as $u, b as $u);
                        (a.saturating_add(b) as $i, a.wrapping_add(b) as $i)
                    }),
                    Binary::Sadd => hold2(on, |a, b| (a.saturating_add(b), a.wrapping_add(b))),
                    Binary::Ssubu => hold2(on, |a, b| {
                        let (a, b) = (a as $u, b as $u);
                        (a.saturating_sub(b) as $i, a.wrapping_sub(b) as $i)
                    }),
                    Binary::Ssub => hold2(on, |a, b| (a.saturating_sub(b), a.wrapping_sub(b))),
                    Binary::Eq => compare(on, |a, b| a == b),
                    Binary::Ne => compare(on, |a, b| a != b),
                    Binary::Ltu => compare(on, |a, b| (a as $u) < (b as $u)),
                    Binary::Lt => compare(on, |a, b| a < b),
                    Binary::Leu => compare(on, |a, b| (a as $u) <= (b as $u)),
                    Binary::Le => compare(on, |a, b| a <= b),
                    Binary::Gtu => compare(on, |a, b| (a as $u) > (b as $u)),
                    Binary::Gt => compare(on, |a, b| a > b),
                    _ => match mode & 3 {
                        0 => rounding::<0>(op, on),
                        1 => rounding::<1>(op, on),
                        2 => rounding::<2>(op, on),
                        _ => rounding::<3>(op, on),
                    },
                }
            }

            /// `out[i] = op(a[i], b[i])`; whether any lane was held at a rail.
            ///
            /// Shape: `a`, `b` and `out` hold the same number of elements.
            #[multiversion(targets(
                "x86_64+avx512f+avx512vl+avx512dq+avx512bw",
                "x86_64+avx2"
            ))]
            pub(in super::super) fn binary(
                op: Binary,
                mode: u8,
                a: &[Element],
                b: &[Element],
                out: &mut [Element],
            ) -> bool {
                lanes(op, mode, (a, b, out))
            }

            /// `out[i] = op(a[i], b)`; whether any lane was held at a rail.
            ///
            /// Shape: `a` and `out` hold the same number of elements.
            #[multiversion(targets(
                "x86_64+avx512f+avx512vl+avx512dq+avx512bw",
                "x86_64+avx2"
            ))]
            pub(in super::super) fn binary_scalar(
                op: Binary,
                mode: u8,
                a: &[Element],
                b: Element,
                out: &mut [Element],
            ) -> bool {
                lanes(op, mode, (a, b, out))
            }

            /// `out[i] = op(out[i], b[i])`; whether any lane was held at a rail.
            ///
            /// Shape: `b` and `out` hold the same number of elements.
            #[multiversion(targets(
                "x86_64+avx512f+avx512vl+avx512dq+avx512bw",
                "x86_64+avx2"
            ))]
            pub(in super::super) fn binary_onto(
                op: Binary,
                mode: u8,
                b: &[Element],
                out: &mut [Element],
            ) -> bool {
                lanes(op, mode, (b, out))
            }

            #[inline(always)]
            fn map3(
                a: &[Element],
                b: &[Element],
                third: &[Element],
                out: &mut [Element],
                lane: impl Fn($i, $i, $i) -> $i,
            ) {
                for (((a, b), third), out) in a.iter().zip(b).zip(third).zip(out) {
                    let read = |element: &Element| <$i>::from_le_bytes(*element);
                    *out = lane(read(a), read(b), read(third)).to_le_bytes();
                }
            }

            /// `out[i] = op(a[i], b[i], third[i])`; mask bits arrive as elements 0 or 1.
            ///
            /// Shape: all arrays hold the same number of elements.
            #[multiversion(targets(
                "x86_64+avx512f+avx512vl+avx512dq+avx512bw",
                "x86_64+avx2"
            ))]
            pub(in super::super) fn ternary(
                op: Ternary,
                a: &[Element],
                b: &[Element],
                third: &[Element],
                out: &mut [Element],
            ) {
                let wide = |value: $i| <$wu>::from(value as $u);
                match op {
                    Ternary::Macc => {
                        map3(a, b, third, out, |a, b, d| d.wrapping_add(a.wrapping_mul(b)));
                    }
                    Ternary::Nmsac => {
                        map3(a, b, third, out, |a, b, d| d.wrapping_sub(a.wrapping_mul(b)));
                    }
                    Ternary::Madd => {
                        map3(a, b, third, out, |a, b, d| a.wrapping_add(b.wrapping_mul(d)));
                    }
                    Ternary::Nmsub => {
                        map3(a, b, third, out, |a, b, d| a.wrapping_sub(b.wrapping_mul(d)));
                    }
                    Ternary::Adc => {
                        map3(a, b, third, out, |a, b, bit| a.wrapping_add(b).wrapping_add(bit));
                    }
                    Ternary::Sbc => {
                        map3(a, b, third, out, |a, b, bit| a.wrapping_sub(b).wrapping_sub(bit));
                    }
                    Ternary::Merge => {
                        map3(a, b, third, out, |a, b, bit| if bit == 0 { a } else { b });
                    }
                    Ternary::Madc => map3(a, b, third, out, |a, b, bit| {
                        ((wide(a) + wide(b) + wide(bit)) >> BITS) as $i
                    }),
                    Ternary::Msbc => map3(a, b, third, out, |a, b, bit| {
                        <$i>::from(wide(a) < wide(b) + wide(bit))
                    }),
                }
            }
        }
    };
}

kernels!(bytes, 1, i8, u8, i16, u16, i8, u8);
kernels!(halves, 2, i16, u16, i32, u32, i8, u8);
kernels!(words, 4, i32, u32, i64, u64, i16, u16);
