// What the page hands out as files, the span of the timeline that is zoomed into, and the tables.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { launch } from "./browser.mjs";
import { apply, opened as openedIn } from "./manifests.mjs";
import { runs } from "./runs.mjs";

const { browser, close } = await launch();
test.after(close);

const opened = (t, options) => openedIn(t, browser, options);

async function exported(page, entry) {
  await page.getByRole("button", { name: "Export" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download", { timeout: 60_000 }),
    page.locator(".menu-entry", { hasText: entry }).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

test("the stage is an SVG of its own: words as text, shapes as shapes, nothing foreign", async (t) => {
  const page = await opened(t);
  await page.keyboard.press("End");
  const { name, bytes } = await exported(page, "Stage as SVG");
  assert.equal(name, "both.svg");
  const svg = bytes.toString("utf8");
  assert.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  for (const words of ["StatefulSet", "data-db", "worker-1", "Ready"]) assert.ok(svg.includes(words), words);
  assert.doesNotMatch(svg, /foreignObject|var\(--|class=|<script|NaN|undefined/);
  const context = await browser.newContext();
  const drawn = await context.newPage();
  await drawn.setContent(svg);
  const overlap = await drawn.evaluate(() => {
    const { width, height } = document.querySelector("svg").getBoundingClientRect();
    const outside = [...document.querySelectorAll("text")].filter((text) => {
      const box = text.getBoundingClientRect();
      return box.right < 0 || box.left > width + 10 || box.top > height + 10;
    });
    return { texts: document.querySelectorAll("text").length, outside: outside.length };
  });
  assert.ok(overlap.texts > 30, `${overlap.texts} texts`);
  assert.equal(overlap.outside, 0);
  await context.close();
});

test("the stage is a PNG at twice its size", async (t) => {
  const page = await opened(t);
  const box = await page.locator(".picture").boundingBox();
  const { name, bytes } = await exported(page, "Stage as PNG");
  assert.equal(name, "both.png");
  assert.deepEqual([...bytes.subarray(1, 4)], [...Buffer.from("PNG")]);
  assert.equal(bytes.readUInt32BE(16), 2 * Math.ceil(box.width));
});

test("the run is a text for course notes", async (t) => {
  const page = await opened(t);
  const { name, bytes } = await exported(page, "Run as Markdown");
  assert.equal(name, "both.md");
  assert.match(bytes.toString("utf8"), /^1\. \*\*/);
});

test("the run is a video that is as long as it plays, and the page comes back", async (t) => {
  const page = await opened(t);
  await apply(page, runs["verdicts-on-nodes"].text);
  await page.getByLabel("Speed").selectOption({ label: "4×" });
  await page.keyboard.press("Home");
  const { name, bytes } = await exported(page, "Run as a video");
  assert.match(name, /\.(webm|mp4)$/);
  assert.ok(bytes.length > 10_000, `${bytes.length} bytes`);
  await page.getByRole("button", { name: "Export" }).waitFor();
});

const trackWidth = (page) => page.locator(".track").evaluate((track) => track.clientWidth);

test("a span that is dragged along the scale fills the timeline, and 0 shows the whole run again", async (t) => {
  const page = await opened(t);
  const narrow = await trackWidth(page);
  const track = await page.locator(".track").boundingBox();
  await page.mouse.move(track.x + track.width * 0.4, track.y + 8);
  await page.mouse.down();
  await page.mouse.move(track.x + track.width * 0.6, track.y + 8, { steps: 5 });
  await page.mouse.up();
  await page.waitForFunction((narrow) => document.querySelector(".track").clientWidth > 4 * narrow, narrow);
  const seen = await page.locator(".lanes").evaluate((lanes) => {
    const labels = lanes.querySelector(".lane-labels").clientWidth;
    return (lanes.scrollLeft + (lanes.clientWidth - labels) / 2) / lanes.querySelector(".track").clientWidth;
  });
  assert.ok(Math.abs(seen - 0.5) < 0.06, `the middle is at ${seen}`);
  await page.locator("body").press("0");
  await page.waitForFunction((narrow) => document.querySelector(".track").clientWidth === narrow, narrow);
});

test("a span is selected by keyboard, said, and zoomed to", async (t) => {
  const page = await opened(t);
  await page.keyboard.press("Home");
  const narrow = await trackWidth(page);
  await page.getByRole("slider", { name: "Timeline" }).focus();
  for (let step = 0; step < 6; step++) await page.keyboard.press("Shift+ArrowRight");
  await page.getByText("Selected: steps 0 to 6.").waitFor({ state: "attached" });
  await page.keyboard.press("Enter");
  await page.waitForFunction((narrow) => document.querySelector(".track").clientWidth > 2 * narrow, narrow);
});

test("everything of the picture is in the tables, and a name in them selects", async (t) => {
  const page = await opened(t);
  await apply(page, runs["endpoints-at-the-end"].text + "---\n" + runs["deployment-with-service"].text);
  await page.keyboard.press("End");
  await page.getByRole("button", { name: "Show the stage as a table" }).click();
  const row = (table, name) => page.getByRole("table", { name: table }).getByRole("row", { name });
  await row("Workloads at this step", /StatefulSet db 3 of 3 ready/).waitFor();
  await row("Workloads at this step", /Deployment web 6 of 6 ready/).waitFor();
  await row("Services at this step", /db headless 3 of 3 endpoints ready db-0 gets traffic/).waitFor();
  await row("Claims at this step", /data-db-0 Bound 1Gi/).waitFor();
  await row("Nodes at this step", /worker-1 Ready/).waitFor();
  await page.getByRole("table", { name: "Services at this step" }).getByRole("button", { name: "web" }).click();
  await page.getByRole("region", { name: "Details of web" }).waitFor();
});

test("Services show which endpoints get traffic", async (t) => {
  const page = await opened(t);
  await apply(page, runs["endpoints-at-the-end"].text);
  await runs["ordered-creation"].go(page);
  const band = page.getByRole("region", { name: "Service db" });
  // The Service learns a moment after the set that db-0 is Ready.
  await band.getByText("no endpoints").waitFor();
  const first = band.getByText("1 of 1 endpoint ready").or(band.getByText("1 of 2 endpoints ready"));
  for (let steps = 0; steps < 10 && !(await first.count()); steps++) await page.keyboard.press("ArrowRight");
  await first.waitFor();
  await page.keyboard.press("End");
  await band.getByText("3 of 3 endpoints ready").waitFor();
  await band.getByText("as db-2").waitFor();
});
