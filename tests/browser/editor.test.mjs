// Writing manifests: problems, quick fixes, completion, documentation, and all of it by keyboard too.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { barriers } from "./access.mjs";
import { launch, open, screenshot, variants } from "./browser.mjs";
import { caretAfter, choose, editor, loaded, moved, opened as openedIn, paste, text, write } from "./manifests.mjs";

const { browser, close } = await launch();
test.after(close);

const opened = (t, options) => openedIn(t, browser, options);
const article = ["1-headless-service", "2-claim-and-statefulset", "3-autoscaler"].map((name) =>
  readFileSync(new URL(`../manifest/${name}.yaml`, import.meta.url), "utf8"),
);

const SET = `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
spec:
  replicas: 2
  template:
    metadata:
      labels:
        app: db
    spec:
      containers:
      - name: db
        image: db:1
`;

test("the page does not wait for its editor, and who writes already is not disturbed", async (t) => {
  const { page, problems, close } = await open(browser, { reducedMotion: "reduce" }, undefined, async (page) => {
    await page.route(/\/editor-[0-9a-f]+\.js$/, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1500));
      await route.continue();
    });
  });
  t.after(close);
  await page.locator("textarea#manifest-text").waitFor();
  await page.getByRole("button", { name: "Step forward" }).click();
  await page.locator("textarea").fill("# written before the editor came\n");
  await page.waitForResponse(/\/editor-[0-9a-f]+\.js$/);
  await page.waitForTimeout(300);
  assert.equal(await page.locator(".cm-content").count(), 0, "nobody takes the text away from under a caret");
  await page.keyboard.type("# and on\n");
  await page.getByRole("button", { name: "Step forward" }).click();
  await loaded(page);
  assert.equal(await text(page), "# written before the editor came\n# and on\n");
  assert.deepEqual(problems, []);
});

test("where the editor cannot be had, the text area does it all, and nothing is said", async (t) => {
  const { page, problems, close } = await open(browser, { reducedMotion: "reduce" }, undefined, async (page) => {
    await page.route(/\/editor-[0-9a-f]+\.js$/, (route) => route.abort());
  });
  t.after(close);
  const area = page.locator("textarea#manifest-text");
  await area.fill(SET);
  await page.locator(".row.has-error").first().waitFor();
  await page.keyboard.press("F8");
  const line = await area.evaluate((area) => area.value.slice(0, area.selectionStart).split("\n").length);
  assert.ok(line > 1);
  await page.locator(".problem .fix").first().click();
  assert.match(await area.inputValue(), /matchLabels/);
  // What would change is shown first.
  await page.keyboard.press("Control+Enter");
  await page.getByRole("button", { name: "Start over" }).click();
  await page.locator(".slot").nth(1).waitFor();
  await page.getByText("Edited since the run").waitFor({ state: "detached" });
  assert.deepEqual(await barriers(page), []);
  assert.deepEqual(problems.filter((problem) => !/editor-[0-9a-f]+\.js|ERR_FAILED/.test(problem)), []);
  assert.equal(await page.locator(".notice-text").count(), 0);
});

test("a browser without adopted style sheets keeps the text area", async (t) => {
  const { page, problems, close } = await open(browser, { reducedMotion: "reduce" }, undefined, async (page) => {
    await page.addInitScript(() => delete Document.prototype.adoptedStyleSheets);
  });
  t.after(close);
  await page.waitForResponse(/\/editor-[0-9a-f]+\.js$/).catch(() => {});
  await page.waitForTimeout(500);
  await page.locator("textarea#manifest-text").fill("# here\n");
  assert.equal(await page.locator(".cm-editor").count(), 0);
  assert.deepEqual(problems, []);
});

test("keys, values and comments have the colours of the page, light and dark", async (t) => {
  const colours = [];
  for (const colorScheme of ["light", "dark"]) {
    const page = await opened(t, { colorScheme });
    await write(page, "# a comment\nkind: Pod # another\n");
    const wanted = await page.evaluate(() => {
      const probe = document.body.appendChild(document.createElement("i"));
      const colour = (name) => ((probe.style.color = `var(${name})`), getComputedStyle(probe).color);
      const found = ["--accent", "--ready", "--ink-3"].map(colour);
      probe.remove();
      return found;
    });
    const shown = await page.evaluate(() =>
      [".t-key", ".t-value", ".t-comment"].map((it) => getComputedStyle(document.querySelector(`.cm-line ${it}`)).color),
    );
    assert.deepEqual(shown, wanted);
    colours.push(shown.join());
  }
  assert.notEqual(colours[0], colours[1]);
});

