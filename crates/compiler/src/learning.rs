//! The network's rule as the plasticity unit's.

use leadlag_image::{self as image, Ratio, Sender, Solver, TauLearning};
use leadlag_net::{self as net, Feedback, Network};
use leadlag_quantize::{coefficients, ratio, scale as covering};
use leadlag_units::Seconds;

use crate::scale::error_headroom;

pub(crate) fn learning(net: &Network, solver: Solver) -> Option<image::Learning> {
    let from = net.learning()?;
    let (rule, eta) = rule(from);
    Some(image::Learning {
        rule,
        eta: ratio(eta),
        decay: if from.decay > 0.0 { ratio(from.decay) } else { Ratio::default() },
        rounding: match from.rounding {
            net::Rounding::Nearest => image::Rounding::Nearest,
            net::Rounding::Stochastic => image::Rounding::Stochastic,
            net::Rounding::Carried => image::Rounding::Carried,
        },
        operand: match from.operand {
            net::Operand::Sent => image::Operand::Sent,
            net::Operand::Adc => image::Operand::Adc,
        },
        every: from.every,
        headroom: u8::try_from(covering(error_headroom(net))).unwrap_or(0),
        tau: from.tau_min.and_then(|least| tau(net, from, least, solver)),
        text: "dw = eta*e*r - decay*w".to_owned(),
    })
}

/// Learning of time constants: the network's rate is per time unit, the chip's per circuit step.
fn tau(
    net: &Network,
    learning: &net::Learning,
    least: Seconds,
    solver: Solver,
) -> Option<TauLearning> {
    let dt = net.dt().get();
    let unit = TIME_UNIT / dt;
    let rate = match learning.rule {
        net::Rule::Sgd | net::Rule::Momentum { .. } => unit * unit,
        net::Rule::Adam { .. } => unit,
    };
    let lag = coefficients(least.get() / dt, 1.0, solver)?.lag;
    // The first code that is not below the least time constant.
    let code = ((1_i64 << 32) - lag + (1 << 17) - 1) >> 17;
    let least = u16::try_from(code.min(32_767)).unwrap_or(0);
    Some(TauLearning { rate: ratio(rate), least })
}

/// Time constants are learnt in milliseconds, as by the float reference.
const TIME_UNIT: f64 = 1e-3;

/// The rule and the learning rate in its terms.
///
/// The chip keeps means, `m += blend*(g - m)`; a momentum that adds up, `m = momentum*m + g`, is the
/// same with a learning rate larger by `1/blend`.
pub(crate) fn rule(learning: &net::Learning) -> (image::Rule, f64) {
    let eta = learning.eta;
    match learning.rule {
        net::Rule::Sgd => (image::Rule::Sgd, eta),
        net::Rule::Momentum { momentum } => {
            let blend = blend(1.0 - momentum);
            (image::Rule::Momentum { blend }, eta * 16_384.0 / f64::from(blend))
        }
        net::Rule::Adam { beta1, beta2, .. } => {
            let forget = leadlag_quantize::scale(1.0 / (1.0 - beta2)).clamp(1, 14);
            let (blend, forget) = (blend(1.0 - beta1), u8::try_from(forget).unwrap_or(14));
            let rule = if learning.accumulate && learning.every > 1 {
                image::Rule::Gathered { blend, forget }
            } else {
                image::Rule::Normalised { blend, forget }
            };
            (rule, eta)
        }
    }
}

/// A share as an unsigned fraction with 14 bits, at least one step.
fn blend(share: f64) -> u16 {
    let code = leadlag_quantize::code(share, 1, 16);
    u16::try_from(code.max(1)).unwrap_or(1).min(1 << 14)
}

pub(crate) fn sender(net: &Network) -> Sender {
    match net.learning().map(|l| l.sender) {
        None | Some(net::Sender::EveryStep) => Sender::EveryStep,
        Some(net::Sender::OnChange { threshold }) => Sender::OnChange { threshold },
    }
}

pub(crate) fn feedback(net: &Network) -> Feedback {
    net.learning().map_or(Feedback::Mirrored, |l| l.feedback)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(rule: net::Rule) -> net::Learning {
        net::Learning {
            rule,
            eta: 1e-3,
            decay: 0.0,
            every: 40,
            accumulate: false,
            tau_min: None,
            rounding: net::Rounding::Stochastic,
            feedback: Feedback::Mirrored,
            operand: net::Operand::Sent,
            sender: net::Sender::EveryStep,
        }
    }

    #[test]
    fn adam_becomes_the_normalised_rule() {
        let mut adam = with(net::Rule::Adam { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 });
        let (plain, eta) = rule(&adam);
        assert_eq!(plain, image::Rule::Normalised { blend: 1638, forget: 10 });
        assert!((eta - 1e-3).abs() < 1e-12);
        adam.accumulate = true;
        assert_eq!(rule(&adam).0, image::Rule::Gathered { blend: 1638, forget: 10 });
        adam.every = 1;
        assert_eq!(rule(&adam).0, image::Rule::Normalised { blend: 1638, forget: 10 });
    }

    #[test]
    fn a_momentum_that_adds_up_becomes_a_mean() {
        let (rule, eta) = rule(&with(net::Rule::Momentum { momentum: 0.75 }));
        assert_eq!(rule, image::Rule::Momentum { blend: 4096 });
        assert!((eta - 4e-3).abs() < 1e-12);
    }
}
