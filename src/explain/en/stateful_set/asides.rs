//! What a sync of a StatefulSet did besides its decision.

use super::list;
use crate::api::ObjectRef;
use crate::explain::en::words::either;
use crate::explain::scope::Scope;
use crate::explain::{Text, code, text};
use crate::reason::Aside;

/// The headline of a sync that did nothing else.
pub(super) fn headline(set: &ObjectRef, aside: &Aside) -> Text {
    match aside {
        Aside::NewRevision { number, .. } => text![set, " records its template as revision ", *number],
        Aside::RolledBack { number, .. } => text![set, " goes back to an earlier template, now revision ", *number],
        Aside::Adopted(pods) => text![set, " adopts ", list(pods)],
        Aside::Released(pods) => text![set, " releases ", list(pods)],
        Aside::IdentityRestored(pods) => text![set, " puts back the labels of ", list(pods)],
        Aside::ForeignClaims(claims) => text![set, " leaves ", list(claims), " alone"],
        Aside::Completed { .. } => text!["The rollout of ", set, " is complete"],
    }
}

pub(super) fn sentence(set: &ObjectRef, aside: &Aside, scope: Scope<'_>) -> Text {
    match aside {
        Aside::NewRevision { name, number: 1 } => {
            text!["The template is recorded as ", code(name), ", the first revision of ", set, "."]
        }
        Aside::NewRevision { name, number } => text![
            "The template is one that ",
            set,
            " has not had before, so it is recorded as ",
            code(name),
            ", revision ",
            *number,
            "."
        ],
        Aside::RolledBack { name, number } => text![
            "The template equals an earlier one, so ",
            code(name),
            " is used again and becomes revision ",
            *number,
            ": a rollback is a rollout to an old template."
        ],
        Aside::Adopted(pods) => text![
            set,
            " adopts ",
            list(pods),
            ": the labels match its selector, the name is one of its own, and no other controller has ",
            either(pods.len(), "it", "them"),
            "."
        ],
        Aside::Released(pods) => text![
            "The labels of ",
            list(pods),
            " no longer match the selector, so ",
            set,
            " releases ",
            either(pods.len(), "it: the pod runs on and keeps its name", "them: the pods run on and keep their names"),
            ", which ",
            set,
            " then cannot use."
        ],
        Aside::IdentityRestored(pods) => text![
            list(pods),
            " had lost the labels that name the pod and its ordinal. They are part of its identity, so ",
            set,
            " puts them back without restarting anything."
        ],
        Aside::ForeignClaims(claims) => text![
            "The retention policy does not reach ",
            list(claims),
            ": something else is the controller of ",
            either(claims.len(), "that claim", "those claims"),
            "."
        ],
        Aside::Completed { revision } => {
            let only_old = scope.stateful_set(set).is_none_or(|set| set.spec.replicas() > 0);
            let why = if only_old { "Every pod is ready and of " } else { "No pod is left, and the template is " };
            text![why, code(revision), ", so this becomes the current revision."]
        }
    }
}
