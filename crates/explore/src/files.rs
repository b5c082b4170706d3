//! Reading and writing whole files.
//!
//! A reader of `path` sees the old file or the new one, never a part: the bytes go to a temporary
//! file in the same folder, are synchronised, and are renamed over the target. When anything fails
//! the temporary file is removed and the target is what it was.

mod part;

use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use leadlag_diagnostic::{Diagnostic, Diagnostics};

pub use part::abandon;
pub(crate) use part::{Part, sweep};

/// What to do when the target of a write exists.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Existing {
    /// Keep it and fail with LL5003.
    Refuse,
    /// Put the new file in its place, in one motion.
    Replace,
}

impl Existing {
    /// `Replace` if `force` is set.
    #[must_use]
    pub fn from_force(force: bool) -> Self {
        if force { Self::Replace } else { Self::Refuse }
    }
}

/// All bytes of a file.
///
/// # Errors
/// LL5001 when the system refuses, with its reason.
pub fn read(path: &Path) -> Result<Vec<u8>, Diagnostics> {
    std::fs::read(path).map_err(|error| cannot_read(path, &error))
}

/// All of a text file.
///
/// # Errors
/// LL5001 when the system refuses; LL1314 when the bytes are not UTF-8, with the first bad offset.
pub fn read_text(path: &Path) -> Result<String, Diagnostics> {
    text(path, read(path)?)
}

/// Bytes of a file as text.
///
/// # Errors
/// LL1314 when they are not UTF-8, with the first bad offset.
pub fn text(path: &Path, bytes: Vec<u8>) -> Result<String, Diagnostics> {
    let text = String::from_utf8(bytes);
    text.map_err(|error| not_text(path, error.utf8_error().valid_up_to()))
}

/// Writes `bytes` to `path`, whole or not at all.
///
/// # Errors
/// As [`write_with`].
pub fn write(path: &Path, existing: Existing, bytes: &[u8]) -> Result<(), Diagnostics> {
    write_with(path, existing, |file| file.write_all(bytes))
}

