// Playing, stepping, scrubbing, editing and fixing, by keyboard and by mouse.
import assert from "node:assert/strict";
import test from "node:test";
import { barriers } from "./access.mjs";
import { launch, screenshot, variants } from "./browser.mjs";
import { caretLine, choose, editor, loaded, opened as openedIn, text as written, write } from "./manifests.mjs";

const { browser, close } = await launch();
test.after(close);

const opened = (t, options) => openedIn(t, browser, options);

const slider = (page) => page.getByRole("slider", { name: "Timeline" });
const step = async (page) => Number(await slider(page).getAttribute("aria-valuenow"));
const steps = async (page) => Number(await slider(page).getAttribute("aria-valuemax"));
const lastStep = (page) => page.waitForFunction(() => {
  const it = document.querySelector("[role=slider]");
  return it.getAttribute("aria-valuenow") === it.getAttribute("aria-valuemax");
});

test("the first example plays by itself and shows pods within ten seconds", async (t) => {
  const page = await opened(t, { moving: true });
  await page.getByRole("button", { name: "Pause" }).waitFor();
  await page.locator(".docked .pod-chip").first().waitFor({ timeout: 10_000 });
  assert.match(await page.locator(".headline").innerText(), /\w/);
});

test("where motion is unwanted the page rests at a step that shows who waits for whom", async (t) => {
  const page = await opened(t);
  await page.getByRole("button", { name: "Play", exact: true }).waitFor();
  await page.getByRole("img", { name: "db-2 waits for db-1" }).waitFor();
  const before = await step(page);
  await page.waitForTimeout(1500);
  assert.equal(await step(page), before);
});

for (const [name, options] of Object.entries(variants)) {
  test(`who waits for whom is in the picture: ${name}`, async (t) => {
    const page = await opened(t, { ...options, reducedMotion: "reduce" });
    await page.getByRole("img", { name: "db-2 waits for db-1" }).waitFor();
    await screenshot(page, name);
  });
}

test("the keyboard plays, steps and goes to the ends", async (t) => {
  const page = await opened(t);
  await page.keyboard.press("Home");
  assert.equal(await step(page), 0);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  assert.equal(await step(page), 2);
  await page.keyboard.press("ArrowLeft");
  assert.equal(await step(page), 1);
  await page.keyboard.press("4");
  await page.keyboard.press("Space");
  await page.waitForFunction(() => Number(document.querySelector("[role=slider]").ariaValueNow) > 3);
  await page.keyboard.press("Space");
  const paused = await step(page);
  await page.waitForTimeout(700);
  assert.equal(await step(page), paused);
  await page.keyboard.press("End");
  assert.equal(await step(page), await steps(page));
});

test("the buttons do what the keys do", async (t) => {
  const page = await opened(t);
  await page.getByRole("button", { name: "To the start" }).click();
  assert.equal(await step(page), 0);
  await page.getByRole("button", { name: "Step forward" }).click();
  assert.equal(await step(page), 1);
  await page.getByRole("button", { name: "Step back" }).click();
  assert.equal(await step(page), 0);
  await page.getByRole("button", { name: "To the end" }).click();
  assert.equal(await step(page), await steps(page));
  await page.getByRole("button", { name: "Play again" }).waitFor();
});

test("the timeline is scrubbed by mouse and by keyboard, and says where it is", async (t) => {
  const page = await opened(t);
  const track = await page.locator(".track").boundingBox();
  await page.mouse.move(track.x + track.width * 0.3, track.y + 40);
  await page.mouse.down();
  await page.mouse.move(track.x + track.width * 0.7, track.y + 40, { steps: 8 });
  await page.mouse.up();
  const scrubbed = await step(page);
  // The pointer was followed, and not only where it went down.
  const playhead = await page.locator(".playhead").evaluate((it) => it.getBoundingClientRect().left);
  assert.ok(Math.abs(playhead - (track.x + track.width * 0.7)) < track.width * 0.05, `the playhead is at ${playhead}`);
  assert.ok(scrubbed > 5 && scrubbed < (await steps(page)), `scrubbed to ${scrubbed}`);
  await slider(page).focus();
  await page.keyboard.press("PageDown");
  assert.equal(await step(page), scrubbed - 10);
  await page.keyboard.press("ArrowUp");
  assert.equal(await step(page), scrubbed - 9);
  assert.match(await slider(page).getAttribute("aria-valuetext"), /^Step \d+ of \d+, at .+: .+/);
});

