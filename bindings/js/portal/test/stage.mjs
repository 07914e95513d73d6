// What a story is told on: a county of its own for each test, and the people at their devices.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach } from "node:test";
import { verify } from "wuzhang";
import { launch, Seat } from "./browser.mjs";
import { County } from "./county.mjs";

/** The county of the test that runs. */
export let county;
let browser, seats;
before(async () => { browser = await launch(); });
after(() => browser?.close());
beforeEach(async () => {
  county = await County.start({ page: true });
  seats = [];
});
// Whatever was done: the pages threw nothing, and the journal is sound.
afterEach(async () => {
  const problems = seats.flatMap((one) => one.problems);
  await Promise.all(seats.map((one) => one.leave()));
  assert.ok(verify(county.app.keeper.book.journal()).sound);
  await county.down();
  assert.deepEqual(problems, []);
});

/** Somebody at a device of his own. */
export async function seat(person, options) {
  const one = await Seat.take(browser, county, person, options);
  seats.push(one);
  return one;
}

/** Another county in the place of the test's own. */
export async function another(options) {
  await county.down();
  county = await County.start({ page: true, ...options });
}

export const book = () => county.app.keeper.book;
export const stateOf = (id) => JSON.parse(book().callText(JSON.stringify({ op: "case", case: id, viewer: "county-visits" }))).ok.case.state;
export const count = (event) => book().journal().split("\n").filter((line) => line.includes(`"event":"${event}"`)).length;

/** Notes a household's need by the form, and answers the case's id. */
export async function noteNeed(who, topic) {
  await who.go("/need");
  await who.fill({ household: "qs-h12", channel: "visit", category: "livelihood", topic, text: `${topic}，请村里看看`, phone: "19900007777" });
  await who.page.click("form button[type=submit]");
  await who.page.waitForSelector(".form .el-alert");
  return (await who.page.getAttribute('a[href^="/case/"]', "href")).slice(6);
}
