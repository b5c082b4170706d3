//! The network that an image carries: its float reference, from the image alone.

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_image::{Image, Solver};
use leadlag_net::{Network, Parameters};
use leadlag_quantize::Stored;

/// A network and the parameters that an image has in its words.
#[derive(Clone, PartialEq, Debug)]
pub struct Carried {
    /// The network that was compiled.
    pub network: Network,
    /// Its parameters: those at the start, before quantisation, while the words are the ones that
    /// they round to; else what the words are worth.
    pub parameters: Parameters,
    /// Seed of the start.
    pub seed: u64,
    /// Whether the words have changed since the start.
    pub learnt: bool,
}

impl Carried {
    /// The network that begins where the image is, for any seed.
    #[must_use]
    pub fn pinned(self, seed: u64) -> Network {
        if self.learnt || seed != self.seed {
            self.network.beginning_with(&self.parameters)
        } else {
            self.network
        }
    }
}

/// Reads the recipe of an image.
///
/// # Errors
/// LL1305 if the image carries none, LL1320 if it is that of another image, or what is wrong with
/// the text.
pub fn carried(image: &Image) -> Result<Carried, Diagnostics> {
    let recipe = image.recipe.as_ref().ok_or_else(no_recipe)?;
    let network = Network::parse(&recipe.network, "the network in the image")?;
    let start = network.initialise(recipe.seed);
    let stored = Stored::new(&network, image).ok_or_else(|| another(&network, image))?;
    let tau_m = time_constants(&network, image, &start);
    let learnt = !stored.is_start(&start) || tau_m != start.tau_m;
    let parameters = if learnt {
        let (weights, biases) = stored.values();
        Parameters { weights, biases, tau_m }
    } else {
        start
    };
    if !network.fits(&parameters) {
        return Err(another(&network, image));
    }
    Ok(Carried { network, parameters, seed: recipe.seed, learnt })
}

/// Membrane time constants in seconds, by population of the network and neuron: those of the start where
/// the image has their lags, else what its lags are worth.
fn time_constants(network: &Network, image: &Image, start: &Parameters) -> Vec<Vec<f64>> {
    let dt = network.dt().get();
    let mut all = start.tau_m.clone();
    let neurons = network.populations().iter().zip(&mut all).filter(|(p, _)| !p.is_input());
    for ((_, taus), population) in neurons.zip(0_u32..) {
        for core in image.cores.iter().filter(|core| core.population == population) {
            let own = taus.iter_mut().skip(leadlag_fixed::index(core.first));
            for (tau, &lag) in own.zip(&core.soma.lag) {
                let solver = if *tau <= dt { Solver::Euler } else { image.chip.solver };
                let known = leadlag_quantize::coefficients(*tau / dt, 1.0, solver);
                if core.spike().is_none() && known.is_none_or(|known| known.lag != lag) {
                    *tau = dt * steps(lag, image.chip.solver);
                }
            }
        }
    }
    all
}

/// Time constants of the membranes in milliseconds, if the image learns them and has few.
pub(crate) fn shown_time_constants(image: &Image) -> Option<Vec<f64>> {
    image.learning.as_ref()?.tau?;
    let neurons = image.cores.iter().map(|core| core.soma.lag.len()).sum::<usize>();
    let dt = Network::parse(&image.recipe.as_ref()?.network, "the network in the image").ok()?.dt();
    let lags = image.cores.iter().flat_map(|core| &core.soma.lag);
    let milliseconds = |&lag: &i64| 1e3 * dt.get() * steps(lag, image.chip.solver);
    (neurons <= SHOWN).then(|| lags.map(milliseconds).collect())
}

/// Time constants that a row of a learning curve has room for.
const SHOWN: usize = 16;

/// A lag as a time constant in circuit steps.
fn steps(lag: i64, solver: Solver) -> f64 {
    #[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "at most 2^32")]
    let alpha = lag as f64 / 4_294_967_296.0;
    match solver {
        Solver::Exact if alpha < 1.0 => -1.0 / (-alpha).ln_1p(),
        Solver::Euler | Solver::Exact => 1.0 / alpha,
    }
}

/// An image where its float reference is asked for.
#[must_use]
pub fn no_recipe() -> Diagnostics {
    let message = "the image carries 0 networks; its float reference is built from the 1 that it was compiled from";
    Diagnostic::new("LL1305", message)
        .help("compile the network anew, or give the network file instead of the image")
        .into()
}

fn another(network: &Network, image: &Image) -> Diagnostics {
    let neurons = network.populations().iter().filter(|p| !p.is_input());
    let (own, cores): (usize, u64) = (
        neurons.map(leadlag_net::Population::size).sum(),
        image.populations.iter().map(|p| u64::from(p.size)).sum(),
    );
    let message = format!(
        "the image `{}` carries the network `{}` of {own} neurons, which is not the one on its cores, of {cores} neurons",
        image.name,
        network.name()
    );
    Diagnostic::new("LL1320", message)
        .help("compile the network anew, or take `recipe` out of the image's text form")
        .into()
}
