// Setwise inside a page of another origin, under a strict policy of that page.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import test from "node:test";
import { barriers } from "./access.mjs";
import { launch, open, screenshot, url, variants } from "./browser.mjs";

const { browser, close } = await launch();
test.after(close);

const origin = new URL(url).origin;
/** What a careful host allows: the element's script, its frame, and nothing inline. */
const policy = `default-src 'none'; script-src ${origin}; frame-src ${origin}; base-uri 'none'; form-action 'none'`;

/** A page of another origin with something in its body, and what goes wrong in it. */
async function hosted(t, body, { html = "", ...options } = {}) {
  const server = createServer((_, response) => {
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy });
    response.end(`<!doctype html><html lang="en" ${html}><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>A course</title>
      <link rel="icon" href="data:,"><h1>A course</h1><button id="before">before</button>${body}<button id="after">after</button>
      <script src="${url}embed.js" defer></script></html>`);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = `http://127.0.0.1:${server.address().port}/course/`;
  const context = await browser.newContext({ ...variants["desktop-light"], reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(`error: ${error.message}`));
  page.on("console", (message) => {
    // The host's own policy has no place for the empty icon above.
    if (["error", "warning"].includes(message.type()) && !message.text().includes("data:,")) problems.push(message.text());
  });
  t.after(async () => {
    await context.close();
    server.close();
    assert.deepEqual(problems, []);
  });
  await page.goto(address);
  return { page, address };
}

/** The page inside the n-th playground, once it runs. */
async function inside(page, index = 0) {
  const element = page.locator("setwise-playground").nth(index);
  await element.scrollIntoViewIfNeeded();
  const handle = await element.locator("iframe").elementHandle();
  const frame = await handle.contentFrame();
  await frame.locator(".page").waitFor();
  return frame;
}

const yaml = `<script type="text/yaml" data-name="mine.yaml">
          apiVersion: v1
          kind: Node
          metadata:
            name: theirs
        </script>`;

test("three playgrounds of a page of another origin show what they are told, each when it is near", async (t) => {
  const gap = '<p>text</p>'.repeat(120);
  const { page } = await hosted(t, `<setwise-playground example="database"></setwise-playground>${gap}
    <setwise-playground panes="stage,timeline" example="agent"></setwise-playground>${gap}
    <setwise-playground>${yaml}</setwise-playground>`);
  const first = await inside(page, 0);
  await first.getByText("db-0").first().waitFor();
  assert.equal(await page.locator("setwise-playground iframe").count(), 1, "the others are far away");
  const second = await inside(page, 1);
  await second.locator(".stage").getByText("agent").first().waitFor();
  assert.ok(await second.locator(".editor").isHidden());
  assert.ok(await second.locator(".why").isHidden());
  const third = await inside(page, 2);
  await third.locator(".tab-name", { hasText: "mine.yaml" }).waitFor();
  await third.locator(".stage").getByText("theirs").first().waitFor();
  await screenshot(page, "embed-three");
});

test("it neither takes the focus, nor scrolls the page, nor changes its address", async (t) => {
  const { page, address } = await hosted(t, '<setwise-playground example="database" autoplay></setwise-playground>', { reducedMotion: "no-preference" });
  const frame = await inside(page);
  await page.evaluate(() => scrollTo(0, 0));
  await frame.locator("#manifest-text.cm-content").waitFor();
  await page.waitForTimeout(2_500);
  assert.deepEqual(
    await page.evaluate(() => [document.activeElement.tagName, scrollY, location.href, history.length]),
    ["BODY", 0, address, await page.evaluate(() => history.length)],
  );
});

test("the keyboard goes into it and out of it again", async (t) => {
  const { page } = await hosted(t, '<setwise-playground example="database" panes="timeline"></setwise-playground>');
  const frame = await inside(page);
  await page.locator("#before").focus();
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "SETWISE-PLAYGROUND");
  assert.notEqual(await frame.evaluate(() => document.activeElement.tagName), "BODY");
  for (let press = 0; press < 60; press++) {
    if ((await page.evaluate(() => document.activeElement.id)) === "after") return;
    await page.keyboard.press("Tab");
  }
  assert.fail("the focus does not come out again");
});

test("it is as high as what is in it, and so is the frame", async (t) => {
  const { page } = await hosted(t, '<setwise-playground example="database"></setwise-playground>');
  const frame = await inside(page);
  await page.waitForFunction(() => document.querySelector("setwise-playground").shadowRoot.querySelector("iframe").offsetHeight !== 640);
  const overflow = await frame.evaluate(() => document.documentElement.scrollHeight - innerHeight);
  assert.ok(overflow <= 1, `${overflow} pixels are cut off`);
  const before = await frame.evaluate(() => innerHeight);
  await page.waitForTimeout(800);
  assert.equal(await frame.evaluate(() => innerHeight), before, "it does not grow by itself");
});

