// The server: sessions, whose command it is, resending, restarting, what one may read, both databases.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { explain, verify } from "wuzhang";
import { createApp } from "../server/dist/app.js";
import { instant } from "../server/dist/instant.js";
import { openStore } from "../server/dist/store.js";
import { County, documents, file } from "./county.mjs";
import { databases, run } from "./databases.mjs";

const QS = "510129101201";

for (const [name, fresh] of databases) {
  let county, clerk;
  before(async () => {
    county = await County.start({ store: await fresh() });
    clerk = await county.login("qs-clerk");
  });
  after(() => county.down());
  const visit = (id) => clerk.command("record_visit", { visit: id, cadres: ["qs-clerk"], target: "qs-h11", on: "2014-03-28T09:00:00+08:00" });

  test(`${name}: a command is kept, a resent one is answered with the same bytes and kept once`, async () => {
    const command = visit("tv1");
    const before = county.app.keeper.book.status().events;
    const [first] = await clerk.send({ ...command, typed_at: "2014-03-28T12:30:00+08:00" });
    const [again] = await clerk.send({ ...command, typed_at: "2014-03-28T14:30:00+08:00", at: "2001-01-01T00:00:00+08:00" });
    assert.equal(first.status, "accepted");
    assert.equal(JSON.stringify(again), JSON.stringify(first));
    assert.equal(county.app.keeper.book.status().events, before + 1);
    assert.equal(first.events[0].at.slice(0, 13), "2014-03-28T13", "the host's time, not the device's");
  });

  test(`${name}: a block with a bad line, somebody else's line and a refused one does the rest`, async () => {
    const bad = await clerk.send("no json", { ...visit("tv2"), actor: "qs-secretary" }, visit("tv3"), { ...visit("tv4"), target: "nobody" });
    assert.deepEqual(bad.map((one) => one.refused ?? one.status), ["line", "actor", "accepted", "rejected"]);
    assert.equal(bad[3].findings[0].code, "household.unknown");
    // What the engine cannot even read stops nobody else's line, and does not come back for ever.
    const strange = await clerk.send({ ...visit("tv6"), diary: "\ud800" }, visit("tv7"), { ...visit("tv8"), more: 1 }, visit("tv9"));
    assert.deepEqual(strange.map((one) => one.refused ?? one.status), ["line", "accepted", "rejected", "accepted"]);
    assert.equal(strange[0].findings[0].code, "input.invalid");
    assert.notEqual(strange[0].id, null);
  });

  test(`${name}: a restarted server has the same book, and people stay logged in`, async () => {
    const was = county.app.keeper.book.status();
    const command = visit("tv5");
    const [first] = await clerk.send(command);
    await county.restart();
    assert.equal(county.app.keeper.book.status().events, was.events + 1);
    assert.equal(JSON.stringify((await clerk.send(command))[0]), JSON.stringify(first));
    const journal = county.app.keeper.book.journal();
    assert.ok(verify(journal).sound);
    assert.equal(journal.trim().split("\n").length, was.events + 1);
  });

  test(`${name}: two servers on one database take turns`, async () => {
    const other = await createApp({ store: county.store, documents, clock: () => county.now() });
    const lines = (from) => Array.from({ length: 10 }, (_, i) => ({ ...visit(`${from}-${i}`), at: county.now() }));
    const done = await Promise.all([...lines("one").map((one) => county.app.keeper.apply([one])), ...lines("two").map((one) => other.keeper.apply([one]))]);
    assert.ok(done.flat().every((one) => one.status === "accepted"));
    await Promise.all([county.app.keeper.refresh(), other.keeper.refresh()]);
    assert.deepEqual(other.keeper.book.status(), county.app.keeper.book.status());
    await other.close();
  });

  test(`${name}: lines are found by their words, and what waits is kept`, async () => {
    const store = await openStore(county.store);
    const newest = await store.find(1, ['"event":"visit_recorded"', '"actor":"qs-clerk"'], 2);
    const recorded = county.app.keeper.book.journal().split("\n").filter((line) => line.includes('"event":"visit_recorded"') && line.includes('"actor":"qs-clerk"'));
    assert.deepEqual(newest, recorded.slice(-2));
    const all = await store.find(JSON.parse(newest[1]).seq, ['"event":"visit_recorded"'], 100);
    assert.equal(all[0], newest[1]);
    assert.deepEqual(await store.find(1, ["no such words"], 100), []);
    for (const [id, was, text] of [["b", undefined, "one"], ["a", undefined, "two"], ["b", "one", "three"]]) assert.ok(await store.swapWaiting(id, was, text));
    // Whoever speaks of another text than stands there changes nothing.
    for (const [id, was, text] of [["b", "one", "four"], ["b", undefined, "four"], ["b", "one", undefined], ["c", "one", "four"]]) assert.ok(!(await store.swapWaiting(id, was, text)));
    assert.deepEqual(await store.waiting(), ["three", "two"]);
    assert.ok(await store.swapWaiting("b", "three", undefined));
    assert.deepEqual(await store.waiting(), ["two"]);
    assert.ok(await store.swapWaiting("a", "two", undefined));
    await store.close();
  });

  test(`${name}: many at once are kept each once`, async () => {
    const before = county.app.keeper.book.status().events;
    const commands = Array.from({ length: 20 }, (_, i) => visit(`many-${i}`));
    const answers = await Promise.all([...commands, ...commands].map((one) => clerk.send(one)));
    assert.ok(answers.every(([one]) => one.status === "accepted"));
    assert.equal(county.app.keeper.book.status().events, before + 20);
  });
}

