//! What stands beside the built page: for other pages, for readers without a network, for those who host it.

use crate::build;
use crate::command_line::BuildOptions;
use crate::project;
use crate::setup::{self, Kit};
use crate::shell::{Outcome, step};
use crate::version;

/// Adds to `dist/` what is made of the built page.
pub fn finish(kit: &Kit) -> Outcome {
    step("add embed.html, setwise.html and offline.js", || kit.run("node").args(["xtask/site/finish.mjs"]).show())
}

/// `cargo xtask package`.
pub fn package() -> Outcome {
    let kit = setup::for_building()?;
    build::page(&kit, &BuildOptions::default())?;
    let packages = project::target().join("packages");
    step("pack the page for hosts and for npm", || {
        let own = version::locked("setwise")?;
        kit.run("node").args(["xtask/site/package.mjs", &own]).args([&packages]).show()
    })
}
