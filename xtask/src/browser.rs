//! The browser that the tests drive.

use crate::setup::debian;
use crate::shell::{self, Failure, Outcome};
use std::path::{Path, PathBuf};

/// Chromium and the program that drives it for the component tests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Browser {
    /// Chromium or Chrome.
    pub chrome: PathBuf,
    /// ChromeDriver of the same version.
    pub driver: PathBuf,
}

const CHROME: &[&str] = &[
    "/usr/bin/chromium",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];
const DRIVER: &[&str] = &["/usr/bin/chromedriver", "chromedriver"];

/// Chromium, its driver, and fonts for both languages of the page.
const DEBIAN_PACKAGES: &[&str] = &["chromium", "chromium-driver", "fonts-noto-cjk"];

/// Finds the browser, or installs Debian's.
pub fn ensure(tools: &Path) -> Outcome<Browser> {
    if let Some(browser) = find()? {
        return Ok(browser);
    }
    debian::install("a browser to test in", DEBIAN_PACKAGES, tools).map_err(|failure| {
        Failure::new(format!("{failure} (or name those you have in the variables CHROME and CHROMEDRIVER)"))
    })?;
    find()?.ok_or_else(|| Failure::new("Debian's chromium is installed, but /usr/bin/chromium is not there"))
}

fn find() -> Outcome<Option<Browser>> {
    let chrome = named("CHROME")?.or_else(|| first(CHROME));
    let driver = named("CHROMEDRIVER")?.or_else(|| first(DRIVER));
    Ok(chrome.zip(driver).map(|(chrome, driver)| Browser { chrome, driver }))
}

/// The program that a variable names.
fn named(variable: &str) -> Outcome<Option<PathBuf>> {
    let Some(value) = std::env::var_os(variable).filter(|value| !value.is_empty()) else { return Ok(None) };
    let file = PathBuf::from(value);
    if file.is_file() {
        return Ok(Some(file));
    }
    Err(Failure::new(format!("{variable} names {}, which is not there", file.display())))
}

fn first(candidates: &[&str]) -> Option<PathBuf> {
    candidates.iter().find_map(|candidate| {
        let path = Path::new(candidate);
        if path.is_absolute() { path.is_file().then(|| path.to_owned()) } else { shell::find(candidate) }
    })
}
