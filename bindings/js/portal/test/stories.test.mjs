// Whole stories in Chromium, by the people who live them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { schema } from "wuzhang";
import { book, count, county, noteNeed, seat, stateOf } from "./stage.mjs";

const QS = "510129101201";

/** Confirms the one thing that waits for him, on My week. */
async function confirm(who) {
  await who.go("/week");
  await who.page.click("[data-confirm]");
  await who.page.waitForSelector('.el-alert--success:has-text("已确认")');
}

test("a case from the visit to its satisfied closing, by six people", async () => {
  const [group, clerk, secretary, member, supervisor, town] = await Promise.all(["qs-group1", "qs-clerk", "qs-secretary", "qs-member", "qs-supervisor", "town-clerk"].map((person) => seat(person)));
  await group.go("/visit");
  await group.fill({ target: "qs-h12", on: "2014-03-28T09:00", diary: "说灌溉渠漏水" });
  await group.page.click("form button[type=submit]");
  await group.page.waitForSelector(".form .el-alert--success");
  const id = await noteNeed(group, "渠道漏水");
  await group.step(id, "register_card", { "card/household_size": "3", "card/income": "20000", "card/cause": "渠壁开裂" });
  assert.equal(stateOf(id), "registered");

  await clerk.go("/week");
  await clerk.page.click('button[aria-label="汇总上账 2014-W13"]');
  await clerk.page.waitForSelector(".el-alert--info");
  assert.equal(stateOf(id), "ledgered");

  await secretary.go("/meeting");
  await secretary.page.waitForSelector(`[data-item="${id}"]`);
  await secretary.fill({ chair: "qs-secretary" });
  await secretary.page.click('button:has-text("补上须通知的人")');
  await secretary.page.click(`[data-item="${id}"]`);
  await secretary.fill({ decision: "plan" });
  await secretary.fill({ measures: "修补渠壁", target: "不再漏水", responsible: "qs-member", due: "2014-04-02" });
  // It will not end while an item is open.
  await secretary.page.click("[data-end]");
  await secretary.page.waitForSelector('.el-alert--error:has-text("还有 3 项没有决定")');
  assert.equal(stateOf(id), "ledgered");
  for (const other of ["demo-case-12", "demo-case-13", "demo-case-15"]) {
    await secretary.page.click(`[data-item="${other}"]`);
    await secretary.fill({ decision: "suspend" });
    await secretary.fill({ measures: "请专人查勘", review_on: "2014-04-30" });
  }
  await secretary.page.click("[data-end]");
  await secretary.page.waitForSelector("article.sheet:has-text('渠道漏水')");
  assert.equal(stateOf(id), "planned");

  await member.step(id, "settle", { result: "渠壁已修补，试水不漏" });
  await supervisor.step(id, "review_settlement");
  assert.equal(stateOf(id), "accepted");

  await clerk.go("/posting");
  await clerk.tick(`input[value="${id}"]`);
  // A telephone number may not hang on a board.
  await clerk.fill({ summary: "反映渠道漏水，电话19900007777", checked_by: "qs-secretary" });
  await clerk.page.click("[data-post]");
  await clerk.page.waitForSelector("#f-summary-why");
  assert.equal(stateOf(id), "accepted");
  await clerk.fill({ summary: "反映渠道漏水" });
  await clerk.page.click("[data-post]");
  await clerk.page.waitForSelector('.el-alert--success:has-text("本人核对确认")');
  // The second person looks at it from his own login.
  assert.equal(stateOf(id), "accepted");
  await confirm(secretary);
  assert.equal(stateOf(id), "published");

  await town.step(id, "rate", { solved: "solved", satisfied: "satisfied", method: "visit" });
  await secretary.go("/callback");
  await secretary.page.click('a[aria-label="去办：渠道漏水"]');
  await secretary.page.click('[data-do="close-satisfied"]');
  await secretary.page.click(".el-dialog button[type=submit]");
  await secretary.page.waitForSelector(".el-alert--success");
  assert.equal(stateOf(id), "closed");

  // The household, without an account.
  const code = JSON.parse(book().callText(JSON.stringify({ op: "case", case: id, viewer: "qs-clerk" }))).ok.case.query_code;
  const household = await seat(undefined);
  await household.go("/my-case");
  await household.page.fill("#code", code.toLowerCase());
  await household.page.fill("#secret", "0000");
  await household.page.click("button[type=submit]");
  await household.page.waitForSelector(".el-alert--error");
  await household.page.fill("#secret", "7777");
  await household.page.click("button[type=submit]");
  await household.page.waitForSelector('section:has-text("渠壁已修补")');
});

