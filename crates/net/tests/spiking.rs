//! Networks that spike: what a file may say of them, and what it may not.

#![expect(clippy::unwrap_used, reason = "a test ends where its network is not")]

use std::io::{Cursor, Write as _};

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_net::tasks::{Task, lif};
use leadlag_net::{Dataset, Init, Leak, Network, Signals, TauM};

const GOOD: &str = r#"
name = "net"
dt = "0.5 ms"
[[population]]
name = "in"
input = 3
[[population]]
name = "whole"
neuron = "lif"
size = 2
threshold = 7
leak = "3/16"
refractory = "2 ms"
bias = [1, -2]
[[population]]
name = "real"
neuron = "lif"
size = 1
threshold = 0.5
tau_m = "10 ms"
[[projection]]
from = "in"
to = "whole"
plastic = false
init = { integers = [-3, 4], seed = 9 }
[[projection]]
from = "whole"
to = "real"
plastic = false
weights = [[0.5, 0.25]]
"#;

fn parsed(text: &str) -> Network {
    Network::parse(text, "net.toml").unwrap_or_else(|found| panic!("{found}"))
}

#[test]
fn a_file_states_its_neurons() {
    let net = parsed(GOOD);
    let spiking = |at: usize| net.populations()[at].neurons().unwrap().spiking.unwrap();
    assert_eq!(spiking(1).leak, Leak::Share { mantissa: 3, places: 4 });
    assert_eq!((spiking(1).refractory, spiking(2).refractory), (4, 0));
    assert!(spiking(1).is_whole() && !spiking(2).is_whole());
    assert!(net.spikes(1) && !net.spikes(0) && net.is_spiking() && !net.has_rates());
    let group = &net.populations()[2].neurons().unwrap().groups[0];
    assert!(matches!(group.tau_m, TauM::Is(tau) if (tau.get() - 0.01).abs() < 1e-15));
    assert_eq!(parsed(&net.to_toml()), net, "{}", net.to_toml());
    let weights = net.initialise(1).weights;
    assert!(weights[0].iter().all(|w| w.fract() == 0.0 && (-3.0..=4.0).contains(w)));
    assert_eq!(weights[0], net.initialise(2).weights[0], "drawn by a seed of their own");
}

/// Whole numbers are those that NumPy draws: the first of the dense workload.
#[test]
fn whole_weights_are_numpys() {
    let text = GOOD.replace("[-3, 4], seed = 9", "[-31, 32], seed = 12345");
    let weights = parsed(&text).initialise(1).weights;
    assert_eq!(weights[0][..4], [13.0, -17.0, 19.0, -11.0]);
}

macro_rules! refusals {
    ($($name:ident: $from:expr => $to:expr, $message:expr;)*) => {
        $(#[test]
        fn $name() {
            assert!(GOOD.contains($from), "the base has no `{}`", $from);
            let text = GOOD.replacen($from, $to, 1);
            let found = Network::parse(&text, "net.toml").expect_err("refused").to_string();
            assert!(found.contains($message), "wanted: {}\nfound: {found}", $message);
        })*
    };
}

