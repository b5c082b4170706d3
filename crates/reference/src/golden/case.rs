//! An entry of the manifest, and the network it stands for.

use std::fmt::Write;

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_net::Network;
use serde::Deserialize;

/// One recorded run.
#[derive(Clone, PartialEq, Debug, Deserialize)]
pub struct Case {
    /// Name of the case.
    pub name: String,
    /// Archive, beside the manifest.
    pub file: String,
    /// Steps.
    #[serde(rename = "T")]
    pub steps: usize,
    /// Lanes.
    #[serde(rename = "B")]
    pub lanes: usize,
    /// Neurons of the input and of every layer.
    pub sizes: Vec<usize>,
    pub(super) dt: f64,
    pub(super) phi: Vec<String>,
    pub(super) tau_m: Vec<Vec<f64>>,
    pub(super) tau_r: Vec<Vec<f64>>,
    pub(super) bias: bool,
    prospective_errors: bool,
    pub(super) learn_tau: bool,
    gamma: f64,
    beta: f64,
    pub(super) loss: String,
    optimizer: String,
    lr: f64,
    momentum: f64,
    tau_min: Option<f64>,
    adam_beta1: Option<f64>,
    adam_beta2: Option<f64>,
    adam_eps: Option<f64>,
}

impl Case {
    /// All cases of a manifest.
    ///
    /// # Errors
    /// LL1100 if the text is no such manifest.
    pub fn all(manifest: &str) -> Result<Vec<Self>, Diagnostics> {
        serde_json::from_str(manifest).map_err(|reason| {
            Diagnostic::new("LL1100", format!("the manifest cannot be read: {reason}"))
                .help("a `manifest.json` like the one in golden/gle belongs beside the archive")
                .into()
        })
    }

    /// The case of that name.
    ///
    /// # Errors
    /// LL1100 if the text is no manifest, LL1101 if it has no such case.
    pub fn find(manifest: &str, name: &str) -> Result<Self, Diagnostics> {
        let cases = Self::all(manifest)?;
        let known: Vec<_> = cases.iter().map(|case| case.name.clone()).collect();
        cases.into_iter().find(|case| case.name == name).ok_or_else(|| {
            Diagnostic::new("LL1101", format!("the manifest has no case \"{name}\""))
                .help(format!("cases: {}", known.join(", ")))
                .into()
        })
    }

    /// Layers of neurons.
    pub(super) fn layers(&self) -> usize {
        self.sizes.len().saturating_sub(1)
    }

    /// Neurons of a layer.
    pub(super) fn neurons(&self, layer: usize) -> usize {
        self.inputs(layer + 1)
    }

    /// Senders to a layer.
    pub(super) fn inputs(&self, layer: usize) -> usize {
        self.sizes.get(layer).copied().unwrap_or(0)
    }

    /// Whether parameters change.
    pub(super) fn learns(&self) -> bool {
        self.optimizer != "none"
    }

    /// The network of the case, with one population per layer after the input.
    ///
    /// # Errors
    /// LL1103 with what is wrong with it.
    pub fn network(&self) -> Result<Network, Diagnostics> {
        let lists = [self.phi.len(), self.tau_m.len(), self.tau_r.len()];
        if self.lanes == 0 || lists.iter().any(|length| *length != self.layers()) {
            return Err(self.invalid("its lists differ in length, or it has no lane"));
        }
        let text = self.to_toml();
        Network::parse(&text, &self.name).map_err(|found| {
            let mut all = self.invalid("it is no network");
            all.0.extend(found.0);
            all
        })
    }

    fn invalid(&self, reason: &str) -> Diagnostics {
        Diagnostic::new("LL1103", format!("case {} cannot be run: {reason}", self.name))
            .help("compare the entry with those of golden/gle/manifest.json")
            .into()
    }

    fn to_toml(&self) -> String {
        let errors = if self.prospective_errors { "prospective" } else { "instantaneous" };
        let (name, dt, gamma) = (&self.name, self.dt, self.gamma);
        let mut text = format!(
            "name = \"{name}\"\ndt = \"{dt:?} ms\"\ngamma = {gamma:?}\nerrors = \"{errors}\"\n\
             [[population]]\nname = \"in\"\ninput = {}\n",
            self.inputs(0),
        );
        for layer in 0..self.layers() {
            self.layer(layer, &mut text);
        }
        let loss = if self.loss == "ce" { "cross-entropy" } else { "squared-error" };
        let last = self.layers().saturating_sub(1);
        let teach = format!("[teach]\npopulation = \"l{last}\"\nloss = \"{loss}\"\n");
        text + &teach + &format!("beta = {:?}\n", self.beta) + &self.learning()
    }

    fn layer(&self, layer: usize, text: &mut String) {
        let constants = self.tau_m.get(layer).into_iter().flatten();
        let groups: Vec<_> = constants
            .zip(self.tau_r.get(layer).into_iter().flatten())
            .map(|(m, r)| format!("{{ count = 1, tau_m = \"{m:?} ms\", tau_r = \"{r:?} ms\" }}"))
            .collect();
        let phi = match self.phi.get(layer).map_or("", String::as_str) {
            "sigmoid" => "logistic".to_owned(),
            other => other.replace('_', "-"),
        };
        let from = layer.checked_sub(1).map_or("in".to_owned(), |below| format!("l{below}"));
        let (groups, bias) = (groups.join(", "), self.bias);
        write!(
            text,
            "[[population]]\nname = \"l{layer}\"\ntau = [{groups}]\nphi = \"{phi}\"\nbias = {bias}\n\
             [[projection]]\nfrom = \"{from}\"\nto = \"l{layer}\"\n",
        )
        .expect("a String takes all text");
    }

    fn learning(&self) -> String {
        let rule = match self.optimizer.as_str() {
            "none" => "rule = \"sgd\"\n".to_owned(),
            "sgd_momentum" => format!("rule = \"momentum\"\nmomentum = {:?}\n", self.momentum),
            "adam" => format!(
                "rule = \"adam\"\nbeta1 = {:?}\nbeta2 = {:?}\nepsilon = {:?}\n",
                self.adam_beta1.unwrap_or(0.9),
                self.adam_beta2.unwrap_or(0.999),
                self.adam_eps.unwrap_or(1e-8),
            ),
            other => format!("rule = \"{other}\"\n"),
        };
        let least = match self.tau_min.filter(|_| self.learn_tau) {
            Some(least) => format!("tau_m = true\ntau_min = \"{least:?} ms\"\n"),
            None => String::new(),
        };
        format!("[learning]\n{rule}eta = {:?}\n{least}", self.lr)
    }
}
