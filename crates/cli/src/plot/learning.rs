//! Learning curves of one or several runs over the same axes.

use plotters::prelude::{
    BLACK, ChartBuilder, Color as _, EmptyElement, IntoDrawingArea, IntoFont as _, IntoLogRange,
    LineSeries, PathElement, RGBColor, SVGBackend, SeriesLabelPosition, Text, WHITE,
};

use super::{Area, BLUE, Drawn, GREEN, GREY, ORANGE};

/// Curves of runs; points are (epoch or step, figure).
#[derive(Clone, PartialEq, Debug, Default)]
pub struct LearningCurves {
    /// What stands above.
    pub title: String,
    /// What runs along the horizontal axis.
    pub across: String,
    /// What runs along the vertical axis.
    pub up: String,
    /// The vertical axis.
    pub axis: Axis,
    /// Label and points of each run.
    pub runs: Vec<(String, Vec<(f64, f64)>)>,
    /// By run, standard errors of points that are means: (epoch or step, half the length of the bar).
    pub errors: Vec<Vec<(f64, f64)>>,
}

/// Vertical axes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Axis {
    /// From 0 to 100, for shares.
    #[default]
    Percent,
    /// Logarithmic, for losses.
    Logarithmic,
    /// As far to either side of 0 as the points reach, for differences.
    Signed,
}

const SIZE: (u32, u32) = (760, 440);
/// After Okabe and Ito; runs beyond these begin again.
const COLOURS: [RGBColor; 6] =
    [BLUE, ORANGE, GREEN, RGBColor(204, 121, 167), RGBColor(86, 180, 233), GREY];

/// Draws the curves.
///
/// # Panics
/// Never: nothing can refuse a string that grows.
#[must_use]
pub fn learning_curves(curves: &LearningCurves) -> String {
    let mut text = String::new();
    draw(curves, &SVGBackend::with_string(&mut text, SIZE).into_drawing_area())
        .expect("a string takes every figure");
    text
}

fn draw(curves: &LearningCurves, area: &Area<'_>) -> Drawn {
    area.fill(&WHITE)?;
    let style = ("sans-serif", 15).into_font().color(&BLACK);
    area.draw(&(EmptyElement::at((12, 10)) + Text::new(curves.title.clone(), (0, 0), style)))?;
    let (_, area) = area.split_vertically(30);
    let points = || curves.runs.iter().flat_map(|run| &run.1);
    let right = super::furthest(points().map(|point| point.0), 1.0) * 1.02;
    let mut builder = ChartBuilder::on(&area);
    builder.margin(10).x_label_area_size(36).y_label_area_size(64);
    // The two kinds of axes are two types, and share nothing but the calls.
    macro_rules! panel {
        ($range:expr, $least:expr, $format:expr, $corner:expr) => {{
            let mut chart = builder.build_cartesian_2d(0.0..right, $range)?;
            chart
                .configure_mesh()
                .light_line_style(WHITE)
                .bold_line_style(GREY.mix(0.25))
                .x_desc(curves.across.as_str())
                .y_desc(curves.up.as_str())
                .x_labels(12)
                .x_label_formatter(&|x| whole(*x))
                .y_label_formatter($format)
                .draw()?;
            let errors = curves.errors.iter().map(Vec::as_slice).chain(std::iter::repeat(&[][..]));
            let runs = curves.runs.iter().zip(errors);
            for (((label, points), errors), colour) in runs.zip(COLOURS.into_iter().cycle()) {
                let bars = points.iter().filter_map(|&(x, y)| {
                    let (_, half) = errors.iter().find(|(at, _)| at.total_cmp(&x).is_eq())?;
                    let ends = vec![(x, (y - half).max($least)), (x, y + half)];
                    Some(PathElement::new(ends, colour.stroke_width(1)))
                });
                chart.draw_series(bars)?;
                chart
                    .draw_series(LineSeries::new(points.iter().copied(), colour.stroke_width(2)))?
                    .label(label.as_str())
                    .legend(move |(x, y)| {
                        PathElement::new([(x, y), (x + 18, y)], colour.stroke_width(2))
                    });
            }
            chart
                .configure_series_labels()
                .position($corner)
                .background_style(WHITE)
                .border_style(GREY.mix(0.4))
                .draw()?;
        }};
    }
    match curves.axis {
        Axis::Logarithmic => {
            let lowest = points().map(|point| point.1).fold(f64::INFINITY, f64::min);
            let lowest = if lowest.is_finite() { lowest } else { 1.0 };
            let top = super::furthest(points().map(|point| point.1), 0.0);
            let bottom = lowest.max(top * 1e-12);
            panel!(
                (bottom * 0.7..top * 1.5).log_scale(),
                bottom * 0.7,
                &|y| short(*y),
                SeriesLabelPosition::UpperRight
            );
        }
        Axis::Signed => {
            let top = 1.1 * points().map(|point| point.1.abs()).fold(0.0, f64::max);
            let top = if top > 0.0 { top } else { 1.0 };
            panel!(-top..top, -top, &|y| signed(*y, top), SeriesLabelPosition::LowerRight);
        }
        Axis::Percent => {
            let low = points().all(|point| point.1 < 70.0);
            let free =
                if low { SeriesLabelPosition::UpperLeft } else { SeriesLabelPosition::LowerRight };
            panel!(0.0..100.0, 0.0, &|y| format!("{y:.0}"), free);
        }
    }
    area.present()?;
    Ok(())
}

