// The console and what can be done by mouse: commands at the shown moment, faults, branches, undo, scripts, completion.
import assert from "node:assert/strict";
import test from "node:test";
import { barriers } from "./access.mjs";
import { launch, screenshot, variants } from "./browser.mjs";
import { opened as openedIn, text as written, write } from "./manifests.mjs";

const { browser, close } = await launch();
test.after(close);

const opened = (t, options) => openedIn(t, browser, options);
const prompt = (page) => page.getByRole("combobox", { name: "Command" });
const step = async (page) => Number(await page.getByRole("slider", { name: "Timeline" }).getAttribute("aria-valuenow"));
const steps = async (page) => Number(await page.getByRole("slider", { name: "Timeline" }).getAttribute("aria-valuemax"));
const last = (page) => page.locator(".said").last();
const ready = (page, count) => page.waitForFunction((count) => document.querySelectorAll(".slot.state-ready").length === count, count);

/** Types a command and waits for its answer, which is given back. */
async function enter(page, line) {
  const before = await page.locator(".said").count();
  await prompt(page).focus();
  await page.keyboard.type(line);
  await page.keyboard.press("Enter");
  await page.waitForFunction(
    ([before, line]) => {
      const said = [...document.querySelectorAll(".said")];
      return said.length > before && said.at(-1).querySelector("code")?.textContent === line;
    },
    [before === 0 ? 1 : before, line],
  );
  return (await last(page).locator("pre").allInnerTexts()).join("");
}

/** Goes to the end of the run, unless it is shown already: the button says that it does nothing then. */
async function toEnd(page) {
  await page.getByRole("button", { name: "To the end" }).click({ force: true });
}

/** Applies a manifest of one file, as another cluster. */
async function apply(page, text) {
  while (await page.locator(".tab-close").count()) await page.locator(".tab-close").first().click();
  await write(page, text);
  await page.getByRole("button", { name: "Apply", exact: true }).click();
  await toEnd(page);
}

const web = `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: web}
spec:
  serviceName: web
  replicas: 3
  podManagementPolicy: Parallel
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - {name: c, image: "nginx:1.27", resources: {requests: {cpu: 100m}}}
`;
const budget = `---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec:
  minAvailable: 3
  selector: {matchLabels: {app: web}}
`;

test("what is typed is answered as of the shown moment, and looking leaves the run alone", async (t) => {
  const page = await opened(t);
  const before = [await step(page), await steps(page)];
  const early = await enter(page, "kubectl get sts");
  assert.match(early, /^NAME +READY +AGE\ndb +1\/3 /);
  assert.deepEqual([await step(page), await steps(page)], before);
  await toEnd(page);
  assert.match(await enter(page, "k get sts db -o jsonpath='{.status.readyReplicas}'"), /^3/);
  await page.getByText("1 run", { exact: true }).waitFor();
  assert.match(await enter(page, "kubectl frobnicate"), /unknown command "frobnicate"/);
  await last(page).locator("pre.err").waitFor();
  await last(page).getByText("exit code 1").waitFor();
});

