//! What is told of the pods behind a Service.

use crate::api::{ObjectRef, Service};
use crate::dns::{self, RecordData};
use crate::explain::scope::Scope;
use crate::reason::{Departure, Withdrawal};

/// The names in DNS that pods of a headless Service have of their own.
pub(in crate::explain) fn own_names(service: &Service, pods: &[ObjectRef], scope: Scope<'_>) -> Vec<String> {
    let mut names: Vec<String> = vec![];
    for pod in pods.iter().filter_map(|pod| scope.pod(pod)) {
        let records = dns::records_of_pod_in(scope.cluster, service, &pod);
        names.extend(records.into_iter().filter(|record| matches!(record.data, RecordData::A(_))).map(|it| it.name));
    }
    let shared = dns::service_name(service);
    names.retain(|name| *name != shared);
    names
}

/// The pods that are withdrawn, by what they have in common.
pub(in crate::explain) fn by_withdrawal(left: &[Departure]) -> Vec<(Withdrawal, Vec<&ObjectRef>)> {
    [Withdrawal::Terminating, Withdrawal::NotReady, Withdrawal::Ended, Withdrawal::Unselected, Withdrawal::Gone]
        .into_iter()
        .map(|why| (why, left.iter().filter(|left| left.why == why).map(|left| &left.pod).collect::<Vec<_>>()))
        .filter(|(_, pods)| !pods.is_empty())
        .collect()
}
