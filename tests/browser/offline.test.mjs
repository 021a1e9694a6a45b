// Without a network: the page after one visit, one file from a disk, and updates that are whole or none.
import assert from "node:assert/strict";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";
import { launch, url, variants } from "./browser.mjs";

const { browser, close } = await launch();
test.after(close);

const types = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css", ".wasm": "application/wasm",
  ".svg": "image/svg+xml", ".png": "image/png", ".webmanifest": "application/manifest+json",
};

/** A copy of the page on a host of its own, which the test may change; and a browser that has been there. */
async function visited(t) {
  const folder = mkdtempSync(join(tmpdir(), "setwise-offline-"));
  cpSync("dist", folder, { recursive: true });
  const requests = [];
  const server = createServer((request, response) => {
    const name = normalize(decodeURIComponent(new URL(request.url, "http://x").pathname)).replace(/^\/play\//, "") || "index.html";
    requests.push(name);
    try {
      const body = readFileSync(join(folder, name));
      response.writeHead(200, { "Content-Type": types[extname(name)] ?? "application/octet-stream" }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = `http://127.0.0.1:${server.address().port}/play/`;
  const context = await browser.newContext({ ...variants["desktop-light"], reducedMotion: "reduce", locale: "en-US" });
  const page = await context.newPage();
  t.after(async () => {
    await context.close();
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  });
  await page.goto(address);
  await page.evaluate(() => navigator.serviceWorker.ready.then(({ active }) =>
    active.state === "activated" || new Promise((resolve) => active.addEventListener("statechange", resolve, { once: true }))));
  await page.reload();
  await page.locator(".page").waitFor();
  return { page, context, folder, server, requests, address };
}

/** Whether the whole page is there: its program ran, and its editor came. */
async function works(page) {
  await page.locator(".page").waitFor();
  await page.locator("#manifest-text.cm-content").waitFor();
  await page.getByText("db-0").first().waitFor();
}

test("after one visit no network is needed at all", async (t) => {
  const { page, context, server, requests, address } = await visited(t);
  server.closeAllConnections();
  server.close();
  await context.setOffline(true);
  requests.length = 0;
  await page.reload();
  await works(page);
  await page.goto(`${address}index.html#example=agent`);
  await page.goto(`${address}embed.html#example=database`);
  await page.locator(".embed-bar").waitFor();
  await page.getByText("db-0").first().waitFor();
  assert.deepEqual(requests, []);
});

test("a new version is announced, and taken when it is wanted", async (t) => {
  const { page, folder } = await visited(t);
  const boot = readFileSync(join(folder, "boot.js"), "utf8");
  writeFileSync(join(folder, "boot.js"), `${boot}\ndocument.documentElement.dataset.version = "new";\n`);
  const worker = readFileSync(join(folder, "offline.js"), "utf8");
  const { createHash } = await import("node:crypto");
  const sum = createHash("sha256").update(readFileSync(join(folder, "boot.js"))).digest("hex");
  writeFileSync(
    join(folder, "offline.js"),
    worker.replace(/const VERSION = "[^"]*"/, 'const VERSION = "next"').replace(/("boot\.js": ")[^"]*"/, `$1${sum}"`),
  );
  await page.evaluate(() => navigator.serviceWorker.getRegistration().then((registration) => registration.update()));
  await page.locator(".bulletin-text", { hasText: "A new version of Setwise is ready." }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.dataset.version), undefined, "the old one stays until then");
  await page.locator(".bulletin").getByRole("button", { name: "Reload" }).click();
  await page.waitForFunction(() => document.documentElement.dataset.version === "new");
  await works(page);
  assert.equal((await page.evaluate(() => caches.keys())).length, 1, "the old one is gone");
});

test("half a new version is not taken", async (t) => {
  const { page, folder } = await visited(t);
  const worker = readFileSync(join(folder, "offline.js"), "utf8");
  // The host has the list of the new version, but still the files of the old one.
  writeFileSync(
    join(folder, "offline.js"),
    worker.replace(/const VERSION = "[^"]*"/, 'const VERSION = "next"').replace(/("boot\.js": ")[^"]*"/, `$1${"0".repeat(64)}"`),
  );
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration.update().catch(() => {});
    const { installing } = registration;
    if (installing) {
      await new Promise((resolve) => installing.addEventListener("statechange", () => installing.state === "redundant" && resolve()));
    }
  });
  const state = await page.evaluate(async () => [(await navigator.serviceWorker.getRegistration()).waiting, await caches.keys()]);
  assert.equal(state[0], null);
  assert.equal(state[1].length, 1);
  await page.reload();
  await works(page);
});

test("one file from a disk has everything in it", async (t) => {
  const context = await browser.newContext({ ...variants["desktop-light"], reducedMotion: "reduce", offline: true });
  const page = await context.newPage();
  t.after(() => context.close());
  const [requests, problems] = [[], []];
  context.on("request", (request) => requests.push(request.url()));
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && problems.push(message.text()));
  const address = pathToFileURL("dist/setwise.html").href;
  await page.goto(address);
  await works(page);
  assert.deepEqual(requests.filter((request) => request !== address && !request.startsWith("data:")), []);
  await page.getByRole("button", { name: "Share" }).click();
  await page.getByText("the link works on this computer only").waitFor();
  assert.deepEqual(problems, []);
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
  assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'|https?:/);
});

test("it can be installed", async () => {
  const manifest = await (await fetch(`${url}setwise.webmanifest`)).json();
  assert.ok(manifest.name && manifest.start_url && manifest.display === "standalone");
  for (const { src, sizes } of manifest.icons) {
    const bytes = Buffer.from(await (await fetch(new URL(src, url))).arrayBuffer());
    assert.deepEqual(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`, sizes, src);
  }
});
