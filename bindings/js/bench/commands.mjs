// node bench/commands.mjs [NATIVE]: commands a second through the package in Node, beside the native
// cost of the same commands (NATIVE is bench/native.c, built against the C library) and XState's pure
// transition. All in one run; only the ratios mean anything on another machine.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Book } from "wuzhang";
import { createMachine, initialTransition, transition } from "xstate";
import * as county from "./county.mjs";

const COUNT = 60_000;
const document = JSON.stringify(county.roster(50));
const lines = county.commands(50, COUNT, 0);
const text = `${lines.join("\n")}\n`;
const bytes = new TextEncoder().encode(text);
const objects = lines.map((line) => JSON.parse(line));

/** Nanoseconds for one of `count`, the best of three rounds. */
function best(count, prepare, run) {
  let least = Infinity;
  for (let round = 0; round < 3; round += 1) {
    const ready = prepare();
    const start = process.hrtime.bigint();
    run(ready);
    least = Math.min(least, Number(process.hrtime.bigint() - start) / count);
    ready?.free?.();
  }
  return least;
}

const fresh = () => new Book("dayi-2014", document);
// What comes first would run code that is not compiled for speed yet.
for (let round = 0; round < 3; round += 1) fresh().applyLines(bytes);
const figures = {
  text: best(COUNT, fresh, (book) => {
    for (const line of lines) book.applyText(line);
  }),
  objects: best(COUNT, fresh, (book) => {
    for (const command of objects) book.apply(command);
  }),
  block: best(COUNT, fresh, (book) => book.applyLines(bytes)),
};

const machine = createMachine({ initial: "noted", states: Object.fromEntries(["noted", "registered", "ledgered", "planned", "settled", "accepted", "published", "closed"].map((name, at, all) => [name, { on: { NEXT: all[(at + 1) % all.length] } }])) });
const [begin] = initialTransition(machine);
figures.xstate = best(COUNT, () => undefined, () => {
  let state = begin;
  for (let i = 0; i < COUNT; i += 1) [state] = transition(machine, state, { type: "NEXT" });
});

const a_second = (ns) => `${Math.round(1e9 / ns).toLocaleString("en")}/s`;
console.log(`one command, text         ${a_second(figures.text)}`);
console.log(`one command, object       ${a_second(figures.objects)}`);
console.log(`blocks of lines           ${a_second(figures.block)}`);
console.log(`XState, pure transition   ${a_second(figures.xstate)}`);
console.log(`text / XState             ${(figures.xstate / figures.text).toFixed(2)} times as many`);
const [native] = process.argv.slice(2);
if (native === undefined) {
  console.log("native: not measured (no program given)");
} else {
  const folder = mkdtempSync(join(tmpdir(), "wuzhang-bench-"));
  try {
    writeFileSync(join(folder, "roster.json"), document);
    writeFileSync(join(folder, "lines.jsonl"), text);
    const { each, block } = JSON.parse(execFileSync(native, [join(folder, "roster.json"), join(folder, "lines.jsonl")], { encoding: "utf8" }));
    console.log(`native, one command       ${a_second(each)}   ours takes ${(figures.text / each).toFixed(2)} times as long`);
    console.log(`native, blocks            ${a_second(block)}   ours takes ${(figures.block / block).toFixed(2)} times as long`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
