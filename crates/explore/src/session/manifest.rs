//! `manifest.json`: what a run folder holds and where it came from.

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_image::container;
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
        "name": options.name,
        "backend": options.backend.word(),
        "replicas": options.replicas,
        "versions": {
            "leadlag": env!("CARGO_PKG_VERSION"),
            "container": format!("{}.{}", container::MAJOR, container::MINOR),
        },
        "seeds": { "seed": options.seed, "chip_seed": options.chip_seed },
        "inputs": {
            "hash": config.hash(image)?.to_string(),
            "network": config.network.as_ref().map(|network| one(&network.to_toml())),
            "chip": config.chip.as_ref().map(|chip| one(&chip.to_toml())),
            "data": data,
        },
        "image": image.map(|bytes| InputHash::of(&[("", bytes)]).to_string()),
        "defaults": defaults,
        "environment": {
            "os": std::env::consts::OS,
            "architecture": std::env::consts::ARCH,
            "threads": threads,
        },
    });
    folder.write(RunFile::Manifest, &pretty(&page))
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