test("a dissatisfied household: opened again, a new plan, and no closing as satisfied", async () => {
  const [town, secretary] = await Promise.all([seat("town-clerk"), seat("qs-secretary")]);
  await town.step("demo-case-8", "rate", { solved: "unsolved", satisfied: "dissatisfied", method: "visit" });
  assert.equal(stateOf("demo-case-8"), "reopened");
  await secretary.go("/case/demo-case-8");
  await secretary.page.click('[data-shut="close-satisfied"]');
  await secretary.page.waitForSelector('.findings:has-text("满意")');
  await secretary.step("demo-case-8", "replan", { measures: "再洗一次并换滤料", target: "水清", responsible: "qs-member", due: "2014-04-08" });
  assert.equal(stateOf("demo-case-8"), "planned");
});

test("a clerk who tries what she may not", async () => {
  const clerk = await seat("qs-clerk");
  await clerk.go("/case/demo-case-10");
  await clerk.page.click('[data-shut="settle"]');
  await clerk.page.waitForSelector('.findings:has-text("责任人")');
  // Tomorrow's visit: the reason stands at the field, and nothing is sent.
  const before = book().status().events;
  await clerk.go("/visit");
  await clerk.fill({ target: "qs-h11", on: "2014-03-29T09:00" });
  await clerk.page.waitForSelector("#f-on-why");
  await clerk.page.click("form button[type=submit]");
  await clerk.page.waitForSelector('.el-alert--error:has-text("原因写在各栏旁边")');
  // In another's name, past the page.
  const answer = await clerk.page.evaluate(async () => (await fetch("/api/commands", { method: "POST", headers: { "content-type": "application/x-ndjson" }, body: JSON.stringify({ id: "forged", actor: "qs-secretary", do: "consolidate", unit: "510129101201", period: "2014-W13" }) })).json());
  assert.equal(answer.answers[0].refused, "actor");
  // Another village's stability case is not even there.
  const stranger = await seat("lx-clerk");
  await stranger.go("/case/demo-case-13");
  await stranger.page.waitForSelector('p:has-text("没有这个事项，或无权查看")');
  assert.equal(book().status().events, before);
});

test("an old page against a new policy: told, and what was typed stays", async () => {
  const clerk = await seat("qs-clerk");
  await clerk.go("/need");
  await clerk.fill({ household: "qs-h12", topic: "旧页面", text: "写到一半" });
  const office = await county.login("county-visits");
  await office.does("adopt_policy", { policy: { id: "stricter", version: "2", title: { zh: "从严", en: "Stricter" }, effective_from: "2014-03-28", extends: "dayi-2014", utc_offset: "+08:00", calendar: "cn", rules: { "publish.within": { modality: "must", source: { kind: "assumed", grounding: "从严" }, limit: "3wd" } } } });
  await clerk.page.evaluate(() => window.dispatchEvent(new Event("focus")));
  await clerk.page.waitForSelector('.el-alert:has-text("规则或名册有更新")');
  assert.equal(await clerk.page.inputValue('[id="f-text"]'), "写到一半");
  const before = count("need_noted");
  await clerk.page.click("form button[type=submit]");
  await clerk.page.waitForSelector(".form .el-alert--success");
  assert.equal(count("need_noted"), before + 1);
});

test("what another does appears without a reload, and what is being typed stays", async () => {
  const [clerk, member] = await Promise.all(["qs-clerk", "qs-member"].map((person) => seat(person)));
  await clerk.go("/case/demo-case-10");
  await clerk.page.click('[data-do="log_progress"]');
  await clerk.page.fill('.el-dialog [id="f-text"]', "正在写的进展");
  await member.step("demo-case-10", "settle", { result: "路灯换了新线，亮了" });
  await clerk.page.waitForSelector('dd:has-text("路灯换了新线，亮了")');
  assert.equal(await clerk.page.inputValue('.el-dialog [id="f-text"]'), "正在写的进展");
  await clerk.go("/ledgers");
  await clerk.page.waitForSelector('.ledger a[href="/case/demo-case-10"]');
  const before = await clerk.page.innerText('.ledger a[href="/case/demo-case-10"] .mark');
  const supervisor = await seat("qs-supervisor");
  await supervisor.step("demo-case-10", "review_settlement");
  await clerk.page.waitForFunction((was) => {
    // The list may just be being made anew.
    const mark = document.querySelector('.ledger a[href="/case/demo-case-10"] .mark');
    return mark !== null && mark.innerText !== was;
  }, before);
});