test("problems are beside their lines, and the pointer finds what they say and their fixes", async (t) => {
  const page = await opened(t);
  await write(page, SET);
  const marker = page.locator(".cm-gutter-lint .cm-lint-marker-error").first();
  await marker.hover();
  await page.locator(".cm-tooltip-lint .told.error").first().waitFor();
  await screenshot(page, "editor-problem");
  assert.deepEqual(await barriers(page), []);
  await page.locator(".cm-lintRange-error").first().hover();
  await page.locator(".cm-tooltip .cm-diagnosticAction", { hasText: "Add the selector" }).first().click();
  assert.match(await text(page), /selector:\n {4}matchLabels:\n {6}app: db\n/);
  assert.equal(await page.locator(".problem.error").count(), 0);
});

test("F8 and the buttons go from problem to problem and round, through all files", async (t) => {
  const page = await opened(t);
  await write(page, "kind: Pod\napiVersion: v1\nmetadata: {name: a}\nspec:\n  containers:\n  - name: a\n    image: a\n    imag: b\n");
  await page.getByRole("button", { name: "New file" }).click();
  await write(page, "\nkind: Nope\napiVersion: v1\nmetadata: {name: b}\n");
  await page.keyboard.press("Control+Home");
  const all = await page.locator(".problem").count();
  assert.ok(all >= 2);
  const visited = [];
  for (let left = all; left > 0; left--) visited.push(await moved(page, () => page.keyboard.press("F8")));
  assert.ok(new Set(visited.map((place) => place.split(":")[0])).size >= 2, visited.join(" "));
  assert.equal(await moved(page, () => page.keyboard.press("Shift+F8")), visited.at(-2));
  assert.equal(await moved(page, () => page.getByRole("button", { name: /^Next problem/ }).click()), visited.at(-1));
  assert.equal(await moved(page, () => page.getByRole("button", { name: /^Previous problem/ }).click()), visited.at(-2));
});

for (const key of ["Control+.", "Alt+Enter"]) {
  test(`${key} lists the quick fixes of the line, and one is chosen by keys`, async (t) => {
    const page = await opened(t);
    await write(page, SET);
    await page.keyboard.press("Control+Home");
    await moved(page, () => page.keyboard.press("F8"));
    await page.keyboard.press(key);
    const menu = page.getByRole("menu", { name: "Quick fixes" });
    await menu.waitFor();
    await screenshot(page, "editor-fixes");
    assert.deepEqual(await barriers(page), []);
    await page.keyboard.press("Escape");
    await menu.waitFor({ state: "detached" });
    assert.ok(await editor(page).evaluate((it) => it === document.activeElement));
    await page.keyboard.press(key);
    await menu.waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => /matchLabels:\n {6}app: db\n/.test(document.querySelector(".code").editor.text()));
    assert.ok(await editor(page).evaluate((it) => it === document.activeElement));
  });
}

test("where a line has no quick fix, that is said and the focus stays", async (t) => {
  const page = await opened(t);
  await write(page, "# nothing\n");
  await page.keyboard.press("Control+.");
  await page.locator(".cm-announced", { hasText: "No quick fix for this line." }).waitFor({ state: "attached" });
  assert.equal(await page.getByRole("menu").count(), 0);
});

test("fields and values are completed, each with a line that says what it means", async (t) => {
  const page = await opened(t);
  await write(page, SET);
  await caretAfter(page, "  replicas: 2");
  await page.keyboard.press("Enter");
  await page.keyboard.type("podM");
  const option = page.locator(".cm-tooltip-autocomplete [aria-selected]");
  await option.filter({ hasText: "podManagementPolicy" }).waitFor();
  await page.locator(".cm-completionInfo", { hasText: "one at a time" }).waitFor();
  await screenshot(page, "editor-completion");
  assert.deepEqual(await barriers(page), []);
  await page.waitForTimeout(200);
  await page.keyboard.press("Enter");
  await option.filter({ hasText: "OrderedReady" }).waitFor();
  // The editor takes no key in the first moment, lest it be one that was meant for the text.
  await page.waitForTimeout(200);
  await page.keyboard.press("ArrowDown");
  await page.locator(".cm-completionInfo", { hasText: "start and stop at once" }).waitFor();
  await page.keyboard.press("Enter");
  assert.match(await text(page), /\n {2}replicas: 2\n {2}podManagementPolicy: Parallel\n/);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+Space");
  await page.locator(".cm-tooltip-autocomplete li", { hasText: "serviceName" }).click();
  assert.match(await text(page), /\n {2}serviceName: \n/);
  await page.keyboard.press("Escape");
  await page.keyboard.type("db");
  assert.match(await text(page), /\n {2}serviceName: db\n/);
});

