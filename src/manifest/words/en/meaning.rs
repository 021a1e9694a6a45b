//! What each code means, for whoever meets it for the first time.

use crate::manifest::diagnostic::DiagnosticCode;

/// One or two sentences a code.
pub(in crate::manifest::words) fn meaning(code: DiagnosticCode) -> &'static str {
    use DiagnosticCode as Code;
    match code {
        Code::YamlSyntax => "The text is not YAML, so that nothing of the document can be read.",
        Code::YamlTab => "YAML is indented with spaces. A tab in the indentation is refused.",
        Code::YamlSeparator => "Documents are separated by a line that has nothing but `---` on it.",
        Code::YamlAnchor => "A word that begins with `*` stands for a value that is named with `&` above it.",
        Code::YamlLimit => "Aliases or nesting go beyond what any manifest needs.",
        Code::YamlKey => "A key is a word or a number, never a list or a mapping.",
        Code::YamlAfterEnd => "A line `...` ends a document, and kubectl does not read what follows it.",
        Code::InputTooLarge => "There is more text than is read.",
        Code::TooManyDocuments => "There are more documents than are read.",
        Code::NoObjects => "There is nothing to apply.",
        Code::NotAnObject => "A manifest is a mapping with `apiVersion`, `kind` and `metadata`.",
        Code::KindMissing => "Without `apiVersion` and `kind` nobody knows what an object is.",
        Code::NameMissing => "Every object has a name, by which it is found again.",
        Code::NoMatches => "Kubernetes serves no such kind in that version.",
        Code::VersionRemoved => "The kind was served in that version once. It has moved to another one since.",
        Code::UnknownField => "The object has no field of that name at that place.",
        Code::WrongType => "The field takes another type of value: text, a number, a list or a block of fields.",
        Code::SelectorRequired => "A workload finds its pods by their labels, and its selector says by which.",
        Code::SelectorMismatch => "A workload has to make pods that its own selector finds.",
        Code::FieldRequired => "A field that has to be there is missing.",
        Code::FieldInvalid => "The value does not have the form that the field asks for.",
        Code::FieldNotSupported => "The field takes one of a few values, and this is none of them.",
        Code::FieldForbidden => "The field may not be set here, or not together with what else is set.",
        Code::FieldNotFound => "The field names something of the same object that is not there.",
        Code::FieldDuplicate => "The value has to be unique and is used twice.",
        Code::FieldTooLong => "The value is longer than is allowed.",
        Code::NamespaceMissing => "Objects can only be made in a namespace that exists.",
        Code::MissingSeparator => {
            "Without a line `---` two documents are one, in which the second overwrites the first."
        }
        Code::DuplicateKey => "Of equal keys the last one counts, and nothing is said of the others.",
        Code::DuplicateObject => "Two documents with the same kind, namespace and name are the same object.",
        Code::ServiceMissing => "The pods of a StatefulSet get their names in DNS from the Service that it names.",
        Code::ServiceNotHeadless => "Only a headless Service gives each pod a name of its own in DNS.",
        Code::ServiceSelectsOthers => "A Service gives names in DNS to the pods that it selects, and to no others.",
        Code::SelectsNothing => "A Service without pods leads nowhere.",
        Code::PortMissing => "A port that is referred to by name has to be one of a container's `ports`.",
        Code::NamespaceMismatch => "Objects refer to each other by name within one namespace.",
        Code::ClaimUnused => "A claim is there for a pod that mounts its volume.",
        Code::ClaimMissing => "A pod waits until the claims that it mounts are there.",
        Code::StorageClassMissing => "A claim gets its volume from a StorageClass, and waits while that is missing.",
        Code::PriorityClassMissing => "Pods that name a PriorityClass which is not there are refused.",
        Code::MountClash => "Of two volumes that are mounted in one place one hides the other.",
        Code::SelectorOverlap => "Workloads whose selectors match the same pods get in each other's way.",
        Code::NoNode => "The labels or taints of the nodes keep the pods off all of them.",
        Code::RequestTooLarge => "A pod needs one node that has all that it requests.",
        Code::ReadinessMissing => "An ordered set waits for Ready, which means little without a readiness probe.",
        Code::ImageNotPinned => "A tag such as `latest` is moved to other images, so that equal pods run unequal code.",
        Code::GraceZero => "Without a grace period a pod is gone from the cluster before its containers have stopped.",
        Code::PartitionHoldsAll => "A partition keeps the first pods of a set from being updated, here all of them.",
        Code::FieldDropped => "The API server drops fields whose feature gate is off, without a word.",
        Code::ScaleTarget => "An autoscaler sets the number of replicas of one workload, which has to be there.",
        Code::RequestMissing => "Utilization is a share of what a container requests, so that a request is needed.",
        Code::ReplicasAndAutoscaler => "The number of pods has one owner: the manifest or the autoscaler.",
        Code::BudgetSelectsNothing => "A PodDisruptionBudget protects the pods that its selector matches.",
        Code::BudgetBlocks => "A budget that never allows a disruption keeps nodes from being drained.",
        Code::NotSimulated => "Kubernetes knows the kind. It has no effect in Setwise.",
        Code::FieldNotSimulated => "Kubernetes heeds the field. It has no effect in Setwise.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_sentence_and_a_name_of_its_own() {
        let mut names = std::collections::BTreeSet::new();
        for code in DiagnosticCode::ALL {
            let text = meaning(*code);
            assert!(text.ends_with('.') && text.starts_with(char::is_uppercase), "{text}");
            assert!(names.insert(code.as_str()), "{code:?}");
        }
    }
}
