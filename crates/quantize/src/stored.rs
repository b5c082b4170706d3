//! The parameters that an image holds, in the order of a network's own.

use leadlag_image::{Chip, Image, RowGroup, Source};
use leadlag_net::{Network, Parameters, Population};

use crate::number::{converter, power, value, word};

/// Words of a projection or of a population's biases, with their scales.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Synapses {
    /// Words, `[post * n_pre + pre]` or by neuron.
    pub words: Vec<i16>,
    /// The exponent of each word's full scale.
    pub scales: Vec<i32>,
}

/// The forward words of an image that was compiled from a network.
#[derive(Clone, PartialEq, Debug)]
pub struct Stored {
    chip: Chip,
    /// By projection.
    pub weights: Vec<Synapses>,
    /// By population; empty where there are none.
    pub biases: Vec<Synapses>,
}

impl Stored {
    /// Reads the somatic arrays; none if the image has another shape than the network.
    #[must_use]
    pub fn new(net: &Network, image: &Image) -> Option<Self> {
        let mut reader = Reader { net, image, filled: 0, stored: blank(net, image)? };
        for core in 0..image.cores.len() {
            reader.core(core)?;
        }
        let of = |lists: &[Synapses]| lists.iter().map(|s| s.words.len()).sum::<usize>();
        let wanted = of(&reader.stored.weights) + of(&reader.stored.biases);
        (reader.filled == wanted).then_some(reader.stored)
    }

    /// Whether these are the words that the parameters round to: nothing was learnt since.
    #[must_use]
    pub fn is_start(&self, parameters: &Parameters) -> bool {
        let same = |synapses: &Synapses, values: &[f64]| {
            let words = synapses.words.iter().zip(&synapses.scales);
            synapses.words.len() == values.len()
                && words.zip(values).all(|((&stored, &scale), &value)| {
                    word(value, scale, self.chip.weight_bits) == stored
                })
        };
        let all = |lists: &[Synapses], values: &[Vec<f64>]| {
            lists.len() == values.len() && lists.iter().zip(values).all(|(s, v)| same(s, v))
        };
        all(&self.weights, &parameters.weights) && all(&self.biases, &parameters.biases)
    }

    /// What the words are worth, before the converter drops their low bits.
    #[must_use]
    pub fn values(&self) -> (Vec<Vec<f64>>, Vec<Vec<f64>>) {
        let bits = self.chip.weight_bits;
        let of = |s: &Synapses| s.each(|word, scale| value(word, scale, bits));
        (self.weights.iter().map(of).collect(), self.biases.iter().map(of).collect())
    }

    /// What the synapses' converters make of the words.
    #[must_use]
    pub fn converted(&self) -> (Vec<Vec<f64>>, Vec<Vec<f64>>) {
        let (word_bits, bits) = (self.chip.weight_bits, self.chip.dac_bits);
        let of = |word, scale: i32| {
            let code = f64::from(converter(word, word_bits, bits));
            code * power(scale + 1 - leadlag_fixed::signed(bits))
        };
        let each = |lists: &[Synapses]| lists.iter().map(|s| s.each(of)).collect();
        (each(&self.weights), each(&self.biases))
    }

    /// What drives a bias: the largest code, a step below full scale.
    #[must_use]
    pub fn constant(&self) -> f64 {
        1.0 - power(1 - leadlag_fixed::signed(self.chip.payload_bits))
    }
}

impl Synapses {
    fn blank(count: usize) -> Self {
        Self { words: vec![0; count], scales: vec![0; count] }
    }

    fn each(&self, of: impl Fn(i16, i32) -> f64) -> Vec<f64> {
        self.words.iter().zip(&self.scales).map(|(&word, &scale)| of(word, scale)).collect()
    }

    fn set(&mut self, at: usize, word: i16, scale: i32) -> Option<()> {
        *self.words.get_mut(at)? = word;
        *self.scales.get_mut(at)? = scale;
        Some(())
    }
}

