// A book kept in a folder: closed and opened again, torn, full, held by another process.
import assert from "node:assert/strict";
import { test } from "node:test";
import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { verify } from "wuzhang";
import { openStored } from "wuzhang/file";
import { ROSTER, visit } from "./data.mjs";

const base = mkdtempSync(join(tmpdir(), "wuzhang-files-"));
process.on("exit", () => rmSync(base, { recursive: true, force: true }));
let number = 0;
const fresh = () => join(base, String((number += 1)));
const open = (folder, more = {}) => openStored({ folder, policy: "dayi-2014", roster: ROSTER, ...more });
const journal = (folder) => readFileSync(join(folder, "journal.jsonl"), "utf8");

async function filled(count, more) {
  const folder = fresh();
  const store = await open(folder, more);
  for (let i = 1; i <= count; i += 1) assert.equal((await store.apply(visit(i))).status, "accepted");
  return { folder, store };
}

test("comes back as it was, from the journal and from a snapshot", async () => {
  const { folder, store } = await filled(20);
  const was = { status: store.book.status(), journal: store.book.journal() };
  await store.close();
  assert.equal(journal(folder), was.journal);
  assert.equal(verify(was.journal).sound, true);
  const again = await open(folder);
  assert.deepEqual({ status: again.book.status(), journal: again.book.journal() }, was);
  await again.checkpoint();
  assert.equal((await again.apply(visit(21))).status, "accepted");
  const now = again.book.status();
  await again.close();
  assert.ok(existsSync(join(folder, "snapshot")));
  const third = await open(folder);
  assert.deepEqual(third.book.status(), now);
  await third.close();
});

test("takes snapshots by itself, and does without a damaged one", async () => {
  const { folder, store } = await filled(30, { snapshotEvery: 1000 });
  const was = store.book.status();
  await store.close();
  const bytes = readFileSync(join(folder, "snapshot"));
  bytes[bytes.length >> 1] ^= 1;
  writeFileSync(join(folder, "snapshot"), bytes);
  const again = await open(folder);
  assert.deepEqual(again.book.status(), was);
  await again.close();
});

test("answers what was sent before with the same bytes, and writes it once", async () => {
  const { folder, store } = await filled(0);
  const line = JSON.stringify(visit(1));
  const [first, second] = await Promise.all([store.applyText(line), store.applyText(line)]);
  assert.equal(first, second);
  assert.equal(journal(folder).trim().split("\n").length, 2);
  await store.close();
});

test("a refused command and a line that is none leave nothing", async () => {
  const { folder, store } = await filled(1);
  const before = journal(folder);
  assert.equal((await store.apply({ ...visit(2), target: "nobody" })).status, "rejected");
  await assert.rejects(store.applyText("no command"), { code: "input.invalid" });
  assert.equal(journal(folder), before);
  const { outcomes, stopped } = await store.applyLines(`${JSON.stringify(visit(2))}\nno command\n${JSON.stringify(visit(3))}`);
  assert.equal(outcomes.trim().split("\n").length, 1);
  assert.equal(stopped.findings[0].params.line, 2);
  assert.equal(journal(folder), store.book.journal());
  await store.close();
});

test("a write that was torn at any byte loses that command and no other", async () => {
  const { folder, store } = await filled(3);
  await store.close();
  const whole = readFileSync(join(folder, "journal.jsonl"));
  const two = whole.subarray(0, whole.length - 1).lastIndexOf(10) + 1;
  for (const cut of [two, two + 1, two + 200, whole.length - 1]) {
    truncateSync(join(folder, "journal.jsonl"), cut);
    const again = await open(folder);
    assert.equal(again.book.status().commands, 2);
    assert.equal(statSync(join(folder, "journal.jsonl")).size, two);
    assert.equal((await again.apply(visit(3))).status, "accepted");
    await again.close();
    assert.deepEqual(readFileSync(join(folder, "journal.jsonl")), whole);
  }
});

