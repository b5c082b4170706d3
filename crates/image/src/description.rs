//! The chip description as text: reading, overrides, writing.

use std::ops::Range;

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_units::{Hertz, NotAQuantity};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::knobs::{Form, KNOBS, Knob};
use crate::{Adc, Chip, Fabric, Link, Mode, Ppu, Preset, Solver, locate};

/// The descriptions that are built in, by name.
const BUILT_IN: [(&str, &str); 1] = [("ll1", include_str!("../../../chips/ll1.toml"))];

/// Fields that are texts, not integers.
const TEXTS: [&str; 3] = ["name", "circuit.model", "circuit.solver"];

/// Tables of a description, in order.
const TABLES: [&str; 4] = ["adc", "fabric", "link", "ppu"];

/// The longest name, in characters.
const NAME_LIMIT: usize = 64;

impl Chip {
    /// Names of the built-in chips.
    pub fn builtins() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|(name, _)| *name)
    }

    /// A built-in chip.
    ///
    /// # Errors
    /// LL1208 if there is none of that name.
    pub fn builtin(name: &str) -> Result<Self, Diagnostics> {
        let Some((_, text)) = BUILT_IN.iter().find(|(known, _)| *known == name) else {
            let known: Vec<&str> = Self::builtins().collect();
            let text =
                format!("there is no built-in chip `{name}`; there is `{}`", known.join("`, `"));
            return Err(Diagnostic::new("LL1208", text)
                .help("name a built-in chip, or give the path of a chip description")
                .into());
        };
        Self::parse(text, name)
    }

    /// Reads a description. Every field must be there, once.
    ///
    /// # Errors
    /// All findings: LL1200 not TOML, LL1201 unknown field, LL1202 missing field, LL1203 wrong kind
    /// of value, LL1204 out of range, LL1205 not a frequency, LL1206 unknown choice, LL1207 fields
    /// that disagree.
    pub fn parse(text: &str, origin: &str) -> Result<Self, Diagnostics> {
        let document = DeTable::parse(text).map_err(|e| not_toml(&e, text, origin))?;
        let mut reader = Reader { text, document: document.get_ref(), found: Vec::new() };
        let mut chip = blank();
        reader.read(&mut chip);
        reader.report_missing();
        reader.finish(&chip, origin)?;
        Ok(chip)
    }

    /// Changes one knob by `KEY=VALUE`, the key as in the description (`adc.bits=8`), the value with
    /// or without quotes (`clock=100 MHz`). Nothing changes if anything is wrong.
    ///
    /// # Errors
    /// Those of [`Chip::parse`], and LL1209 if it is not of this form.
    pub fn set(&mut self, assignment: &str) -> Result<(), Diagnostics> {
        self.set_all(&[assignment])
    }

    /// Changes several knobs together, so that they need only agree in the end.
    ///
    /// # Errors
    /// Those of [`Chip::set`], for all assignments.
    pub fn set_all<S: AsRef<str>>(&mut self, assignments: &[S]) -> Result<(), Diagnostics> {
        let mut next = self.clone();
        let mut found = Vec::new();
        let texts: Vec<String> =
            assignments.iter().filter_map(|a| keep(assignment(a.as_ref()), &mut found)).collect();
        for text in &texts {
            found.extend(assign(&mut next, text));
        }
        if found.is_empty() {
            let text = texts.join("\n");
            found.extend(disagreements(&next, &text).map(|d| d.within("--set", &text)));
        }
        *self = Diagnostics::unless_any(found, next)?;
        Ok(())
    }

    /// The description as text; [`Chip::parse`] reads it back equal.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let name = toml::Value::String(self.name.clone());
        let solver = solver_name(self.solver);
        let pair = |key, (x, y): (u32, u32)| format!("{key} = [{x}, {y}]");
        let mut lines = vec![
            format!("name = {name}"),
            pair("mesh", (self.mesh_x, self.mesh_y)),
            pair("grid", (self.grid_x, self.grid_y)),
        ];
        lines.extend(self.table(""));
        for table in TABLES {
            lines.push(format!("\n[{table}]"));
            lines.extend(self.table(table));
        }
        lines.push(format!("\n[circuit]\nmodel = \"algebraic\"\nsolver = \"{solver}\"\n"));
        lines.join("\n")
    }

    /// The lines of a table; the empty name is the top.
    fn table(&self, name: &str) -> impl Iterator<Item = String> {
        let of_table = KNOBS.iter().filter(|knob| !knob.key.contains('['));
        let parts = of_table.map(|knob| (knob, knob.key.split_once('.').unwrap_or(("", knob.key))));
        let own = parts.filter(move |(_, (table, _))| *table == name);
        own.map(|(knob, (_, key))| format!("{key} = {}", knob.value(self)))
    }
}

