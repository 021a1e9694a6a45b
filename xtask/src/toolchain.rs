//! The Rust that builds for the browser: rustup's where its server can be reached, else Debian's.

use crate::project;
use crate::setup::debian;
use crate::shell::{self, Failure, Outcome, Run, While, step};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The target of the page.
pub const WASM: &str = "wasm32-unknown-unknown";

/// What Debian's Rust consists of. Beside it comes the linker, which is named after its version.
const DEBIAN_PACKAGES: &[&str] = &["rustc-web", "cargo-web", "rust-web-clippy", "rust-web-llvm", "rust-web-src"];

/// The name under which rustup knows Debian's Rust.
const DEBIAN_TOOLCHAIN: &str = "distro";

/// A change of how the standard library is built must change this too, so that machines build it again.
const RECIPE: &str = "std,panic_abort,test with bitcode, 1";

/// The toolchain that builds for [`WASM`]. Native builds always use the default one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WasmToolchain {
    /// The one that is active anyhow.
    Active,
    /// Debian's, linked into rustup.
    Debian,
}

impl WasmToolchain {
    /// A command that builds with this toolchain.
    pub fn with(self, run: Run) -> Run {
        match self {
            WasmToolchain::Active => run,
            WasmToolchain::Debian => run.env("RUSTUP_TOOLCHAIN", DEBIAN_TOOLCHAIN),
        }
    }
}

/// Finds the toolchain, or makes it: first by rustup, then from Debian's packages.
pub fn ensure(tools: &Path) -> Outcome<WasmToolchain> {
    if active_has_target() {
        return Ok(WasmToolchain::Active);
    }
    if shell::find("rustup").is_none() {
        return Err(Failure::new(format!(
            "this Rust cannot build for {WASM} and rustup, which adds that, is missing: install it from https://rustup.rs"
        )));
    }
    if debian_is_ready() {
        return Ok(WasmToolchain::Debian);
    }
    if step(&format!("add the target {WASM} with rustup"), || Ok(added_by_rustup(tools)))? {
        return Ok(WasmToolchain::Active);
    }
    println!("  rustup cannot download it here, so Debian's Rust builds the page instead");
    debian_toolchain(tools)?;
    Ok(WasmToolchain::Debian)
}

fn added_by_rustup(tools: &Path) -> bool {
    let run = Run::new("rustup").args(["target", "add", WASM]).dir(project::root());
    run.log_within(&tools.join("rustup.log"), Duration::from_secs(300)).is_ok() && active_has_target()
}

fn active_has_target() -> bool {
    let folder = Run::new("rustc").args(["--print", "target-libdir", "--target", WASM]).dir(project::root()).output();
    folder.is_ok_and(|folder| has_library(Path::new(&folder)))
}

fn has_library(folder: &Path) -> bool {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    files.map(|file| file.file_name()).any(|name| name.to_string_lossy().starts_with("libstd-"))
}

/// Debian's compiler, whatever else is in `PATH`.
fn debian_rustc() -> Run {
    Run::new("/usr/bin/rustc")
}

fn debian_library() -> Outcome<PathBuf> {
    let sysroot = debian_rustc().args(["--print", "sysroot"]).output()?;
    Ok(Path::new(&sysroot).join("lib/rustlib").join(WASM).join("lib"))
}

/// Says for which compiler, and how, the standard library was built.
fn stamp() -> Outcome<String> {
    Ok(format!("{}\n{RECIPE}\n", debian_rustc().args(["-vV"]).output()?))
}

fn debian_is_ready() -> bool {
    let linked = || Run::new("rustup").args(["run", DEBIAN_TOOLCHAIN, "cargo", "clippy", "--version"]).output().is_ok();
    debian_library_is_built() && linked()
}

fn debian_library_is_built() -> bool {
    let built = || -> Outcome<bool> {
        let there = fs::read_to_string(debian_library()?.join("setwise.stamp")).unwrap_or_default();
        Ok(there == stamp()?)
    };
    Path::new("/usr/bin/rustc").exists() && built().unwrap_or(false)
}

