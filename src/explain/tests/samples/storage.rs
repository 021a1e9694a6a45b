//! Samples of what happens to claims and volumes.

use crate::api::{Quantity, Time};
use crate::engine::Step;
use crate::explain::tests::world::{claim, pod, step, volume};
use crate::reason::{NamedVolumeProblem, Reason, VolumeReason};

fn nothing_to_bind(class: Option<&str>, class_exists: bool) -> VolumeReason {
    VolumeReason::NothingToBind { claim: claim("data-web-0"), class: class.map(Into::into), class_exists }
}

samples! {
    reasons: VolumeReason {
        VolumeReason::Provisioned { .. } => [
            VolumeReason::Provisioned {
                claim: claim("data-web-0"),
                volume: volume("pvc-1"),
                class: "standard".into(),
                node: None,
            },
            VolumeReason::Provisioned {
                claim: claim("data-web-0"),
                volume: volume("pvc-1"),
                class: "standard".into(),
                node: Some("worker-1".into()),
            },
        ],
        VolumeReason::Bound { .. } => [
            VolumeReason::Bound { claim: claim("data-web-0"), volume: volume("pvc-1"), existing: false },
            VolumeReason::Bound { claim: claim("data-web-0"), volume: volume("pv-1"), existing: true },
        ],
        VolumeReason::WaitsForFirstConsumer { .. } => [
            VolumeReason::WaitsForFirstConsumer { claim: claim("data-web-0"), class: "standard".into(), pods: vec![] },
        ],
        VolumeReason::WaitsForProvisioner { .. } => [VolumeReason::WaitsForProvisioner {
            claim: claim("data-web-0"),
            class: "standard".into(),
            provisioner: "rancher.io/local-path".into(),
        }],
        VolumeReason::ProvisioningConflict { .. } => [VolumeReason::ProvisioningConflict {
            claim: claim("data-web-0"),
            until: Time(15_000),
        }],
        VolumeReason::NothingToBind { .. } => [
            nothing_to_bind(None, false),
            nothing_to_bind(Some("fast"), false),
            nothing_to_bind(Some("standard"), true),
        ],
        VolumeReason::ClaimInUse { .. } => [
            VolumeReason::ClaimInUse { claim: claim("data-web-0"), pod: pod("web-0") },
        ],
        VolumeReason::ClaimReleased { .. } => [VolumeReason::ClaimReleased { claim: claim("data-web-0") }],
        VolumeReason::Reclaimed { .. } => [
            VolumeReason::Reclaimed { volume: volume("pv-1"), deleted: true },
            VolumeReason::Reclaimed { volume: volume("pv-1"), deleted: false },
        ],
        VolumeReason::Available { .. } => [VolumeReason::Available { volume: volume("pv-1") }],
        VolumeReason::NamedVolume { .. } => [
            named(NamedVolumeProblem::Absent),
            named(NamedVolumeProblem::Taken(claim("data-web-1"))),
            named(NamedVolumeProblem::Misfit("requested PV is too small".into())),
        ],
        VolumeReason::SelectorNotProvisioned { .. } => [
            VolumeReason::SelectorNotProvisioned { claim: claim("data-web-0"), class: "standard".into() },
        ],
        VolumeReason::DefaultClassGiven { .. } => [
            VolumeReason::DefaultClassGiven { claim: claim("data-web-0"), class: "standard".into(), defaults: 1 },
            VolumeReason::DefaultClassGiven { claim: claim("data-web-0"), class: "standard".into(), defaults: 2 },
        ],
        VolumeReason::Lost { .. } => [
            VolumeReason::Lost { claim: claim("data-web-0"), volume: Some(volume("pv-1")), taken_by: None },
            VolumeReason::Lost {
                claim: claim("data-web-0"),
                volume: Some(volume("pv-1")),
                taken_by: Some(claim("data-web-1")),
            },
            VolumeReason::Lost { claim: claim("data-web-0"), volume: None, taken_by: None },
        ],
        VolumeReason::Unbound { .. } => [
            VolumeReason::Unbound { volume: volume("pv-1"), claim: claim("data-web-0") },
        ],
        VolumeReason::VolumeInUse { .. } => [
            VolumeReason::VolumeInUse { volume: volume("pv-1"), claim: claim("data-web-0") },
        ],
        VolumeReason::VolumeRemoved { .. } => [VolumeReason::VolumeRemoved { volume: volume("pv-1") }],
        VolumeReason::VolumeGrown { .. } => [VolumeReason::VolumeGrown {
            claim: claim("data-web-0"),
            volume: volume("pv-1"),
            from: Quantity::parse("1Gi"),
            to: two_gi(),
        }],
        VolumeReason::AwaitsMount { .. } => [
            VolumeReason::AwaitsMount { claim: claim("data-web-0"), to: two_gi() },
        ],
        VolumeReason::FileSystemGrown { .. } => [
            VolumeReason::FileSystemGrown { claim: claim("data-web-0"), pod: pod("web-0"), to: two_gi() },
        ],
        VolumeReason::MultiAttach { .. } => [
            VolumeReason::MultiAttach {
                pod: pod("web-0"),
                volume: volume("pv-1"),
                node: "worker-2".into(),
                pods: vec![],
                until: Some(Time(400_000)),
            },
            VolumeReason::MultiAttach {
                pod: pod("web-0"),
                volume: volume("pv-1"),
                node: "worker-2".into(),
                pods: vec![pod("web-1")],
                until: None,
            },
        ],
    }
}

fn two_gi() -> Quantity {
    Quantity::parse("2Gi").unwrap()
}

fn named(problem: NamedVolumeProblem) -> VolumeReason {
    VolumeReason::NamedVolume { claim: claim("data-web-0"), volume: volume("pv-1"), problem }
}

pub(super) fn steps() -> Vec<Step> {
    reasons().into_iter().map(|reason| step(Reason::Volume(reason))).collect()
}
