// What is packed: unpacked on a host it is the page; installed with npm and bundled, the element finds it.
import assert from "node:assert/strict";
import { build } from "esbuild";
import { unzipSync } from "fflate";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import test from "node:test";
import { launch, variants } from "./browser.mjs";

const { browser, close } = await launch();
test.after(close);

const folder = mkdtempSync(join(tmpdir(), "setwise-package-"));
test.after(() => rmSync(folder, { recursive: true }));
execFileSync(process.execPath, ["xtask/site/package.mjs", "0.0.0", folder]);

const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".svg": "image/svg+xml" };

test("the zip holds the page and its licences, and nothing else", () => {
  const names = Object.keys(unzipSync(readFileSync(join(folder, "setwise-site.zip")))).sort();
  const page = readdirSync("dist").map((name) => `setwise/${name}`);
  assert.deepEqual(names, [...page, "setwise/LICENSE-APACHE", "setwise/LICENSE-MIT"].sort());
});

test("installed with npm and bundled, the element plays", async (t) => {
  const app = join(folder, "app");
  mkdirSync(join(app, "public"), { recursive: true });
  writeFileSync(join(app, "package.json"), '{ "name": "app", "private": true, "type": "module" }');
  const run = (program, ...words) => execFileSync(program, words, { cwd: app, stdio: "pipe" });
  run("npm", "install", "--offline", "--no-audit", "--no-fund", "../setwise-playground-0.0.0.tgz");
  run("node_modules/.bin/setwise-site", "public/setwise");
  writeFileSync(join(app, "main.js"), 'import "setwise-playground";\n');
  await build({ entryPoints: [join(app, "main.js")], bundle: true, format: "esm", outfile: join(app, "public/assets/main.js") });
  writeFileSync(
    join(app, "public/index.html"),
    `<!doctype html><title>App</title><link rel="icon" href="data:,"><script type="module" src="./assets/main.js"></script>
     <setwise-playground src="/setwise/" example="database"></setwise-playground>`,
  );
  const server = createServer((request, response) => {
    const path = new URL(request.url, "http://x").pathname;
    const file = join(app, "public", path.endsWith("/") ? `${path}index.html` : path);
    response.writeHead(200, { "Content-Type": types[extname(file)] ?? "application/octet-stream" }).end(readFileSync(file));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const page = await browser.newPage({ ...variants["desktop-light"], reducedMotion: "reduce" });
  t.after(async () => {
    await page.close();
    server.close();
  });
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const frame = page.locator("setwise-playground").locator("iframe").contentFrame();
  await frame.getByText("db-0").first().waitFor();
});
