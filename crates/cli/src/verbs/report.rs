//! `leadlag report RUN`: one page about a run, or about several beside each other.

use std::path::{Path, PathBuf};

use leadlag_diagnostic::Diagnostics;
use leadlag_explore::folder::{RunFile, RunFolder};
use serde_json::json;

use crate::args::Target;
use crate::args::report::ReportArgs;
use crate::context::Context;
use crate::exit::Exit;
use crate::inputs;
use crate::report::{self, Run};

/// Makes the page and says where it is.
///
/// # Errors
/// What is wrong with a folder; LL5051 if the page is too large; LL5002 to LL5004 if it cannot be
/// written.
pub fn run(args: &ReportArgs, context: &mut Context) -> Result<Exit, Diagnostics> {
    let folders = args.runs.iter().map(|run| inputs::run_folder(Path::new(run)));
    let folders = folders.collect::<Result<Vec<_>, _>>()?;
    let limit = args.max_size.0;
    let (path, bytes) = match (context.globals.out.clone(), folders.as_slice()) {
        (None, [folder]) => (folder.file(RunFile::Report), report::write(folder, limit)?),
        (target, folders) => {
            let target = target.unwrap_or_else(|| Target::File(RunFile::Report.name().into()));
            return elsewhere(&target, folders, limit, context);
        }
    };
    context.out.result(written(&path, bytes), &form(Some(&path), bytes))?;
    Ok(Exit::Done)
}

fn elsewhere(
    target: &Target,
    folders: &[RunFolder],
    limit: f64,
    context: &mut Context,
) -> Result<Exit, Diagnostics> {
    context.refuse_existing(target)?;
    let runs = folders.iter().map(Run::read).collect::<Result<Vec<_>, _>>()?;
    let page = report::page(&runs);
    report::within(&page, limit)?;
    let shown = PathBuf::from(target.to_string());
    let form = form(target.path(), page.len());
    context.deliver(target, page.as_bytes(), &written(&shown, page.len()), &form)?;
    Ok(Exit::Done)
}

fn written(path: &Path, bytes: usize) -> String {
    format!("  report      {}  {bytes} bytes", path.display())
}

fn form(path: Option<&Path>, bytes: usize) -> serde_json::Value {
    json!({"schema": "leadlag.report/1", "path": path, "bytes": bytes})
}

/// The page at the end of a run: one that is too large is a warning, since the run is done.
///
/// # Errors
/// As [`report::write`].
pub(super) fn at_the_end(folder: &RunFolder, context: &Context) -> Result<PathBuf, Diagnostics> {
    let path = folder.file(RunFile::Report);
    match report::write(folder, report::MEGABYTES) {
        Ok(_) => Ok(path),
        Err(found) if found.0.iter().all(|found| found.code == "LL5051") => {
            context.warn(&found);
            Ok(path)
        }
        Err(found) => Err(found),
    }
}