/// Zeros in the shape of the network, if the image has the same populations.
fn blank(net: &Network, image: &Image) -> Option<Stored> {
    let own = |input| net.populations().iter().filter(move |p| p.is_input() == input);
    let same = |p: &Population, name: &str, size: u32| {
        p.name() == name && p.size() == leadlag_fixed::index(size)
    };
    let inputs = own(true).count() == image.inputs.len()
        && own(true).zip(&image.inputs).all(|(p, input)| same(p, &input.name, input.size));
    let neurons = own(false).count() == image.populations.len()
        && own(false).zip(&image.populations).all(|(p, other)| same(p, &other.name, other.size));
    let weights = |p| Synapses::blank(net.pre_size(p) * net.post_size(p));
    (inputs && neurons).then(|| Stored {
        chip: image.chip.clone(),
        weights: net.projections().iter().map(weights).collect(),
        biases: biases(net, image),
    })
}

/// Biases are where the image has a constant row.
fn biases(net: &Network, image: &Image) -> Vec<Synapses> {
    let constant = |group: &RowGroup| group.source == Source::Constant;
    let biased = |rank: usize| {
        let mut cores = image.cores.iter().filter(|c| leadlag_fixed::index(c.population) == rank);
        cores.any(|core| core.soma.array.groups.iter().any(constant))
    };
    let mut rank = 0;
    let of = |population: &Population| {
        if population.is_input() {
            return Synapses::default();
        }
        rank += 1;
        Synapses::blank(if biased(rank - 1) { population.size() } else { 0 })
    };
    net.populations().iter().map(of).collect()
}

struct Reader<'a> {
    net: &'a Network,
    image: &'a Image,
    filled: usize,
    stored: Stored,
}

impl Reader<'_> {
    fn core(&mut self, at: usize) -> Option<()> {
        let core = &self.image.cores[at];
        let to = nth(self.net, core.population, false)?;
        let (first, columns) =
            (leadlag_fixed::index(core.first), leadlag_fixed::index(core.neurons));
        for group in &core.soma.array.groups {
            let words = core.soma.array.words.chunks_exact(columns);
            let rows = words.skip(leadlag_fixed::index(group.first));
            for (row, words) in rows.take(leadlag_fixed::index(group.rows)).enumerate() {
                self.row(group, row, (to, first), words)?;
            }
        }
        Some(())
    }

    fn row(
        &mut self,
        group: &RowGroup,
        row: usize,
        (to, first): (usize, usize),
        words: &[i16],
    ) -> Option<()> {
        let (from, line) = match group.source {
            Source::Constant => {
                for (column, &word) in words.iter().enumerate() {
                    self.stored.biases[to].set(first + column, word, group.weight_scale)?;
                    self.filled += 1;
                }
                return Some(());
            }
            Source::Input { input, from } => {
                (nth(self.net, input, true)?, leadlag_fixed::index(from))
            }
            Source::Core { core, from } => {
                let sender = self.image.cores.get(leadlag_fixed::index(core))?;
                let line = leadlag_fixed::index(sender.first) + leadlag_fixed::index(from);
                (nth(self.net, sender.population, false)?, line)
            }
        };
        let mut all = self.net.projections().iter().enumerate();
        let (index, projection) = all.find(|(_, p)| p.from == from && p.to == to)?;
        let pre = self.net.pre_size(projection);
        for (column, &word) in words.iter().enumerate() {
            let at = (first + column) * pre + line + row;
            self.stored.weights[index].set(at, word, group.weight_scale)?;
            self.filled += 1;
        }
        Some(())
    }
}

/// The population that is the `rank`th of the inputs, or of the others.
fn nth(net: &Network, rank: u32, input: bool) -> Option<usize> {
    let all = net.populations().iter().enumerate().filter(|(_, p)| p.is_input() == input);
    all.map(|(at, _)| at).nth(leadlag_fixed::index(rank))
}
