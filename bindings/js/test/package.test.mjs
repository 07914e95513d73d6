// The package as `npm install` lays it down: each test runs in a folder of its own into which the
// packed tarball was unpacked, by Node or, where it is a browser's job, in Chromium.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { consumer, node, npx, put } from "./consumer.mjs";
import { Browser } from "./browser.mjs";
import { ROSTER } from "./data.mjs";

const PROGRAM = readFileSync(new URL("./program.mjs", import.meta.url), "utf8");
/** The same program, of an entry of the package. */
const program = (entry = "wuzhang") => PROGRAM.replace('"wuzhang"', JSON.stringify(entry));

let browser;
before(async () => {
  browser = await Browser.start();
});
after(() => browser?.stop());

/** What the program has to say, wherever it runs. */
function good(said) {
  assert.deepEqual(said, { version: "0.1.0", status: "accepted", state: "met", code: "roster.invalid", path: "/units", freed: "package.freed", force: ["dayi-2014", true], judged: ["rejected", true, 1] });
}

test("Node: a module", () => {
  const folder = consumer("node-esm", { "main.mjs": `${program()}\nconsole.log(JSON.stringify(await run()));` });
  good(JSON.parse(node(folder, "main.mjs")));
});

test("Node: the example", () => {
  const folder = consumer("example", { "visit.mjs": readFileSync(new URL("../examples/visit.mjs", import.meta.url), "utf8"), "roster.json": JSON.stringify(ROSTER) });
  assert.equal(node(folder, "visit.mjs"), "accepted met\n");
});

test("Node: a shelf of one's own, as the README shows it", () => {
  const example = readFileSync(new URL("../examples/shelf.mjs", import.meta.url), "utf8");
  assert.ok(readFileSync(new URL("../README.md", import.meta.url), "utf8").includes(`\`\`\`js\n${example}\`\`\`\n`));
  const folder = consumer("shelf", { "shelf.mjs": example, "roster.json": JSON.stringify(ROSTER) });
  assert.equal(node(folder, "shelf.mjs"), "2 2\n");
});

test("Node: CommonJS, at once and without init", () => {
  const folder = consumer("node-cjs", {
    "main.cjs": `const { Book, explain } = require("wuzhang");
      const { Book: Same } = require("wuzhang/inline");
      console.log(JSON.stringify([explain("plan.cap").code, typeof Book.restore, Same === Book]));`,
  });
  assert.deepEqual(JSON.parse(node(folder, "main.cjs")), ["plan.cap", "function", true]);
});

test("Node: a module and CommonJS share one instance", () => {
  const folder = consumer("node-both", {
    "main.mjs": `import { Book } from "wuzhang"; import { createRequire } from "node:module";
      console.log(createRequire(import.meta.url)("wuzhang").Book === Book);`,
  });
  assert.equal(node(folder, "main.mjs").trim(), "true");
});

test("plain script module, without a bundler", async () => {
  const folder = consumer("plain", {
    "index.html": page(`${program("./node_modules/wuzhang/dist/index.js")}\nrun().then(done, failed);`, { inline: true }),
  });
  good(await browser.run(folder));
});

test("plain script module with the module inline", async () => {
  const folder = consumer("plain-inline", {
    "index.html": page(`${program("./node_modules/wuzhang/dist/inline.js")}\nrun().then(done, failed);`, { inline: true }),
  });
  good(await browser.run(folder));
});

test("a page under a strict content-security policy", async () => {
  const folder = consumer("csp", {
    "main.js": `${program("/node_modules/wuzhang/dist/index.js")}\nrun().then((said) => { document.title = JSON.stringify({ said }); }, (error) => { document.title = JSON.stringify({ error: String(error) }); });`,
    "index.html": '<!doctype html><meta charset="utf-8"><script type="module" src="main.js"></script>',
  });
  good(await browser.run(folder, { csp: "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'" }));
  // Without the word, compiling is what the policy refuses, and the package says so.
  await assert.rejects(browser.run(folder, { csp: "default-src 'self'; script-src 'self'" }), /cannot be loaded.*(Content Security Policy|unsafe-eval)/i);
});

test("esbuild", async () => {
  const folder = consumer("esbuild", {
    "main.js": `${program()}\nimport wasm from "wuzhang/wuzhang.wasm";\nrun(new URL(wasm, import.meta.url)).then(done, failed);`,
    "index.html": page("", { src: "out/main.js" }),
  });
  npx(folder, "esbuild", ["main.js", "--bundle", "--format=esm", "--outdir=out", "--loader:.wasm=file"]);
  good(await browser.run(folder));
});

test("esbuild, inline", async () => {
  const folder = consumer("esbuild-inline", {
    "main.js": `${program("wuzhang/inline")}\nrun().then(done, failed);`,
    "index.html": page("", { src: "out/main.js" }),
  });
  npx(folder, "esbuild", ["main.js", "--bundle", "--format=iife", "--outfile=out/main.js"]);
  good(await browser.run(folder));
});

test("Vite", async () => {
  const folder = consumer("vite", { "main.js": `${program()}\nrun().then(done, failed);`, "index.html": page("", { src: "./main.js" }) });
  npx(folder, "vite", ["build", "--base", "./"]);
  good(await browser.run(join(folder, "dist")));
});

