//! Every way in which a data file can be wrong, each with its message; and the way back.

#![expect(clippy::unwrap_used, reason = "a test ends where its archive cannot be written")]

use std::io::Cursor;

use leadlag_net::tasks::{Samples, Task};
use leadlag_net::{Dataset, Network, Part};
use ndarray::{Array1, Array2, Array3, ArrayD};
use ndarray_npy::{NpzWriter, WritableElement};
use proptest::prelude::*;

type Archive = NpzWriter<Cursor<Vec<u8>>>;

fn archive(fill: impl FnOnce(&mut Archive)) -> Cursor<Vec<u8>> {
    let mut archive = NpzWriter::new(Cursor::new(Vec::new()));
    fill(&mut archive);
    Cursor::new(archive.finish().unwrap().into_inner())
}

fn put<T: WritableElement>(archive: &mut Archive, name: &str, array: impl Into<ArrayD<T>>) {
    archive.add_array(name, &array.into()).unwrap();
}

/// Two samples of three steps in either half, with one array replaced.
fn with(name: &str, replace: impl FnOnce(&mut Archive)) -> Result<Dataset, String> {
    let bytes = archive(|archive| {
        for x in ["x", "x_test"].into_iter().filter(|x| *x != name) {
            put(archive, x, Array2::<f32>::zeros((2, 3)).into_dyn());
        }
        for y in ["y", "y_test"].into_iter().filter(|y| *y != name) {
            put(archive, y, Array1::<u8>::zeros(2).into_dyn());
        }
        replace(archive);
    });
    Dataset::read_npz(bytes).map_err(|found| found.to_string())
}

fn assert_says(answer: Result<Dataset, String>, message: &str) {
    let found = answer.unwrap_err();
    assert!(found.contains(message), "wanted: {message}\nfound: {found}");
}

#[test]
fn bytes_that_are_no_archive() {
    let answer = Dataset::read_npz(Cursor::new(b"hello".to_vec())).map_err(|e| e.to_string());
    assert_says(answer, "[LL1050]: this is no .npz archive");
}

#[test]
fn a_truncated_archive() {
    let mut bytes = archive(|a| put(a, "x", Array2::<f32>::zeros((2, 3)).into_dyn())).into_inner();
    bytes.truncate(bytes.len() / 2);
    let answer = Dataset::read_npz(Cursor::new(bytes)).map_err(|e| e.to_string());
    assert_says(answer, "[LL1050]: this is no .npz archive");
}

#[test]
fn a_missing_array() {
    assert_says(with("y_test", |_| {}), "[LL1051]: array `y_test` is missing");
}

#[test]
fn all_missing_arrays_at_once() {
    let answer = Dataset::read_npz(archive(|_| {})).unwrap_err();
    assert_eq!(answer.0.len(), 4, "{answer}");
}

#[test]
fn values_of_another_type() {
    let answer = with("x", |a| put(a, "x", Array2::<i32>::zeros((2, 3)).into_dyn()));
    assert_says(answer, "[LL1052]: array `x` has another type than f32 or f64");
}

#[test]
fn labels_of_another_type() {
    let answer = with("y", |a| put(a, "y", Array1::<f32>::zeros(2).into_dyn()));
    assert_says(answer, "[LL1052]: array `y` has another type than an integer");
}

#[test]
fn values_of_one_dimension() {
    let answer = with("x", |a| put(a, "x", Array1::<f32>::zeros(6).into_dyn()));
    assert_says(answer, "[LL1053]: `x` has shape [6]; samples x steps (x lines) is wanted");
}

#[test]
fn labels_of_two_dimensions() {
    let answer = with("y", |a| put(a, "y", Array2::<u8>::zeros((2, 1)).into_dyn()));
    assert_says(answer, "[LL1053]: `y` has shape [2, 1]; one label per sample is wanted");
}

#[test]
fn fewer_labels_than_samples() {
    let answer = with("y", |a| put(a, "y", Array1::<u8>::zeros(1).into_dyn()));
    assert_says(answer, "[LL1053]: `x` has 6 values for 1 labels of 3 x 1");
}

#[test]
fn halves_of_different_length() {
    let answer = with("x_test", |a| put(a, "x_test", Array2::<f32>::zeros((2, 4)).into_dyn()));
    assert_says(answer, "[LL1053]: `x` has samples of [3, 1], `x_test` of [4, 1]");
}

#[test]
fn a_negative_label() {
    let labels = Array1::from(vec![0_i64, -1]).into_dyn();
    let answer = with("y", |a| put(a, "y", labels));
    assert_says(answer, "[LL1054]: `y[1]` is -1; labels run from 0 to 255");
}

#[test]
fn a_label_that_is_too_large() {
    let labels = Array1::from(vec![256_u16, 0]).into_dyn();
    let answer = with("y_test", |a| put(a, "y_test", labels));
    assert_says(answer, "[LL1054]: `y_test[0]` is 256");
}

