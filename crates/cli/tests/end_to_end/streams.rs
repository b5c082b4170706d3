//! Pipes that close, devices that are full: what a shell can do to the streams.
#![cfg(unix)]

use crate::program::Program;

#[test]
fn a_reader_that_has_seen_enough_ends_the_program_quietly() {
    let program = Program::new();
    let done =
        program.shell("{ \"$LEADLAG\" completions bash; echo \"exit $?\" >&2; } | head -c 1");
    assert_eq!(done.stdout.len(), 1);
    assert_eq!(done.stderr, "exit 0\n");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_stdout_is_an_environment_error() {
    let program = Program::new();
    let full = program.shell("\"$LEADLAG\" help LL5003 > /dev/full");
    assert_eq!(full.code, 6);
    assert!(full.stderr.starts_with("error[LL5007]: "), "{full:?}");
}

/// The shell's limit on file sizes is a full disk that needs no administrator.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_no_part_of_a_file() {
    let program = Program::new();
    let full = program.shell("trap '' XFSZ; ulimit -f 0; \"$LEADLAG\" new first");
    assert_eq!(full.code, 6);
    assert!(full.stderr.starts_with("error[LL5004]: no room for `first.toml`"), "{full:?}");
    assert!(program.files().is_empty(), "{:?}", program.files());
}

#[test]
fn a_closed_stderr_does_not_change_the_exit_code() {
    let program = Program::new();
    assert_eq!(program.shell("\"$LEADLAG\" new a/b 2>&-").code, 3);
}
