//! Samples of what the Deployment controller does.

use crate::api::{Kind, ObjectRef};
use crate::engine::Step;
use crate::explain::tests::world::step;
use crate::reason::{Budget, DeploymentAct, DeploymentReason, Reason, Resize, ResizeCause, Reused, UserReason};

pub(super) fn shop() -> ObjectRef {
    ObjectRef::new(Kind::Deployment, "default", "shop")
}

pub(super) fn undo(unchanged: bool) -> UserReason {
    UserReason::RolloutUndo { object: shop(), revision: 1, unchanged }
}

fn set(hash: &str) -> ObjectRef {
    ObjectRef::new(Kind::ReplicaSet, "default", &format!("shop-{hash}"))
}

fn old() -> ObjectRef {
    set("7d55d9c954")
}

fn new() -> ObjectRef {
    set("648c964fb9")
}

fn resize(set: ObjectRef, from: i32, to: i32, cause: ResizeCause) -> Resize {
    Resize { set, from, to, cause }
}

fn budget(total: i64, available: i64, new_unavailable: i64) -> Budget {
    Budget { replicas: 4, surge: 1, unavailable: 1, total, available, new_unavailable }
}

fn roll(created: Option<(ObjectRef, i32)>, resized: Vec<Resize>, budget: Budget) -> DeploymentAct {
    DeploymentAct::RollOut { created, resized, budget, recreate: false }
}

fn recreate(created: Option<(ObjectRef, i32)>, resized: Vec<Resize>) -> DeploymentAct {
    let budget = Budget { replicas: 4, surge: 0, unavailable: 0, total: 4, available: 4, new_unavailable: 0 };
    DeploymentAct::RollOut { created, resized, budget, recreate: true }
}

samples! {
    causes: ResizeCause {
        ResizeCause::NewHasRoom => [ResizeCause::NewHasRoom],
        ResizeCause::NewTooLarge => [ResizeCause::NewTooLarge],
        ResizeCause::OldUnhealthy => [ResizeCause::OldUnhealthy],
        ResizeCause::OldDispensable => [ResizeCause::OldDispensable],
        ResizeCause::OldBeforeNew => [ResizeCause::OldBeforeNew],
        ResizeCause::NewAfterOld => [ResizeCause::NewAfterOld],
        ResizeCause::OnlyOne => [ResizeCause::OnlyOne],
        ResizeCause::NewIsComplete => [ResizeCause::NewIsComplete],
        ResizeCause::Share { .. } => [ResizeCause::Share { of: 5 }],
    }
}

/// A step with each cause, as it could come about.
fn resized(cause: ResizeCause) -> DeploymentAct {
    let scale = |resized| DeploymentAct::Scale { resized, budget: budget(4, 4, 0), paused: false };
    match cause {
        ResizeCause::NewHasRoom => roll(None, vec![resize(new(), 1, 2, cause)], budget(4, 3, 1)),
        ResizeCause::NewTooLarge => roll(None, vec![resize(new(), 6, 4, cause)], budget(6, 4, 2)),
        ResizeCause::OldUnhealthy => roll(None, vec![resize(new(), 2, 0, cause)], budget(5, 3, 0)),
        ResizeCause::OldDispensable => roll(None, vec![resize(old(), 3, 1, cause)], budget(5, 5, 0)),
        ResizeCause::OldBeforeNew => recreate(None, vec![resize(old(), 4, 0, cause)]),
        ResizeCause::NewAfterOld => recreate(None, vec![resize(new(), 0, 4, cause)]),
        ResizeCause::OnlyOne => DeploymentAct::Scale {
            resized: vec![resize(new(), 4, 10, cause)],
            budget: Budget { replicas: 10, surge: 3, unavailable: 2, total: 4, available: 4, new_unavailable: 0 },
            paused: false,
        },
        ResizeCause::NewIsComplete => scale(vec![resize(old(), 2, 0, cause)]),
        ResizeCause::Share { .. } => DeploymentAct::Scale {
            resized: vec![resize(old(), 3, 6, cause), resize(new(), 2, 4, cause)],
            budget: Budget { replicas: 8, surge: 2, unavailable: 2, total: 5, available: 3, new_unavailable: 2 },
            paused: true,
        },
    }
}