test("a second person who refuses: nothing goes up; mended, it does; two presses are one", async () => {
  const [clerk, supervisor, secretary] = await Promise.all(["qs-clerk", "qs-supervisor", "qs-secretary"].map((person) => seat(person)));
  await secretary.step("demo-case-9", "review_settlement");
  await clerk.go("/posting");
  await clerk.tick('input[value="demo-case-9"]');
  await clerk.fill({ summary: "反映广播不响", checked_by: "qs-supervisor" });
  const posted = count("posted");
  await clerk.page.dblclick("[data-post]");
  await clerk.page.waitForSelector("[data-mine]");
  assert.equal(await clerk.page.locator("[data-mine]").count(), 1);
  // Nobody else is even asked.
  await secretary.go("/week");
  await secretary.page.waitForLoadState("networkidle");
  assert.equal(await secretary.page.locator("[data-waiting]").count(), 0);
  await supervisor.go("/posting");
  await supervisor.page.waitForSelector('[data-waiting]:has-text("反映广播不响")');
  await supervisor.page.click("[data-object]");
  await supervisor.page.fill("[data-waiting] textarea", "请写明是二组");
  await supervisor.page.click("[data-refuse]");
  await supervisor.page.waitForSelector('.el-alert--success:has-text("已退回")');
  assert.equal(count("posted"), posted);
  await clerk.go("/week");
  await clerk.page.waitForSelector('[data-mine]:has-text("请写明是二组")');
  await clerk.page.click('[data-mine] button:has-text("改后再办")');
  await clerk.page.waitForSelector('[id="f-summary"]');
  assert.equal(await clerk.page.inputValue('[id="f-summary"]'), "反映广播不响");
  await clerk.fill({ summary: "反映二组广播不响" });
  await clerk.page.click("[data-post]");
  await clerk.page.waitForSelector('.el-alert--success:has-text("本人核对确认")');
  // Without a network there is no confirming, and it says so.
  await supervisor.go("/week");
  await supervisor.page.waitForSelector("[data-confirm]");
  await supervisor.context.setOffline(true);
  await supervisor.page.click("[data-confirm]");
  await supervisor.page.waitForSelector('.el-alert:has-text("核对要联网")');
  await supervisor.context.setOffline(false);
  await supervisor.page.dblclick("[data-confirm]");
  await supervisor.page.waitForSelector('.el-alert--success:has-text("已确认")');
  assert.equal(count("posted"), posted + 1);
  assert.equal(stateOf("demo-case-9"), "published");
  const event = JSON.parse(book().journal().trim().split("\n").at(-1));
  assert.deepEqual([event.actor, event.checked_by], ["qs-clerk", "qs-supervisor"]);
});

test("settling with an attachment, money and goods: each with what the rules ask", async () => {
  const member = await seat("qs-member");
  await member.go("/case/demo-case-10");
  await member.page.click('[data-do="settle"]');
  await member.page.waitForSelector(".el-dialog form");
  // Every field that the package's schema has for settling stands in the form.
  const { $defs } = schema("command");
  const { properties } = $defs.Command.oneOf.find((one) => one.properties.do.const === "settle");
  const asked = Object.entries(properties).filter(([name]) => !["do", "id", "at", "typed_at", "actor", "case"].includes(name)).flatMap(([name, one]) => (one.items ? [] : one.$ref ? Object.keys($defs[one.$ref.slice(8)].properties).map((inner) => `${name}-${inner}`) : [name]));
  assert.ok(asked.length > 6);
  for (const name of asked) assert.equal(await member.page.locator(`.el-dialog [id="f-${name}"]`).count(), 1, name);
  await member.fill({ result: "已铺碎石并开沟", "goods/what": "碎石二十方", "money/amount": "120000" }, ".el-dialog");
  // Goods without a source and a receipt: the reason stands at the goods.
  await member.page.waitForSelector('.el-dialog fieldset:has(> legend:has-text("物资")) .findings, .el-dialog [id="f-goods-why"]');
  await member.page.click(".el-dialog button[type=submit]");
  await member.page.waitForSelector('.el-dialog .el-alert--error');
  await member.fill({ "goods/source": "镇上调拨", "goods/receipt": "领料单07", "money/source": "一事一议", "money/receipt": "收据12" }, ".el-dialog");
  await member.page.setInputFiles(".el-dialog input[type=file]", { name: "验收单.txt", mimeType: "text/plain", buffer: Buffer.from("abc") });
  await member.page.waitForSelector('[id="f-evidence-0-sm3"]');
  await member.page.click(".el-dialog button[type=submit]");
  await member.page.waitForSelector(".el-dialog", { state: "hidden" });
  const event = JSON.parse(book().journal().trim().split("\n").at(-1));
  // The digest of "abc" that the standard itself gives.
  assert.deepEqual(event.evidence, [{ name: "验收单.txt", sm3: "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0" }]);
  assert.deepEqual([event.goods.what, event.money.amount], ["碎石二十方", 120000]);
  await member.go("/case/demo-case-10");
  await member.page.click("[data-records]");
  await member.page.waitForSelector('[data-record="settled"]:has-text("领料单07")');
});

