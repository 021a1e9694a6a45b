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
    if shell::find("apt-get").is_none() {
        return Err(Failure::new(format!(
            "{what} is missing and this system has no apt-get to install it: install what Debian calls {list}"
        )));
    }
    if Run::new("id").args(["-u"]).output()? != "0" {
        return Err(Failure::new(format!("{what} is missing: run `sudo apt-get install {list}` and try again")));
    }
    let log = tools.join("apt.log");
    let apt = || Run::new("apt-get").env("DEBIAN_FRONTEND", "noninteractive").args(["-o", "Acquire::Retries=3"]);
    step(&format!("install {what} from Debian's packages: {list}"), || {
        apt().args(["update"]).log(&log)?;
        apt().args(["install", "-y", "--no-install-recommends"]).args(&missing).log(&log)
    })
}

fn is_installed(package: &str) -> bool {
    let status = Run::new("dpkg-query").args(["-W", "-f=${Status}", package]).output();
    status.is_ok_and(|status| status == "install ok installed")
}