/// Registers at zero: what a description without any field would state.
fn blank() -> Chip {
    Chip {
        name: String::new(),
        mesh_x: 0,
        mesh_y: 0,
        grid_x: 0,
        grid_y: 0,
        neurons: 0,
        rows: 0,
        weight_bits: 0,
        dac_bits: 0,
        payload_bits: 0,
        row_shift_max: 0,
        table_segments: 0,
        adc: Adc { bits: 0, cycles: 0 },
        rails: 0,
        solver: Solver::Euler,
        clock_hz: 0,
        cycles_per_step: 0,
        barrier_cycles: 0,
        setup_cycles: 0,
        mode: Mode::Barrier,
        wait_for_plasticity: false,
        fabric: Fabric {
            preset: Preset::P,
            channels: 0,
            buffer: 0,
            multicast: false,
            drop_after: 0,
            table_entries: 0,
            sender_entries: 0,
        },
        link: Link { latency: 0, interval: 0, buffer: 0 },
        ppu: Ppu { vlen: 0, isram: 0, dsram: 0, dw: 0, pw: 0, rs: 0, ws: 0, max_cycles: 0 },
    }
}

impl Knob {
    /// The knob's value as a description states it.
    fn value(&self, chip: &Chip) -> String {
        let value = (self.get)(chip);
        match self.form {
            Form::Integer => value.to_string(),
            Form::Frequency => format!("\"{}\"", in_hertz(value)),
            Form::Truth => (value == 1).to_string(),
            Form::Choice(choices) => {
                let place = usize::try_from(value).unwrap_or(usize::MAX);
                format!("\"{}\"", choices.get(place).unwrap_or(&""))
            }
        }
    }
}

fn solver_name(solver: Solver) -> &'static str {
    match solver {
        Solver::Euler => "euler",
        Solver::Exact => "exact",
    }
}

fn not_toml(error: &toml::de::Error, text: &str, origin: &str) -> Diagnostic {
    let message = format!("the chip description is not TOML: {}", error.message());
    Diagnostic::new("LL1200", message)
        .label(error.span().unwrap_or(0..0), "here")
        .help("`leadlag show chip ll1` prints a complete description to start from")
        .within(origin, text)
}

fn keep<T>(result: Result<T, Diagnostic>, found: &mut Vec<Diagnostic>) -> Option<T> {
    result.map_err(|diagnostic| found.push(diagnostic)).ok()
}

/// Turns `KEY=VALUE` into a line of TOML, with quotes around a value that needs them.
fn assignment(text: &str) -> Result<String, Diagnostic> {
    let refusal = || {
        Diagnostic::new("LL1209", format!("`{text}` is not of the form KEY=VALUE"))
            .label(0..text.len(), "1 key and 1 value are needed")
            .help(
                "for example `--set neurons=512`, `--set adc.bits=8` or `--set \"clock=100 MHz\"`",
            )
            .within("--set", text)
    };
    let (key, value) = text.split_once('=').ok_or_else(refusal)?;
    let (key, value) = (key.trim(), value.trim());
    let quoted = || format!("{key} = {}", toml::Value::String(value.to_owned()));
    let plain = if DeValue::parse(value).is_ok() { format!("{key} = {value}") } else { quoted() };
    match DeTable::parse(&plain) {
        Ok(_) if !value.is_empty() => Ok(plain),
        _ => Err(refusal()),
    }
}

/// Applies one line of TOML.
fn assign(chip: &mut Chip, text: &str) -> Vec<Diagnostic> {
    let document = match DeTable::parse(text) {
        Ok(document) => document,
        Err(error) => return vec![not_toml(&error, text, "--set")],
    };
    let mut reader = Reader { text, document: document.get_ref(), found: Vec::new() };
    reader.read(chip);
    reader.found.into_iter().map(|d| d.within("--set", text)).collect()
}

