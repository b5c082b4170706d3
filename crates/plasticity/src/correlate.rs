//! Sums over replicas of the products that the synapses of an array see.

use leadlag_fixed::{PairShape, Pairs, multiply_pairs, pair_rows, pair_width};

/// Strides of the two code matrices.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Span {
    /// Stride of the row codes, per replica.
    pub rows: usize,
    /// Stride of the columns' own codes, per replica: a multiple of 16.
    pub width: usize,
}

/// The codes of some replicas, or of some steps, whose products are summed: two by two.
#[derive(Clone, Debug, Default)]
pub struct Factors {
    rows: Vec<i16>,
    own: Vec<i16>,
    /// Buffers.
    pairs: Pairs,
}

impl Factors {
    /// Forgets all replicas.
    pub fn clear(&mut self) {
        self.rows.clear();
        self.own.clear();
    }

    /// Adds replicas: `row[replica][row]` and `own[replica][column]`.
    pub fn push(&mut self, row: &[i16], own: &[i16]) {
        self.rows.extend_from_slice(row);
        self.own.extend_from_slice(own);
    }

    /// Writes `sum_replica row[replica][row] * own[replica][column]` to `products[row][column]`.
    ///
    /// The caller has proved that no sum leaves 32 bits.
    pub fn multiply(&mut self, span: Span, products: &mut [i32]) {
        multiply(&self.rows, &self.own, span, &mut self.pairs, products);
    }

    /// [`Factors::multiply`] for each of some equal `parts` in turn, and what `each` does with its products.
    pub fn multiply_parts(
        &mut self,
        span: Span,
        parts: usize,
        products: &mut [i32],
        mut each: impl FnMut(&[i32]),
    ) {
        let part = (self.rows.len() / span.rows / parts).max(1);
        let rows = self.rows.chunks_exact(part * span.rows);
        for (rows, own) in rows.zip(self.own.chunks_exact(part * span.width)) {
            multiply(rows, own, span, &mut self.pairs, products);
            each(products);
        }
    }
}

fn multiply(row: &[i16], own: &[i16], span: Span, pairs: &mut Pairs, products: &mut [i32]) {
    pair_rows(row, span.rows, 0, &mut pairs.left);
    let shape = PairShape {
        depth: pair_rows(own, span.width, 0, &mut pairs.right) / span.width,
        width: span.width,
        row_stride: 1,
        pair_stride: pair_width(span.rows),
    };
    multiply_pairs(&pairs.left, &pairs.right, shape, products);
}

/// Writes `sum_replica row[replica][row] * own[replica][column]` to `products[row][column]`: all
/// replicas at once.
///
/// The caller has proved that no sum leaves 32 bits.
pub fn correlate(row: &[i16], own: &[i16], span: Span, products: &mut [i32]) {
    multiply(row, own, span, &mut Pairs::default(), products);
}

/// [`correlate`] as a plain loop over replicas, which the target's baseline compiles: what a bench
/// compares with.
#[doc(hidden)]
pub fn correlate_baseline(row: &[i16], own: &[i16], span: Span, products: &mut [i32]) {
    for (row, own) in row.chunks_exact(span.rows).zip(own.chunks_exact(span.width)) {
        for (products, &code) in products.chunks_exact_mut(span.width).zip(row) {
            for (product, &own) in products.iter_mut().zip(own) {
                *product += i32::from(code) * i32::from(own);
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
            let (mut fast, mut plain) = (vec![3; rows * 32], vec![0; rows * 32]);
            correlate(&row, &own, span, &mut fast);
            correlate_wide(&row, &own, span, &mut plain);
            prop_assert!(fast.iter().zip(&plain).all(|(&a, &b)| i64::from(a) == b));
            let (c, r) = (31, rows - 1);
            let direct: i64 = (0..replicas).map(|k| i64::from(own[k * 32 + c]) * i64::from(row[k * rows + r])).sum();
            prop_assert_eq!(plain[r * 32 + c], direct);
        }
    }
}
