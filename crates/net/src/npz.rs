//! Data sets from and to `.npz`: arrays `x`, `y`, `x_test`, `y_test`.

use std::io::{Read, Seek, Write};

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use ndarray::{ArrayD, ArrayView1, ArrayView2, ArrayView3};
use ndarray_npy::{NpzWriter, ReadNpyError, ReadNpyExt as _, ReadableElement};

use crate::archive::NpzArchive;
use crate::dataset::{Dataset, Part, single};
use crate::signals::Signals;

impl Dataset {
    /// Reads `x`, `x_test` (samples x steps, or samples x steps x lines; f32 or f64) and `y`,
    /// `y_test` (integers of any width, 0 to 255).
    ///
    /// # Errors
    /// LL1050 if the bytes are no archive, LL1051 for a missing array, LL1052 for a wrong type,
    /// LL1053 for a wrong shape, LL1054 for a label out of range, LL1055 for values that are not
    /// finite, LL1056 for empty arrays; all of them at once.
    pub fn read_npz(bytes: impl Read + Seek) -> Result<Self, Diagnostics> {
        let mut archive = NpzArchive::open(bytes).map_err(|reason| unreadable(&reason))?;
        let mut found = Vec::new();
        let train = half(&mut archive, "x", "y", &mut found);
        let test = half(&mut archive, "x_test", "y_test", &mut found);
        let (Some((train, shape)), Some((test, test_shape))) = (train, test) else {
            return Err(Diagnostics(found));
        };
        if shape != test_shape {
            let message = format!("`x` has samples of {shape:?}, `x_test` of {test_shape:?}");
            found.push(Diagnostic::new("LL1053", message).help("equal lengths and lines"));
        }
        let set = Diagnostics::unless_any(found, (train, test))?;
        Self::new(set.0, set.1, shape[0], shape[1])
    }

    /// Writes the four arrays, compressed; with one line, `x` has two dimensions.
    ///
    /// # Errors
    /// LL1057 with the reason of the writer.
    pub fn write_npz<W: Write + Seek>(&self, sink: W) -> Result<W, Diagnostics> {
        let mut archive = NpzWriter::new_compressed(sink);
        for (part, x, y) in [(&self.train, "x", "y"), (&self.test, "x_test", "y_test")] {
            self.add_values(&mut archive, x, part).map_err(|reason| unwritable(&reason))?;
            archive
                .add_array(y, &ArrayView1::from(&part.y))
                .map_err(|reason| unwritable(&reason))?;
        }
        archive.finish().map_err(|reason| unwritable(&reason))
    }

    fn add_values<W: Write + Seek>(
        &self,
        archive: &mut NpzWriter<W>,
        name: &str,
        part: &Part,
    ) -> Result<(), ndarray_npy::WriteNpzError> {
        let (samples, length, lines) = (part.y.len(), self.length(), self.lines());
        let fits = "Dataset::new checked the shape";
        if lines == 1 {
            let view = ArrayView2::from_shape((samples, length), &part.x).expect(fits);
            archive.add_array(name, &view)
        } else {
            let view = ArrayView3::from_shape((samples, length, lines), &part.x).expect(fits);
            archive.add_array(name, &view)
        }
    }
}

impl Signals {
    /// Reads `x` (samples x steps, or samples x steps x lines; f32 or f64) and, if it is there, `y`
    /// (integers of any width, 0 to 255).
    ///
    /// # Errors
    /// As [`Dataset::read_npz`].
    pub fn read_npz(bytes: impl Read + Seek) -> Result<Self, Diagnostics> {
        let mut archive = NpzArchive::open(bytes).map_err(|reason| unreadable(&reason))?;
        let values = values(&mut archive, "x").map_err(|f| report(&f, "x", "f32 or f64"))?;
        let [length, lines] = shape(&values, "x")?;
        let labels = match labels(&mut archive, "y") {
            Err(Failure::Missing) => None,
            Err(failure) => return Err(report(&failure, "y", "an integer")),
            Ok(found) => Some(classes(&found, "y")?),
        };
        Self::new(values.iter().copied().collect(), labels, length, lines)
    }
}