test("an objection to a posting, its answer, and the same person again: then the town answers", async () => {
  const [clerk, secretary, town] = await Promise.all(["qs-clerk", "qs-secretary", "town-secretary"].map((person) => seat(person)));
  const object = async (text) => {
    await clerk.go("/posting");
    await clerk.page.click('[data-object-to="dp-qs-03-27-result"]');
    await clerk.page.waitForSelector(".el-dialog form");
    await clerk.fill({ case: "demo-case-8", by: "二组李某", text }, ".el-dialog");
    await clerk.page.dblclick(".el-dialog button[type=submit]");
    await clerk.page.waitForSelector(".el-dialog", { state: "hidden" });
    await clerk.page.waitForSelector(`[data-objection]:has-text("${text}")`);
  };
  await object("水还是黄");
  assert.equal(count("objected"), 1);
  // The clerk may not answer, and sees by which rule.
  await clerk.page.click('[data-objection] button:has-text("答复异议")');
  await clerk.page.waitForSelector('[data-objection] .findings:has-text("负责人")');
  // The head finds it on his week.
  await secretary.go("/week");
  await secretary.page.click('li:has-text("异议") a');
  await secretary.page.click('[data-objection] button:has-text("答复异议")');
  await secretary.fill({ text: "已再洗一次，请看水样" }, ".el-dialog");
  await secretary.page.click(".el-dialog button[type=submit]");
  await secretary.page.waitForSelector('[data-objection]:has-text("请看水样")');
  await object("还是没有改");
  await town.go("/posting");
  await town.page.click('[data-objection]:has-text("还是没有改") button:has-text("答复异议")');
  await town.fill({ text: "镇上派人取样" }, ".el-dialog");
  await town.page.click(".el-dialog button[type=submit]");
  await town.page.waitForSelector('[data-objection]:has-text("镇上派人取样")');
  assert.deepEqual([count("objected"), count("objection_answered")], [2, 2]);
});

test("a household in difficulty: posted by item only with its consent", async () => {
  const clerk = await seat("lx-clerk");
  await clerk.go("/posting");
  await clerk.page.waitForSelector('li:has-text("春荒口粮")');
  assert.equal(await clerk.page.locator('input[value="demo-case-11"]').count(), 0);
  await clerk.step("demo-case-11", "consent", { publication: true });
  await clerk.page.waitForSelector('dl:has-text("同意公示")');
  await clerk.go("/posting");
  await clerk.page.waitForSelector('input[value="demo-case-11"]', { state: "attached" });
  // And it may be taken back.
  await clerk.step("demo-case-11", "consent", { publication: false });
  await clerk.page.waitForSelector('dl:has-text("不同意公示")');
  assert.equal(count("consent_recorded"), 2);
});

test("a late visit: waits, and the town approves it", async () => {
  const [clerk, town] = await Promise.all(["qs-clerk", "town-clerk"].map((person) => seat(person)));
  await clerk.go("/visit");
  await clerk.fill({ target: "qs-h11", on: "2014-03-10T09:00", diary: "补录一次" });
  await clerk.page.waitForSelector("#f-on-why .warning");
  await clerk.page.click("form button[type=submit]");
  await clerk.page.waitForSelector('li:has-text("等上级批准")');
  await town.go("/week");
  await town.page.click('[data-late]:has-text("补录一次") button');
  await town.page.waitForSelector(".el-alert--success");
  assert.equal(count("late_visit_approved"), 1);
  await town.page.waitForFunction(() => document.querySelectorAll("[data-late]").length === 0);
});

