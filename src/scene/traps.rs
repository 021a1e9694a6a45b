//! The traps that stand at the shown moment, and which of them the last stop walked into.

use crate::cluster::Cluster;
use crate::trap::{Trap, standing};

/// A trap that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandingTrap {
    /// The trap.
    pub trap: Trap,
    /// Whether it did not stand at the stop before.
    pub is_new: bool,
}

impl StandingTrap {
    /// The traps that stand, beside those that stood at the stop before.
    pub(super) fn all(cluster: &Cluster, before: &[Trap]) -> Vec<StandingTrap> {
        standing(cluster).into_iter().map(|trap| StandingTrap { is_new: !before.contains(&trap), trap }).collect()
    }
}
