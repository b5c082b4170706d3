//! Figures as SVG: the only place that names the plotting library.
//!
//! The bytes are a function of the numbers: no fonts are looked up, no time is written.

mod learning;

use std::error::Error;

use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::{
    BLACK, Cartesian2d, ChartBuilder, ChartContext, Circle, Color as _, DrawingArea, EmptyElement,
    IntoDrawingArea, IntoFont as _, LineSeries, PathElement, RGBColor, SVGBackend,
    SeriesLabelPosition, Text, WHITE,
};

pub use learning::{Axis, LearningCurves, learning_curves};

/// Latency and accepted load over offered load; points are (offered, figure).
#[derive(Clone, PartialEq, Debug, Default)]
pub struct LoadCurve {
    /// What stands above.
    pub title: String,
    /// Mean packet latency, cycles.
    pub mean: Vec<(f64, f64)>,
    /// 99 % of the packets are not slower, cycles.
    pub p99: Vec<(f64, f64)>,
    /// Mean packet latency of a recorded curve.
    pub recorded: Vec<(f64, f64)>,
    /// Flits per node and cycle that arrived.
    pub accepted: Vec<(f64, f64)>,
}

/// Size of a figure, in pixels of the user.
const SIZE: (u32, u32) = (760, 620);
/// Colours that differ in lightness as well as in hue, after Okabe and Ito.
const BLUE: RGBColor = RGBColor(0, 114, 178);
const ORANGE: RGBColor = RGBColor(213, 94, 0);
const GREEN: RGBColor = RGBColor(0, 158, 115);
const GREY: RGBColor = RGBColor(110, 110, 110);

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
type Chart<'a, 'b> = ChartContext<'a, SVGBackend<'b>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;
type Drawn = Result<(), Box<dyn Error>>;

/// Draws latency above and accepted load below, over the same axis.
///
/// # Panics
/// Never: nothing can refuse a string that grows.
#[must_use]
pub fn load_curve(curve: &LoadCurve) -> String {
    let mut text = String::new();
    draw(curve, &SVGBackend::with_string(&mut text, SIZE).into_drawing_area())
        .expect("a string takes every figure");
    text
}

fn draw(curve: &LoadCurve, area: &Area<'_>) -> Drawn {
    area.fill(&WHITE)?;
    let style = ("sans-serif", 15).into_font().color(&BLACK);
    area.draw(&(EmptyElement::at((12, 10)) + Text::new(curve.title.clone(), (0, 0), style)))?;
    let (_, area) = area.split_vertically(30);
    let (above, below) = area.split_vertically(340);
    let right = furthest(curve.accepted.iter().chain(&curve.mean).map(|point| point.0), 0.0) * 1.05;
    latency(curve, &above, right)?;
    accepted(curve, &below, right)?;
    area.present()?;
    Ok(())
}

/// The largest of some figures, and something above zero in any case.
fn furthest(figures: impl Iterator<Item = f64>, least: f64) -> f64 {
    figures.fold(least, f64::max).max(1e-3)
}

fn latency(curve: &LoadCurve, area: &Area<'_>, right: f64) -> Drawn {
    let all = curve.mean.iter().chain(&curve.p99).chain(&curve.recorded).map(|point| point.1);
    let lowest = curve.mean.iter().map(|point| point.1).fold(f64::INFINITY, f64::min);
    // Near saturation latencies grow without limit; the part of a curve that people compare is below.
    let top = if lowest.is_finite() { furthest(all, 0.0).min(8.0 * lowest) * 1.05 } else { 1.0 };
    let mut chart = axes(area, right, top, "packet latency, cycles")?;
    line(&mut chart, &clipped(&curve.mean, top), BLUE, "mean")?;
    line(&mut chart, &clipped(&curve.p99, top), ORANGE, "99 %")?;
    if !curve.recorded.is_empty() {
        let points = clipped(&curve.recorded, top);
        let series = points.into_iter().map(|point| Circle::new(point, 4, BLACK.stroke_width(1)));
        chart
            .draw_series(series)?
            .label("recorded")
            .legend(|(x, y)| Circle::new((x + 9, y), 4, BLACK.stroke_width(1)));
    }
    legend(&mut chart)
}

fn accepted(curve: &LoadCurve, area: &Area<'_>, right: f64) -> Drawn {
    let top = furthest(curve.accepted.iter().map(|point| point.1), 0.0) * 1.15;
    let mut chart = axes(area, right, top, "accepted")?;
    let end = right.min(top);
    line(&mut chart, &[(0.0, 0.0), (end, end)], GREY, "offered")?;
    line(&mut chart, &curve.accepted, GREEN, "accepted")?;
    legend(&mut chart)
}

fn clipped(points: &[(f64, f64)], top: f64) -> Vec<(f64, f64)> {
    points.iter().copied().filter(|point| point.1 <= top).collect()
}

fn axes<'a, 'b>(
    area: &Area<'b>,
    right: f64,
    top: f64,
    label: &str,
) -> Result<Chart<'a, 'b>, Box<dyn Error>> {
    let mut builder = ChartBuilder::on(area);
    builder.margin(10).x_label_area_size(36).y_label_area_size(58);
    let mut chart = builder.build_cartesian_2d(0.0..right, 0.0..top)?;
    chart
        .configure_mesh()
        .light_line_style(WHITE)
        .bold_line_style(GREY.mix(0.25))
        .x_desc("offered load, flits per node and cycle")
        .y_desc(label)
        .x_label_formatter(&|x| format!("{x:.2}"))
        .y_label_formatter(&|y| if top < 5.0 { format!("{y:.2}") } else { format!("{y:.0}") })
        .draw()?;
    Ok(chart)
}

fn line(chart: &mut Chart<'_, '_>, points: &[(f64, f64)], colour: RGBColor, name: &str) -> Drawn {
    chart
        .draw_series(LineSeries::new(points.iter().copied(), colour.stroke_width(2)).point_size(2))?
        .label(name)
        .legend(move |(x, y)| PathElement::new([(x, y), (x + 18, y)], colour.stroke_width(2)));
    Ok(())
}

fn legend<'a, 'b: 'a>(chart: &mut Chart<'a, 'b>) -> Drawn {
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::UpperLeft)
        .background_style(WHITE)
        .border_style(GREY.mix(0.4))
        .draw()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn curve() -> LoadCurve {
        LoadCurve {
            title: "a < b".to_owned(),
            mean: vec![(0.1, 20.0), (0.3, 25.0)],
            p99: vec![(0.1, 40.0), (0.3, 60.0)],
            recorded: vec![(0.1, 20.1)],
            accepted: vec![(0.1, 0.1), (0.3, 0.3), (0.5, 0.4)],
        }
    }

    #[test]
    fn a_figure_is_a_function_of_its_numbers() {
        let text = load_curve(&curve());
        assert_eq!(text, load_curve(&curve()));
        assert!(text.starts_with("<svg") && text.trim_end().ends_with("</svg>"), "{text}");
        for word in ["mean", "99 %", "recorded", "accepted", "a &lt; b", "packet latency, cycles"] {
            assert!(text.contains(word), "{word}");
        }
        let mut other = curve();
        other.mean[1].1 = 26.0;
        assert_ne!(load_curve(&other), text);
    }

    #[test]
    fn a_sweep_that_carried_nothing_has_a_figure_too() {
        assert!(load_curve(&LoadCurve::default()).contains("offered load"));
    }
}
