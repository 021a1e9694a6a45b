//! `kubectl rollout history`. Upstream: `k8s.io/kubectl/pkg/polymorphichelpers/history.go`, `cmd/rollout/rollout_history.go`.

use super::Shown;
use super::describe::{Writer, pod_template};
use crate::api::{Kind, ObjectRef, PodTemplateSpec};
use crate::kubectl::resource::Resource;
use std::collections::BTreeMap;

/// Why a change was made, for people.
const CHANGE_CAUSE: &str = "kubernetes.io/change-cause";

/// The annotation in which a ReplicaSet has its revision.
const REVISION: &str = "deployment.kubernetes.io/revision";

/// `kubectl rollout history`; `revision` 0 means the list.
///
/// # Errors
/// What `kubectl` says after `error: `, where the kind has no history or there is no such revision.
pub fn history(shown: &Shown<'_>, object: &ObjectRef, revision: i64) -> Result<String, String> {
    let resource = Resource::of(object.kind).ok_or_else(|| format!("unable to describe {}", object.kind))?;
    let revisions = revisions(shown, object)?;
    let name = format!("{}/{}", resource.qualified_singular(), object.name());
    if revisions.is_empty() {
        return Ok(format!("{name} \nNo rollout history found.\n"));
    }
    if revision > 0 {
        let (template, _) = revisions.get(&revision).ok_or("unable to find the specified revision")?;
        let mut writer = Writer::default();
        pod_template(&mut writer, template);
        return Ok(format!("{name} with revision #{revision}\n{}\n", writer.raw()));
    }
    let mut writer = Writer::default();
    writer.line(0, "REVISION\tCHANGE-CAUSE");
    for (number, (_, cause)) in &revisions {
        writer.line(0, format!("{number}\t{}", cause.as_deref().unwrap_or("<none>")));
    }
    Ok(format!("{name} \n{}\n", writer.aligned()))
}

/// The templates of an object by their revisions, each with the cause of its change.
fn revisions(
    shown: &Shown<'_>,
    object: &ObjectRef,
) -> Result<BTreeMap<i64, (PodTemplateSpec, Option<String>)>, String> {
    let of = shown.cluster.get(object);
    let uid = of.as_ref().map(|of| of.metadata().uid).unwrap_or_default();
    let cause =
        |annotations: &crate::api::Labels| annotations.get(CHANGE_CAUSE).cloned().filter(|cause| !cause.is_empty());
    match object.kind {
        Kind::Deployment => {
            let sets = shown.cluster.replica_sets_of(uid).filter_map(|set| {
                let annotations = &set.metadata.annotations;
                let number = annotations.get(REVISION)?.parse().ok()?;
                let mut template = (*set.spec.template).clone();
                let cause = cause(annotations);
                if let Some(cause) = &cause {
                    template.metadata.annotations.insert(CHANGE_CAUSE.into(), cause.clone());
                }
                Some((number, (template, cause)))
            });
            Ok(sets.collect())
        }
        Kind::StatefulSet | Kind::DaemonSet => {
            let all = shown.cluster.revisions_of(uid);
            Ok(all.map(|one| (one.revision, ((*one.data).clone(), cause(&one.metadata.annotations)))).collect())
        }
        kind => {
            let group = kind.api_version().split_once('/').map(|(group, _)| format!(".{group}"));
            let name = format!("{kind}{}", group.unwrap_or_default());
            Err(format!("no history viewer has been implemented for \"{name}\""))
        }
    }
}