test("what cannot be kept has not happened", async () => {
  const store = file();
  const app = await createApp({ store, documents, clock: () => instant(Date.now()) });
  const command = { id: "full", at: "2014-03-28T13:00:00+08:00", actor: "qs-clerk", do: "record_visit", visit: "full", cadres: ["qs-clerk"], target: "qs-h11", on: "2014-03-28T09:00:00+08:00" };
  // The database refuses every write, as a full disk does.
  const Database = createRequire(import.meta.url)("better-sqlite3");
  const db = new Database(store);
  db.exec("CREATE TRIGGER full BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END");
  await assert.rejects(app.keeper.apply([command]), /full/);
  assert.equal(app.keeper.book.status().events, 0);
  db.exec("DROP TRIGGER full");
  assert.equal((await app.keeper.apply([command]))[0].status, "accepted");
  assert.equal((await run(store, "SELECT seq FROM events")).length, 2);
  db.close();
  await app.close();
});

test("sessions: a wrong password, no session, an ended one, another origin", async () => {
  const county = await County.start();
  assert.equal(await county.login("qs-clerk", "wrong"), undefined);
  assert.equal(await county.login("nobody"), undefined);
  assert.equal((await county.post("/api/ask", { requests: [] })).status, 401);
  const clerk = await county.login("qs-clerk");
  assert.equal((await (await clerk.get("/api/me")).json()).person, "qs-clerk");
  assert.equal((await county.post("/api/commands", "{}", { cookie: clerk.cookie, origin: "http://elsewhere.example" })).status, 403);
  assert.equal((await county.post("/api/commands", "{}", { cookie: clerk.cookie, origin: "null" })).status, 403);
  await clerk.post("/api/logout", {});
  assert.equal((await clerk.get("/api/me")).status, 401);
  await county.down();
});

test("limits: the door and a person's requests", async () => {
  const county = await County.start({ limits: { door: 3, person: 4 } });
  const clerk = await county.login("qs-clerk");
  const tries = [];
  for (let i = 0; i < 4; i += 1) tries.push((await county.post("/api/login", { person: "qs-clerk", password: "no" })).status);
  assert.deepEqual(tries, [401, 401, 429, 429]);
  const asked = [];
  for (let i = 0; i < 5; i += 1) asked.push((await clerk.get("/api/me")).status);
  assert.deepEqual(asked, [200, 200, 200, 200, 429]);
  await county.down();
});