impl Signals {
    /// Writes `x`, samples x steps x lines, and `y` if there are labels, compressed.
    ///
    /// # Errors
    /// LL1057 with the reason of the writer.
    ///
    /// # Panics
    /// Never: the shape was checked when the signals were made.
    pub fn write_npz<W: Write + Seek>(&self, sink: W) -> Result<W, Diagnostics> {
        let (x, labels) = self.values();
        let shape = (self.samples(), self.length(), self.lines());
        let view = ArrayView3::from_shape(shape, x).expect("Signals::new checked the shape");
        let mut archive = NpzWriter::new_compressed(sink);
        archive.add_array("x", &view).map_err(|reason| unwritable(&reason))?;
        if let Some(labels) = labels {
            let labels = ArrayView1::from(labels);
            archive.add_array("y", &labels).map_err(|reason| unwritable(&reason))?;
        }
        archive.finish().map_err(|reason| unwritable(&reason))
    }
}

/// Writes `output`, samples x steps x outputs, compressed.
///
/// # Errors
/// LL1057 with the reason of the writer.
///
/// # Panics
/// If there are not as many values as the shape says.
pub fn write_outputs<W: Write + Seek>(
    sink: W,
    values: &[f32],
    shape: [usize; 3],
) -> Result<W, Diagnostics> {
    let view = ArrayView3::from_shape(shape, values).expect("as many values as the shape says");
    let mut archive = NpzWriter::new_compressed(sink);
    archive.add_array("output", &view).map_err(|reason| unwritable(&reason))?;
    archive.finish().map_err(|reason| unwritable(&reason))
}

/// Writes the arrays `sample`, `step` and `neuron`, one entry per spike, compressed.
///
/// # Errors
/// LL1057 with the reason of the writer.
pub fn write_spikes<W: Write + Seek>(sink: W, spikes: &[[u32; 3]]) -> Result<W, Diagnostics> {
    let mut archive = NpzWriter::new_compressed(sink);
    for (at, name) in ["sample", "step", "neuron"].into_iter().enumerate() {
        let column: Vec<u32> = spikes.iter().filter_map(|spike| spike.get(at).copied()).collect();
        archive
            .add_array(name, &ArrayView1::from(&column))
            .map_err(|reason| unwritable(&reason))?;
    }
    archive.finish().map_err(|reason| unwritable(&reason))
}

/// An array of numbers of two dimensions, and its shape.
///
/// # Errors
/// Why it cannot be had.
pub(crate) fn matrix(bytes: &[u8], name: &str) -> Result<(Vec<f64>, [usize; 2]), String> {
    let mut archive = NpzArchive::open(std::io::Cursor::new(bytes))
        .map_err(|reason| format!("it is no .npz archive: {reason}"))?;
    let array = match array::<f64, _>(&mut archive, name) {
        Err(Failure::Type) => match array::<f32, _>(&mut archive, name) {
            Err(Failure::Type) => labels(&mut archive, name).map(|whole| whole.mapv(float)),
            other => other.map(|narrow| narrow.mapv(f64::from)),
        },
        other => other,
    };
    let array = array.map_err(|failure| match failure {
        Failure::Missing => format!("it has no array `{name}`"),
        Failure::Type => format!("its array `{name}` is not of numbers"),
        Failure::Other(reason) => format!("its array `{name}` cannot be read: {reason}"),
    })?;
    match *array.shape() {
        [rows, columns] => Ok((array.iter().copied().collect(), [rows, columns])),
        ref other => Err(format!("its array `{name}` has shape {other:?}, not (post, pre)")),
    }
}

#[expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    reason = "weights are far below 2^53"
)]
fn float(whole: i128) -> f64 {
    whole as f64
}

fn unreadable(reason: &str) -> Diagnostic {
    Diagnostic::new("LL1050", format!("this is no .npz archive: {reason}"))
        .help("write one with `numpy.savez(file, x=..., y=..., x_test=..., y_test=...)`")
}

pub(crate) fn unwritable(reason: &ndarray_npy::WriteNpzError) -> Diagnostics {
    Diagnostic::new("LL1057", format!("the archive cannot be written: {reason}"))
        .help("check the free space and the permissions of the folder")
        .into()
}

