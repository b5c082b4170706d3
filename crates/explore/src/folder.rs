//! Run folders: `runs/0007-yinyang-3f9c1e2a/`.
//!
//! The name holds the next free number, the run's name and the first digits of the hash of all
//! inputs; no date, since a folder name is no clock. What a folder holds is listed by [`RunFile`],
//! plus `metrics.jsonl` (see [`crate::metrics`]), `events.llog` (see [`crate::recording`]), the
//! checkpoints in `ckpt/` and the snapshots in `snap/`.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use leadlag_diagnostic::{Diagnostic, Diagnostics};

use crate::files::{self, Existing, cannot_make};
use crate::hash::InputHash;
use crate::metrics::Metrics;

/// The log of a recorded run, in its folder.
pub const EVENTS: &str = "events.llog";

/// The folder that holds run folders, unless the user names another.
pub const RUNS: &str = "runs";

/// The files of a run that are written whole.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RunFile {
    /// Schema, versions, seeds, hashes, defaults that were used.
    Manifest,
    /// The fully resolved configuration; running it repeats the run.
    Config,
    /// The chip image.
    Image,
    /// The image with the weights at the end of training.
    Trained,
    /// Counters per core.
    Counters,
    /// The learning curve of the reference that a demonstration runs beside the chip.
    Reference,
    /// The page about the run.
    Report,
}

impl RunFile {
    /// The name inside the folder.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Manifest => "manifest.json",
            Self::Config => "run.toml",
            Self::Image => "net.llimg",
            Self::Trained => "trained.llimg",
            Self::Counters => "counters.json",
            Self::Reference => "reference.jsonl",
            Self::Report => "report.html",
        }
    }
}

/// A resumable state on disk.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Checkpoint {
    /// The step after which it was taken.
    pub step: u64,
    /// Where it is.
    pub path: PathBuf,
}

/// A folder of one run, new or found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RunFolder {
    path: PathBuf,
}

impl RunFolder {
    /// Makes `root/NNNN-name-hash` with the next free number; `root` is made if need be.
    ///
    /// Two programs that do this at once get two numbers. A character of `name` that does not
    /// belong in a file name becomes `-`.
    ///
    /// # Errors
    /// LL5005 or LL5004 with the system's reason.
    pub fn create(root: &Path, name: &str, hash: &InputHash) -> Result<Self, Diagnostics> {
        files::make_folder(root)?;
        let name = format!("{}-{}", plain(name), hash.short());
        let path = claim(root, &name).map_err(|error| cannot_make(root, &error))?;
        files::make_folder(&path.join("ckpt"))?;
        Ok(Self { path })
    }

    /// A folder that is there.
    ///
    /// # Errors
    /// LL1313 if it holds no manifest.
    pub fn open(path: &Path) -> Result<Self, Diagnostics> {
        if path.join(RunFile::Manifest.name()).is_file() {
            return Ok(Self { path: path.to_owned() });
        }
        Err(not_a_run(path))
    }

    /// The newest run: the folder in `root` with the highest number.
    ///
    /// # Errors
    /// LL1310 if there is none; LL1313 if it holds no manifest.
    pub fn last(root: &Path) -> Result<Self, Diagnostics> {
        let newest = numbered(root).unwrap_or_default().into_iter().max();
        let (_, name) = newest.ok_or_else(|| no_run(root))?;
        Self::open(&root.join(name))
    }

    /// `last`, or the folder with that path.
    ///
    /// # Errors
    /// As [`Self::last`] and [`Self::open`].
    pub fn named(root: &Path, name: &str) -> Result<Self, Diagnostics> {
        if name == "last" { Self::last(root) } else { Self::open(Path::new(name)) }
    }

    /// Where the folder is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Takes away what a program that was killed left of files that were not whole.
    pub(crate) fn sweep(&self) {
        for inner in ["", "ckpt", "snap"] {
            files::sweep(&self.path.join(inner));
        }
    }

    /// Where one of its files is.
    #[must_use]
    pub fn file(&self, file: RunFile) -> PathBuf {
        self.path.join(file.name())
    }

