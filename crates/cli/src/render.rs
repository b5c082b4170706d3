//! Diagnostics on stderr: for people with the lines they are about, for programs as JSON.

use std::fmt;
use std::io::{IsTerminal as _, Write as _};

use leadlag_diagnostic::{Diagnostic, Diagnostics, Label};
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, SourceCode};
use serde_json::{Value, json};

use crate::args::{Color, Globals};
use crate::exit::Exit;

/// How bad a finding is: whether the verb goes on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Severity {
    /// The verb ends.
    Error,
    /// The verb goes on.
    Warning,
}

impl Severity {
    fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }

    /// Escape sequence: bold red, bold yellow.
    fn colour(self) -> &'static str {
        match self {
            Self::Error => "\u{1b}[1;31m",
            Self::Warning => "\u{1b}[1;33m",
        }
    }
}

/// Prints diagnostics to stderr.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Renderer {
    json: bool,
    coloured: bool,
}

impl Renderer {
    /// As the global flags, the environment and the terminal want it.
    #[must_use]
    pub fn new(globals: &Globals) -> Self {
        let coloured = match globals.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => std::io::stderr().is_terminal() && environment_wants_colour(),
        };
        Self { json: globals.json, coloured }
    }

    /// Prints the findings that end a verb, and says with which code to exit.
    #[must_use]
    pub fn fail(&self, found: &Diagnostics) -> Exit {
        self.print(Severity::Error, found);
        found.into()
    }

    /// Prints findings that a verb goes on in spite of, whatever `--quiet` says.
    pub fn warn(&self, found: &Diagnostics) {
        self.print(Severity::Warning, found);
    }

    fn print(&self, severity: Severity, found: &Diagnostics) {
        for finding in &found.0 {
            // Nobody can be told that stderr is closed.
            drop(std::io::stderr().write_all(self.render(severity, finding).as_bytes()));
        }
    }

    /// One finding as text, or as one line of JSON; ends with a line feed.
    #[must_use]
    pub fn render(&self, severity: Severity, finding: &Diagnostic) -> String {
        if self.json {
            return format!("{}\n", machine_form(severity, finding));
        }
        let head = format!("{}[{}]", severity.word(), finding.code);
        let head =
            if self.coloured { format!("{}{head}\u{1b}[0m", severity.colour()) } else { head };
        let helps = finding.help.iter().fold(String::new(), |all, help| {
            all + "  help: " + &help.replace('\n', "\n        ") + "\n"
        });
        format!("{head}: {}\n{}{helps}", finding.message, self.places(finding))
    }

    /// The quoted lines with their labels; empty if the finding has no place.
    fn places(&self, finding: &Diagnostic) -> String {
        let places = Places::of(finding);
        if places.labels.is_empty() {
            return String::new();
        }
        let theme = if self.coloured { GraphicalTheme::unicode() } else { GraphicalTheme::none() };
        let handler = GraphicalReportHandler::new_themed(theme).with_width(100);
        let mut text = String::new();
        let drawn = handler.without_syntax_highlighting().render_report(&mut text, &places);
        // The first line is the message, which stands above already.
        let drawing = drawn.ok().and_then(|()| text.split_once('\n'));
        drawing.map(|(_, lines)| lines.to_owned()).unwrap_or_default()
    }
}

/// `NO_COLOR` (any value but the empty one) and `TERM=dumb` say no.
fn environment_wants_colour() -> bool {
    let set = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    set("NO_COLOR").is_none() && set("TERM").is_none_or(|term| term != "dumb")
}

/// The machine form of a finding.
#[must_use]
pub fn machine_form(severity: Severity, finding: &Diagnostic) -> Value {
    let origin = finding.origin.as_ref();
    let text = origin.map_or("", |origin| origin.text.as_str());
    let spans: Vec<_> = finding.labels.iter().map(|label| span_form(text, label)).collect();
    json!({
        "schema": "leadlag.diagnostic/1",
        "code": finding.code,
        "severity": severity.word(),
        "message": finding.message,
        "file": origin.map(|origin| &origin.name),
        "spans": spans,
        "help": finding.help,
        "url": format!("docs/reference/diagnostics.html#{}", finding.code.to_lowercase()),
    })
}

