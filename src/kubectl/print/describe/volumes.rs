//! The sources of volumes. Upstream: `describe.go: describeVolumes`.

use super::writer::Writer;
use crate::api::{PersistentVolume, Volume};
use crate::kubectl::print::golang;
use serde_json::Value;

/// One kind of source: how its type is put, and its fields with their labels.
struct Source {
    about: &'static str,
    fields: &'static [(&'static str, &'static str, Absent)],
}

/// What stands for a field that is not written.
#[derive(Clone, Copy)]
enum Absent {
    Empty,
    None,
    Unset,
    False,
    Zero,
}

const CONFIG_MAP: Source = Source {
    about: "ConfigMap (a volume populated by a ConfigMap)",
    fields: &[("Name", "name", Absent::Empty), ("Optional", "optional", Absent::False)],
};
const SECRET: Source = Source {
    about: "Secret (a volume populated by a Secret)",
    fields: &[("SecretName", "secretName", Absent::Empty), ("Optional", "optional", Absent::False)],
};
const EMPTY_DIR: Source = Source {
    about: "EmptyDir (a temporary directory that shares a pod's lifetime)",
    fields: &[("Medium", "medium", Absent::Empty), ("SizeLimit", "sizeLimit", Absent::Unset)],
};
const HOST_PATH: Source = Source {
    about: "HostPath (bare host directory volume)",
    fields: &[("Path", "path", Absent::Empty), ("HostPathType", "type", Absent::None)],
};
const NFS: Source = Source {
    about: "NFS (an NFS mount that lasts the lifetime of a pod)",
    fields: &[
        ("Server", "server", Absent::Empty),
        ("Path", "path", Absent::Empty),
        ("ReadOnly", "readOnly", Absent::False),
    ],
};
const IMAGE: Source = Source {
    about: "Image (a container image or OCI artifact)",
    fields: &[("Reference", "reference", Absent::Empty), ("PullPolicy", "pullPolicy", Absent::Empty)],
};
const LOCAL: Source = Source {
    about: "LocalVolume (a persistent volume backed by local storage on a node)",
    fields: &[("Path", "path", Absent::Empty)],
};
const CSI: Source = Source {
    about: "CSI (a Container Storage Interface (CSI) volume source)",
    fields: &[
        ("Driver", "driver", Absent::Empty),
        ("FSType", "fsType", Absent::Empty),
        ("ReadOnly", "readOnly", Absent::False),
    ],
};
const CSI_VOLUME: Source = Source {
    about: "CSI (a Container Storage Interface (CSI) volume source)",
    fields: &[
        ("Driver", "driver", Absent::Empty),
        ("FSType", "fsType", Absent::Empty),
        ("VolumeHandle", "volumeHandle", Absent::Empty),
        ("ReadOnly", "readOnly", Absent::False),
    ],
};
const GCE_DISK: Source = Source {
    about: "GCEPersistentDisk (a Persistent Disk resource in Google Compute Engine)",
    fields: &[
        ("PDName", "pdName", Absent::Empty),
        ("FSType", "fsType", Absent::Empty),
        ("Partition", "partition", Absent::Zero),
        ("ReadOnly", "readOnly", Absent::False),
    ],
};
const AWS_DISK: Source = Source {
    about: "AWSElasticBlockStore (a Persistent Disk resource in AWS)",
    fields: &[
        ("VolumeID", "volumeID", Absent::Empty),
        ("FSType", "fsType", Absent::Empty),
        ("Partition", "partition", Absent::Zero),
        ("ReadOnly", "readOnly", Absent::False),
    ],
};

/// Volumes by name; `space` indents those of a template.
pub fn volumes(writer: &mut Writer, volumes: &[Volume], space: &str) {
    if volumes.is_empty() {
        writer.line(0, format!("{space}Volumes:\t<none>"));
        return;
    }
    writer.line(0, format!("{space}Volumes:"));
    let indent = if space.is_empty() { "" } else { " " };
    for volume in volumes {
        writer.line(1, format!("{indent}{}:", volume.name));
        if let Some(claim) = &volume.persistent_volume_claim {
            writer.field(
                2,
                "Type",
                "PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)",
            );
            writer.field(2, "ClaimName", &claim.claim_name);
            writer.field(2, "ReadOnly", claim.read_only.unwrap_or(false));
            continue;
        }
        if let Some(projected) = &volume.projected {
            self::projected(writer, projected);
            continue;
        }
        if let Some(items) = volume.downward_api.as_ref().map(|source| source.get("items").and_then(Value::as_array)) {
            downward(writer, items.map(Vec::as_slice).unwrap_or_default());
            continue;
        }
        if let Some(template) = volume.ephemeral.as_ref() {
            ephemeral(writer, template);
            continue;
        }
        let known = [
            (&HOST_PATH, &volume.host_path),
            (&EMPTY_DIR, &volume.empty_dir),
            (&GCE_DISK, &volume.gce_persistent_disk),
            (&AWS_DISK, &volume.aws_elastic_block_store),
            (&SECRET, &volume.secret),
            (&CONFIG_MAP, &volume.config_map),
            (&NFS, &volume.nfs),
            (&CSI, &volume.csi),
            (&IMAGE, &volume.image),
        ];
        match known.into_iter().find_map(|(source, value)| Some((source, value.as_ref()?))) {
            Some((source, value)) => self::source(writer, source, value),
            None => writer.line(1, "<unknown>"),
        }
    }
}

