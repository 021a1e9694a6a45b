// Pictures of the gallery and of six runs at fixed moments. `SETWISE_RENEW_PICTURES=1 cargo xtask test browser` keeps new ones.
import assert from "node:assert/strict";
import test from "node:test";
import { barriers } from "./access.mjs";
import { launch, open, screenshot, url } from "./browser.mjs";
import { apply, opened as openedIn } from "./manifests.mjs";
import { ALLOWED, compared, difference, grid } from "./pictures.mjs";
import { runs } from "./runs.mjs";

const { browser, close } = await launch();
test.after(close);

async function gallery(t, options = {}) {
  const opening = await open(browser, { reducedMotion: "reduce", ...options }, `${url}#gallery`);
  t.after(async () => {
    await opening.close();
    assert.deepEqual(opening.problems, []);
  });
  await opening.page.locator("#gallery-notices").waitFor();
  return opening.page;
}

const still = { animations: "disabled", caret: "hide" };
const PARTS = ["shapes", "workloads", "cluster", "tiles", "field", "empty", "run", "notices"];

for (const colorScheme of ["light", "dark"]) {
  test(`every state of every element looks as it did: ${colorScheme}`, async (t) => {
    const page = await gallery(t, { colorScheme });
    const said = [];
    for (const part of PARTS) {
      const picture = await page.locator(`#gallery-${part}`).screenshot(still);
      const words = await compared(browser, `gallery-${part}-${colorScheme}`, picture);
      if (words) said.push(words);
    }
    await screenshot(page, `gallery-${colorScheme}`, { fullPage: true });
    assert.deepEqual(said, []);
  });

  test(`axe-core finds no barriers in the gallery: ${colorScheme}`, async (t) => {
    const page = await gallery(t, { colorScheme });
    // The same parts stand there several times, so landmarks of the same name do too.
    assert.deepEqual((await barriers(page)).filter((barrier) => !/^(landmark-unique|region)/.test(barrier)), []);
  });
}

for (const [name, run] of Object.entries(runs)) {
  test(`a fixed moment looks as it did: ${name}`, async (t) => {
    const page = await openedIn(t, browser, run.options ?? {});
    await apply(page, run.text);
    await run.go(page);
    await page.locator(".stage").hover({ position: { x: 2, y: 2 } });
    const picture = await page.screenshot(still);
    await screenshot(page, `run-${name}`);
    assert.equal(await compared(browser, `run-${name}`, picture), undefined);
  });
}

test("a comparison survives another font and tells a missing pod and another state", async (t) => {
  const page = await gallery(t);
  const part = page.locator("#gallery-workloads .set").first();
  const before = await grid(browser, await part.screenshot(still));
  const changed = async (change) => {
    await page.evaluate(change);
    const after = await grid(browser, await part.screenshot(still));
    return difference(before, after);
  };
  const font = await changed(() => document.documentElement.style.setProperty("--sans", "'Noto Sans CJK SC', 'DejaVu Serif', serif"));
  t.diagnostic(`another font: ${font}`);
  assert.ok(font <= ALLOWED, `another font: ${font}`);
  await page.evaluate(() => document.documentElement.style.removeProperty("--sans"));
  const other = await changed(() => {
    const slot = document.querySelector(".slot.state-ready");
    slot.classList.replace("state-ready", "state-failed");
  });
  t.diagnostic(`another state: ${other}`);
  assert.ok(other > ALLOWED, `another state: ${other}`);
  const missing = await changed(() => document.querySelectorAll(".slot .pod-card")[1].toggleAttribute("hidden", true));
  t.diagnostic(`a missing pod: ${missing}`);
  assert.ok(missing > ALLOWED, `a missing pod: ${missing}`);
});
