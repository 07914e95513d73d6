// For everybody: at twice the size, on paper, by keyboard alone, in both languages.
import assert from "node:assert/strict";
import { test } from "node:test";
import { county, seat } from "./stage.mjs";

const SHEET = "sheet/510129101201/2014-03/dp-qs-03-27-result";
const PAGES = ["week", "visit", "need", "ledgers", "case/demo-case-10", "meeting", "posting", "callback", "county", "roster", "policy", "outbox", SHEET, "my-case", "login"];

/** What stands beside the page, or is cut off in it without a way to scroll there. */
const outside = (who) => who.page.evaluate(() => {
  const wrong = [];
  if (document.documentElement.scrollWidth > innerWidth) wrong.push(`the page: ${document.documentElement.scrollWidth} of ${innerWidth}`);
  for (const one of document.querySelectorAll("h1, h2, p, button, .el-button, select, input, td, dd, label")) {
    const { left, right, width } = one.getBoundingClientRect();
    if (width > 0 && (left < -1 || right > innerWidth + 1) && !one.closest(".scroll, nav.main ul, .skip")) wrong.push(one.outerHTML.slice(0, 120));
  }
  return wrong;
});

for (const [name, label] of [["Chinese", undefined], ["English", "English"]]) {
  test(`at 200 % nothing is cut off: ${name}`, async () => {
    // A window of 1100 by 800 at 200 % has this much room.
    const who = await seat("qs-secretary", { viewport: { width: 550, height: 400 }, deviceScaleFactor: 2 });
    if (label) await who.page.click(`button:has-text("${label}")`);
    for (const path of PAGES) {
      await who.go(`/${path}`);
      await who.page.waitForLoadState("networkidle");
      assert.deepEqual(await outside(who), [], path);
    }
  });
}

/** The page sizes of a PDF, in points. */
function pages(pdf) {
  const text = pdf.toString("latin1");
  return [...text.matchAll(/\/MediaBox \[([\d. ]+)\]/g)].map((match) => match[1].split(" ").map((value) => Math.round(Number(value))).slice(2));
}

test("a sheet for the board: A4 across, every column on the paper, nothing of the page around it", async () => {
  const who = await seat("qs-secretary");
  await who.go(`/${SHEET}`);
  await who.page.waitForSelector("article.sheet td");
  const sizes = pages(await who.page.pdf({ preferCSSPageSize: true }));
  assert.ok(sizes.length >= 1);
  for (const [width, height] of sizes) assert.ok(Math.abs(width - 842) <= 1 && Math.abs(height - 595) <= 1, `${width} by ${height}`);
  // As wide as the paper between its margins, at 96 dots an inch.
  await who.page.emulateMedia({ media: "print" });
  await who.page.setViewportSize({ width: Math.floor(((297 - 28) / 25.4) * 96), height: 700 });
  assert.deepEqual(await who.page.evaluate(() => {
    const paper = document.documentElement.clientWidth;
    return [...document.querySelectorAll("article.sheet th, article.sheet td")].filter((one) => one.getBoundingClientRect().right > paper || one.scrollWidth > one.clientWidth).map((one) => one.textContent);
  }), []);
  for (const hidden of ["header.top", "nav.main", ".noprint"]) assert.equal(await who.page.isVisible(hidden), false, hidden);
  const points = await who.page.evaluate(() => (parseFloat(getComputedStyle(document.querySelector("article.sheet td")).fontSize) * 72) / 96);
  assert.ok(points >= 14, `${points} points can be read on a board`);
});

test("the minutes on A4, with every decision", async () => {
  const who = await seat("qs-secretary");
  await who.go("/meeting");
  await who.page.waitForSelector("[data-item]");
  await who.fill({ chair: "qs-secretary" });
  await who.page.click('button:has-text("补上须通知的人")');
  const items = await who.page.$$eval("[data-item]", (list) => list.map((one) => one.dataset.item));
  for (const item of items) {
    await who.page.click(`[data-item="${item}"]`);
    await who.fill({ decision: "suspend" });
    await who.fill({ measures: "请专人查勘", review_on: "2014-04-30" });
  }
  await who.page.click("[data-end]");
  await who.page.waitForSelector("article.sheet li");
  for (const [width, height] of pages(await who.page.pdf({ preferCSSPageSize: true }))) assert.ok(Math.abs(width - 595) <= 1 && Math.abs(height - 842) <= 1, `${width} by ${height}`);
  await who.page.emulateMedia({ media: "print" });
  assert.equal(await who.page.locator("article.sheet li:visible").count(), items.length);
  for (const hidden of ["header.top", "nav.main", ".noprint"]) assert.equal(await who.page.isVisible(hidden), false, hidden);
});

