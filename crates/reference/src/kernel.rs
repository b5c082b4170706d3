//! The one product of matrices, and the loops that a wide processor does several of at once.
//!
//! Every element is computed by the same operations in the same order whatever the vector width:
//! sums run over their index one by one, nothing is reassociated, and no product is fused into a
//! sum. So all variants of a loop give the same bits.

#![expect(
    clippy::indexing_slicing,
    reason = "blocks lie inside the matrices, whose sizes `multiply` asserts"
)]

/// A matrix that is read by its rows or by its columns: element (i, k) is
/// `values[i * row + k * column]`.
#[derive(Clone, Copy)]
pub(crate) struct Strided<'a> {
    pub(crate) values: &'a [f64],
    pub(crate) row: usize,
    pub(crate) column: usize,
}

/// Rows of the left matrix that share a pass over the right one.
const ROWS: usize = 4;

/// `out[i * n + j] = sum over k of left(i, k) * right[k * n + j]`, k ascending.
///
/// Shape: left m x depth, right depth x n, out m x n.
pub(crate) fn multiply(
    left: Strided<'_>,
    right: &[f64],
    n: usize,
    panel: &mut Vec<f64>,
    out: &mut [f64],
) {
    assert!(n > 0 && right.len().is_multiple_of(n) && out.len().is_multiple_of(n));
    let (depth, m) = (right.len() / n, out.len() / n);
    panel.resize(depth * ROWS, 0.0);
    let whole = m / ROWS * ROWS;
    for first in (0..whole).step_by(ROWS) {
        pack::<ROWS>(left, first, panel);
        band4(panel, right, n, &mut out[first * n..(first + ROWS) * n]);
    }
    for row in whole..m {
        pack::<1>(left, row, &mut panel[..depth]);
        band1(&panel[..depth], right, n, &mut out[row * n..(row + 1) * n]);
    }
}

/// Copies `R` rows so that the elements of a column lie side by side.
fn pack<const R: usize>(left: Strided<'_>, first: usize, panel: &mut [f64]) {
    for (k, column) in panel.as_chunks_mut::<R>().0.iter_mut().enumerate() {
        for (r, element) in column.iter_mut().enumerate() {
            *element = left.values[(first + r) * left.row + k * left.column];
        }
    }
}

#[multiversion::multiversion(targets("x86_64+avx512f+avx512vl+avx512dq", "x86_64+avx2"))]
fn band4(panel: &[f64], right: &[f64], n: usize, out: &mut [f64]) {
    let mut first = 0;
    while n - first >= 16 {
        block4::<16>(panel, right, n, first, out);
        first += 16;
    }
    // The last block overlaps the one before it where the columns do not divide: those elements are
    // computed twice, to the same bits.
    match n - first {
        0 => {}
        9.. if n >= 16 => block4::<16>(panel, right, n, n - 16, out),
        left if n >= 8 => {
            if left > 8 {
                block4::<8>(panel, right, n, first, out);
            }
            block4::<8>(panel, right, n, n - 8, out);
        }
        _ => (first..n).for_each(|column| block4::<1>(panel, right, n, column, out)),
    }
}

#[multiversion::multiversion(targets("x86_64+avx512f+avx512vl+avx512dq", "x86_64+avx2"))]
fn band1(row: &[f64], right: &[f64], n: usize, out: &mut [f64]) {
    let mut first = 0;
    while n - first >= 16 {
        block1::<16>(row, right, n, first, out);
        first += 16;
    }
    match n - first {
        0 => {}
        _ if n >= 16 => block1::<16>(row, right, n, n - 16, out),
        _ => (first..n).for_each(|column| block1::<1>(row, right, n, column, out)),
    }
}

/// `sum[j] += left * right[j]`.
#[inline(always)]
fn accumulate<const C: usize>(sum: &mut [f64; C], left: f64, right: &[f64; C]) {
    for (sum, right) in sum.iter_mut().zip(right) {
        *sum += left * right;
    }
}

