//! A home folder, the program as a process in it, and what must hold whenever the program refuses something.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A home folder and a folder of input files, both gone after the test.
pub(crate) struct Home {
    home: TempDir,
    inputs: TempDir,
}

/// What a run printed and how it ended.
pub(crate) struct Done {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Home {
    pub(crate) fn new() -> Self {
        Self { home: tempfile::tempdir().unwrap(), inputs: tempfile::tempdir().unwrap() }
    }

    /// A home with the small list `own`, of which Jane Doe is a party.
    pub(crate) fn with_list() -> Self {
        let home = Self::new();
        let file = home.write("own.csv", b"id,name,schema\n1,Jane Doe,Person\n2,Doe Trading Ltd,Company\n");
        let done = home.run(["lists", "import", &file]);
        assert_eq!(done.code, Some(0), "{}", done.stderr);
        home
    }

    /// A file or folder of the home folder.
    pub(crate) fn path(&self, inside: &str) -> PathBuf {
        self.home.path().join(inside)
    }

    /// The path of an input file, which need not be there.
    pub(crate) fn input(&self, name: &str) -> String {
        self.inputs.path().join(name).display().to_string()
    }

    /// Writes an input file and gives its path.
    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.input(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// The program, not yet started.
    pub(crate) fn command<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_interdict"));
        command.args(args).env("INTERDICT_HOME", self.home.path()).env_remove("INTERDICT_CONFIG");
        command.stdin(Stdio::null());
        command
    }

    /// Runs the program to its end.
    pub(crate) fn run<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Done {
        let output = self.command(args).output().unwrap();
        Done {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Every file of the home folder with its bytes, and every folder.
    pub(crate) fn state(&self) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
        let mut state = BTreeMap::new();
        collect(self.home.path(), &mut state);
        state
    }

    /// Runs the program twice, for people and for machines: it must refuse with code 2 and one error that has all these
    /// texts, print no answer, and leave the home folder as it was. The error for machines.
    #[track_caller]
    pub(crate) fn refuses(&self, args: &[&str], texts: &[&str]) -> String {
        self.refuses_as_text(args, texts);
        let before = self.state();
        let done = self.run(args.iter().chain(&["--json"]));
        assert_eq!(done.code, Some(2), "{args:?}: {}", done.stderr);
        assert_eq!(done.stdout, "", "{args:?}");
        let last = done.stderr.lines().last().unwrap_or_default();
        let error: Value = serde_json::from_str(last).map_err(|_| &done.stderr).unwrap();
        let message = error["error"]["message"].as_str().unwrap_or_default();
        for text in texts {
            assert!(message.contains(text), "{args:?}: no {text:?} in: {message}");
        }
        assert!(self.state() == before, "{args:?}: the home folder was changed");
        error["error"]["code"].as_str().unwrap_or_default().to_owned()
    }

    /// As [`Home::refuses`], for people only.
    #[track_caller]
    pub(crate) fn refuses_as_text(&self, args: &[&str], texts: &[&str]) {
        let before = self.state();
        let done = self.run(args);
        assert_eq!(done.code, Some(2), "{args:?}: {}{}", done.stderr, done.stdout);
        assert_eq!(done.stdout, "", "{args:?}");
        done.has_one_error();
        for text in texts {
            assert!(done.stderr.contains(text), "{args:?}: no {text:?} in: {}", done.stderr);
        }
        assert!(self.state() == before, "{args:?}: the home folder was changed");
    }

    /// Runs a screening whose answers are JSON lines: the code it must end with, and its answers.
    #[track_caller]
    pub(crate) fn screens(&self, args: &[&str], code: i32) -> Vec<Value> {
        let before = self.state();
        let done = self.run(["screen"].iter().chain(args).chain(&["--json"]));
        assert_eq!(done.code, Some(code), "{args:?}: {}{}", done.stderr, done.stdout);
        assert!(!done.stderr.contains("error"), "{args:?}: {}", done.stderr);
        assert!(self.state() == before, "{args:?}: the home folder was changed");
        done.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

impl Done {
    #[track_caller]
    fn has_one_error(&self) {
        let n_errors = self.stderr.lines().filter(|line| line.starts_with("error: ")).count();
        assert_eq!(n_errors, 1, "{}", self.stderr);
        assert!(!self.stderr.contains("panicked") && !self.stderr.contains('\u{1b}'), "{}", self.stderr);
    }
}

/// Outcome and, where there is one, the code of the reason.
pub(crate) fn outcome(answer: &Value) -> (&str, &str) {
    (answer["outcome"].as_str().unwrap(), answer["reason"]["code"].as_str().unwrap_or_default())
}

fn collect(folder: &Path, state: &mut BTreeMap<PathBuf, Option<Vec<u8>>>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, state);
            state.insert(path, None);
        } else {
            let bytes = std::fs::read(&path).ok();
            state.insert(path, bytes);
        }
    }
}
