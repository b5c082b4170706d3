//! Senders: from a signal to the payload code that receivers hold.

use leadlag_fixed::{low_half, low_quarter};
use multiversion::multiversion;

/// How a bank of senders turns values into codes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Format {
    /// A code is worth `2^shift` bits of the value.
    pub shift: i32,
    /// Payload width.
    pub bits: u32,
    /// By how many codes a signal must have moved before it is sent again. 0: in every step.
    pub threshold: u16,
}

/// The code of a value: `value * 2^-shift` rounded half up, held at `bits` signed bits; and whether
/// it was held.
#[inline(always)]
#[must_use]
pub fn code(value: i32, shift: i32, bits: u32) -> (i16, bool) {
    let wide = i64::from(value);
    let rounded = if shift > 0 {
        ((wide >> (shift - 1).min(62)) + 1) >> 1
    } else {
        wide << shift.unsigned_abs().min(31)
    };
    let top = (1_i64 << (bits - 1)) - 1;
    let kept = rounded.clamp(-top - 1, top);
    (low_quarter(low_half(kept)), kept != rounded)
}

/// What a bank of senders did in a step.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Spoken {
    /// Events emitted.
    pub events: u64,
    /// Codes held at the payload's ends.
    pub clipped: u64,
    /// Sum of the squares of the codes that receivers now hold.
    pub power: u64,
}

/// One step of the senders of `columns` columns of several replicas.
///
/// Shapes: `values[replica][column]` and `sent[replica][column]`, padded to `width` with zeros.
/// `sent` holds the last code sent, which is what receivers have from the next latch on. With a
/// threshold of 0 every column speaks.
#[multiversion(targets("x86_64+avx512f+avx512vl+avx512dq+avx512bw", "x86_64+avx2"))]
pub fn speak(
    values: &[i32],
    format: Format,
    (columns, width): (usize, usize),
    sent: &mut [i16],
) -> Spoken {
    let threshold = u32::from(format.threshold);
    let mut spoken = Spoken::default();
    // Counts and squares of a block fit 32-bit words, so that a block's loop has no wider ones.
    let block = 1 << 33_u32.saturating_sub(2 * format.bits).min(BLOCK);
    for (values, sent) in values.chunks(block).zip(sent.chunks_mut(block)) {
        let of_block = if format.shift > 0 {
            // The common case: nothing can overflow where bits are dropped.
            let (dropped, top) = ((format.shift - 1).min(31), (1 << (format.bits - 1)) - 1);
            each(values, threshold, sent, |value| {
                let rounded = ((value >> dropped) + 1) >> 1;
                let kept = rounded.max(-top - 1).min(top);
                (low_quarter(kept), kept != rounded)
            })
        } else {
            each(values, threshold, sent, |value| code(value, format.shift, format.bits))
        };
        spoken.events += u64::from(of_block[0]);
        spoken.clipped += u64::from(of_block[1]);
        spoken.power += u64::from(of_block[2]);
    }
    let padding = u64::from(leadlag_fixed::count(values.len() / width * (width - columns)));
    spoken.events -= if threshold == 0 { padding } else { 0 };
    spoken
}

/// Binary logarithm of the most senders in a block. A square is at most `2^(2 * bits - 2)`, so those of
/// `2^(33 - 2 * bits)` senders add up to at most `2^31`.
const BLOCK: u32 = 10;

/// One step of every sender, padding included: events, clipped codes, power.
#[inline(always)]
fn each(
    values: &[i32],
    threshold: u32,
    sent: &mut [i16],
    code: impl Fn(i32) -> (i16, bool),
) -> [u32; 3] {
    let (mut events, mut clipped, mut power) = (0_u32, 0_u32, 0_u32);
    for (&value, sent) in values.iter().zip(sent.iter_mut()) {
        let (code, held) = code(value);
        let speaks = i32::from(code).abs_diff(i32::from(*sent)) >= threshold;
        *sent = if speaks { code } else { *sent };
        events += u32::from(speaks);
        clipped += u32::from(held);
        power += i32::from(*sent).pow(2).unsigned_abs();
    }
    [events, clipped, power]
}

#[cfg(test)]
mod tests {
    use super::*;
    use leadlag_fixed::{half_up, saturate};
    use proptest::prelude::*;

    proptest! {
        /// The code is the rounded value, held at the payload's ends; it speaks when it has moved by
        /// the threshold, and otherwise the receivers keep what they have.
        #[test]
        fn a_sender_speaks_when_its_code_has_moved(
            values in prop::collection::vec(any::<i32>().prop_flat_map(|v| (0..31_u32).prop_map(move |s| v >> s)), 40),
            old in prop::collection::vec(-512..512_i16, 40), shift in -8..30_i32, bits in 2..=16_u32, threshold in 0..9_u16,
        ) {
            let (mut padded, mut sent) = (vec![0; 48], vec![0; 48]);
            for replica in 0..2 {
                padded[replica * 24..][..20].copy_from_slice(&values[replica * 20..][..20]);
                sent[replica * 24..][..20].copy_from_slice(&old[replica * 20..][..20]);
            }
            let before = sent.clone();
            let spoken = speak(&padded, Format { shift, bits, threshold }, (20, 24), &mut sent);
            let (mut events, mut clipped, mut power) = (0, 0, 0);
            for replica in 0..2 {
                for column in 0..20 {
                    let at = replica * 24 + column;
                    let wide = i128::from(padded[at]);
                    let exact = if shift < 0 { wide << -shift } else { half_up(wide, shift.unsigned_abs()) };
                    let code = saturate(i64::try_from(exact).unwrap(), bits);
                    let before = before[at];
                    let speaks = (i32::from(code) - i32::from(before)).unsigned_abs() >= u32::from(threshold);
                    prop_assert_eq!(sent[at], if speaks { code } else { before });
                    events += u64::from(speaks);
                    clipped += u64::from(i128::from(code) != exact);
                    power += u64::try_from(i64::from(sent[at]).pow(2)).unwrap();
                }
            }
            prop_assert_eq!(spoken, Spoken { events, clipped, power });
        }
    }
}