test("a drain that a budget blocks goes through once the budget lets it", async (t) => {
  const page = await opened(t);
  await apply(page, web + budget);
  await ready(page, 3);
  await enter(page, "kubectl cordon worker-1");
  await toEnd(page);
  const blocked = await enter(page, "kubectl drain worker-1 --ignore-daemonsets --timeout=30s");
  assert.match(blocked, /Cannot evict pod as it would violate the pod's disruption budget/);
  await toEnd(page);
  assert.equal(await page.getByRole("article", { name: "worker-1" }).locator(".pod-chip").count(), 1);
  assert.match(await enter(page, "kubectl patch pdb web -p '{\"spec\":{\"minAvailable\":2}}'"), /patched/);
  await toEnd(page);
  assert.match(await enter(page, "kubectl drain worker-1 --ignore-daemonsets"), /node\/worker-1 drained/);
  await toEnd(page);
  assert.equal(await page.getByRole("article", { name: "worker-1" }).locator(".pod-chip").count(), 0);
  await ready(page, 3);
  await screenshot(page, "console-drain");
});

test("the same drain by mouse alone shows the commands that it was", async (t) => {
  const page = await opened(t);
  await apply(page, web + budget);
  await page.getByRole("button", { name: "worker-1", exact: true }).first().click({ button: "right" });
  const menu = page.getByRole("menu", { name: "What can be done to worker-1" });
  await screenshot(page, "console-menu");
  assert.deepEqual(await barriers(page), []);
  await menu.getByRole("menuitem", { name: /^Drain/ }).click();
  await menu.waitFor({ state: "detached" });
  await last(page).getByText("kubectl drain worker-1 --ignore-daemonsets --delete-emptydir-data").waitFor();
  await last(page).getByText("chosen from a menu").waitFor();
  await last(page).getByText("Cannot evict pod").first().waitFor();
});

test("a rollout that is stuck is healed by rolling back", async (t) => {
  const page = await opened(t);
  await apply(page, web);
  await ready(page, 3);
  await enter(page, "kubectl set image sts/web c=nginx:broken");
  await toEnd(page);
  assert.match(await enter(page, "kubectl rollout status sts/web --timeout=20s"), /Waiting for|timed out/);
  assert.match(await enter(page, "kubectl get pods"), /web-2 .*(ImagePullBackOff|ErrImagePull)/);
  await toEnd(page);
  await enter(page, "kubectl rollout undo sts/web");
  await toEnd(page);
  // A StatefulSet does not replace a pod that never became Ready: https://kubernetes.io/docs, forced rollback.
  assert.match(await enter(page, "kubectl delete pod web-2"), /deleted/);
  await toEnd(page);
  await ready(page, 3);
  assert.match(await enter(page, "kubectl rollout status sts/web"), /rolling update complete|roll out complete/);
});

test("a command in the past makes a branch, and both can be shown, renamed and dropped", async (t) => {
  const page = await opened(t);
  await toEnd(page);
  const whole = await steps(page);
  await page.getByRole("button", { name: "To the start" }).click();
  for (let index = 0; index < 6; index++) await page.getByRole("button", { name: "Step forward" }).click();
  await enter(page, "kubectl scale sts db --replicas=1");
  await last(page).getByText(/A branch begins at/).waitFor();
  await toEnd(page);
  assert.equal(await page.locator(".slot").count(), 1);
  const list = page.getByRole("button", { name: "2 runs" });
  await list.click();
  await page.locator(".branch-list").waitFor();
  assert.deepEqual(await barriers(page), []);
  await screenshot(page, "console-branches");
  await page.getByRole("button", { name: /^apply -f db.yaml/ }).click();
  await toEnd(page);
  assert.equal(await steps(page), whole);
  assert.equal(await page.locator(".slot.state-ready").count(), 3);
  await page.getByRole("button", { name: /^Branch at .*scale sts db/ }).waitFor();
  await list.click();
  await page.getByRole("button", { name: "Rename scale sts db --replicas=1" }).click();
  await page.getByRole("textbox", { name: "Name of the branch" }).fill("only one");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Drop only one" }).click();
  await page.getByRole("button", { name: "1 run" }).waitFor();
  await page.getByRole("button", { name: /^Take back/ }).click();
  await page.getByRole("button", { name: "2 runs" }).waitFor();
});

test("everything is taken back and done again, by button and by key", async (t) => {
  const page = await opened(t);
  await toEnd(page);
  const before = await steps(page);
  await enter(page, "kubectl delete sts db --cascade=orphan");
  await enter(page, "lab node down worker-1");
  await page.getByRole("button", { name: "Take back: lab node down worker-1" }).click();
  await page.locator("h1").click();
  await page.keyboard.press("Control+z");
  assert.equal(await steps(page), before);
  await page.getByRole("button", { name: "Nothing to take back" }).waitFor();
  await page.keyboard.press("Control+Shift+z");
  assert.ok((await steps(page)) > before);
  assert.equal(await enter(page, "lab undo"), "");
  await last(page).getByText("Taken back: kubectl delete sts db --cascade=orphan").waitFor();
  assert.equal(await steps(page), before);
});

test("Tab completes, lists what may stand there, and leaves where nothing may", async (t) => {
  const page = await opened(t);
  await toEnd(page);
  await page.keyboard.press("c");
  await page.waitForFunction(() => document.activeElement?.id === "prompt");
  await page.keyboard.type("kubectl desc");
  await page.keyboard.press("Tab");
  assert.equal(await prompt(page).inputValue(), "kubectl describe ");
  await page.keyboard.type("pod db");
  await page.keyboard.press("Tab");
  assert.equal(await prompt(page).inputValue(), "kubectl describe pod db-");
  const options = page.getByRole("listbox").getByRole("option");
  assert.deepEqual(await options.allInnerTexts(), ["db-0", "db-1", "db-2"]);
  assert.deepEqual(await barriers(page), []);
  await screenshot(page, "console-completion");
  await page.keyboard.press("ArrowDown");
  assert.equal(await prompt(page).getAttribute("aria-activedescendant"), "candidate-1");
  await page.keyboard.press("Escape");
  assert.equal(await options.count(), 0);
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  assert.equal(await prompt(page).inputValue(), "kubectl describe pod db-1 ");
  await page.keyboard.press("Enter");
  await last(page).getByText("kubectl describe pod db-1").waitFor();
  await page.keyboard.press("ArrowUp");
  assert.equal(await prompt(page).inputValue(), "kubectl describe pod db-1");
  await page.keyboard.press("ArrowDown");
  assert.equal(await prompt(page).inputValue(), "");
  await page.keyboard.type("zzz");
  await page.keyboard.press("Tab");
  assert.notEqual(await page.evaluate(() => document.activeElement.id), "prompt");
});

test("faults by mouse: a pod stops answering, a workload is scaled, an image is asked for in the prompt", async (t) => {
  const page = await opened(t);
  await apply(page, web);
  await page.locator(".slot .pod-card").first().click();
  await page.getByRole("button", { name: "Do something" }).click();
  await page.getByRole("menuitem", { name: /^Stop answering readiness/ }).click();
  await toEnd(page);
  await page.locator(".slot.state-unready").first().waitFor();
  await last(page).getByText("lab pod unready web-0").waitFor();
  await page.locator(".slot .pod-card").first().focus();
  await page.keyboard.press("Shift+F10");
  await page.getByRole("menuitem", { name: /^Answer readiness again/ }).waitFor();
  for (let index = 0; index < 9; index++) {
    if (await page.evaluate(() => document.activeElement.textContent.startsWith("Answer readiness"))) break;
    await page.keyboard.press("ArrowDown");
  }
  await page.keyboard.press("Enter");
  await toEnd(page);
  await ready(page, 3);
  await page.locator(".set-name").click({ button: "right" });
  await page.getByRole("menuitem", { name: /^Scale up to 4/ }).click();
  await toEnd(page);
  await ready(page, 4);
  await page.locator(".set-name").click({ button: "right" });
  await page.getByRole("menuitem", { name: /^Set the image/ }).click();
  assert.equal(await prompt(page).inputValue(), "kubectl set image statefulset/web c=nginx:1.27");
  await page.keyboard.type("nginx:1.28");
  await page.keyboard.press("Enter");
  await last(page).getByText("statefulset.apps/web image updated").waitFor();
});

test("an edit is shown before it is applied to what runs, and a field that never changes has a way out", async (t) => {
  const page = await opened(t);
  await toEnd(page);
  await write(page, (await written(page)).replace("replicas: 3", "replicas: 2"));
  await page.getByRole("button", { name: "Apply", exact: true }).click();
  const review = page.getByRole("region", { name: "What Apply would change" });
  await review.getByText("spec.replicas").waitFor();
  assert.deepEqual(await barriers(page), []);
  await screenshot(page, "console-review");
  await page.keyboard.press("Escape");
  assert.equal(await review.count(), 0);
  await page.getByRole("button", { name: "Apply", exact: true }).click();
  await review.getByRole("button", { name: "Apply", exact: true }).click();
  await toEnd(page);
  await ready(page, 2);
  await write(page, (await written(page)).replace(/serviceName: \w+/, "serviceName: other"));
  await page.getByRole("button", { name: "Apply", exact: true }).click();
  await review.getByText("kubectl delete statefulset db --cascade=orphan").waitFor();
  await screenshot(page, "console-immutable");
  await review.getByRole("button", { name: "Start over" }).click();
  await page.getByRole("button", { name: "2 runs" }).waitFor();
});

test("a script is pasted and run, recorded, and stops at a breakpoint", async (t) => {
  const page = await opened(t);
  await page.getByRole("button", { name: "To the start" }).click();
  for (let index = 0; index < 3; index++) await page.getByRole("button", { name: "Step forward" }).click();
  await prompt(page).focus();
  await prompt(page).evaluate((field) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", "# until the second is there\n$ kubectl wait --for=create pod/db-1\n$ kubectl wait --for=condition=Ready pod/db-1 --timeout=5m\n");
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  });
  const area = page.locator(".script-panel textarea");
  assert.match(await area.inputValue(), /condition=Ready pod\/db-1/);
  assert.deepEqual(await barriers(page), []);
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await last(page).getByText("pod/db-1 condition met").waitFor();
  await page.locator(".slot").nth(1).and(page.locator(".state-ready")).waitFor();
  assert.equal(await page.locator(".slot.state-ready").count(), 2);
  await enter(page, "kubectl delete pod db-0");
  await page.getByRole("button", { name: "Script" }).click();
  assert.match(await area.inputValue(), /^kubectl apply -f db.yaml -f agent.yaml\nlab wait \d+ms\nkubectl delete pod db-0\n$/);
  await screenshot(page, "console-script");
});

test("output is text and never markup", async (t) => {
  const page = await opened(t);
  const answer = await enter(page, "echo '<img src=x onerror=alert(1)>'");
  assert.equal(answer.trim(), "<img src=x onerror=alert(1)>");
  assert.equal(await page.locator(".said img").count(), 0);
});

for (const [name, options] of Object.entries(variants)) {
  test(`axe-core finds no barriers in the console: ${name}`, async (t) => {
    const page = await opened(t, options);
    if (name.startsWith("phone")) await page.getByRole("button", { name: "Console" }).click();
    await enter(page, "kubectl get pods -o wide && kubectl get nope");
    await enter(page, "kubectl scale sts db --replicas=2");
    assert.deepEqual(await barriers(page), []);
    await screenshot(page, `console-${name}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(wide, 0);
    if (!name.startsWith("phone")) return;
    await page.getByRole("button", { name: "Timeline" }).click();
    assert.ok(await page.getByRole("button", { name: "Step forward" }).isVisible());
  });
}