test("a manifest is written by completion from an empty file", async (t) => {
  const page = await opened(t);
  await page.getByRole("button", { name: "New file" }).click();
  await editor(page).focus();
  const option = (label) => page.locator(".cm-tooltip-autocomplete [aria-selected]", { hasText: label });
  const take = async (begin, label) => {
    await page.keyboard.type(begin);
    await option(label).waitFor();
    await page.waitForTimeout(100);
    await page.keyboard.press("Enter");
  };
  await take("ap", "apiVersion");
  await take("v", "v1");
  await page.keyboard.press("Escape");
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await take("ki", "kind");
  await take("Ser", "Service");
  await page.keyboard.press("Enter");
  await take("sp", "spec");
  await take("clus", "clusterIP");
  await take("No", "None");
  assert.equal(await text(page), "apiVersion: v1\nkind: Service\nspec:\n  clusterIP: None");
});

test("the pointer on a field shows what it means", async (t) => {
  const page = await opened(t);
  await write(page, SET);
  await page.locator(".cm-line", { hasText: "replicas" }).locator(".t-key").hover();
  await page.locator(".cm-tooltip-hover .doc", { hasText: "How many pods there are" }).waitFor();
  await screenshot(page, "editor-hover");
  assert.deepEqual(await barriers(page), []);
});

test("parts are folded by mouse and by key", async (t) => {
  const page = await opened(t);
  await write(page, SET);
  await caretAfter(page, "template:");
  await page.keyboard.press("Control+Shift+[");
  await page.locator(".cm-foldPlaceholder").waitFor();
  assert.equal(await page.locator(".cm-line", { hasText: "image" }).count(), 0);
  assert.deepEqual(await barriers(page), []);
  await page.keyboard.press("Control+Shift+]");
  await page.locator(".cm-line", { hasText: "image" }).waitFor();
  await page.locator(".cm-foldGutter .cm-gutterElement span").filter({ visible: true }).first().click();
  await page.locator(".cm-foldPlaceholder").first().click();
  assert.equal(await page.locator(".cm-foldPlaceholder").count(), 0);
});

test("the text is searched, and Escape ends the search", async (t) => {
  const page = await opened(t);
  await write(page, SET);
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("Control+f");
  await page.locator(".cm-search input[name=search]").waitFor();
  await page.keyboard.type("db");
  await page.keyboard.press("Enter");
  assert.ok((await page.locator(".cm-searchMatch").count()) >= 3);
  await screenshot(page, "editor-search");
  assert.deepEqual(await barriers(page), []);
  await page.keyboard.press("Escape");
  await page.locator(".cm-search").waitFor({ state: "detached" });
  assert.ok(await editor(page).evaluate((it) => it === document.activeElement));
});

test("what was written can be undone after a run, a quick fix and a look at another file", async (t) => {
  const page = await opened(t);
  const before = await text(page);
  await write(page, SET);
  await page.keyboard.press("Control+Enter");
  await page.locator(".problem .fix").first().click();
  const fixed = await text(page);
  assert.notEqual(fixed, SET);
  await page.locator(".tab-name", { hasText: "agent.yaml" }).click();
  await page.locator(".tab-name").first().click();
  await editor(page).focus();
  await page.keyboard.press("Control+z");
  assert.equal(await text(page), SET, "the fix is undone");
  await page.keyboard.press("Control+z");
  assert.equal(await text(page), before, "what was pasted is undone");
  assert.equal(await page.locator(".problem.error").count(), 0, "the page reads what the editor shows");
  await page.keyboard.press("Control+y");
  await page.keyboard.press("Control+y");
  assert.equal(await text(page), fixed);
});

test("Tab indents, and after Escape it leaves the text", async (t) => {
  const page = await opened(t);
  await write(page, "a:\n");
  await page.keyboard.press("Tab");
  assert.equal(await text(page), "a:\n  ");
  assert.ok(await editor(page).evaluate((it) => it === document.activeElement));
  await page.keyboard.press("Escape");
  await page.locator(".cm-announced", { hasText: "Tab now leaves the text." }).waitFor({ state: "attached" });
  await page.keyboard.press("Tab");
  assert.ok(!(await editor(page).evaluate((it) => it.contains(document.activeElement))));
  assert.equal(await text(page), "a:\n  ");
  await page.keyboard.press("Shift+Tab");
  await page.locator("#manifest-text:focus").waitFor();
  await page.keyboard.press("Tab");
  assert.equal(await text(page), "a:\n    ", "whoever comes back indents again");
  assert.match(await editor(page).getAttribute("aria-label"), /manifest\.yaml|\.yaml/);
  assert.equal(await editor(page).getAttribute("aria-multiline"), "true");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  await page.locator("body").press("?");
  await page.getByRole("dialog", { name: "Keys" }).getByText("then Tab leaves the text").waitFor();
});

