// Stories of the device: no network, half a network, no room, a wrong clock, nobody who looks.
import assert from "node:assert/strict";
import { test } from "node:test";
import { another, book, count, county, noteNeed, seat, stateOf } from "./stage.mjs";

async function kept(who) {
  await who.page.waitForSelector(".form .el-alert--warning");
}
/** Waits until the service worker holds the page, so that it can be loaded without a network. */
const shelled = (who) => who.page.evaluate(async () => { await navigator.serviceWorker.ready; while (!navigator.serviceWorker.controller) await new Promise((done) => setTimeout(done, 50)); });

test("offline, reload, online again: nothing lost, nothing doubled", async () => {
  const clerk = await seat("qs-clerk", { serviceWorkers: "allow" });
  await shelled(clerk);
  await clerk.go("/need"); // its roster is kept from here on
  await clerk.page.waitForSelector("form");
  const before = book().status().events;
  await clerk.context.setOffline(true);
  await clerk.go("/visit");
  await clerk.fill({ target: "qs-h14", on: "2014-03-28T10:00" });
  await clerk.page.click("form button[type=submit]");
  await kept(clerk);
  const id = await noteNeed(clerk, "田坎垮了");
  // The card of a case that the server does not know yet.
  await clerk.go(`/case/${id}`);
  await clerk.page.click('[data-do="register_card"]');
  await clerk.fill({ "card/household_size": "2", "card/income": "9000", "card/cause": "雨水冲刷" }, ".el-dialog");
  await clerk.page.click(".el-dialog button[type=submit]");
  await clerk.page.waitForSelector(".el-dialog", { state: "hidden" });
  await clerk.page.reload();
  await clerk.go("/outbox");
  await clerk.page.waitForFunction(() => document.querySelectorAll("article.card").length === 3);
  assert.equal(book().status().events, before);
  await clerk.context.setOffline(false);
  await clerk.page.click('button:has-text("现在发送")');
  await clerk.page.waitForFunction(() => document.querySelectorAll("article.card").length === 0);
  assert.equal(book().status().events, before + 3);
  assert.equal(stateOf(id), "registered");
});

test("the network goes in the middle of a send: recorded once, answered in the end", async () => {
  const clerk = await seat("qs-clerk");
  await clerk.go("/visit");
  const before = count("visit_recorded");
  let broken = 0;
  await clerk.page.route("**/api/commands", async (route) => {
    broken += 1;
    await route.fetch(); // it arrives, its answer does not
    await route.abort();
  });
  await clerk.fill({ target: "qs-h14", on: "2014-03-28T10:00" });
  await clerk.page.click("form button[type=submit]");
  await kept(clerk);
  assert.equal(count("visit_recorded"), before + 1);
  await clerk.page.unrouteAll({ behavior: "wait" });
  await clerk.go("/outbox");
  await clerk.page.waitForSelector('p:has-text("没有待发的内容")');
  assert.equal(count("visit_recorded"), before + 1);
  assert.ok(broken >= 1);
});

test("a text that nobody can read is refused by itself, and holds nothing else up", async () => {
  const clerk = await seat("qs-clerk", { serviceWorkers: "allow" });
  await shelled(clerk);
  await clerk.go("/visit");
  await clerk.page.waitForSelector("form");
  const before = count("visit_recorded");
  await clerk.context.setOffline(true);
  // Half of a sign, as a field leaves it that cuts a text off at a length.
  for (const [target, diary] of [["qs-h14", "记到一半\ud83d"], ["qs-h15", "照常"]]) {
    await clerk.fill({ target, on: "2014-03-28T10:00" });
    await clerk.page.evaluate((text) => {
      const field = document.getElementById("f-diary");
      field.value = JSON.parse(text);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }, JSON.stringify(diary));
    await clerk.page.click("form button[type=submit]");
    await kept(clerk);
  }
  await clerk.context.setOffline(false);
  await clerk.go("/outbox");
  await clerk.page.waitForSelector('article:has-text("记到一半")');
  await clerk.page.waitForFunction(() => document.querySelectorAll("article.card").length === 1);
  await clerk.page.waitForSelector('article button:has-text("改后再办")');
  assert.equal(count("visit_recorded"), before + 1);
});

test("two people change one case offline: the second gets the reasons and keeps his text", async () => {
  const [secretary, supervisor] = await Promise.all(["qs-secretary", "qs-supervisor"].map((person) => seat(person, { serviceWorkers: "allow" })));
  for (const one of [secretary, supervisor]) {
    await shelled(one);
    await one.go("/case/demo-case-9");
    await one.page.waitForSelector('[data-do="review_settlement"]');
    await one.context.setOffline(true);
    await one.page.click('[data-do="review_settlement"]');
    if (one === supervisor) await one.fill({ accept: false, reason: "二组还有两户听不清" }, ".el-dialog");
    await one.page.click(".el-dialog button[type=submit]");
    await one.page.waitForSelector(".el-dialog", { state: "hidden" });
  }
  for (const one of [secretary, supervisor]) {
    await one.context.setOffline(false);
    await one.go("/outbox");
  }
  await secretary.page.waitForSelector('p:has-text("没有待发的内容")');
  assert.equal(stateOf("demo-case-9"), "accepted");
  await supervisor.page.waitForSelector('article:has-text("二组还有两户听不清") .findings');
  await supervisor.page.click('button:has-text("改后再办")');
  await supervisor.page.waitForSelector(".el-dialog form");
  assert.equal(await supervisor.page.inputValue('.el-dialog [id="f-reason"]'), "二组还有两户听不清");
  assert.equal(stateOf("demo-case-9"), "accepted");
});

