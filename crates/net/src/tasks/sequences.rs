//! Streams as files: sequences of a fixed length.

use std::io::{Seek, Write};

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use ndarray::{Array2, ArrayView2};
use ndarray_npy::NpzWriter;

use super::mackey_glass::POINTS_PER_LYAPUNOV_TIME;
use super::stream::{MOST_POINTS, Stream};
use crate::block::Targets;
use crate::npz::unwritable;
use crate::parse::MAX_VALUES;
use crate::spec::TaskSpec;

/// Sequences of a stream task, side by side.
#[derive(Clone, PartialEq, Debug)]
pub struct Sequences {
    /// Shape (sequence, step).
    inputs: Array2<f64>,
    /// Shape (sequence, step); absent where a teacher answers.
    targets: Option<Array2<f64>>,
}

impl Sequences {
    /// `count` sequences of `length` steps of `dt` time units: the first steps of as many lanes of
    /// the stream.
    ///
    /// # Errors
    /// LL1015 if these are too many values, or more than a chaotic series has without repeating.
    pub fn generate(
        spec: &TaskSpec,
        dt: f64,
        length: usize,
        count: usize,
    ) -> Result<Self, Diagnostics> {
        check(spec, length, count)?;
        let block = Stream::new(spec, dt, length, count).stream_block(0, length, count);
        let targets = match &block.targets {
            Targets::Values { values, .. } => Some(by_sequence(values, length, count)),
            Targets::None | Targets::Class(_) => None,
        };
        Ok(Self { inputs: by_sequence(&block.inputs, length, count), targets })
    }

    /// The inputs, shape (sequence, step).
    #[must_use]
    pub fn inputs(&self) -> ArrayView2<'_, f64> {
        self.inputs.view()
    }

    /// Writes `x` and, where the task has targets of its own, `y`; both f64, (sequence, step).
    ///
    /// # Errors
    /// LL1057 with the reason of the writer.
    pub fn write_npz<W: Write + Seek>(&self, sink: W) -> Result<W, Diagnostics> {
        let mut archive = NpzWriter::new_compressed(sink);
        archive.add_array("x", &self.inputs).map_err(|reason| unwritable(&reason))?;
        if let Some(targets) = &self.targets {
            archive.add_array("y", targets).map_err(|reason| unwritable(&reason))?;
        }
        archive.finish().map_err(|reason| unwritable(&reason))
    }
}

fn check(spec: &TaskSpec, length: usize, count: usize) -> Result<(), Diagnostics> {
    let (need, most, what) = match spec {
        TaskSpec::MackeyGlass { .. } => (series_points(length, count), MOST_POINTS, "points"),
        TaskSpec::Mnist1d(_)
        | TaskSpec::Chain { .. }
        | TaskSpec::LagNet { .. }
        | TaskSpec::LifDense { .. }
        | TaskSpec::Xor(_) => (length.saturating_mul(count), MAX_VALUES, "values"),
    };
    if need <= most {
        return Ok(());
    }
    let message =
        format!("{count} sequences of {length} steps need {need} {what}; {most} is the most");
    Err(Diagnostic::new("LL1015", message).help("fewer or shorter sequences").into())
}

/// Points of the series up to the last target of the last sequence.
fn series_points(length: usize, count: usize) -> usize {
    count.saturating_mul(POINTS_PER_LYAPUNOV_TIME).saturating_add(length)
}

/// From (step, lane) to (lane, step).
fn by_sequence(values: &[f64], length: usize, count: usize) -> Array2<f64> {
    let at = |(lane, step): (usize, usize)| values.get(step * count + lane).copied();
    Array2::from_shape_fn((count, length), |place| at(place).unwrap_or(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    #[test]
    fn a_row_is_a_sequence() {
        let spec = TaskSpec::MackeyGlass { ahead: 1 };
        let set = Sequences::generate(&spec, 1.0, 5, 3).expect("a small set");
        let series = super::super::mackey_glass(200);
        assert_eq!(set.inputs().row(0).to_vec(), series[..5]);
        assert_eq!(set.inputs().row(2).to_vec(), series[150..155]);
        let targets = set.targets.as_ref().expect("the next value");
        assert_eq!(targets.row(1).to_vec(), series[76..81]);
    }

    #[test]
    fn seeds_move_the_phases_and_the_file_is_a_function_of_them() {
        let bytes = |seed| {
            let set = Sequences::generate(&TaskSpec::Chain { seed }, 0.01, 50, 4);
            let set = set.expect("a small set");
            assert_eq!(set.targets, None);
            set.write_npz(Cursor::new(Vec::new())).expect("memory takes all").into_inner()
        };
        assert_eq!(bytes(1), bytes(1));
        assert_ne!(bytes(1), bytes(2));
    }

    #[test]
    fn sets_that_would_repeat_or_fill_the_memory_are_refused() {
        let refused = |spec, length, count| {
            Sequences::generate(spec, 1.0, length, count).expect_err("too large").to_string()
        };
        let series = refused(&TaskSpec::MackeyGlass { ahead: 1 }, 262_070, 1);
        assert!(
            series.contains("[LL1015]") && series.contains("need 262145 points; 262144"),
            "{series}"
        );
        let wave = refused(&TaskSpec::Chain { seed: 1 }, usize::MAX, 2);
        assert!(wave.contains("[LL1015]") && wave.contains("2 sequences"), "{wave}");
    }
}