/// What the fields say about each other. The text need not hold all of them.
pub(crate) fn disagreements(chip: &Chip, text: &str) -> Option<Diagnostic> {
    let (key, other, message, help) = disagreement(chip)?;
    let found = Diagnostic::new("LL1207", message).help(help);
    let places = [(key, "this"), (other, "and this")];
    let places = places.map(|(key, what)| (locate::span(text, key), what));
    Some(places.into_iter().fold(found, |found, (span, what)| match span {
        Some(span) => found.label(span, what),
        None => found,
    }))
}

/// Two knobs that disagree, what is wrong, and the way out.
fn disagreement(chip: &Chip) -> Option<(&'static str, &'static str, String, String)> {
    let (dac, word) = (chip.dac_bits, chip.weight_bits);
    if dac > word {
        let message =
            format!("`dac_bits` is {dac}; the converter takes the top bits of a word of {word}");
        let help = format!("`dac_bits = {word}`, or `weight_bits = {dac}`");
        return Some(("dac_bits", "weight_bits", message, help));
    }
    let (columns, rows) = chip.extent();
    if columns.max(rows) > SIDE {
        let message = format!(
            "`mesh` and `grid` make {columns} x {rows} cores; a packet's address reaches {SIDE} x {SIDE}"
        );
        return Some(("mesh", "grid", message, "use fewer or smaller chips".to_owned()));
    }
    let Fabric { preset, multicast, drop_after, .. } = chip.fabric;
    if multicast && preset != Preset::P {
        let message = format!(
            "`fabric.preset` is {preset:?}; only P replicates packets, and `fabric.multicast` is true"
        );
        let help = "`fabric.multicast = false`, or `fabric.preset = \"P\"`".to_owned();
        return Some(("fabric.preset", "fabric.multicast", message, help));
    }
    if drop_after > 0 && chip.mode == Mode::Barrier {
        let message = format!(
            "`fabric.drop_after` is {drop_after}; in barrier mode it is 0: the barrier would wait for what was dropped"
        );
        let help = "`fabric.drop_after = 0`, or `mode = \"free-running\"`".to_owned();
        return Some(("fabric.drop_after", "mode", message, help));
    }
    None
}

/// Cores along one side of all chips, at most: a coordinate of a packet has 8 bits.
const SIDE: u32 = 256;

/// A description being read.
struct Reader<'a> {
    text: &'a str,
    document: &'a DeTable<'a>,
    found: Vec<Diagnostic>,
}