test("the end of the first example is what Kubernetes would make of it", async (t) => {
  const page = await opened(t);
  await page.keyboard.press("End");
  assert.deepEqual(await page.locator(".slot .pod-state").allInnerTexts(), [
    "Ready on worker-1",
    "Ready on worker-2",
    "Ready on worker-3",
  ]);
  assert.deepEqual(await page.locator(".slot .dns").allInnerTexts(), [
    "db-0.db.default.svc",
    "db-1.db.default.svc",
    "db-2.db.default.svc",
  ]);
  const controlPlane = page.getByRole("article", { name: "control-plane" });
  await controlPlane.getByText("log-agent refused: taint not tolerated").waitFor();
  assert.equal(await page.locator(".verdict.yes").count(), 3);
});

test("bookkeeping is skipped unless it is wanted", async (t) => {
  const page = await opened(t);
  const few = await steps(page);
  await page.getByLabel("Bookkeeping too").check();
  assert.ok((await steps(page)) > few);
});

test("an edit is run by Ctrl+Enter and not before, and stays after a reload", async (t) => {
  const page = await opened(t);
  const text = (await written(page)).replace("replicas: 3", "replicas: 5");
  await write(page, text);
  await page.getByText("Edited since the run").waitFor();
  assert.equal(await page.locator(".slot").count(), 3);
  await page.keyboard.press("Control+Enter");
  await page.getByRole("region", { name: "What Apply would change" }).waitFor();
  await page.keyboard.press("Control+Enter");
  await page.locator(".slot").nth(4).waitFor();
  assert.equal(await page.getByText("Edited since the run").count(), 0);
  await page.reload();
  await loaded(page);
  assert.equal(await written(page), text);
});

test("typing in the editor does not move the run", async (t) => {
  const page = await opened(t);
  const before = await step(page);
  await editor(page).focus();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("# 1 2 ? ");
  await page.keyboard.press("ArrowRight");
  assert.equal(await step(page), before);
  assert.match(await written(page), /^# 1 2 \? /);
  assert.equal(await page.locator("dialog[open]").count(), 0);
});

test("the printed article shows its problems, and quick fixes make it run", async (t) => {
  const page = await opened(t);
  await choose(page, "The article, as printed");
  assert.ok((await page.locator(".problem.error").count()) >= 2);
  await page.locator(".problem.warning").first().waitFor();
  await page.locator(".problem .goto").first().click();
  assert.equal(await page.evaluate(() => document.activeElement.id), "manifest-text");
  await screenshot(page, "article-as-printed");
  for (let left = 10; left > 0 && (await page.locator(".fix").count()) > 0; left--) {
    await page.locator(".fix").first().click();
  }
  assert.equal(await page.locator(".problem.error").count(), 0);
  await page.getByRole("button", { name: "Apply", exact: true }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "To the end" }).click();
  await lastStep(page);
  assert.equal(await page.locator(".slot.state-ready").count(), 3);
  await page.locator(".others .claim", { hasText: "my-pvc" }).waitFor();
});

test("an edited text is put aside by an example and comes back", async (t) => {
  const page = await opened(t);
  await write(page, "# mine\n");
  await choose(page, "Log agent on every node");
  assert.match(await written(page), /kind: DaemonSet/);
  await choose(page, "Back to your own text");
  assert.equal(await written(page), "# mine\n");
});

test("files are opened, added and removed", async (t) => {
  const page = await opened(t);
  await page.locator(".tab-name", { hasText: "agent.yaml" }).click();
  assert.match(await written(page), /kind: DaemonSet/);
  await page.getByRole("button", { name: "New file" }).click();
  assert.equal(await written(page), "");
  await page.getByRole("button", { name: "Close manifest.yaml" }).click();
  assert.equal(await page.locator(".tab-name").count(), 2);
});

test("a deciding field leads to its line", async (t) => {
  const page = await opened(t);
  const field = page.locator("button.field", { hasText: "spec.replicas: 3" });
  await page.locator(".cm-line.deciding", { hasText: "replicas: 3" }).waitFor();
  await field.hover();
  await page.locator(".cm-line.lit", { hasText: "replicas: 3" }).waitFor();
  await field.click();
  await page.locator("#manifest-text:focus").waitFor();
  assert.match((await written(page)).split("\n")[(await caretLine(page)) - 1], /replicas: 3/);
});

test("an object in a sentence is pointed at and selected, and Escape lets it go", async (t) => {
  const page = await opened(t);
  const link = page.locator(".headline .object").last();
  const name = await link.innerText();
  await link.hover();
  await page.locator("[data-pointed]").first().waitFor();
  await link.click();
  const details = page.getByRole("region", { name: `Details of ${name}` });
  await details.waitFor();
  assert.ok((await page.locator(`[data-selected][aria-pressed=true]`).count()) > 0);
  await page.keyboard.press("Escape");
  await details.waitFor({ state: "detached" });
});

