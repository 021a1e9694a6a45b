// The editor of the page, as the tests drive it.
import assert from "node:assert/strict";
import { open } from "./browser.mjs";

/** Opens the page for one test, with the editor loaded; it stands still unless `moving`. */
export async function opened(t, browser, { moving = false, ...options } = {}) {
  const opening = await open(browser, { reducedMotion: moving ? "no-preference" : "reduce", ...options });
  t.after(async () => {
    await opening.close();
    assert.deepEqual(opening.problems, []);
  });
  await loaded(opening.page);
  return opening.page;
}

/** Waits until the editor has taken the place of the text area. */
export async function loaded(page) {
  await page.locator(".page").waitFor();
  await page.locator("#manifest-text.cm-content").waitFor();
}

/** The element that is written into. */
export const editor = (page) => page.locator("#manifest-text");

/** The whole text of the file in front: the editor draws only what is in view. */
export const text = (page) => page.evaluate(() => document.querySelector(".code").editor.text());

/** The line of the caret, from 1. */
export const caretLine = (page) => page.evaluate(() => document.querySelector(".code").editor.caret()[0]);

/** Pastes at the caret, or over the selection, as from another program. */
export async function paste(page, pasted) {
  await editor(page).evaluate((element, pasted) => {
    element.focus();
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, pasted);
}

/** Puts a text in place of the one in front. */
export async function write(page, written) {
  await editor(page).focus();
  await page.keyboard.press("Control+a");
  await paste(page, written);
}

/** Puts the caret after the first place of some words that are in view. */
export async function caretAfter(page, words) {
  const place = await page.evaluate((words) => {
    const text = document.querySelector(".code").editor.text();
    const before = text.slice(0, text.indexOf(words) + words.length).split("\n");
    document.querySelector(".code").editor.go(before.length, before.at(-1).length);
    return before.length;
  }, words);
  await page.locator("#manifest-text:focus").waitFor();
  return place;
}

/** Does something that moves the caret, and says where to: the file and the line. */
export async function moved(page, act) {
  const where = () => {
    const [line, column] = document.querySelector(".code").editor.caret();
    return `${document.querySelector(".tab-name[aria-current]").innerText.trim()}:${line}:${column}`;
  };
  const before = await page.evaluate(where);
  await act();
  await page.waitForFunction(`(${where})() !== ${JSON.stringify(before)}`);
  return page.evaluate(where);
}

/** Chooses an example from the menu. */
export async function choose(page, title) {
  await page.getByRole("button", { name: /^Examples/ }).click();
  await page.locator(".menu-entry", { hasText: title }).click();
}

/** Applies a manifest of one file. */
export async function apply(page, applied) {
  while (await page.locator(".tab-close").count()) await page.locator(".tab-close").first().click();
  await write(page, applied);
  await page.getByRole("button", { name: "Apply", exact: true }).click();
  // Where it would change what runs, that is shown first; a test begins anew.
  await page.waitForFunction(() => document.querySelector(".review") || !document.querySelector(".run-stale"));
  if (await page.locator(".review").count()) await page.getByRole("button", { name: "Start over" }).click();
}
