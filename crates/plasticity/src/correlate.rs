//! Sums over replicas of the products that the synapses of an array see.

use multiversion::multiversion;

/// Rows per block of accumulators.
const BLOCK: usize = 16;

/// Strides of the two code matrices.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Span {
    /// Stride of the columns' own codes, per replica.
    pub width: usize,
    /// Stride of the row codes, per replica: a multiple of 16.
    pub rows: usize,
}

/// Adds `sum_replica own[replica][column] * row[replica][row]` to `products[column][row]` for the
/// first columns, as many as `products` has room for.
///
/// The caller has proved that no sum leaves 32 bits.
#[multiversion(targets("x86_64+avx2"))]
pub fn correlate(own: &[i16], row: &[i16], span: Span, products: &mut [i32]) {
    let (width, rows) = (span.width, span.rows);
    let replicas = own.len() / width;
    for (quad, products) in products.chunks_mut(4 * rows).enumerate() {
        for block in (0..rows).step_by(BLOCK) {
            let mut sums = [[0_i32; BLOCK]; 4];
            // Plain indices: this form becomes registers of accumulators, iterators do not.
            for replica in 0..replicas {
                let row: &[i16; BLOCK] =
                    row[replica * rows + block..][..BLOCK].try_into().expect("rows are padded");
                let own: &[i16; 4] =
                    own[replica * width + 4 * quad..][..4].try_into().expect("columns are padded");
                for column in 0..4 {
                    let code = i32::from(own[column]);
                    for lane in 0..BLOCK {
                        sums[column][lane] += code * i32::from(row[lane]);
                    }
                }
            }
            for (products, sums) in products.chunks_exact_mut(rows).zip(&sums) {
                for (product, sum) in products[block..block + BLOCK].iter_mut().zip(sums) {
                    *product += sum;
                }
            }
        }
    }
}

/// [`correlate`] for formats whose sums need more than 32 bits.
pub fn correlate_wide(own: &[i16], row: &[i16], span: Span, products: &mut [i64]) {
    for (own, row) in own.chunks_exact(span.width).zip(row.chunks_exact(span.rows)) {
        for (products, &own) in products.chunks_exact_mut(span.rows).zip(own) {
            for (product, &code) in products.iter_mut().zip(row) {
                *product += i64::from(i32::from(own) * i32::from(code));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// The blocked sum over replicas is the plain one, for any number of replicas and columns.
        #[test]
        fn the_blocked_sum_is_the_plain_sum(replicas in 0..9_usize, columns in 1..14_usize, seed in any::<u32>()) {
            let span = Span { width: 16, rows: 32 };
            let code = |i: usize| i16::try_from((i * 7919 + usize::try_from(seed % 1009).unwrap()) % 1023).unwrap() - 511;
            let own: Vec<i16> = (0..replicas * 16).map(code).collect();
            let row: Vec<i16> = (0..replicas * 32).map(|i| code(i + 5)).collect();
            let (mut fast, mut plain) = (vec![3; columns * 32], vec![3; columns * 32]);
            correlate(&own, &row, span, &mut fast);
            correlate_wide(&own, &row, span, &mut plain);
            prop_assert!(fast.iter().zip(&plain).all(|(&a, &b)| i64::from(a) == b));
            let (c, r) = (columns - 1, 31);
            let direct: i64 = (0..replicas).map(|k| i64::from(own[k * 16 + c]) * i64::from(row[k * 32 + r])).sum();
            prop_assert_eq!(plain[c * 32 + r], 3 + direct);
        }
    }
}
