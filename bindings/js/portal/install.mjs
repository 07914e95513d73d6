// Installs what the portal stands on, unless just that is installed already: the lock, the package
// beside it and the Node it was built for are the key. The one native part, better-sqlite3, takes
// minutes to compile where no ready one can be fetched, so that what was built is kept in the
// repository's target/ and taken from there the next time, by its version, its checksum in the lock
// and this Node's ABI.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, cpSync, existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const here = import.meta.dirname;
const at = (...parts) => join(here, ...parts);
const read = (...parts) => readFileSync(at(...parts));
if (!existsSync(at("../dist/index.js"))) {
  console.error("the package is not built yet: see ../README.md, Building");
  process.exit(1);
}
const host = [process.versions.modules, process.platform, process.arch].join("-");
const digest = (parts) => parts.reduce((hash, part) => hash.update(part).update("\0"), createHash("sha256")).digest("hex");
const dist = readdirSync(at("../dist")).sort();
const dependencies = digest([host, read("package.json"), read("package-lock.json"), read("../package.json")]);
const ours = digest(dist.flatMap((name) => [name, read("../dist", name)]));
const npm = (...words) => execFileSync("npm", words, { cwd: here, stdio: "inherit" });

const stamp = at("node_modules/.installed");
const [had, hadOurs] = existsSync(stamp) ? readFileSync(stamp, "utf8").split("\n") : [];
if (had !== dependencies) {
  // Of all their scripts only the addon's builds what is needed; it comes below.
  npm("ci", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund");
  addon();
} else if (hadOurs !== ours && !lstatSync(at("node_modules/wuzhang")).isSymbolicLink()) {
  // The package was built anew and asks for nothing else: its files are all that changed.
  rmSync(at("node_modules/wuzhang/dist"), { recursive: true, force: true });
  cpSync(at("../dist"), at("node_modules/wuzhang/dist"), { recursive: true });
}
if (had !== dependencies || hadOurs !== ours) {
  // What was built of the former ones is not of these.
  for (const built of ["server/dist", "client/dist"]) rmSync(at(built), { recursive: true, force: true });
  writeFileSync(stamp, `${dependencies}\n${ours}\n`);
}

function addon() {
  const { version, integrity } = JSON.parse(read("package-lock.json")).packages["node_modules/better-sqlite3"];
  const kept = at("../../../target/portal", `better-sqlite3-${version}-${host}-${digest([integrity]).slice(0, 16)}.node`);
  const place = at("node_modules/better-sqlite3/build/Release/better_sqlite3.node");
  if (existsSync(kept)) {
    mkdirSync(join(place, ".."), { recursive: true });
    copyFileSync(kept, place);
    if (works()) return;
  }
  npm("rebuild", "better-sqlite3");
  if (!works()) throw new Error("better-sqlite3 was built and does not work");
  mkdirSync(join(kept, ".."), { recursive: true });
  // Whole under its name, or not at all.
  copyFileSync(place, `${kept}.new`);
  renameSync(`${kept}.new`, kept);
}

function works() {
  try {
    execFileSync(process.execPath, ["-e", 'new (require("better-sqlite3"))(":memory:").prepare("SELECT 1").get()'], { cwd: here, stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
