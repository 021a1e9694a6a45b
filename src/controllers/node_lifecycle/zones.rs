//! How fast the nodes of a zone are tainted with NoExecute. Upstream: `node_lifecycle_controller.go: ComputeZoneState,
//! handleDisruption`.

use crate::api::Node;
use crate::cluster::Cluster;
use std::collections::BTreeMap;

/// Milliseconds for each node: `--node-eviction-rate` 0.1/s.
const PACE: u64 = 10_000;
/// The same in a large zone that is partly down: `--secondary-node-eviction-rate` 0.01/s.
const SECONDARY_PACE: u64 = 100_000;
/// From how many nodes on a zone is large: `--large-cluster-size-threshold`.
const LARGE: usize = 50;
/// Percent of nodes that are not Ready from which on a zone is partly down: `--unhealthy-zone-threshold`.
const UNHEALTHY_PERCENT: usize = 55;
/// How many nodes that are not Ready make no more than a few.
const FEW: usize = 2;
/// The label of nodes that are left out of the count.
const EXCLUDED: &str = "node.kubernetes.io/exclude-disruption";

/// How much of a zone is down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disruption {
    /// Few nodes or none.
    None,
    /// Many nodes.
    Partial,
    /// All nodes.
    Full,
}

/// The nodes of a zone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Zone {
    /// How many there are.
    pub nodes: usize,
    /// How many of them are not Ready.
    pub not_ready: usize,
}

impl Zone {
    /// How much of it is down (`ComputeZoneState`).
    #[must_use]
    pub fn disruption(&self) -> Disruption {
        if self.not_ready > 0 && self.not_ready == self.nodes {
            Disruption::Full
        } else if self.not_ready > FEW && self.not_ready * 100 >= self.nodes * UNHEALTHY_PERCENT {
            Disruption::Partial
        } else {
            Disruption::None
        }
    }

    /// Milliseconds for each node; none where no node is tainted (`HealthyQPSFunc`, `ReducedQPSFunc`).
    #[must_use]
    pub fn pace(&self) -> Option<u64> {
        match self.disruption() {
            Disruption::None | Disruption::Full => Some(PACE),
            Disruption::Partial if self.nodes > LARGE => Some(SECONDARY_PACE),
            Disruption::Partial => None,
        }
    }
}

/// The zone of a node; empty for one without a region and a zone (`nodetopology.GetZoneKey`).
#[must_use]
pub fn zone_of(node: &Node) -> String {
    let label =
        |keys: [&str; 2]| keys.iter().find_map(|key| node.metadata.labels.get(*key)).cloned().unwrap_or_default();
    let region = label(["failure-domain.beta.kubernetes.io/region", "topology.kubernetes.io/region"]);
    let zone = label(["failure-domain.beta.kubernetes.io/zone", "topology.kubernetes.io/zone"]);
    if region.is_empty() && zone.is_empty() { String::new() } else { format!("{region}/{zone}") }
}

/// All zones with the nodes that count.
#[must_use]
pub fn zones(cluster: &Cluster) -> BTreeMap<String, Zone> {
    let mut zones: BTreeMap<String, Zone> = BTreeMap::new();
    for node in cluster.nodes.iter().filter(|node| !node.metadata.labels.contains_key(EXCLUDED)) {
        let zone = zones.entry(zone_of(node)).or_default();
        zone.nodes += 1;
        zone.not_ready += usize::from(!node.is_ready());
    }
    zones
}

/// Milliseconds for each node of each zone; none where no node is tainted, as in every zone if all of them are down.
#[must_use]
pub fn paces(zones: &BTreeMap<String, Zone>) -> BTreeMap<String, Option<u64>> {
    let stopped = all_down(zones);
    zones.iter().map(|(name, zone)| (name.clone(), zone.pace().filter(|_| !stopped))).collect()
}

/// Whether no zone has a Ready node.
#[must_use]
pub fn all_down(zones: &BTreeMap<String, Zone>) -> bool {
    !zones.is_empty() && zones.values().all(|zone| zone.disruption() == Disruption::Full)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(nodes: usize, not_ready: usize) -> Zone {
        Zone { nodes, not_ready }
    }

    #[test]
    fn a_zone_is_partly_down_from_three_nodes_and_55_percent_on() {
        assert_eq!(zone(3, 2).disruption(), Disruption::None);
        assert_eq!(zone(6, 3).disruption(), Disruption::None);
        assert_eq!(zone(5, 3).disruption(), Disruption::Partial);
        assert_eq!(zone(20, 11).disruption(), Disruption::Partial);
        assert_eq!(zone(20, 10).disruption(), Disruption::None);
        assert_eq!(zone(1, 1).disruption(), Disruption::Full);
    }

    #[test]
    fn a_small_zone_that_is_partly_down_evicts_nothing_and_a_large_one_slowly() {
        assert_eq!(zone(50, 30).pace(), None);
        assert_eq!(zone(51, 30).pace(), Some(100_000));
        assert_eq!(zone(51, 3).pace(), Some(10_000));
    }

    #[test]
    fn a_zone_that_is_fully_down_evicts_as_usual_unless_all_are() {
        let zones = |other: Zone| [("a/1".to_owned(), zone(3, 3)), ("a/2".to_owned(), other)].into();
        assert_eq!(paces(&zones(zone(3, 0)))["a/1"], Some(10_000));
        assert_eq!(paces(&zones(zone(3, 3)))["a/1"], None);
    }
}