refusals! {
    neurons_of_no_kind: "\"lif\"" => "\"hh\"", "[LL1006]: `population[1].neuron` is \"hh\"; it must be one of \"gle\", \"lif\"";
    no_threshold: "threshold = 7" => "", "[LL1002]: `population[1].threshold` is missing";
    negative_threshold: "threshold = 7" => "threshold = -7", "[LL1005]: `population[1].threshold` is -7";
    threshold_of_a_half: "threshold = 7" => "threshold = 7.5", "[LL1033]: `population[1].threshold` is 7.5; with a `leak` the membrane counts whole numbers up to 536870912";
    no_leak: "leak = \"3/16\"" => "", "[LL1002]: `population[1]` has neither `tau_m` nor `leak`";
    two_leaks: "leak = \"3/16\"" => "leak = \"3/16\"\ntau_m = \"9 ms\"", "[LL1010]: `population[1].leak` and `population[1].tau_m` exclude each other";
    leak_in_thirds: "\"3/16\"" => "\"1/3\"", "[LL1030]: `population[1].leak` is \"1/3\"; it must be a share m/n";
    leak_above_one: "\"3/16\"" => "\"17/16\"", "[LL1030]: `population[1].leak` is \"17/16\"";
    leak_too_fine: "\"3/16\"" => "\"1/33554432\"", "n a power of two up to 16777216";
    leak_of_words: "\"3/16\"" => "\"little\"", "[LL1030]: `population[1].leak` is \"little\"";
    short_tau: "tau_m = \"10 ms\"" => "tau_m = \"0.1 ms\"", "[LL1011]: `population[2].tau_m`";
    uneven_rest: "\"2 ms\"" => "\"2.1 ms\"", "[LL1034]: `population[1].refractory` is 2.1 ms, 4.200 steps of dt = 500 us";
    long_rest: "\"2 ms\"" => "70000", "[LL1005]: `population[1].refractory` is 70000; it must be an integer from 0 to 65535";
    a_phi: "threshold = 0.5" => "threshold = 0.5\nphi = \"tanh\"", "[LL1001]: `population[2].phi` is no field";
    real_weights: "init = { integers = [-3, 4], seed = 9 }" => "init = { range = [-1.0, 1.0] }", "[LL1033]: the membranes of \"whole\" count whole numbers, but its weights have drawn numbers";
    half_weights: "init = { integers = [-3, 4], seed = 9 }" => "init = { constant = 0.5 }", "but its weights have 0.5";
    half_biases: "bias = [1, -2]" => "bias = [1, -2.5]", "[LL1033]: the membranes of \"whole\" count whole numbers, but its biases have -2.5";
    drawn_biases: "bias = [1, -2]" => "bias = true", "but its biases have drawn numbers";
    two_kinds_of_draws: "integers = [-3, 4]," => "integers = [-3, 4], constant = 1.0,", "needs one of `constant`, `range` and `integers`";
    integers_of_halves: "[-3, 4]" => "[-3, 4.5]", "[LL1009]: `projection[0].init.integers` is no range of two whole numbers up to 16777216";
    integers_upside_down: "[-3, 4]" => "[4, -3]", "is no range of two whole numbers";
    taught_spikes: "[[projection]]" => "[teach]\npopulation = \"real\"\nloss = \"squared-error\"\n[[projection]]", "[LL1032]: \"real\" spikes, and is taught";
    a_file_without_a_folder: "weights = [[0.5, 0.25]]" => "weights = { file = \"w.npz\", array = \"W\" }", "[LL1035]: weights are to come from `w.npz`, and no file can be read here";
    weights_for_two: "from = \"whole\"\nto = \"real\"" => "chain = [\"in\", \"whole\", \"real\"]", "[LL1010]: `projection[1].weights` cannot serve 2 projections";
}

#[test]
fn no_rule_learns_across_a_spike() {
    let text = GOOD.replace("plastic = false\nweights", "weights")
        + "[[population]]\nname = \"out\"\nsize = 1\ntau_m = \"1 ms\"\ntau_r = \"1 ms\"\nphi = \"linear\"\n\
           [[projection]]\nfrom = \"in\"\nto = \"out\"\n[teach]\npopulation = \"out\"\nloss = \"squared-error\"\n\
           [learning]\nrule = \"sgd\"\neta = 0.1\n";
    let found = Network::parse(&text, "net.toml").expect_err("refused").to_string();
    assert_eq!(found.matches("[LL").count(), 1, "{found}");
    assert!(
        found.contains("[LL1031]: `whole -> real` is plastic, but \"whole\" spikes"),
        "{found}"
    );
}

