//! The points of a sweep, as a table, as JSON and as CSV.

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_fabric::harness::Figures;
use leadlag_fabric::harness::reference::{Comparison, MILLION, Mode};
use leadlag_fabric::traffic::Rate;
use serde_json::{Value, json};

use super::{mean, real};
use crate::output::Table;

/// One point.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Line {
    pub(super) rate: Rate,
    pub(super) mode: Mode,
    pub(super) figures: Figures,
    /// Whether the load was carried; what was not has no latency.
    pub(super) stable: bool,
    pub(super) comparison: Option<Comparison>,
}

/// The columns of the CSV; the first thirteen are those of recorded curves.
const COLUMNS: [&str; 19] = [
    "rate",
    "mode",
    "stable",
    "packet_latency_mean",
    "network_latency_mean",
    "packet_latency_max",
    "flit_latency_mean",
    "hops_mean",
    "injected_flit_rate",
    "accepted_flit_rate",
    "accepted_min_node",
    "accepted_max_node",
    "cycles_total",
    "packet_latency_p50",
    "packet_latency_p95",
    "packet_latency_p99",
    "packets",
    "runs",
    "created_flit_rate",
];

impl Line {
    /// The mean packet latency of a load that was carried.
    pub(super) fn latency(&self) -> Option<f64> {
        self.carried(mean(self.figures.packet_latency.sum(), self.figures.packet_latency.count()))
    }

    /// The latency that 99 % of all packets do not exceed.
    pub(super) fn p99(&self) -> Option<f64> {
        self.carried(self.figures.packet_latency.percentile(990)).map(real)
    }

    /// Flits per node and cycle.
    fn per_node_cycle(&self, flits: u64) -> f64 {
        mean(flits, self.figures.node_cycles()).unwrap_or(0.0)
    }

    pub(super) fn accepted(&self) -> f64 {
        self.per_node_cycle(self.figures.accepted())
    }

    fn carried<T>(&self, figure: Option<T>) -> Option<T> {
        figure.filter(|_| self.stable && self.mode == Mode::Latency)
    }

    /// What one node accepted, least and most.
    fn extremes(&self) -> [f64; 2] {
        let accepted = self.figures.accepted.iter().copied();
        let share =
            |flits: Option<u64>| mean(flits.unwrap_or(0), self.figures.window).unwrap_or(0.0);
        [share(accepted.clone().min()), share(accepted.max())]
    }

    /// Mean network latency, flit latency and routers traversed.
    fn further(&self) -> [Option<f64>; 3] {
        let figures = &self.figures;
        let network = mean(figures.network_latency.sum(), figures.network_latency.count());
        let flit = mean(figures.flit_latency, figures.flits);
        let hops = mean(figures.hops, figures.packet_latency.count());
        [network, flit, hops].map(|figure| self.carried(figure))
    }

    fn cells(&self) -> [String; 19] {
        let [network, flit, hops] = self.further().map(|figure| decimal(figure, 4));
        let [least, most] = self.extremes().map(|share| decimal(Some(share), 5));
        let latency = &self.figures.packet_latency;
        let percentile = |permille| whole(self.carried(latency.percentile(permille)));
        let rate = |flits| decimal(Some(self.per_node_cycle(flits)), 5);
        [
            self.rate.to_string(),
            self.mode.word().to_owned(),
            u8::from(self.stable).to_string(),
            decimal(self.latency(), 4),
            network,
            whole(self.carried(latency.max())),
            flit,
            hops,
            rate(self.figures.injected),
            rate(self.figures.accepted()),
            least,
            most,
            self.figures.cycles.to_string(),
            percentile(500),
            percentile(950),
            percentile(990),
            latency.count().to_string(),
            self.figures.runs.to_string(),
            rate(self.figures.created),
        ]
    }
}

fn decimal(figure: Option<f64>, places: usize) -> String {
    figure.map_or(String::new(), |figure| format!("{figure:.places$}"))
}

fn whole(figure: Option<u64>) -> String {
    figure.map_or(String::new(), |figure| figure.to_string())
}

/// The table for people; with the recorded figures where there are some.
pub(super) fn page(lines: &[Line]) -> String {
    let recorded = lines.iter().any(|line| line.comparison.is_some());
    let mut heads = vec![
        "  rate", "mode", "latency", "p99", "max", "network", "hops", "accepted", "min", "max",
        "packets",
    ];
    if recorded {
        heads.extend(["recorded", "off", "limit", "one run", ""]);
    }
    let mut table = Table::new(&heads);
    for line in lines {
        let [
            rate,
            mode,
            _,
            latency,
            network,
            max,
            _,
            hops,
            _,
            accepted,
            least,
            most,
            _,
            _,
            _,
            p99,
            packets,
            ..,
        ] = line.cells();
        let dash = |cell: String| if cell.is_empty() { "-".to_owned() } else { cell };
        let cells = [
            format!("  {rate}"),
            mode,
            latency,
            p99,
            max,
            network,
            hops,
            accepted,
            least,
            most,
            packets,
        ];
        let mut cells: Vec<_> = cells.into_iter().map(dash).collect();
        if recorded {
            cells.extend(line.comparison.map_or_else(Default::default, |one| compared(&one)));
        }
        table.row(cells);
    }
    table.to_string()
}

