//! Volumes of pods. Upstream: `pkg/apis/core/validation/validation.go ValidateVolumes`.

use super::field::{Errors, Field};
use super::{env, meta, names, paths, storage};
use std::collections::{BTreeMap, BTreeSet};

/// The order in which upstream looks at the sources; the first counts, every other is one too many.
const SOURCES: [&str; 30] = [
    "emptyDir",
    "hostPath",
    "gitRepo",
    "gcePersistentDisk",
    "awsElasticBlockStore",
    "secret",
    "nfs",
    "iscsi",
    "glusterfs",
    "flocker",
    "persistentVolumeClaim",
    "rbd",
    "cinder",
    "cephfs",
    "quobyte",
    "downwardAPI",
    "fc",
    "flexVolume",
    "configMap",
    "azureFile",
    "vsphereVolume",
    "photonPersistentDisk",
    "portworxVolume",
    "azureDisk",
    "storageos",
    "projected",
    "scaleIO",
    "csi",
    "ephemeral",
    "image",
];

/// Volumes that can be mounted, and whether they hold a claim and so can be devices.
pub(super) type Volumes = BTreeMap<String, bool>;

/// The pod that volumes belong to.
#[derive(Clone, Copy)]
pub(super) struct OfPod<'a> {
    /// Its name; empty for a template.
    pub name: &'a str,
    pub is_pod: bool,
    /// Claim templates, which take the place of volumes of their names.
    pub claims: Option<&'a Field<'a>>,
}

pub(super) fn volumes(volumes: &Field, of: OfPod, errors: &mut Errors) -> Volumes {
    let mut known = Volumes::new();
    let mut seen = BTreeSet::new();
    // Upstream puts the volumes of the claims first.
    for (index, claim) in of.claims.into_iter().flat_map(Field::items).enumerate() {
        let place = format!("{}[{index}]", volumes.path);
        let name = claim.at("metadata").at("name").called(format!("{place}.name"));
        if name.is_empty() {
            errors.required(&name.called(format!("{place}.persistentVolumeClaim.claimName")), "");
        }
        meta::required_name(&name, names::dns_label, errors);
        known.insert(name.text().to_string(), true);
    }
    let of_claims = known.clone();
    let is_ephemeral = |volume: &Field| volume.at("ephemeral").is_set();
    let made: BTreeSet<String> = volumes
        .items()
        .filter(|volume| !of.name.is_empty() && is_ephemeral(volume))
        .map(|volume| format!("{}-{}", of.name, volume.at("name").text()))
        .collect();
    for volume in volumes.items() {
        let name = volume.at("name");
        if of_claims.contains_key(name.text()) {
            continue;
        }
        let before = errors.0.len();
        source(&volume, of, errors);
        meta::required_name(&name, names::dns_label, errors);
        if seen.contains(name.text()) {
            errors.duplicate(&name, name.text());
        }
        if errors.0.len() == before {
            seen.insert(name.text().to_string());
            let holds_claim = volume.at("persistentVolumeClaim").is_set() || is_ephemeral(&volume);
            known.insert(name.text().to_string(), holds_claim);
        }
        let claim = volume.at("persistentVolumeClaim").at("claimName");
        if made.contains(claim.text()) {
            errors.invalid(&claim, "must not reference a PVC that gets created for an ephemeral volume");
        }
    }
    known
}