fn debian_toolchain(tools: &Path) -> Outcome {
    if !debian_library_is_built() {
        if debian::is_there() && !debian::may_install() {
            return Err(Failure::new(format!(
                "rustup cannot download the target {WASM} here and Debian's packages need root: \
                 run `cargo xtask setup` once as root, or where rustup reaches its server"
            )));
        }
        debian::install("Debian's Rust", DEBIAN_PACKAGES, tools)?;
        debian::install("its linker", &[&linker_package()?], tools)?;
        step(&format!("build the standard library for {WASM} (one to two minutes, once)"), || standard_library(tools))?;
    }
    step("link Debian's Rust into rustup", || {
        Run::new("rustup").args(["toolchain", "link", DEBIAN_TOOLCHAIN, "/usr"]).log(&tools.join("rustup.log"))
    })
}

/// `/usr/bin/rust-lld` links to `…/llvm-N/bin/lld`, or straight to `lld-N`: the package is `lld-N`.
fn linker_package() -> Outcome<String> {
    let link = fs::read_link("/usr/bin/rust-lld").doing(|| "see which linker Debian's Rust uses".to_owned())?;
    linker_of(&link).ok_or_else(|| {
        Failure::new(format!("Debian's Rust uses the linker {}, whose package is not known", link.display()))
    })
}

fn linker_of(link: &Path) -> Option<String> {
    let mut names = link.iter().map(|name| name.to_string_lossy());
    let version = names.find_map(|name| {
        let version = name.strip_prefix("llvm-").or_else(|| name.strip_prefix("lld-"))?;
        version.bytes().all(|byte| byte.is_ascii_digit()).then(|| version.to_owned())
    })?;
    Some(format!("lld-{version}"))
}

/// Builds the standard library in an empty crate and puts it where Debian's compiler looks for it.
fn standard_library(tools: &Path) -> Outcome {
    let folder = tools.join("std-build");
    let source = folder.join("src");
    fs::create_dir_all(&source).doing(|| format!("make the folder {}", source.display()))?;
    write(&folder.join("Cargo.toml"), "[package]\nname = \"empty\"\nedition = \"2024\"\n[workspace]\n")?;
    write(&source.join("lib.rs"), "#![no_std]\n")?;
    Run::new("/usr/bin/cargo")
        .args(["build", "--release", "-Z", "build-std=std,panic_abort,test", "--target", WASM])
        .dir(&folder)
        .without_env(&["RUSTUP_TOOLCHAIN", "RUSTC", "RUSTC_WRAPPER", "CARGO_ENCODED_RUSTFLAGS"])
        .path_first(&[PathBuf::from("/usr/bin"), PathBuf::from("/bin")])
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", "-Cembed-bitcode=yes")
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .log(&tools.join("std.log"))?;

    let built = folder.join("target").join(WASM).join("release/deps");
    let library = debian_library()?;
    let fresh = library.with_file_name("lib.new");
    let _ = fs::remove_dir_all(&fresh);
    fs::create_dir_all(&fresh).doing(|| format!("make the folder {}", fresh.display()))?;
    for entry in fs::read_dir(&built).doing(|| format!("read {}", built.display()))?.flatten() {
        let name = entry.file_name();
        let text = name.to_string_lossy();
        if text.ends_with(".rlib") && !text.starts_with("libempty-") {
            fs::copy(entry.path(), fresh.join(&name)).doing(|| format!("copy {text} into {}", fresh.display()))?;
        }
    }
    write(&fresh.join("setwise.stamp"), &stamp()?)?;
    let _ = fs::remove_dir_all(&library);
    fs::rename(&fresh, &library).doing(|| format!("put the standard library at {}", library.display()))?;
    let _ = fs::remove_dir_all(&folder);
    // What was built against an older standard library does not fit any more.
    let _ = fs::remove_dir_all(project::target().join(WASM));
    Ok(())
}

fn write(file: &Path, text: &str) -> Outcome {
    fs::write(file, text).doing(|| format!("write {}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_package_of_the_linker_follows_its_version() {
        assert_eq!(linker_of(Path::new("../lib/llvm-22/bin/lld")).as_deref(), Some("lld-22"));
        assert_eq!(linker_of(Path::new("lld-19")).as_deref(), Some("lld-19"));
        assert_eq!(linker_of(Path::new("rust-lld")), None);
    }
}
