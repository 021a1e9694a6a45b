//! Counting tests: every runner says in its own words how many passed and failed.

use std::fmt;
use std::ops::AddAssign;

/// How many tests passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Those that passed.
    pub passed: u64,
    /// Those that failed.
    pub failed: u64,
}

impl Tally {
    /// Counts a line that a runner printed, where it is one that counts.
    pub fn read(&mut self, line: &str) {
        let line = plain(line);
        if let Some(counted) = of_libtest(&line).or_else(|| of_node(&line)) {
            *self += counted;
        }
    }

    /// What a runner's exit says beside its count: a failed run without a failed test is a failure of its own, as when
    /// it does not compile, and so is a run of no tests at all.
    pub fn closed(mut self, succeeded: bool) -> Tally {
        if self.failed == 0 && (!succeeded || self.passed == 0) {
            self.failed = 1;
        }
        self
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// `cargo test` and `wasm-bindgen-test-runner`: `test result: ok. 3 passed; 0 failed; 1 ignored; …`.
fn of_libtest(line: &str) -> Option<Tally> {
    let counts = line.strip_prefix("test result: ")?.split_once(". ")?.1;
    let count = |what: &str| counts.split("; ").find_map(|part| part.strip_suffix(what)?.trim().parse().ok());
    Some(Tally { passed: count(" passed")?, failed: count(" failed")? })
}

/// Node's runner: `ℹ pass 3`, `ℹ fail 1` and `ℹ cancelled 0`, or `# pass 3`, each on a line of its own.
fn of_node(line: &str) -> Option<Tally> {
    let (what, count) = line.strip_prefix("ℹ ").or_else(|| line.strip_prefix("# "))?.split_once(' ')?;
    let count = count.parse().ok()?;
    match what {
        "pass" => Some(Tally { passed: count, failed: 0 }),
        "fail" | "cancelled" => Some(Tally { passed: 0, failed: count }),
        _ => None,
    }
}

/// The line without colours.
fn plain(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut rest = line.trim_end().chars();
    while let Some(char) = rest.next() {
        if char == '\u{1b}' {
            rest.by_ref().find(char::is_ascii_alphabetic);
        } else {
            plain.push(char);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(output: &str) -> Tally {
        let mut tally = Tally::default();
        output.lines().for_each(|line| tally.read(line));
        tally
    }

    #[test]
    fn all_runs_of_cargo_test_add_up() {
        let output = "
running 2 tests
test a ... ok
test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
test result: FAILED. 10 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.10s
";
        assert_eq!(counted(output), Tally { passed: 12, failed: 3 });
    }

    #[test]
    fn nodes_lines_add_up_plain_and_coloured() {
        let spec =
            "ℹ tests 5\nℹ suites 0\nℹ pass 3\nℹ fail 1\nℹ cancelled 1\nℹ skipped 0\nℹ todo 0\nℹ duration_ms 5.1\n";
        assert_eq!(counted(spec), Tally { passed: 3, failed: 2 });
        assert_eq!(
            counted("\u{1b}[34mℹ pass 3\u{1b}[39m\n\u{1b}[34mℹ fail 0\u{1b}[39m\n"),
            Tally { passed: 3, failed: 0 }
        );
        assert_eq!(counted("# tests 2\n# pass 2\n# fail 0\n"), Tally { passed: 2, failed: 0 });
    }

    #[test]
    fn what_a_test_prints_itself_does_not_count() {
        assert_eq!(counted("pass 3\n12 passed, 0 failed\nℹ pass many\ntest result: ok\n"), Tally::default());
    }

    #[test]
    fn a_run_that_failed_counts_as_failed_even_without_a_failed_test() {
        let closed = |passed, failed, succeeded| Tally { passed, failed }.closed(succeeded).failed;
        assert_eq!(closed(3, 0, true), 0);
        assert_eq!(closed(3, 0, false), 1);
        assert_eq!(closed(3, 2, false), 2);
        assert_eq!(closed(0, 0, true), 1, "no test ran");
    }

    #[test]
    fn the_closing_line_has_its_exact_form() {
        assert_eq!(Tally { passed: 12, failed: 0 }.to_string(), "12 passed, 0 failed");
    }
}
