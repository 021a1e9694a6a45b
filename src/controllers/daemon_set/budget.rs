//! How many nodes an update may touch at once. Upstream: `update.go: updatedDesiredNodeCounts`,
//! `util/daemonset_util.go: SurgeCount, UnavailableCount`.

use crate::api::{DaemonSetRollingUpdate, IntOrPercent};

/// The budget of a rolling update, in nodes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Budget {
    /// On how many nodes a new pod may run beside an available old one.
    pub max_surge: i64,
    /// How many nodes may be without an available pod.
    pub max_unavailable: i64,
}

impl Budget {
    /// The budget for a number of eligible nodes: percents are rounded up, and one node may be unavailable where both
    /// numbers come to nothing.
    #[must_use]
    pub fn of(rolling: Option<&DaemonSetRollingUpdate>, desired: i64) -> Budget {
        let resolved = |value: Option<IntOrPercent>| value.map_or(0, |value| value.rounded_up(desired));
        let max_surge = resolved(rolling.and_then(|rolling| rolling.max_surge));
        let default = Some(IntOrPercent::Int(1));
        let max_unavailable = resolved(rolling.and_then(|rolling| rolling.max_unavailable.or(default)));
        let neither = max_surge == 0 && max_unavailable == 0 && desired > 0;
        Budget { max_surge, max_unavailable: if neither { 1 } else { max_unavailable } }
    }
}
