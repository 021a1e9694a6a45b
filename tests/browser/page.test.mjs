// The page as a whole: it mounts, keeps to itself, and obeys its own policy.
import assert from "node:assert/strict";
import test from "node:test";
import { barriers } from "./access.mjs";
import { deepUrl, launch, open, screenshot, url, variants } from "./browser.mjs";

const { browser, close } = await launch();
test.after(close);

/** Opens the page for one test. */
async function opened(t, options, address) {
  const opening = await open(browser, options, address);
  t.after(opening.close);
  return opening;
}

for (const [name, options] of Object.entries(variants)) {
  test(`the page mounts without a problem: ${name}`, async (t) => {
    const { page, problems } = await opened(t, options);
    assert.equal(await page.locator("h1").count(), 1);
    await screenshot(page, `page-${name}`);
    assert.deepEqual(problems, []);
  });
}

test("no request leaves the origin", async (t) => {
  const { page, requests } = await opened(t);
  await page.waitForLoadState("networkidle");
  const origin = new URL(url).origin;
  assert.deepEqual(requests.filter((request) => !request.startsWith(`${origin}/`) && !request.startsWith("data:")), []);
  assert.ok(requests.some((request) => request.endsWith(".wasm")), "the page loads its program");
});

test("the page works deep in a host's paths", async (t) => {
  const { requests, problems } = await opened(t, {}, deepUrl);
  assert.deepEqual(problems, []);
  assert.deepEqual(requests.filter((request) => !request.startsWith(deepUrl) && !request.startsWith("data:")), []);
});

test("the policy blocks what the page does not do itself", async (t) => {
  const { page } = await opened(t);
  const blocked = await page.evaluate(async () => {
    const blocked = [];
    addEventListener("securitypolicyviolation", (event) => blocked.push(event.effectiveDirective));
    const script = document.createElement("script");
    script.textContent = "window.injected = true";
    document.body.append(script);
    const paragraph = document.createElement("p");
    paragraph.setAttribute("style", "color: red");
    document.body.append(paragraph);
    const frame = document.createElement("iframe");
    frame.src = "https://example.invalid/";
    document.body.append(frame);
    await fetch("https://example.invalid/").catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 100));
    return { injected: window.injected === true, blocked };
  });
  assert.equal(blocked.injected, false);
  assert.deepEqual(blocked.blocked.sort(), ["connect-src", "frame-src", "script-src-elem", "style-src-attr"]);
});

test("nothing that the page is made of needs more than the policy allows", async (t) => {
  const { page } = await opened(t);
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
  assert.match(policy, /default-src 'none'/);
  assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval(?<!wasm-unsafe-eval)/);
  assert.equal(await page.locator("script:not([src]):not([type^='application/'])").count(), 0);
});

test("axe-core finds no barriers", async (t) => {
  const { page } = await opened(t);
  assert.deepEqual(await barriers(page), []);
});
