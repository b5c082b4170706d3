//! Files that are not whole yet, under a hidden name beside their target.
//!
//! Their names are known while they are written, so that a program that is told to end at once takes
//! them away first. What a kill or a power cut leaves is taken away by [`sweep`].

use std::collections::BTreeSet;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::{Builder, NamedTempFile};

use super::Existing;

const PREFIX: &str = ".leadlag-";
const SUFFIX: &str = ".part";

/// Hidden names in use: whoever handles a signal has no other way to learn them.
static UNDER_WAY: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

fn under_way() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    // A set of paths is whole between any two of its methods, so a panic elsewhere leaves it so.
    UNDER_WAY.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A name in use; given back when dropped.
#[derive(Debug)]
struct Name(PathBuf);

impl Drop for Name {
    fn drop(&mut self) {
        under_way().remove(&self.0);
    }
}

/// A file that is not whole yet. It is gone when this is dropped.
#[derive(Debug)]
pub(crate) struct Part {
    // Fields are dropped in order: the file goes before its name is given back.
    file: NamedTempFile,
    name: Name,
}

impl Part {
    /// An empty file in a folder.
    pub(crate) fn new(folder: &Path) -> io::Result<Self> {
        let mut builder = Builder::new();
        builder.prefix(PREFIX).suffix(SUFFIX);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let mut names = under_way();
        let file = builder.tempfile_in(folder).map_err(plain)?;
        let name = file.path().to_owned();
        names.insert(name.clone());
        Ok(Self { file, name: Name(name) })
    }

    /// Writes all of it, and waits until the disk has it.
    pub(crate) fn fill(
        mut self,
        fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<Self> {
        let mut writer = BufWriter::new(self.file.as_file_mut());
        fill(&mut writer)?;
        writer.flush()?;
        drop(writer);
        self.file.as_file().sync_all()?;
        Ok(self)
    }

    /// Another handle on it.
    pub(crate) fn reopen(&self) -> io::Result<std::fs::File> {
        self.file.reopen()
    }

    /// Puts it in its place, in one motion.
    pub(crate) fn persist(self, path: &Path, existing: Existing) -> io::Result<()> {
        let Self { file, name } = self;
        let names = under_way();
        let placed = match existing {
            Existing::Replace => file.persist(path),
            Existing::Refuse => file.persist_noclobber(path),
        };
        drop(names);
        let placed = placed.map(drop).map_err(|failed| failed.error);
        drop(name);
        placed
    }
}

/// The system's own words: the hidden name is nothing to a person who named the target.
fn plain(error: io::Error) -> io::Error {
    match error.to_string().rsplit_once(" at path ") {
        Some((own, _)) => io::Error::new(error.kind(), own.to_owned()),
        None => error,
    }
}

/// Takes away every file that is not whole, before the program ends in the middle of a write. Whoever
/// is about to begin or to place one waits from now on.
pub fn abandon() {
    let names = under_way();
    for name in names.iter() {
        // It may be in its place already; then nothing of that name is left.
        drop(std::fs::remove_file(name));
    }
    std::mem::forget(names);
}

/// Takes away the parts that programs left in a folder when they were killed.
///
/// Only for a folder in which nobody else writes.
pub(crate) fn sweep(folder: &Path) {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(PREFIX) && name.ends_with(SUFFIX) {
            // A part that cannot be removed is in nobody's way: names are drawn anew.
            drop(std::fs::remove_file(entry.path()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).expect("a readable folder");
        let name = |entry: std::fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
        let mut all: Vec<_> = entries.map(|entry| name(entry.expect("an entry"))).collect();
        all.sort();
        all
    }

    #[test]
    fn a_name_is_known_until_its_file_is_placed_or_given_up() {
        let here = tempfile::tempdir().expect("a temporary folder");
        let known = |part: &Part| under_way().contains(part.file.path());
        let part = Part::new(here.path()).expect("a part");
        let name = part.file.path().to_owned();
        assert!(known(&part));
        part.persist(&here.path().join("a"), Existing::Refuse).expect("a place");
        assert!(!under_way().contains(&name));
        let part = Part::new(here.path()).expect("a part");
        let name = part.file.path().to_owned();
        let failed = part.fill(|_| Err(io::ErrorKind::StorageFull.into()));
        assert!(failed.is_err() && !under_way().contains(&name));
        assert_eq!(names(here.path()), ["a"]);
    }

    #[test]
    fn a_refusal_does_not_show_the_hidden_name() {
        let here = tempfile::tempdir().expect("a temporary folder");
        let refused = Part::new(&here.path().join("absent")).expect_err("no folder");
        assert_eq!(refused.kind(), io::ErrorKind::NotFound);
        assert!(!refused.to_string().contains(PREFIX), "{refused}");
    }

    #[test]
    fn only_parts_are_swept() {
        let here = tempfile::tempdir().expect("a temporary folder");
        for name in [".leadlag-x1.part", ".leadlag-x2", "x3.part", "run.toml"] {
            std::fs::write(here.path().join(name), "left").expect("a write");
        }
        sweep(here.path());
        assert_eq!(names(here.path()), [".leadlag-x2", "run.toml", "x3.part"]);
        sweep(&here.path().join("absent"));
    }
}
