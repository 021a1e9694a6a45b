//! Descriptions of what is neither a pod nor a node.

use super::Moment;
use super::describe::{described, section};
use crate::api::{Kind, ObjectRef};
use crate::kubectl::print::{self, Item};
use crate::kubectl::resource::Resource;
use serde_json::{Value, json};
use std::rc::Rc;

#[test]
fn a_deployment_tells_its_replica_sets() {
    let set = |name: &str, image: &str, replicas: i32| {
        format!(
            "apiVersion: apps/v1\nkind: ReplicaSet\nmetadata: {{name: {name}, namespace: default, annotations: {{deployment.kubernetes.io/revision: '{replicas}'}}, ownerReferences: [{{apiVersion: apps/v1, kind: Deployment, name: app, controller: true}}]}}
spec: {{replicas: {replicas}, template: {{metadata: {{labels: {{app: app, pod-template-hash: {name}}}}}, spec: {{containers: [{{name: c, image: '{image}'}}]}}}}}}
status: {{replicas: {replicas}}}\n---\n"
        )
    };
    let deployment = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: app, namespace: default}
spec: {replicas: 3, strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1, maxUnavailable: 25%}}, template: {metadata: {labels: {app: app}}, spec: {containers: [{name: c, image: 'app:2'}]}}}
status: {replicas: 4, updatedReplicas: 2, availableReplicas: 2, unavailableReplicas: 2, conditions: [{type: Progressing, status: 'True', reason: ReplicaSetUpdated}]}\n";
    let objects = set("app-1", "app:1", 1) + &set("app-2", "app:2", 2) + deployment;
    let text = described(&objects, Kind::Deployment, "app");
    assert_eq!(section(&text, "RollingUpdateStrategy"), "RollingUpdateStrategy:  25% max unavailable, 1 max surge\n");
    assert_eq!(
        section(&text, "Conditions:"),
        "Conditions:\n  Type           Status  Reason\n  ----           ------  ------\n  Progressing    True    ReplicaSetUpdated\n"
    );
    assert_eq!(section(&text, "OldReplicaSets"), "OldReplicaSets:  app-1 (1/1 replicas created)\n");
    assert_eq!(section(&text, "NewReplicaSet"), "NewReplicaSet:   app-2 (2/2 replicas created)\n");

    let moment = Moment::of(&objects, 0);
    let reference = ObjectRef::new(Kind::Deployment, "default", "app");
    assert_eq!(
        print::history(&moment.shown(), &reference, 0).unwrap(),
        "deployment.apps/app \nREVISION  CHANGE-CAUSE\n1         <none>\n2         <none>\n\n"
    );
    assert_eq!(
        print::history(&moment.shown(), &reference, 2).unwrap(),
        "deployment.apps/app with revision #2\nPod Template:\n  Labels:\tapp=app\n\tpod-template-hash=app-2\n  Containers:\n   c:\n    \
         Image:\tapp:2\n    Port:\t<none>\n    Host Port:\t<none>\n    Environment:\t<none>\n    Mounts:\t<none>\n  \
         Volumes:\t<none>\n  Node-Selectors:\t<none>\n  Tolerations:\t<none>\n\n"
    );
    assert_eq!(print::history(&moment.shown(), &reference, 9), Err("unable to find the specified revision".into()));
    let pod = ObjectRef::new(Kind::ReplicaSet, "default", "app-1");
    assert_eq!(
        print::history(&moment.shown(), &pod, 0),
        Err("no history viewer has been implemented for \"ReplicaSet.apps\"".into())
    );
}

