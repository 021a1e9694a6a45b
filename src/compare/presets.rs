//! Comparisons to begin with. Their titles and what they show are words of the page, found by `id`.

use super::inputs::Input;
use crate::manifest::SourceFile;

/// Two manifests and what is done to both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// Stable name.
    pub id: &'static str,
    sides: [(&'static str, &'static str); 2],
    scripts: [&'static [&'static str]; 2],
}

impl Preset {
    /// What each side begins with.
    #[must_use]
    pub fn inputs(&self) -> [Input; 2] {
        [0, 1].map(|side: usize| {
            let (name, text) = self.sides[side];
            Input {
                files: vec![SourceFile { name: name.into(), text: text.into() }],
                script: self.scripts[side].iter().map(|line| (*line).to_owned()).collect(),
            }
        })
    }
}

macro_rules! side {
    ($name:literal) => {
        ($name, include_str!(concat!("../../static/compare/", $name)))
    };
}

const NEW_SET_IMAGE: &[&str] = &["kubectl set image statefulset/web web=web:2"];
const NEW_DEPLOYMENT_IMAGE: &[&str] = &["kubectl set image deployment/web web=web:2"];
const NODE_JOINS: &[&str] = &["lab node add worker-4"];

/// All of them.
pub const PRESETS: [Preset; 5] = [
    Preset {
        id: "statefulset-deployment",
        sides: [side!("statefulset.yaml"), side!("deployment.yaml")],
        scripts: [NEW_SET_IMAGE, NEW_DEPLOYMENT_IMAGE],
    },
    Preset {
        id: "ordered-parallel",
        sides: [side!("statefulset.yaml"), side!("parallel.yaml")],
        scripts: [&["kubectl scale statefulset/web --replicas=1"]; 2],
    },
    Preset {
        id: "partition",
        sides: [side!("statefulset.yaml"), side!("partition.yaml")],
        scripts: [NEW_SET_IMAGE; 2],
    },
    Preset {
        id: "daemonset-replicaset",
        sides: [side!("daemonset.yaml"), side!("replicaset.yaml")],
        scripts: [NODE_JOINS; 2],
    },
    Preset {
        id: "unavailable-surge",
        sides: [side!("unavailable.yaml"), side!("surge.yaml")],
        scripts: [NEW_DEPLOYMENT_IMAGE; 2],
    },
];
