// Prints the page's figures: its weight, its first paint on a slow device, and how a county's year scrolls.
import { readdirSync, statSync } from "node:fs";
import { launch, Seat } from "./browser.mjs";
import { County } from "./county.mjs";

const dist = new URL("../client/dist/assets/", import.meta.url);
const sizes = readdirSync(dist).filter((name) => name.endsWith(".gz")).map((name) => [name, statSync(new URL(name, dist)).size]);
const sum = (test) => sizes.filter(([name]) => test(name)).reduce((total, [, size]) => total + size, 0);
const kb = (bytes) => `${(bytes / 1000).toFixed(0)} KB`;
console.log(`the page's own code, gzip, all pages: ${kb(sum((name) => !name.includes(".wasm")))} (limit 400 KB); without the county's charts ${kb(sum((name) => !/\.wasm|County/.test(name)))}; the engine ${kb(sum((name) => name.includes(".wasm")))}`);

const county = await County.start({ page: true });
const browser = await launch();
const median = (list) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)];

const paints = [], rows = [];
const clerk = await county.login("qs-clerk");
for (let i = 0; i < 5; i += 1) {
  const seat = await Seat.take(browser, county, undefined);
  const [name, value] = clerk.cookie.split("=");
  await seat.context.addCookies([{ name, value, url: county.origin }]);
  await seat.context.addInitScript(() => {
    localStorage.setItem("person", "qs-clerk");
    new MutationObserver(() => { if (globalThis.useful === undefined && document.querySelector("li.card")) requestAnimationFrame(() => setTimeout(() => { globalThis.useful ??= performance.now(); })); }).observe(document, { subtree: true, childList: true });
  });
  const cdp = await seat.context.newCDPSession(seat.page);
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await seat.page.goto(`${county.origin}/week`);
  await seat.page.waitForFunction(() => globalThis.useful !== undefined);
  await seat.page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0);
  const paint = await seat.page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0].startTime);
  paints.push(paint);
  // What stands in the page is not seen before the page is painted.
  rows.push(Math.max(paint, await seat.page.evaluate(() => globalThis.useful)));
  await seat.leave();
}
console.log(`My week, nothing cached, CPU slowed 4 times: first paint ${median(paints).toFixed(0)} ms, its duties ${median(rows).toFixed(0)} ms (median of 5; limit 1500 ms)`);

const seat = await Seat.take(browser, county, "county-visits");
const N = 30_000;
await seat.page.route("**/api/ask", async (route) => {
  const asked = route.request().postDataJSON().requests;
  const response = await route.fetch();
  const body = await response.json();
  // A true ledger of a village, its rows repeated.
  if (asked.length === 1 && asked[0].op === "ledger") {
    const { ok } = (await clerk.ask({ op: "ledger", unit: "510129101201" }));
    body.answers = [{ ok: { ...ok, rows: Array.from({ length: N }, (_, i) => ({ ...ok.rows[i % ok.rows.length], case: `s${i}`, topic: `${ok.rows[i % ok.rows.length].topic} ${i}` })) } }];
  }
  await route.fulfill({ response, json: body });
});
await seat.go("/ledgers?unit=510129101201");
await seat.page.waitForSelector(".ledger a");
await seat.page.selectOption("#standing", "");
await seat.page.waitForTimeout(1000);
await seat.page.evaluate(() => {
  globalThis.gaps = [];
  let last = performance.now();
  const tick = (now) => { globalThis.gaps.push(now - last); last = now; requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
});
const longest = () => seat.page.evaluate(() => Math.max(...globalThis.gaps.splice(0)));
await longest();
await seat.page.evaluate(async () => {
  const frame = document.querySelector(".ledger");
  for (let i = 0; i < 120; i += 1) { frame.scrollTop += i % 10 === 9 ? 100_000 : 700; await new Promise(requestAnimationFrame); }
});
const scrolled = await longest();
await seat.page.locator("#words").pressSequentially("路灯 299", { delay: 120 });
await seat.page.selectOption("#category", "livelihood");
await seat.page.waitForTimeout(300);
const filtered = await longest();
console.log(`${N} cases: longest pause while scrolling ${scrolled.toFixed(0)} ms, while filtering ${filtered.toFixed(0)} ms (limit 100 ms)`);
await browser.close();
await county.down();
