//! Colours and numbers of the page's own figures.

/// Viridis at six places (van der Walt and Smith, 2015), between which colours are mixed.
const VIRIDIS: [[f64; 3]; 6] = [
    [68.0, 1.0, 84.0],
    [65.0, 68.0, 135.0],
    [42.0, 120.0, 142.0],
    [34.0, 168.0, 132.0],
    [122.0, 209.0, 81.0],
    [253.0, 231.0, 37.0],
];

/// Below this share white reads better on viridis than black.
const DARK: f64 = 0.435;

/// A share from 0 to 1 as a colour, and the colour of a text on it.
pub(super) fn viridis(share: f64) -> (String, &'static str) {
    let share = share.clamp(0.0, 1.0);
    let stops = VIRIDIS.iter().zip(VIRIDIS.iter().skip(1));
    let mut mixed = VIRIDIS[0];
    for (at, (from, to)) in (0_u32..).zip(stops) {
        let within = (share * 5.0 - f64::from(at)).clamp(0.0, 1.0);
        if share * 5.0 >= f64::from(at) {
            mixed = [0, 1, 2].map(|part: usize| match (from.get(part), to.get(part)) {
                (Some(from), Some(to)) => from + within * (to - from),
                (None, _) | (_, None) => 0.0,
            });
        }
    }
    let [red, green, blue] = mixed;
    let colour = format!("rgb({red:.0},{green:.0},{blue:.0})");
    (colour, if share < DARK { "#fff" } else { "#000" })
}

/// A count as a real number, for figures.
#[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "a figure for people")]
pub(super) fn real(count: u64) -> f64 {
    count as f64
}

/// A part of a whole; none of nothing.
pub(super) fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { real(part) / real(whole) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_become_the_colours_of_the_map() {
        assert_eq!(viridis(0.0), ("rgb(68,1,84)".to_owned(), "#fff"));
        assert_eq!(viridis(0.4).0, "rgb(42,120,142)");
        assert_eq!(viridis(7.0), ("rgb(253,231,37)".to_owned(), "#000"));
    }

    /// W3C's contrast of two colours: at least 4.5 for a text.
    #[test]
    fn numbers_can_be_read_on_every_colour() {
        let linear = |part: f64| {
            let part = part / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        for step in 0..=100 {
            let (colour, text) = viridis(f64::from(step) / 100.0);
            let parts: Vec<f64> = colour
                .trim_start_matches("rgb(")
                .trim_end_matches(')')
                .split(',')
                .map(|part| linear(part.parse().expect("a number")))
                .collect();
            let ground = 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
            let contrast = match text {
                "#fff" => 1.05 / (ground + 0.05),
                _ => (ground + 0.05) / 0.05,
            };
            assert!(contrast >= 4.5, "{step} %: {contrast:.2}");
        }
    }
}
