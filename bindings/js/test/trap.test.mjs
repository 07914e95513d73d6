// A defect of the module, forced by a change to it: the package says so, and goes on.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Book, Engine, WuzhangError, callText, initSync, version } from "wuzhang";
import { readFileSync } from "node:fs";
import { withTraps } from "./traps.mjs";
import { ROSTER, visit } from "./data.mjs";

// The very module that is shipped, but for one thing: text of this length runs into a trap.
const LENGTH = 77_777;
const PANIC = " ".repeat(LENGTH);
initSync(withTraps(readFileSync(new URL("../dist/wuzhang.wasm", import.meta.url)), LENGTH));

const trapped = (call) => assert.throws(call, (error) => error instanceof WuzhangError && error.code === "package.trap" && error.cause instanceof WebAssembly.RuntimeError);

test("a trap is said, and every book and engine comes back", () => {
  const [one, two] = [new Book("dayi-2014", ROSTER), new Book("dayi-2014", ROSTER)];
  const engine = new Engine("dayi-2014", ROSTER);
  one.apply(visit(1));
  one.applyLines(`${JSON.stringify(visit(2))}\n${JSON.stringify(visit(3))}\n`);
  two.apply(visit(1));
  const restored = Book.restore(one.snapshot());
  one.apply(visit(4));
  const opened = Book.open("dayi-2014", ROSTER, one.journal());
  opened.apply(visit(5));
  const followed = Book.open("dayi-2014", ROSTER, two.journal());
  followed.follow(one.journal(followed.status().events + 1));
  const books = [one, two, restored, opened, followed];
  const was = books.map((book) => [book.journal(), book.snapshot()]);
  for (const call of [() => one.applyText(PANIC), () => two.callText(PANIC), () => engine.callText(PANIC), () => callText(PANIC)]) {
    trapped(call);
    assert.deepEqual(books.map((book) => [book.journal(), book.snapshot()]), was);
    assert.equal(engine.apply(null, visit(9)).outcome.status, "rejected");
    assert.equal(version().version, "0.1.0");
  }
  // Again and again, and what was applied between is there.
  for (let number = 10; number < 20; number += 1) {
    assert.equal(one.apply(visit(number)).status, "accepted");
    trapped(() => two.applyText(PANIC));
  }
  assert.equal(one.status().commands, 14);
  for (const book of books) book.free();
});

test("a book that keeps nothing to come back from says that it is lost, and only that book", () => {
  const [bare, safe] = [new Book("dayi-2014", ROSTER, { recovery: false }), new Book("dayi-2014", ROSTER)];
  bare.apply(visit(1));
  const journal = bare.journal();
  trapped(() => safe.applyText(PANIC));
  assert.throws(() => bare.status(), { code: "package.lost" });
  assert.equal(safe.status().commands, 0);
  bare.free();
  assert.throws(() => bare.status(), { code: "package.freed" });
  assert.equal(Book.open("dayi-2014", ROSTER, journal).status().commands, 1);
});

test("what nobody freed before a trap is collected after it and does no harm", { skip: globalThis.gc === undefined && "node --expose-gc" }, async () => {
  for (let round = 0; round < 3; round += 1) {
    for (let i = 0; i < 100; i += 1) new Book("dayi-2014", ROSTER);
    trapped(() => callText(PANIC));
    const kept = new Book("dayi-2014", ROSTER);
    kept.apply(visit(1));
    const was = kept.snapshot();
    globalThis.gc();
    // Finalisers run when the program comes to rest.
    await new Promise((done) => setTimeout(done, 10));
    for (let i = 0; i < 20; i += 1) new Book("dayi-2014", ROSTER).free();
    assert.deepEqual(kept.snapshot(), was);
  }
});
