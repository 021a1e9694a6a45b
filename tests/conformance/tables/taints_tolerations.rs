//! `taints_tolerations`: which tolerations let a pod pass which taints.

use serde::de::DeserializeOwned;
use serde_json::Value;
use setwise::actor::{Settings, View, World};
use setwise::api::{Pod, PodSpec, Taint, Time, Toleration};
use setwise::cluster::Cluster;
use setwise::scheduler::NodeFilters;
use std::rc::Rc;

fn read<T: DeserializeOwned>(value: &Value) -> Result<T, String> {
    serde_json::from_value(value.clone()).map_err(|error| format!("{value}: {error}"))
}

/// A list that may be absent.
fn list<T: DeserializeOwned>(value: &Value) -> Result<Vec<T>, String> {
    if value.is_null() { Ok(vec![]) } else { read(value) }
}

/// What the scheduler's filters say of a node with these taints.
fn refusal(tolerations: Vec<Toleration>, taints: Vec<Taint>, gate: bool) -> Option<String> {
    let mut settings = Settings::default();
    settings.cluster.feature_gates.insert("TaintTolerationComparisonOperators".into(), gate);
    let mut node = setwise::engine::default_cluster::node("node");
    node.spec.taints = taints;
    let pod = Pod { spec: Rc::new(PodSpec { tolerations, ..PodSpec::default() }), ..Pod::default() };
    let (cluster, world) = (Cluster::default(), World::default());
    let view = View { cluster: &cluster, now: Time::ZERO, settings: &settings, world: &world };
    let refusal = NodeFilters::new(view, &pod).refusal(&node)?;
    Some(refusal.reasons.join(", "))
}

/// One row of any of the three kinds.
pub fn check(given: &Value, expect: &Value) -> Result<(), String> {
    let gate = given["comparison_operators_gate"].as_bool().unwrap_or(false);
    let agree = |found: bool, wanted: &Value| {
        if *wanted == found { Ok(()) } else { Err(format!("found {found}")) }
    };
    match given["kind"].as_str() {
        Some("toleration_vs_taint") => {
            let (toleration, taint): (Toleration, Taint) = (read(&given["toleration"])?, read(&given["taint"])?);
            agree(toleration.tolerates_under(&taint, gate), &expect["tolerated"])
        }
        Some("tolerations_vs_taints") => {
            let tolerations: Vec<Toleration> = list(&given["tolerations"])?;
            let mut taints: Vec<Taint> = list(&given["taints"])?;
            match given["taint_filter"].as_str().unwrap_or("all") {
                "all" => {}
                "none" => taints.clear(),
                filter => {
                    let effect = filter.strip_prefix("effect:").ok_or_else(|| format!("unknown filter {filter}"))?;
                    taints.retain(|taint| taint.effect.to_string() == effect);
                }
            }
            let tolerated = |taint: &Taint| tolerations.iter().any(|it| it.tolerates_under(taint, gate));
            agree(taints.iter().all(tolerated), &expect["all_tolerated"])
        }
        Some("scheduler_taint_filter") => {
            let (tolerations, taints): (Vec<Toleration>, Vec<Taint>) =
                (list(&given["tolerations"])?, list(&given["taints"])?);
            let refused = refusal(tolerations, taints, gate);
            agree(refused.is_none(), &expect["fits"])?;
            match (expect["reason"].as_str(), refused) {
                (Some(wanted), Some(found)) if wanted != found => Err(format!("found {found}")),
                _ => Ok(()),
            }
        }
        other => Err(format!("unknown kind {other:?}")),
    }
}
