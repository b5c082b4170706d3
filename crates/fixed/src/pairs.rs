//! Products of code matrices, exact: two 16-bit products and their sum in each 32-bit lane.
//!
//! Vector units multiply 16-bit words in pairs and add the two products in one instruction (x86:
//! `pmaddwd` and, from AVX-512 VNNI on, `vpdpwssd`, which adds to the accumulator too). A matrix of
//! codes is therefore laid out in pairs of neighbours along the direction that is summed; where that
//! is odd, the last partner is zero. LLVM does not find these instructions in a plain loop, so they
//! are named here, for the target that runs; the plain form is what every other machine compiles, and
//! equal bit for bit. Sums are taken modulo 2^32, in which order does not matter; callers prove that
//! no whole sum leaves 32 bits.

#![expect(clippy::indexing_slicing, reason = "blocks end where the shape says that arrays end")]
#![cfg_attr(
    target_arch = "x86_64",
    expect(
        unsafe_code,
        reason = "vectors are loaded from and stored to arrays of exactly their length"
    )
)]

use multiversion::multiversion;
use multiversion::target::match_target;

use crate::pair;

/// Widths are multiples of this.
const LANES: usize = 16;

/// Rows of the result that share the reading of the right matrix.
const ROWS: usize = 4;

/// Shape of a product `sums[row][column] = sum_k left[row][k] * right[k][column]` of pairs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PairShape {
    /// Pairs that are summed: the rows of the right matrix.
    pub depth: usize,
    /// Columns, a multiple of 16: the stride of the right matrix and of the sums.
    pub width: usize,
    /// From a row of the left matrix to the next.
    pub row_stride: usize,
    /// From a pair of the left matrix to the next in its row.
    pub pair_stride: usize,
}

/// The matrices of a product in pairs: buffers that calls share.
#[derive(Clone, Debug, Default)]
pub struct Pairs {
    /// The left matrix.
    pub left: Vec<i32>,
    /// The right matrix.
    pub right: Vec<i32>,
}

/// Pairs of the neighbouring codes of each row: `codes[row][length]` to `pairs[row][length / 2]`,
/// rounded up.
pub fn pair_along(codes: &[i16], length: usize, pairs: &mut Vec<i32>) {
    let depth = length.div_ceil(2);
    pairs.resize(codes.len() / length.max(1) * depth, 0);
    let rows = codes.chunks_exact(length.max(1));
    for (pairs, codes) in pairs.chunks_exact_mut(depth.max(1)).zip(rows) {
        let (twos, last) = codes.as_chunks::<2>();
        for (pair_of, &[first, second]) in pairs.iter_mut().zip(twos) {
            *pair_of = pair(first, second);
        }
        if let ([last], Some(pair_of)) = (last, pairs.last_mut()) {
            *pair_of = pair(*last, 0);
        }
    }
}

/// The stride of rows of pairs.
#[must_use]
pub fn pair_width(width: usize) -> usize {
    width.next_multiple_of(LANES)
}

/// Pairs of neighbouring rows: `codes[row][width]` to `pairs[row / 2][pair_width]`, rounded up, from
/// `start` on; returns where they end. What stands in the padding has no meaning.
pub fn pair_rows(codes: &[i16], width: usize, start: usize, pairs: &mut Vec<i32>) -> usize {
    let stride = pair_width(width);
    let end = start + codes.len().div_ceil(2 * width.max(1)) * stride;
    if pairs.len() < end {
        pairs.resize(end, 0);
    }
    interleave(codes, (width, stride), &mut pairs[start..end]);
    end
}