#[test]
fn a_service_tells_the_endpoints_of_each_port() {
    let objects = "
apiVersion: v1
kind: Service
metadata: {name: web, namespace: default}
spec:
  type: NodePort
  clusterIP: 10.96.0.7
  clusterIPs: [10.96.0.7]
  ports: [{name: http, port: 80, targetPort: web, nodePort: 30080, protocol: TCP}, {name: dns, port: 53, protocol: UDP}]
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: web-x, namespace: default, labels: {kubernetes.io/service-name: web}}
addressType: IPv4
ports: [{name: http, port: 8080}, {name: dns, port: 53}]
endpoints:
- {addresses: [10.0.0.1]}
- {addresses: [10.0.0.2], conditions: {ready: false}}
- {addresses: [10.0.0.3]}
- {addresses: [10.0.0.4]}
- {addresses: [10.0.0.5]}
";
    assert_eq!(
        described(objects, Kind::Service, "web"),
        "\
Name:              web
Namespace:         default
Labels:            <none>
Annotations:       <none>
Selector:          <none>
Type:              NodePort
IP Families:       <none>
IP:                10.96.0.7
IPs:               10.96.0.7
Port:              http  80/TCP
TargetPort:        web/TCP
NodePort:          http  30080/TCP
Endpoints:         10.0.0.1:8080,10.0.0.3:8080,10.0.0.4:8080 + 1 more...
Port:              dns  53/UDP
TargetPort:        53/UDP
Endpoints:         10.0.0.1:53,10.0.0.3:53,10.0.0.4:53 + 1 more...
Session Affinity:  None
Events:            <none>
"
    );
}

#[test]
fn an_autoscaler_tells_how_fast_it_may_go() {
    let objects = "
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: app, namespace: default}
spec:
  scaleTargetRef: {kind: Deployment, name: app}
  maxReplicas: 6
  metrics:
  - {type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}
  - {type: Resource, resource: {name: memory, target: {type: AverageValue, averageValue: 1Gi}}}
  - {type: Pods, pods: {metric: {name: rps}, target: {type: AverageValue, averageValue: '5'}}}
  - {type: Object, object: {metric: {name: hits}, describedObject: {kind: Service, name: web}, target: {type: Value, value: 2k}}}
  behavior: {scaleDown: {stabilizationWindowSeconds: 60, policies: [{type: Pods, value: 2, periodSeconds: 15}]}}
status:
  currentReplicas: 2
  desiredReplicas: 3
  currentMetrics: [{type: Resource, resource: {name: cpu, current: {averageUtilization: 90, averageValue: 90m}}}]
";
    let text = described(objects, Kind::HorizontalPodAutoscaler, "app");
    let from = text.find("Metrics:").unwrap();
    assert_eq!(
        &text[from..],
        "\
Metrics:                                               ( current / target )
  resource cpu on pods  (as a percentage of request):  90% (90m) / 80%
  resource memory on pods:                             <unknown> / 1Gi
  \"rps\" on pods:                                       <unknown> / 5
  \"hits\" on Service/web (target value):                <unknown> / 2k
Min replicas:                                          <unset>
Max replicas:                                          6
Behavior:
  Scale Down:
    Stabilization Window: 60 seconds
    Select Policy: Max
    Policies:
      - Type: Pods  Value: 2  Period: 15 seconds
Deployment pods:    2 current / 3 desired
Events:             <none>
"
    );
}

#[test]
fn claims_and_volumes_tell_of_one_another() {
    let objects = "
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data-a, namespace: default, finalizers: [x, z]}
spec: {storageClassName: standard, volumeName: pv-1, volumeMode: Filesystem}
status: {phase: Bound, accessModes: [ReadWriteOnce], capacity: {storage: 1Gi}}
---
apiVersion: v1
kind: Pod
metadata: {name: a, namespace: default}
spec: {volumes: [{name: data, persistentVolumeClaim: {claimName: data-a}}], containers: [{name: c}]}
---
apiVersion: v1
kind: PersistentVolume
metadata: {name: pv-1}
spec:
  capacity: {storage: 1Gi}
  accessModes: [ReadWriteOnce]
  persistentVolumeReclaimPolicy: Retain
  claimRef: {namespace: default, name: data-a}
  local: {path: /mnt/disk}
  nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [n1, n2]}, {key: x, operator: Exists}]}]}}
