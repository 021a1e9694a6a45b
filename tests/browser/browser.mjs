// A browser with the built page in it. `cargo xtask test browser` builds the page, serves it, and says where.
import { join } from "node:path";
import { chromium } from "playwright-core";

const given = (name) => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: these tests are run by \`cargo xtask test browser\``);
  return value;
};

/** Where the page is served, at the root of a host. */
export const url = given("SETWISE_URL");
/** Where the same page is served, deep in a host's paths. */
export const deepUrl = given("SETWISE_DEEP_URL");

/** What the page is looked at with. */
export const variants = {
  "desktop-light": { viewport: { width: 1440, height: 900 }, colorScheme: "light" },
  "desktop-dark": { viewport: { width: 1440, height: 900 }, colorScheme: "dark" },
  "phone-light": { ...phone(), colorScheme: "light" },
  "phone-dark": { ...phone(), colorScheme: "dark" },
};

function phone() {
  return { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
}

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-dev-shm-usage",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts a browser for the tests of one file; `test.after(close)` ends it. */
export async function launch() {
  const browser = await chromium.launch({ executablePath: given("CHROME"), args: flags });
  return { browser, close: () => browser.close() };
}

/**
 * Opens the page in a context of its own and records what goes wrong in it: `problems` has errors of the console and of
 * the scripts, blocked content, failed requests and requests to elsewhere. Options are those of Playwright's `newContext`;
 * `prepare` is called with the page before it goes anywhere.
 */
export async function open(browser, options = {}, address = url, prepare = () => {}) {
  const context = await browser.newContext({ ...variants["desktop-light"], locale: "en-US", ...options });
  const page = await context.newPage();
  const problems = [];
  const requests = [];
  const origin = new URL(url).origin;
  page.on("pageerror", (error) => problems.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) problems.push(`console: ${message.text()}`);
  });
  page.on("requestfailed", (request) => problems.push(`failed: ${request.url()} (${request.failure()?.errorText})`));
  page.on("response", (response) => {
    if (response.status() >= 400) problems.push(`status ${response.status()}: ${response.url()}`);
  });
  context.on("request", (request) => {
    requests.push(request.url());
    const leaves = new URL(request.url()).origin !== origin && !/^(data|blob):/.test(request.url());
    if (leaves) problems.push(`leaves the origin: ${request.url()}`);
  });
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => {
      console.error(`the policy blocked ${event.violatedDirective} ${event.blockedURI} (${event.sample})`);
    });
  });
  await prepare(page);
  await page.goto(address);
  await page.locator("h1").first().waitFor({ state: "attached" });
  return { page, context, problems, requests, close: () => context.close() };
}

/** Saves what the page shows in this moment as `target/screenshots/NAME.png`. */
export async function screenshot(page, name, options = {}) {
  const path = join(given("SETWISE_SCREENSHOTS"), `${name}.png`);
  await page.screenshot({ path, animations: "disabled", ...options });
  return path;
}

