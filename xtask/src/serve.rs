//! Serving the page on this machine.

use crate::build;
use crate::command_line::ServeOptions;
use crate::http::{self, Site};
use crate::project;
use crate::setup;
use crate::shell::{Failure, Outcome, Stopwatch};
use std::thread;
use std::time::Duration;

/// `cargo xtask serve`.
pub fn command(options: &ServeOptions) -> Outcome {
    let stopwatch = Stopwatch::start();
    let kit = if options.no_build {
        if !project::dist().join("index.html").is_file() {
            return Err(Failure::new("there is no page in dist/ yet: serve without --no-build"));
        }
        None
    } else {
        let kit = setup::for_building()?;
        build::page(&kit, &options.build)?;
        Some(kit)
    };
    let site = Site { folder: project::dist(), under: vec!["/".to_owned()] };
    let address = http::serve(site, &options.address, options.port)?;
    println!("• ready after {stopwatch}: http://{address} (Ctrl-C ends it)");

    let Some(kit) = kit.filter(|_| options.watch) else {
        loop {
            thread::park();
        }
    };
    println!("• watching the sources: reload the page after a build");
    let mut built = build::sources()?;
    loop {
        thread::sleep(Duration::from_millis(500));
        let now = build::sources().unwrap_or_else(|_| built.clone());
        if now != built {
            built = now;
            // What does not compile is being worked on: the compiler has said what is wrong.
            if let Err(failure) = build::page(&kit, &options.build) {
                println!("  {failure}");
            }
        }
    }
}
