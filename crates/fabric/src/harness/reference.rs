//! A recorded latency curve, and how far a fabric may be off it.
//!
//! Source of the limits: the curves of `golden/noc` are single runs whose means repeat to about 0.5 %
//! below 80 % of saturation and are not settled within 5 % of it. So: 1 % below 80 %, 3 % up to 95 %,
//! nothing above; 2 % of the throughput beyond saturation, in equal windows. A recorded row is a single
//! run, so it may also lie three standard deviations of a single run off the mean of many.

use std::collections::BTreeMap;

use leadlag_diagnostic::{Diagnostic, Diagnostics};

use super::Figures;
use super::figures::{millionths, scatter};
use super::measure::Windows;
use crate::traffic::Rate;

/// Parts of one in the figures of this module.
pub const MILLION: u64 = 1_000_000;

/// What a row of a curve measures.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// Latency of packets that are all drained.
    Latency,
    /// Flits that arrive in the window, beyond saturation.
    Throughput,
}

impl Mode {
    /// The windows of the reference runs.
    #[must_use]
    pub const fn windows(self) -> Windows {
        match self {
            Self::Latency => Windows::LATENCY,
            Self::Throughput => Windows::THROUGHPUT,
        }
    }

    /// The word of the file.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Latency => "latency",
            Self::Throughput => "throughput",
        }
    }
}

/// One point of a recorded curve.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Row {
    /// Offered load.
    pub rate: Rate,
    /// What was measured.
    pub mode: Mode,
    /// Mean packet latency in 10⁻⁶ cycles; none where the run was given up.
    pub latency: Option<u64>,
    /// Accepted load in 10⁻⁶ flits per node and cycle.
    pub accepted: Option<u64>,
}

/// A recorded curve, by rising rate.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Curve {
    /// The points.
    pub rows: Vec<Row>,
}

/// A measured figure beside the recorded one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Comparison {
    /// Recorded: 10⁻⁶ cycles, or 10⁻⁶ flits per node and cycle.
    pub recorded: u64,
    /// Measured, in the same unit.
    pub measured: u64,
    /// (measured − recorded) / recorded, in 10⁻⁶.
    pub deviation: i64,
    /// Largest size of the deviation, in 10⁻⁶; none where the recording is not settled.
    pub limit: Option<u64>,
    /// Standard deviation of a single run around the mean, in 10⁻⁶; none of fewer than four runs.
    pub scatter: Option<u64>,
}

impl Comparison {
    /// Whether the deviation is within its limit, or there is no limit.
    #[must_use]
    pub fn is_close(&self) -> bool {
        self.limit.is_none_or(|limit| self.deviation.unsigned_abs() <= limit)
    }

    /// Whether a single run as recorded may well deviate that much: by three standard deviations.
    #[must_use]
    pub fn is_scatter(&self) -> bool {
        self.scatter.is_some_and(|scatter| self.deviation.unsigned_abs() <= 3 * scatter)
    }
}

impl Curve {
    /// Reads a curve: comma-separated values with a line of column names, of which `rate`, `mode`,
    /// `packet_latency_mean` and `accepted_flit_rate` are used; `name` is the file's, for messages.
    ///
    /// # Errors
    /// LL1541 for every missing column and every cell that cannot be read.
    pub fn parse(text: &str, name: &str) -> Result<Self, Diagnostics> {
        let mut lines = text.lines().enumerate();
        let heads: BTreeMap<_, _> = lines
            .next()
            .map_or("", |(_, line)| line)
            .split(',')
            .map(str::trim)
            .enumerate()
            .map(|(place, head)| (head, place))
            .collect();
        let wanted = ["rate", "mode", "packet_latency_mean", "accepted_flit_rate"];
        let missing = wanted.iter().filter(|column| !heads.contains_key(*column));
        let mut found: Vec<_> = missing.map(|column| no_column(column)).collect();
        let complete = found.is_empty();
        let mut rows = Vec::new();
        for (line, text) in lines.filter(|(_, line)| complete && !line.trim().is_empty()) {
            let cells: Vec<_> = text.split(',').map(str::trim).collect();
            let cell =
                |column: &str| heads.get(column).and_then(|place| cells.get(*place)).copied();
            match row(&cell) {
                Ok(row) => rows.push(row),
                Err(column) => found.push(bad_cell(line + 1, column, cell(column))),
            }
        }
        rows.sort_by_key(|row| row.rate);
        Diagnostics::unless_any(found, Self { rows }).map_err(|found| found.within(name, text))
    }

