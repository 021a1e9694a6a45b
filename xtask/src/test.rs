//! Running all tests.

use crate::browser::{self, Browser};
use crate::build;
use crate::command_line::BuildOptions;
use crate::http::{self, Site};
use crate::project;
use crate::setup::{self, Kit};
use crate::shell::{Failure, Outcome, Run, Stopwatch, While, step};
use crate::tally::Tally;
use crate::toolchain::WASM;
use std::fs;

/// A part of the tests that can be run alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Whether the sources are formatted.
    Format,
    /// What clippy says, natively and for the browser.
    Lint,
    /// `cargo test`, and the checks of the structure.
    Native,
    /// Tests of components, inside a browser.
    Component,
    /// The page, driven from end to end.
    Browser,
}

impl Part {
    const ALL: [Part; 5] = [Part::Format, Part::Lint, Part::Native, Part::Component, Part::Browser];

    /// The part that has this name.
    pub fn named(name: &str) -> Outcome<Part> {
        match name {
            "format" => Ok(Part::Format),
            "lint" => Ok(Part::Lint),
            "native" => Ok(Part::Native),
            "component" => Ok(Part::Component),
            "browser" => Ok(Part::Browser),
            _ => Err(Failure::new(format!(
                "the tests have no part {name}; there are: format lint native component browser"
            ))),
        }
    }
}

/// `cargo xtask test`: says whether all passed. One part that fails does not keep the others from running. The last line
/// that is printed counts the tests.
pub fn command(parts: &[Part]) -> Outcome<bool> {
    let stopwatch = Stopwatch::start();
    let parts = if parts.is_empty() { &Part::ALL } else { parts };
    let kit = setup::all()?;
    let mut session =
        Session { browser: browser::ensure(&kit.tools)?, kit, tally: Tally::default(), failed: Vec::new() };
    for part in parts {
        match part {
            Part::Format => session.check("format", Run::new("cargo").args(["fmt", "--all", "--check"])),
            Part::Lint => session.lint(),
            Part::Native => session.native(),
            Part::Component => session.component(),
            Part::Browser => session.browser()?,
        }
    }
    if session.failed.is_empty() {
        println!("\nAll passed, after {stopwatch}.");
    } else {
        println!("\nFailed, after {stopwatch}: {}.", session.failed.join(", "));
    }
    println!("{}", session.tally);
    Ok(session.tally.failed == 0)
}

/// One run of the tests.
struct Session {
    kit: Kit,
    browser: Browser,
    tally: Tally,
    failed: Vec<&'static str>,
}

impl Session {
    /// Something that counts no tests: it counts as one that failed if it fails.
    fn check(&mut self, name: &'static str, run: Run) {
        self.outcome(name, step(&format!("{name}: {run}"), || run.dir(project::root()).show()));
    }

    fn outcome(&mut self, name: &'static str, outcome: Outcome) {
        if let Err(failure) = outcome {
            println!("  {failure}");
            self.tally.failed += 1;
            self.failed.push(name);
        }
    }

    /// Something that counts its tests.
    fn tests(&mut self, name: &'static str, run: Run) {
        let mut tally = Tally::default();
        let succeeded = step(&format!("{name}: {run}"), || {
            let succeeded = run.dir(project::root()).lines(|line| tally.read(line))?;
            println!("  {} of {} passed", tally.passed, tally.passed + tally.failed);
            Ok(succeeded)
        });
        let tally = tally.closed(succeeded == Ok(true));
        if tally.failed > 0 {
            self.failed.push(name);
        }
        self.tally += tally;
    }

    fn lint(&mut self) {
        const WARNINGS_ARE_ERRORS: [&str; 3] = ["--", "-D", "warnings"];
        let native = Run::new("cargo").args(["clippy", "--workspace", "--all-targets"]).args(WARNINGS_ARE_ERRORS);
        self.check("lint", native);
        let wasm = self.kit.run("cargo").args(["clippy", "--target", WASM, "--lib", "--bins", "--test", "web"]);
        self.check("lint for the browser", wasm.args(WARNINGS_ARE_ERRORS));
    }

    fn native(&mut self) {
        self.tests("native tests", Run::new("cargo").args(["test", "--workspace", "--no-fail-fast"]));
    }

    fn component(&mut self) {
        let run = self.kit.run("cargo").args(["test", "--target", WASM, "--test", "web"]);
        let run = run
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner")
            .env("CHROMEDRIVER", &self.browser.driver);
        self.tests("component tests", run);
    }

    fn browser(&mut self) -> Outcome {
        let built = build::page(&self.kit, &BuildOptions::default());
        if built.is_err() {
            self.outcome("the build", built);
            return Ok(());
        }
        const DEEP: &str = "/course/2026/playground/";
        let site = Site { folder: project::dist(), under: vec![DEEP.to_owned(), "/".to_owned()] };
        let address = http::serve(site, "127.0.0.1", 0)?;
        let screenshots = project::target().join("screenshots");
        fs::create_dir_all(&screenshots).doing(|| format!("make the folder {}", screenshots.display()))?;
        let run = Run::new("node")
            .args(["--test", "--test-reporter=spec", "--test-concurrency=1"])
            .args(browser_tests()?)
            .env("SETWISE_URL", format!("http://{address}/"))
            .env("SETWISE_DEEP_URL", format!("http://{address}{DEEP}"))
            .env("SETWISE_SCREENSHOTS", &screenshots)
            .env("CHROME", &self.browser.chrome);
        self.tests("browser tests", run);
        Ok(())
    }
}

/// The files of the browser tests, from the root of the repository.
fn browser_tests() -> Outcome<Vec<String>> {
    let folder = "tests/browser";
    let entries = fs::read_dir(project::root().join(folder)).doing(|| format!("read {folder}"))?;
    let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut tests: Vec<String> =
        names.filter(|name| name.ends_with(".test.mjs")).map(|name| format!("{folder}/{name}")).collect();
    tests.sort();
    Ok(tests)
}
