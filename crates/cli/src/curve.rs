//! The learning curve for people: a line per row, printed as it happens.

use serde_json::Value;

/// The columns of a run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Curve {
    /// A run in epochs.
    Epochs,
    /// A run over a stream.
    Steps,
}

/// Headings and widths of a run in epochs.
const EPOCHS: [(&str, usize); 7] = [
    ("epoch", 7),
    ("train loss", 12),
    ("accuracy", 10),
    ("test loss", 11),
    ("accuracy", 10),
    ("rate", 7),
    ("clipped", 9),
];

impl Curve {
    /// The headings.
    #[must_use]
    pub fn heading(self) -> String {
        match self {
            Self::Epochs => under(&EPOCHS.map(|(name, _)| name.to_owned())),
            Self::Steps => format!("{:>9}{:>12}  parameters", "step", "loss"),
        }
    }

    /// A row; the control of an experiment has a line of its own.
    #[must_use]
    pub fn line(self, row: &Value) -> String {
        match self {
            Self::Epochs => epoch(row),
            Self::Steps => step(row),
        }
    }
}

fn epoch(row: &Value) -> String {
    let cells = [
        at(row, "epoch").to_string(),
        loss(at(row, "train_loss")),
        percent(at(row, "train_accuracy")),
        loss(at(row, "test_loss")),
        percent(at(row, "test_accuracy")),
        at(row, "rate").as_f64().map_or("-".to_owned(), |rate| format!("{rate:.3}")),
        percent(&mean(at(row, "error_clipped"))),
    ];
    under(&cells)
}

/// Cells in the columns of a run in epochs.
fn under(cells: &[String; 7]) -> String {
    let cells = cells.iter().zip(EPOCHS).map(|(cell, (_, width))| format!("{cell:>width$}"));
    cells.collect::<Vec<_>>().concat()
}

fn step(row: &Value) -> String {
    let line = |name: &str, row: &Value| {
        let parameters =
            [numbers("w", at(row, "weights")), numbers("tau_m/ms", at(row, "tau_m_ms"))];
        let line = format!("{name:>9}{:>12}  {}", loss(at(row, "train_loss")), parameters.join(""));
        line.trim_end().to_owned()
    };
    let own = line(&at(row, "step").to_string(), row);
    let control = at(row, "control");
    if control.is_object() { format!("{own}\n{}", line("control", control)) } else { own }
}

/// A field of a row; null where it is absent.
pub(crate) fn at<'a>(row: &'a Value, name: &str) -> &'a Value {
    static ABSENT: Value = Value::Null;
    row.get(name).unwrap_or(&ABSENT)
}

/// Losses span many orders of magnitude: four digits of each.
pub(crate) fn loss(value: &Value) -> String {
    match value.as_f64() {
        None => "-".to_owned(),
        Some(value) if (0.001..1e4).contains(&value) => format!("{value:.4}"),
        Some(value) => format!("{value:.2e}"),
    }
}

/// A share as per cent.
pub(crate) fn percent(value: &Value) -> String {
    value.as_f64().map_or("-".to_owned(), |share| format!("{:.1} %", 100.0 * share))
}

fn numbers(name: &str, values: &Value) -> String {
    let Some(values) = values.as_array() else { return String::new() };
    let values: Vec<_> =
        values.iter().filter_map(Value::as_f64).map(|value| format!("{value:.4}")).collect();
    if values.is_empty() { String::new() } else { format!("{name} {}  ", values.join(" ")) }
}

fn mean(values: &Value) -> Value {
    let values: Vec<f64> =
        values.as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
    let count = u32::try_from(values.len()).unwrap_or(u32::MAX);
    if count == 0 { Value::Null } else { (values.iter().sum::<f64>() / f64::from(count)).into() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_row_stands_under_its_headings() {
        let row = json!({"epoch": 3, "train_loss": 1.25, "train_accuracy": 0.5, "rate": 1.0,
                         "error_clipped": [0.01, 0.03]});
        let line = Curve::Epochs.line(&row);
        assert_eq!(line.len(), Curve::Epochs.heading().len());
        assert_eq!(
            line.split_whitespace().collect::<Vec<_>>().join(" "),
            "3 1.2500 50.0 % - - 1.000 2.0 %"
        );
    }

    #[test]
    fn a_stream_shows_its_control_below() {
        let row = json!({"step": 45, "train_loss": 1e-9, "weights": [1.0, 2.0], "tau_m_ms": [0.5],
                         "control": {"train_loss": 0.25, "weights": [0.0], "tau_m_ms": []}});
        let text = Curve::Steps.line(&row);
        let (own, control) = text.split_once('\n').expect("two lines");
        assert!(own.ends_with("1.00e-9  w 1.0000 2.0000  tau_m/ms 0.5000"), "{own}");
        assert!(control.ends_with("control      0.2500  w 0.0000"), "{control}");
    }
}
