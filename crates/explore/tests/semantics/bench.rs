//! Small networks on a chip, and probes into it.

use leadlag_chip::{Emulator, Options, Record, Stimulus, Targets};
use leadlag_compiler::{Job, compile};
use leadlag_fixed::random::{Kind, draw};
use leadlag_fixed::{count, index, low_quarter, signed};
use leadlag_image::{Chip, Compartment, Image};
use leadlag_net::Network;
use leadlag_quantize::Ranges;

/// Three lines, a hidden layer of slow and fast neurons, and an output that a loss teaches.
pub(crate) struct Net {
    pub(crate) hidden: usize,
    pub(crate) outputs: usize,
    /// Fields of the head.
    pub(crate) head: &'static str,
    /// Loss, and fields of `[teach]`.
    pub(crate) teach: &'static str,
    /// Fields of `[learning]`.
    pub(crate) learning: &'static str,
    /// Full scale of the errors.
    pub(crate) error: f64,
}

impl Default for Net {
    fn default() -> Self {
        Self {
            hidden: 10,
            outputs: 4,
            head: "",
            teach: "loss = \"squared-error\"",
            learning: "rule = \"sgd\"\neta = 0.02\nrounding = \"nearest\"",
            error: 1.0,
        }
    }
}

impl Net {
    pub(crate) fn network(&self) -> Network {
        let Self { hidden, outputs, head, teach, learning, .. } = self;
        let (slow, fast) = (hidden / 2, hidden - hidden / 2);
        let text = format!(
            "name = \"net\"\ndt = \"0.2 ms\"\n{head}\n\
             [[population]]\nname = \"in\"\ninput = 3\n\
             [[population]]\nname = \"hid\"\nphi = \"tanh\"\nbias = true\n\
             tau = [{{ count = {slow}, tau_m = \"1.2 ms\", tau_r = \"0.2 ms\" }}, {{ count = {fast}, tau_m = \"1.2 ms\", tau_r = \"1.2 ms\" }}]\n\
             [[population]]\nname = \"out\"\nsize = {outputs}\ntau_m = \"1.2 ms\"\ntau_r = \"1.2 ms\"\nphi = \"linear\"\nbias = true\n\
             [[projection]]\nchain = [\"in\", \"hid\", \"out\"]\n\
             [[projection]]\nfrom = \"hid\"\nto = \"hid\"\nplastic = false\ninit = {{ range = [-0.02, 0.02] }}\n\
             [teach]\npopulation = \"out\"\n{teach}\n[learning]\n{learning}\n"
        );
        Network::parse(&text, "net").unwrap_or_else(|found| panic!("{found}\n{text}"))
    }

    pub(crate) fn image(&self, settings: &[&str]) -> Image {
        let net = self.network();
        let mut chip = Chip::builtin("ll1").expect("built in");
        chip.set_all(settings).unwrap_or_else(|found| panic!("{found}"));
        let parameters = net.initialise(3);
        let ranges = Ranges {
            rate: vec![1.0; 3],
            error: vec![self.error; 3],
            error_rms: vec![self.error; 3],
        };
        let job = Job {
            net: &net,
            parameters: &parameters,
            chip: &chip,
            ranges: &ranges,
            seed: 3,
            text: None,
        };
        compile(job).unwrap_or_else(|found| panic!("{found}")).image
    }

    pub(crate) fn chips(&self, settings: &[&str]) -> Emulator {
        load(self.image(settings))
    }
}

pub(crate) fn load(image: Image) -> Emulator {
    Emulator::load(image, Options { replicas: 2, threads: 1, seed: 9 }).expect("the image is valid")
}

/// A code of ten bits that depends on where and when; it holds for a while.
fn input(step: u64, line: usize) -> i16 {
    let word = draw(4, Kind::Input, step / 30, 0, 0, count(line));
    low_quarter(signed(word >> 16)) >> 7
}

/// Runs steps on noise that holds for some steps, with a target that is a function of it.
pub(crate) fn run(chips: &mut Emulator, steps: usize, learn: bool) -> Record {
    let image = chips.image();
    let outputs = image.teaching.map_or(0, |t| index(image.populations[index(t.population)].size));
    let start = chips.step();
    let at = |step: usize| start + u64::from(count(step));
    let codes: Vec<i16> =
        (0..steps).flat_map(|s| (0..6).map(move |line| input(at(s), line))).collect();
    let wanted =
        |step: usize, cell: usize| input(at(step), cell / outputs * 3 + cell % outputs % 3) * 16;
    let targets: Vec<i16> =
        (0..steps).flat_map(|s| (0..2 * outputs).map(move |cell| wanted(s, cell))).collect();
    let targets =
        if learn { Targets::Codes { codes: &targets, present: &[] } } else { Targets::None };
    chips.run(&Stimulus { steps, codes: &codes, targets, learn })
}

/// Mean squared difference between record and target of a run, both as codes, once a new input has
/// settled.
pub(crate) fn loss(chips: &mut Emulator, steps: usize, learn: bool) -> f64 {
    let start = chips.step();
    let record = run(chips, steps, learn);
    let settled = |step: &usize| (start + u64::from(count(*step))) % 30 >= 20;
    let mut sum = 0.0;
    for replica in 0..2 {
        for step in (0..steps).filter(settled) {
            let rates =
                &record.rates[(replica * steps + step) * record.outputs..][..record.outputs];
            for (output, &rate) in rates.iter().enumerate() {
                let wanted = input(start + u64::from(count(step)), replica * 3 + output % 3) * 16;
                sum += f64::from(i32::from(rate) - i32::from(wanted)).powi(2);
            }
        }
    }
    3.0 * sum / f64::from(count(record.rates.len()))
}

/// A register of every neuron of a population, in order, of the first replica.
pub(crate) fn registers(
    chips: &Emulator,
    population: usize,
    pick: impl Fn(&leadlag_chip::State, usize, usize) -> i32,
) -> Vec<i32> {
    let image = chips.image();
    let cores = image.populations[population].cores.iter().map(|&core| index(core));
    cores
        .flat_map(|core| (0..index(image.cores[core].neurons)).map(move |column| (core, column)))
        .map(|(core, column)| pick(chips.state(), core, column))
        .collect()
}

pub(crate) fn all_registers(chips: &Emulator) -> Vec<Vec<i32>> {
    type Pick = fn(&leadlag_chip::State, usize, usize) -> i32;
    let picks: [Pick; 7] = [
        |s, core, c| s.shards[0].cores[core].soma.lagged[c],
        |s, core, c| s.shards[0].cores[core].soma.prospective[c],
        |s, core, c| s.shards[0].cores[core].rate[c],
        |s, core, c| s.shards[0].cores[core].apical.lagged[c],
        |s, core, c| s.shards[0].cores[core].apical.prospective[c],
        |s, core, c| s.shards[0].cores[core].soma.sent[c].into(),
        |s, core, c| s.shards[0].cores[core].apical.sent[c].into(),
    ];
    (0..2).flat_map(|population| picks.map(|pick| registers(chips, population, pick))).collect()
}

/// An array of a population as one: `[row]`, columns of all parts side by side.
pub(crate) fn array(image: &Image, population: usize, side: Compartment) -> Vec<Vec<i16>> {
    let cores = image.populations[population].cores.iter().map(|&core| &image.cores[index(core)]);
    let mut rows: Vec<Vec<i16>> = Vec::new();
    for core in cores {
        for (at, row) in core.side(side).array.words.chunks_exact(index(core.neurons)).enumerate() {
            if rows.len() == at {
                rows.push(Vec::new());
            }
            rows[at].extend_from_slice(row);
        }
    }
    rows
}
