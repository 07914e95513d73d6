// Chromium, each person in a context of his own.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const ARGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ARGS });

export class Seat {
  /** Somebody at a device of his own. */
  static async take(browser, county, person, options = {}) {
    const it = new Seat();
    it.county = county;
    it.context = await browser.newContext({ viewport: { width: 1100, height: 800 }, locale: "zh-CN", timezoneId: "Asia/Shanghai", serviceWorkers: "block", ...options });
    it.page = await it.context.newPage();
    // Longer than any machine stalls that still gets there: how long something takes is not what is tested.
    it.page.setDefaultTimeout(60_000);
    it.problems = [];
    it.page.on("pageerror", (error) => it.problems.push(String(error)));
    if (person !== undefined) await it.enter(person);
    return it;
  }

  /** A session that was begun before. */
  async enter(person) {
    const [name, value] = (await this.county.login(person)).cookie.split("=");
    await this.context.addCookies([{ name, value, url: this.county.origin }]);
    await this.context.addInitScript((who) => localStorage.getItem("person") ?? localStorage.setItem("person", who), person);
    await this.go("/week");
  }

  /** By the door's form. */
  async login(person) {
    await this.page.goto(`${this.county.origin}/login`);
    await this.page.fill("#person", person);
    await this.page.fill("#password", "demo");
    await this.page.click("form button[type=submit]");
    await this.page.waitForURL("**/week");
    await this.page.waitForSelector("h1");
  }

  async go(path) {
    await this.page.goto(this.county.origin + path);
    await this.page.waitForSelector("h1");
  }

  leave() {
    return this.context.close();
  }

  /** Fills fields by their names; a choice by its value. */
  async fill(fields, within = "") {
    for (const [name, value] of Object.entries(fields)) {
      const field = this.page.locator(`${within} [id="f-${name.replaceAll("/", "-")}"]`);
      if (typeof value === "boolean") await this.tick(`${within} [id="f-${name.replaceAll("/", "-")}"]`, value);
      else if ((await field.evaluate((element) => element.tagName)) === "SELECT") await field.selectOption(value);
      else await field.fill(value);
    }
  }

  /** Sets a checkbox by its label, as a finger does. */
  async tick(box, value = true) {
    const [, within, own] = /^(\S*?) ?(\S+)$/.exec(box.trim());
    if ((await this.page.isChecked(box)) !== value) await this.page.click(`${within} label.el-checkbox:has(${own})`);
  }

  /** Presses a step's button on the case's page, fills its form and submits; waits until it is recorded. */
  async step(id, button, fields = {}) {
    await this.go(`/case/${id}`);
    await this.page.click(`[data-do="${button}"]`);
    await this.page.waitForSelector(".el-dialog form");
    await this.fill(fields, ".el-dialog");
    await this.page.click(".el-dialog button[type=submit]");
    await this.page.waitForSelector(".el-alert--success");
  }

  /** What axe-core finds that is serious or worse. */
  async axe() {
    // Once: the page may have been looked at before.
    await this.page.evaluate(AXE);
    const { violations } = await this.page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
    return violations.filter((one) => one.impact === "serious" || one.impact === "critical").map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
  }
}
