// Makes `dist/` of `src/` and of the module and glue in `glue/`, which `xtask wasm` has written.
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = import.meta.dirname;
const at = (...parts) => join(here, ...parts);
const require = createRequire(import.meta.url);
if (!existsSync(at("glue/wuzhang.wasm"))) throw new Error("no module: cargo run -p xtask --features wasm -- wasm");

rmSync(at("dist"), { recursive: true, force: true });
mkdirSync(at("dist"));

/** The core is one file that all entries of a kind share, so that there is one instance of the module. */
const shared = (extension) => ({
  name: "shared core",
  setup(build) {
    build.onResolve({ filter: /^\.\/core\.js$/ }, () => ({ path: `./core${extension}`, external: true }));
  },
});
const packed = {
  name: "packed module",
  setup(build) {
    build.onResolve({ filter: /^wuzhang\.wasm\.gz$/ }, () => ({ path: "module", namespace: "packed" }));
    build.onLoad({ filter: /.*/, namespace: "packed" }, () => ({ contents: gzipSync(readFileSync(at("glue/wuzhang.wasm")), { level: 9 }), loader: "base64" }));
  },
};

async function bundle(names, format, extension) {
  const common = { bundle: true, format, target: "es2022", keepNames: true, platform: format === "cjs" ? "node" : "neutral", mainFields: ["module", "main"], legalComments: "inline", logLevel: "warning" };
  await build({ ...common, entryPoints: [at("src/core.ts")], outfile: at(`dist/core${extension}`) });
  for (const [name, source] of names) {
    await build({ ...common, entryPoints: [at(`src/${source}.ts`)], outfile: at(`dist/${name}${extension}`), plugins: [shared(extension), packed] });
  }
}
const both = ["inline", "worker", "idb", "store"];
const node = ["node", "file", "store-node"];
const plain = (names) => names.map((name) => [name, name]);
await bundle([["index", "index"], ...plain(both)], "esm", ".js");
await bundle([["index", "index-cjs"], ...plain(both), ...plain(node)], "cjs", ".cjs");
copyFileSync(at("glue/wuzhang.wasm"), at("dist/wuzhang.wasm"));

// Modules of Node take their exports from the CommonJS files, for the same reason.
for (const name of [...node, "worker", "idb"]) {
  const names = Object.keys(require(at(`dist/${name}.cjs`))).filter((name) => name !== "default");
  writeFileSync(at(`dist/${name}.mjs`), `import wuzhang from "./${name}.cjs";\nexport const { ${names.join(", ")} } = wuzhang;\n`);
}

// Types: once for modules, once for CommonJS.
execFileSync(process.execPath, [require.resolve("typescript/bin/tsc"), "-p", at("tsconfig.json")], { stdio: "inherit" });
const declared = at("dist/declared/src");
for (const file of readdirSync(declared)) {
  if (!file.endsWith(".d.ts") || file === "index-cjs.d.ts" || file === "node.d.ts" || file === "store-node.d.ts" || file === "provide.d.ts") continue;
  // `Symbol.dispose` is not in every project's library of types.
  const types = readFileSync(join(declared, file), "utf8").replace('import "./provide.js";\n', ""); // it has none
  const text = '/// <reference lib="esnext.disposable" />\n' + types;
  writeFileSync(at("dist", file), text);
  writeFileSync(at("dist", file.replace(/\.d\.ts$/, ".d.cts")), text.replaceAll(/(from "\.\/[\w-]+)\.js"/g, '$1.cjs"'));
}
rmSync(at("dist/declared"), { recursive: true });
for (const licence of ["LICENSE-MIT", "LICENSE-APACHE"]) copyFileSync(at("../..", licence), at(licence));
