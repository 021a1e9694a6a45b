//! The columns of each kind.

use super::Moment;
use crate::api::Kind;
use crate::kubectl::print::{Format, GetOptions};

const WIDE: GetOptions = GetOptions {
    format: Format::Wide,
    no_headers: false,
    show_labels: false,
    show_kind: false,
    all_namespaces: false,
    label_columns: vec![],
    sort_by: None,
    single: false,
};

/// What is printed for objects of a kind, 65 seconds after they were made.
fn table(kind: Kind, objects: &str) -> String {
    Moment::of(objects, 65_000).get(&[kind], &GetOptions::default())
}

fn wide(kind: Kind, objects: &str) -> String {
    Moment::of(objects, 65_000).get(&[kind], &WIDE)
}

/// The cells READY, STATUS and RESTARTS of a pod.
fn pod(spec_and_status: &str) -> Vec<String> {
    pod_with("", spec_and_status)
}

fn pod_with(metadata: &str, spec_and_status: &str) -> Vec<String> {
    let objects = format!(
        "apiVersion: v1\nkind: Pod\nmetadata: {{name: a, creationTimestamp: \"\"{metadata}}}\n{spec_and_status}"
    );
    let printed =
        Moment::of(&objects, 65_000).get(&[Kind::Pod], &GetOptions { no_headers: true, ..GetOptions::default() });
    let cells: Vec<&str> = printed.trim_end().split("   ").map(str::trim).filter(|cell| !cell.is_empty()).collect();
    assert_eq!((cells[0], cells[4], cells.len()), ("a", "65s", 5), "{printed}");
    cells[1..4].iter().map(ToString::to_string).collect()
}

#[test]
fn a_pod_has_the_status_of_the_container_that_keeps_it_from_running() {
    for (status, cells) in [
        ("{phase: Pending}", ["0/1", "Pending", "0"]),
        (
            "{phase: Pending, conditions: [{type: PodScheduled, status: 'False', reason: SchedulingGated}]}",
            ["0/1", "SchedulingGated", "0"],
        ),
        (
            "{phase: Pending, containerStatuses: [{name: c, state: {waiting: {reason: ContainerCreating}}}]}",
            ["0/1", "ContainerCreating", "0"],
        ),
        (
            "{phase: Pending, containerStatuses: [{name: c, state: {waiting: {reason: ImagePullBackOff}}}]}",
            ["0/1", "ImagePullBackOff", "0"],
        ),
        (
            "{phase: Running, containerStatuses: [{name: c, ready: true, state: {running: {startedAt: ''}}}]}",
            ["1/1", "Running", "0"],
        ),
        (
            "{phase: Running, containerStatuses: [{name: c, ready: false, state: {running: {startedAt: ''}}}]}",
            ["0/1", "Running", "0"],
        ),
        (
            "{phase: Running, containerStatuses: [{name: c, restartCount: 3, state: {waiting: {reason: CrashLoopBackOff}},
              lastState: {terminated: {reason: Error, exitCode: 1, finishedAt: ''}}}]}",
            ["0/1", "CrashLoopBackOff", "3 (65s ago)"],
        ),
        (
            "{phase: Running, containerStatuses: [{name: c, state: {terminated: {reason: Error, exitCode: 1, finishedAt: ''}}}]}",
            ["0/1", "Error", "0"],
        ),
        (
            "{phase: Failed, containerStatuses: [{name: c, state: {terminated: {reason: '', exitCode: 137, finishedAt: ''}}}]}",
            ["0/1", "ExitCode:137", "0"],
        ),
        (
            "{phase: Succeeded, containerStatuses: [{name: c, state: {terminated: {reason: Completed, exitCode: 0, finishedAt: ''}}}]}",
            ["0/1", "Completed", "0"],
        ),
        ("{phase: Failed, reason: Evicted}", ["0/1", "Evicted", "0"]),
    ] {
        assert_eq!(pod(&format!("spec: {{containers: [{{name: c}}]}}\nstatus: {status}")), cells, "{status}");
    }
}

