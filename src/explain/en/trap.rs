//! Traps: what has happened, and how to get out.

use super::words::list;
use crate::explain::scope::node;
use crate::explain::{Warning, code, text};
use crate::trap::Trap;

pub(in crate::explain) fn warning(trap: &Trap) -> Warning {
    match trap {
        Trap::StuckRollout { set, pod, mended } => Warning {
            title: text!["Stuck rollout"],
            what: if *mended {
                text![
                    "The template of ",
                    set,
                    " is another one by now, but ",
                    pod,
                    " still runs the broken one. An ordered set waits for it to become Ready before it replaces any pod, \
                     and it never will."
                ]
            } else {
                text![
                    "The new template of ",
                    set,
                    " does not run: ",
                    pod,
                    " cannot become Ready. To put the old template back will not be enough: an ordered set waits for this \
                     very pod first."
                ]
            },
            out: text!["Put a good template in place, then delete ", pod, ". It comes back from the good one."],
        },
        Trap::OnDeleteKeepsCurrentRevision { set, current, update } => Warning {
            title: text!["Current revision that never moves"],
            what: text![
                "Every pod of ",
                set,
                " is at ",
                code(update),
                ", and `status.currentRevision` still says ",
                code(current),
                ". With the update strategy `OnDelete` the controller never completes a rollout."
            ],
            out: text!["Compare `status.updatedReplicas` with `status.replicas` instead, or use `RollingUpdate`."],
        },
        Trap::PartitionHolds { set, partition, pods } => Warning {
            title: text!["Held by the partition"],
            what: text![
                "The rollout of ",
                set,
                " is as far as it goes: pods with an ordinal below ",
                *partition,
                " stay at the old template: ",
                list(pods),
                ". If one of them is deleted, it comes back at the old template too."
            ],
            out: text!["Lower `spec.updateStrategy.rollingUpdate.partition` to update more of them; 0 updates all."],
        },
        Trap::ClaimsStay { set, claims } => Warning {
            title: text!["Claims that stay"],
            what: text![
                "The pods are gone, their claims are not: ",
                list(claims),
                ". Unless told otherwise, Kubernetes never deletes what ",
                set,
                " has stored. Pods of the same names find it again."
            ],
            out: text![
                "Delete the claims when the data may go, or set `spec.persistentVolumeClaimRetentionPolicy` beforehand."
            ],
        },
        Trap::BudgetWithoutSlack { budget, desired } => Warning {
            title: text!["A budget that allows nothing"],
            what: text![
                budget,
                " asks for ",
                *desired,
                " healthy pods, and there are just as many. Even now that all of them are healthy, no eviction is allowed: a \
                 drain never ends."
            ],
            out: text!["Run one pod more, or let the budget ask for one less (`maxUnavailable: 1`)."],
        },
        Trap::VolumeTiesPod { pod, volume, node: name } => Warning {
            title: text!["Tied to a node by its volume"],
            what: text![
                "The volume ",
                volume,
                " can be used on ",
                node(name),
                " alone, and that node takes no pod now. ",
                pod,
                " cannot run anywhere else."
            ],
            out: text![
                "Bring the node back or uncordon it. If the data may go, delete the claim together with the pod: a new one is \
                 made where there is room."
            ],
        },
        Trap::TerminatingOnLostNode { pod, node: name } => Warning {
            title: text!["Terminating for ever"],
            what: text![
                "Nobody can confirm that ",
                pod,
                " has stopped on ",
                node(name),
                ", so it keeps its name, and a StatefulSet never runs two pods of one name."
            ],
            out: text![
                "Bring the node back, or, if the machine is off for certain, taint it \
                 `node.kubernetes.io/out-of-service=nodeshutdown:NoExecute`."
            ],
        },
        Trap::AdoptsStrangers { owner, pods } => Warning {
            title: text!["A selector that adopts strangers"],
            what: text![
                owner,
                " took over ",
                list(pods),
                ": the labels match its selector, and nobody else controlled them. They count as its own from now on and may \
                 be deleted as surplus."
            ],
            out: text!["Give every workload a selector of its own."],
        },
        Trap::AutoscalerOverrules { autoscaler, target, asked, set } => Warning {
            title: text!["Two hands on one number"],
            what: text![
                "Somebody scaled ",
                target,
                " to ",
                *asked,
                ", and ",
                autoscaler,
                " set it to ",
                *set,
                ". An autoscaler decides by its metrics alone; what was set by hand does not last."
            ],
            out: text![
                "Change `spec.minReplicas` or `spec.maxReplicas` of ",
                autoscaler,
                ", or delete it. Leave `spec.replicas` out of manifests that are applied again."
            ],
        },
    }
}
