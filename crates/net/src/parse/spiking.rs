//! The keys of populations that spike.

use leadlag_units::Seconds;

use crate::network::{Bias, Group, Leak, MAX_SIZE, Neurons, Phi, Spiking, TauM};
use crate::parse::populations::{bias, tau};
use crate::table::{FROM_ZERO, Fields, Findings, Item};

/// Most binary places of a leak.
const PLACES: u32 = 24;

/// Most steps of rest.
const REST: u32 = 65_535;

/// The kinds of neurons.
pub(crate) const NEURONS: [(&str, bool); 2] = [("gle", false), ("lif", true)];

/// A population with `neuron = "lif"`.
pub(super) fn neurons(
    fields: &mut Fields<'_>,
    dt: Option<Seconds>,
    found: &mut Findings,
) -> Option<Neurons> {
    let size = fields.required("size", found).and_then(|item| item.index(found, 1, MAX_SIZE));
    let threshold = fields.required("threshold", found);
    let leak = leak(fields, dt, found);
    let refractory =
        fields.optional("refractory").map_or(Some(0), |item| refractory(&item, dt, found));
    let bias = fields.optional("bias").map_or(Some(Bias::None), |item| bias(&item, size, found));
    let whole = matches!(leak, Some((Leak::Share { .. }, _)));
    let threshold = threshold.and_then(|item| {
        let number = item.number(found, &FROM_ZERO)?;
        is_whole(&item, number, whole, found).then_some(number)
    });
    let (leak, tau_m) = leak?;
    let spiking = Spiking { threshold: threshold?, leak, refractory: refractory? };
    let group = Group { count: size?, tau_m: TauM::Is(tau_m), tau_r: dt? };
    Some(Neurons {
        groups: vec![group],
        phi: Phi::Linear,
        bias: bias?,
        spiking: Some(spiking),
        eta_factor: 1.0,
    })
}

fn is_whole(item: &Item<'_>, number: f64, whole: bool, found: &mut Findings) -> bool {
    let fits = !whole || (number.fract() == 0.0 && number <= f64::from(1 << 29));
    if !fits {
        let message = format!(
            "`{}` is {number}; with a `leak` the membrane counts whole numbers up to {}",
            item.path,
            1 << 29
        );
        found.helped(
            "LL1033",
            &item.span,
            message,
            "a whole number, or `tau_m` in place of `leak`",
        );
    }
    fits
}

fn leak(
    fields: &mut Fields<'_>,
    dt: Option<Seconds>,
    found: &mut Findings,
) -> Option<(Leak, Seconds)> {
    match (fields.optional("leak"), fields.optional("tau_m")) {
        (Some(leak), Some(tau_m)) => {
            let message = format!("`{}` and `{}` exclude each other", leak.path, tau_m.path);
            found.helped("LL1010", &tau_m.span, message, "leave one of them out");
            None
        }
        (Some(leak), None) => share(&leak, found).zip(dt).and_then(|((mantissa, places), dt)| {
            let steps = f64::from(1_u32 << places) / f64::from(mantissa.max(1));
            let tau = Seconds::new(dt.get() * steps).ok()?;
            Some((Leak::Share { mantissa, places }, tau))
        }),
        (None, Some(tau_m)) => tau(&tau_m, dt, found).map(|tau| (Leak::Exact, tau)),
        (None, None) => {
            let message = format!("`{}` has neither `tau_m` nor `leak`", fields.path);
            let help = "`tau_m = \"20 ms\"`, or `leak = \"128/4096\"` for whole numbers";
            found.helped("LL1002", &fields.span, message, help);
            None
        }
    }
}

/// `m/2^k`, written out.
fn share(item: &Item<'_>, found: &mut Findings) -> Option<(u32, u8)> {
    let text = item.text(found)?;
    let parts = text.split_once('/').and_then(|(above, below)| {
        let word = |part: &str| part.trim().parse::<u32>().ok();
        word(above).zip(word(below))
    });
    let fits = |&(above, below): &(u32, u32)| {
        below.is_power_of_two() && below.ilog2() <= PLACES && above <= below
    };
    let Some((above, below)) = parts.filter(fits) else {
        let message = format!(
            "`{}` is \"{text}\"; it must be a share m/n with m from 0 to n, and n a power of two up to {}",
            item.path,
            1_u32 << PLACES
        );
        found.helped("LL1030", &item.span, message, "write it like \"128/4096\"");
        return None;
    };
    Some((above, u8::try_from(below.ilog2()).ok()?))
}

/// Steps, or a time that is so many of them.
fn refractory(item: &Item<'_>, dt: Option<Seconds>, found: &mut Findings) -> Option<u16> {
    if !item.is_text() {
        return item.short(found, 0, REST).and_then(|steps| u16::try_from(steps).ok());
    }
    let time: Seconds = item.quantity(found)?;
    let dt = dt?;
    let steps = time.get() / dt.get();
    let near = (steps + 0.5).floor();
    if (0.0..=f64::from(REST)).contains(&near) && (steps - near).abs() <= 1e-6 * near.max(1.0) {
        return (0..=u16::MAX).find(|&whole| f64::from(whole) >= near);
    }
    let message = format!(
        "`{}` is {time}, {steps:.3} steps of dt = {dt}; it must be 0 to {REST} whole steps",
        item.path
    );
    found.helped("LL1034", &item.span, message, "a multiple of dt, or a number of steps");
    None
}
