//! Losses, and the errors they teach.
//!
//! The error is the negative gradient of the loss by the outputs; the factor beta is not in either.

use leadlag_net::{Loss, Target};

/// Fills the taught error of every lane, `[lane * n + output]`, and the loss of every lane.
pub(crate) fn compare(
    loss: Loss,
    outputs: &[f64],
    n: usize,
    target: Target<'_>,
    errors: &mut [f64],
    losses: &mut [f64],
) {
    let rows = outputs.chunks_exact(n).zip(errors.chunks_exact_mut(n)).zip(losses);
    for (lane, ((outputs, errors), value)) in rows.enumerate() {
        wanted(target, lane, n, errors);
        *value = match loss {
            Loss::CrossEntropy => cross_entropy(outputs, errors),
            Loss::SquaredError => squared_error(outputs, errors),
            Loss::Nll => nll(outputs, errors),
        };
    }
}

/// What the outputs of a lane should be: one-hot for a class.
fn wanted(target: Target<'_>, lane: usize, n: usize, row: &mut [f64]) {
    match target {
        Target::None => row.fill(0.0),
        Target::Class(classes) => {
            let class = classes.get(lane).and_then(|class| usize::try_from(*class).ok());
            for (output, wanted) in row.iter_mut().enumerate() {
                *wanted = if Some(output) == class { 1.0 } else { 0.0 };
            }
        }
        Target::Values(values) => {
            let values = values.get(lane * n..(lane + 1) * n).expect("a value per lane and output");
            row.copy_from_slice(values);
        }
    }
}

/// `-sum w ln softmax(r)`; error `w - softmax(r)`.
fn cross_entropy(outputs: &[f64], errors: &mut [f64]) -> f64 {
    let top = outputs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let sum: f64 = outputs.iter().map(|r| libm::exp(r - top)).sum();
    let level = top + libm::log(sum);
    let mut loss = 0.0;
    for (error, r) in errors.iter_mut().zip(outputs) {
        loss -= *error * (r - level);
        *error -= libm::exp(r - level);
    }
    loss
}

/// `sum (w - r)^2 / 2`; error `w - r`.
fn squared_error(outputs: &[f64], errors: &mut [f64]) -> f64 {
    let mut loss = 0.0;
    for (error, r) in errors.iter_mut().zip(outputs) {
        *error -= r;
        loss += 0.5 * *error * *error;
    }
    loss
}

/// `sum exp r - 1 - sum w r`, which is `-ln p` of the class where the outputs are log-probabilities;
/// error `w - exp r`.
fn nll(outputs: &[f64], errors: &mut [f64]) -> f64 {
    let mut loss = -1.0;
    for (error, r) in errors.iter_mut().zip(outputs) {
        let probability = libm::exp(*r);
        loss += probability - *error * r;
        *error -= probability;
    }
    loss
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(loss: Loss, outputs: &[f64], target: Target<'_>) -> (f64, Vec<f64>) {
        let (mut errors, mut losses) = (vec![0.0; outputs.len()], [0.0]);
        compare(loss, outputs, outputs.len(), target, &mut errors, &mut losses);
        (losses[0], errors)
    }

    #[test]
    fn the_error_is_the_negative_gradient_of_the_loss() {
        const H: f64 = 1e-6;
        let outputs = [0.3, -0.7, 1.1];
        let values = [0.2, 0.5, 0.3];
        for loss in [Loss::CrossEntropy, Loss::SquaredError, Loss::Nll] {
            for target in [Target::Class(&[1]), Target::Values(&values)] {
                let (_, errors) = one(loss, &outputs, target);
                for (i, error) in errors.iter().enumerate() {
                    let moved = |by: f64| {
                        let mut outputs = outputs;
                        outputs[i] += by;
                        one(loss, &outputs, target).0
                    };
                    let slope = (moved(H) - moved(-H)) / (2.0 * H);
                    // The values add up to 1, as softmax does.
                    assert!((slope + error).abs() < 1e-8, "{loss:?} {target:?} {i}");
                }
            }
        }
    }

    #[test]
    fn log_probabilities_give_the_same_loss_as_cross_entropy() {
        let p: [f64; 3] = [0.2, 0.5, 0.3];
        let outputs = p.map(f64::ln);
        let (nll, _) = one(Loss::Nll, &outputs, Target::Class(&[2]));
        let (ce, _) = one(Loss::CrossEntropy, &outputs, Target::Class(&[2]));
        assert!((nll - ce).abs() < 1e-15 && (nll + p[2].ln()).abs() < 1e-15);
    }

    #[test]
    fn large_outputs_do_not_overflow() {
        let (loss, errors) = one(Loss::CrossEntropy, &[1000.0, 0.0], Target::Class(&[1]));
        assert!((loss - 1000.0).abs() < 1e-9);
        assert_eq!(errors, [-1.0, 1.0]);
    }
}
