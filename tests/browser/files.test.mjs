// Files: opened, dropped, named, closed, saved, kept, and brought back.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { barriers } from "./access.mjs";
import { launch, screenshot, variants, open } from "./browser.mjs";
import { choose, editor, loaded, opened as openedIn, text, write } from "./manifests.mjs";

const { browser, close } = await launch();
test.after(close);

const opened = (t, options) => openedIn(t, browser, options);
const front = (page) => page.locator(".tab-name[aria-current]");
const names = (page) => page.locator(".tab-name").allInnerTexts().then((all) => all.map((name) => name.split("\n")[0]));
const upload = (name, written) => ({ name, mimeType: "application/yaml", buffer: Buffer.from(written) });

test("files are opened from the disk, in place of an example that nobody edited", async (t) => {
  const page = await opened(t);
  const chosen = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Open files from this computer" }).click();
  const chooser = await chosen;
  assert.ok(chooser.isMultiple());
  await chooser.setFiles([upload("one.yaml", "# one\n"), upload("two.yaml", "# two\n")]);
  await front(page).filter({ hasText: "one.yaml" }).waitFor();
  assert.deepEqual(await names(page), ["one.yaml", "two.yaml"]);
  assert.equal(await text(page), "# one\n");
  await page.locator("input[type=file]").setInputFiles([upload("one.yaml", "# again\n")]);
  await front(page).filter({ hasText: "one-2.yaml" }).waitFor();
  assert.deepEqual(await names(page), ["one.yaml", "two.yaml", "one-2.yaml"]);
});

test("files are opened by dropping them, wherever in the editor they fall", async (t) => {
  const page = await opened(t);
  const drop = (selector, name, written) =>
    page.evaluate(
      ([selector, name, written]) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([written], name));
        const target = document.querySelector(selector);
        for (const type of ["dragenter", "dragover"]) target.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
        const shown = new Promise((resolve) => setTimeout(() => resolve(!document.querySelector(".drop-here").hidden), 50));
        return shown.then((shown) => {
          target.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
          return shown;
        });
      },
      [selector, name, written],
    );
  assert.ok(await drop(".cm-line", "dropped.yaml", "# dropped\n"), "it is said where files can be dropped");
  await front(page).filter({ hasText: "dropped.yaml" }).waitFor();
  assert.equal(await text(page), "# dropped\n");
  assert.ok(await page.locator(".drop-here").isHidden());
  await drop(".files", "more.yaml", "# more\n");
  await front(page).filter({ hasText: "more.yaml" }).waitFor();
  assert.deepEqual(await names(page), ["dropped.yaml", "more.yaml"]);
});

test("what is no text, and what is too large, is not opened, and that is said", async (t) => {
  const page = await opened(t);
  const before = await names(page);
  await page.locator("input[type=file]").setInputFiles([{ name: "picture.png", mimeType: "image/png", buffer: Buffer.from([137, 80, 0, 1]) }]);
  await page.locator(".notice-text", { hasText: "picture.png could not be read as text." }).waitFor();
  await page.locator("input[type=file]").setInputFiles([upload("huge.yaml", "#".repeat(3_000_000))]);
  await page.locator(".notice-text", { hasText: "huge.yaml is larger" }).waitFor();
  assert.deepEqual(await names(page), before);
  await page.getByRole("button", { name: "Dismiss" }).click();
  assert.equal(await page.locator(".notice-text").count(), 0);
});

test("a file is renamed by mouse and by keyboard, and its history stays", async (t) => {
  const page = await opened(t);
  const before = await text(page);
  await write(page, "# mine\n");
  await front(page).click();
  const field = page.getByRole("textbox", { name: "Name of the file" });
  await field.waitFor();
  assert.deepEqual(await barriers(page), []);
  await field.fill("web.yaml");
  await page.keyboard.press("Enter");
  await front(page).filter({ hasText: "web.yaml" }).waitFor();
  assert.ok(await front(page).evaluate((it) => it === document.activeElement), "the focus stays with the tab");
  await page.keyboard.press("Enter");
  await field.fill("other.yaml");
  await page.keyboard.press("Escape");
  assert.ok((await names(page)).includes("web.yaml"));
  await front(page).click();
  await field.fill("third.yaml");
  await page.locator(".stage").click({ position: { x: 5, y: 5 } });
  assert.ok((await names(page)).includes("third.yaml"), "leaving the field takes the name");
  await editor(page).focus();
  await page.keyboard.press("Control+z");
  assert.equal(await text(page), before);
});