impl Reader<'_> {
    /// Puts every field that is there into the chip.
    fn read(&mut self, chip: &mut Chip) {
        self.report_unknown();
        self.check_sides("mesh");
        self.check_sides("grid");
        for knob in &KNOBS {
            if let Some(value) = locate::value(self.document, knob.key) {
                let read = self.integer(knob, value);
                if let Some(number) = keep(read, &mut self.found) {
                    (knob.put)(chip, number);
                }
            }
        }
        self.read_texts(chip);
    }

    fn finish(mut self, chip: &Chip, origin: &str) -> Result<(), Diagnostics> {
        if self.found.is_empty() {
            self.found.extend(disagreements(chip, self.text));
        }
        let found = self.found.into_iter().map(|d| d.within(origin, self.text)).collect();
        Diagnostics::unless_any(found, ())
    }

    fn quote(&self, value: &Spanned<DeValue>) -> &str {
        self.text.get(value.span()).unwrap_or("?")
    }

    fn integer(&self, knob: &Knob, value: &Spanned<DeValue>) -> Result<u64, Diagnostic> {
        let number = match (knob.form, value.get_ref()) {
            (Form::Integer, DeValue::Integer(number)) => {
                u64::from_str_radix(number.as_str(), number.radix()).ok()
            }
            (Form::Frequency, DeValue::String(text)) => Some(frequency(knob, text, value)?),
            (Form::Truth, DeValue::Boolean(truth)) => Some(u64::from(*truth)),
            (Form::Choice(choices), DeValue::String(text)) => {
                let mut places = choices.iter().zip(0..);
                let place = places.find(|(choice, _)| **choice == *text);
                Some(
                    place
                        .map(|(_, at)| at)
                        .ok_or_else(|| no_choice(knob.key, text, choices, value))?,
                )
            }
            _ => return Err(self.wrong_kind(knob, value)),
        };
        number.filter(|n| knob.allows(*n)).ok_or_else(|| self.out_of_range(knob, value))
    }

    fn wrong_kind(&self, knob: &Knob, value: &Spanned<DeValue>) -> Diagnostic {
        let (key, found) = (knob.key, self.quote(value));
        let (wanted, example) = match knob.form {
            Form::Integer => ("an integer", written(knob, knob.range.1)),
            Form::Frequency => ("a text with a unit", "\"250 MHz\"".to_owned()),
            Form::Truth => ("a truth value", "true".to_owned()),
            Form::Choice(choices) => {
                ("one of these texts", format!("{:?}", choices.first().unwrap_or(&"")))
            }
        };
        let message = format!(
            "`{key}` is {found}, {}; allowed are {}",
            kind(value.get_ref()),
            knob.allowed()
        );
        Diagnostic::new("LL1203", message)
            .label(value.span(), format!("{wanted} is needed"))
            .help(format!("for example `{} = {example}`", example_key(key)))
    }

    fn out_of_range(&self, knob: &Knob, value: &Spanned<DeValue>) -> Diagnostic {
        let message =
            format!("`{}` is {}; allowed are {}", knob.key, self.quote(value), knob.allowed());
        let (low, high) = knob.range;
        let (key, [low, high]) = (example_key(knob.key), [low, high].map(|end| written(knob, end)));
        Diagnostic::new("LL1204", message)
            .label(value.span(), "not among the allowed values")
            .help(format!("from `{key} = {low}` to `{key} = {high}`"))
    }

    fn check_sides(&mut self, key: &str) {
        let Some(value) = locate::value(self.document, key) else { return };
        let sides = value.get_ref().as_array().map(|sides| sides.iter().len());
        if sides == Some(2) {
            return;
        }
        let given = sides.map_or_else(
            || format!("is {}, {}", self.quote(value), kind(value.get_ref())),
            |sides| format!("has {sides} sides"),
        );
        self.found.push(
            Diagnostic::new("LL1203", format!("`{key}` {given}; a {key} has 2 sides"))
                .label(value.span(), "[columns, rows]")
                .help(format!("for example `{key} = [4, 4]`")),
        );
    }

    fn read_texts(&mut self, chip: &mut Chip) {
        if let Some(name) = self.string("name", "\"ll1\"") {
            self.check_name(&name);
            chip.name = name;
        }
        self.choice("circuit.model", &["algebraic"]);
        match self.choice("circuit.solver", &["euler", "exact"]) {
            Some(0) => chip.solver = Solver::Euler,
            Some(_) => chip.solver = Solver::Exact,
            None => {}
        }
    }

    fn check_name(&mut self, name: &str) {
        let count = name.chars().count();
        if (1..=NAME_LIMIT).contains(&count) && !name.contains(char::is_control) {
            return;
        }
        let message = format!(
            "`name` has {count} characters; allowed are 1..={NAME_LIMIT} without control characters"
        );
        self.report("LL1204", message, "name", "for example `name = \"ll1\"`");
    }

    fn string(&mut self, key: &str, example: &str) -> Option<String> {
        let value = locate::value(self.document, key)?;
        if let Some(text) = value.get_ref().as_str() {
            return Some(text.to_owned());
        }
        let (given, kind) = (self.quote(value), kind(value.get_ref()));
        let message = format!("`{key}` is {given}, {kind}; a text is needed");
        self.report("LL1203", message, key, &format!("for example `{key} = {example}`"));
        None
    }

    /// The index of the choice a field makes.
    fn choice(&mut self, key: &str, choices: &[&str]) -> Option<usize> {
        let example = format!("{:?}", choices.first().unwrap_or(&""));
        let text = self.string(key, &example)?;
        let index = choices.iter().position(|choice| *choice == text);
        if index.is_none()
            && let Some(value) = locate::value(self.document, key)
        {
            self.found.push(no_choice(key, &text, choices, value));
        }
        index
    }

    fn report(&mut self, code: &'static str, message: String, key: &str, help: &str) {
        let span = locate::value(self.document, key).map_or(0..0, Spanned::span);
        self.found.push(Diagnostic::new(code, message).label(span, "here").help(help));
    }

    fn report_missing(&mut self) {
        let fields = fields();
        let is_missing = |key: &&&str| locate::value(self.document, key).is_none();
        let missing: Vec<&str> = fields.iter().filter(is_missing).copied().collect();
        let (have, need) = (fields.len() - missing.len(), fields.len());
        for key in missing {
            let message = format!("`{key}` is missing; {have} of {need} fields are given");
            self.found.push(
                Diagnostic::new("LL1202", message)
                    .label(0..0, "in this description")
                    .help(format!("add `{key}`; `leadlag show chip ll1` prints every field")),
            );
        }
    }

    fn report_unknown(&mut self) {
        let mut paths = Vec::new();
        leaves(self.document, "", &mut paths);
        for (path, span) in paths {
            if !fields().contains(&path.as_str()) {
                self.found.push(unknown(&path, span));
            }
        }
    }
}