/// Writes what `fill` produces to `path`, whole or not at all.
///
/// # Errors
/// LL5003 when the target exists and may not be replaced, LL5004 when there is no room, LL5002 when
/// the system refuses for another reason. In every case the target is as it was before.
pub fn write_with(
    path: &Path,
    existing: Existing,
    fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Diagnostics> {
    refuse_existing(path, existing)?;
    let folder = folder_of(path);
    let whole = Part::new(folder).and_then(|empty| empty.fill(fill));
    let whole = whole.map_err(|error| cannot_write(path, &error))?;
    whole.persist(path, existing).map_err(|error| {
        let appeared = error.kind() == ErrorKind::AlreadyExists;
        if appeared { exists(path) } else { cannot_write(path, &error) }
    })?;
    synchronise(folder).map_err(|error| cannot_write(path, &error))
}

/// Makes a folder and its parents; an existing folder is fine.
///
/// # Errors
/// LL5005 with the system's reason.
pub fn make_folder(path: &Path) -> Result<(), Diagnostics> {
    std::fs::create_dir_all(path).map_err(|error| cannot_make(path, &error))
}

/// Fails with LL5003 if something is at `path` and may not be replaced.
///
/// Verbs call it before long work, so that a refusal costs nothing.
///
/// # Errors
/// LL5003.
pub fn refuse_existing(path: &Path, existing: Existing) -> Result<(), Diagnostics> {
    let taken = existing == Existing::Refuse && path.symlink_metadata().is_ok();
    if taken { Err(exists(path)) } else { Ok(()) }
}

pub(crate) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// A length in memory as a length on disk.
pub(crate) fn bytes(length: usize) -> u64 {
    u64::try_from(length).expect("a length in memory fits 64 bits")
}

/// Makes a rename durable. Other systems than Unix cannot open a folder as a file.
pub(crate) fn synchronise(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

fn exists(path: &Path) -> Diagnostics {
    Diagnostic::new("LL5003", format!("`{}` exists already and was not touched", path.display()))
        .help("`--force` replaces it; `-o PATH` writes somewhere else")
        .into()
}

fn not_text(path: &Path, at: usize) -> Diagnostics {
    let shown = path.display();
    Diagnostic::new("LL1314", format!("`{shown}` is not UTF-8 text: byte {at} is not valid"))
        .help("save the file as UTF-8; if it is a binary file, the argument is the wrong one")
        .into()
}

pub(crate) fn cannot_read(path: &Path, error: &io::Error) -> Diagnostics {
    let way_out = if error.kind() == ErrorKind::NotFound {
        "check the spelling; relative paths start at `-C DIR`, if given"
    } else if error.kind() == ErrorKind::IsADirectory {
        "name a file inside this folder"
    } else {
        "make it a file that this user may read"
    };
    Diagnostic::new("LL5001", format!("cannot read `{}`: {error}", path.display()))
        .help(way_out)
        .into()
}

pub(crate) fn cannot_write(path: &Path, error: &io::Error) -> Diagnostics {
    no_room(path, error).unwrap_or_else(|| {
        Diagnostic::new("LL5002", format!("cannot write `{}`: {error}", path.display()))
            .help(way_out_of(folder_of(path), error.kind()))
            .into()
    })
}

pub(crate) fn cannot_make(path: &Path, error: &io::Error) -> Diagnostics {
    no_room(path, error).unwrap_or_else(|| {
        Diagnostic::new("LL5005", format!("cannot make the folder `{}`: {error}", path.display()))
            .help(way_out_of(folder_of(path), error.kind()))
            .into()
    })
}

fn no_room(path: &Path, error: &io::Error) -> Option<Diagnostics> {
    use ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    matches!(error.kind(), StorageFull | QuotaExceeded | FileTooLarge).then(|| {
        Diagnostic::new("LL5004", format!("no room for `{}`: {error}", path.display()))
            .help("free some space, or choose another place with `-o PATH`")
            .into()
    })
}

fn way_out_of(folder: &Path, kind: ErrorKind) -> String {
    let shown = folder.display();
    if kind == ErrorKind::NotFound {
        format!("make the folder `{shown}` first")
    } else if kind == ErrorKind::NotADirectory {
        format!("`{shown}` is no folder; choose another with `-o PATH`")
    } else if kind == ErrorKind::IsADirectory {
        "name a file, not a folder, with `-o PATH`".to_owned()
    } else {
        format!("make `{shown}` writable, or choose another place with `-o PATH`")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().expect("a temporary folder")
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).expect("a readable folder");
        entries.map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
    }

    /// A disk with room for `room` more bytes.
    struct Disk<'a> {
        room: usize,
        under: &'a mut dyn Write,
    }

    impl Write for Disk<'_> {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if self.room == 0 {
                return Err(ErrorKind::StorageFull.into());
            }
            let fits = bytes.len().min(self.room);
            self.room -= fits;
            self.under.write(&bytes[..fits])
        }

        fn flush(&mut self) -> io::Result<()> {
            self.under.flush()
        }
    }

    #[test]
    fn what_was_written_is_read_back_and_nothing_else_stays() {
        let here = folder();
        let path = here.path().join("a.bin");
        write(&path, Existing::Refuse, b"codes").expect("a write");
        assert_eq!(read(&path).expect("a read"), b"codes");
        assert_eq!(names(here.path()), ["a.bin"]);
    }

    #[test]
    fn an_existing_file_stays_unless_replacing_is_wanted() {
        let here = folder();
        let path = here.path().join("a.bin");
        write(&path, Existing::Refuse, b"old").expect("a write");
        let refused = write(&path, Existing::Refuse, b"new").expect_err("it exists").0.remove(0);
        assert_eq!(refused.code, "LL5003");
        assert!(refused.message.contains("a.bin") && refused.help[0].contains("--force"));
        assert_eq!(read(&path).expect("a read"), b"old");
        write(&path, Existing::Replace, b"new").expect("a forced write");
        assert_eq!(read(&path).expect("a read"), b"new");
    }

    #[test]
    fn a_file_that_appears_while_we_write_is_kept() {
        let here = folder();
        let path = here.path().join("a.bin");
        let refused = write_with(&path, Existing::Refuse, |file| {
            std::fs::write(&path, b"theirs")?;
            file.write_all(b"ours")
        })
        .expect_err("somebody was faster")
        .0
        .remove(0);
        assert_eq!(refused.code, "LL5003");
        assert_eq!(read(&path).expect("a read"), b"theirs");
        assert_eq!(names(here.path()), ["a.bin"]);
    }

    #[test]
    fn a_full_disk_leaves_the_old_file_and_no_part_of_the_new() {
        let here = folder();
        let path = here.path().join("a.bin");
        write(&path, Existing::Refuse, b"old").expect("a write");
        let full = write_with(&path, Existing::Replace, |file| {
            Disk { room: 5000, under: file }.write_all(&[7; 9000])
        })
        .expect_err("the disk is full")
        .0
        .remove(0);
        assert_eq!(full.code, "LL5004");
        assert!(full.message.contains("a.bin"), "{full}");
        assert_eq!(read(&path).expect("a read"), b"old");
        assert_eq!(names(here.path()), ["a.bin"]);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_system_s_own_full_device_is_recognised() {
        let mut full = File::options().write(true).open("/dev/full").expect("the device");
        let error = full.write_all(b"x").expect_err("it is always full");
        assert_eq!(cannot_write(Path::new("a.bin"), &error).0[0].code, "LL5004");
    }

    #[test]
    fn a_parent_that_is_a_file_or_absent_is_named() {
        let here = folder();
        let file = here.path().join("file");
        write(&file, Existing::Refuse, b"").expect("a write");
        let below =
            write(&file.join("a.bin"), Existing::Refuse, b"x").expect_err("no folder").0.remove(0);
        assert_eq!(below.code, "LL5002");
        assert!(below.help[0].contains("`-o PATH`"), "{below:?}");
        let absent = here.path().join("absent");
        let lost = write(&absent.join("a.bin"), Existing::Refuse, b"x")
            .expect_err("no folder")
            .0
            .remove(0);
        assert!(lost.help[0].contains("make the folder"), "{lost:?}");
        let made = make_folder(&file.join("sub")).expect_err("a file is in the way").0.remove(0);
        assert_eq!(made.code, "LL5005");
    }

    #[cfg(unix)]
    #[test]
    fn a_read_only_folder_is_named_with_a_way_out() {
        use std::os::unix::fs::PermissionsExt as _;
        let here = folder();
        let mode = |m| std::fs::set_permissions(here.path(), std::fs::Permissions::from_mode(m));
        mode(0o555).expect("our own folder");
        let result = write(&here.path().join("a.bin"), Existing::Refuse, b"x");
        mode(0o755).expect("our own folder");
        // An administrator may write anywhere, so a system that lets us is not a failure.
        if let Err(refused) = result.map_err(|mut found| found.0.remove(0)) {
            assert_eq!(refused.code, "LL5002");
            assert!(refused.help[0].contains("writable"), "{refused:?}");
        }
    }

    #[test]
    fn a_refusal_for_lack_of_permission_says_what_to_change() {
        for kind in [ErrorKind::PermissionDenied, ErrorKind::ReadOnlyFilesystem] {
            let refused = cannot_write(Path::new("results/a.bin"), &kind.into()).0.remove(0);
            assert_eq!(refused.code, "LL5002");
            assert!(refused.help[0].contains("make `results` writable"), "{refused:?}");
        }
    }

    #[test]
    fn unreadable_and_binary_inputs_are_told_apart() {
        let here = folder();
        let lost = read(&here.path().join("net.toml")).expect_err("absent").0.remove(0);
        assert_eq!(lost.code, "LL5001");
        assert!(lost.message.contains("net.toml"));
        assert_eq!(read(here.path()).expect_err("a folder").0[0].code, "LL5001");
        let path = here.path().join("net.toml");
        write(&path, Existing::Refuse, b"ok \xff").expect("a write");
        let binary = read_text(&path).expect_err("not UTF-8").0.remove(0);
        assert_eq!(binary.code, "LL1314");
        assert!(binary.message.contains("byte 3"), "{binary}");
    }
}