#[multiversion(targets("x86_64+avx512f+avx512vl+avx512dq+avx512bw", "x86_64+avx2"))]
fn interleave(codes: &[i16], (width, stride): (usize, usize), pairs: &mut [i32]) {
    // LLVM makes single words of this loop where it knows its length.
    let both = match_target! {
        "x86_64+avx512f" => |low: &[i16; LANES], high: &[i16; LANES], pairs: &mut [i32; LANES]| {
            use std::arch::x86_64::{
                _mm256_loadu_si256, _mm512_cvtepu16_epi32, _mm512_or_si512, _mm512_slli_epi32,
                _mm512_storeu_epi32,
            };
            let wide = |codes: &[i16; LANES]| {
                _mm512_cvtepu16_epi32(unsafe { _mm256_loadu_si256(codes.as_ptr().cast()) })
            };
            let both = _mm512_or_si512(wide(low), _mm512_slli_epi32::<16>(wide(high)));
            unsafe { _mm512_storeu_epi32(pairs.as_mut_ptr(), both) };
        },
        _ => |low: &[i16; LANES], high: &[i16; LANES], pairs: &mut [i32; LANES]| {
            for ((pair_of, &low), &high) in pairs.iter_mut().zip(low).zip(high) {
                *pair_of = pair(low, high);
            }
        },
    };
    for (row, pairs) in pairs.chunks_exact_mut(stride).enumerate() {
        let (first, second) = (2 * row * width, (2 * row + 1) * width);
        // At the end of a row a block goes on into the next one: nobody reads its padding.
        let whole = |at: usize| codes.get(at..at + stride).map(|row| row.as_chunks::<LANES>().0);
        let blocks = pairs.as_chunks_mut::<LANES>().0.iter_mut();
        if let (Some(low), Some(high)) = (whole(first), whole(second)) {
            for ((pairs, low), high) in blocks.zip(low).zip(high) {
                both(low, high, pairs);
            }
        } else {
            let code = |at: usize| codes.get(at).copied().unwrap_or(0);
            for (column, pair_of) in blocks.flatten().enumerate() {
                *pair_of = pair(code(first + column), code(second + column));
            }
        }
    }
}

/// Writes the products of two matrices of pairs to `sums[row][column]`, modulo 2^32.
#[multiversion(targets("x86_64+avx512f+avx512vl+avx512dq+avx512bw", "x86_64+avx2"))]
pub fn multiply_pairs(left: &[i32], right: &[i32], shape: PairShape, sums: &mut [i32]) {
    match_target! {
        "x86_64+avx512f+avx512vnni" => {
            use std::arch::x86_64::{
                __m512i, _mm512_dpwssd_epi32, _mm512_loadu_epi32, _mm512_set1_epi32,
                _mm512_storeu_epi32,
            };
            let unit = Unit {
                spread: |code| _mm512_set1_epi32(code),
                load: |words: &[i32; 16]| unsafe { _mm512_loadu_epi32(words.as_ptr()) },
                add: |sum, a, b| _mm512_dpwssd_epi32(sum, a, b),
                store: |words: &mut [i32; 16], sum: __m512i| unsafe {
                    _mm512_storeu_epi32(words.as_mut_ptr(), sum);
                },
            };
            all::<16, 4, _, _>((left, right, shape), &unit, sums);
        },
        "x86_64+avx2" => {
            use std::arch::x86_64::{
                __m256i, _mm256_add_epi32, _mm256_loadu_si256, _mm256_madd_epi16,
                _mm256_set1_epi32, _mm256_storeu_si256,
            };
            let unit = Unit {
                spread: |code| _mm256_set1_epi32(code),
                load: |words: &[i32; 8]| unsafe { _mm256_loadu_si256(words.as_ptr().cast()) },
                add: |sum, a, b| _mm256_add_epi32(sum, _mm256_madd_epi16(a, b)),
                store: |words: &mut [i32; 8], sum: __m256i| unsafe {
                    _mm256_storeu_si256(words.as_mut_ptr().cast(), sum);
                },
            };
            all::<8, 2, _, _>((left, right, shape), &unit, sums);
        },
        "x86_64+sse2" => {
            // Every x86-64 has these instructions.
            use std::arch::x86_64::{
                __m128i, _mm_add_epi32, _mm_loadu_si128, _mm_madd_epi16, _mm_set1_epi32,
                _mm_storeu_si128,
            };
            let unit = Unit {
                spread: |code| unsafe { _mm_set1_epi32(code) },
                load: |words: &[i32; 4]| unsafe { _mm_loadu_si128(words.as_ptr().cast()) },
                add: |sum, a, b| unsafe { _mm_add_epi32(sum, _mm_madd_epi16(a, b)) },
                store: |words: &mut [i32; 4], sum: __m128i| unsafe {
                    _mm_storeu_si128(words.as_mut_ptr().cast(), sum);
                },
            };
            all::<4, 2, _, _>((left, right, shape), &unit, sums);
        },
        _ => plain(left, right, shape, sums),
    }
}