fn compared(one: &Comparison) -> [String; 5] {
    let million = real(MILLION);
    let off = if one.deviation < 0 { -1.0 } else { 1.0 } * real(one.deviation.unsigned_abs());
    let limit = one
        .limit
        .map_or("none".to_owned(), |limit| format!("{:.0} %", real(limit) / million * 100.0));
    let scatter = one
        .scatter
        .map_or("-".to_owned(), |scatter| format!("± {:.2} %", real(scatter) / million * 100.0));
    let verdict = match (one.is_close(), one.is_scatter()) {
        (true, _) => "",
        (false, true) => "scatter",
        (false, false) => "FAIL",
    };
    [
        format!("{:.4}", real(one.recorded) / million),
        format!("{:+.2} %", off / million * 100.0),
        limit,
        scatter,
        verdict.to_owned(),
    ]
}

/// One point as JSON; what was not measured is `null`.
pub(super) fn form(line: &Line) -> Value {
    let [network, flit, hops] = line.further();
    let latency = &line.figures.packet_latency;
    let percentile = |permille| line.carried(latency.percentile(permille));
    let [least, most] = line.extremes();
    let recorded = line.comparison.map(|one| {
        json!({"recorded": real(one.recorded) / real(MILLION), "measured": real(one.measured) / real(MILLION),
               "limit": one.limit.map(|limit| real(limit) / real(MILLION)), "scatter": one.scatter.map(|scatter| real(scatter) / real(MILLION)),
               "within_limit": one.is_close(), "within_scatter": one.is_scatter()})
    });
    json!({
        "rate": line.rate.to_string(),
        "mode": line.mode.word(),
        "stable": line.stable,
        "packet_latency": {"mean": line.latency(), "max": line.carried(latency.max()), "p50": percentile(500), "p95": percentile(950), "p99": percentile(990)},
        "network_latency": network,
        "flit_latency": flit,
        "hops": hops,
        "created": line.per_node_cycle(line.figures.created),
        "injected": line.per_node_cycle(line.figures.injected),
        "accepted": line.accepted(),
        "accepted_min_node": least,
        "accepted_max_node": most,
        "packets": latency.count(),
        "runs": line.figures.runs,
        "cycles": line.figures.cycles,
        "reference": recorded,
    })
}

/// All points as CSV.
pub(super) fn csv(lines: &[Line]) -> Result<Vec<u8>, Diagnostics> {
    written(COLUMNS, lines.iter().map(Line::cells))
}

/// A table as CSV.
pub(super) fn written<const N: usize>(
    columns: [&str; N],
    rows: impl IntoIterator<Item = [String; N]>,
) -> Result<Vec<u8>, Diagnostics> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in std::iter::once(columns.map(str::to_owned)).chain(rows) {
        writer.write_record(row).map_err(|error| unwritten(&error))?;
    }
    writer.into_inner().map_err(|error| unwritten(error.error()))
}

fn unwritten(error: &dyn std::error::Error) -> Diagnostics {
    Diagnostic::new("LL5021", format!("a table cannot be written down in memory: {error}"))
        .help("give the process more memory, or measure less at once")
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(stable: bool) -> Line {
        let mut figures = Figures {
            runs: 1,
            nodes: 2,
            window: 100,
            accepted: vec![10, 30],
            flits: 2,
            ..Figures::default()
        };
        for latency in [20, 31] {
            figures.packet_latency.add(latency);
        }
        let comparison = Some(Comparison {
            recorded: 25_000_000,
            measured: 25_500_000,
            deviation: 20_000,
            limit: Some(10_000),
            scatter: None,
        });
        Line { rate: Rate::ratio(1, 10), mode: Mode::Latency, figures, stable, comparison }
    }

    #[test]
    fn a_point_is_a_row_of_every_form() {
        let page = page(&[line(true)]);
        assert!(
            page.contains("25.5000") && page.contains("+2.00 %") && page.ends_with("FAIL"),
            "{page}"
        );
        let text = String::from_utf8(csv(&[line(true)]).expect("memory")).expect("text");
        assert!(
            text.starts_with("rate,mode,stable,") && text.contains("\n0.1,latency,1,25.5000,"),
            "{text}"
        );
        assert_eq!(form(&line(true))["accepted_max_node"], 0.3);
    }

    #[test]
    fn a_load_that_is_not_carried_has_no_latency() {
        assert!(form(&line(false))["packet_latency"]["mean"].is_null());
        let text = String::from_utf8(csv(&[line(false)]).expect("memory")).expect("text");
        assert!(text.contains("\n0.1,latency,0,,,,"), "{text}");
    }
}
