//! The table of layers; `ARCHITECTURE.md` shows it to people.

/// One crate and the crates it may name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Layer {
    pub(crate) row: u8,
    pub(crate) name: &'static str,
    pub(crate) may: May,
}

/// What a crate may name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum May {
    /// These, and the crates that everybody may name.
    Name(&'static [&'static str]),
    /// Everything that stands above it.
    NameAllAbove,
}

/// Crates that every other crate may name.
pub(crate) const NAMED_BY_ALL: &[&str] = &["diagnostic"];

/// Topological order: a crate names only crates that stand above it.
///
/// `chip` and `compiler` never see each other; they meet in `image`.
pub(crate) const LAYERS: &[Layer] = &[
    Layer { row: 1, name: "diagnostic", may: May::Name(&[]) },
    Layer { row: 1, name: "fixed", may: May::Name(&[]) },
    Layer { row: 1, name: "units", may: May::Name(&[]) },
    Layer { row: 2, name: "isa", may: May::Name(&[]) },
    Layer { row: 2, name: "circuits", may: May::Name(&["fixed"]) },
    Layer { row: 2, name: "fabric", may: May::Name(&["fixed"]) },
    Layer { row: 2, name: "trace", may: May::Name(&["fixed", "units"]) },
    Layer { row: 2, name: "net", may: May::Name(&["fixed", "units"]) },
    Layer { row: 3, name: "plasticity", may: May::Name(&["fixed", "isa"]) },
    Layer { row: 3, name: "image", may: May::Name(&["fixed", "units"]) },
    Layer { row: 3, name: "reference", may: May::Name(&["fixed", "units", "net"]) },
    Layer {
        row: 4,
        name: "chip",
        may: May::Name(&["fixed", "circuits", "fabric", "trace", "plasticity", "image"]),
    },
    Layer {
        row: 4,
        name: "quantize",
        may: May::Name(&["fixed", "units", "net", "image", "reference"]),
    },
    Layer {
        row: 5,
        name: "compiler",
        may: May::Name(&["fixed", "units", "isa", "net", "plasticity", "image", "quantize"]),
    },
    Layer { row: 6, name: "explore", may: May::NameAllAbove },
    Layer { row: 7, name: "cli", may: May::NameAllAbove },
];
