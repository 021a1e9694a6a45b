//! Debian's packages.

use crate::shell::{self, Failure, Outcome, Run, step};
use std::path::Path;

/// Installs what is missing of these packages. Needs root.
pub fn install(what: &str, packages: &[&str], tools: &Path) -> Outcome {
    let missing: Vec<&str> = packages.iter().copied().filter(|package| !is_installed(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(" ");
    if !is_there() {
        return Err(Failure::new(format!(
            "{what} is missing and this system has no apt-get to install it: install what Debian calls {list}"
        )));
    }
    if !may_install() {
        return Err(Failure::new(format!("{what} is missing: run `sudo apt-get install {list}` and try again")));
    }
    let log = tools.join("apt.log");
    let apt = || Run::new("apt-get").env("DEBIAN_FRONTEND", "noninteractive").args(["-o", "Acquire::Retries=3"]);
    step(&format!("install {what} from Debian's packages: {list}"), || {
        apt().args(["update"]).log(&log)?;
        apt().args(["install", "-y", "--no-install-recommends"]).args(&missing).log(&log)
    })
}

/// Whether this system installs Debian's packages at all.
pub fn is_there() -> bool {
    shell::find("apt-get").is_some()
}

/// Whether we may install packages: only root may.
pub fn may_install() -> bool {
    Run::new("id").args(["-u"]).output().is_ok_and(|id| id == "0")
}

fn is_installed(package: &str) -> bool {
    let status = Run::new("dpkg-query").args(["-W", "-f=${Status}", package]).output();
    status.is_ok_and(|status| status == "install ok installed")
}
