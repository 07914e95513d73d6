// What is a browser's job beside loading: the shared vectors byte for byte, and a book in IndexedDB
// with two tabs, a tab that dies while it writes, and a full quota.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { verify } from "wuzhang";
import { Browser } from "./browser.mjs";
import { consumer } from "./consumer.mjs";

const text = (name) => readFileSync(new URL(name, import.meta.url), "utf8");
const cases = process.env.WUZHANG_CASES;
let browser;
let folder;
before(async () => {
  browser = await Browser.start();
  folder = consumer("chromium", {
    "index.html": '<!doctype html><meta charset="utf-8"><script type="module" src="main.js"></script>',
    "data.mjs": text("./data.mjs"),
    "runner.mjs": text("./runner.mjs"),
    "main.js": `import * as wuzhang from "./node_modules/wuzhang/dist/index.js";
      import { openStored } from "./node_modules/wuzhang/dist/idb.js";
      import { run } from "./runner.mjs";
      import * as data from "./data.mjs";
      await wuzhang.init();
      const open = (name, more) => openStored({ name, policy: "dayi-2014", roster: data.ROSTER, ...more });
      Object.assign(globalThis, { wuzhang, run, open, ...data, ready: true });`,
  });
  cpSync(join(cases, "cases.jsonl"), join(folder, "cases.jsonl"));
});
after(() => browser?.stop());

async function tab(context = browser.context) {
  const page = await context.newPage();
  await page.goto(`${browser.serve(folder)}/index.html`);
  await page.waitForFunction(() => globalThis.ready === true);
  return page;
}

test("the shared vectors", async () => {
  const page = await tab();
  const log = await page.evaluate(async () => run(wuzhang, await (await fetch("cases.jsonl")).text()));
  await page.close();
  const expected = readFileSync(join(cases, "expected.log"), "utf8");
  // The command that compares with words does so afterwards; here it is byte for byte.
  if (process.env.WUZHANG_LOG !== undefined) writeFileSync(process.env.WUZHANG_LOG, log);
  assert.ok(expected.length > 100_000);
  assert.ok(log === expected, "the log differs");
});

test("a book comes back after the page was closed, with and without a snapshot", async () => {
  const one = await tab();
  const was = await one.evaluate(async () => {
    const store = await open("back", { snapshotEvery: 5000 });
    for (let i = 1; i <= 30; i += 1) await store.apply(visit(i));
    return [store.book.status(), store.book.journal()];
  });
  await one.close();
  const two = await tab();
  const now = await two.evaluate(async () => {
    const store = await open("back");
    const said = [store.book.status(), store.book.journal()];
    await store.close();
    return said;
  });
  await two.close();
  assert.deepEqual(now, was);
  assert.equal(verify(was[1]).sound, true);
});

test("two tabs write to one book at once: nothing is lost, and the chain holds", async () => {
  const tabs = [await tab(), await tab()];
  const write = async (first) => {
    const store = await open("two");
    const said = [];
    // Both tabs' commands bear one time, so that neither runs behind the other.
    for (let i = first; i < first + 40; i += 1) said.push((await store.apply({ ...visit(1), id: `c${i}`, visit: `v${i}` })).status);
    return said;
  };
  const said = (await Promise.all([tabs[0].evaluate(write, 1000), tabs[1].evaluate(write, 2000)])).flat();
  assert.deepEqual(new Set(said), new Set(["accepted"]));
  const third = await tab();
  const [status, journal] = await third.evaluate(async () => {
    const store = await open("two");
    return [store.book.status(), store.book.journal()];
  });
  for (const page of [...tabs, third]) await page.close();
  assert.equal(status.commands, 80);
  assert.equal(verify(journal, { count: 81 }).sound, true);
  for (const first of [1000, 2000]) for (let i = first; i < first + 40; i += 1) assert.ok(journal.includes(`"command":"c${i}"`), `c${i} is lost`);
});