test("the device is full: the text stays, and goes straight to the server", async () => {
  const clerk = await seat("qs-clerk");
  await clerk.context.addInitScript(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...args) {
      if (this.name === "outbox") throw new DOMException("full", "QuotaExceededError");
      return put.apply(this, args);
    };
  });
  await clerk.go("/visit");
  await clerk.fill({ target: "qs-h14", on: "2014-03-28T10:00", diary: "存不下也不能丢" });
  const before = count("visit_recorded");
  await clerk.context.setOffline(true);
  await clerk.page.click("form button[type=submit]");
  await clerk.page.waitForSelector('.el-alert--error:has-text("存储已满")');
  assert.equal(await clerk.page.inputValue('[id="f-diary"]'), "存不下也不能丢");
  await clerk.context.setOffline(false);
  await clerk.page.click("form button[type=submit]");
  await clerk.page.waitForSelector(".form .el-alert--success");
  assert.equal(count("visit_recorded"), before + 1);
});

test("a device's clock an hour wrong decides nothing", async () => {
  await another({ from: Date.now() });
  const clerk = await seat(undefined);
  await clerk.context.addInitScript(() => {
    const now = Date.now;
    Date.now = () => now() + 3_600_000;
  });
  await clerk.login("qs-clerk");
  await clerk.page.waitForSelector('.el-alert:has-text("60 分钟")');
  await clerk.go("/visit");
  await clerk.fill({ target: "qs-h14" });
  await clerk.page.click("form button[type=submit]");
  await clerk.page.waitForSelector(".form .el-alert--success");
  const event = JSON.parse(book().journal().trim().split("\n").at(-1));
  assert.equal(event.event, "visit_recorded");
  assert.ok(Math.abs(Date.parse(event.at) - Date.now()) < 600_000);
  assert.ok(Date.parse(event.typed_at) - Date.now() > 3_000_000);
});

test("a page that nobody looks at asks nothing; when somebody comes back, it asks at once", async () => {
  const clerk = await seat("qs-clerk");
  await clerk.page.clock.install();
  await clerk.go("/week");
  let asked = 0, answered = Promise.resolve();
  clerk.page.on("request", (request) => {
    if (!request.url().includes("/api/events")) return;
    asked += 1;
    answered = request.response().then((answer) => answer?.finished());
  });
  const show = (state) => clerk.page.evaluate((to) => {
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => to });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);
  await Promise.all([clerk.page.waitForResponse("**/api/events*"), clerk.page.clock.runFor(10_000)]);
  // Nothing happens: ever more rarely.
  asked = 0;
  for (let i = 0; i < 30; i += 1) {
    await clerk.page.clock.runFor(10_000);
    // The server's time is the machine's: the page's goes on when it has its answer.
    await answered;
    await clerk.page.evaluate(() => undefined);
  }
  assert.ok(asked >= 4 && asked <= 25, `${asked} times in five minutes`);
  await show("hidden");
  await answered;
  asked = 0;
  await clerk.page.clock.runFor(600_000);
  assert.equal(asked, 0);
  const member = await county.login("qs-member");
  await member.does("settle", { case: "demo-case-10", result: "看不见的时候办好了" });
  await Promise.all([clerk.page.waitForResponse("**/api/events*"), show("visible")]);
  await clerk.go("/case/demo-case-10");
  await clerk.page.waitForSelector('dd:has-text("看不见的时候办好了")');
});

test("what the server writes into a page is for that person only, and never kept with the page", async () => {
  const clerk = await seat("qs-clerk", { serviceWorkers: "allow" });
  await shelled(clerk);
  // What the page had asked for when its duties stood there: looked at from within, where nothing can come in between.
  await clerk.context.addInitScript(() => {
    const ask = globalThis.fetch;
    globalThis.asked = [];
    globalThis.fetch = (to, how) => { globalThis.asked.push(`${to instanceof Request ? to.url : to} ${how?.body ?? ""}`); return ask(to, how); };
    new MutationObserver((_, it) => {
      if (document.querySelector("li.card") === null) return;
      it.disconnect();
      globalThis.askedFirst = [...globalThis.asked];
    }).observe(document, { subtree: true, childList: true });
  });
  await clerk.go("/week");
  await clerk.page.waitForSelector('nav.main a[href="/week"]');
  await clerk.page.waitForSelector("li.card");
  // What may wait until the duties are there is asked for after them; what they are made of, not at all.
  assert.deepEqual(await clerk.page.evaluate(() => globalThis.askedFirst), []);
  await clerk.page.waitForFunction(() => globalThis.asked.some((one) => one.startsWith("/api/waiting")));
  const asked = await clerk.page.evaluate(() => globalThis.asked);
  assert.ok(!asked.some((one) => one.includes('"agenda"') || one.startsWith("/api/documents")), asked.join());
  const shown = await clerk.page.locator("li.card").count();
  const { rows } = JSON.parse(book().callText(JSON.stringify({ op: "agenda", person: "qs-clerk", viewer: "qs-clerk", at: county.now() }))).ok;
  assert.equal(shown, rows.length);
  const kept = await clerk.page.evaluate(async () => {
    const texts = [];
    for (const name of await caches.keys()) for (const request of await (await caches.open(name)).keys()) texts.push(await (await caches.match(request)).text());
    return texts.filter((text) => text.includes('id="first"') || text.includes('class="card row')).length;
  });
  assert.equal(kept, 0);
  // Somebody else has logged in on this device meanwhile: what came for the one is not shown to the other.
  const other = (await county.login("qs-secretary")).cookie.split("=");
  await clerk.context.addCookies([{ name: other[0], value: other[1], url: county.origin }]);
  await clerk.go("/week");
  await clerk.page.waitForSelector('.who:has-text("支")');
  await clerk.page.waitForSelector("li.card");
  assert.equal(await clerk.page.evaluate(() => localStorage.getItem("person")), "qs-secretary");
});