    /// Where the learning curve is.
    #[must_use]
    pub fn metrics_path(&self) -> PathBuf {
        self.path.join("metrics.jsonl")
    }

    /// Where the recording is.
    #[must_use]
    pub fn events_path(&self) -> PathBuf {
        self.path.join(EVENTS)
    }

    /// Writes one of its files, whole; an older one of the same run is replaced.
    ///
    /// # Errors
    /// LL5002 or LL5004 with the system's reason.
    pub fn write(&self, file: RunFile, bytes: &[u8]) -> Result<(), Diagnostics> {
        files::write(&self.file(file), Existing::Replace, bytes)
    }

    /// Reads one of its files.
    ///
    /// # Errors
    /// LL5001 with the system's reason.
    pub fn read(&self, file: RunFile) -> Result<Vec<u8>, Diagnostics> {
        files::read(&self.file(file))
    }

    /// Begins the learning curve.
    ///
    /// # Errors
    /// As [`Metrics::create`].
    pub fn begin_metrics(&self) -> Result<Metrics, Diagnostics> {
        Metrics::create(&self.metrics_path())
    }

    /// Continues the learning curve after the rows that `from` knows.
    ///
    /// # Errors
    /// As [`Metrics::resume`].
    pub fn resume_metrics(&self, from: &Checkpoint) -> Result<Metrics, Diagnostics> {
        Metrics::resume(&self.metrics_path(), from.step)
    }

    /// Writes `ckpt/000120.ckpt`, whole; one of the same step is replaced.
    ///
    /// # Errors
    /// LL5002 or LL5004 with the system's reason.
    pub fn write_checkpoint(&self, step: u64, bytes: &[u8]) -> Result<Checkpoint, Diagnostics> {
        let path = self.path.join("ckpt").join(format!("{step:06}.ckpt"));
        files::write(&path, Existing::Replace, bytes)?;
        Ok(Checkpoint { step, path })
    }

    /// Writes `snap/000120.snap`, whole; one of the same step is replaced.
    ///
    /// # Errors
    /// LL5002, LL5004 or LL5005 with the system's reason.
    pub fn write_snapshot(&self, step: u64, bytes: &[u8]) -> Result<PathBuf, Diagnostics> {
        self.write_named_snapshot(&format!("{step:06}"), bytes)
    }

    /// Writes `snap/NAME.snap`, whole; one of the same name is replaced.
    ///
    /// # Errors
    /// LL5002, LL5004 or LL5005 with the system's reason.
    pub fn write_named_snapshot(&self, name: &str, bytes: &[u8]) -> Result<PathBuf, Diagnostics> {
        let folder = self.path.join("snap");
        files::make_folder(&folder)?;
        let path = folder.join(format!("{name}.snap"));
        files::write(&path, Existing::Replace, bytes)?;
        Ok(path)
    }

    /// All snapshots, oldest first. Files with other names are passed over.
    #[must_use]
    pub fn snapshots(&self) -> Vec<Checkpoint> {
        self.states("snap", ".snap")
    }

    /// All checkpoints, oldest first. Files with other names are passed over.
    #[must_use]
    pub fn checkpoints(&self) -> Vec<Checkpoint> {
        self.states("ckpt", ".ckpt")
    }

    /// The checkpoint to resume from.
    ///
    /// # Errors
    /// LL1311 if the run wrote none.
    pub fn latest_checkpoint(&self) -> Result<Checkpoint, Diagnostics> {
        self.checkpoints().pop().ok_or_else(|| self.no_checkpoint())
    }

    fn no_checkpoint(&self) -> Diagnostics {
        let shown = self.path.display();
        Diagnostic::new("LL1311", format!("the run `{shown}` has 0 checkpoints; resuming needs 1"))
            .help("start the run anew; `--ckpt-every N` writes a checkpoint every N epochs")
            .into()
    }

    fn states(&self, folder: &str, suffix: &str) -> Vec<Checkpoint> {
        let folder = self.path.join(folder);
        let state = |name: &String| {
            let step = name.strip_suffix(suffix)?.parse().ok()?;
            Some(Checkpoint { step, path: folder.join(name) })
        };
        let mut found: Vec<_> =
            entries(&folder).unwrap_or_default().iter().filter_map(state).collect();
        found.sort_by_key(|state| state.step);
        found
    }
}