/// Four rows by `C` columns. The rows have names of their own so that the sums stay in registers and
/// the columns become vectors; as an array of rows they become gathers.
#[inline(always)]
fn block4<const C: usize>(panel: &[f64], right: &[f64], n: usize, first: usize, out: &mut [f64]) {
    let [mut sum0, mut sum1, mut sum2, mut sum3] = [[0.0; C]; ROWS];
    for ([left0, left1, left2, left3], row) in
        panel.as_chunks::<ROWS>().0.iter().zip(right.chunks_exact(n))
    {
        let row: &[f64; C] = row[first..].first_chunk().expect("the block lies inside");
        accumulate(&mut sum0, *left0, row);
        accumulate(&mut sum1, *left1, row);
        accumulate(&mut sum2, *left2, row);
        accumulate(&mut sum3, *left3, row);
    }
    for (sum, row) in [sum0, sum1, sum2, sum3].iter().zip(out.chunks_exact_mut(n)) {
        row[first..first + C].copy_from_slice(sum);
    }
}

/// One row by `C` columns.
#[inline(always)]
fn block1<const C: usize>(left: &[f64], right: &[f64], n: usize, first: usize, out: &mut [f64]) {
    let mut sum = [0.0; C];
    for (left, row) in left.iter().zip(right.chunks_exact(n)) {
        accumulate(&mut sum, *left, row[first..].first_chunk().expect("the block lies inside"));
    }
    out[first..first + C].copy_from_slice(&sum);
}

/// `to[column * rows + row] = from[row * columns + column]`.
pub(crate) fn transpose(from: &[f64], columns: usize, to: &mut [f64]) {
    let rows = from.len() / columns;
    for (row, values) in from.chunks_exact(columns).enumerate() {
        for (column, value) in values.iter().enumerate() {
            to[column * rows + row] = *value;
        }
    }
}

/// Adds up several vectors element by element.
pub(crate) fn add(to: &mut [f64], from: &[f64]) {
    for (to, from) in to.iter_mut().zip(from) {
        *to += from;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The definition.
    fn plain(left: Strided<'_>, right: &[f64], n: usize, m: usize) -> Vec<f64> {
        let element = |i: usize, j: usize| {
            (0..right.len() / n).fold(0.0, |sum, k| {
                sum + left.values[i * left.row + k * left.column] * right[k * n + j]
            })
        };
        (0..m).flat_map(|i| (0..n).map(move |j| element(i, j))).collect()
    }

    proptest! {
        /// The blocked product has the bits of the definition, for any shape and both readings.
        #[test]
        fn blocks_change_no_bit(m in 1..11_usize, n in 1..40_usize, depth in 1..9_usize, turned: bool, seed: u64) {
            let value = |i: usize| f64::from(leadlag_fixed::random::draw(
                seed, leadlag_fixed::random::Kind::Input, 0, 9, 0, u32::try_from(i).unwrap(),
            )) / 1e9 - 2.0;
            let values: Vec<f64> = (0..m * depth).map(value).collect();
            let right: Vec<f64> = (m * depth..(m + n) * depth).map(value).collect();
            let (row, column) = if turned { (1, m) } else { (depth, 1) };
            let left = Strided { values: &values, row, column };
            let mut out = vec![f64::NAN; m * n];
            multiply(left, &right, n, &mut Vec::new(), &mut out);
            let bits = |v: &[f64]| v.iter().map(|v| v.to_bits()).collect::<Vec<_>>();
            prop_assert_eq!(bits(&out), bits(&plain(left, &right, n, m)));
        }
    }

    #[test]
    fn a_transposed_matrix_reads_the_other_way() {
        let mut out = [0.0; 6];
        transpose(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 3, &mut out);
        assert_eq!(out.map(f64::to_bits), [1.0, 4.0, 2.0, 5.0, 3.0, 6.0].map(f64::to_bits));
    }
}
