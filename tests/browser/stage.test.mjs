// The stage and the inspector: every side of an object, scheduling, verdicts, the timeline, many nodes.
import assert from "node:assert/strict";
import test from "node:test";
import { barriers } from "./access.mjs";
import { launch, screenshot, variants } from "./browser.mjs";
import { apply, choose, opened as openedIn } from "./manifests.mjs";

const { browser, close } = await launch();
test.after(close);

const opened = (t, options) => openedIn(t, browser, options);
const tab = (page, name) => page.getByRole("tab", { name: new RegExp(`^${name}`) });
const step = async (page) => Number(await page.getByRole("slider", { name: "Timeline" }).getAttribute("aria-valuenow"));

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 6
  strategy: {rollingUpdate: {maxSurge: 2, maxUnavailable: 1}}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - {name: c, image: "nginx:1.27", resources: {requests: {cpu: 500m}}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  minReplicas: 4
  maxReplicas: 10
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  metrics:
  - {type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 60}}}
`;

const daemon = `apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec:
      containers: [{name: c, image: "agent:1"}]
`;
const nodes = (count) =>
  Array.from({ length: count }, (_, number) => `---\napiVersion: v1\nkind: Node\nmetadata: {name: node-${number}}\n`).join("");

test("arrow keys go from one side of an object to the next and do not move the run", async (t) => {
  const page = await opened(t);
  await page.keyboard.press("End");
  const before = await step(page);
  await page.locator(".slot .pod-card").nth(1).click();
  await tab(page, "Overview").focus();
  await page.keyboard.press("ArrowRight");
  assert.equal(await tab(page, "Scheduling").getAttribute("aria-selected"), "true");
  await page.keyboard.press("ArrowLeft");
  assert.equal(await tab(page, "Overview").getAttribute("aria-selected"), "true");
  await page.keyboard.press("End");
  assert.equal(await tab(page, "History").getAttribute("aria-selected"), "true");
  assert.equal(await step(page), before);
});

test("the history of an object leads to the step that changed it", async (t) => {
  const page = await opened(t);
  await page.keyboard.press("End");
  await page.locator(".slot .pod-card").nth(1).click();
  await tab(page, "History").click();
  await page.locator(".history-step", { hasText: "The scheduler places db-1" }).click();
  assert.match(await page.locator(".headline").innerText(), /The scheduler places db-1/);
  await page.locator(".history-line.now", { hasText: "The scheduler places db-1" }).waitFor();
  await page.locator(".history-line.future").first().waitFor();
});

test("a pod's scheduling has every node with its scores or its refusal, and lies over the nodes", async (t) => {
  const page = await opened(t);
  await page.keyboard.press("End");
  await page.locator(".slot .pod-card").nth(1).click();
  await tab(page, "Scheduling").click();
  const rows = page.locator(".scores tbody tr");
  assert.equal(await rows.count(), 4);
  await rows.filter({ hasText: "control-plane" }).getByText("TaintToleration").waitFor();
  assert.equal(await page.locator(".node .node-mark").count(), 4);
  await page.locator(".node .node-mark.chosen").waitFor();
  assert.deepEqual(await barriers(page), []);
  await screenshot(page, "scheduling");
});

test("a DaemonSet's verdicts name who wrote the toleration", async (t) => {
  const page = await opened(t);
  await choose(page, "Log agent that tolerates the control plane");
  await page.keyboard.press("End");
  await page.locator(".band .set-name").click();
  await tab(page, "Nodes").click();
  await page.locator(".verdict-row", { hasText: "control-plane" }).getByText("as the template says").waitFor();
  assert.equal(await page.locator(".node .node-mark.chosen").count(), 4);
  assert.deepEqual(await barriers(page), []);
  await screenshot(page, "verdicts");
});

test("the timeline zooms by key and button, folds a group, and says what a mark is", async (t) => {
  const page = await opened(t);
  const width = () => page.locator(".track").evaluate((track) => track.clientWidth);
  const narrow = await width();
  await page.keyboard.press("+");
  await page.getByRole("button", { name: "Zoom in (+)" }).click();
  assert.ok((await width()) > 3.5 * narrow);
  await page.keyboard.press("-");
  await page.keyboard.press("-");
  assert.equal(await width(), narrow);
  const group = page.getByRole("button", { name: "log-agent (3)" });
  assert.equal(await group.getAttribute("aria-expanded"), "false");
  await group.click();
  assert.equal(await page.locator(".lane-name", { hasText: "log-agent" }).count(), 3);
  const mark = page.getByRole("button", { name: /^Command at 0 s: You apply/ });
  await mark.hover();
  await page.locator(".mark-label", { hasText: "You apply" }).waitFor();
  await mark.focus();
  await page.keyboard.press("Enter");
  assert.match(await page.locator(".headline").innerText(), /You apply/);
});

for (const [name, options] of Object.entries(variants)) {
  test(`a Deployment shows its ReplicaSet, its bounds and its autoscaler: ${name}`, async (t) => {
    const page = await opened(t, options);
    await apply(page, deployment);
    await page.keyboard.press("End");
    await page.locator(".bounds-text", { hasText: "at most 8 pods, at least 5 available" }).waitFor();
    await page.locator(".autoscaler", { hasText: "4 to 10" }).waitFor();
    assert.equal(await page.locator(".replica-pods .pod-chip").count(), 6);
    assert.deepEqual(await barriers(page), []);
    await screenshot(page, `deployment-${name}`);
  });
}

test("sixty nodes are tiles in the order of their numbers", async (t) => {
  const page = await opened(t);
  await apply(page, daemon + nodes(60));
  await page.locator(".tile").first().waitFor();
  const names = await page.locator(".tile .node-name").allInnerTexts();
  assert.deepEqual(names, Array.from({ length: 60 }, (_, number) => `node-${number}`));
});

test("seven hundred nodes are a field with numbers beside it and some nodes in full", async (t) => {
  const page = await opened(t);
  await apply(page, daemon + nodes(700));
  await page.locator(".field-canvas").waitFor();
  await page.keyboard.press("End");
  await page.locator(".field-numbers", { hasText: "Ready" }).getByText("700").first().waitFor();
  assert.equal(await page.locator(".field .node").count(), 12);
  const look = page.getByRole("slider", { name: "Nodes to show in full" });
  await look.fill("350");
  await page.getByRole("article", { name: "node-350" }).waitFor();
  assert.deepEqual(await barriers(page), []);
  await screenshot(page, "field");
});
