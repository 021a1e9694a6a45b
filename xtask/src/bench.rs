//! Running the benchmarks.

use crate::project;
use crate::shell::{Outcome, Run};

/// `cargo xtask bench`: the benchmarks print their own tables.
pub fn command(arguments: &[String]) -> Outcome {
    Run::new("cargo").args(["bench"]).args(arguments).dir(project::root()).show()
}
