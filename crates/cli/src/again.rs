//! The command line, for the commands that go on from where a run was.

use std::fmt;

/// The arguments of the program, without its name.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Line(Vec<String>);

impl Line {
    /// Those that it was started with.
    #[must_use]
    pub fn of_program() -> Self {
        Self(std::env::args_os().skip(1).map(|one| one.to_string_lossy().into_owned()).collect())
    }

    /// The line without a flag that has a value, where `goes` says so of the value.
    #[must_use]
    pub fn without(self, names: &[&str], goes: impl Fn(&str) -> bool) -> Self {
        let mut rest = Vec::new();
        let mut all = self.0.into_iter().peekable();
        while let Some(one) = all.next() {
            let whole = names.contains(&one.as_str());
            let joined = one.split_once('=').filter(|(name, _)| names.contains(name));
            let value = if whole { all.peek().cloned() } else { joined.map(|(_, v)| v.to_owned()) };
            let is_gone = value.is_some_and(|value| goes(&value));
            if whole {
                rest.extend([Some(one), all.next()].into_iter().flatten().filter(|_| !is_gone));
            } else if !is_gone {
                rest.push(one);
            }
        }
        Self(rest)
    }

    /// The line with a flag more.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl fmt::Display) -> Self {
        self.0.extend([name.to_owned(), value.to_string()]);
        self
    }
}

impl fmt::Display for Line {
    /// As a shell takes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "leadlag")?;
        self.0.iter().try_for_each(|one| write!(f, " {}", quoted(one)))
    }
}

fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-./,:=@%+".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(words: &[&str]) -> Line {
        Line(words.iter().map(|&word| word.to_owned()).collect())
    }

    #[test]
    fn flags_are_taken_out_in_both_spellings() {
        let all = line(&["run", "a", "--from", "x", "--json", "--from=y", "--steps", "3"]);
        let rest = all.without(&["--from"], |_| true).with("--from", "z");
        assert_eq!(rest.to_string(), "leadlag run a --json --steps 3 --from z");
        let all = line(&["run", "--at", "3", "--at=9", "--at", "12"]);
        let rest = all.without(&["--at"], |value| value.parse::<u64>().is_ok_and(|at| at <= 9));
        assert_eq!(rest.to_string(), "leadlag run --at 12");
    }

    #[test]
    fn a_shell_reads_back_what_was_meant() {
        let all = line(&["run", "my net.toml", "--break", "it's > 3", ""]);
        assert_eq!(all.to_string(), r"leadlag run 'my net.toml' --break 'it'\''s > 3' ''");
    }
}