/// [`multiply_pairs`] in words of the language alone: what it must equal.
#[inline(always)]
pub fn multiply_pairs_plainly(left: &[i32], right: &[i32], shape: PairShape, sums: &mut [i32]) {
    plain(left, right, shape, sums);
}

#[inline(always)]
fn plain(left: &[i32], right: &[i32], shape: PairShape, sums: &mut [i32]) {
    let halves = |pair: i32| ((pair << 16) >> 16, pair >> 16);
    let unit = Unit {
        spread: |code| [code; LANES],
        load: |words: &[i32; LANES]| *words,
        add: |sum: [i32; LANES], a: [i32; LANES], b: [i32; LANES]| {
            std::array::from_fn(|lane| {
                let ((a0, a1), (b0, b1)) = (halves(a[lane]), halves(b[lane]));
                sum[lane].wrapping_add((a0 * b0).wrapping_add(a1 * b1))
            })
        },
        store: |words: &mut [i32; LANES], sum| *words = sum,
    };
    all::<LANES, 1, _, _>((left, right, shape), &unit, sums);
}

/// What a vector unit does for a product of pairs.
struct Unit<S, L, A, W> {
    /// One pair in all lanes.
    spread: S,
    load: L,
    /// Adds the two products of each lane.
    add: A,
    store: W,
}

/// [`Unit`] with its closures by name.
trait Vectors<const L: usize, V> {
    fn spread(&self, pair: i32) -> V;
    fn load(&self, words: &[i32; L]) -> V;
    fn add(&self, sum: V, left: V, right: V) -> V;
    fn store(&self, words: &mut [i32; L], sum: V);
}

impl<const L: usize, V, S, R, A, W> Vectors<L, V> for Unit<S, R, A, W>
where
    S: Fn(i32) -> V,
    R: Fn(&[i32; L]) -> V,
    A: Fn(V, V, V) -> V,
    W: Fn(&mut [i32; L], V),
{
    #[inline(always)]
    fn spread(&self, pair: i32) -> V {
        (self.spread)(pair)
    }
    #[inline(always)]
    fn load(&self, words: &[i32; L]) -> V {
        (self.load)(words)
    }
    #[inline(always)]
    fn add(&self, sum: V, left: V, right: V) -> V {
        (self.add)(sum, left, right)
    }
    #[inline(always)]
    fn store(&self, words: &mut [i32; L], sum: V) {
        (self.store)(words, sum);
    }
}

type Operands<'a> = (&'a [i32], &'a [i32], PairShape);

/// All columns, `N` vectors of `L` lanes at a time.
#[inline(always)]
fn all<const L: usize, const N: usize, V: Copy, U: Vectors<L, V>>(
    operands: Operands<'_>,
    unit: &U,
    sums: &mut [i32],
) {
    let width = operands.2.width;
    let wide = width / (N * L) * (N * L);
    for column in (0..wide).step_by(N * L) {
        columns::<L, N, V, U>(operands, unit, column, sums);
    }
    for column in (wide..width).step_by(L) {
        columns::<L, 1, V, U>(operands, unit, column, sums);
    }
}

/// All rows of some columns: the part of the right matrix that they read stays in the nearest cache.
#[inline(always)]
fn columns<const L: usize, const N: usize, V: Copy, U: Vectors<L, V>>(
    operands: Operands<'_>,
    unit: &U,
    column: usize,
    sums: &mut [i32],
) {
    let width = operands.2.width;
    let rows = sums.len() / width;
    let whole = rows / ROWS * ROWS;
    for row in (0..whole).step_by(ROWS) {
        tile::<L, N, ROWS, V, U>(operands, unit, (row, column), &mut sums[row * width..]);
    }
    for row in whole..rows {
        tile::<L, N, 1, V, U>(operands, unit, (row, column), &mut sums[row * width..]);
    }
}