#[test]
fn a_value_that_is_no_number() {
    let mut values = Array2::<f64>::zeros((2, 3));
    values[[1, 2]] = f64::NAN;
    let answer = with("x", |a| put(a, "x", values.into_dyn()));
    assert_says(answer, "[LL1055]: `x` is not finite in sample 1, step 2");
}

#[test]
fn no_samples() {
    let answer = with("x", |a| put(a, "x", Array2::<f32>::zeros((0, 3)).into_dyn()));
    assert_says(answer, "[LL1053]: `x` has 0 values for 2 labels");
}

#[test]
fn samples_of_no_steps() {
    let answer = with("x", |a| put(a, "x", Array2::<f32>::zeros((2, 0)).into_dyn()));
    assert_says(answer, "[LL105");
}

#[test]
fn every_integer_is_a_label() {
    fn labels<T: WritableElement + Clone>(values: Vec<T>) -> Vec<u8> {
        let set = with("y", |a| put(a, "y", Array1::from(values).into_dyn())).unwrap();
        set.y().to_vec()
    }
    let all = [
        labels(vec![0_i8, 3]),
        labels(vec![0_i16, 3]),
        labels(vec![0_i32, 3]),
        labels(vec![0_i64, 3]),
        labels(vec![0_u8, 3]),
        labels(vec![0_u16, 3]),
        labels(vec![0_u32, 3]),
        labels(vec![0_u64, 3]),
    ];
    assert!(all.iter().all(|labels| *labels == [0, 3]));
}

/// Column-major arrays hold the same samples.
#[test]
fn the_order_of_the_axes_on_disk_does_not_matter() {
    let values = Array3::from_shape_fn((2, 3, 2), |(s, t, l)| {
        f64::from(u8::try_from(s * 6 + t * 2 + l).unwrap())
    });
    let mut turned = Array3::zeros(ndarray::ShapeBuilder::f((2, 3, 2)));
    turned.assign(&values);
    let read = |array: Array3<f64>| {
        let bytes = archive(|a| {
            put(a, "x", array.clone().into_dyn());
            put(a, "x_test", array.into_dyn());
            put(a, "y", Array1::<u8>::zeros(2).into_dyn());
            put(a, "y_test", Array1::<u8>::zeros(2).into_dyn());
        });
        Dataset::read_npz(bytes).unwrap()
    };
    assert_eq!(read(values), read(turned));
}

#[test]
fn a_sink_without_room_is_reported() {
    let part = || Part { x: vec![0.0; 6], y: vec![0, 1] };
    let set = Dataset::new(part(), part(), 3, 1).unwrap();
    let mut room = [0_u8; 40];
    let found = set.write_npz(Cursor::new(&mut room[..])).unwrap_err().to_string();
    assert!(found.contains("[LL1057]: the archive cannot be written"), "{found}");
}

const PLAIN: &str = "name = \"n\"\ndt = \"1 ms\"\n[[population]]\nname = \"in\"\ninput = 2\n\
    [[population]]\nname = \"out\"\nsize = 1\ntau_m = \"1 ms\"\ntau_r = \"1 ms\"\nphi = \"linear\"\n\
    [[projection]]\nfrom = \"in\"\nto = \"out\"\n";

#[test]
fn a_network_without_a_task_delivers_nothing() {
    let network = Network::parse(PLAIN, "-").unwrap();
    let found = Task::prepare(&network, 1).unwrap_err().to_string();
    assert!(found.contains("[LL1058]: network n names no task"), "{found}");
}

#[test]
fn samples_that_do_not_fit_the_network() {
    let network = Network::parse(PLAIN, "-").unwrap();
    let part = || Part { x: vec![0.0; 6], y: vec![0, 4] };
    let samples = Samples::new(Dataset::new(part(), part(), 3, 1).unwrap(), 1);
    let found = samples.check(&network).unwrap_err().to_string();
    assert!(found.contains("[LL1058]: samples have 1 lines; network n has 2"), "{found}");
    assert!(
        found.contains("[LL1058]: samples have 5 classes; the output has 1 neurons"),
        "{found}"
    );
}

proptest! {
    /// A data set comes back from its archive as it was.
    #[test]
    fn a_set_survives_its_file(samples in 1..6_usize, length in 1..9_usize, lines in 1..4_usize, seed: u8) {
        let value = |i: usize| f32::from(u8::try_from(i % 200).unwrap()) - f32::from(seed);
        let part = |shift: usize| Part {
            x: (shift..shift + samples * length * lines).map(value).collect(),
            y: (0..samples).map(|i| u8::try_from(i).unwrap() ^ seed).collect(),
        };
        let set = Dataset::new(part(0), part(7), length, lines).unwrap();
        let mut bytes = set.write_npz(Cursor::new(Vec::new())).unwrap();
        bytes.set_position(0);
        prop_assert_eq!(Dataset::read_npz(bytes).unwrap(), set);
    }
}
