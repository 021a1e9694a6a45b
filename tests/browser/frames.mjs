// How long a frame of a playing run takes: `cargo xtask bench page`. Prints a table; measures and judges nothing.
import { chromium } from "playwright-core";

const url = process.env.SETWISE_URL;
const sizes = (process.argv[2] ?? "30,300,3000,5000").split(",").map(Number);
/** How long each size is watched, in milliseconds. */
const WATCHED = 8_000;

const manifest = (nodes) =>
  `apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec: {containers: [{name: c, image: "agent:1"}]}
` + Array.from({ length: nodes }, (_, number) => `---\napiVersion: v1\nkind: Node\nmetadata: {name: node-${number}}\n`).join("");

const browser = await chromium.launch({
  executablePath: process.env.CHROME,
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--enable-precise-memory-info"],
});

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
const row = (...cells) => console.log(cells.map((cell, i) => String(cell).padStart(i === 0 ? 6 : 12)).join(""));

/** Time of the page's main thread between two steps of the run: all of it, and what of it is script. */
function frames(trace) {
  const main = trace.find((event) => event.name === "thread_name" && event.args.name === "CrRendererMain");
  const pids = trace.filter((event) => event.name === "TimerFire" || event.name === "FireAnimationFrame");
  const { pid, tid } = pids[0] ?? main;
  const own = trace.filter((event) => event.pid === pid && event.tid === tid && event.ph === "X" && event.dur);
  const tasks = own.filter((event) => /RunTask$|^RunTask$/.test(event.name)).sort((a, b) => a.ts - b.ts);
  const script = own.filter((event) => ["TimerFire", "RunMicrotasks", "FireAnimationFrame", "FunctionCall"].includes(event.name));
  const timers = own.filter((event) => event.name === "TimerFire").map((event) => event.ts).sort((a, b) => a - b);
  const whole = [];
  const scripts = [];
  for (let i = 0; i + 1 < timers.length; i++) {
    const within = ({ ts }) => ts >= timers[i] - 500 && ts < timers[i + 1] - 500;
    whole.push(tasks.filter(within).reduce((sum, { dur }) => sum + dur, 0) / 1000);
    let until = 0;
    let sum = 0;
    for (const { ts, dur } of script.filter(within).sort((a, b) => a.ts - b.ts)) {
      sum += Math.max(0, ts + dur - Math.max(ts, until));
      until = Math.max(until, ts + dur);
    }
    scripts.push(sum / 1000);
  }
  return { whole: whole.sort((a, b) => a - b), script: scripts.sort((a, b) => a - b) };
}

row("nodes", "apply ms", "frames", "script p50", "script p95", "frame p50", "frame p95", "wasm MB", "JS MB");
for (const nodes of sizes) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(() => {
    const { instantiateStreaming, instantiate } = WebAssembly;
    const keep = (made) => {
      globalThis.wasmMemory = (made.instance ?? made).exports.memory;
      return made;
    };
    WebAssembly.instantiateStreaming = async (...given) => keep(await instantiateStreaming.apply(WebAssembly, given));
    WebAssembly.instantiate = async (...given) => keep(await instantiate.apply(WebAssembly, given));
  });
  await page.goto(url);
  await page.locator("#manifest-text.cm-content").waitFor();
  await page.getByRole("button", { name: /^(Pause|Play)/ }).first().waitFor();
  while (await page.locator(".tab-close").count()) await page.locator(".tab-close").first().click();
  await page.locator("#manifest-text").focus();
  await page.keyboard.press("Control+a");
  await page.evaluate((text) => {
    const element = document.querySelector("#manifest-text");
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, manifest(nodes));
  const applied = await page.evaluate(async () => {
    const begun = performance.now();
    [...document.querySelectorAll("button")].find((button) => button.textContent.trim() === "Apply").click();
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    return performance.now() - begun;
  });
  await page.keyboard.press("Escape");
  await page.locator("body").press("Home");
  await browser.startTracing(page, { categories: ["devtools.timeline", "disabled-by-default-devtools.timeline", "toplevel"] });
  await page.locator("body").press("Space");
  await page.waitForTimeout(WATCHED);
  const { traceEvents } = JSON.parse(await browser.stopTracing());
  const { whole, script } = frames(traceEvents);
  const memory = await page.evaluate(() => [
    (globalThis.wasmMemory?.buffer.byteLength ?? 0) / 1e6,
    (performance.memory?.usedJSHeapSize ?? 0) / 1e6,
  ]);
  row(
    nodes,
    applied.toFixed(0),
    whole.length,
    ...[at(script, 0.5), at(script, 0.95), at(whole, 0.5), at(whole, 0.95), ...memory].map((value) => value.toFixed(1)),
  );
  await page.close();
}
await browser.close();
