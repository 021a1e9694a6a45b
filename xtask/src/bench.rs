//! Running the benchmarks.

use crate::browser;
use crate::build;
use crate::command_line::BuildOptions;
use crate::http::{self, Site};
use crate::project;
use crate::setup;
use crate::shell::{Outcome, Run};

/// `cargo xtask bench`: the benchmarks print their own tables. `page` first means those of the built page.
pub fn command(arguments: &[String]) -> Outcome {
    match arguments.split_first() {
        Some((first, rest)) if first == "page" => page(rest),
        _ => Run::new("cargo").args(["bench"]).args(arguments).dir(project::root()).show(),
    }
}

/// How long a frame takes while a run plays, in Chromium, by the number of nodes.
fn page(sizes: &[String]) -> Outcome {
    let kit = setup::all()?;
    let browser = browser::ensure(&kit.tools)?;
    build::page(&kit, &BuildOptions::default())?;
    let site = Site { folder: project::dist(), under: vec!["/".to_owned()] };
    let address = http::serve(site, "127.0.0.1", 0)?;
    Run::new("node")
        .args(["tests/browser/frames.mjs"])
        .args(sizes)
        .env("SETWISE_URL", format!("http://{address}/"))
        .env("CHROME", &browser.chrome)
        .dir(project::root())
        .show()
}