test("a pod's details follow the shown step", async (t) => {
  const page = await opened(t);
  await page.keyboard.press("End");
  await page.locator(".slot .pod-card").first().click();
  const details = page.getByRole("region", { name: "Details of db-0" });
  await details.getByText("db-0.db.default.svc").waitFor();
  await page.keyboard.press("Home");
  await details.getByText("It does not exist at this step.").waitFor();
});

test("colours are chosen and remembered", async (t) => {
  const page = await opened(t);
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await paper();
  await page.getByRole("button", { name: /^Colours/ }).click();
  await page.getByRole("button", { name: "Colours: Light" }).click();
  await page.getByRole("button", { name: "Colours: Dark" }).waitFor();
  assert.notEqual(await paper(), light);
  await page.reload();
  await page.getByRole("button", { name: "Colours: Dark" }).waitFor();
});

test("the keys are listed on `?`, and Escape gives the focus back", async (t) => {
  const page = await opened(t);
  const button = page.getByRole("button", { name: "About" });
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keys" }).waitFor();
  await page.keyboard.press("Escape");
  await button.click();
  await page.getByRole("dialog", { name: "About" }).getByText("Not simulated yet").waitFor();
  assert.deepEqual(await barriers(page), []);
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("dialog[open]").count(), 0);
  assert.ok(await button.evaluate((it) => it === document.activeElement));
});

test("the stage is a table too", async (t) => {
  const page = await opened(t);
  await page.keyboard.press("End");
  const table = page.getByRole("table", { name: "Pods at this step" });
  await table.getByRole("row", { name: /db-0 Ready worker-1 r1/ }).waitFor();
  await page.getByRole("button", { name: "Show the stage as a table" }).click();
  assert.equal(await page.locator(".picture").count(), 0);
  const verdicts = page.getByRole("table", { name: "What DaemonSets think of the nodes" });
  await verdicts.getByRole("row", { name: /log-agent control-plane refused taint not tolerated/ }).waitFor();
  assert.deepEqual(await barriers(page), []);
});

test("the headline of each step is announced", async (t) => {
  const page = await opened(t);
  await page.keyboard.press("End");
  const said = await page.locator(".page > p[role=status]").innerText();
  assert.equal(said, (await page.locator(".headline").innerText()).trim());
});

for (const [name, options] of Object.entries(variants)) {
  for (const example of ["Both together", "The article, as printed"]) {
    test(`axe-core finds no barriers: ${example}, ${name}`, async (t) => {
      const page = await opened(t, options);
      await choose(page, example);
      for (const key of ["Home", "End"]) {
        await page.locator("body").press(key);
        assert.deepEqual(await barriers(page), [], key);
      }
    });
  }
}

for (const width of [320, 390, 700, 1024]) {
  test(`nothing is cut off sideways at ${width} pixels`, async (t) => {
    const page = await opened(t, { viewport: { width, height: 800 } });
    await page.keyboard.press("End");
    const { wide, clipped } = await page.evaluate(() => ({
      wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      clipped: [...document.querySelectorAll(".pod-state, .headline, .verdict, .fact")]
        .filter((it) => it.scrollWidth > it.clientWidth + 1 && getComputedStyle(it).display !== "inline")
        .map((it) => it.textContent),
    }));
    assert.equal(wide, 0);
    assert.deepEqual(clipped, []);
    await screenshot(page, `width-${width}`, { fullPage: true });
  });
}

test("on a phone the stage comes first and the controls stay in reach", async (t) => {
  const page = await opened(t, variants["phone-light"]);
  const top = (selector) => page.locator(selector).evaluate((it) => it.getBoundingClientRect().top);
  assert.ok((await top(".stage")) < (await top(".why")) && (await top(".why")) < (await top(".editor")));
  const play = page.getByRole("button", { name: "Play", exact: true });
  assert.ok(await play.isVisible());
  const box = await play.boundingBox();
  assert.ok(box.y + box.height <= 844 && box.height >= 40);
  await page.getByRole("button", { name: "Step forward" }).tap();
  await page.locator(".now-line").waitFor();
});

test("sixty nodes are shown as tiles", async (t) => {
  const page = await opened(t);
  const nodes = Array.from({ length: 60 }, (_, index) => `---\napiVersion: v1\nkind: Node\nmetadata:\n  name: node-${index}\n`);
  await page.locator(".tab-name", { hasText: "agent.yaml" }).click();
  await write(page, (await written(page)) + nodes.join(""));
  await page.keyboard.press("Control+Enter");
  await page.locator(".tile").nth(59).waitFor();
  await screenshot(page, "sixty-nodes");
});
