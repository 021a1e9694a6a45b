// Links: what is shared is what is opened, beside the reader's own text; what cannot be opened says why.
import assert from "node:assert/strict";
import test from "node:test";
import { barriers } from "./access.mjs";
import { launch, screenshot, url } from "./browser.mjs";
import { choose, loaded, opened as openedIn, text, write } from "./manifests.mjs";

const { browser, close } = await launch();
test.after(close);

const opened = (t, options) => openedIn(t, browser, options);
const step = (page) => page.locator(".transport [role=slider]").getAttribute("aria-valuetext");
const bulletin = (page) => page.locator(".bulletin-text");

/** What the dialog offers to copy. */
async function shared(page, what = "Link") {
  await page.getByRole("button", { name: "Share" }).click();
  const offered = await page.getByRole("dialog").getByRole("textbox", { name: what, exact: true }).inputValue();
  await page.keyboard.press("Escape");
  return offered;
}

/** Comes with a link, as from another page. */
async function visit(page, address) {
  await page.goto("about:blank");
  await page.goto(address);
  await loaded(page);
}

/** Follows a link in the page that is open: only the fragment changes. */
const follow = (page, fragment) => page.evaluate((fragment) => void (location.hash = fragment), fragment);

test("a link opens the text, the step and the panes that were shared", async (t) => {
  const author = await opened(t);
  await choose(author, "Ordered database with claims");
  for (let press = 0; press < 7; press++) await author.keyboard.press("ArrowRight");
  await author.getByRole("button", { name: "Show the stage as a table" }).click();
  const [at, said, link] = [await step(author), await text(author), await shared(author)];
  assert.ok(link.startsWith(`${url}#v1.`) && link.length < 1200, link);

  const reader = await opened(t);
  await visit(reader, link);
  assert.deepEqual([await step(reader), await text(reader)], [at, said]);
  await reader.getByRole("button", { name: "Show the stage as a table", pressed: true }).waitFor();
  assert.equal(await bulletin(reader).count(), 0, "there is no text of the reader's own to speak of");
});

test("what is shared can be copied, scanned, and put into a page", async (t) => {
  const page = await opened(t, { permissions: ["clipboard-read", "clipboard-write"] });
  await page.getByRole("button", { name: "Share" }).click();
  const dialog = page.getByRole("dialog");
  const link = await dialog.getByRole("textbox", { name: "Link", exact: true }).inputValue();
  await dialog.getByRole("button", { name: "Copy: Markdown" }).click();
  await dialog.getByText("Copied.").waitFor();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^\[Setwise: [^\]]+\]\(http.*#v1\..*\)$/);
  assert.match(await dialog.getByRole("textbox", { name: "iframe" }).inputValue(), /^<iframe src="http[^"]*embed\.html#v1\./);
  assert.match(await dialog.getByRole("textbox", { name: "Custom element" }).inputValue(), /<setwise-playground link="v1\.[^"]*">\n {2}<a href="http/);
  await dialog.getByRole("img", { name: "QR code of the link" }).waitFor();
  assert.deepEqual(await barriers(page), []);
  await screenshot(page, "share");
  assert.ok(link.includes("#v1."));
});

test("a link keeps the reader's own text, and a notice leads back to it", async (t) => {
  const author = await opened(t);
  await write(author, "apiVersion: v1\nkind: Node\nmetadata: {name: theirs}\n");
  const link = await shared(author);

  const reader = await opened(t);
  await write(reader, "# mine\n");
  await follow(reader, new URL(link).hash);
  await bulletin(reader).filter({ hasText: "Your own text was put aside" }).waitFor();
  assert.match(await text(reader), /theirs/);
  await reader.reload();
  await loaded(reader);
  assert.match(await text(reader), /theirs/, "the link is still in the address");
  assert.deepEqual(await barriers(reader), []);
  await reader.getByRole("button", { name: "Back to your own text" }).first().click();
  await reader.waitForFunction(() => document.querySelector(".code").editor.text() === "# mine\n");
  assert.equal(new URL(reader.url()).hash, "", "the address no longer says what is shown");
  await reader.reload();
  await loaded(reader);
  assert.equal(await text(reader), "# mine\n");
});

test("whoever writes into what somebody linked to makes it their own", async (t) => {
  const author = await opened(t);
  const link = await shared(author);
  const reader = await opened(t);
  await follow(reader, new URL(link).hash);
  await write(reader, "# changed\n");
  await reader.waitForFunction(() => location.hash === "");
  await reader.reload();
  await loaded(reader);
  assert.equal(await text(reader), "# changed\n");
});

test("a link that cannot be read says why, and the reader's own text is there", async (t) => {
  const page = await opened(t);
  await write(page, "# mine\n");
  for (const [fragment, said] of [
    ["#v1.AAAAAAAA", "This link is damaged"],
    ["#v2.AAAA", "made with a newer version"],
    [`#v1.${"A".repeat(140_000)}`, "larger than any"],
  ]) {
    await follow(page, fragment);
    await bulletin(page).filter({ hasText: said }).waitFor();
    assert.equal(await text(page), "# mine\n");
  }
  await page.reload();
  await loaded(page);
  await bulletin(page).filter({ hasText: "larger than any" }).waitFor();
  assert.equal(await text(page), "# mine\n");
  await page.locator(".bulletin").getByRole("button", { name: "Dismiss" }).click();
  assert.equal(await bulletin(page).count(), 0);
});

test("names of a link stay text", async (t) => {
  const author = await opened(t);
  await author.locator(".tab-name[aria-current]").click();
  await author.getByRole("textbox", { name: "Name of the file" }).fill("<img src=x onerror=alert(1)>.yaml");
  await author.keyboard.press("Enter");
  const link = await shared(author);
  assert.match(await shared(author, "Markdown"), /\\<img src=x onerror=alert\(1\)\\>/);
  const reader = await opened(t);
  reader.on("dialog", () => assert.fail("a script ran"));
  await visit(reader, link);
  assert.match(await reader.locator(".tab-name[aria-current]").innerText(), /^<img src=x/);
  assert.equal(await reader.locator("img").count(), 0);
});

test("an example and a step can be named by hand", async (t) => {
  const page = await opened(t);
  await visit(page, `${url}#example=agent&step=3`);
  assert.match(await text(page), /DaemonSet/);
});
