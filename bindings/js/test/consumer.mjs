// Folders that consume the package as it is published: the tarball is packed once and unpacked into
// each folder's node_modules, so what is tested is what `npm install` of it gives.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const here = dirname(dirname(fileURLToPath(import.meta.url)));
const base = mkdtempSync(join(tmpdir(), "wuzhang-js-"));
process.on("exit", () => rmSync(base, { recursive: true, force: true }));

/** The tarball, and the folder of a consumer into which npm has installed it. */
const packed = (() => {
  const [{ filename }] = JSON.parse(execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", base], { cwd: here, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
  const tarball = join(base, filename);
  const root = join(base, "installed");
  mkdirSync(root);
  writeFileSync(join(root, "package.json"), '{"private":true}');
  execFileSync("npm", ["install", "--offline", "--no-audit", "--no-fund", tarball], { cwd: root, stdio: "ignore" });
  const installed = readdirSync(join(root, "node_modules")).filter((name) => !name.startsWith("."));
  if (installed.join() !== "wuzhang") throw new Error(`installed with dependencies: ${installed}`);
  process.env.WUZHANG_TARBALL = tarball;
  return root;
})();

/** A folder with these files, and the package installed. */
export function consumer(name, files, { type } = {}) {
  const folder = join(base, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, ...(type === undefined ? {} : { type }) }));
  execFileSync("cp", ["-r", join(packed, "node_modules"), folder]);
  for (const [file, text] of Object.entries(files)) put(folder, file, text);
  return folder;
}

export function put(folder, file, text) {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

/** What the program prints. */
export function node(folder, file, ...args) {
  return execFileSync(process.execPath, [file, ...args], { cwd: folder, encoding: "utf8" });
}

/** Runs a tool of this package's own development dependencies in a consumer's folder. */
export function npx(folder, tool, args) {
  const bin = join(here, "node_modules/.bin", tool);
  if (!existsSync(bin)) throw new Error(`${tool} is not installed: npm ci`);
  try {
    return execFileSync(bin, args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    throw new Error(`${tool}: ${error.stdout}\n${error.stderr}`);
  }
}
