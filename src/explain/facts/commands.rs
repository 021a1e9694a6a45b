//! What one types to change something.

use crate::api::{Kind, ObjectRef};
use crate::obstacle::Remedy;

/// The command that does what would help, where there is one.
pub(in crate::explain) fn command(remedy: &Remedy) -> Option<String> {
    Some(match remedy {
        Remedy::SetImage { workload, container } => {
            format!("kubectl set image {} {container}=IMAGE{}", argument(workload), namespace(workload))
        }
        Remedy::UndoRollout { workload } => {
            format!("kubectl rollout undo {}{}", argument(workload), namespace(workload))
        }
        Remedy::DeletePod { pod, .. } => delete(pod),
        Remedy::Tolerate { node, taint } => format!("kubectl taint nodes {} {taint}-", node.as_ref()?),
        Remedy::Label { node, key, value } => {
            format!("kubectl label nodes {} {key}={value} --overwrite", node.as_deref().unwrap_or("NODE"))
        }
        Remedy::StopUsing { user, .. } if user.kind == Kind::Pod => delete(user),
        Remedy::LowerPartition { set } => format!(
            "kubectl patch {}{} -p '{{\"spec\":{{\"updateStrategy\":{{\"rollingUpdate\":{{\"partition\":0}}}}}}}}'",
            argument(set),
            namespace(set)
        ),
        Remedy::Resume { deployment } => {
            format!("kubectl rollout resume {}{}", argument(deployment), namespace(deployment))
        }
        Remedy::ScaleUp { workload, replicas } => {
            format!("kubectl scale {} --replicas={replicas}{}", argument(workload), namespace(workload))
        }
        Remedy::BringBack { node } => format!("lab node up {node}"),
        Remedy::OutOfService { node } => {
            format!("kubectl taint nodes {node} node.kubernetes.io/out-of-service=nodeshutdown:NoExecute")
        }
        Remedy::Uncordon { node } => format!("kubectl uncordon {node}"),
        Remedy::Wait { .. }
        | Remedy::AnswerProbe { .. }
        | Remedy::OpenGates(_)
        | Remedy::MakeRoom
        | Remedy::SatisfyFilter { .. }
        | Remedy::RemoveGates { .. }
        | Remedy::Create(_)
        | Remedy::AddVolume { .. }
        | Remedy::UseClaim { .. }
        | Remedy::StopUsing { .. }
        | Remedy::RelievePressure { .. }
        | Remedy::RemoveFinalizers(_)
        | Remedy::ChangeLimit { .. }
        | Remedy::MakeMeasurable
        | Remedy::RelaxBudget { .. }
        | Remedy::Agree { .. } => return None,
    })
}

fn delete(pod: &ObjectRef) -> String {
    format!("kubectl delete pod {}{}", pod.name(), namespace(pod))
}

/// `statefulset/web`, as one types it.
fn argument(object: &ObjectRef) -> String {
    format!("{}/{}", object.kind.as_str().to_ascii_lowercase(), object.name())
}

/// ` -n NAMESPACE`, where it is not the default one.
fn namespace(object: &ObjectRef) -> String {
    match &*object.key.namespace {
        "" | "default" => String::new(),
        namespace => format!(" -n {namespace}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Time;

    #[test]
    fn what_can_be_typed_is_typed_for_the_namespace_of_the_object() {
        let set = ObjectRef::new(Kind::StatefulSet, "shop", "db");
        let command = command(&Remedy::UndoRollout { workload: set });
        assert_eq!(command.as_deref(), Some("kubectl rollout undo statefulset/db -n shop"));
    }

    #[test]
    fn what_comes_by_itself_has_no_command() {
        assert_eq!(command(&Remedy::Wait { until: Some(Time(2_460)) }), None);
    }
}
