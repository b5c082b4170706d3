//! The network files that `leadlag new` begins with.

use crate::args::new::Template;

/// The text of a template with the network's name in it.
#[must_use]
pub fn text(template: Template, name: &str) -> String {
    source(template).replace("NAME", name)
}

fn source(template: Template) -> &'static str {
    match template {
        Template::Classify => include_str!("../templates/classify.toml"),
        Template::Chain => include_str!("../templates/chain.toml"),
        Template::Lif => include_str!("../templates/lif.toml"),
        Template::Empty => include_str!("../templates/empty.toml"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::ValueEnum as _;
    use leadlag_net::Network;

    #[test]
    fn the_name_is_put_in_everywhere() {
        for template in Template::value_variants() {
            let text = text(*template, "lagging");
            assert!(text.contains("lagging") && !text.contains("NAME"), "{template:?}");
        }
    }

    #[test]
    fn every_template_is_a_network_with_the_name() {
        for template in Template::value_variants() {
            let network = Network::parse(&text(*template, "lagging"), "lagging.toml");
            let network = network.unwrap_or_else(|found| panic!("{template:?}: {found}"));
            assert_eq!(network.name(), "lagging");
        }
    }
}
