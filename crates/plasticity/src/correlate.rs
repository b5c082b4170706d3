//! Sums over replicas of the products that the synapses of an array see.

use multiversion::multiversion;

/// Columns per block of accumulators.
const BLOCK: usize = 16;

/// Strides of the two code matrices.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Span {
    /// Stride of the row codes, per replica.
    pub rows: usize,
    /// Stride of the columns' own codes, per replica: a multiple of 16.
    pub width: usize,
}

/// Adds `sum_replica row[replica][row] * own[replica][column]` to `products[row][column]`.
///
/// The caller has proved that no sum leaves 32 bits.
#[multiversion(targets("x86_64+avx512f+avx512vl+avx512dq+avx512bw", "x86_64+avx2"))]
pub fn correlate(row: &[i16], own: &[i16], span: Span, products: &mut [i32]) {
    blocked(row, own, span, products);
}

/// [`correlate`] as the target's baseline compiles it, for a bench to compare with.
#[doc(hidden)]
pub fn correlate_baseline(row: &[i16], own: &[i16], span: Span, products: &mut [i32]) {
    blocked(row, own, span, products);
}

#[inline(always)]
fn blocked(row: &[i16], own: &[i16], span: Span, products: &mut [i32]) {
    // A code is spread over all lanes of a vector: from a wide word that is one instruction.
    let row: Vec<i32> = row.iter().map(|&code| i32::from(code)).collect();
    let fours = span.rows / 4 * 4;
    let (blocked, rest) = products.split_at_mut(fours * span.width);
    for (quad, products) in blocked.chunks_exact_mut(4 * span.width).enumerate() {
        block::<4>(&row, own, span, 4 * quad, products);
    }
    for (single, products) in rest.chunks_exact_mut(span.width).enumerate() {
        block::<1>(&row, own, span, fours + single, products);
    }
}

/// The products of `M` rows at once: an own code is read once for all of them.
#[inline(always)]
fn block<const M: usize>(row: &[i32], own: &[i16], span: Span, first: usize, products: &mut [i32]) {
    let Span { rows, width } = span;
    let replicas = own.len() / width;
    for column in (0..width).step_by(BLOCK) {
        let mut sums = [[0_i32; BLOCK]; M];
        // Plain indices: this form becomes registers of accumulators, iterators do not.
        for replica in 0..replicas {
            let own: &[i16; BLOCK] =
                own[replica * width + column..][..BLOCK].try_into().expect("columns are padded");
            let row: &[i32; M] =
                row[replica * rows + first..][..M].try_into().expect("the block's rows are there");
            for place in 0..M {
                let code = row[place];
                for lane in 0..BLOCK {
                    sums[place][lane] += code * i32::from(own[lane]);
                }
            }
        }
        for (products, sums) in products.chunks_exact_mut(width).zip(&sums) {
            for (product, sum) in products[column..column + BLOCK].iter_mut().zip(sums) {
                *product += sum;
            }
        }
    }
}

/// [`correlate`] for formats whose sums need more than 32 bits.
pub fn correlate_wide(row: &[i16], own: &[i16], span: Span, products: &mut [i64]) {
    for (row, own) in row.chunks_exact(span.rows).zip(own.chunks_exact(span.width)) {
        for (products, &code) in products.chunks_exact_mut(span.width).zip(row) {
            for (product, &own) in products.iter_mut().zip(own) {
                *product += i64::from(i32::from(code) * i32::from(own));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// The blocked sum over replicas is the plain one, for any number of replicas and rows.
        #[test]
        fn the_blocked_sum_is_the_plain_sum(replicas in 0..9_usize, rows in 1..14_usize, seed in any::<u32>()) {
            let span = Span { width: 32, rows };
            let code = |i: usize| i16::try_from((i * 7919 + usize::try_from(seed % 1009).unwrap()) % 1023).unwrap() - 511;
            let own: Vec<i16> = (0..replicas * 32).map(code).collect();
            let row: Vec<i16> = (0..replicas * rows).map(|i| code(i + 5)).collect();
            let (mut fast, mut plain) = (vec![3; rows * 32], vec![3; rows * 32]);
            correlate(&row, &own, span, &mut fast);
            correlate_wide(&row, &own, span, &mut plain);
            prop_assert!(fast.iter().zip(&plain).all(|(&a, &b)| i64::from(a) == b));
            let (c, r) = (31, rows - 1);
            let direct: i64 = (0..replicas).map(|k| i64::from(own[k * 32 + c]) * i64::from(row[k * rows + r])).sum();
            prop_assert_eq!(plain[r * 32 + c], 3 + direct);
        }
    }
}