test("slips are corrected where they stand, by whom the rules let", async () => {
  const [clerk, group] = await Promise.all(["qs-clerk", "qs-group2"].map((person) => seat(person)));
  await clerk.go("/case/demo-case-10");
  await clerk.page.click("[data-records]");
  await clerk.page.click('[data-record="need_noted"] [data-slip="/text"]');
  await clerk.page.waitForSelector(".el-dialog form");
  assert.match(await clerk.page.inputValue('[id="f-value"]'), /机耕道积水/);
  await clerk.fill({ value: "三组机耕道积水，农机过不去", reason: "漏写组名" }, ".el-dialog");
  await clerk.page.click(".el-dialog button[type=submit]");
  await clerk.page.waitForSelector('dl:has-text("三组机耕道积水")');
  // A decision is the head's to correct: the button says which rule closes it.
  await clerk.page.click('[data-record="case_decided"] [data-slip$="/due"]');
  await clerk.page.waitForSelector('[data-record="case_decided"] .findings:has-text("负责人")');
  assert.equal(count("corrected"), 1);
  // One's own visit, on the day it really was.
  await group.go("/visit");
  await group.page.click("[data-records]");
  await group.page.locator('[data-slip="/on"]').first().click();
  await group.fill({ value: "2014-03-29T10:00", reason: "日期记错" }, ".el-dialog");
  await group.page.waitForSelector('.el-dialog [id="f-value-why"]');
  await group.fill({ value: "2014-03-20T10:00" }, ".el-dialog");
  await group.page.click(".el-dialog button[type=submit]");
  await group.page.waitForSelector('[data-record="visit_recorded"]:has-text("2014-03-20 10:00")');
  assert.equal(count("corrected"), 2);
});

test("the roster: somebody comes, somebody ends, and the engine says what does not fit", async () => {
  const [office, clerk] = await Promise.all(["county-visits", "qs-clerk"].map((person) => seat(person)));
  await office.go("/county");
  await office.page.click('a[href="/roster"]');
  await office.page.click("[data-begin]");
  await office.page.waitForSelector('[id="f-roster-cadres-0-id"]');
  await office.fill({ "roster/cadres/0/id": "qs-new", "roster/cadres/0/name": "新某", "roster/cadres/0/unit": QS, "roster/cadres/0/level": "village", "roster/cadres/0/from": "2014-03-28", "roster/cadres/0/until": "2014-03-01" });
  await office.page.waitForSelector('[id="f-roster-cadres-0-until-why"]');
  await office.fill({ "roster/cadres/0/until": "" });
  await office.tick('input[value="committee_member"]');
  await office.page.fill("#find", "qs-member");
  await office.page.click('[data-take="qs-member"]');
  await office.fill({ "roster/cadres/1/until": "2014-03-31" });
  await office.page.click('button:has-text("把变动入账")');
  await office.page.waitForSelector(".el-alert--success");
  assert.equal(count("roster_changed"), 1);
  await office.page.fill("#find", "新某");
  await office.page.waitForSelector('tr:has-text("qs-new")');
  // A village's office: households, not posts.
  await clerk.go("/visit");
  await clerk.page.waitForSelector('label:has-text("新某")');
  await clerk.go("/roster");
  await clerk.page.click("[data-begin]");
  await clerk.fill({ "roster/cadres/0/id": "qs-x", "roster/cadres/0/name": "某某", "roster/cadres/0/unit": QS, "roster/cadres/0/from": "2014-03-28" });
  await clerk.page.waitForSelector('form .findings:has-text("信访局"), form .findings:has-text("名册")');
  await clerk.page.click('button[aria-label^="去掉这一行"]');
  await clerk.page.selectOption("#section", "households");
  await clerk.page.click("[data-begin]");
  await clerk.fill({ "roster/households/0/id": "qs-h99", "roster/households/0/unit": `${QS}-01`, "roster/households/0/name": "新来户", "roster/households/0/from": "2014-03-28" });
  await clerk.page.dblclick('button:has-text("把变动入账")');
  await clerk.page.waitForSelector(".el-alert--success");
  assert.equal(count("roster_changed"), 2);
  await clerk.go("/visit");
  await clerk.fill({ target: "qs-h99", on: "2014-03-28T10:00" });
  await clerk.page.click("form button[type=submit]");
  await clerk.page.waitForSelector(".form .el-alert--success");
});

