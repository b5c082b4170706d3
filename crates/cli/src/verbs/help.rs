//! `leadlag help`: the verbs, one verb, or one diagnostic.

use clap::{Command, CommandFactory as _};
use leadlag_diagnostic::Diagnostics;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::args::Cli;
use crate::args::help::HelpArgs;
use crate::context::Context;
use crate::exit::Exit;

/// The one list of diagnostics, which is also a page of the book.
const LIST: &str = include_str!("../../../../docs/diagnostics.toml");

/// What the list says about one code.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    code: String,
    severity: String,
    sentence: String,
    explanation: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    diagnostic: Vec<Entry>,
}

/// Prints what is known about the topic.
///
/// # Errors
/// LL5007 if stdout refuses. An unknown topic is wrong usage, not a finding.
pub fn run(args: &HelpArgs, context: &mut Context) -> Result<Exit, Diagnostics> {
    let Some(topic) = args.topic.as_deref() else {
        let text = Cli::command().render_help().to_string();
        return help(context, "leadlag", text.trim_end());
    };
    if let Some(entry) = entry(topic) {
        let report = json!({"schema": "leadlag.explanation/1", "diagnostic": entry});
        context.out.result(explanation(&entry), &report)?;
        return Ok(Exit::Done);
    }
    match verb(topic) {
        Some(mut verb) => help(context, topic, verb.render_help().to_string().trim_end()),
        None => Ok(unknown(topic)),
    }
}

fn help(context: &mut Context, topic: &str, text: &str) -> Result<Exit, Diagnostics> {
    let report = json!({"schema": "leadlag.help/1", "topic": topic, "text": text});
    context.out.result(text, &report)?;
    Ok(Exit::Done)
}

/// All entries of the list.
///
/// # Panics
/// If the list is not valid; a test reads it.
#[must_use]
pub fn entries() -> Vec<Entry> {
    let list: List = toml::from_str(LIST).expect("the list of diagnostics is valid TOML");
    list.diagnostic
}

fn entry(code: &str) -> Option<Entry> {
    entries().into_iter().find(|entry| entry.code.eq_ignore_ascii_case(code))
}

fn explanation(entry: &Entry) -> String {
    let Entry { code, severity, sentence, explanation } = entry;
    format!("{severity}[{code}]: {sentence}\n\n{}", explanation.trim())
}

/// A verb's definition with the global flags in it.
fn verb(name: &str) -> Option<Command> {
    let mut command = Cli::command();
    command.build();
    command.find_subcommand(name).cloned()
}

pub(crate) fn unknown(topic: &str) -> Exit {
    let message = format!("`{topic}` is neither a verb nor the code of a diagnostic");
    let refusal = Cli::command().error(clap::error::ErrorKind::InvalidValue, message);
    // A closed stderr cannot be reported anywhere.
    drop(refusal.print());
    Exit::Usage
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_is_whole_and_its_code_is_its_own() {
        let entries = entries();
        assert!(!entries.is_empty());
        for one in &entries {
            let digits = one.code.strip_prefix("LL").unwrap_or_default();
            assert!(digits.len() == 4 && digits.parse::<u16>().is_ok(), "{one:?}");
            assert!(["error", "warning"].contains(&one.severity.as_str()), "{one:?}");
            assert!(one.sentence.len() > 10 && one.explanation.len() > 60, "{one:?}");
            assert_eq!(entries.iter().filter(|other| other.code == one.code).count(), 1, "{one:?}");
        }
    }

    #[test]
    fn codes_are_found_in_either_case_and_verbs_by_name() {
        assert_eq!(entry("ll5003"), entry("LL5003"));
        assert!(entry("LL5003").is_some() && entry("LL0000").is_none());
        assert!(verb("new").is_some() && verb("fly").is_none());
    }
}
