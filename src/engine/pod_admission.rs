//! What admission writes into every new pod besides tolerations and priority: the account that it acts as.
//! Upstream: `plugin/pkg/admission/serviceaccount/admission.go`.

use crate::api::{PodSpec, Volume};
use crate::controllers::history::safe_encode;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// How the volume with the account's token is named, before five more characters.
const TOKEN_VOLUME: &str = "kube-api-access-";
/// Where it is mounted.
const TOKEN_PATH: &str = "/var/run/secrets/kubernetes.io/serviceaccount";

/// Fills in the account and its token.
pub(super) fn admit(spec: &mut PodSpec, draw: u64) {
    let name = spec.service_account_name.clone().filter(|name| !name.is_empty()).unwrap_or_else(|| "default".into());
    spec.service_account = Some(name.clone());
    spec.service_account_name = Some(name);
    let has_token = spec.volumes.iter().any(|volume| volume.name.starts_with(TOKEN_VOLUME));
    if spec.automount_service_account_token == Some(false) || has_token {
        return;
    }
    let volume = token_volume(draw);
    let mount = mount(&volume.name);
    let mut mounted = false;
    for container in spec.init_containers.iter_mut().chain(&mut spec.containers) {
        if !container.volume_mounts.iter().any(is_token_mount) {
            container.volume_mounts.push(mount.clone());
            mounted = true;
        }
    }
    if mounted {
        spec.volumes.push(volume);
    }
}

/// What a pod that is applied again keeps of the stored one without naming it.
pub(super) fn carry_over(old: &PodSpec, new: &mut PodSpec) {
    for (field, was) in
        [(&mut new.service_account, &old.service_account), (&mut new.service_account_name, &old.service_account_name)]
    {
        if field.is_none() {
            field.clone_from(was);
        }
    }
    let Some(volume) = old.volumes.iter().find(|volume| volume.name.starts_with(TOKEN_VOLUME)) else { return };
    if new.volumes.iter().any(|volume| volume.name.starts_with(TOKEN_VOLUME)) {
        return;
    }
    new.volumes.push(volume.clone());
    for container in new.init_containers.iter_mut().chain(&mut new.containers) {
        if !container.volume_mounts.iter().any(is_token_mount) {
            container.volume_mounts.push(mount(&volume.name));
        }
    }
}

fn is_token_mount(mount: &BTreeMap<String, Value>) -> bool {
    mount.get("mountPath").is_some_and(|path| path == TOKEN_PATH)
}

fn mount(volume: &str) -> BTreeMap<String, Value> {
    [("mountPath", TOKEN_PATH.into()), ("name", volume.into()), ("readOnly", true.into())]
        .into_iter()
        .map(|(name, value): (&str, Value)| (name.to_owned(), value))
        .collect()
}

fn token_volume(draw: u64) -> Volume {
    let field = json!({ "apiVersion": "v1", "fieldPath": "metadata.namespace" });
    let sources = json!([
        { "serviceAccountToken": { "expirationSeconds": 3607, "path": "token" } },
        { "configMap": { "items": [{ "key": "ca.crt", "path": "ca.crt" }], "name": "kube-root-ca.crt" } },
        { "downwardAPI": { "items": [{ "fieldRef": field, "path": "namespace" }] } },
    ]);
    Volume {
        name: format!("{TOKEN_VOLUME}{}", safe_encode(draw.wrapping_mul(0xbf58_476d_1ce4_e5b9), 5)),
        projected: Some(json!({ "defaultMode": 420, "sources": sources })),
        ..Default::default()
    }
}