test("limits behind a proxy: each client for itself, and only by the proxy's word", async () => {
  const knock = async (county, from) => (await county.post("/api/login", { person: "qs-clerk", password: "no" }, { "x-forwarded-for": from })).status;
  const behind = await County.start({ limits: { door: 2, person: 100 }, trustProxy: "127.0.0.1" });
  const one = [], other = [];
  for (let i = 0; i < 3; i += 1) one.push(await knock(behind, "203.0.113.1"));
  for (let i = 0; i < 3; i += 1) other.push(await knock(behind, "203.0.113.2"));
  assert.deepEqual([one, other], [[401, 401, 429], [401, 401, 429]]);
  // What a client puts in front of the proxy's word changes nothing.
  assert.equal(await knock(behind, "203.0.113.9, 203.0.113.1"), 429);
  // The page's own address is the one that the proxy was asked for.
  const headers = { "x-forwarded-for": "203.0.113.3", "x-forwarded-host": "portal.example", origin: "https://portal.example" };
  assert.equal((await behind.post("/api/logout", {}, headers)).status, 200);
  await behind.down();
  const alone = await County.start({ limits: { door: 2, person: 100 } });
  const open = [];
  for (let i = 0; i < 3; i += 1) open.push(await knock(alone, `203.0.113.${i}`));
  assert.deepEqual(open, [401, 401, 429]);
  assert.equal((await alone.post("/api/logout", {}, headers)).status, 403);
  await alone.down();
});

test("reading: each through his own eyes", async () => {
  const county = await County.start();
  const [clerk, group, stranger] = [await county.login("qs-clerk"), await county.login("qs-group1"), await county.login("lx-clerk")];
  const stability = "demo-case-13";
  assert.equal((await clerk.ask({ op: "case", case: stability })).ok.full, true);
  for (const person of [group, stranger]) {
    assert.ok(!(await person.ask({ op: "case", case: stability })).ok.full);
    assert.deepEqual((await person.ask({ op: "actions", case: stability })).ok, []);
    const { events } = await (await person.get("/api/events?since=0")).json();
    assert.ok(!JSON.stringify(events).includes("地界争执"));
  }
  // A viewer or an actor that is typed in changes nothing.
  assert.ok(!(await stranger.ask({ op: "case", case: stability, viewer: "qs-clerk" })).ok.full);
  assert.equal((await stranger.ask({ op: "agenda", person: "qs-clerk" })).ok.person, "lx-clerk");
  assert.ok("error" in (await stranger.ask({ op: "journal" })));
  const mine = await (await clerk.get("/api/documents")).json();
  assert.ok(mine.roster.households.length === 16 && mine.roster.households.every((row) => row.id.startsWith("qs-")));
  await county.down();
});

test("a list asks only for what is open, and gets no more", async () => {
  const county = await County.start();
  const [member, stranger] = [await county.login("qs-member"), await county.login("lx-clerk")];
  const all = (await member.ask({ op: "actions", case: "demo-case-10" })).ok;
  const some = (await member.ask({ op: "actions", case: "demo-case-10", only: ["settle", "rate"] })).ok;
  assert.ok(all.length > 5);
  assert.deepEqual(some, all.filter((one) => one.allowed && ["settle", "rate"].includes(one.do)));
  assert.deepEqual(some.map((one) => one.do), ["settle"]);
  assert.deepEqual((await stranger.ask({ op: "actions", case: "demo-case-13", only: ["settle"] })).ok, []);
  await county.down();
});

