//! Integrate-and-fire neurons, in place of membrane and activation.

use leadlag_net::{Leak, Spiking};

/// Constants of a population that spikes.
#[derive(Clone, Debug)]
pub(crate) struct Fire {
    threshold: f64,
    refractory: f64,
    leak: Leak,
    /// `dt / tau_m`.
    share: f64,
}

/// Registers of a population that spikes, `[lane * size + neuron]`.
pub(crate) struct Registers<'a> {
    pub(crate) membrane: &'a mut [f64],
    /// Steps of rest that are left.
    pub(crate) pause: &'a mut [f64],
    /// The membrane before a reset.
    pub(crate) before: &'a mut [f64],
}

impl Fire {
    pub(crate) fn new(spiking: &Spiking, share: f64) -> Self {
        Self {
            threshold: spiking.threshold,
            refractory: spiking.refractory.into(),
            leak: spiking.leak,
            share,
        }
    }

    /// `v <- v - leak*v + drive`, reset above the threshold. With a share of whole numbers every
    /// value is a whole number far below 2^53, so the result is exact.
    pub(crate) fn advance(&self, drive: &[f64], registers: Registers<'_>) {
        let Registers { membrane, pause, before } = registers;
        let states = membrane.iter_mut().zip(pause).zip(before);
        for (((v, pause), before), drive) in states.zip(drive) {
            if *pause > 0.0 {
                (*v, *before, *pause) = (0.0, 0.0, *pause - 1.0);
                continue;
            }
            *before = *v - self.lost(*v) + drive;
            let spikes = *before > self.threshold;
            *v = if spikes { 0.0 } else { *before };
            *pause = if spikes { self.refractory } else { 0.0 };
        }
    }

    fn lost(&self, v: f64) -> f64 {
        match self.leak {
            Leak::Exact => v * self.share,
            Leak::Share { mantissa, places } => {
                (v * f64::from(mantissa) / f64::from(1_u32 << places)).floor()
            }
        }
    }

    /// 1 for a spike, else 0.
    pub(crate) fn rates(&self, before: &[f64], rates: &mut [f64]) {
        for (rate, before) in rates.iter_mut().zip(before) {
            *rate = if *before > self.threshold { 1.0 } else { 0.0 };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_neuron_integrates_fires_and_rests() {
        let leak = Leak::Share { mantissa: 1, places: 2 };
        let fire = Fire::new(&Spiking { threshold: 10.0, leak, refractory: 1 }, 0.25);
        let (mut membrane, mut pause, mut before) = ([0.0], [0.0], [0.0]);
        let mut seen = Vec::new();
        for drive in [7.0, 5.0, 99.0, -3.0, 0.0] {
            let registers =
                Registers { membrane: &mut membrane, pause: &mut pause, before: &mut before };
            fire.advance(&[drive], registers);
            let mut rate = [0.5];
            fire.rates(&before, &mut rate);
            seen.push([before[0], rate[0]].map(f64::to_bits));
        }
        // 7; 7 - 1 + 5 = 11 spikes; deaf; -3; -3 + 1 = -2, the floor of -0.75 being -1.
        let wanted = [[7.0, 0.0], [11.0, 1.0], [0.0, 0.0], [-3.0, 0.0], [-2.0, 0.0]];
        assert_eq!(seen, wanted.map(|pair| pair.map(f64::to_bits)));
    }
}
