// Makes of the built page what stands beside it in dist/: `embed.html` and `embed.js` for other pages, `setwise.html`, which
// is all of it in one file, and `offline.js`, which keeps all of it on a reader's computer. `cargo xtask build` runs this.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { copyFileSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const read = (name) => readFileSync(`dist/${name}`, "utf8");
const write = (name, text) => writeFileSync(`dist/${name}`, text);
const hash = (algorithm, content, encoding) => createHash(algorithm).update(content).digest(encoding);
const index = read("index.html");

/** Puts one thing in place of another, which has to be there: the page may have changed since this was written. */
function replaced(text, wanted, by) {
  if (!(typeof wanted === "string" ? text.includes(wanted) : wanted.test(text))) throw new Error(`${wanted} is not in the built page`);
  return text.replace(wanted, () => by);
}

/** The page without its bar. Where scripts are blocked it is a link to the whole page. */
function embedded() {
  const html = replaced(index, /<html lang="en"/, '<html lang="en" data-page="embed"');
  const link = '<noscript><p><a href="./" target="_blank" rel="noopener">Open Setwise</a>: it plays Kubernetes rollouts step by step and needs JavaScript.</p></noscript>';
  return replaced(replaced(html, /<noscript>[\s\S]*?<\/noscript>/, link), /\s*<link rel="manifest"[^>]*>/, "");
}

async function element() {
  const banner = { js: "/*! <setwise-playground>: MIT OR Apache-2.0 */" };
  const options = { entryPoints: ["static/embed/embed.js"], minify: true, target: "es2022", banner, logLevel: "warning" };
  await build({ ...options, bundle: true, format: "iife", outfile: "dist/embed.js" });
  copyFileSync("static/embed/embed.d.ts", "dist/embed.d.ts");
}

/** Everything in one file, which opens from a disk: there, browsers load no modules and fetch nothing. */
async function oneFile() {
  const boot = /<script id="boot"[^>]*><\/script>/;
  const [js, wasm, editor] = ["js", "wasm", "editor"].map((name) => index.match(new RegExp(`data-${name}="\\./([^"]+)"`))[1]);
  const entry = `
    import * as program from "./${js}";
    import * as editor from "./${editor}";
    import * as exporter from "./export.js";
    async function bytes() {
      const packed = Uint8Array.from(atob(document.getElementById("wasm").textContent.trim()), (char) => char.charCodeAt(0));
      return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
    }
    globalThis.setwiseParts = { program: async () => program, editor: async () => editor, exporter: async () => exporter, bytes };
    await import("../static/boot.js");`;
  const bundled = await build({
    stdin: { contents: entry, resolveDir: "dist" }, bundle: true, write: false, minify: true, format: "esm", target: "es2022",
    charset: "utf8", legalComments: "inline", logLevel: "error", define: { "import.meta.url": '""' },
  });
  const script = bundled.outputFiles[0].text.replaceAll("</script", "<\\/script");
  let html = replaced(index, boot, "");
  const styles = [];
  html = html.replace(/<link rel="stylesheet" href="\.\/([^"]+)"[^>]*>/g, (_, name) => {
    styles.push(read(name));
    return "";
  });
  const style = styles.join("\n");
  const icon = html.match(/<link rel="icon" href="\.\/([^"]+)"[^>]*>/);
  const picture = `data:image/svg+xml;base64,${Buffer.from(read(icon[1])).toString("base64")}`;
  html = replaced(html, icon[0], `<link rel="icon" href="${picture}">`);
  html = html.replace(/\s*<link rel="(manifest|apple-touch-icon|modulepreload|preload)"[^>]*>/g, "");
  const sum = (text) => `'sha256-${hash("sha256", text, "base64")}'`;
  const policy = `default-src 'none'; script-src ${sum(script)} 'wasm-unsafe-eval'; style-src ${sum(style)}; img-src data:; base-uri 'none'; form-action 'none'`;
  html = replaced(html, /(<meta http-equiv="Content-Security-Policy" content=")[^"]*"/, `<meta http-equiv="Content-Security-Policy" content="${policy}"`);
  html = replaced(html, "</head>", `<style>${style}</style></head>`);
  const program = gzipSync(readFileSync(`dist/${wasm}`), { level: 9 }).toString("base64");
  return replaced(html, "</body>", `<script type="application/gzip" id="wasm">${program}</script><script id="boot" type="module">${script}</script></body>`);
}

/** The service worker, with the list of what it keeps. What is only downloaded is not kept. */
function offline() {
  const leftOut = new Set(["offline.js", "setwise.html", "embed.d.ts"]);
  const names = readdirSync("dist", { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.replaceAll("\\", "/").replace(/^dist\//, ""))
    .filter((name) => !leftOut.has(name))
    .sort();
  const files = Object.fromEntries(names.map((name) => [name, hash("sha256", readFileSync(`dist/${name}`), "hex")]));
  const version = hash("sha256", JSON.stringify(files), "hex").slice(0, 16);
  const worker = readFileSync("static/offline/offline.js", "utf8");
  const named = replaced(worker, 'const VERSION = "development";', `const VERSION = "${version}";`);
  return replaced(named, "const FILES = {};", `const FILES = ${JSON.stringify(files, undefined, 1)};`);
}

for (const name of ["embed.html", "setwise.html", "offline.js", "embed.js", "embed.d.ts"]) rmSync(`dist/${name}`, { force: true });
write("embed.html", embedded());
await element();
write("setwise.html", await oneFile());
write("offline.js", offline());
