//! Runs the built program in a temporary folder.

use std::path::Path;
use std::process::{Command, Output};

/// The program with a folder of its own.
#[derive(Debug)]
pub(crate) struct Program {
    folder: tempfile::TempDir,
}

/// What a run of it left.
#[derive(Debug)]
pub(crate) struct Ended {
    /// Exit code.
    pub(crate) code: i32,
    /// All of stdout.
    pub(crate) stdout: String,
    /// All of stderr.
    pub(crate) stderr: String,
}

impl Program {
    /// In a new empty folder.
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// Runs it with these arguments.
    pub(crate) fn run(&self, args: &[&str]) -> Ended {
        self.run_with(args, &[])
    }

    /// Runs it with these arguments and variables.
    pub(crate) fn run_with(&self, args: &[&str], variables: &[(&str, &str)]) -> Ended {
        let mut command = self.command(env!("CARGO_BIN_EXE_leadlag"));
        command.args(args).envs(variables.iter().copied());
        command.output().expect("the program starts").into()
    }

    /// Starts it with these arguments, its words unheard.
    pub(crate) fn start(&self, args: &[&str]) -> std::process::Child {
        let mut command = self.command(env!("CARGO_BIN_EXE_leadlag"));
        let quiet = std::process::Stdio::null;
        command.args(args).stdout(quiet()).stderr(quiet()).spawn().expect("the program starts")
    }

    /// Starts it with these arguments, its words in a pipe that nobody empties.
    #[cfg(unix)]
    pub(crate) fn start_unread(&self, args: &[&str]) -> std::process::Child {
        let mut command = self.command(env!("CARGO_BIN_EXE_leadlag"));
        let (words, quiet) = (std::process::Stdio::piped(), std::process::Stdio::null());
        command.args(args).stdout(words).stderr(quiet).spawn().expect("the program starts")
    }

    /// Starts it with these arguments and interrupts it, as Ctrl-C does, when it has said its first word
    /// on stderr; `run`, which needs `-v` for it, when it has said that it begins.
    #[cfg(unix)]
    pub(crate) fn interrupt(&self, args: &[&str]) -> Ended {
        use std::io::{BufRead as _, BufReader, Read as _};
        let mut command = self.command(env!("CARGO_BIN_EXE_leadlag"));
        let piped = std::process::Stdio::piped;
        command.args(args).stdout(piped()).stderr(piped());
        let mut child = command.spawn().expect("the program starts");
        let mut words = BufReader::new(child.stderr.take().expect("a pipe"));
        let mut stderr = String::new();
        let begins = |said: &str| args.first() != Some(&"run") || said.contains("  begins ");
        while words.read_line(&mut stderr).expect("a word") > 0 && !begins(&stderr) {}
        interrupt(&child);
        words.read_to_string(&mut stderr).expect("text");
        let output = child.wait_with_output().expect("our own child");
        Ended { stderr, ..Ended::from(output) }
    }

    /// Runs a line of `sh` that finds the program in `$LEADLAG`.
    pub(crate) fn shell(&self, line: &str) -> Ended {
        let mut command = self.command("sh");
        command.args(["-c", line]).env("LEADLAG", env!("CARGO_BIN_EXE_leadlag"));
        command.output().expect("a shell starts").into()
    }

    /// The content of a file in the folder.
    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path().join(name)).expect("a file of the program")
    }

    /// The bytes of a file in the folder.
    pub(crate) fn bytes(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path().join(name)).expect("a file of the program")
    }

    /// Makes a folder in the folder.
    pub(crate) fn make_folder(&self, name: &str) {
        std::fs::create_dir(self.path().join(name)).expect("a new folder");
    }

    /// Names of everything in the folder.
    pub(crate) fn files(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.path()).expect("our own folder");
        let name = |entry: std::fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
        entries.map(|entry| name(entry.expect("an entry"))).collect()
    }

    /// The folder.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.path()).env_remove("NO_COLOR");
        command
    }
}

/// Sends what Ctrl-C sends.
#[cfg(unix)]
pub(crate) fn interrupt(child: &std::process::Child) {
    let kill = format!("kill -INT {}", child.id());
    let sent = Command::new("sh").args(["-c", &kill]).status().expect("a shell");
    assert!(sent.success(), "it ended before the signal came");
}

/// The exit code of a program that ends within a minute.
#[cfg(unix)]
pub(crate) fn code(mut child: std::process::Child) -> Option<i32> {
    let ended = (0..6000).find_map(|_| {
        std::thread::sleep(std::time::Duration::from_millis(10));
        child.try_wait().expect("our own child")
    });
    if ended.is_none() {
        child.kill().expect("our own child");
    }
    ended.expect("it ends within a minute").code()
}

impl Ended {
    /// stdout as one JSON object of a run that went well.
    pub(crate) fn json_stdout(&self) -> serde_json::Value {
        assert_eq!((self.code, self.stderr.as_str()), (0, ""), "{self:?}");
        serde_json::from_str(&self.stdout).expect("one JSON object")
    }
}

impl From<Output> for Ended {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        let code = output.status.code().expect("no signal ended it");
        Self { code, stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}