/// The first free number after the highest, with the name: a folder that is there now.
fn claim(root: &Path, name: &str) -> io::Result<PathBuf> {
    let highest = numbered(root)?.into_iter().map(|(number, _)| number).max();
    let mut number = highest.unwrap_or(0);
    loop {
        number += 1;
        if let Some(path) = take(root, number, name)? {
            return Ok(path);
        }
    }
}

/// Takes one number, unless it is taken.
///
/// The hidden folder `.NNNN` is the claim: making it is atomic over the *number*, whatever the
/// names. Whoever holds it looks once more whether the number was used up before the claim. A claim
/// that a crash left behind costs one number.
fn take(root: &Path, number: u32, name: &str) -> io::Result<Option<PathBuf>> {
    let claim = root.join(format!(".{number:04}"));
    match fs::create_dir(&claim) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => return Ok(None),
        made => made?,
    }
    if !is_free(root, number)? {
        fs::remove_dir(&claim)?;
        return Ok(None);
    }
    let path = root.join(format!("{number:04}-{name}"));
    fs::rename(&claim, &path)?;
    files::synchronise(root)?;
    Ok(Some(path))
}

fn is_free(root: &Path, number: u32) -> io::Result<bool> {
    Ok(numbered(root)?.iter().all(|(taken, _)| *taken != number))
}

/// Run folders in `root` as (number, name).
fn numbered(root: &Path) -> io::Result<Vec<(u32, String)>> {
    let number = |name: &str| name.split_once('-')?.0.parse().ok();
    let named = entries(root)?.into_iter().filter_map(|name| Some((number(&name)?, name)));
    Ok(named.filter(|(_, name)| root.join(name).is_dir()).collect())
}

fn entries(folder: &Path) -> io::Result<Vec<String>> {
    let entries = fs::read_dir(folder)?;
    entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
}

/// `name` with the characters of file names only, at most 40 of them.
fn plain(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || "_-".contains(c) { c } else { '-' };
    let name: String = name.chars().map(plain).take(40).collect();
    if name.is_empty() { "run".to_owned() } else { name }
}

fn not_a_run(path: &Path) -> Diagnostics {
    let shown = path.display();
    Diagnostic::new("LL1313", format!("`{shown}` is no run folder: no manifest.json in it"))
        .help("name a folder like `runs/0001-chain-3f9c1e2a`, or `last` for the newest")
        .into()
}

