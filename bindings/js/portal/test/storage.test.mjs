// The book on its database: starts from a snapshot, crashes in the middle of a write, damage.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, statSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import pg from "pg";
import { verify } from "wuzhang";
import { Keeper } from "../server/dist/keeper.js";
import { openStore } from "../server/dist/store.js";
import { documents } from "./county.mjs";
import { databases, run } from "./databases.mjs";

const SMALL = 4000;
const open = async (where, snapshotEvery = SMALL) => Keeper.open(await openStore(where), documents, { snapshotEvery });
const visit = (number) => ({
  id: `v${number}`, at: new Date(Date.parse("2014-03-28T05:00:00Z") + number * 1000).toISOString().replace(".000Z", "+00:00"), actor: "qs-clerk",
  do: "record_visit", visit: `v${number}`, cadres: ["qs-clerk"], target: "qs-h11", on: "2014-03-28T09:00:00+08:00",
});
const visits = (from, to) => Array.from({ length: to - from + 1 }, (_, index) => visit(from + index));
async function apply(keeper, commands) {
  for (const outcome of await keeper.apply(commands)) assert.equal(outcome.status, "accepted", JSON.stringify(outcome));
}
/** What the table holds is the book's journal, byte for byte, and sound. */
async function sound(where, keeper) {
  const journal = keeper.book.journal();
  assert.ok(verify(journal).sound);
  const rows = await run(where, "SELECT line FROM events ORDER BY seq");
  assert.equal(rows.map((row) => `${row.line}\n`).join(""), journal);
}

/** A process that writes one visit after the other and says which were answered, until it is killed. */
function writer(where, { from = 1 } = {}) {
  const url = (name) => JSON.stringify(new URL(name, import.meta.url).href);
  const child = spawn(process.execPath, ["--input-type=module", "--eval", `
    import { writeSync } from "node:fs";
    import { Keeper } from ${url("../server/dist/keeper.js")};
    import { openStore } from ${url("../server/dist/store.js")};
    const visit = ${visit};
    const keeper = await Keeper.open(await openStore(${JSON.stringify(where)}), ${JSON.stringify(documents)}, { snapshotEvery: ${SMALL} });
    for (let i = ${from}; ; i += 1) {
      const [outcome] = await keeper.apply([visit(i)]);
      if (outcome.status !== "accepted") throw new Error(JSON.stringify(outcome));
      writeSync(1, i + "\\n");
    }`], { stdio: ["ignore", "pipe", "inherit"] });
  const answered = [];
  const lines = createInterface(child.stdout);
  lines.on("line", (line) => answered.push(Number(line)));
  return {
    answered,
    /** Waits for so many answers. */
    reached: (count) => new Promise((done, failed) => {
      child.once("exit", (code, signal) => { if (signal !== "SIGKILL") failed(new Error(`the writer ended: ${code}`)); });
      const look = () => { if (answered.length >= count) done(); };
      lines.on("line", look);
      look();
    }),
    kill: () => new Promise((done) => { lines.once("close", done); child.kill("SIGKILL"); }),
  };
}