#[test]
fn a_pod_with_one_container_completed_runs_while_the_others_do() {
    let both = |ready: &str| {
        pod(&format!(
            "spec: {{containers: [{{name: c}}, {{name: d}}]}}\nstatus: {{phase: Running, {ready}containerStatuses: [
             {{name: c, state: {{terminated: {{reason: Completed, exitCode: 0, finishedAt: ''}}}}}},
             {{name: d, ready: true, state: {{running: {{startedAt: ''}}}}}}]}}"
        ))
    };
    assert_eq!(both(""), ["1/2", "NotReady", "0"]);
    assert_eq!(both("conditions: [{type: Ready, status: 'True'}], "), ["1/2", "Running", "0"]);
}

#[test]
fn a_pod_tells_how_far_its_init_containers_are() {
    for (statuses, cells) in [
        ("[{name: i, state: {running: {startedAt: ''}}}, {name: j}]", ["0/1", "Init:0/2", "0"]),
        (
            "[{name: i, state: {terminated: {reason: Completed, exitCode: 0, finishedAt: ''}}}, {name: j, state: {waiting: {reason: PodInitializing}}}]",
            ["0/1", "Init:1/2", "0"],
        ),
        (
            "[{name: i, restartCount: 2, state: {waiting: {reason: CrashLoopBackOff}}, lastState: {terminated: {reason: Error, exitCode: 1, finishedAt: ''}}}]",
            ["0/1", "Init:CrashLoopBackOff", "2 (65s ago)"],
        ),
        ("[{name: i, state: {terminated: {reason: Error, exitCode: 1, finishedAt: ''}}}]", ["0/1", "Init:Error", "0"]),
        (
            "[{name: i, state: {terminated: {reason: '', exitCode: 3, finishedAt: ''}}}]",
            ["0/1", "Init:ExitCode:3", "0"],
        ),
        ("[{name: i, state: {waiting: {reason: ImagePullBackOff}}}]", ["0/1", "Init:ImagePullBackOff", "0"]),
        (
            "[{name: i, restartCount: 4, state: {terminated: {reason: Completed, exitCode: 0, finishedAt: ''}}}]",
            ["0/1", "PodInitializing", "0"],
        ),
    ] {
        let text = format!(
            "spec: {{initContainers: [{{name: i}}, {{name: j}}], containers: [{{name: c}}]}}\nstatus: {{phase: Pending,
             initContainerStatuses: {statuses}, containerStatuses: [{{name: c, state: {{waiting: {{reason: PodInitializing}}}}}}]}}"
        );
        assert_eq!(pod(&text), cells, "{statuses}");
    }
}

#[test]
fn sidecars_count_among_the_containers() {
    let text = "spec: {initContainers: [{name: s, restartPolicy: Always}], containers: [{name: c}]}
status:
  phase: Running
  conditions: [{type: Initialized, status: 'True'}]
  initContainerStatuses: [{name: s, ready: true, started: true, restartCount: 1, state: {running: {startedAt: ''}}}]
  containerStatuses: [{name: c, ready: true, restartCount: 2, state: {running: {startedAt: ''}}}]
";
    assert_eq!(pod(text), ["2/2", "Running", "3"]);
}

#[test]
fn a_pod_that_is_deleted_terminates_and_one_of_a_lost_node_is_unknown() {
    let deleted = ", deletionTimestamp: ''";
    let status = |status: &str| format!("spec: {{containers: [{{name: c}}]}}\nstatus: {status}");
    assert_eq!(pod_with(deleted, &status("{phase: Running}")), ["0/1", "Terminating", "0"]);
    assert_eq!(pod_with(deleted, &status("{phase: Running, reason: NodeLost}")), ["0/1", "Unknown", "0"]);
    assert_eq!(pod_with(deleted, &status("{phase: Succeeded}")), ["0/1", "Succeeded", "0"]);
}