fn no_choice(key: &str, text: &str, choices: &[&str], value: &Spanned<DeValue>) -> Diagnostic {
    let message = format!("`{key}` is `{text}`; there is `{}`", choices.join("`, `"));
    let help = format!("for example `{key} = \"{}\"`", choices.first().unwrap_or(&""));
    Diagnostic::new("LL1206", message).label(value.span(), "here").help(help)
}

/// A text with a unit of frequency, in whole hertz.
fn frequency(knob: &Knob, text: &str, value: &Spanned<DeValue>) -> Result<u64, Diagnostic> {
    let refusal = |reason: String| {
        let (key, allowed) = (knob.key, knob.allowed());
        Diagnostic::new("LL1205", format!("`{key}` is \"{text}\"; allowed are {allowed}"))
            .label(value.span(), reason)
            .help(format!("for example `{key} = \"250 MHz\"`"))
    };
    let quantity: Hertz = text.parse().map_err(|e: NotAQuantity| refusal(e.to_string()))?;
    let hertz = quantity.get().to_string();
    hertz.parse().map_err(|_| refusal(format!("{hertz} Hz is not a whole number of hertz")))
}

/// A value as a person would write it under its key: a side of the mesh comes with the other.
fn written(knob: &Knob, value: u64) -> String {
    match knob.form {
        Form::Frequency => format!("\"{}\"", in_hertz(value)),
        Form::Integer | Form::Truth | Form::Choice(_) if knob.key.contains('[') => {
            format!("[{value}, {value}]")
        }
        Form::Integer | Form::Truth | Form::Choice(_) => value.to_string(),
    }
}

/// Whole hertz in the unit that reads best.
fn in_hertz(hertz: u64) -> String {
    let text = format!("{hertz} Hz");
    text.parse::<Hertz>().map_or(text, |quantity| quantity.to_string())
}

fn kind(value: &DeValue) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a decimal number",
        DeValue::Boolean(_) => "a truth value",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "an array",
        DeValue::Table(_) => "a table",
    }
}

/// The key a person would write: a side of the mesh is no key.
fn example_key(key: &str) -> &str {
    key.split('[').next().unwrap_or(key)
}

/// Paths of everything that is not a table, and of empty tables.
fn leaves(table: &DeTable, prefix: &str, into: &mut Vec<(String, Range<usize>)>) {
    for (key, value) in table {
        let path = format!("{prefix}{}", key.get_ref());
        match value.get_ref().as_table().filter(|_| has_fields(&path)) {
            Some(inner) => leaves(inner, &format!("{path}."), into),
            None => into.push((path, key.span())),
        }
    }
}

/// Every field of a description, once.
fn fields() -> Vec<&'static str> {
    let mut fields: Vec<&str> =
        KNOBS.iter().map(|knob| example_key(knob.key)).chain(TEXTS).collect();
    fields.dedup();
    fields
}

fn has_fields(path: &str) -> bool {
    let is_below = |key: &&str| key.strip_prefix(path).is_some_and(|rest| rest.starts_with('.'));
    fields().iter().any(is_below)
}

fn unknown(path: &str, span: Range<usize>) -> Diagnostic {
    let fields = fields();
    let message = format!("`{path}` is not a field of a chip; there are {} fields", fields.len());
    Diagnostic::new("LL1201", message)
        .label(span, "not known")
        .help(format!("fields are `{}`", fields.join("`, `")))
}

#[cfg(test)]
mod every_field;
#[cfg(test)]
mod tests;