test("webpack", async () => {
  const folder = consumer("webpack", { "main.js": `${program()}\nrun().then(done, failed);`, "index.html": page("", { src: "dist/main.js" }) });
  await bundleWithWebpack(folder);
  good(await browser.run(folder));
});

test("a worker, and a book in it", async () => {
  const folder = consumer("worker", {
    "worker.js": 'import { serve } from "./node_modules/wuzhang/dist/worker.js";\nserve(new URL("./node_modules/wuzhang/dist/wuzhang.wasm", import.meta.url));',
    "index.html": page(
      `import { connect } from "./node_modules/wuzhang/dist/worker.js";
      import { ROSTER, VISIT } from "./data.mjs";
      const remote = connect(new Worker(new URL("./worker.js", location.href), { type: "module" }));
      (async () => {
        const book = await remote.create("dayi-2014", ROSTER);
        const { status } = await book.apply(VISIT);
        const block = await book.applyLines('{"id":"x"}\\nno command');
        const copy = await remote.restore(await book.snapshot());
        const same = JSON.stringify(await copy.status()) === JSON.stringify(await book.status());
        const refused = await remote.create("dayi-2014", { units: 1 }).catch((error) => [error.code, error.path, error.findings.length > 0]);
        await book.free();
        const freed = await book.status().catch((error) => error.code);
        return { status, lines: block.outcomes.trim().split("\\n").length, stopped: block.stopped.code, same, refused, freed };
      })().then(done, failed);`,
      { inline: true },
    ),
    "data.mjs": readFileSync(new URL("./data.mjs", import.meta.url), "utf8"),
  });
  const said = await browser.run(folder);
  assert.deepEqual(said, { status: "accepted", lines: 1, stopped: "input.invalid", same: true, refused: ["roster.invalid", "/units", true], freed: "package.freed" });
});

test("a worker that bundlers build", async () => {
  const folder = consumer("worker-vite", {
    "worker.js": 'import { serve } from "wuzhang/worker";\nimport url from "wuzhang/wuzhang.wasm?url";\nserve(url);',
    "main.js": `import { connect } from "wuzhang/worker";\nimport { ROSTER } from "./data.mjs";
      const remote = connect(new Worker(new URL("./worker.js", import.meta.url), { type: "module" }));
      remote.create("dayi-2014", ROSTER).then((book) => book.status()).then((status) => status.cases).then(done, failed);`,
    "index.html": page("", { src: "./main.js" }),
    "data.mjs": readFileSync(new URL("./data.mjs", import.meta.url), "utf8"),
    "vite.config.js": 'export default { base: "./", worker: { format: "es" } };',
  });
  npx(folder, "vite", ["build"]);
  assert.equal(await browser.run(join(folder, "dist")), 0);
});

for (const [name, options] of Object.entries({
  commonjs: { module: "node16", moduleResolution: "node16", type: "commonjs" },
  modules: { module: "node16", moduleResolution: "node16", type: "module" },
  bundler: { module: "esnext", moduleResolution: "bundler", type: "module" },
})) {
  test(`strict TypeScript: ${name}`, () => {
    const { type, ...resolution } = options;
    const compilerOptions = { ...resolution, strict: true, exactOptionalPropertyTypes: true, noEmit: true, target: "es2022", lib: ["es2022", "dom"], types: [], skipLibCheck: false };
    const folder = consumer(`types-${name}`, {
      "main.ts": readFileSync(new URL("./consumer.ts.txt", import.meta.url), "utf8"),
      "tsconfig.json": JSON.stringify({ compilerOptions, files: ["main.ts"] }),
    }, { type });
    npx(folder, "tsc", ["-p", "."]);
    // What would be wrong is found: a check that finds nothing at all would pass above, too.
    put(folder, "main.ts", 'import { Book, type FindingCode } from "wuzhang";\nexport const a: FindingCode = "plan.cup";\nnew Book("dayi-2014", "").apply({ id: "c1", at: "", actor: "k1", do: "solve_on_the_spt" });\n');
    assert.throws(() => npx(folder, "tsc", ["-p", "."]), /main\.ts\(2,[^]*main\.ts\(3,/);
  });
}

test("publint and attw find nothing", () => {
  const folder = consumer("lint", {});
  npx(folder, "publint", ["--strict", "node_modules/wuzhang"]);
  npx(folder, "attw", [process.env.WUZHANG_TARBALL, "--profile", "node16", "--exclude-entrypoints", "./wuzhang.wasm"]);
});

function page(script, { src, inline } = {}) {
  const told = "globalThis.done = (said) => { document.title = JSON.stringify({ said }); }; globalThis.failed = (error) => { document.title = JSON.stringify({ error: String(error) + String(error?.cause ?? '') }); };";
  const body = inline ? `<script type="module">${script}</script>` : `<script type="module" src="${src}"></script>`;
  return `<!doctype html><html><head><meta charset="utf-8"></head><body><script>${told} addEventListener("error", (event) => failed(event.message));</script>${body}</body></html>`;
}

async function bundleWithWebpack(folder) {
  const { default: webpack } = await import("webpack");
  const stats = await new Promise((done, failed) => {
    webpack({ mode: "production", context: folder, entry: "./main.js", output: { path: join(folder, "dist") } }, (error, stats) => (error ? failed(error) : done(stats)));
  });
  assert.equal(stats.hasErrors(), false, stats.toString());
}