    /// The rate at which the recorded mean latency is three times that of the lowest rate, by straight
    /// lines between the points; if it is never reached, the highest rate that was carried.
    #[must_use]
    pub fn saturation(&self) -> Rate {
        let points: Vec<_> =
            self.rows.iter().filter_map(|row| Some((row.rate, row.latency?))).collect();
        let limit = 3 * points.first().map_or(0, |(_, latency)| *latency);
        let last = points.last().map_or(Rate::ZERO, |(rate, _)| *rate);
        let crossing =
            points.iter().zip(points.iter().skip(1)).find(|(_, (_, above))| *above > limit);
        crossing.map_or(last, |((from, below), (to, above))| {
            let (width, height) = (to.to_billionths() - from.to_billionths(), above - below);
            Rate::from_billionths(from.to_billionths() + width * (limit - below) / height)
        })
    }

    /// Sets a measured point beside a recorded one; none where nothing was recorded.
    #[must_use]
    pub fn compare(&self, row: &Row, figures: &Figures) -> Option<Comparison> {
        let (recorded, measured, runs) = match row.mode {
            Mode::Latency => {
                let latency = &figures.packet_latency;
                let mean = millionths(latency.sum(), latency.count());
                (row.latency?, mean, &figures.latency_of_runs)
            }
            Mode::Throughput => {
                let mean = millionths(figures.accepted(), figures.node_cycles());
                (row.accepted?, mean, &figures.accepted_of_runs)
            }
        };
        let size = i64::try_from(millionths(measured.abs_diff(recorded), recorded));
        let size = size.unwrap_or(i64::MAX);
        let deviation = if measured < recorded { -size } else { size };
        let (limit, scatter) = (self.limit(row), scatter(runs));
        Some(Comparison { recorded, measured, deviation, limit, scatter })
    }

    /// The limit of a row, in 10⁻⁶.
    fn limit(&self, row: &Row) -> Option<u64> {
        let (rate, saturation) = (row.rate.to_billionths(), self.saturation().to_billionths());
        match row.mode {
            Mode::Throughput => Some(20_000),
            Mode::Latency if rate * 100 < saturation * 80 => Some(10_000),
            Mode::Latency if rate * 100 <= saturation * 95 => Some(30_000),
            Mode::Latency => None,
        }
    }
}

/// A row, or the column that cannot be read.
fn row<'a>(cell: &impl Fn(&str) -> Option<&'a str>) -> Result<Row, &'static str> {
    let rate = cell("rate").and_then(|text| text.parse().ok()).ok_or("rate")?;
    let mode = match cell("mode") {
        Some("latency") => Mode::Latency,
        Some("throughput") => Mode::Throughput,
        _ => return Err("mode"),
    };
    let number = |column: &'static str| match cell(column) {
        None | Some("") => Ok(None),
        Some(text) => decimal(text).map(Some).ok_or(column),
    };
    let (latency, accepted) = (number("packet_latency_mean")?, number("accepted_flit_rate")?);
    Ok(Row { rate, mode, latency, accepted })
}

/// A decimal fraction in 10⁻⁶, further places cut off.
fn decimal(text: &str) -> Option<u64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let part: String = if is_digits(part) { part.chars().take(6).collect() } else { return None };
    let part: u64 = format!("{part:0<6}").parse().ok()?;
    whole.parse::<u64>().ok()?.checked_mul(MILLION)?.checked_add(part)
}