#[test]
fn wide_pods_tell_where_they_are() {
    let objects = "
apiVersion: v1
kind: Pod
metadata: {name: a, creationTimestamp: ''}
spec: {nodeName: worker-1, readinessGates: [{conditionType: x}, {conditionType: z}], containers: [{name: c}]}
status: {phase: Running, conditions: [{type: z, status: 'True'}], podIPs: [{ip: 10.244.0.7}]}
---
apiVersion: v1
kind: Pod
metadata: {name: b, creationTimestamp: ''}
spec: {containers: [{name: c}]}
status: {phase: Pending, nominatedNodeName: worker-2}
";
    assert_eq!(
        wide(Kind::Pod, objects),
        "\
NAME   READY   STATUS    RESTARTS   AGE   IP           NODE       NOMINATED NODE   READINESS GATES
a      0/1     Running   0          65s   10.244.0.7   worker-1   <none>           1/2
b      0/1     Pending   0          65s   <none>       <none>     worker-2         <none>
"
    );
}

#[test]
fn nodes_have_a_status_and_roles() {
    let objects = "
apiVersion: v1
kind: Node
metadata:
  name: control-plane
  creationTimestamp: ''
  labels: {node-role.kubernetes.io/control-plane: '', node-role.kubernetes.io/etcd: '', kubernetes.io/role: db}
status: {conditions: [{type: Ready, status: 'True'}]}
---
apiVersion: v1
kind: Node
metadata: {name: worker-1, creationTimestamp: ''}
spec: {unschedulable: true}
status:
  conditions: [{type: Ready, status: Unknown}]
  nodeInfo: {kubeletVersion: v1.35.0, osImage: Debian, kernelVersion: '6.1', architecture: arm64, containerRuntimeVersion: containerd://2.1.0}
  addresses: [{type: InternalIP, address: 192.0.2.7}, {type: ExternalIP, address: 203.0.113.7}]
---
apiVersion: v1
kind: Node
metadata: {name: worker-2}
";
    assert_eq!(
        table(Kind::Node, objects),
        "\
NAME            STATUS                        ROLES                   AGE         VERSION
control-plane   Ready                         control-plane,db,etcd   65s         v1.36.2
worker-1        NotReady,SchedulingDisabled   <none>                  65s         v1.35.0
worker-2        Unknown                       <none>                  <unknown>   v1.36.2
"
    );
    let last = wide(Kind::Node, objects);
    let of = |name: &str| {
        last.lines().find(|line| line.starts_with(name)).unwrap().split("   ").last().unwrap().trim().to_owned()
    };
    assert_eq!((of("worker-1").as_str(), of("worker-2").as_str()), ("containerd://2.1.0", "<unknown>"));
    assert!(last.contains("192.0.2.7     203.0.113.7   Debian      6.1 (arm64)"), "{last}");
}

#[test]
fn workloads_tell_how_many_of_their_pods_are_ready() {
    let template = "template: {spec: {containers: [{name: a, image: 'x:1'}, {name: b, image: 'y:2'}]}}";
    let set = format!(
        "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {{name: web, creationTimestamp: ''}}\nspec: {{replicas: 3, {template}}}\nstatus: {{readyReplicas: 2}}\n"
    );
    assert_eq!(
        wide(Kind::StatefulSet, &set),
        "NAME   READY   AGE   CONTAINERS   IMAGES\nweb    2/3     65s   a,b          x:1,y:2\n"
    );
    let selector = "selector: {matchLabels: {app: x}, matchExpressions: [{key: tier, operator: In, values: [b, a]}, {key: q, operator: DoesNotExist}]}";
    let deployment = format!(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: app, creationTimestamp: ''}}\nspec: {{replicas: 4, {selector}, {template}}}\nstatus: {{readyReplicas: 1, updatedReplicas: 2, availableReplicas: 3}}\n"
    );
    assert_eq!(
        wide(Kind::Deployment, &deployment),
        "\
NAME   READY   UP-TO-DATE   AVAILABLE   AGE   CONTAINERS   IMAGES    SELECTOR
app    1/4     2            3           65s   a,b          x:1,y:2   app=x,!q,tier in (a,b)
"
    );
    let daemons = "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: agent, creationTimestamp: ''}
