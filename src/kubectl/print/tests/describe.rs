//! Descriptions of pods and nodes.

use super::Moment;
use crate::api::Kind;

pub(super) fn described(objects: &str, kind: Kind, name: &str) -> String {
    Moment::of(objects, 90_000).describe(kind, name)
}

/// The lines from one that begins so, up to the next that is indented no deeper.
pub(super) fn section(text: &str, start: &str) -> String {
    let mut lines = text.lines().skip_while(|line| !line.starts_with(start));
    let first = lines.next().unwrap_or_default();
    let depth = first.len() - first.trim_start().len();
    let rest = lines.take_while(|line| line.len() - line.trim_start().len() > depth);
    [first].into_iter().chain(rest).map(|line| format!("{line}\n")).collect()
}

#[test]
fn a_pod_tells_everything_of_its_containers() {
    let objects = "
apiVersion: v1
kind: Pod
metadata: {name: a, namespace: default, annotations: {note: 'two\n\n  lines'}}
spec:
  priority: 7
  priorityClassName: high
  nodeName: n1
  containers:
  - name: c
    image: app:1
    command: [sh, -c, 'echo a

      echo b']
    args: [x]
    ports: [{containerPort: 80, name: http, protocol: TCP}, {containerPort: 53, hostPort: 53, protocol: UDP}]
    resources: {limits: {memory: 1024Mi, cpu: '1'}, requests: {cpu: 500m}}
    livenessProbe: {httpGet: {path: /healthz, port: http, scheme: HTTP}, periodSeconds: 5}
    readinessProbe: {exec: {command: [cat, /ready]}, initialDelaySeconds: 3, timeoutSeconds: 2, failureThreshold: 1}
    startupProbe: {tcpSocket: {port: 80}}
    envFrom: [{configMapRef: {name: settings}, prefix: P_}, {secretRef: {name: keys, optional: true}}]
    env:
    - {name: PLAIN, value: text}
    - {name: NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
    - {name: IP, valueFrom: {fieldRef: {apiVersion: v1, fieldPath: status.podIP}}}
    - {name: CPU, valueFrom: {resourceFieldRef: {resource: limits.cpu}}}
    - {name: KEY, valueFrom: {secretKeyRef: {name: keys, key: k}}}
    - {name: SETTING, valueFrom: {configMapKeyRef: {name: settings, key: s, optional: true}}}
    volumeMounts: [{name: data, mountPath: /data, subPath: x}, {name: cache, mountPath: /cache, readOnly: true}]
  volumes:
  - {name: data, persistentVolumeClaim: {claimName: data-a}}
  - {name: cache, emptyDir: {}}
  - {name: host, hostPath: {path: /var/log}}
  - {name: settings, configMap: {name: settings}}
  - {name: other}
  topologySpreadConstraints:
  - {maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: a}}}
  - {maxSkew: 2, topologyKey: host, whenUnsatisfiable: ScheduleAnyway}
  tolerations: [{operator: Exists}, {key: b, value: x, effect: NoSchedule}, {key: a, operator: Exists, effect: NoExecute, tolerationSeconds: 300}]
status:
  phase: Running
  hostIP: 192.0.2.7
  podIP: 10.244.0.7
  podIPs: [{ip: 10.244.0.7}]
  startTime: ''
  qosClass: Burstable
  containerStatuses:
  - name: c
    ready: false
    restartCount: 2
    state: {waiting: {reason: CrashLoopBackOff, message: back-off}}
    lastState: {terminated: {reason: Error, exitCode: 1, startedAt: '', finishedAt: ''}}
";
    let text = described(objects, Kind::Pod, "a");
    let epoch = "Thu, 01 Jan 2026 00:00:00 +0000";
    assert_eq!(
        text,
        format!(
            "\
Name:                 a
Namespace:            default
Priority:             7
Priority Class Name:  high
Node:                 n1/192.0.2.7
Start Time:           {epoch}
Labels:               <none>
Annotations:          note:
                        two
                        lines
Status:               Running
IP:                   10.244.0.7
IPs:
  IP:  10.244.0.7
Containers:
  c:
    Container ID:  containerd://00000000-0000-4000-aebc-2a7542e02885/c
    Image:         app:1
    Image ID:      app:1
    Ports:         80/TCP (http), 53/UDP
    Host Ports:    0/TCP (http), 53/UDP
    Command:
      sh
      -c
      echo a
      echo b
    Args:
      x
    State:          Waiting
      Reason:       CrashLoopBackOff
    Last State:     Terminated
      Reason:       Error
      Exit Code:    1
      Started:      {epoch}
      Finished:     {epoch}
    Ready:          False
    Restart Count:  2
    Limits:
      cpu:     1
      memory:  1Gi
    Requests:
      cpu:      500m
    Liveness:   http-get http://:http/healthz delay=0s timeout=1s period=5s #success=1 #failure=3
    Readiness:  exec [cat /ready] delay=3s timeout=2s period=10s #success=1 #failure=1
    Startup:    tcp-socket :80 delay=0s timeout=1s period=10s #success=1 #failure=3
    Environment Variables from:
      settings  ConfigMap with prefix 'P_'  Optional: false
      keys      Secret                      Optional: true
    Environment:
      PLAIN:    text
      NAME:     a (v1:metadata.name)
      IP:        (v1:status.podIP)
      CPU:      1 (limits.cpu)
      KEY:      <set to the key 'k' in secret 'keys'>          Optional: false
      SETTING:  <set to the key 's' of config map 'settings'>  Optional: true
    Mounts:
      /cache from cache (ro)
      /data from data (rw,path=\"x\")
Volumes:
  data:
    Type:       PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)
    ClaimName:  data-a
    ReadOnly:   false
  cache:
    Type:       EmptyDir (a temporary directory that shares a pod's lifetime)
    Medium:     
    SizeLimit:  <unset>
  host:
    Type:          HostPath (bare host directory volume)
    Path:          /var/log
    HostPathType:  <none>
  settings:
    Type:      ConfigMap (a volume populated by a ConfigMap)
    Name:      settings
    Optional:  false
  other:
  <unknown>
QoS Class:                    Burstable
Node-Selectors:               <none>
Tolerations:                  op=Exists
                              a:NoExecute op=Exists for 300s
                              b=x:NoSchedule
Topology Spread Constraints:  host:ScheduleAnyway when max skew 2 is exceeded
                              zone:DoNotSchedule when max skew 1 is exceeded for selector app=a
Events:                       <none>
"
        )
    );
}

#[test]
fn a_pod_that_is_deleted_tells_for_how_long_it_has_been() {
    let objects = "apiVersion: v1\nkind: Pod\nmetadata: {name: a, deletionTimestamp: '', deletionGracePeriodSeconds: 30}\nstatus: {phase: Running}\n";
    let text = described(objects, Kind::Pod, "a");
    assert!(
        text.contains("Status:                    Terminating (lasts 90s)\nTermination Grace Period:  30s\n"),
        "{text}"
    );
}

#[test]
fn a_long_annotation_begins_a_line_of_its_own_and_the_applied_one_is_not_told() {
    let long = "x".repeat(150);
    let objects = format!(
        "apiVersion: v1\nkind: Pod\nmetadata: {{name: a, annotations: {{k: '{long}', kubectl.kubernetes.io/last-applied-configuration: '{{}}'}}}}\n"
    );
    let text = described(&objects, Kind::Pod, "a");
    let cut = "x".repeat(138);
    assert_eq!(section(&text, "Annotations:"), format!("Annotations:  k:\n                {cut}...\n"));
}

#[test]
fn a_node_tells_what_its_pods_request() {
    let objects = "
apiVersion: v1
kind: Node
metadata: {name: n1, creationTimestamp: ''}
spec: {taints: [{key: b, effect: NoSchedule}, {key: a, value: x, effect: NoSchedule}]}
status: {allocatable: {cpu: '4', memory: 8Gi, pods: '110', example.com/gpu: '2'}}
---
apiVersion: v1
kind: Pod
metadata: {name: a, namespace: default, creationTimestamp: ''}
spec:
  nodeName: n1
  initContainers: [{name: i, resources: {requests: {cpu: '1'}}}]
  containers: [{name: c, resources: {requests: {cpu: 100m, memory: 1Gi, example.com/gpu: '1'}, limits: {memory: 2Gi}}}, {name: d, resources: {requests: {cpu: 150m}}}]
---
apiVersion: v1
kind: Pod
metadata: {name: done, namespace: default, creationTimestamp: ''}
spec: {nodeName: n1, containers: [{name: c, resources: {requests: {cpu: '2'}}}]}
status: {phase: Succeeded}
---
apiVersion: v1
kind: Pod
metadata: {name: z, namespace: kube-system, creationTimestamp: ''}
spec: {nodeName: n1, containers: [{name: c, resources: {requests: {cpu: 250m, memory: 512Mi}}}]}
";
    let text = described(objects, Kind::Node, "n1");
    assert!(
        text.contains(
            "Taints:             a=x:NoSchedule\n                    b:NoSchedule\nUnschedulable:      false\n"
        ),
        "{text}"
    );
    let from = text.find("Non-terminated").unwrap();
    assert_eq!(
        &text[from..],
        "\
Non-terminated Pods:          (2 in total)
  Namespace                   Name    CPU Requests  CPU Limits  Memory Requests  Memory Limits  Age
  ---------                   ----    ------------  ----------  ---------------  -------------  ---
  default                     a       1 (25%)       0 (0%)      1Gi (12%)        2Gi (25%)      90s
  kube-system                 z       250m (6%)     0 (0%)      512Mi (6%)       0 (0%)         90s
Allocated resources:
  (Total limits may be over 100 percent, i.e., overcommitted.)
  Resource           Requests      Limits
  --------           --------      ------
  cpu                1250m (31%)   0 (0%)
  memory             1536Mi (18%)  2Gi (25%)
  ephemeral-storage  0 (0%)        0 (0%)
  example.com/gpu    1             0
Events:              <none>
"
    );
}
