//! The network that an image carries: its float reference, from the image alone.

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_image::Image;
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
    let learnt = !stored.is_start(&start);
    let parameters = if learnt {
        let (weights, biases) = stored.values();
        Parameters { weights, biases, ..start }
    } else {
        start
    };
    if !network.fits(&parameters) {
        return Err(another(&network, image));
    }
    Ok(Carried { network, parameters, seed: recipe.seed, learnt })
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