test("the colours follow the host, as do options that change", async (t) => {
  const { page } = await hosted(t, '<setwise-playground example="database"></setwise-playground>', { html: 'data-theme="dark"' });
  const frame = await inside(page);
  const theme = () => frame.evaluate(() => document.documentElement.dataset.theme);
  assert.equal(await theme(), "dark");
  await page.evaluate(() => void (document.documentElement.dataset.theme = "light"));
  await frame.waitForFunction(() => document.documentElement.dataset.theme === "light");
  await page.evaluate(() => document.querySelector("setwise-playground").setAttribute("panes", "stage"));
  await frame.locator(".transport").waitFor({ state: "hidden" });
});

test("manifests that are locked can be read and not written", async (t) => {
  const { page } = await hosted(t, '<setwise-playground example="database" locked></setwise-playground>');
  const frame = await inside(page);
  const text = frame.locator("#manifest-text.cm-content");
  await text.waitFor();
  await text.click();
  await page.keyboard.type("nonsense");
  await page.keyboard.press("Control+Enter");
  assert.doesNotMatch(await frame.evaluate(() => document.querySelector(".code").editor.text()), /nonsense/);
  assert.ok(await frame.getByRole("button", { name: "Apply", exact: true }).isHidden());
});

test("host and playground talk, and only to each other", async (t) => {
  const { page } = await hosted(t, '<setwise-playground example="database" step="0"></setwise-playground>');
  await page.evaluate(() => {
    globalThis.heard = [];
    addEventListener("setwise-step", (event) => heard.push(event.detail.step));
    addEventListener("setwise-finished", () => heard.push("finished"));
    addEventListener("setwise-problem", (event) => heard.push(event.detail.message));
  });
  await page.evaluate(() => document.querySelector("setwise-playground").seek(7));
  const frame = await inside(page);
  await page.waitForFunction(() => heard.some((step) => step >= 7 && step < 20), undefined, { polling: 100 });
  const heard = (what) => page.waitForFunction((what) => heard.some((one) => String(one).includes(what)), what);
  await page.evaluate(() => document.querySelector("setwise-playground").seek(20));
  await page.waitForFunction(() => heard.some((step) => step >= 20));
  await page.evaluate(() => document.querySelector("setwise-playground").seek(1_000_000));
  await heard("finished");
  await page.evaluate(() => document.querySelector("setwise-playground").load({ link: "v1.AAAA" }));
  await heard("This link is damaged");

  const step = () => frame.locator(".transport [role=slider]").getAttribute("aria-valuenow");
  const before = await step();
  await page.evaluate(() => {
    const frame = document.querySelector("setwise-playground").shadowRoot.querySelector("iframe").contentWindow;
    for (const wish of [{ setwise: 2, type: "seek", step: 1 }, { type: "seek", step: 1 }, { setwise: 1, type: "seek", step: "1" }, "seek", null]) {
      frame.postMessage(wish, "*");
    }
  });
  // What the frame sends to itself does not come from its host.
  await frame.evaluate(() => postMessage({ setwise: 1, type: "seek", step: 1 }, "*"));
  await page.evaluate(() => postMessage({ setwise: 1, type: "step", step: 77_777, of: 1, at: 1 }, "*"));
  await page.waitForTimeout(300);
  assert.equal(await step(), before);
  assert.ok(!(await page.evaluate(() => heard)).includes(77_777));
});

test("what is tried out inside another page is no draft of the whole page", async (t) => {
  const { page } = await open(browser, {}, `${url}embed.html#example=agent`);
  t.after(() => page.context().close());
  await page.locator("#manifest-text.cm-content").waitFor();
  await page.locator("#manifest-text").click();
  await page.keyboard.type("# tried");
  assert.equal(await page.evaluate(() => localStorage.length), 0);
  assert.deepEqual(await barriers(page), []);
});

test("without scripts there is a link", async (t) => {
  const body = `<setwise-playground example="database"><a href="${url}">Open Setwise</a></setwise-playground>`;
  const { page } = await hosted(t, body, { javaScriptEnabled: false });
  assert.ok(await page.getByRole("link", { name: "Open Setwise" }).isVisible());
  await page.goto(`${url}embed.html`);
  assert.ok(await page.getByRole("link", { name: "Open Setwise" }).isVisible());
});

test("a phone shows it without scrolling sideways", async (t) => {
  const { page } = await hosted(t, '<setwise-playground example="database"></setwise-playground>', variants["phone-light"]);
  const frame = await inside(page);
  await frame.getByText("db-0").first().waitFor();
  assert.ok((await frame.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 1);
  await screenshot(page, "embed-phone", { fullPage: true });
});
