// The page in two languages: chosen by the browser, by the link, and by hand.
import assert from "node:assert/strict";
import test from "node:test";
import { barriers } from "./access.mjs";
import { launch, open, screenshot, url, variants } from "./browser.mjs";
import { editor, loaded, opened as openedIn, text, write } from "./manifests.mjs";

const { browser, close } = await launch();
test.after(close);

const chinese = { locale: "zh-CN" };
const opened = (t, options) => openedIn(t, browser, { ...chinese, ...options });
const step = async (page) => Number(await page.locator("[role=slider]").getAttribute("aria-valuenow"));
const language = (page) => page.evaluate(() => document.documentElement.lang);
const toEnglish = (page) => page.getByRole("button", { name: "English" });
const toChinese = (page) => page.getByRole("button", { name: "中文" });

/** Opens an address for one test. */
async function at(t, query, options = chinese) {
  const opening = await open(browser, { reducedMotion: "reduce", ...options }, new URL(query, url).href);
  t.after(async () => {
    await opening.close();
    assert.deepEqual(opening.problems, []);
  });
  await loaded(opening.page);
  return opening.page;
}

test("a Chinese browser gets the page in Chinese", async (t) => {
  const page = await opened(t);
  assert.equal(await language(page), "zh-CN");
  assert.match(await page.title(), /Kubernetes 发布/);
  await page.getByRole("button", { name: "应用", exact: true }).waitFor();
  await page.getByRole("slider", { name: "时间线" }).waitFor({ state: "attached" });
  assert.match(await page.locator("meta[name=description]").getAttribute("content"), /清单/);
});

test("a browser of another language gets English, and the first known of several counts", async (t) => {
  assert.equal(await language(await opened(t, { locale: "de-DE" })), "en");
  assert.equal(await language(await opened(t, { locale: "zh-Hans-CN" })), "zh-CN");
});

test("switching there and back keeps the run, the text and the moment", async (t) => {
  const page = await opened(t);
  await write(page, `# 备注\n${await text(page)}`);
  const written = await text(page);
  await page.locator("[role=slider]").focus();
  await page.keyboard.press("Home");
  for (let count = 0; count < 4; count += 1) await page.keyboard.press("ArrowRight");
  const moment = await step(page);
  const steps = await page.locator("[role=slider]").getAttribute("aria-valuemax");
  await toEnglish(page).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Apply", exact: true }).waitFor();
  assert.equal(await language(page), "en");
  assert.equal(await page.title(), "Setwise: Kubernetes rollouts, step by step, explained");
  assert.deepEqual([await step(page), await text(page)], [moment, written]);
  assert.match(await editor(page).getAttribute("aria-label"), /^Text of/);
  await toChinese(page).click();
  await page.getByRole("button", { name: "应用", exact: true }).waitFor();
  assert.deepEqual([await step(page), await text(page)], [moment, written]);
  assert.equal(await page.locator("[role=slider]").getAttribute("aria-valuemax"), steps);
  assert.match(await editor(page).getAttribute("aria-label"), /的文本$/);
  // The history of the text is kept, too.
  await editor(page).focus();
  await page.keyboard.press("Control+z");
  await page.waitForFunction(() => !document.querySelector(".code").editor.text().startsWith("# 备注"));
});

test("the choice survives a reload", async (t) => {
  const page = await opened(t);
  await toEnglish(page).click();
  await page.reload();
  await loaded(page);
  assert.equal(await language(page), "en");
  await toChinese(page).waitFor();
});

test("the link goes before what was kept and what the browser asks for", async (t) => {
  const page = await at(t, "?lang=en");
  assert.equal(await language(page), "en");
  // A choice by hand is newer than the link.
  await toChinese(page).click();
  assert.equal(new URL(page.url()).searchParams.get("lang"), "zh");
  await page.reload();
  await loaded(page);
  assert.equal(await language(page), "zh-CN");
  assert.equal(await language(await at(t, "?lang=zh", { locale: "en-US" })), "zh-CN");
  assert.equal(await language(await at(t, "?lang=xx")), "zh-CN");
});

test("problems, their fixes and the meanings of fields are Chinese; what kubectl prints is not", async (t) => {
  const page = await opened(t);
  await write(page, "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db}\nspec:\n  replcias: 3\n");
  const problem = page.locator(".problem").first();
  await problem.waitFor();
  assert.match(await problem.locator(".problem-message").innerText(), /unknown field|Required value/);
  assert.match(await problem.locator(".problem-hint").innerText(), /[一-鿿]/);
  await toEnglish(page).click();
  await page.waitForFunction(() => !/[一-鿿]/.test(document.querySelector(".problem-hint").innerText));
});

test("the Chinese page has no barriers and nothing is cut off on a small phone", async (t) => {
  for (const [name, options] of Object.entries(variants)) {
    const page = await opened(t, options);
    assert.deepEqual(await barriers(page), [], name);
    await screenshot(page, `zh-${name}`);
  }
  const page = await opened(t, { viewport: { width: 320, height: 640 } });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(overflow <= 0, `${overflow} pixels too wide`);
  const cut = await page.evaluate(() =>
    [...document.querySelectorAll(".bar button, .transport button, .headline, .problem-hint")]
      .filter((element) => element.offsetParent && element.scrollWidth > element.clientWidth + 1)
      .map((element) => element.className));
  assert.deepEqual(cut, []);
  await screenshot(page, "zh-320");
});