/** What has the focus, and whether it can be seen that it has. */
const focus = (who) => who.page.evaluate(() => {
  const one = document.activeElement;
  const shown = (element) => { const style = getComputedStyle(element); return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2; };
  const { top, bottom, width } = (one.closest(".el-checkbox") ?? one).getBoundingClientRect();
  return {
    tag: one.tagName, id: one.id, text: (one.innerText ?? "").slice(0, 40), href: one.getAttribute("href"), body: one === document.body,
    // A checkbox is drawn by its label's box.
    seen: shown(one) || (one.parentElement !== null && shown(one.parentElement)) || getComputedStyle(one.closest(".el-input__wrapper, .el-checkbox") ?? one).boxShadow !== "none" || one.closest(".is-focus") !== null,
    there: width > 0 && bottom > 0 && top < innerHeight, dialog: one.closest(".el-dialog") !== null,
  };
});

test("by keyboard alone: every stop can be seen, in the order of the page", async () => {
  const who = await seat("qs-secretary");
  for (const path of ["week", "visit", "ledgers", "case/demo-case-10", "meeting", "posting", "login"]) {
    await who.go(`/${path}`);
    await who.page.waitForLoadState("networkidle");
    let last = -1;
    for (let stop = 0; stop < 30; stop += 1) {
      await who.page.keyboard.press("Tab");
      const on = await focus(who);
      if (on.body) break;
      assert.ok(on.there, `${path}, stop ${stop}: ${JSON.stringify(on)} is out of sight`);
      assert.ok(on.seen, `${path}, stop ${stop}: ${JSON.stringify(on)} does not show that it has the focus`);
      const place = await who.page.evaluate(() => [...document.querySelectorAll("*")].indexOf(document.activeElement));
      // A field for a time has several stops of its own.
      assert.ok(place >= last, `${path}, stop ${stop}: the order goes back`);
      last = place;
    }
    assert.ok(last >= 0, path);
  }
});

test("by keyboard alone: a dialog takes the focus, keeps it, and gives it back", async () => {
  const who = await seat("qs-secretary");
  await who.go("/case/demo-case-10");
  await who.page.waitForSelector('[data-do="log_progress"]');
  await who.page.focus('[data-do="log_progress"]');
  await who.page.keyboard.press("Enter");
  await who.page.waitForSelector(".el-dialog form");
  await who.page.waitForFunction(() => document.activeElement.closest(".el-dialog") !== null);
  for (let stop = 0; stop < 12; stop += 1) {
    await who.page.keyboard.press(stop < 8 ? "Tab" : "Shift+Tab");
    assert.ok((await focus(who)).dialog, `stop ${stop} left the dialog`);
  }
  await who.page.keyboard.press("Escape");
  await who.page.waitForSelector(".el-dialog", { state: "hidden" });
  await who.page.waitForFunction(() => document.activeElement.dataset.do === "log_progress");
  // The whole step by keys.
  await who.page.keyboard.press("Enter");
  await who.page.waitForSelector(".el-dialog form");
  await who.page.focus('.el-dialog [id="f-text"]');
  await who.page.keyboard.type("砂石已到");
  await who.page.keyboard.press("Tab");
  await who.page.keyboard.press("Enter");
  await who.page.waitForSelector(".el-alert--success");
  await who.page.waitForSelector('.el-timeline:has-text("砂石已到")');
});

test("by keyboard alone: the skip link leads into the page, and a ledger's rows are reached and opened", async () => {
  const who = await seat("qs-secretary");
  await who.go("/ledgers");
  await who.page.waitForSelector(".ledger a");
  await who.page.keyboard.press("Tab");
  await who.page.keyboard.press("Enter");
  assert.equal(await who.page.evaluate(() => document.activeElement.id), "main");
  for (let stop = 0; stop < 12 && (await focus(who)).tag !== "A"; stop += 1) await who.page.keyboard.press("Tab");
  const { href } = await focus(who);
  assert.match(href, /^\/case\//);
  await who.page.keyboard.press("Enter");
  await who.page.waitForURL(`**${href}`);
  // Whoever follows a link stands at the new page's beginning, and hears its name.
  await who.page.waitForFunction(() => document.activeElement.id === "main");
  await who.page.waitForFunction(() => /机耕道|桥栏|地界|饮水|广播/.test(document.title));
});
