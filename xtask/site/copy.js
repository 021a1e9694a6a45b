#!/usr/bin/env node
// Copies the static site of the playground into a folder that your site serves: `npx setwise-site public/setwise`.
import { cpSync } from "node:fs";
import { fileURLToPath } from "node:url";

const target = process.argv[2];
if (!target || target.startsWith("-")) {
  console.error("usage: setwise-site FOLDER    copies the static site into FOLDER");
  process.exit(2);
}
cpSync(fileURLToPath(new URL("./site/", import.meta.url)), target, { recursive: true });
console.log(`The playground is in ${target}: serve it, and write <setwise-playground src="/…/">.`);