test("rules are adopted: what is wrong, what differs, from when; and the engine judges by those in force", async () => {
  const [office, clerk] = await Promise.all(["county-visits", "qs-clerk"].map((person) => seat(person)));
  const policy = (from, limit, id = "stricter") => JSON.stringify({ id, version: "2", title: { zh: "从严", en: "Stricter" }, effective_from: from, extends: "dayi-2014", utc_offset: "+08:00", calendar: "cn", rules: { "visit.late_entry": { modality: "must", source: { kind: "assumed", grounding: "从严" }, limit, refuse_after: "30d" } } });
  await office.go("/policy");
  await office.page.fill("#policy", "{ not json");
  await office.page.waitForSelector("text=还不是完整的 JSON");
  await office.page.fill("#policy", policy("2014-04-01", "7 days"));
  await office.page.waitForSelector('.findings li.error');
  assert.equal(await office.page.locator('button:has-text("起施行")').count(), 0);
  // A day that is over is the engine's to refuse.
  await office.page.fill("#policy", JSON.stringify({ ...JSON.parse(policy("2014-03-01", "3d")), rules: { "publish.within": { modality: "must", source: { kind: "assumed", grounding: "从严" }, limit: "3wd" } } }));
  await office.page.waitForSelector('[data-rule="publish.within"]:has-text("3wd")');
  await office.page.click('button:has-text("自 2014-03-01 起施行")');
  await office.page.waitForSelector('form .findings li.error');
  const adopt = async (from, limit) => {
    await office.page.fill("#policy", JSON.stringify({ id: `p-${limit}`, version: "2", title: { zh: `从严${limit}`, en: "Stricter" }, effective_from: from, extends: "dayi-2014", utc_offset: "+08:00", calendar: "cn", rules: { "publish.within": { modality: "must", source: { kind: "assumed", grounding: "从严" }, limit } } }));
    await office.page.waitForSelector(`[data-rule="publish.within"]:has-text("${limit}")`);
    await office.page.click(`button:has-text("自 ${from} 起施行")`);
    await office.page.waitForSelector(".el-alert--success");
  };
  // The later one is adopted first: in force today is what was adopted last, tomorrow week the other.
  await adopt("2014-04-01", "2wd");
  await adopt("2014-03-28", "3wd");
  assert.equal(count("policy_adopted"), 2);
  await clerk.go("/policy");
  await clerk.page.waitForSelector('section:has-text("现行规则：从严3wd")');
  county.pass(24 * 4);
  await clerk.go("/policy");
  await clerk.page.waitForSelector('section:has-text("现行规则：从严2wd")');
  // A clerk may read; adopting is not hers.
  await clerk.page.fill("#policy", policy("2014-05-01", "5d").replace('"refuse_after"', '"refuse_after"'));
  await clerk.page.waitForSelector(".findings, button:has-text('起施行')");
});

test("every page: axe finds nothing serious; no page is wider than a phone; both languages", async () => {
  const pages = ["week", "visit", "need", "ledgers", "case/demo-case-10", "meeting", "posting", "callback", "county", "roster", "policy", "outbox", `sheet/${QS}/2014-03/dp-qs-03-27-result`, "my-case", "login"];
  const [wide, narrow] = await Promise.all([seat("qs-clerk"), seat("qs-clerk", { viewport: { width: 360, height: 740 } })]);
  await narrow.page.click('button:has-text("English")');
  for (const who of [wide, narrow]) {
    for (const path of pages) {
      await who.go(`/${path}`);
      await who.page.waitForLoadState("networkidle");
      assert.deepEqual(await who.axe(), [], path);
      assert.ok((await who.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, `${path} is too wide`);
    }
  }
  assert.match(await narrow.page.innerText("h1"), /Log in/);
  // By keyboard alone: the first stop leads to the content.
  await wide.go("/week");
  await wide.page.keyboard.press("Tab");
  assert.equal(await wide.page.evaluate(() => document.activeElement.className), "skip");
});
