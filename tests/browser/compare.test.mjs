// Two runs on one clock, the run in short, and the list of rules.
import assert from "node:assert/strict";
import test from "node:test";
import { barriers } from "./access.mjs";
import { launch, screenshot, variants } from "./browser.mjs";
import { opened as openedIn } from "./manifests.mjs";

const { browser, close } = await launch();
test.after(close);

const opened = (t, options) => openedIn(t, browser, options);
const step = async (page) => Number(await page.getByRole("slider", { name: "Timeline" }).first().getAttribute("aria-valuenow"));

for (const [name, options] of Object.entries(variants)) {
  test(`two runs are shown where they part, with what decides: ${name}`, async (t) => {
    const page = await opened(t, options);
    await page.locator(".compare-button").click();
    const dialog = page.getByRole("dialog", { name: "Two runs on one clock" });
    await dialog.getByRole("combobox", { name: "What to compare" }).selectOption({ label: "OrderedReady beside Parallel" });
    await dialog.locator(".parting-headline", { hasText: "on the right" }).waitFor();
    await dialog.locator(".parting-side", { hasText: "An ordered set creates one pod at a time" }).waitFor();
    await dialog.locator(".parting-fields", { hasText: "spec.podManagementPolicy: Parallel" }).waitFor();
    assert.deepEqual(await barriers(page), []);
    await screenshot(page, `compare-${name}`);
  });
}

test("both runs go step by step from the keyboard, and Escape gives the page back as it was", async (t) => {
  const page = await opened(t);
  const before = await step(page);
  await page.locator(".compare-button").click();
  const dialog = page.getByRole("dialog", { name: "Two runs on one clock" });
  const clock = dialog.locator(".compare-range");
  await clock.focus();
  const moment = async () => Number(await clock.inputValue());
  const at = await moment();
  await page.keyboard.press("ArrowRight");
  assert.equal(await moment(), at + 1);
  await dialog.getByRole("button", { name: "Show where they part" }).click();
  assert.equal(await moment(), at);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  assert.equal(await step(page), before);
});

test("one's own manifests are compared with a change of them", async (t) => {
  const page = await opened(t);
  await page.locator(".compare-button").click();
  const dialog = page.getByRole("dialog", { name: "Two runs on one clock" });
  await dialog.getByRole("combobox", { name: "What to compare" }).selectOption({ label: "Your manifests, changed" });
  const right = dialog.getByRole("textbox", { name: "Right" });
  await right.fill((await right.inputValue()).replace("replicas: 3", "replicas: 2"));
  await dialog.getByRole("button", { name: "Run both" }).click();
  await dialog.locator(".parting-headline", { hasText: "db-2" }).waitFor();
});

test("the run in short leads to each of its phases", async (t) => {
  const page = await opened(t);
  await page.keyboard.press("End");
  await page.getByText("The run in short").click();
  await page.locator(".story-overview", { hasText: "db starts db-0, db-1 and db-2, each when the one before is Ready" }).waitFor();
  const last = await step(page);
  await page.locator(".phase-go").first().click();
  assert.ok((await step(page)) < last);
  assert.deepEqual(await barriers(page), []);
});

test("the rule behind a step says what it means, and leads to all rules", async (t) => {
  const page = await opened(t);
  await page.locator("details.rule summary").click();
  await page.locator(".rule-text a[href^='https://kubernetes.io/docs/']").waitFor();
  await page.locator("details.rule").getByRole("link", { name: "All rules" }).click();
  const dialog = page.getByRole("dialog", { name: "All rules" });
  const all = await dialog.locator(".rule-list section").count();
  assert.ok(all > 100);
  await dialog.getByRole("searchbox", { name: "Find a rule" }).fill("partition");
  await dialog.locator(".rule-list section", { hasText: "Partitioned update" }).waitFor();
  assert.ok((await dialog.locator(".rule-list section").count()) < all);
  assert.deepEqual(await barriers(page), []);
});
