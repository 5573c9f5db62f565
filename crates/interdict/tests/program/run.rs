//! The program as a process in a home folder of its own, and its answers without what changes from run to run.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A home folder that goes away with the test.
pub(crate) struct Home {
    folder: TempDir,
    inputs: TempDir,
}

/// What a run printed and how it ended.
pub(crate) struct Done {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Home {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), inputs: tempfile::tempdir().unwrap() }
    }

    /// Runs the program to its end.
    pub(crate) fn run<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> Done {
        self.run_in(Path::new("."), args)
    }

    /// The same in the folder of the inputs.
    pub(crate) fn run_beside_inputs<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> Done {
        self.run_in(self.inputs.path(), args)
    }

    /// The same with a text on standard input.
    pub(crate) fn run_with_input<'a>(&self, input: &str, args: impl IntoIterator<Item = &'a str>) -> Done {
        let mut command = self.command(Path::new("."), args);
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        Done::of(child.wait_with_output().unwrap())
    }

    fn run_in<'a>(&self, folder: &Path, args: impl IntoIterator<Item = &'a str>) -> Done {
        Done::of(self.command(folder, args).output().unwrap())
    }

    fn command<'a>(&self, folder: &Path, args: impl IntoIterator<Item = &'a str>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_interdict"));
        command
            .args(args)
            .current_dir(folder)
            .env("INTERDICT_HOME", self.folder.path())
            .env_remove("INTERDICT_CONFIG")
            .env("COLUMNS", "100");
        command
    }

    /// Where inputs are.
    pub(crate) fn inputs(&self) -> &Path {
        self.inputs.path()
    }

    /// Writes an input file, or the configuration, and gives its path.
    pub(crate) fn write(&self, name: &str, text: &str) -> String {
        let folder = if name == "config.toml" { &self.folder } else { &self.inputs };
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    }

    /// The files of the home folder in the order of their names.
    pub(crate) fn files(&self) -> Vec<String> {
        let mut files = Vec::new();
        collect(self.folder.path(), &mut files);
        files.sort();
        files
    }
}

fn collect(folder: &Path, files: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { collect(&path, files) } else { files.push(path.display().to_string()) }
    }
}

impl Done {
    fn of(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    pub(crate) fn json(&self) -> Value {
        let told = |_| format!("no JSON: {}{}", self.stdout, self.stderr);
        serde_json::from_str(&self.stdout).map_err(told).unwrap()
    }
}

/// The folder of fixtures of a list.
pub(crate) fn fixture(name: &str) -> String {
    format!("{}/../interdict-lists/tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// An answer without digests, times and folders.
pub(crate) fn steady(value: &Value) -> Value {
    match value {
        Value::Object(object) => {
            let member = |(key, value): (&String, &Value)| {
                let changes = [
                    "digest",
                    "version",
                    "seconds",
                    "imported_at",
                    "came_at",
                    "home",
                    "age_days",
                    "digest_before",
                    "edition",
                    "evidence",
                ];
                let value = match value {
                    Value::Null => Value::Null,
                    _ if changes.contains(&key.as_str()) => Value::from("…"),
                    value => steady(value),
                };
                (key.clone(), value)
            };
            Value::Object(object.iter().map(member).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(steady).collect()),
        value => value.clone(),
    }
}

/// A text without the versions in it, which are twelve hexadecimal digits.
pub(crate) fn steady_text(text: &str) -> String {
    let is_version = |word: &str| word.len() == 12 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let line = |line: &str| {
        line.split(' ').map(|word| if is_version(word) { "…" } else { word }).collect::<Vec<_>>().join(" ")
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// A score or a contribution as a whole number.
#[expect(clippy::cast_possible_truncation, reason = "scores are within ±1")]
pub(crate) fn ten_thousandths(number: &Value) -> i64 {
    (number.as_f64().unwrap() * 10_000.0).round() as i64
}