fn no_column(column: &str) -> Diagnostic {
    Diagnostic::new("LL1541", format!("the curve has 0 columns `{column}`; 1 is needed")).help(
        "columns are named in the first line: `rate,mode,packet_latency_mean,accepted_flit_rate`",
    )
}

fn bad_cell(line: usize, column: &str, cell: Option<&str>) -> Diagnostic {
    let cell = cell.unwrap_or("");
    let allowed = match column {
        "mode" => "`latency` or `throughput`",
        "rate" => "a rate from 0 to 1",
        _ => "a decimal number, or nothing",
    };
    Diagnostic::new("LL1541", format!("line {line}: `{column}` is `{cell}`; allowed is {allowed}"))
        .help("`leadlag fabric sweep -o FILE.csv` writes curves of this form")
}

#[cfg(test)]
mod tests {
    use super::*;

    const CURVE: &str = "rate,mode,stable,packet_latency_mean,accepted_flit_rate\n\
        0.1,latency,1,20.0,0.1\n0.3,latency,1,40.5,0.3\n0.4,latency,1,100.5,0.39\n\
        0.45,latency,0,,\n0.5,throughput,0,,0.4\n";

    fn curve() -> Curve {
        Curve::parse(CURVE, "x.csv").expect("a curve")
    }

    #[test]
    fn saturation_is_where_latency_has_tripled() {
        assert_eq!(curve().saturation(), "0.3325".parse().expect("a rate"));
        let calm = CURVE.lines().take(3).collect::<Vec<_>>().join("\n");
        assert_eq!(
            Curve::parse(&calm, "x").expect("a curve").saturation(),
            "0.3".parse().expect("a rate")
        );
    }

    #[test]
    fn limits_depend_on_the_distance_to_saturation() {
        let curve = curve();
        let limits: Vec<_> = curve.rows.iter().map(|row| curve.limit(row)).collect();
        assert_eq!(limits, [Some(10_000), Some(30_000), None, None, Some(20_000)]);
        // 78, 81, 93 and 96 % of saturation.
        let at = |rate: &str| {
            let rate = rate.parse().expect("a rate");
            curve.limit(&Row { rate, mode: Mode::Latency, latency: None, accepted: None })
        };
        let near = ["0.26", "0.27", "0.31", "0.32"].map(at);
        assert_eq!(near, [Some(10_000), Some(30_000), Some(30_000), None]);
    }

    #[test]
    fn a_figure_is_set_beside_the_recorded_one() {
        let curve = curve();
        let mut figures =
            Figures { nodes: 2, window: 100, accepted: vec![40, 41], ..Figures::default() };
        for latency in [20, 20, 20, 21] {
            figures.packet_latency.add(latency);
        }
        let latency = curve.compare(&curve.rows[0], &figures).expect("recorded");
        assert_eq!(
            (latency.measured, latency.deviation, latency.is_close()),
            (20_250_000, 12_500, false)
        );
        let throughput = curve.compare(&curve.rows[4], &figures).expect("recorded");
        assert_eq!(
            (throughput.measured, throughput.deviation, throughput.is_close()),
            (405_000, 12_500, true)
        );
        assert_eq!(curve.compare(&curve.rows[3], &figures), None);
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let refused = |from: &str, to: &str| {
            let found = Curve::parse(&CURVE.replace(from, to), "x.csv").expect_err("refused");
            found.0.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(
            refused("mode", "kind"),
            ["[LL1541]: the curve has 0 columns `mode`; 1 is needed"]
        );
        assert_eq!(
            refused("40.5", "many"),
            [
                "[LL1541]: line 3: `packet_latency_mean` is `many`; allowed is a decimal number, or nothing"
            ]
        );
        assert_eq!(
            refused("0.45", "4.5"),
            ["[LL1541]: line 5: `rate` is `4.5`; allowed is a rate from 0 to 1"]
        );
    }
}
