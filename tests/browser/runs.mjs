// Six runs, and how to come to the moment of each that is looked at.

const end = async (page) => {
  await page.keyboard.press("End");
  await page.waitForFunction(() => {
    const slider = document.querySelector("[role=slider]");
    return slider.getAttribute("aria-valuenow") === slider.getAttribute("aria-valuemax");
  });
};
/** Goes to the first step, from the start, whose headline has these words. */
const until = (words) => async (page) => {
  await page.keyboard.press("Home");
  for (let step = 0; step < 400; step++) {
    if ((await page.locator(".headline").innerText()).includes(words)) return;
    await page.keyboard.press("ArrowRight");
  }
  throw new Error(`no step says ${words}`);
};

const statefulSet = `apiVersion: v1
kind: Service
metadata: {name: db}
spec: {clusterIP: None, selector: {app: db}, ports: [{port: 5432}]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  replicas: 3
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: c, image: "postgres:17"}]}
  volumeClaimTemplates:
  - metadata: {name: data}
    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
`;

const daemonSet = `apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec: {containers: [{name: c, image: "agent:1"}]}
`;

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 6
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: c, image: "nginx:1.27", resources: {requests: {cpu: 500m}}}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;

const blocked = statefulSet.replace("postgres:17", "postgres:broken");

const sick = (name, rest) => `---\napiVersion: v1\nkind: Node\nmetadata: {name: ${name}}\n${rest}`;
const nodes =
  sick("worker-1", "") +
  sick("worker-2", "spec: {unschedulable: true}\n") +
  sick("worker-3", 'spec: {taints: [{key: gpu, value: "true", effect: NoSchedule}]}\n');

const many = Array.from({ length: 60 }, (_, number) => sick(`node-${number}`, "")).join("");

/** Each run: its manifest, the way to its moment, and what it is looked at with. */
export const runs = {
  "ordered-creation": { text: statefulSet, go: until("db waits for db-1") },
  "endpoints-at-the-end": { text: statefulSet, go: end },
  "verdicts-on-nodes": { text: daemonSet + nodes, go: end },
  "deployment-with-service": { text: deployment, go: end },
  "blocked-by-an-image": { text: blocked, go: end },
  "sixty-tiles-dark": { text: daemonSet + many, go: end, options: { colorScheme: "dark" } },
};
