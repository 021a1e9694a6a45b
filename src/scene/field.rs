//! A cluster of thousands of nodes: a cell a node, and a few nodes in full.

use super::{Counts, NodeView, Tally};
use crate::cluster::Cluster;

/// From so many nodes on a cluster is shown as a field.
pub const FIELD: usize = 601;
/// So many nodes of a field are shown in full.
pub const IN_FULL: usize = 12;

/// The nodes of a large cluster.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Every node, in the order of their names.
    pub cells: Vec<Cell>,
    /// All pods.
    pub pods: Counts,
    /// The pods that are bound to no node.
    pub unbound: Counts,
    /// The most pods on one node.
    pub most: usize,
    /// The place of the first node that is shown in full.
    pub from: usize,
    /// The nodes from there on, in full.
    pub near: Vec<NodeView>,
}

/// A node of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its name.
    pub node: String,
    /// Its pods.
    pub pods: Counts,
    /// Whether its kubelet reports.
    pub ready: bool,
    /// Whether new pods are kept off.
    pub cordoned: bool,
}

impl Field {
    /// The nodes at a moment, those around a place in full.
    #[must_use]
    pub fn of(cluster: &Cluster, tally: &Tally, place: usize) -> Field {
        let cells: Vec<Cell> = (tally.order().iter())
            .filter_map(|name| cluster.node(name))
            .map(|node| Cell {
                node: node.metadata.name.clone(),
                pods: tally.on(&node.metadata.name),
                ready: node.is_ready(),
                cordoned: node.is_cordoned(),
            })
            .collect();
        let from = place.min(cells.len().saturating_sub(IN_FULL));
        let near = cells.iter().skip(from).take(IN_FULL).filter_map(|cell| cluster.node(&cell.node));
        Field {
            near: near.map(|node| NodeView::of(cluster, node)).collect(),
            pods: tally.all(),
            unbound: tally.unbound(),
            most: cells.iter().map(|cell| cell.pods.all()).max().unwrap_or_default(),
            from,
            cells,
        }
    }

    /// How many nodes do not report, and how many are cordoned.
    #[must_use]
    pub fn troubled(&self) -> (usize, usize) {
        let down = self.cells.iter().filter(|cell| !cell.ready).count();
        (down, self.cells.iter().filter(|cell| cell.cordoned).count())
    }
}
