//! The repository as paths and texts.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Folders that hold nothing of ours; `.git` may be a file.
const PASSED_OVER: [&str; 5] = [".git", "target", "runs", "book-out", "corpus"];

/// Every file, by its path from the root with `/` between the parts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Repository {
    pub(crate) root: PathBuf,
    files: BTreeMap<String, Option<String>>,
}

impl Repository {
    /// Reads the repository this program was built in.
    pub(crate) fn read() -> Result<Self, String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("xtask has no parent")?;
        let mut files = BTreeMap::new();
        collect(root, "", &mut files).map_err(|error| format!("reading the tree: {error}"))?;
        Ok(Self { root: root.to_owned(), files })
    }

    /// A repository of these texts, for tests.
    #[cfg(test)]
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        let own = |(path, text): &(&str, &str)| ((*path).to_owned(), Some((*text).to_owned()));
        Self { root: PathBuf::new(), files: files.iter().map(own).collect() }
    }

    /// Whether a file or a folder is there.
    pub(crate) fn has(&self, path: &str) -> bool {
        let below = format!("{path}/");
        self.files.contains_key(path) || self.files.keys().any(|file| file.starts_with(&below))
    }

    /// The text of a file; `None` if it is absent or binary.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path)?.as_deref()
    }

    /// All text files as (path, text), in the order of their paths.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().filter_map(|(path, text)| Some((path.as_str(), text.as_deref()?)))
    }

    /// All text files with this ending.
    pub(crate) fn texts_ending(&self, ending: &str) -> impl Iterator<Item = (&str, &str)> {
        self.texts().filter(move |(path, _)| path.ends_with(ending))
    }

    /// The names of the folders in `crates`.
    pub(crate) fn crates(&self) -> Vec<&str> {
        let name = |path: &'_ str| -> Option<()> { path.strip_suffix("/Cargo.toml").map(drop) };
        let manifests = self.files.keys().filter(|path| name(path).is_some());
        let names = manifests.filter_map(|path| path.strip_prefix("crates/")?.split('/').next());
        names.collect()
    }
}

fn collect(
    folder: &Path,
    prefix: &str,
    files: &mut BTreeMap<String, Option<String>>,
) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}{name}");
        if PASSED_OVER.contains(&name.as_str()) {
            continue;
        }
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{path}/"), files)?;
        } else {
            files.insert(path, String::from_utf8(std::fs::read(entry.path())?).ok());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crates_are_the_folders_with_a_manifest() {
        let repository = Repository::of(&[
            ("Cargo.toml", ""),
            ("crates/net/Cargo.toml", ""),
            ("crates/net/src/lib.rs", ""),
            ("xtask/Cargo.toml", ""),
        ]);
        assert_eq!(repository.crates(), ["net"]);
        assert!(repository.has("crates/net") && !repository.has("crates/ne"));
    }

    #[test]
    fn this_repository_is_found() {
        let repository = Repository::read().expect("a readable tree");
        assert!(repository.text("xtask/src/repository.rs").is_some());
        assert!(repository.texts().all(|(path, _)| !path.starts_with("target/")));
    }
}