spec: {template: {spec: {nodeSelector: {disk: ssd, zone: a}}}}
status: {desiredNumberScheduled: 5, currentNumberScheduled: 4, numberReady: 3, updatedNumberScheduled: 2, numberAvailable: 1}\n";
    assert_eq!(
        table(Kind::DaemonSet, daemons),
        "\
NAME    DESIRED   CURRENT   READY   UP-TO-DATE   AVAILABLE   NODE SELECTOR     AGE
agent   5         4         3       2            1           disk=ssd,zone=a   65s
"
    );
    let revision = "apiVersion: apps/v1\nkind: ControllerRevision\nrevision: 4
metadata: {name: web-1, creationTimestamp: '', ownerReferences: [{apiVersion: apps/v1, kind: StatefulSet, name: web, controller: true}]}\n";
    assert_eq!(
        table(Kind::ControllerRevision, revision),
        "NAME    CONTROLLER             REVISION   AGE\nweb-1   statefulset.apps/web   4          65s\n"
    );
}

#[test]
fn autoscalers_tell_what_is_and_what_should_be() {
    let targets = |metrics: &str, current: &str| {
        let objects = format!(
            "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {{name: app, creationTimestamp: ''}}
spec: {{scaleTargetRef: {{kind: Deployment, name: app}}, minReplicas: 2, maxReplicas: 6, metrics: {metrics}}}
status: {{currentReplicas: 3, currentMetrics: {current}}}\n"
        );
        let printed = table(Kind::HorizontalPodAutoscaler, &objects);
        let row = printed.lines().nth(1).unwrap();
        let middle = row.strip_prefix("app    Deployment/app   ").unwrap();
        middle.strip_suffix("   2         6         3          65s").unwrap().trim_end().to_owned()
    };
    let cpu = "{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}";
    let memory = "{type: Resource, resource: {name: memory, target: {type: AverageValue, averageValue: 512Mi}}}";
    let pods = "{type: Pods, pods: {metric: {name: rps}, target: {type: AverageValue, averageValue: 1k}}}";
    let external =
        "{type: External, external: {metric: {name: queue}, target: {type: AverageValue, averageValue: '30'}}}";
    assert_eq!(targets("[]", "[]"), "<none>");
    assert_eq!(targets(&format!("[{cpu}]"), "[]"), "cpu: <unknown>/50%");
    let now = "[{type: Resource, resource: {name: cpu, current: {averageUtilization: 10, averageValue: 10m}}}]";
    assert_eq!(targets(&format!("[{cpu}]"), now), "cpu: 10%/50%");
    assert_eq!(targets(&format!("[{cpu}, {memory}]"), now), "cpu: 10%/50%, memory: <unknown>/512Mi");
    assert_eq!(
        targets(&format!("[{cpu}, {memory}, {pods}]"), now),
        "cpu: 10%/50%, memory: <unknown>/512Mi + 1 more..."
    );
    assert_eq!(targets(&format!("[{pods}, {external}]"), "[]"), "<unknown>/1k, <unknown>/30 (avg)");
}

#[test]
fn storage_tells_what_is_bound_to_what() {
    let claims = "
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: a, creationTimestamp: ''}
spec: {storageClassName: standard, volumeName: pv-1, volumeMode: Filesystem}
status: {phase: Bound, accessModes: [ReadWriteMany, ReadWriteOnce], capacity: {storage: 1024Mi}}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: b, creationTimestamp: ''}
spec: {resources: {requests: {storage: 1Gi}}}
status: {phase: Pending}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: c, creationTimestamp: '', deletionTimestamp: ''}
status: {phase: Bound}
";
    assert_eq!(
        wide(Kind::PersistentVolumeClaim, claims),
        "\
NAME   STATUS        VOLUME   CAPACITY   ACCESS MODES   STORAGECLASS   VOLUMEATTRIBUTESCLASS   AGE   VOLUMEMODE
a      Bound         pv-1     1Gi        RWO,RWX        standard       <unset>                 65s   Filesystem
b      Pending                                                         <unset>                 65s   <unset>
c      Terminating                                                     <unset>                 65s   <unset>
"
    );
    let volume = "apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: pv-1, creationTimestamp: ''}
spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], persistentVolumeReclaimPolicy: Delete, storageClassName: standard, claimRef: {namespace: default, name: a}}
status: {phase: Bound}\n";
    assert_eq!(
        table(Kind::PersistentVolume, volume),
        "\
NAME   CAPACITY   ACCESS MODES   RECLAIM POLICY   STATUS   CLAIM       STORAGECLASS   VOLUMEATTRIBUTESCLASS   REASON   AGE
pv-1   1Gi        RWO            Delete           Bound    default/a   standard       <unset>                          65s
"
    );
    let classes = "
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: standard, creationTimestamp: '', annotations: {storageclass.kubernetes.io/is-default-class: 'true'}}
provisioner: example.com/fake
allowVolumeExpansion: true
volumeBindingMode: WaitForFirstConsumer
";
    assert_eq!(
        table(Kind::StorageClass, classes),
        "\
NAME                 PROVISIONER        RECLAIMPOLICY   VOLUMEBINDINGMODE      ALLOWVOLUMEEXPANSION   AGE
standard (default)   example.com/fake   Delete          WaitForFirstConsumer   true                   65s
"
    );
}

#[test]
fn services_tell_their_addresses_and_ports() {
    let services = "
apiVersion: v1
kind: Service
metadata: {name: a, creationTimestamp: ''}
spec: {type: ClusterIP, clusterIP: None, clusterIPs: [None]}
---
apiVersion: v1
kind: Service
metadata: {name: b, creationTimestamp: ''}
spec: {type: NodePort, clusterIPs: [10.96.0.7], selector: {app: b}, ports: [{port: 80, nodePort: 30080, protocol: TCP}, {port: 53, protocol: UDP}]}
---
apiVersion: v1
kind: Service
metadata: {name: c, creationTimestamp: ''}
spec: {type: LoadBalancer, clusterIPs: [10.96.0.8], ports: [{port: 443, nodePort: 30443}]}
---
apiVersion: v1
kind: Service
metadata: {name: d, creationTimestamp: ''}
spec: {type: ExternalName, externalName: db.example.com}
";
    assert_eq!(
        wide(Kind::Service, services),
        "\
NAME   TYPE           CLUSTER-IP   EXTERNAL-IP      PORT(S)               AGE   SELECTOR
a      ClusterIP      None         <none>           <none>                65s   <none>
b      NodePort       10.96.0.7    <none>           80:30080/TCP,53/UDP   65s   app=b
c      LoadBalancer   10.96.0.8    <pending>        443:30443/TCP         65s   <none>
d      ExternalName   <none>       db.example.com   <none>                65s   <none>
"
    );
    let slice = "apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: {name: web-x, creationTimestamp: ''}\naddressType: IPv4
ports: [{port: 80}, {name: http}]
endpoints: [{addresses: [10.0.0.1]}, {addresses: [10.0.0.2]}, {addresses: [10.0.0.3]}, {addresses: [10.0.0.4]}]\n";
    assert_eq!(
        table(Kind::EndpointSlice, slice),
        "\
NAME    ADDRESSTYPE   PORTS     ENDPOINTS                                AGE
web-x   IPv4          80,http   10.0.0.1,10.0.0.2,10.0.0.3 + 1 more...   65s
"
    );
}

#[test]
fn budgets_and_priorities_have_tables() {
    let budgets = "
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: a, creationTimestamp: ''}
spec: {minAvailable: 2}
status: {disruptionsAllowed: 1}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: b, creationTimestamp: ''}
spec: {maxUnavailable: 25%}
";
    assert_eq!(
        table(Kind::PodDisruptionBudget, budgets),
        "\
NAME   MIN AVAILABLE   MAX UNAVAILABLE   ALLOWED DISRUPTIONS   AGE
a      2               N/A               1                     65s
b      N/A             25%               0                     65s
"
    );
    let class = "apiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata: {name: high, creationTimestamp: ''}\nvalue: 1000\npreemptionPolicy: Never\n";
    assert_eq!(
        table(Kind::PriorityClass, class),
        "\
NAME   VALUE   GLOBAL-DEFAULT   AGE   PREEMPTIONPOLICY
high   1000    false            65s   Never
"
    );
}