test("the page comes with its first answers for who is logged in, and bare for everybody else", async () => {
  const county = await County.start({ page: true });
  const clerk = await county.login("qs-clerk");
  const page = async (path, headers) => (await fetch(county.origin + path, { headers })).text();
  const said = (text) => JSON.parse(/<script type="application\/json" id="first">(.*?)<\/script>/.exec(text)?.[1] ?? "null");
  for (const path of ["/week", "/"]) {
    const first = said(await page(path, { cookie: clerk.cookie }));
    assert.equal(first.person, "qs-clerk");
    const answer = (of) => first.answers.find((one) => one.path === of).answer;
    // The clock goes on; what is owed does not change within the second.
    assert.deepEqual(answer("/api/ask").answers[0].ok.rows, (await clerk.ask({ op: "agenda" })).ok.rows);
    assert.deepEqual(answer("/api/documents"), await (await clerk.get("/api/documents")).json());
  }
  // And with the duties to read before any code has come, as the engine says them, in either language.
  const { rows } = (await clerk.ask({ op: "agenda" })).ok;
  for (const [cookie, lang, due] of [["", "zh", "截止"], ["; lang=en", "en", "Due"]]) {
    const html = await page("/week", { cookie: clerk.cookie + cookie });
    const items = html.split('<li class="card').slice(1);
    assert.equal(items.length, rows.length);
    const ordered = [...rows.filter((row) => !row.overdue), ...rows.filter((row) => row.overdue)];
    ordered.forEach((row, index) => {
      for (const text of [explain(row.rule).title[lang], `${due} ${row.due}`, row.topic ?? ""]) assert.ok(items[index].includes(text), `${items[index]} says ${text}`);
    });
  }
  assert.equal(said(await page("/week", {})), null);
  assert.equal(said(await page("/week", { cookie: "session=made-up" })), null);
  assert.equal(said(await page("/my-case", { cookie: clerk.cookie })), null);
  const answer = await fetch(`${county.origin}/week`, { headers: { cookie: clerk.cookie } });
  assert.equal(answer.headers.get("cache-control"), "no-store");
  assert.equal(answer.headers.get("content-encoding"), "gzip");
  await county.down();
});

test("events since a number, in their order", async () => {
  const county = await County.start();
  const clerk = await county.login("qs-clerk");
  const first = await (await clerk.get("/api/events?since=0")).json();
  assert.ok(first.events.length > 30);
  await clerk.does("consolidate", { unit: QS, period: "2014-W13" });
  const then = await (await clerk.get(`/api/events?since=${first.last}`)).json();
  assert.deepEqual(then.events.map((one) => one.event), ["consolidated"]);
  assert.equal((await clerk.get("/api/events?since=-1")).status, 400);
  await county.down();
});

test("a trial keeps nothing and says what would come", async () => {
  const county = await County.start();
  const clerk = await county.login("qs-clerk");
  const before = county.app.keeper.book.status();
  const meeting = clerk.command("hold_meeting", { meeting: "m1", unit: QS, held_on: "2014-03-28", chair: "qs-clerk", notified: [], attended: [], decisions: [] });
  const refused = await (await clerk.post("/api/check", { command: meeting })).json();
  assert.ok(refused.findings.some((one) => one.code === "meeting.chair"));
  const accepted = await (await clerk.post("/api/check", { command: clerk.command("consolidate", { unit: QS, period: "2014-W13" }) })).json();
  assert.equal(accepted.status, "accepted");
  assert.deepEqual(county.app.keeper.book.status(), before);
  await county.down();
});

