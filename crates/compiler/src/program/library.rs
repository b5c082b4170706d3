//! The rules that the project brings along, by name.

/// A rule of the library.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Firmware {
    /// Name.
    pub name: &'static str,
    /// What it does, in a line.
    pub does: &'static str,
    /// Its text.
    pub rule: &'static str,
    /// Width of the weights it is made for.
    pub weight_bits: u32,
}

macro_rules! rule {
    ($name:literal, $bits:literal, $does:literal) => {
        Firmware {
            name: $name,
            does: $does,
            rule: include_str!(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/../../firmware-tests/",
                $name,
                "/",
                $name,
                ".rule"
            )),
            weight_bits: $bits,
        }
    };
}

/// All of them.
pub const LIBRARY: [Firmware; 9] = [
    rule!("gle-sgd", 16, "the update of GLE on both arrays"),
    rule!("gle-sgd8", 8, "the same for 8-bit weights, with stochastic rounding"),
    rule!("stochastic", 16, "the exact product, with stochastic rounding"),
    rule!("kolen-pollack", 16, "the update with decay of both arrays"),
    rule!("momentum", 16, "a state word per synapse"),
    rule!("bias", 16, "the constant row"),
    rule!("tau", 16, "membrane time constants"),
    rule!("calibrate", 16, "membranes trimmed to a measured response"),
    rule!("mse-error", 16, "squared error of the outputs"),
];

/// A rule by its name.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Firmware> {
    LIBRARY.iter().find(|firmware| firmware.name == name)
}