/// Bytes from 0, lines and columns (in characters) from 1.
fn span_form(text: &str, label: &Label) -> Value {
    let before = text.get(..label.span.start).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    json!({
        "start": label.span.start,
        "end": label.span.end,
        "line": line,
        "column": column,
        "label": label.text,
    })
}

/// A finding without its words: the part that is drawn.
#[derive(Debug)]
struct Places {
    source: NamedSource<String>,
    labels: Vec<LabeledSpan>,
}

impl Places {
    /// Labels beyond the end of the text are moved to its last line, so that none is lost.
    fn of(finding: &Diagnostic) -> Self {
        let (name, text) = match &finding.origin {
            Some(origin) => (origin.name.as_str(), origin.text.clone()),
            None => return Self { source: NamedSource::new("", String::new()), labels: vec![] },
        };
        let end = text.trim_end().len();
        let label = |label: &Label| {
            let start = label.span.start.min(end);
            let length = label.span.end.clamp(start, end) - start;
            LabeledSpan::new(Some(label.text.clone()), start, length)
        };
        let labels = finding.labels.iter().map(label).collect();
        Self { source: NamedSource::new(name, text), labels }
    }
}

impl fmt::Display for Places {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Places {}

impl miette::Diagnostic for Places {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "chip = \"ll1\"\n\nfan_in = 300\n";

    fn finding() -> Diagnostic {
        Diagnostic::new("LL2003", "`hidden` needs 300 inputs per neuron; a core has 256 rows")
            .label(14..26, "asked for here")
            .help("split the layer")
            .help("or use `--set rows=512`")
            .within("net.toml", TEXT)
    }

    fn renderer(json: bool, coloured: bool) -> Renderer {
        Renderer { json, coloured }
    }

    #[test]
    fn people_see_the_code_the_line_the_label_and_every_way_out() {
        let text = renderer(false, false).render(Severity::Error, &finding());
        let head = "error[LL2003]: `hidden` needs 300 inputs per neuron; a core has 256 rows\n";
        assert!(text.starts_with(head), "{text}");
        for part in ["net.toml:3:1", "fan_in = 300", "asked for here"] {
            assert!(text.contains(part), "{part} is missing in\n{text}");
        }
        assert!(text.ends_with("  help: split the layer\n  help: or use `--set rows=512`\n"));
        assert!(!text.contains('\u{1b}'), "{text}");
    }

    #[test]
    fn colour_changes_no_character() {
        let coloured = renderer(false, true).render(Severity::Warning, &finding());
        assert!(coloured.starts_with("\u{1b}[1;33mwarning[LL2003]\u{1b}[0m: "), "{coloured}");
    }

    #[test]
    fn a_finding_without_a_place_is_its_sentence_and_its_help() {
        let finding = Diagnostic::new("LL5001", "cannot read `x`").help("check the spelling");
        let text = renderer(false, false).render(Severity::Error, &finding);
        assert_eq!(text, "error[LL5001]: cannot read `x`\n  help: check the spelling\n");
    }

    #[test]
    fn labels_beyond_the_text_are_still_drawn() {
        let finding = Diagnostic::new("LL1001", "cut off").label(90..99, "here").within("a", "x\n");
        let text = renderer(false, false).render(Severity::Error, &finding);
        assert!(text.contains("here"), "{text}");
    }

    #[test]
    fn programs_get_one_line_with_all_fields() {
        let text = renderer(true, true).render(Severity::Error, &finding());
        assert_eq!(text.lines().count(), 1);
        let value: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(value["schema"], "leadlag.diagnostic/1");
        assert_eq!(value["severity"], "error");
        assert_eq!(value["file"], "net.toml");
        assert_eq!(value["spans"][0]["line"], 3);
        assert_eq!(value["spans"][0]["column"], 1);
        assert_eq!(value["help"].as_array().map(Vec::len), Some(2));
        assert_eq!(value["url"], "docs/reference/diagnostics.html#ll2003");
    }
}