for (const [name, fresh] of databases) {
  test(`${name}: a start takes the snapshot, and lives only what came after it`, async () => {
    const where = await fresh();
    const first = await open(where);
    await apply(first, visits(1, 40));
    const [{ events }] = await run(where, "SELECT events FROM snapshot");
    assert.ok(Number(events) > 1, "taken by itself");
    await apply(first, visits(41, 43));
    const was = first.book.status();
    // No close: as after a power cut. The first event, long before the snapshot, can no longer be lived.
    await run(where, "UPDATE events SET line = replace(line, '\"hash\"', '\"hush\"') WHERE seq = 1");
    const again = await open(where);
    assert.deepEqual(again.book.status(), was);
    await apply(again, visits(44, 44));
    const now = again.book.status();
    assert.equal(now.events, was.events + 1);
    // A damaged snapshot is passed over, and then the journal has to be whole.
    const bytes = name === "SQLite" ? "CAST(zeroblob(100) || substr(snapshot, 101) AS BLOB)" : "overlay(snapshot placing '\\x00000000'::bytea from 100)";
    await run(where, `UPDATE snapshot SET snapshot = ${bytes}`);
    await assert.rejects(open(where), { code: "package.store_differs" });
    await run(where, "UPDATE events SET line = replace(line, '\"hush\"', '\"hash\"') WHERE seq = 1");
    const third = await open(where);
    assert.deepEqual(third.book.status(), now);
    await sound(where, third);
    // A sound one takes its place.
    await third.close();
    await run(where, "UPDATE events SET line = replace(line, '\"hash\"', '\"hush\"') WHERE seq = 1");
    const fourth = await open(where);
    assert.deepEqual(fourth.book.status(), now);
    await Promise.all([first, again, fourth].map((one) => one.close()));
  });

  test(`${name}: a snapshot that goes further than the journal counts for nothing`, async () => {
    const where = await fresh();
    const first = await open(where);
    await apply(first, visits(1, 5));
    await first.close();
    // As after a restored backup: the last two events are gone.
    const rows = await run(where, "SELECT seq, line FROM events ORDER BY seq");
    const left = rows.slice(0, -2).map((row) => row.line);
    const head = JSON.parse(left.at(-1)).hash;
    await run(where, `DELETE FROM events WHERE seq > ${left.length}`);
    await run(where, `UPDATE mark SET events = ${left.length}, bytes = ${Buffer.byteLength(left.join("\n")) + 1}, head = '${head}'`);
    const again = await open(where);
    assert.deepEqual([again.book.status().events, again.book.status().head], [left.length, head]);
    await apply(again, visits(6, 6));
    await sound(where, again);
    await again.close();
    assert.equal(Number((await run(where, "SELECT events FROM snapshot"))[0].events), left.length + 1);
  });

  test(`${name}: a journal from before marks and snapshots were kept is taken over`, async () => {
    const where = await fresh();
    const first = await open(where);
    await apply(first, visits(1, 5));
    const was = first.book.status();
    await first.close();
    await run(where, "DELETE FROM mark");
    await run(where, "DELETE FROM snapshot");
    const again = await open(where);
    assert.deepEqual(again.book.status(), was);
    await apply(again, visits(6, 6));
    await sound(where, again);
    await again.close();
  });

  test(`${name}: a process that is killed while it writes loses nothing that it answered`, async () => {
    const where = await fresh();
    for (const [round, count] of [1, 17, 40].entries()) {
      const it = writer(where, { from: 1 + round * 10_000 });
      await it.reached(count);
      await it.kill();
      const keeper = await open(where);
      const kept = new Set(keeper.book.journal().split("\n").filter((line) => line.includes('"event":"visit_recorded"')).map((line) => JSON.parse(line).command));
      for (const number of it.answered) assert.ok(kept.has(`v${number}`), `v${number} was answered`);
      // At most the one that was under way is there beside them.
      assert.ok([...kept].filter((id) => Math.floor(Number(id.slice(1)) / 10_000) === round).length <= it.answered.length + 1);
      await sound(where, keeper);
      await keeper.close();
    }
  });

  test(`${name}: documents of another book are not taken for this one's`, async () => {
    const where = await fresh();
    const first = await open(where);
    await apply(first, visits(1, 2));
    const was = first.book.status();
    await first.close();
    const again = await Keeper.open(await openStore(where), { ...documents, policy: documents.policy.replace("dayi-2014", "another") });
    assert.equal(again.documents.policy, documents.policy);
    assert.deepEqual(again.book.status(), was);
    await again.close();
  });
}

test("SQLite: its log cut off at any byte is the journal up to some command", async () => {
  const [, fresh] = databases[0];
  const where = await fresh();
  const it = writer(where);
  await it.reached(30);
  await it.kill();
  const size = statSync(`${where}-wal`).size;
  assert.ok(size > 100_000);
  let last = 0;
  for (let step = 0; step <= 12; step += 1) {
    const copy = join(mkdtempSync(join(tmpdir(), "portal-")), "portal.db");
    cpSync(where, copy);
    cpSync(`${where}-wal`, `${copy}-wal`);
    truncateSync(`${copy}-wal`, step === 12 ? size : Math.floor((size * step) / 12) + step * 7);
    const keeper = await open(copy);
    const { commands } = keeper.book.status();
    assert.ok(commands >= last);
    last = commands;
    await sound(copy, keeper);
    await apply(keeper, visits(commands + 1, commands + 1));
    await keeper.close();
  }
  assert.ok(last >= it.answered.length);
});

const postgres = databases.find(([name]) => name === "PostgreSQL");
test("PostgreSQL: a process that is killed within its transaction has written nothing", { skip: postgres === undefined }, async () => {
  const where = await postgres[1]();
  const first = await open(where);
  await apply(first, visits(1, 3));
  const was = first.book.status();
  const client = new pg.Client({ connectionString: where });
  await client.connect();
  // The mark can be moved, the lines cannot be added: the writer stands in the middle.
  await client.query("BEGIN");
  await client.query("LOCK TABLE events IN SHARE MODE");
  const it = writer(where, { from: 4 });
  for (;;) {
    const [{ n }] = await run(where, "SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'");
    if (Number(n) > 0) break;
    await new Promise((done) => setTimeout(done, 20));
  }
  await it.kill();
  await client.query("ROLLBACK");
  await client.end();
  assert.deepEqual(it.answered, []);
  const again = await open(where);
  assert.deepEqual(again.book.status(), was);
  await apply(again, visits(4, 5));
  await first.refresh();
  assert.deepEqual(first.book.status(), again.book.status());
  await sound(where, again);
  await Promise.all([first, again].map((one) => one.close()));
});