test("a closed file comes back, with its history", async (t) => {
  const page = await opened(t);
  const before = await text(page);
  const all = await names(page);
  await write(page, "# closed by mistake\n");
  await page.getByRole("button", { name: `Close ${all[0]}` }).click();
  assert.deepEqual(await names(page), all.slice(1));
  assert.ok(await front(page).evaluate((it) => it === document.activeElement), "the focus is not lost");
  await page.locator(".notice-text", { hasText: `${all[0]} was closed.` }).waitFor();
  await screenshot(page, "files-closed");
  assert.deepEqual(await barriers(page), []);
  await page.getByRole("button", { name: "Undo" }).click();
  assert.deepEqual(await names(page), all);
  assert.equal(await text(page), "# closed by mistake\n");
  assert.equal(await page.locator(".notice-text").count(), 0);
  await editor(page).focus();
  await page.keyboard.press("Control+z");
  assert.equal(await text(page), before);
});

test("a file is saved under its name", async (t) => {
  const page = await opened(t);
  await write(page, "# saved: ü\n");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: /^Save manifest\.yaml|^Save .*\.yaml/ }).click();
  const saved = await download;
  assert.equal(saved.suggestedFilename(), (await names(page))[0]);
  assert.equal(readFileSync(await saved.path(), "utf8"), "# saved: ü\n");
});

test("the example comes back on demand, and what was made of it too", async (t) => {
  const page = await opened(t);
  const before = await text(page);
  assert.equal(await page.getByRole("button", { name: "Reset to the example" }).count(), 0, "there is nothing to reset");
  await write(page, "# spoiled\n");
  await page.getByRole("button", { name: "Reset to the example" }).click();
  assert.equal(await text(page), before);
  await page.getByRole("button", { name: "Undo" }).click();
  assert.equal(await text(page), "# spoiled\n");
  await page.getByRole("button", { name: "Reset to the example" }).click();
  assert.equal(await text(page), before, "it can be reset again");
});

test("nothing is lost on a reload: files, names, the one in front, and the text that was put aside", async (t) => {
  const page = await opened(t);
  await write(page, "# mine\n");
  await choose(page, "Log agent on every node");
  await page.getByRole("button", { name: "New file" }).click();
  await write(page, "# second\n");
  await front(page).click();
  await page.getByRole("textbox", { name: "Name of the file" }).fill("second.yaml");
  await page.keyboard.press("Enter");
  const all = await names(page);
  await page.reload();
  await loaded(page);
  assert.deepEqual(await names(page), all);
  assert.equal(await text(page), "# second\n");
  await choose(page, "Back to your own text");
  assert.equal(await text(page), "# mine\n");
});

test("what was written a moment before a crash is there afterwards", async (t) => {
  const { page, context, close } = await open(browser, { reducedMotion: "reduce" });
  t.after(close);
  await loaded(page);
  await write(page, "# the last words\n");
  const session = await context.newCDPSession(page);
  const crashed = page.waitForEvent("crash");
  session.send("Page.crash").catch(() => {});
  await crashed;
  const again = await context.newPage();
  await again.goto(process.env.SETWISE_URL);
  await loaded(again);
  assert.equal(await text(again), "# the last words\n");
});

const storages = {
  full: () => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  },
  forbidden: () =>
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("forbidden", "SecurityError");
      },
    }),
};

for (const [name, prepare] of Object.entries(storages)) {
  test(`where the browser's storage is ${name}, that is said, and all else works`, async (t) => {
    const { page, problems, close } = await open(browser, { reducedMotion: "reduce" }, undefined, (page) => page.addInitScript(prepare));
    t.after(close);
    await loaded(page);
    assert.equal(await page.locator(".notice-text").count(), 0, "nobody is disturbed before there is something to lose");
    await write(page, "# unkept\n");
    await page.locator(".notice-text", { hasText: "does not keep your text" }).waitFor();
    await screenshot(page, `files-storage-${name}`);
    assert.deepEqual(await barriers(page), []);
    await page.getByRole("button", { name: /^Colours/ }).click();
    assert.equal(await text(page), "# unkept\n");
    assert.deepEqual(problems, []);
  });
}

for (const [name, options] of Object.entries(variants)) {
  test(`many files and long names stay in their place: ${name}`, async (t) => {
    const page = await opened(t, options);
    const long = `${"a-very-long-name-of-a-manifest-".repeat(2)}.yaml`;
    await page.locator("input[type=file]").setInputFiles([upload(long, "# long\n"), ...[1, 2, 3, 4, 5].map((it) => upload(`file-${it}.yaml`, "kind: Nope\n"))]);
    await front(page).filter({ hasText: "a-very-long-name" }).waitFor();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(wide, 0);
    await page.locator(".code").scrollIntoViewIfNeeded();
    for (const button of ["Open files from this computer", `Save ${long} on this computer`]) {
      const box = await page.getByRole("button", { name: button }).boundingBox();
      assert.ok(box.x >= 0 && box.x + box.width <= options.viewport.width, button);
    }
    await screenshot(page, `files-many-${name}`);
    assert.deepEqual(await barriers(page), []);
  });
}