/// Why an array could not be had.
enum Failure {
    Missing,
    /// Another element type.
    Type,
    Other(String),
}

fn array<T: ReadableElement, R: Read + Seek>(
    archive: &mut NpzArchive<R>,
    name: &str,
) -> Result<ArrayD<T>, Failure> {
    let member = archive.npy(name).map_err(Failure::Other)?.ok_or(Failure::Missing)?;
    ArrayD::read_npy(member).map_err(|reason| {
        let is_type = matches!(reason, ReadNpyError::WrongDescriptor(_));
        if is_type { Failure::Type } else { Failure::Other(reason.to_string()) }
    })
}

fn report(failure: &Failure, name: &str, wanted: &str) -> Diagnostics {
    let finding = match failure {
        Failure::Missing => Diagnostic::new("LL1051", format!("array `{name}` is missing"))
            .help("the arrays are `x`, `y`, `x_test`, `y_test`"),
        Failure::Type => {
            Diagnostic::new("LL1052", format!("array `{name}` has another type than {wanted}"))
                .help(format!("convert it to {wanted}"))
        }
        Failure::Other(reason) => {
            Diagnostic::new("LL1050", format!("array `{name}` cannot be read: {reason}"))
                .help("write the file again")
        }
    };
    finding.into()
}

type Shape = [usize; 2];

fn half<R: Read + Seek>(
    archive: &mut NpzArchive<R>,
    x: &str,
    y: &str,
    found: &mut Vec<Diagnostic>,
) -> Option<(Part, Shape)> {
    let values = values(archive, x).map_err(|f| report(&f, x, "f32 or f64"));
    let labels = labels(archive, y).map_err(|f| report(&f, y, "an integer"));
    let values = values.and_then(|v| shape(&v, x).map(|shape| (v, shape)));
    let labels = labels.and_then(|l| classes(&l, y));
    match (values, labels) {
        (Ok((values, shape)), Ok(labels)) => {
            Some((Part { x: values.iter().copied().collect(), y: labels }, shape))
        }
        (values, labels) => {
            found.extend(values.err().into_iter().chain(labels.err()).flat_map(|f| f.0));
            None
        }
    }
}

fn values<R: Read + Seek>(archive: &mut NpzArchive<R>, name: &str) -> Result<ArrayD<f32>, Failure> {
    match array::<f32, _>(archive, name) {
        Err(Failure::Type) => array::<f64, _>(archive, name).map(|wide| wide.mapv(single)),
        answer => answer,
    }
}

/// The labels as they stand, in a type that holds them all.
fn labels<R: Read + Seek>(
    archive: &mut NpzArchive<R>,
    name: &str,
) -> Result<ArrayD<i128>, Failure> {
    macro_rules! first_fit {
        ($($integer:ty),*) => {
            $(match array::<$integer, _>(archive, name) {
                Err(Failure::Type) => {}
                answer => return answer.map(|labels| labels.mapv(i128::from)),
            })*
        };
    }
    first_fit!(u8, i64, i32, u32, u64, i16, u16, i8);
    Err(Failure::Type)
}

fn shape(values: &ArrayD<f32>, name: &str) -> Result<Shape, Diagnostics> {
    match *values.shape() {
        [_, length] => Ok([length, 1]),
        [_, length, lines] => Ok([length, lines]),
        ref other => {
            let message =
                format!("`{name}` has shape {other:?}; samples x steps (x lines) is wanted");
            Err(Diagnostic::new("LL1053", message).help("reshape it").into())
        }
    }
}

fn classes(labels: &ArrayD<i128>, name: &str) -> Result<Vec<u8>, Diagnostics> {
    if labels.ndim() != 1 {
        let message =
            format!("`{name}` has shape {:?}; one label per sample is wanted", labels.shape());
        return Err(Diagnostic::new("LL1053", message).help("reshape it").into());
    }
    let label = |(i, label): (usize, &i128)| {
        u8::try_from(*label).map_err(|_| {
            let message = format!("`{name}[{i}]` is {label}; labels run from 0 to 255");
            Diagnostic::new("LL1054", message).help("number the classes from 0").into()
        })
    };
    labels.iter().enumerate().map(label).collect()
}
