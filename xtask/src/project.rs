//! Where things are.

use crate::shell::{Outcome, While};
use std::path::{Path, PathBuf};

/// The root of the repository.
pub fn root() -> &'static Path {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask)
}

/// The static page, once built.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// The programs of the npm packages.
pub fn npm_programs() -> PathBuf {
    root().join("node_modules/.bin")
}

/// What cargo builds, and what else can be made again.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |folder| root().join(folder))
}

/// The tools that all checkouts share: made where it is not there.
pub fn tools() -> Outcome<PathBuf> {
    let cache = std::env::var_os("XDG_CACHE_HOME").filter(|folder| !folder.is_empty()).map(PathBuf::from);
    let home = || std::env::home_dir().unwrap_or_else(|| PathBuf::from("."));
    let tools = cache.unwrap_or_else(|| home().join(".cache")).join("setwise/tools");
    std::fs::create_dir_all(tools.join("bin")).doing(|| format!("make the folder {}", tools.display()))?;
    Ok(tools)
}
