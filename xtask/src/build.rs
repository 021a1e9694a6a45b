//! Building the page.

use crate::command_line::BuildOptions;
use crate::editor;
use crate::project;
use crate::setup::{self, Kit};
use crate::shell::{Outcome, Run, While, step};
use crate::site;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// What the page is built from.
const SOURCES: &[&str] = &[
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "editor",
    "index.html",
    "package-lock.json",
    "src",
    "static",
    "xtask/site",
];

/// `cargo xtask build`.
pub fn command(options: &BuildOptions) -> Outcome {
    let kit = setup::for_building()?;
    page(&kit, options)?;
    sizes()
}

/// Builds the page into `dist/`, unless nothing changed since it was built.
pub fn page(kit: &Kit, options: &BuildOptions) -> Outcome {
    let stamp = project::target().join("page.stamp");
    let wanted = format!("{kit:?} {options:?}\n{}", sources()?);
    let is_built = project::dist().join("index.html").is_file();
    if is_built && fs::read_to_string(&stamp).is_ok_and(|there| there == wanted) {
        println!("• the page in dist/ is up to date");
        return Ok(());
    }
    let how = if options.dev { "fast to build" } else { "small to load" };
    step(&format!("build the page, {how}, into dist/"), || {
        let release = if options.dev { "--release=false" } else { "--release=true" };
        kit.run("trunk")
            .args(["build", release])
            .env("TRUNK_SKIP_VERSION_CHECK", "true")
            // Trunk understands true and false only, others also 1.
            .without_env(&["NO_COLOR"])
            .show()?;
        editor::add(kit, options.dev)?;
        site::finish(kit)?;
        fs::write(&stamp, &wanted).doing(|| format!("write {}", stamp.display()))
    })
}

/// The names, sizes and times of all sources: as long as these stay, so does what is built from them.
pub fn sources() -> Outcome<String> {
    let mut all = String::new();
    for source in SOURCES {
        list(&project::root().join(source), &mut all)?;
    }
    Ok(all)
}

fn list(path: &Path, all: &mut String) -> Outcome {
    let reading = || format!("read {}", path.display());
    let metadata = fs::metadata(path).doing(reading)?;
    if metadata.is_dir() {
        let mut inside: Vec<PathBuf> = fs::read_dir(path).doing(reading)?.flatten().map(|entry| entry.path()).collect();
        inside.sort();
        return inside.iter().try_for_each(|path| list(path, all));
    }
    let changed = metadata.modified().doing(reading)?.duration_since(UNIX_EPOCH).unwrap_or_default();
    // Writing into a string cannot fail.
    let _ = writeln!(all, "{} {} {}", path.display(), metadata.len(), changed.as_nanos());
    Ok(())
}

/// Prints what the built page weighs, as it is and as a server sends it.
fn sizes() -> Outcome {
    const WEIGH: &str = "
        const fs = require('node:fs'), path = require('node:path'), zlib = require('node:zlib');
        const weights = fs.readdirSync('.', { recursive: true })
            .filter((name) => fs.statSync(name).isFile())
            .map((name) => [name, fs.readFileSync(name)])
            .map(([name, bytes]) => [name, bytes.length, zlib.gzipSync(bytes, { level: 9 }).length])
            .sort((a, b) => b[2] - a[2]);
        const row = (name, bytes, gzip) => console.log(name.padEnd(48), String(bytes).padStart(10), String(gzip).padStart(10));
        row('file', 'bytes', 'gzip');
        weights.forEach((weight) => row(...weight));
        row('all', ...[1, 2].map((column) => weights.reduce((sum, weight) => sum + weight[column], 0)));
    ";
    Run::new("node").args(["-e", WEIGH]).dir(project::dist()).show()
}
