// Packs the built page: `setwise-site.zip`, to unpack on any host, and `setwise-playground-*.tgz`, to install with npm.
// `cargo xtask package` runs this with the version and the folder to write to.
import { zipSync } from "fflate";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [version, out] = process.argv.slice(2);
const licences = ["LICENSE-APACHE", "LICENSE-MIT"];
mkdirSync(out, { recursive: true });

/** The same content gives the same bytes, whenever it is packed. */
const BEGINNING = new Date("1980-01-01T00:00:00");

function zip() {
  const files = {};
  const names = readdirSync("dist", { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).replaceAll("\\", "/"))
    .sort();
  for (const name of names) files[name.replace(/^dist\//, "setwise/")] = readFileSync(name);
  for (const name of licences) files[`setwise/${name}`] = readFileSync(name);
  const path = join(out, "setwise-site.zip");
  writeFileSync(path, zipSync(files, { level: 9, mtime: BEGINNING }));
  return path;
}

function npm() {
  const folder = join(out, "npm");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync("dist", join(folder, "site"), { recursive: true });
  cpSync("static/embed/embed.js", join(folder, "embed.js"));
  cpSync("static/embed/embed.d.ts", join(folder, "embed.d.ts"));
  cpSync("docs/embedding/npm.md", join(folder, "README.md"));
  for (const name of licences) cpSync(name, join(folder, name));
  const manifest = {
    name: "setwise-playground",
    version,
    description: "A custom element that plays and explains Kubernetes rollouts",
    license: "MIT OR Apache-2.0",
    type: "module",
    exports: { ".": { types: "./embed.d.ts", default: "./embed.js" }, "./site/*": "./site/*", "./package.json": "./package.json" },
    types: "./embed.d.ts",
    sideEffects: true,
    bin: { "setwise-site": "./copy.js" },
    files: ["embed.js", "embed.d.ts", "copy.js", "site"],
  };
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, undefined, 2)}\n`);
  cpSync("xtask/site/copy.js", join(folder, "copy.js"));
  const packed = execFileSync("npm", ["pack", "--silent", "--pack-destination", ".."], { cwd: folder, encoding: "utf8" });
  rmSync(folder, { recursive: true, force: true });
  return join(out, packed.trim());
}

for (const path of [zip(), npm()]) console.log(`${path} ${readFileSync(path).length} bytes`);
