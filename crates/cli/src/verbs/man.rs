//! `leadlag man`: manual pages from the same definition as the parser.

use clap::{Command, CommandFactory as _};
use clap_mangen::Man;
use leadlag_diagnostic::Diagnostics;
use leadlag_explore::files;
use serde_json::json;

use crate::args::help::ManArgs;
use crate::args::{Cli, Target};
use crate::context::Context;
use crate::exit::Exit;
use crate::verbs::help;

/// Prints one page, or writes all of them into the folder that `-o` names.
///
/// # Errors
/// LL5002 to LL5005 if a page cannot be written; LL5007 if stdout refuses. An unknown verb is wrong
/// usage, not a finding.
pub fn run(args: &ManArgs, context: &mut Context) -> Result<Exit, Diagnostics> {
    let mut program = Cli::command();
    program.build();
    match context.globals.out.clone() {
        Some(Target::File(folder)) if args.verb.is_none() => {
            files::make_folder(&folder)?;
            let pages = pages(&program);
            for (name, page) in &pages {
                files::write(&folder.join(name), context.existing(), page)?;
            }
            let text = format!("  wrote       {} pages into {}", pages.len(), folder.display());
            let names: Vec<_> = pages.iter().map(|(name, _)| name).collect();
            let report = json!({"schema": "leadlag.man/1", "folder": folder, "pages": names});
            context.out.result(text, &report)?;
        }
        target => {
            let page = match &args.verb {
                None => page(&program),
                Some(verb) => match program.find_subcommand(verb) {
                    Some(found) => page(found),
                    None => return Ok(help::unknown(verb)),
                },
            };
            let target = target.unwrap_or(Target::Stream);
            context.refuse_existing(&target)?;
            let report = json!({"schema": "leadlag.man/1", "path": target.path()});
            context.deliver(&target, &page, &format!("  wrote       {target}"), &report)?;
        }
    }
    Ok(Exit::Done)
}

/// The program's page and one for each verb that is not hidden, with their file names.
fn pages(program: &Command) -> Vec<(String, Vec<u8>)> {
    let verbs = program.get_subcommands().filter(|verb| !verb.is_hide_set());
    let name = |verb: &Command| format!("leadlag-{}.1", verb.get_name());
    let own = std::iter::once(("leadlag.1".to_owned(), page(program)));
    own.chain(verbs.map(|verb| (name(verb), page(verb)))).collect()
}

/// A page in roff.
fn page(command: &Command) -> Vec<u8> {
    let name = match command.get_name() {
        "leadlag" => "leadlag".to_owned(),
        verb => format!("leadlag-{verb}"),
    };
    let mut bytes = Vec::new();
    let man = Man::new(command.clone()).title(name).manual("LEADLAG");
    man.render(&mut bytes).expect("a vector takes everything");
    bytes
}