status: {phase: Bound}
";
    assert_eq!(
        described(objects, Kind::PersistentVolumeClaim, "data-a"),
        "\
Name:          data-a
Namespace:     default
StorageClass:  standard
Status:        Bound
Volume:        pv-1
Labels:        <none>
Annotations:   <none>
Finalizers:    [x z]
Capacity:      1Gi
Access Modes:  RWO
VolumeMode:    Filesystem
Used By:       a
Events:        <none>
"
    );
    assert_eq!(
        described(objects, Kind::PersistentVolume, "pv-1"),
        "\
Name:              pv-1
Labels:            <none>
Annotations:       <none>
Finalizers:        []
StorageClass:      
Status:            Bound
Claim:             default/data-a
Reclaim Policy:    Retain
Access Modes:      RWO
Capacity:          1Gi
Node Affinity:     
  Required Terms:  
    Term 0:        kubernetes.io/hostname in [n1, n2]
                   x exists
Message:           
Source:
    Type:  LocalVolume (a persistent volume backed by local storage on a node)
    Path:  /mnt/disk
Events:    <none>
"
    );
}

#[test]
fn the_events_of_an_object_end_its_description() {
    let manifest = "
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: web}
spec:
  serviceName: web
  replicas: 1
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: x}]}}
";
    let moment = Moment::after(manifest, 5_000);
    let text = moment.describe(Kind::StatefulSet, "web");
    assert_eq!(
        section(&text, "Events:"),
        "\
Events:
  Type    Reason            Age   From                    Message
  ----    ------            ----  ----                    -------
  Normal  SuccessfulCreate  5s    statefulset-controller  Create Pod web-0 in StatefulSet web successful
"
    );
}

fn kept(name: &str, value: Value) -> String {
    let moment = Moment::of("", 0);
    print::describe(&moment.shown(), Resource::named(name).unwrap(), &Item::Kept(Rc::new(value)), true)
}

#[test]
fn kinds_that_are_only_kept_are_described_too() {
    assert_eq!(
        kept(
            "ns",
            json!({"metadata": {"name": "dev", "labels": {"kubernetes.io/metadata.name": "dev"}}, "status": {"phase": "Active"}})
        ),
        "Name:         dev\nLabels:       kubernetes.io/metadata.name=dev\nAnnotations:  <none>\nStatus:       Active\n\nNo resource quota.\n\nNo LimitRange resource.\n"
    );
    assert_eq!(
        kept("cm", json!({"metadata": {"name": "a", "namespace": "default"}, "data": {"k": "v"}})),
        "Name:         a\nNamespace:    default\nLabels:       <none>\nAnnotations:  <none>\n\nData\n====\nk:\n----\nv\n\n\nBinaryData\n====\n\nEvents:  <none>\n"
    );
    assert_eq!(
        kept(
            "secret",
            json!({"metadata": {"name": "a", "namespace": "default"}, "type": "Opaque", "data": {"k": "c2VjcmV0"}})
        ),
        "Name:         a\nNamespace:    default\nLabels:       <none>\nAnnotations:  <none>\n\nType:  Opaque\n\nData\n====\nk:  6 bytes\n"
    );
    assert_eq!(
        kept(
            "ingress",
            json!({
                "apiVersion": "networking.k8s.io/v1",
                "kind": "Ingress",
                "metadata": {"name": "a", "namespace": "default", "uid": "1"},
                "spec": {"ingressClassName": "x", "podIPs": ["1", "2"], "rules": [{"host": "a.b"}]},
            })
        ),
        "\
Name:         a
Namespace:    default
Labels:       <none>
Annotations:  <none>
API Version:  networking.k8s.io/v1
Kind:         Ingress
Metadata:
  UID:  1
Spec:
  Ingress Class Name:  x
  Pod I Ps:
    1
    2
  Rules:
    Host:  a.b
Events:    <none>
"
    );
}