fn source(volume: &Field, of: OfPod, errors: &mut Errors) {
    let mut found = 0;
    for name in SOURCES {
        let source = volume.at(name);
        if !source.is_set() {
            continue;
        }
        found += 1;
        if found > 1 {
            errors.forbidden(&source, "may not specify more than 1 volume type");
            continue;
        }
        match name {
            "emptyDir" => {
                let size = source.at("sizeLimit");
                if size.quantity().is_some_and(|size| size.milli() < 0) {
                    errors.forbidden(&size, "SizeLimit field must be a valid resource quantity");
                }
            }
            "persistentVolumeClaim" => needed(&source, &["claimName"], errors),
            "hostPath" => host_path(&source, errors),
            "nfs" => nfs(&source, errors),
            "configMap" => keyed(&source, "name", errors),
            "secret" => keyed(&source, "secretName", errors),
            "downwardAPI" => {
                paths::mode(&source.at("defaultMode"), errors);
                // Upstream gives every file the path of the volume.
                source.at("items").items().for_each(|file| downward(&file.called(source.path.clone()), errors));
            }
            "projected" => projected(&source, errors),
            "csi" => inline_csi(&source, errors),
            "ephemeral" => ephemeral(volume, &source, of.name, errors),
            "image" => {
                if of.is_pod {
                    needed(&source, &["reference"], errors);
                }
                errors.one_of(&source.at("pullPolicy"), &["Always", "IfNotPresent", "Never"], true);
            }
            "gitRepo" => {
                needed(&source, &["repository"], errors);
                paths::descending(&source.at("directory"), errors);
            }
            "awsElasticBlockStore" | "cinder" => needed(&source, &["volumeID"], errors),
            "vsphereVolume" => needed(&source, &["volumePath"], errors),
            "gcePersistentDisk" => {
                let place = source.called(volume.at("persistentDisk").path);
                needed(&place, &["pdName"], errors);
            }
            "flexVolume" => needed(&source, &["driver"], errors),
            "azureFile" => needed(&source, &["secretName", "shareName"], errors),
            "cephfs" => needed(&source, &["monitors"], errors),
            "rbd" => needed(&source, &["monitors", "image"], errors),
            "glusterfs" => needed(&source, &["endpoints", "path"], errors),
            _ => {}
        }
    }
    if found == 0 {
        errors.required(volume, "must specify a volume type");
    }
}

fn needed(source: &Field, names: &[&str], errors: &mut Errors) {
    for name in names {
        let field = source.at(name);
        if field.is_empty() {
            errors.required(&field, "");
        }
    }
}