/// An archive with one array of two dimensions, as NumPy writes it.
fn archive(name: &str, descr: &str, shape: [usize; 2], values: &[u8]) -> Vec<u8> {
    let header = format!(
        "{{'descr': '{descr}', 'fortran_order': False, 'shape': ({}, {}), }}",
        shape[0], shape[1]
    );
    let header = format!("{header:<117}\n");
    let mut npy = b"\x93NUMPY\x01\x00".to_vec();
    npy.extend(u16::try_from(header.len()).unwrap().to_le_bytes());
    npy.extend(header.as_bytes());
    npy.extend(values);
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file(format!("{name}.npy"), zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(&npy).unwrap();
    zip.finish().unwrap().into_inner()
}

/// The base with its first weights in a file.
fn with_file(answer: Result<Vec<u8>, Diagnostics>) -> Result<Network, Diagnostics> {
    let text = GOOD.replace(
        "init = { integers = [-3, 4], seed = 9 }",
        "weights = { file = \"w.npz\", array = \"W\" }",
    );
    let mut answer = Some(answer);
    Network::parse_with(&text, "net.toml", |file| {
        assert_eq!(file, "w.npz");
        answer.take().unwrap()
    })
}

#[test]
fn weights_come_from_files() {
    let words: Vec<u8> = (-3..3_i64).flat_map(i64::to_le_bytes).collect();
    let net = with_file(Ok(archive("W", "<i8", [2, 3], &words))).unwrap();
    assert_eq!(net.projections()[0].init, Init::Weights(vec![-3.0, -2.0, -1.0, 0.0, 1.0, 2.0]));
    let reals: Vec<u8> = (0..6_u8).flat_map(|i| f32::from(i).to_le_bytes()).collect();
    let net = with_file(Ok(archive("W", "<f4", [2, 3], &reals))).unwrap();
    assert_eq!(net.initialise(1).weights[0][5].to_bits(), 5.0_f64.to_bits());
}

#[test]
fn files_that_hold_no_weights_are_refused() {
    let says = |answer: Result<Vec<u8>, Diagnostics>, wanted: &str| {
        let found = with_file(answer).expect_err("refused");
        assert!(found.to_string().contains(wanted), "wanted: {wanted}\nfound: {found}");
        assert_eq!(found.0[0].labels.len(), 1, "it points at the file's name");
    };
    let words: Vec<u8> = (-3..3_i64).flat_map(i64::to_le_bytes).collect();
    says(Ok(b"nothing".to_vec()), "[LL1035]: `w.npz` holds no weights: it is no .npz archive");
    says(Ok(archive("V", "<i8", [2, 3], &words)), "it has no array `W`");
    says(Ok(archive("W", "<i8", [3, 2], &words)), "has shape [3, 2]; the projection has [2, 3]");
    let odd: Vec<u8> =
        [1.0, 2.5, 3.0, 4.0, 5.0, 6.0_f64].into_iter().flat_map(f64::to_le_bytes).collect();
    says(
        Ok(archive("W", "<f8", [2, 3], &odd)),
        "[LL1036]: `w.npz` has the weight 2.5; whole numbers are wanted",
    );
    let gone = Diagnostic::new("LL5001", "cannot read `w.npz`").help("look for it");
    says(Err(gone.into()), "[LL5001]: cannot read `w.npz`");
}

/// Any block of the dense workload is a part of the whole one, and other lanes are others.
#[test]
fn blocks_of_spikes_can_be_had_in_any_order() {
    let net = parsed(&format!("{GOOD}\n[task]\nname = \"lif-dense\"\n[schedule]\nsteps = 50\n"));
    assert_eq!(parsed(&net.to_toml()), net);
    let Task::Stream(stream) = Task::prepare(&net, 1).unwrap() else { panic!("a stream") };
    let whole = stream.stream_block(0, 40, 2);
    assert_eq!((whole.width, whole.lanes, whole.steps), (3, 2, 40));
    let part = stream.stream_block(25, 15, 2);
    assert_eq!(whole.inputs[25 * 6..], part.inputs);
    let lane = |at: usize| -> Vec<f64> {
        whole.inputs.chunks(3).skip(at).step_by(2).flatten().copied().collect()
    };
    assert_ne!(lane(0), lane(1));
    assert!(whole.inputs.iter().all(|x| [0.0_f64, 1.0].map(f64::to_bits).contains(&x.to_bits())));
    let (_, mut generator) = lif::dense_weights(12_345, 3, 2);
    let first: Vec<f64> =
        lif::input_spikes(&mut generator, 3).map(|s| f64::from(u8::from(s))).collect();
    assert_eq!(lane(0)[..3], first);
}

/// The files hold what the workloads are, as arrays that NumPy and this crate read.
#[test]
fn workloads_are_written_as_archives() {
    let bytes = lif::write_dense(5, 7, Cursor::new(Vec::new())).unwrap().into_inner();
    let signals = Signals::read_npz(Cursor::new(bytes)).unwrap();
    assert_eq!((signals.samples(), signals.length(), signals.lines()), (1, 7, 1024));
    let bytes =
        lif::Recurrent::generate(5).write_npz(Cursor::new(Vec::new())).unwrap().into_inner();
    let mut archive = leadlag_net::NpzArchive::open(Cursor::new(bytes)).unwrap();
    for name in ["target", "w", "bias", "v"] {
        assert!(archive.npy(name).unwrap().is_some(), "{name}");
    }
    assert!(Dataset::read_npz(Cursor::new(Vec::new())).is_err());
}
