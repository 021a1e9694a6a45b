//! All that building and testing need: one function a tool. What is there in the right version is left alone.

pub mod debian;

use crate::project;
use crate::shell::{self, Failure, Outcome, Run, While, step};
use crate::toolchain::{self, WasmToolchain};
use crate::version;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// The version of Trunk that is known to build the page; a newer one wants a newer Rust.
const TRUNK: &str = "0.21.14";

/// What the npm packages need.
const NODE: &str = "20";

/// What the page is built with.
#[derive(Clone, Debug)]
pub struct Kit {
    /// The Rust that builds for the browser.
    pub rust: WasmToolchain,
    /// Where the tools are that were installed for this project.
    pub tools: PathBuf,
}

impl Kit {
    /// A command that finds all tools and builds for the browser.
    pub fn run(&self, program: &str) -> Run {
        let run = Run::new(program).dir(project::root());
        self.rust.with(run.path_first(&[project::npm_programs(), self.tools.join("bin")]))
    }
}

/// All that building the page needs.
pub fn for_building() -> Outcome<Kit> {
    let tools = project::tools()?;
    // Two checkouts that set up at once would tread on each other's feet.
    let lock = File::create(tools.join("lock")).doing(|| format!("write into {}", tools.display()))?;
    if lock.try_lock().is_err() {
        println!("• wait for another set-up on this machine");
        lock.lock().doing(|| "wait for another set-up".to_owned())?;
    }
    node()?;
    let rust = toolchain::ensure(&tools)?;
    wasm_bindgen(&tools)?;
    trunk(&tools)?;
    npm_packages(&tools)?;
    Ok(Kit { rust, tools })
}

/// All that building and testing need.
pub fn all() -> Outcome<Kit> {
    rust_component("rustfmt", "fmt")?;
    rust_component("clippy", "clippy")?;
    let kit = for_building()?;
    crate::browser::ensure(&kit.tools)?;
    println!("• everything is set up");
    Ok(kit)
}

fn node() -> Outcome {
    let missing = |what: &str| {
        Failure::new(format!(
            "{what}: install Node.js {NODE} or newer with npm, from https://nodejs.org or your system's packages"
        ))
    };
    let said = Run::new("node").args(["--version"]).output().map_err(|_| missing("Node.js is missing"))?;
    let there = version::of_program(&said).unwrap_or_default();
    if !version::at_least(there, NODE) {
        return Err(missing(&format!("Node.js {there} is too old")));
    }
    shell::find("npm").map(|_| ()).ok_or_else(|| missing("npm is missing"))
}

fn rust_component(component: &str, subcommand: &str) -> Outcome {
    let there = || Run::new("cargo").args([subcommand, "--version"]).dir(project::root()).output().is_ok();
    if there() {
        return Ok(());
    }
    let added = step(&format!("add {component} with rustup"), || {
        Run::new("rustup").args(["component", "add", component]).dir(project::root()).show()
    });
    added.map_err(|failure| Failure::new(format!("`cargo {subcommand}` is missing and cannot be added: {failure}")))
}

fn wasm_bindgen(tools: &Path) -> Outcome {
    let wanted = version::locked("wasm-bindgen")?;
    cargo_tool(
        tools,
        &Tool {
            programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
            package: "wasm-bindgen-cli",
            version: &wanted,
            options: &[],
            takes: "3 to 5 minutes, once",
        },
    )
}

fn trunk(tools: &Path) -> Outcome {
    cargo_tool(
        tools,
        &Tool {
            programs: &["trunk"],
            package: "trunk",
            version: TRUNK,
            // Its downloads are not used: everything it needs is installed here.
            options: &["--locked", "--no-default-features"],
            takes: "5 to 15 minutes, once",
        },
    )
}

/// A tool that cargo installs.
struct Tool<'a> {
    programs: &'a [&'a str],
    package: &'a str,
    version: &'a str,
    options: &'a [&'a str],
    takes: &'a str,
}

fn cargo_tool(tools: &Path, tool: &Tool) -> Outcome {
    let own = |program: &str| tools.join("bin").join(program);
    let ready = |program: &&str| {
        let found = Some(own(program)).filter(|file| file.is_file()).or_else(|| shell::find(program));
        found.is_some_and(|found| version::is(&found, tool.version))
    };
    if tool.programs.iter().all(ready) {
        return Ok(());
    }
    let Tool { package, version, .. } = tool;
    step(&format!("install {package} {version} with cargo ({})", tool.takes), || {
        // Kept until it is done: an install that was interrupted goes on where it was.
        let build = tools.join("build").join(package);
        Run::new("cargo")
            .env("CARGO_TARGET_DIR", &build)
            .args(["install", package, "--version", version, "--force", "--root"])
            .args([tools])
            .args(tool.options)
            // These run for seconds and are compiled for minutes.
            .args(["--config", "profile.release.opt-level=1", "--config", "profile.release.lto=false"])
            .dir(tools)
            .log(&tools.join(format!("{package}.log")))?;
        let _ = fs::remove_dir_all(&build);
        Ok(())
    })
}

fn npm_packages(tools: &Path) -> Outcome {
    let lock = project::root().join("package-lock.json");
    let wanted = fs::read_to_string(lock).doing(|| "read package-lock.json".to_owned())?;
    let stamp = project::root().join("node_modules/.setwise-lock");
    if fs::read_to_string(&stamp).is_ok_and(|there| there == wanted) {
        return Ok(());
    }
    step("install the npm packages", || {
        Run::new("npm").args(["ci", "--no-progress"]).dir(project::root()).log(&tools.join("npm.log"))?;
        fs::write(&stamp, &wanted).doing(|| format!("write {}", stamp.display()))
    })
}