/// A tile of the result in registers: `M` rows of `N` vectors.
#[inline(always)]
fn tile<const L: usize, const N: usize, const M: usize, V: Copy, U: Vectors<L, V>>(
    (left, right, shape): Operands<'_>,
    unit: &U,
    (row, column): (usize, usize),
    sums: &mut [i32],
) {
    let zero = unit.spread(0);
    let mut tile = [[zero; N]; M];
    // Plain indices: this form becomes registers of accumulators, iterators do not.
    for k in 0..shape.depth {
        let words: &[[i32; L]; N] = right[k * shape.width + column..][..N * L]
            .as_chunks::<L>()
            .0
            .try_into()
            .expect("columns are padded");
        let vectors: [V; N] = std::array::from_fn(|n| unit.load(&words[n]));
        for m in 0..M {
            let pair = unit.spread(left[(row + m) * shape.row_stride + k * shape.pair_stride]);
            for n in 0..N {
                tile[m][n] = unit.add(tile[m][n], pair, vectors[n]);
            }
        }
    }
    for m in 0..M {
        for n in 0..N {
            let words: &mut [i32; L] = (&mut sums[m * shape.width + column + n * L..][..L])
                .try_into()
                .expect("columns are padded");
            unit.store(words, tile[m][n]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What pairs stand for.
    fn product(left: &[i16], right: &[i16], (depth, width): (usize, usize)) -> Vec<i32> {
        let sum = |row: &[i16], column: usize| {
            let terms = row.iter().enumerate();
            terms.fold(0_i32, |sum, (k, &code)| {
                sum.wrapping_add(i32::from(code) * i32::from(right[k * width + column]))
            })
        };
        let rows = left.chunks_exact(depth);
        rows.flat_map(|row| (0..width).map(move |column| sum(row, column))).collect()
    }

    fn word() -> impl Strategy<Value = i16> {
        prop_oneof![any::<i16>(), Just(i16::MIN), Just(i16::MAX), -512..512_i16]
    }

    proptest! {
        /// Lockstep: products in pairs are the plain sums of products, modulo 2^32, for any number of
        /// rows, odd depths and extreme words, in the form of this machine and in the plain one.
        #[test]
        fn pairs_multiply_like_their_codes(
            (rows, depth, blocks) in (0..11_usize, 1..12_usize, 1..8_usize),
            words in prop::collection::vec(word(), 12 * 128),
            first in any::<i32>(),
        ) {
            let width = blocks * LANES;
            let (left, right) = (&words[..rows * depth], &words[words.len() - depth * width..]);
            let mut pairs = Pairs::default();
            pair_along(left, depth, &mut pairs.left);
            pair_rows(right, width, 0, &mut pairs.right);
            let half = depth.div_ceil(2);
            let shape = PairShape { depth: half, width, row_stride: half, pair_stride: 1 };
            let (mut sums, mut plain) = (vec![first; rows * width], vec![first; rows * width]);
            multiply_pairs(&pairs.left, &pairs.right, shape, &mut sums);
            multiply_pairs_plainly(&pairs.left, &pairs.right, shape, &mut plain);
            let exact = product(left, right, (depth, width));
            prop_assert_eq!(&sums, &exact);
            prop_assert_eq!(plain, exact);
        }

        /// Rows of any width are paired, piece after piece, and each lane keeps its two codes.
        #[test]
        fn rows_are_paired_piece_by_piece(
            (width, rows) in (1..40_usize, prop::collection::vec(0..6_usize, 1..4)),
            words in prop::collection::vec(word(), 40 * 18),
        ) {
            let (mut pairs, mut spec, mut at, mut end) = (vec![9; 70], Vec::new(), 0, 0);
            for rows in rows {
                let piece = &words[at * width..(at + rows) * width];
                end = pair_rows(piece, width, end, &mut pairs);
                for two in piece.chunks(2 * width) {
                    let second = |column| two.get(width + column).copied().unwrap_or(0);
                    spec.push((0..width).map(|c| pair(two[c], second(c))).collect::<Vec<i32>>());
                }
                at += rows;
            }
            prop_assert_eq!(end, spec.len() * pair_width(width));
            for (row, spec) in pairs.chunks_exact(pair_width(width)).zip(spec) {
                prop_assert_eq!(&row[..width], &spec[..]);
            }
        }
    }
}