test("a second person confirms from his own session, and nobody for him", async (t) => {
  const county = await County.start();
  t.after(() => county.down());
  const [clerk, supervisor, secretary] = await Promise.all(["qs-clerk", "qs-supervisor", "qs-secretary"].map((one) => county.login(one)));
  await supervisor.does("review_settlement", { case: "demo-case-9", accept: true });
  const events = () => county.app.keeper.book.status().events;
  const before = events();
  const sheet = (id, fields = {}) => ({ ...clerk.command("publish", { posting: id, stage: "result", unit: QS, place: "村务公开栏", from: "2014-03-28", items: [{ case: "demo-case-9", summary: "反映广播不响" }], checked_by: "qs-supervisor", ...fields }), id: `c-${id}` });
  // What the rules refuse does not even wait.
  const [refused] = await clerk.send(sheet("w0", { checked_by: "qs-clerk" }));
  assert.ok(refused.findings.some((one) => one.code === "publish.two_person"));
  const [first, again] = [await clerk.send(sheet("w1")), await clerk.send(sheet("w1"))];
  assert.deepEqual([first[0].waits, again[0].waits], ["qs-supervisor", "qs-supervisor"]);
  assert.equal(events(), before);
  const mine = async (who) => (await (await who.get("/api/waiting")).json()).waiting;
  const [waiting] = await mine(supervisor);
  assert.equal(waiting.command.actor, "qs-clerk");
  assert.deepEqual(await mine(secretary), []);
  const yes = { id: "c-w1", mark: waiting.mark, agree: true };
  for (const other of [clerk, secretary]) assert.equal((await other.post("/api/waiting", yes)).status, 404);
  // Mended meanwhile: the yes was to another text.
  assert.equal((await clerk.send(sheet("w1", { items: [{ case: "demo-case-9", summary: "反映村里广播不响" }] })))[0].waits, "qs-supervisor");
  assert.equal((await supervisor.post("/api/waiting", yes)).status, 409);
  const [now] = await mine(supervisor);
  assert.equal((await supervisor.post("/api/waiting", { id: "c-w1", mark: now.mark, agree: false, reason: "少写了组名" })).status, 200);
  assert.equal((await mine(clerk))[0].reason, "少写了组名");
  await clerk.send(sheet("w1"));
  await county.restart();
  const [kept] = await mine(supervisor);
  const answers = await Promise.all([supervisor.post("/api/waiting", { ...yes, mark: kept.mark }), supervisor.post("/api/waiting", { ...yes, mark: kept.mark })]);
  assert.deepEqual(answers.map((one) => one.status).sort(), [200, 404]);
  assert.equal(events(), before + 1);
  assert.deepEqual(await mine(clerk), []);
  // The first one's telephone sends again what it knows no answer to.
  const [resent] = await clerk.send(sheet("w1"));
  assert.equal(resent.status, "accepted");
  assert.equal(events(), before + 1);
});

test("a closing by two people of the tier above waits for the second as well", async (t) => {
  const county = await County.start();
  t.after(() => county.down());
  const [supervisor, town, leader] = await Promise.all(["qs-supervisor", "town-clerk", "town-leader"].map((one) => county.login(one)));
  for (const hours of [0, 24, 29]) {
    county.pass(hours);
    await supervisor.does("ask_household", { case: "demo-case-8", method: "phone", reached: false });
  }
  const close = { ...town.command("close", { case: "demo-case-8", as: "unrated", with: "town-leader" }), id: "c-close" };
  const [early] = await town.send(close);
  assert.ok(early.findings.some((one) => one.code === "close.attempts"));
  const state = () => JSON.parse(county.app.keeper.book.callText(JSON.stringify({ op: "case", case: "demo-case-8", viewer: "town-clerk" }))).ok.case.state;
  county.pass(24 * 16);
  const typed = { ...close, typed_at: county.now() };
  assert.equal((await town.send(typed))[0].waits, "town-leader");
  assert.equal(state(), "published");
  // Refused, it stays so when the same line is sent again; typed again, it waits again.
  const waits = async () => (await (await leader.get("/api/waiting")).json()).waiting.find((one) => one.command.id === "c-close");
  await leader.post("/api/waiting", { id: "c-close", mark: (await waits()).mark, agree: false, reason: "先打电话" });
  await town.send(typed);
  assert.deepEqual([(await waits()).state, (await waits()).reason], ["refused", "先打电话"]);
  county.pass(1);
  await town.send({ ...close, typed_at: county.now() });
  assert.equal((await waits()).state, "waiting");
  const [waiting] = (await (await leader.get("/api/waiting")).json()).waiting;
  const { outcome } = await (await leader.post("/api/waiting", { id: "c-close", mark: waiting.mark, agree: true })).json();
  assert.equal(outcome.status, "accepted");
  assert.equal(state(), "closed");
});

