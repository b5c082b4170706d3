//! `manifest.json`: what a run folder holds and where it came from.

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_image::container;
use leadlag_trace::Signal;
use serde_json::{Value, json};

use super::options::{Config, Origin};
use super::pretty;
use crate::folder::{RunFile, RunFolder};
use crate::hash::InputHash;

/// Writes the manifest; it comes last and makes the folder a run.
pub(super) fn write(
    folder: &RunFolder,
    config: &Config,
    image: Option<&[u8]>,
    signals: &[Signal],
    defaults: &[&str],
    threads: usize,
) -> Result<(), Diagnostics> {
    let options = &config.options;
    let one = |text: &str| InputHash::of(&[("", text.as_bytes())]).to_string();
    let data = match &options.data {
        Origin::File { hash, .. } => Some(hash),
        Origin::Network | Origin::Task(_) => None,
    };
    let page = json!({
        "schema": "leadlag.run/1",
        "kind": "train",
        "name": options.name,
        "backend": options.backend.word(),
        "replicas": options.replicas,
        "versions": versions(),
        "seeds": { "seed": options.seed, "chip_seed": options.chip_seed },
        "inputs": {
            "hash": config.hash(image)?.to_string(),
            "network": config.network.as_ref().map(|network| one(&network.to_toml())),
            "chip": config.chip.as_ref().map(|chip| one(&chip.to_toml())),
            "data": data,
        },
        "image": image.map(|bytes| InputHash::of(&[("", bytes)]).to_string()),
        "signals": signals,
        "defaults": defaults,
        "environment": environment(threads),
    });
    folder.write(RunFile::Manifest, &pretty(&page))
}

/// Versions of this program and of its files.
pub(crate) fn versions() -> Value {
    json!({
        "leadlag": env!("CARGO_PKG_VERSION"),
        "container": format!("{}.{}", container::MAJOR, container::MINOR),
        "log": format!("{}.{}", leadlag_trace::MAJOR, leadlag_trace::MINOR),
    })
}

/// Facts about the host, which no comparison looks at.
pub(crate) fn environment(threads: usize) -> Value {
    json!({
        "os": std::env::consts::OS,
        "architecture": std::env::consts::ARCH,
        "threads": threads,
    })
}

/// Refuses a folder of `leadlag run`, which has nothing to resume.
///
/// # Errors
/// LL1317 if the manifest cannot be read, LL1359 if it is such a folder.
pub(super) fn check_kind(folder: &RunFolder) -> Result<(), Diagnostics> {
    let path = folder.file(RunFile::Manifest);
    let manifest: Value = serde_json::from_slice(&folder.read(RunFile::Manifest)?)
        .map_err(|error| unreadable(&path.display().to_string(), &error))?;
    if manifest.get("kind").and_then(Value::as_str) != Some("run") {
        return Ok(());
    }
    let shown = folder.path().display();
    let message =
        format!("`{shown}` is a folder of `run`, which did not learn; `train` made none of it");
    Err(Diagnostic::new("LL1359", message)
        .help("name the folder of a training run; `leadlag run … --from SNAPSHOT` continues a run")
        .into())
}

/// Whether configuration and image are those that the manifest names.
///
/// # Errors
/// LL1317 if the manifest cannot be read, LL1318 if something was changed.
pub(super) fn check(
    folder: &RunFolder,
    config: &Config,
    image: Option<&[u8]>,
) -> Result<(), Diagnostics> {
    let path = folder.file(RunFile::Manifest);
    let manifest: Value = serde_json::from_slice(&folder.read(RunFile::Manifest)?)
        .map_err(|error| unreadable(&path.display().to_string(), &error))?;
    let whole = config.hash(image)?.to_string();
    compare(folder, RunFile::Config, manifest.pointer("/inputs/hash"), &whole)?;
    let image = image.map(|bytes| InputHash::of(&[("", bytes)]).to_string());
    image.map_or(Ok(()), |hash| compare(folder, RunFile::Image, manifest.get("image"), &hash))
}

fn compare(
    folder: &RunFolder,
    file: RunFile,
    written: Option<&Value>,
    found: &str,
) -> Result<(), Diagnostics> {
    let written = written.and_then(Value::as_str).unwrap_or("none");
    if written == found {
        return Ok(());
    }
    let short = |hash: &str| hash.chars().take(8).collect::<String>();
    let message = format!(
        "`{}` has the hash {}; the run began with {}",
        folder.file(file).display(),
        short(found),
        short(written)
    );
    Err(Diagnostic::new("LL1318", message)
        .help("restore the file; for other settings, start a new run")
        .into())
}

fn unreadable(path: &str, error: &serde_json::Error) -> Diagnostics {
    Diagnostic::new("LL1317", format!("`{path}` is not as it was written: {error}"))
        .help("restore the file, or start the run anew")
        .into()
}
