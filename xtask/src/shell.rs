//! Running commands, saying what happens and how long it takes.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::Duration;

/// Why something could not be done: one clear sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure(String);

impl Failure {
    /// A failure that says this.
    pub fn new(sentence: impl Into<String>) -> Failure {
        Failure(sentence.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What may fail, and says why.
pub type Outcome<T = ()> = Result<T, Failure>;

/// Adds to a failed input or output what was being done.
pub trait While<T> {
    /// Says what was being done, as in "could not …".
    fn doing(self, what: impl FnOnce() -> String) -> Outcome<T>;
}

impl<T> While<T> for std::io::Result<T> {
    fn doing(self, what: impl FnOnce() -> String) -> Outcome<T> {
        self.map_err(|error| Failure::new(format!("could not {}: {error}", what())))
    }
}

/// Measures how long something takes.
pub struct Stopwatch(std::time::Instant);

impl Stopwatch {
    /// Starts now.
    pub fn start() -> Stopwatch {
        Stopwatch(std::time::Instant::now())
    }

    /// The time since the start.
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

impl fmt::Display for Stopwatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let elapsed = self.elapsed();
        match elapsed.as_secs() {
            0..60 => write!(f, "{:.1} s", elapsed.as_secs_f64()),
            seconds => write!(f, "{} min {:02} s", seconds / 60, seconds % 60),
        }
    }
}

/// Does something that takes a while: says so before, and how long it took after.
pub fn step<T>(what: &str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    println!("• {what}");
    let stopwatch = Stopwatch::start();
    let outcome = work();
    println!("  {} after {stopwatch}", if outcome.is_ok() { "done" } else { "failed" });
    outcome
}

/// What `cargo run` sets for the program it runs. Cargo called from here must not see it: it would build everything
/// again, or the wrong thing.
const SET_BY_CARGO: &[&str] =
    &["CARGO", "CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH", "CARGO_CRATE_NAME", "CARGO_BIN_NAME", "OUT_DIR"];

/// A command to run. It never reads the standard input.
#[derive(Debug)]
pub struct Run(Command);

impl Run {
    /// A program by its name or path.
    pub fn new(program: impl AsRef<OsStr>) -> Run {
        let mut command = Command::new(program);
        command.stdin(Stdio::null());
        for name in SET_BY_CARGO {
            command.env_remove(name);
        }
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("CARGO_PKG_")) {
            command.env_remove(name);
        }
        // The libraries of the toolchain that runs this program are not those of the one that is called.
        command.env_remove("LD_LIBRARY_PATH");
        Run(command)
    }

    /// Adds arguments.
    pub fn args(mut self, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Run {
        self.0.args(arguments);
        self
    }

    /// Sets a variable of the environment.
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Run {
        self.0.env(name, value);
        self
    }

    /// Removes variables of the environment.
    pub fn without_env(mut self, names: &[&str]) -> Run {
        for name in names {
            self.0.env_remove(name);
        }
        self
    }

    /// Runs in this folder.
    pub fn dir(mut self, folder: impl AsRef<Path>) -> Run {
        self.0.current_dir(folder);
        self
    }

    /// Puts these folders before all others in which programs are looked for.
    pub fn path_first(self, folders: &[PathBuf]) -> Run {
        let inherited = std::env::var_os("PATH").unwrap_or_default();
        let all = folders.iter().cloned().chain(std::env::split_paths(&inherited));
        let joined = std::env::join_paths(all).unwrap_or(inherited);
        self.env("PATH", joined)
    }

    /// Runs; its output goes where ours goes.
    pub fn show(mut self) -> Outcome {
        let status = self.0.status().doing(|| format!("start {self}"))?;
        self.check(status)
    }

    /// Runs and gives what it printed.
    pub fn output(mut self) -> Outcome<String> {
        let output = self.0.stderr(Stdio::piped()).output().doing(|| format!("start {self}"))?;
        self.check(output.status)?;
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// Runs; its output goes to a file, of which a failure shows the end.
    pub fn log(mut self, file: &Path) -> Outcome {
        let mut child = self.start_logging(file)?;
        let status = child.wait().doing(|| format!("wait for {self}"))?;
        self.check_logged(status, file)
    }

    /// Runs; its output goes to a file, and nothing of it is shown: for what may well fail. Ends the command when it
    /// takes longer than that.
    pub fn log_within(mut self, file: &Path, limit: Duration) -> Outcome {
        let mut child = self.start_logging(file)?;
        let stopwatch = Stopwatch::start();
        loop {
            if let Some(status) = child.try_wait().doing(|| format!("wait for {self}"))? {
                return self.check(status);
            }
            if stopwatch.elapsed() > limit {
                child.kill().and_then(|()| child.wait()).doing(|| format!("end {self}"))?;
                return Err(Failure::new(format!("{self} was not done after {} s", limit.as_secs())));
            }
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// Runs; each line of its output is shown and given to `line`. Says whether it succeeded.
    pub fn lines(mut self, mut line: impl FnMut(&str)) -> Outcome<bool> {
        let mut child = self.0.stdout(Stdio::piped()).spawn().doing(|| format!("start {self}"))?;
        if let Some(output) = child.stdout.take() {
            let mut out = std::io::stdout();
            for read in BufReader::new(output).split(b'\n') {
                let bytes = read.doing(|| format!("read what {self} prints"))?;
                let text = String::from_utf8_lossy(&bytes);
                // Who listens may have gone; the command's own end is what counts.
                let _ = writeln!(out, "{text}").and_then(|()| out.flush());
                line(&text);
            }
        }
        Ok(child.wait().doing(|| format!("wait for {self}"))?.success())
    }

    fn start_logging(&mut self, file: &Path) -> Outcome<Child> {
        let out = File::create(file).doing(|| format!("write {}", file.display()))?;
        let err = out.try_clone().doing(|| format!("write {}", file.display()))?;
        self.0.stdout(out).stderr(err).spawn().doing(|| format!("start {self}"))
    }

    fn check_logged(&self, status: ExitStatus, file: &Path) -> Outcome {
        let checked = self.check(status);
        if checked.is_err() {
            let log = fs::read_to_string(file).unwrap_or_default();
            let lines: Vec<&str> = log.lines().collect();
            for line in &lines[lines.len().saturating_sub(15)..] {
                println!("  | {line}");
            }
            println!("  | (all of it: {})", file.display());
        }
        checked
    }

    fn check(&self, status: ExitStatus) -> Outcome {
        match status.code() {
            Some(0) => Ok(()),
            Some(code) => Err(Failure::new(format!("{self} failed with exit code {code}"))),
            // Says by which signal, where there are signals.
            None => Err(Failure::new(format!("{self} was ended from outside ({status})"))),
        }
    }
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let program = Path::new(self.0.get_program());
        let name = program.file_name().unwrap_or(program.as_os_str()).to_owned();
        let words: Vec<OsString> = std::iter::once(name).chain(self.0.get_args().map(OsStr::to_owned)).collect();
        write!(f, "`{}`", words.join(OsStr::new(" ")).to_string_lossy())
    }
}

/// Where a program is in `PATH`.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_command_says_which_and_how() {
        let failure = Run::new("sh").args(["-c", "exit 3"]).show().expect_err("exit 3");
        assert_eq!(failure.to_string(), "`sh -c exit 3` failed with exit code 3");
    }

    #[test]
    fn a_missing_program_is_named() {
        let failure = Run::new("no-such-program").show().expect_err("there is none");
        assert!(failure.to_string().starts_with("could not start `no-such-program`: "), "{failure}");
    }

    #[test]
    fn lines_are_handed_on_and_a_failure_is_told() {
        let mut seen = Vec::new();
        let succeeded =
            Run::new("sh").args(["-c", "echo one; echo two; exit 1"]).lines(|line| seen.push(line.to_owned()));
        assert_eq!(succeeded, Ok(false));
        assert_eq!(seen, ["one", "two"]);
    }

    #[test]
    fn a_command_that_takes_too_long_is_ended() {
        let log = std::env::temp_dir().join(format!("setwise-xtask-{}.log", std::process::id()));
        let failure =
            Run::new("sleep").args(["60"]).log_within(&log, Duration::from_millis(100)).expect_err("too long");
        assert_eq!(failure.to_string(), "`sleep 60` was not done after 0 s");
        fs::remove_file(log).expect("the log is there");
    }
}