test("policy and roster in force are the engine's, not the last ones", async (t) => {
  const county = await County.start();
  t.after(() => county.down());
  const [clerk, office] = [await county.login("qs-clerk"), await county.login("county-visits")];
  const policy = (id, effective_from) => ({ id, version: "2", title: { zh: id, en: id }, effective_from, extends: "dayi-2014", utc_offset: "+08:00", calendar: "cn", rules: {} });
  await office.does("adopt_policy", { policy: policy("april", "2014-04-01") });
  await office.does("adopt_policy", { policy: policy("march", "2014-03-28") });
  const member = documents.roster.includes('"qs-member"') && JSON.parse(documents.roster).cadres.find((one) => one.id === "qs-member");
  await office.does("change_roster", { roster: { cadres: [{ ...member, until: "2014-03-31" }, { ...member, id: "qs-new", name: "新某", from: "2014-03-01" }], leave: [{ cadre: "qs-clerk", from: "2014-04-08", until: "2014-04-09" }] } });
  await office.does("change_roster", { roster: { cadres: [{ ...member, posts: ["station_duty"], from: "2014-04-01" }], leave: [{ cadre: "qs-clerk", from: "2014-04-08", until: "2014-04-11" }] } });
  // In one change: an appointment ended and another begun, and a liaison that pauses in April.
  const link = JSON.parse(documents.roster).liaisons.find((one) => one.subject === "qs-clerk" && one.until === null);
  await office.does("change_roster", { roster: { cadres: [{ ...member, id: "qs-new", name: "新某", from: "2014-03-01", until: "2014-05-31" }, { ...member, id: "qs-new", name: "新某", posts: ["station_duty"], from: "2014-06-01" }], liaisons: [{ ...link, until: "2014-03-31" }, { ...link, from: "2014-05-01" }] } });
  const read = async () => (await clerk.get("/api/documents")).json();
  const now = await read();
  assert.equal(JSON.parse(now.policy).id, "march");
  const rows = (kind, id) => now.roster[kind].filter((one) => (one.id ?? one.cadre) === id);
  assert.deepEqual(rows("cadres", "qs-member").map((one) => [one.from, one.until, one.posts[0]]), [["2013-11-01", "2014-03-31", "committee_member"], ["2014-04-01", null, "station_duty"]]);
  assert.deepEqual(rows("leave", "qs-clerk").map((one) => one.until), ["2014-04-11"]);
  assert.deepEqual(rows("cadres", "qs-new").map((one) => [one.from, one.until]), [["2014-03-01", "2014-05-31"], ["2014-06-01", null]]);
  assert.deepEqual(now.roster.liaisons.filter((one) => one.subject === link.subject && one.target === link.target).map((one) => [one.from, one.until]), [[link.from, "2014-03-31"], ["2014-05-01", null]]);
  // An engine of these documents judges as the book does, for everybody and every case.
  const { Engine } = await import("wuzhang");
  const book = county.app.keeper.book, whole = await (await office.get("/api/documents")).json();
  const engine = new Engine(whole.policy, JSON.stringify(whole.roster));
  const at = county.now();
  let compared = 0;
  for (const { id: actor } of whole.roster.cadres) {
    for (let n = 1; n <= 17; n += 1) {
      const answer = JSON.parse(book.callText(JSON.stringify({ op: "actions", case: `demo-case-${n}`, actor, at })));
      if (answer.ok === undefined) continue;
      const about = JSON.parse(book.callText(JSON.stringify({ op: "case", case: `demo-case-${n}`, viewer: actor }))).ok.case;
      // Calling back a sample of closed cases is for a book to judge.
      if (about.state === "closed") continue;
      assert.deepEqual(engine.actions(about, actor, at).map((one) => [one.do, one.as, one.allowed]), answer.ok.map((one) => [one.do, one.as, one.allowed]), `${actor} ${n}`);
      compared += 1;
    }
  }
  assert.ok(compared > 50);
  // A policy begins without any event; whoever looks again is told.
  county.pass(24 * 4);
  const later = await read();
  assert.equal(JSON.parse(later.policy).id, "april");
  assert.notEqual(later.version, now.version);
});