/// Epochs and steps are whole; what lies between them has no label.
fn whole(value: f64) -> String {
    if (value - value.round()).abs() < 1e-6 { format!("{value:.0}") } else { String::new() }
}

/// A loss, without digits that say nothing.
fn short(value: f64) -> String {
    if (0.01..1000.0).contains(&value) {
        let text = format!("{value:.2}");
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        format!("{value:.0e}")
    }
}

/// A difference with as many digits as its axis needs.
fn signed(value: f64, top: f64) -> String {
    if top >= 5.0 { format!("{value:+.0}") } else { format!("{value:+.1e}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AXES: [Axis; 3] = [Axis::Percent, Axis::Logarithmic, Axis::Signed];

    fn curves(axis: Axis) -> LearningCurves {
        LearningCurves {
            title: "mnist1d".to_owned(),
            across: "epoch".to_owned(),
            up: "test accuracy, %".to_owned(),
            axis,
            runs: vec![
                ("float, seed 1".to_owned(), vec![(1.0, 10.0), (2.0, 50.0)]),
                ("chip, seed 1".to_owned(), vec![(1.0, 11.0), (2.0, 40.0)]),
            ],
            errors: Vec::new(),
        }
    }

    #[test]
    fn a_figure_is_a_function_of_its_numbers() {
        for axis in AXES {
            let text = learning_curves(&curves(axis));
            assert_eq!(text, learning_curves(&curves(axis)));
            for word in ["mnist1d", "float, seed 1", "chip, seed 1", "epoch", "test accuracy, %"] {
                assert!(text.contains(word), "{word}");
            }
            let mut other = curves(axis);
            other.runs[1].1[1].1 = 41.0;
            assert_ne!(learning_curves(&other), text);
        }
    }

    /// A bar is one path more; a run without errors has none, and bars end at the axis.
    #[test]
    fn means_have_bars() {
        for axis in AXES {
            let mut with = curves(axis);
            let paths =
                |curves: &LearningCurves| learning_curves(curves).matches("<polyline").count();
            let plain = paths(&with);
            with.errors = vec![vec![(1.0, 2.0), (2.0, 1e9), (7.0, 1.0)]];
            assert_eq!(paths(&with), plain + 2);
        }
    }

    #[test]
    fn labels_say_what_they_can() {
        assert_eq!([0.0, 0.5, 2.0].map(whole), ["0", "", "2"]);
        assert_eq!([2.5, 0.01, 100.0, 1e-5].map(short), ["2.5", "0.01", "100", "1e-5"]);
        assert_eq!([signed(-2.0, 9.0), signed(0.02, 0.1)], ["-2", "+2.0e-2"]);
    }

    #[test]
    fn runs_without_a_row_have_a_figure_too() {
        for axis in AXES {
            let none = LearningCurves { axis, ..LearningCurves::default() };
            assert!(learning_curves(&none).starts_with("<svg"));
        }
    }
}
