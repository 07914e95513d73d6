// node bench/chromium.mjs: a county and a year of it (250,000 visits, 30,000 needs) in Chromium: how
// long a book takes to come back from a snapshot, and its duties and rates of a month. Beside them the
// same in Node, in one run.
import { mkdtempSync, readFileSync, rmSync, writeFileSync, cpSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Book } from "wuzhang";
import { Browser } from "../test/browser.mjs";
import { commands, roster } from "./county.mjs";

const VILLAGES = 250;
const book = new Book("dayi-2014", roster(VILLAGES), { recovery: false });
const lines = commands(VILLAGES, 250_000, 30_000);
for (let at = 0; at < lines.length; at += 20_000) {
  const { stopped } = book.applyLines(lines.slice(at, at + 20_000).join("\n"));
  if (stopped !== null) throw stopped;
}
console.log(`a book of ${book.status().visits} visits and ${book.status().cases} cases`);
const snapshot = book.snapshot();
book.free();

/** The best of three, in milliseconds. */
const measure = (Book, snapshot, now) => {
  const least = { restore: Infinity, duties: Infinity, rates: Infinity, rows: 0 };
  for (let round = 0; round < 3; round += 1) {
    const timed = (name, run) => {
      const start = now();
      const said = run();
      least[name] = Math.min(least[name], now() - start);
      return said;
    };
    const book = timed("restore", () => Book.restore(snapshot, { recovery: false }));
    least.rows = timed("duties", () => book.duties({ from: "2014-06-01", to: "2014-06-30" })).length;
    timed("rates", () => book.rates({ from: "2014-06-01", to: "2014-06-30" }));
    book.free();
  }
  return least;
};

const here = measure(Book, snapshot, () => performance.now());
const folder = mkdtempSync(join(tmpdir(), "wuzhang-bench-"));
const browser = await Browser.start();
try {
  writeFileSync(join(folder, "snapshot.bin"), snapshot);
  cpSync(new URL("../dist", import.meta.url), join(folder, "dist"), { recursive: true });
  writeFileSync(
    join(folder, "index.html"),
    `<!doctype html><script type="module">
      import { init, Book } from "./dist/index.js";
      const measure = ${measure};
      try {
        await init();
        const snapshot = new Uint8Array(await (await fetch("snapshot.bin")).arrayBuffer());
        document.title = JSON.stringify({ said: measure(Book, snapshot, () => performance.now()) });
      } catch (error) { document.title = JSON.stringify({ error: String(error) }); }
    </script>`,
  );
  const there = await browser.run(folder);
  console.log(`snapshot: ${(readFileSync(join(folder, "snapshot.bin")).length / 1e6).toFixed(1)} MB, ${there.rows} duty rows in the month`);
  for (const name of ["restore", "duties", "rates"]) {
    console.log(`${name.padEnd(8)} Chromium ${Math.round(there[name])} ms   Node ${Math.round(here[name])} ms   ratio ${(there[name] / here[name]).toFixed(2)}`);
  }
} finally {
  await browser.stop();
  rmSync(folder, { recursive: true });
}