test("a tab that was behind sees what the other wrote", async () => {
  const [one, two] = [await tab(), await tab()];
  const hold = async () => {
    globalThis.store = await open("behind");
  };
  await one.evaluate(hold);
  await two.evaluate(hold);
  await one.evaluate(() => store.apply(visit(1)));
  // The very same command from the other tab is known there, and answered alike.
  const [first, second] = [await one.evaluate(() => store.applyText(JSON.stringify(visit(1)))), await two.evaluate(() => store.applyText(JSON.stringify(visit(1))))];
  assert.equal(first, second);
  await one.evaluate(() => store.apply(visit(2)));
  await two.evaluate(() => store.refresh());
  assert.equal(await two.evaluate(() => store.book.status().commands), 2);
  for (const page of [one, two]) await page.close();
});

test("a tab that is closed in the middle of a write loses nothing that it was told", async () => {
  for (const after of [1, 5, 23]) {
    const name = `torn-${after}`;
    const page = await tab();
    let told = 0;
    await page.exposeFunction("told", (number) => (told = number));
    void page
      .evaluate(async (name) => {
        const store = await open(name, { snapshotEvery: 2000 });
        for (let i = 1; i < 1e6; i += 1) {
          await store.apply(visit(i));
          void globalThis.told(i);
        }
      }, name)
      .catch(() => undefined);
    while (told < after) await new Promise((done) => setTimeout(done, 1));
    await page.close({ runBeforeUnload: false });
    const known = told;
    const next = await tab();
    const [status, journal] = await next.evaluate(async (name) => {
      const store = await open(name);
      await store.apply(visit(store.book.status().commands + 1));
      return [store.book.status(), store.book.journal()];
    }, name);
    await next.close();
    assert.ok(status.commands > known, `${status.commands} commands, and ${known} were answered`);
    assert.equal(verify(journal, { count: status.events, head: status.head }).sound, true);
    // Whole to the last: no number is missing.
    for (let i = 1; i <= status.commands; i += 1) assert.ok(journal.includes(`"command":"c${i}"`), `c${i} is lost`);
  }
});

/** Text that no database can pack: the same for a number, like nothing else. */
const NOISE = `globalThis.noise = (seed) => {
  let state = seed * 2654435761 + 1;
  const letter = () => String.fromCharCode(0x4e00 + ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 12) % 20000);
  return Array.from({ length: 9000 }, letter).join("");
};`;

test("a full quota is said clearly; nothing is lost, and it goes on when there is room", async () => {
  // A profile of its own, so that nothing is in it yet and nobody else runs full.
  const context = await browser.chromium.newContext();
  const page = await tab(context);
  const devtools = await context.newCDPSession(page);
  const origin = browser.origin;
  await page.evaluate(NOISE);
  await devtools.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 200_000 });
  const full = await page.evaluate(async () => {
    globalThis.store = await open("full");
    for (let i = 1; i < 100; i += 1) {
      const before = store.book.journal();
      const error = await store.apply({ ...visit(i), diary: noise(i) }).then(() => undefined, (error) => error);
      if (error !== undefined) return { i, code: error.code, message: error.message, same: store.book.journal() === before };
    }
    return "never full";
  });
  assert.equal(full.code, "package.store_full", JSON.stringify(full));
  assert.match(full.message, /no room left .* nothing was recorded/);
  assert.equal(full.same, true);
  assert.ok(full.i > 1);
  await devtools.send("Storage.overrideQuotaForOrigin", { origin });
  const later = await page.evaluate(async (i) => {
    const { status } = await store.apply({ ...visit(i), diary: noise(i) });
    await store.close();
    const again = await open("full");
    return [status, again.book.status().commands];
  }, full.i);
  await context.close();
  assert.deepEqual(later, ["accepted", full.i]);
});

test("other documents are refused, and a closed store says so", async () => {
  const page = await tab();
  const said = await page.evaluate(async () => {
    const store = await open("documents");
    await store.apply(visit(1));
    await store.close();
    const closed = await store.apply(visit(2)).catch((error) => error.code);
    const other = structuredClone(ROSTER);
    other.households[0].name = "李大山";
    const differs = await open("documents", { roster: other }).catch((error) => error.code);
    return [closed, differs];
  });
  await page.close();
  assert.deepEqual(said, ["package.store_closed", "package.store_differs"]);
});