test("line breaks of Windows and lines without end survive the editor", async (t) => {
  const page = await opened(t);
  const windows = "kind: Pod\r\napiVersion: v1\r\n";
  await page.locator("input[type=file]").setInputFiles({ name: "w.yaml", mimeType: "text/yaml", buffer: Buffer.from(windows) });
  await page.locator(".tab-name[aria-current]", { hasText: "w.yaml" }).waitFor();
  assert.equal(await text(page), windows);
  await editor(page).focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("x: 1");
  assert.equal(await text(page), `${windows}x: 1`);
});

for (const [name, printed] of [...article.entries(), ["all in one", article.join("\n---\n")]]) {
  test(`a beginner gets from the article as printed to what runs by quick fixes alone: ${name}`, async (t) => {
    const page = await opened(t);
    await choose(page, "Both together");
    while ((await page.locator(".tab-close").count()) > 0) await page.locator(".tab-close").click();
    await editor(page).focus();
    await page.keyboard.press("Control+a");
    await paste(page, printed);
    for (let left = 12; left > 0 && (await page.locator(".problem .fix").count()) > 0; left--) {
      await page.locator(".problem .fix").first().click();
    }
    assert.equal(await page.locator(".problem .fix").count(), 0, "quick fixes come to an end");
    assert.deepEqual(await page.locator(".problem.error .problem-message").allInnerTexts(), []);
    await page.getByRole("button", { name: "Apply", exact: true }).click();
    await page.getByRole("button", { name: "To the end" }).click();
    if (/^kind: StatefulSet/m.test(printed)) {
      await page.locator(".slot.state-ready").nth(2).waitFor();
      assert.equal(await page.locator(".slot.state-ready").count(), 3);
    }
    for (const comment of printed.match(/#.*/g) ?? []) assert.ok((await text(page)).includes(comment), comment);
  });
}

test("on a phone the steps bring their lines into view in the editor, and the page stays at the stage", async (t) => {
  const page = await opened(t, variants["phone-light"]);
  await loaded(page);
  const scrolled = () => page.evaluate(() => [window.scrollY, document.querySelector(".cm-scroller").scrollTop]);
  assert.equal((await scrolled())[0], 0, "the first look is at the stage");
  const places = new Set();
  for (let step = 0; step < 12; step += 1) {
    await page.keyboard.press("ArrowLeft");
    await page.waitForTimeout(60);
    const [ofPage, ofEditor] = await scrolled();
    assert.equal(ofPage, 0);
    places.add(ofEditor);
  }
  assert.ok(places.size > 1, "the editor follows the steps");
});

test("a phone's keyboard writes into the editor, and nothing zooms or corrects", async (t) => {
  const page = await opened(t, variants["phone-light"]);
  await page.locator(".code").scrollIntoViewIfNeeded();
  await page.locator(".cm-line").nth(2).tap();
  await page.locator("#manifest-text:focus").waitFor();
  await page.keyboard.press("End");
  await page.keyboard.insertText("zz");
  assert.match(await text(page), /zz/);
  const { size, ...attributes } = await editor(page).evaluate((it) => ({
    size: parseFloat(getComputedStyle(it).fontSize),
    capitals: it.getAttribute("autocapitalize"),
    corrects: it.getAttribute("autocorrect"),
    spelling: it.getAttribute("spellcheck"),
  }));
  assert.ok(size >= 16, "smaller text makes phones zoom");
  assert.deepEqual(attributes, { capitals: "off", corrects: "off", spelling: "false" });
  await screenshot(page, "editor-phone");
});

for (const [name, options] of Object.entries(variants)) {
  test(`axe-core finds no barriers where problems are shown: ${name}`, async (t) => {
    const page = await opened(t, options);
    await write(page, article.join("\n"));
    await page.locator(".problem").first().waitFor();
    await page.locator(".code").scrollIntoViewIfNeeded();
    await screenshot(page, `editor-article-${name}`);
    assert.deepEqual(await barriers(page), []);
  });
}