/// What a PersistentVolume stands for (`describePersistentVolume`).
pub fn volume_source(writer: &mut Writer, volume: &PersistentVolume) {
    let spec = &volume.spec;
    let known = [
        (&HOST_PATH, &spec.host_path),
        (&GCE_DISK, &spec.gce_persistent_disk),
        (&AWS_DISK, &spec.aws_elastic_block_store),
        (&NFS, &spec.nfs),
        (&LOCAL, &spec.local),
        (&CSI_VOLUME, &spec.csi),
    ];
    match known.into_iter().find_map(|(source, value)| Some((source, value.as_ref()?))) {
        Some((source, value)) => {
            self::source(writer, source, value);
        }
        None => writer.line(1, "<unknown>"),
    }
}

fn source(writer: &mut Writer, source: &Source, value: &Value) {
    writer.field(2, "Type", source.about);
    for (label, field, absent) in source.fields {
        let written = value.get(field).filter(|value| !value.is_null() && value.as_str() != Some(""));
        let text = written.map_or_else(
            || match absent {
                Absent::Empty => String::new(),
                Absent::None => "<none>".into(),
                Absent::Unset => "<unset>".into(),
                Absent::False => "false".into(),
                Absent::Zero => "0".into(),
            },
            golang::plain,
        );
        writer.field(2, label, text);
    }
    if source.about == CSI.about {
        attributes(writer, value);
    }
}

fn attributes(writer: &mut Writer, csi: &Value) {
    let attributes = csi.get("volumeAttributes").and_then(Value::as_object);
    let lines = attributes.into_iter().flatten().map(|(key, value)| format!("{key}={}", golang::plain(value)));
    writer.values("    VolumeAttributes", lines.map(|line| format!("    {line}")));
}

/// `printProjectedVolumeSource`.
fn projected(writer: &mut Writer, projected: &Value) {
    writer.field(2, "Type", "Projected (a volume that contains injected data from multiple sources)");
    let sources = projected.get("sources").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    for source in sources {
        let named = |writer: &mut Writer, label: &str, source: &Value| {
            writer.field(2, label, source.get("name").and_then(Value::as_str).unwrap_or_default());
            writer.field(2, "Optional", source.get("optional").and_then(Value::as_bool).unwrap_or(false));
        };
        if let Some(secret) = source.get("secret") {
            named(writer, "SecretName", secret);
        } else if source.get("downwardAPI").is_some() {
            writer.field(2, "DownwardAPI", true);
        } else if let Some(map) = source.get("configMap") {
            named(writer, "ConfigMapName", map);
        } else if let Some(token) = source.get("serviceAccountToken") {
            let seconds = token.get("expirationSeconds").and_then(Value::as_i64).unwrap_or(3600);
            writer.field(2, "TokenExpirationSeconds", seconds);
        }
    }
}

/// `printDownwardAPIVolumeSource`.
fn downward(writer: &mut Writer, items: &[Value]) {
    writer.field(2, "Type", "DownwardAPI (a volume populated by information about the pod)");
    writer.line(2, "Items:");
    for item in items {
        let text = |pointer: &str| item.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
        let from = [text("/fieldRef/fieldPath"), text("/resourceFieldRef/resource")];
        let from = from.into_iter().find(|from| !from.is_empty()).unwrap_or_default();
        writer.line(3, format!("{from} -> {}", text("/path")));
    }
}

/// `printEphemeralVolumeSource`.
fn ephemeral(writer: &mut Writer, ephemeral: &Value) {
    let about = "EphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)";
    writer.field(2, "Type", about);
    let Some(template) = ephemeral.get("volumeClaimTemplate") else { return };
    let text = |pointer: &str| template.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
    writer.field(2, "StorageClass", text("/spec/storageClassName"));
    writer.field(2, "Volume", text("/spec/volumeName"));
    for (label, pointer, separator) in
        [("Labels", "/metadata/labels", "="), ("Annotations", "/metadata/annotations", ": ")]
    {
        let map = template.pointer(pointer).and_then(Value::as_object);
        let lines = map.into_iter().flatten().map(|(key, value)| format!("{key}{separator}{}", golang::plain(value)));
        writer.values(&format!("    {label}"), lines);
    }
    writer.field(2, "Capacity", "");
    writer.field(2, "Access Modes", "");
    writer.field(2, "VolumeMode", text("/spec/volumeMode"));
}