pub(super) fn host_path(source: &Field, errors: &mut Errors) {
    const TYPES: [&str; 8] =
        ["", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"];
    let (path, kind) = (source.at("path"), source.at("type"));
    if path.is_empty() {
        errors.required(&path, "");
        return;
    }
    paths::no_backsteps(&path, errors);
    if kind.is_set() && !TYPES.contains(&kind.text()) {
        errors.not_supported(&kind, kind.text(), &TYPES);
    }
}

pub(super) fn nfs(source: &Field, errors: &mut Errors) {
    needed(source, &["server", "path"], errors);
    let path = source.at("path");
    if !path.text().starts_with('/') {
        errors.invalid_value(&path, path.text(), "must be an absolute path");
    }
}

/// A ConfigMap or a Secret as files.
fn keyed(source: &Field, name: &str, errors: &mut Errors) {
    needed(source, &[name], errors);
    paths::mode(&source.at("defaultMode"), errors);
    source.at("items").items().for_each(|item| key_to_path(&item, errors));
}

fn key_to_path(item: &Field, errors: &mut Errors) {
    needed(item, &["key", "path"], errors);
    paths::unreserved(&item.at("path"), errors);
    paths::mode(&item.at("mode"), errors);
}

/// `validateDownwardAPIVolumeFile`.
fn downward(file: &Field, errors: &mut Errors) {
    const FIELDS: [&str; 5] =
        ["metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"];
    needed(file, &["path"], errors);
    paths::unreserved(&file.at("path"), errors);
    let (field, resource) = (file.at("fieldRef"), file.at("resourceFieldRef"));
    if field.is_set() {
        env::field_of_pod(&field, &FIELDS, errors);
        if resource.is_set() {
            errors.invalid_value(file, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously");
        }
    } else if resource.is_set() {
        env::resource_of_container(&resource, true, errors);
    } else {
        errors.required(file, "one of fieldRef and resourceFieldRef is required");
    }
    paths::mode(&file.at("mode"), errors);
}

/// `validateProjectedVolumeSource`.
fn projected(source: &Field, errors: &mut Errors) {
    paths::mode(&source.at("defaultMode"), errors);
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut take = |path: &str, told: &str, errors: &mut Errors| {
        if !path.is_empty() && !taken.insert(path.to_owned()) {
            errors.invalid_value(source, told, "conflicting duplicate paths");
        }
    };
    for projection in source.at("sources").items() {
        let mut found = 0;
        for kind in ["secret", "configMap"] {
            let part = projection.at(kind);
            if !part.is_set() {
                continue;
            }
            found += 1;
            needed(&part, &["name"], errors);
            for item in part.at("items").items() {
                key_to_path(&item, errors);
                take(item.at("path").text(), part.at("name").text(), errors);
            }
        }
        let part = projection.at("downwardAPI");
        if part.is_set() {
            found += 1;
            for file in part.at("items").items() {
                downward(&file.called(part.path.clone()), errors);
                take(file.at("path").text(), file.at("path").text(), errors);
            }
        }
        let token = projection.at("serviceAccountToken");
        if token.is_set() {
            found += 1;
            service_account_token(source, &token, errors);
        }
        found +=
            ["clusterTrustBundle", "podCertificate"].into_iter().filter(|kind| projection.at(kind).is_set()).count();
        if found > 1 {
            errors.forbidden(&projection, "may not specify more than 1 volume type per source");
        }
    }
}

fn service_account_token(volume: &Field, token: &Field, errors: &mut Errors) {
    let seconds = token.at("expirationSeconds");
    if seconds.int() < 600 {
        errors.invalid_value(&seconds, seconds.int(), "may not specify a duration less than 10 minutes");
    }
    if seconds.int() > 1 << 32 {
        errors.invalid_value(&seconds, seconds.int(), "may not specify a duration larger than 2^32 seconds");
    }
    // Upstream gives the path of the volume.
    let path = token.at("path").called(volume.at("path").path);
    if path.is_empty() {
        errors.required(&path, "");
    } else {
        paths::unreserved(&path, errors);
    }
}

/// `ValidateCSIDriverName`.
pub(super) fn csi_driver(driver: &Field, errors: &mut Errors) {
    if driver.is_empty() {
        errors.required(driver, "");
        return;
    }
    if driver.text().len() > 63 {
        errors.too_long(driver, 63);
    }
    for message in names::dns_subdomain(&driver.text().to_lowercase()) {
        errors.invalid_value(driver, driver.text(), &message);
    }
}

fn inline_csi(source: &Field, errors: &mut Errors) {
    csi_driver(&source.at("driver"), errors);
    let secret = source.at("nodePublishSecretRef");
    if secret.is_set() {
        let name = secret.at("name");
        if name.is_empty() {
            errors.required(&name, "");
        } else {
            errors.all_invalid(&name.called(source.at("name").path), names::dns_subdomain(name.text()));
        }
    }
}

fn ephemeral(volume: &Field, source: &Field, pod: &str, errors: &mut Errors) {
    let template = source.at("volumeClaimTemplate");
    if !template.is_set() {
        errors.required(&template, "");
    } else {
        let metadata = template.at("metadata");
        meta::annotations(&metadata.at("annotations"), errors);
        meta::labels(&metadata.at("labels"), errors);
        for (name, _) in metadata.entries().filter(|(name, _)| !matches!(*name, "labels" | "annotations")) {
            let field = metadata.at(name);
            if !field.is_empty() {
                errors.forbidden(&field, "cannot be set");
            }
        }
        storage::claim_spec(&template.at("spec"), errors);
    }
    let name = volume.at("name");
    if !pod.is_empty() && !name.is_empty() {
        let claim = format!("{pod}-{}", name.text());
        for message in names::dns_subdomain(&claim) {
            errors.invalid(&name, &format!("PVC name \"{claim}\": {message}"));
        }
    }
}
