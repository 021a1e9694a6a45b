//! Samples of what the ReplicaSet controller does.

use crate::api::{Kind, ObjectRef};
use crate::engine::Step;
use crate::explain::tests::world::{pod, step};
use crate::reason::{DeletionRank, Reason, ReplicaDeletion, ReplicaSetAct, ReplicaSetReason};

fn named(suffix: &str) -> ObjectRef {
    pod(&format!("shop-7d55d9c954-{suffix}"))
}

samples! {
    ranks: DeletionRank {
        DeletionRank::All => [DeletionRank::All],
        DeletionRank::Unassigned => [DeletionRank::Unassigned],
        DeletionRank::Pending => [DeletionRank::Pending],
        DeletionRank::NotReady => [DeletionRank::NotReady],
        DeletionRank::Cost { .. } => [DeletionRank::Cost { cost: -5, other: 0 }],
        DeletionRank::Crowded { .. } => [DeletionRank::Crowded { node: "worker-1".into(), pods: 3, other: 2 }],
        DeletionRank::ReadyLater => [DeletionRank::ReadyLater],
        DeletionRank::Restarts { .. } => [DeletionRank::Restarts { restarts: 3, other: 0 }],
        DeletionRank::Younger => [DeletionRank::Younger],
        DeletionRank::Equal => [DeletionRank::Equal],
    }
}

fn delete(deleted: Vec<ReplicaDeletion>) -> ReplicaSetAct {
    let active = deleted.len() + 3;
    ReplicaSetAct::Delete { deleted, active, replicas: 3 }
}

fn create(created: usize, active: usize, terminating: usize, ended: usize) -> ReplicaSetAct {
    ReplicaSetAct::Create { created, active, replicas: 4, terminating, ended }
}

samples! {
    acts: ReplicaSetAct {
        ReplicaSetAct::Create { .. } => [
            create(4, 0, 0, 0),
            create(1, 3, 1, 0),
            create(1, 3, 0, 2),
        ],
        ReplicaSetAct::Delete { .. } => [
            delete(vec![
                ReplicaDeletion { pod: named("x7k2p"), rank: DeletionRank::NotReady, equals: 0 },
                ReplicaDeletion { pod: named("b4dzq"), rank: DeletionRank::NotReady, equals: 0 },
                ReplicaDeletion { pod: named("9wcpt"), rank: DeletionRank::Equal, equals: 4 },
            ]),
        ],
        ReplicaSetAct::CreateRefused { .. } => [ReplicaSetAct::CreateRefused {
            message: "pods \"shop-7d55d9c954-\" is forbidden: no PriorityClass with name high was found".into(),
            active: 0,
            replicas: 4,
        }],
        ReplicaSetAct::WaitForAvailable { .. } => [
            ReplicaSetAct::WaitForAvailable { available: 3, replicas: 4, pod: named("x7k2p") },
        ],
        ReplicaSetAct::Settled { .. } => [
            ReplicaSetAct::Settled { replicas: 4 },
            ReplicaSetAct::Settled { replicas: 1 },
            ReplicaSetAct::Settled { replicas: 0 },
        ],
        ReplicaSetAct::BeingDeleted => [ReplicaSetAct::BeingDeleted],
        ReplicaSetAct::RecordStatus => [ReplicaSetAct::RecordStatus],
    }
}

pub(super) fn steps() -> Vec<Step> {
    let plain = |act| ReplicaSetReason {
        set: ObjectRef::new(Kind::ReplicaSet, "default", "shop-7d55d9c954"),
        act,
        adopted: vec![],
        released: vec![],
    };
    let of_rank = |rank| match rank {
        DeletionRank::All => ReplicaSetAct::Delete {
            deleted: vec![ReplicaDeletion { pod: named("x7k2p"), rank, equals: 0 }],
            active: 1,
            replicas: 0,
        },
        rank => {
            let equals = if rank == DeletionRank::Equal { 4 } else { 0 };
            delete(vec![ReplicaDeletion { pod: named("x7k2p"), rank, equals }])
        }
    };
    let mut reasons: Vec<ReplicaSetReason> =
        acts().into_iter().chain(ranks().into_iter().map(of_rank)).map(plain).collect();
    reasons.push(ReplicaSetReason { released: vec![named("x7k2p")], ..plain(create(1, 3, 0, 0)) });
    reasons.push(ReplicaSetReason { adopted: vec![named("x7k2p")], ..plain(ReplicaSetAct::RecordStatus) });
    reasons.push(ReplicaSetReason { released: vec![named("x7k2p")], ..plain(ReplicaSetAct::RecordStatus) });
    reasons.into_iter().map(|reason| step(Reason::ReplicaSet(reason))).collect()
}