fn stuck(exceeded: Option<i32>) -> DeploymentAct {
    DeploymentAct::WaitForAvailable { set: new(), available: 0, wanted: 2, old: 3, budget: budget(5, 3, 2), exceeded }
}

samples! {
    acts: DeploymentAct {
        DeploymentAct::RollOut { .. } => [
            roll(Some((new(), 4)), vec![], budget(0, 0, 0)),
            roll(Some((new(), 1)), vec![resize(old(), 4, 3, ResizeCause::OldDispensable)], budget(4, 4, 0)),
            roll(Some((new(), 0)), vec![resize(set("6dc845f4f7"), 2, 0, ResizeCause::OldUnhealthy)], budget(5, 3, 0)),
            recreate(Some((new(), 4)), vec![]),
        ],
        DeploymentAct::Scale { .. } => [
            DeploymentAct::Scale {
                resized: vec![resize(new(), 4, 3, ResizeCause::OnlyOne)],
                budget: Budget { replicas: 3, ..budget(4, 4, 0) },
                paused: true,
            },
        ],
        DeploymentAct::CleanUp { .. } => [
            DeploymentAct::CleanUp { deleted: vec![old()], limit: 10 },
            DeploymentAct::CleanUp { deleted: vec![old(), new()], limit: 0 },
        ],
        DeploymentAct::DeadlineExceeded { .. } => [
            DeploymentAct::DeadlineExceeded { set: new(), deadline: 600, budget: budget(5, 3, 2) },
        ],
        DeploymentAct::WaitForAvailable { .. } => [
            stuck(None),
            stuck(Some(600)),
            DeploymentAct::WaitForAvailable {
                set: new(), available: 3, wanted: 4, old: 0, budget: budget(4, 3, 1), exceeded: None,
            },
        ],
        DeploymentAct::WaitForOldPods { .. } => [
            DeploymentAct::WaitForOldPods {
                pods: 2, first: Some(ObjectRef::new(Kind::Pod, "default", "shop-7d55d9c954-x7k2p")),
            },
            DeploymentAct::WaitForOldPods {
                pods: 1, first: Some(ObjectRef::new(Kind::Pod, "default", "shop-7d55d9c954-x7k2p")),
            },
            DeploymentAct::WaitForOldPods { pods: 0, first: None },
        ],
        DeploymentAct::Paused { .. } => [
            DeploymentAct::Paused { pending: true },
            DeploymentAct::Paused { pending: false },
        ],
        DeploymentAct::Collision { .. } => [DeploymentAct::Collision { name: "shop-648c964fb9".into() }],
        DeploymentAct::Settled { .. } => [
            DeploymentAct::Settled { set: Some(new()), replicas: 4 },
            DeploymentAct::Settled { set: Some(new()), replicas: 1 },
            DeploymentAct::Settled { set: Some(new()), replicas: 0 },
        ],
        DeploymentAct::BeingDeleted => [DeploymentAct::BeingDeleted],
        DeploymentAct::RecordStatus => [DeploymentAct::RecordStatus],
    }
}

pub(super) fn steps() -> Vec<Step> {
    let plain = |act| DeploymentReason { deployment: shop(), act, adopted: vec![], released: vec![], reused: None };
    let back = |act| DeploymentReason { reused: Some(Reused { set: old(), from: 1, to: 3 }), ..plain(act) };
    let grown = roll(None, vec![resize(old(), 0, 1, ResizeCause::NewHasRoom)], budget(4, 4, 0));
    let mut reasons: Vec<DeploymentReason> =
        acts().into_iter().chain(causes().into_iter().map(resized)).map(plain).collect();
    reasons.push(back(grown));
    reasons.push(back(DeploymentAct::RecordStatus));
    reasons.push(DeploymentReason { adopted: vec![old()], ..plain(DeploymentAct::RecordStatus) });
    reasons.push(DeploymentReason { released: vec![old()], ..plain(DeploymentAct::RecordStatus) });
    reasons.into_iter().map(|reason| step(Reason::Deployment(reason))).collect()
}