test("objections, late visits and slips: through the eyes of who asks, as the engine allows", async (t) => {
  const county = await County.start();
  t.after(() => county.down());
  const [clerk, secretary, stranger, town] = await Promise.all(["qs-clerk", "qs-secretary", "lx-clerk", "town-clerk"].map((one) => county.login(one)));
  await clerk.does("object", { objection: "o1", posting: "dp-qs-03-27-result", case: "demo-case-8", text: "水还是黄", by: "qs-h21" });
  const ask = async (who, op, rest = {}) => (await who.ask({ op, ...rest })).ok;
  const [forHead] = await ask(secretary, "objections");
  assert.deepEqual([forHead.may, forHead.text, forHead.state], [true, "水还是黄", "pending"]);
  assert.equal((await ask(clerk, "objections"))[0].findings[0].code, "authority");
  assert.deepEqual(await ask(stranger, "objections"), []);
  await secretary.does("answer_objection", { objection: "o1", text: "再查一次" });
  assert.deepEqual((await ask(secretary, "objections"))[0].answers.map((one) => one.text), ["再查一次"]);
  await clerk.does("record_visit", { visit: "late", cadres: ["qs-clerk"], target: "qs-h11", on: "2014-03-10T09:00:00+08:00" });
  assert.deepEqual((await ask(town, "late_visits")).map((one) => [one.visit, one.may]), [["late", true]]);
  assert.deepEqual((await ask(clerk, "late_visits")).map((one) => one.may), [false]);
  assert.deepEqual(await ask(secretary, "late_visits"), []);
  await town.does("approve_late_visit", { visit: "late" });
  assert.deepEqual(await ask(town, "late_visits"), []);
  const slip = async (event, field) => (await ask(clerk, "records", { case: "demo-case-8" })).find((one) => one.event === event).slips.find((one) => one.field === field);
  assert.equal((await slip("need_noted", "/text")).findings.length, 0);
  assert.equal(await slip("need_noted", "/case"), undefined);
  assert.equal((await slip("case_decided", "/decisions/0/due")).findings[0].code, "authority");
  await clerk.does("correct", { command: (await ask(clerk, "records", { case: "demo-case-8" }))[0].command, field: "/text", value: "雨后水黄", reason: "笔误" });
  assert.equal((await slip("need_noted", "/text")).value, "雨后水黄");
  assert.deepEqual(await ask(stranger, "records", { case: "demo-case-8" }), []);
});

test("a household's own case, by code and secret only", async () => {
  const county = await County.start();
  const clerk = await county.login("qs-clerk");
  const view = (await clerk.ask({ op: "case", case: "demo-case-1" })).ok.case;
  const right = await (await county.post("/api/my-case", { query_code: view.query_code, secret: "1000" })).json();
  assert.ok(right.ok);
  assert.ok("error" in (await (await county.post("/api/my-case", { query_code: view.query_code, secret: "9999" })).json()));
  assert.ok(!JSON.stringify(right).includes("19900001000"));
  await county.down();
});

test("the demo county is what its maker writes", () => {
  const read = () => ["roster.json", "commands.jsonl"].map((name) => readFileSync(new URL(`../demo/${name}`, import.meta.url), "utf8"));
  const before = read();
  execFileSync(process.execPath, [fileURLToPath(new URL("../demo/make.mjs", import.meta.url))]);
  assert.deepEqual(read(), before);
});