test("a process that is killed while it writes loses nothing that it answered", async () => {
  const folder = fresh();
  const program = join(base, "writer.mjs");
  const url = (name) => JSON.stringify(new URL(name, import.meta.url).href);
  writeFileSync(program, `import { openStored } from ${JSON.stringify(import.meta.resolve("wuzhang/file"))};
    import { ROSTER, visit } from ${url("./data.mjs")};
    import { writeSync } from "node:fs";
    const store = await openStored({ folder: ${JSON.stringify(folder)}, policy: "dayi-2014", roster: ROSTER, snapshotEvery: 5000 });
    for (let i = 1; ; i += 1) {
      await store.apply(visit(i));
      writeSync(1, i + "\\n");
      if (i === 60) process.kill(process.pid, "SIGKILL");
    }`);
  const { stdout, stderr, signal } = spawnSync(process.execPath, [program], { encoding: "utf8" });
  assert.equal(signal, "SIGKILL", stderr);
  const answered = stdout.trim().split("\n").length;
  assert.equal(answered, 60);
  // Its lock is still there; its process is not.
  assert.ok(existsSync(join(folder, "lock")));
  const store = await open(folder);
  assert.equal(store.book.status().commands, answered);
  assert.equal(verify(store.book.journal()).sound, true);
  await store.close();
});

test("a folder has one holder at a time", async () => {
  const { folder, store } = await filled(1);
  await assert.rejects(open(folder), { code: "package.store_conflict", message: new RegExp(`process ${process.pid}`) });
  await store.close();
  await (await open(folder)).close();
});

test("a journal that somebody else wrote to is refused, and nothing is recorded", async () => {
  const { folder, store } = await filled(1);
  appendFileSync(join(folder, "journal.jsonl"), "{}\n");
  await assert.rejects(store.apply(visit(2)), (error) => /^package\.store_/.test(error.code));
  assert.ok(journal(folder).endsWith("{}\n"));
  await store.close();
});

test("a full disk is said clearly; nothing is lost, and it goes on when there is room", async (t) => {
  const folder = fresh();
  mkdirSync(folder);
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", folder]);
  if (mounted.status !== 0) {
    t.diagnostic("no small disk could be mounted: a device that is always full stands for it");
    symlinkSync("/dev/full", join(folder, "journal.jsonl"));
    const store = await open(folder);
    await assert.rejects(store.apply(visit(1)), { code: "package.store_full" });
    assert.equal(store.book.status().commands, 0);
    await store.close();
    return;
  }
  try {
    const store = await open(folder);
    let done = 0;
    const full = await (async () => {
      for (;;) {
        try {
          await store.apply(visit(done + 1));
        } catch (error) {
          return error;
        }
        done += 1;
      }
    })();
    assert.equal(full.code, "package.store_full");
    assert.ok(done > 10);
    assert.equal(store.book.status().commands, done);
    assert.equal(journal(folder), store.book.journal());
    for (const name of readdirSync(folder)) if (name === "snapshot" || name.endsWith(".new")) rmSync(join(folder, name));
    execFileSync("mount", ["-o", "remount,size=1m", folder]);
    assert.equal((await store.apply(visit(done + 1))).status, "accepted");
    await store.close();
    const again = await open(folder);
    assert.equal(again.book.status().commands, done + 1);
    await again.close();
  } finally {
    execFileSync("umount", [folder]);
  }
});

test("other documents are refused", async () => {
  const { folder, store } = await filled(2);
  await store.close();
  const other = structuredClone(ROSTER);
  other.households[0].name = "李大山";
  await assert.rejects(open(folder, { roster: other }), { code: "package.store_differs" });
  // The same documents laid out otherwise are the same.
  const again = await open(folder, { roster: JSON.stringify(ROSTER, undefined, 1) });
  assert.equal(again.book.status().commands, 2);
  await again.close();
});

test("what is closed says so", async () => {
  const { store } = await filled(1);
  const last = store.apply(visit(2));
  await store.close();
  assert.equal((await last).status, "accepted");
  await assert.rejects(store.apply(visit(3)), { code: "package.store_closed" });
  assert.throws(() => store.book, { code: "package.store_closed" });
});