fn no_run(root: &Path) -> Diagnostics {
    Diagnostic::new(
        "LL1310",
        format!("`last` names the newest run, but `{}` has 0", root.display()),
    )
    .help("make one with `leadlag train NET`, or change to the folder that holds `runs`")
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn root() -> tempfile::TempDir {
        tempfile::tempdir().expect("a temporary folder")
    }

    fn hash() -> InputHash {
        InputHash::of(&[("net", b"x")])
    }

    fn made(root: &Path, name: &str) -> RunFolder {
        RunFolder::create(root, name, &hash()).expect("a run folder")
    }

    fn name(folder: &RunFolder) -> String {
        folder.path().file_name().expect("a name").to_string_lossy().into_owned()
    }

    #[test]
    fn numbers_go_up_and_names_hold_the_hash() {
        let root = root();
        let runs = root.path().join(RUNS);
        assert_eq!(name(&made(&runs, "chain")), format!("0001-chain-{}", hash().short()));
        assert_eq!(name(&made(&runs, "a/b ü")), format!("0002-a-b---{}", hash().short()));
        fs::create_dir(runs.join("0041-old-00000000")).expect("a folder");
        fs::write(runs.join("0099-notes"), "no folder").expect("a file");
        assert!(name(&made(&runs, "")).starts_with("0042-run-"));
    }

    #[test]
    fn a_claim_left_by_a_crash_costs_one_number() {
        let root = root();
        fs::create_dir(root.path().join(".0001")).expect("a claim");
        assert!(name(&made(root.path(), "chain")).starts_with("0002-"));
    }

    #[test]
    fn a_number_that_another_name_used_meanwhile_is_not_taken() {
        let root = root();
        fs::create_dir(root.path().join("0001-theirs-00000000")).expect("a folder");
        assert_eq!(take(root.path(), 1, "ours").expect("a readable root"), None);
        assert!(!root.path().join(".0001").exists(), "the claim is given back");
        let path = take(root.path(), 2, "ours").expect("a readable root");
        assert_eq!(path, Some(root.path().join("0002-ours")));
    }

    #[test]
    fn programs_that_start_at_once_get_numbers_of_their_own() {
        let root = root();
        std::thread::scope(|scope| {
            for worker in 0..8 {
                let root = root.path();
                scope.spawn(move || (0..4).for_each(|_| drop(made(root, &format!("w{worker}")))));
            }
        });
        let mut numbers: Vec<_> = numbered(root.path()).expect("a folder").into_iter().collect();
        numbers.sort();
        let distinct: std::collections::BTreeSet<_> = numbers.iter().map(|(n, _)| n).collect();
        assert_eq!((numbers.len(), distinct.len()), (32, 32), "{numbers:?}");
    }

    #[test]
    fn last_is_the_highest_number_with_a_manifest() {
        let root = root();
        let none = RunFolder::last(root.path()).expect_err("no run yet").0.remove(0);
        assert_eq!(none.code, "LL1310");
        assert_eq!(
            RunFolder::last(&root.path().join("no")).expect_err("no root").0[0].code,
            "LL1310"
        );
        made(root.path(), "first").write(RunFile::Manifest, b"{}").expect("a write");
        let second = made(root.path(), "second");
        assert_eq!(RunFolder::last(root.path()).expect_err("unfinished").0[0].code, "LL1313");
        second.write(RunFile::Manifest, b"{}").expect("a write");
        assert_eq!(RunFolder::named(root.path(), "last").expect("the second"), second);
        let by_path = second.path().to_str().expect("a plain path");
        assert_eq!(RunFolder::named(root.path(), by_path).expect("the second"), second);
    }

    #[test]
    fn checkpoints_come_in_order_of_their_steps() {
        let root = root();
        let run = made(root.path(), "chain");
        let none = run.latest_checkpoint().expect_err("none yet").0.remove(0);
        assert_eq!(none.code, "LL1311");
        for step in [120, 1_000_000, 999_999] {
            run.write_checkpoint(step, b"state").expect("a checkpoint");
        }
        fs::write(run.path().join("ckpt/.leadlag-x.part"), "torn").expect("a leftover");
        assert!(run.path().join("ckpt/000120.ckpt").is_file());
        let steps: Vec<_> = run.checkpoints().iter().map(|c| c.step).collect();
        assert_eq!(steps, [120, 999_999, 1_000_000]);
        let latest = run.latest_checkpoint().expect("the last one");
        assert_eq!(latest.step, 1_000_000);
        assert_eq!(files::read(&latest.path).expect("a read"), b"state");
    }

    #[test]
    fn a_resumed_curve_holds_the_rows_of_its_checkpoint() {
        let root = root();
        let run = made(root.path(), "chain");
        let mut metrics = run.begin_metrics().expect("a curve");
        metrics.append(&json!({"step": 1})).expect("a row");
        metrics.append(&json!({"step": 2})).expect("a row");
        let from = run.write_checkpoint(1, b"").expect("a checkpoint");
        run.resume_metrics(&from).expect("a curve");
        let rows = crate::metrics::read(&run.metrics_path()).expect("rows");
        assert_eq!(rows, [json!({"step": 1})]);
    }

    #[test]
    fn a_root_that_is_a_file_is_an_error_with_its_path() {
        let root = root();
        let file = root.path().join("runs");
        fs::write(&file, "").expect("a file");
        let refused =
            RunFolder::create(&file, "chain", &hash()).expect_err("a file is there").0.remove(0);
        assert_eq!(refused.code, "LL5005");
        assert!(refused.message.contains("runs"), "{refused}");
    }
}
