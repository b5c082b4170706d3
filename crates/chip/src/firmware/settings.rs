//! A chip's plasticity units, as the processor takes them.

use leadlag_image::Chip;
use leadlag_plasticity::processor::{Geometry, Settings, Timing, Vlen};

/// The processor of every core of a chip; what tells cores and runs apart has its default value.
#[must_use]
pub fn unit_settings(chip: &Chip) -> Settings {
    let ppu = chip.ppu;
    Settings {
        // An image is validated, so the length is one of the three.
        vlen: Vlen::of_bits(ppu.vlen).unwrap_or_default(),
        geometry: Geometry {
            columns: chip.neurons,
            rows: chip.rows,
            weight_bits: chip.weight_bits,
            payload_bits: chip.payload_bits,
        },
        timing: Timing {
            beat_bits: ppu.dw,
            row_bits: ppu.pw,
            row_load: ppu.rs,
            row_store: ppu.ws,
            conversion: chip.adc.cycles,
        },
        code_bytes: ppu.isram,
        data_bytes: ppu.dsram,
        max_cycles: ppu.max_cycles,
        ..Settings::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_chip_has_the_processor_of_the_defaults() {
        let ll1 = Chip::builtin("ll1").expect("built in");
        assert_eq!(unit_settings(&ll1), Settings::default());
    }

    #[test]
    fn every_knob_of_the_unit_reaches_the_processor() {
        let mut chip = Chip::builtin("ll1").expect("built in");
        let plain = unit_settings(&chip);
        let knobs = [
            "ppu.vlen=128",
            "ppu.isram=2048",
            "ppu.dsram=4096",
            "ppu.dw=256",
            "ppu.pw=128",
            "ppu.rs=3",
            "ppu.ws=5",
            "ppu.max_cycles=77",
        ];
        chip.set_all(&knobs).expect("allowed");
        let wanted = Settings {
            vlen: Vlen::V128,
            timing: Timing {
                beat_bits: 256,
                row_bits: 128,
                row_load: 3,
                row_store: 5,
                ..plain.timing
            },
            code_bytes: 2048,
            data_bytes: 4096,
            max_cycles: 77,
            ..plain
        };
        assert_eq!(unit_settings(&chip), wanted);
    }
}
