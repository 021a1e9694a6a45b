//! How many pods there may be, and how many may be missing. Upstream: `pkg/controller/deployment/util/deployment_util.go`.

use crate::api::{Deployment, DeploymentStrategyType, IntOrPercent};

/// How many pods there may be beyond the wanted ones, and how many may be missing (`ResolveFenceposts`).
///
/// A percentage of the surge is rounded up, one of the missing pods down; where both come to nothing, one may be missing,
/// for otherwise nothing could ever change.
#[must_use]
pub fn resolve_fenceposts(
    max_surge: Option<IntOrPercent>,
    max_unavailable: Option<IntOrPercent>,
    replicas: i64,
) -> (i64, i64) {
    let surge = max_surge.map_or(0, |surge| surge.rounded_up(replicas));
    let unavailable = max_unavailable.map_or(0, |unavailable| unavailable.rounded_down(replicas));
    if surge == 0 && unavailable == 0 { (0, 1) } else { (surge, unavailable) }
}

/// How many pods a Deployment wants.
#[must_use]
pub fn replicas(deployment: &Deployment) -> i32 {
    deployment.spec.replicas.unwrap_or(1)
}

/// How a changed template reaches the pods.
#[must_use]
pub fn strategy(deployment: &Deployment) -> DeploymentStrategyType {
    deployment.spec.strategy.kind.unwrap_or_default()
}

fn fenceposts(deployment: &Deployment) -> (i64, i64) {
    match strategy(deployment) {
        DeploymentStrategyType::Recreate => (0, 0),
        DeploymentStrategyType::RollingUpdate => {
            let rolling = deployment.spec.strategy.rolling_update.clone().unwrap_or_default();
            resolve_fenceposts(rolling.max_surge, rolling.max_unavailable, i64::from(replicas(deployment)))
        }
    }
}

/// How many pods there may be beyond the wanted ones (`MaxSurge`).
#[must_use]
pub fn max_surge(deployment: &Deployment) -> i64 {
    fenceposts(deployment).0
}

/// How many pods may be missing: none with `Recreate`, never more than are wanted (`MaxUnavailable`).
#[must_use]
pub fn max_unavailable(deployment: &Deployment) -> i64 {
    fenceposts(deployment).1.min(i64::from(replicas(deployment)))
}

/// The size of the new ReplicaSet, whose size now is `present` while all ask for `total` pods (`NewRSNewReplicas`).
#[must_use]
pub fn new_replicas(deployment: &Deployment, total: i64, present: i32) -> i32 {
    let replicas = replicas(deployment);
    match strategy(deployment) {
        DeploymentStrategyType::Recreate => replicas,
        DeploymentStrategyType::RollingUpdate => {
            let rolling = deployment.spec.strategy.rolling_update.as_ref();
            let surge = rolling.and_then(|rolling| rolling.max_surge);
            let surge = surge.map_or(0, |surge| surge.rounded_up(i64::from(replicas)));
            let room = i64::from(replicas) + surge - total;
            if room <= 0 {
                return present;
            }
            let missing = i64::from(replicas) - i64::from(present);
            size(i64::from(present) + room.min(missing))
        }
    }
}

/// A number of pods as a size.
pub(super) fn size(number: i64) -> i32 {
    i32::try_from(number).unwrap_or(if number < 0 { i32::MIN } else { i32::MAX })
}
