// The demo county behind a server of its own, on a clock that a test moves.
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { preset } from "wuzhang";
import { createApp } from "../server/dist/app.js";
import { instant } from "../server/dist/instant.js";

const demo = (name) => readFileSync(new URL(`../demo/${name}`, import.meta.url), "utf8");
export const START = Date.parse("2014-03-28T13:30:00+08:00");
export const documents = { policy: JSON.stringify(preset("dayi-2014")), roster: demo("roster.json") };
export const file = () => join(mkdtempSync(join(tmpdir(), "portal-")), "portal.db");

export class County {
  /** `from` is the moment the clock starts at; it goes on with the machine's. */
  static async start({ store = file(), page = false, port = 0, limits = { door: 10_000, person: 100_000 }, from = START, ...more } = {}) {
    const it = new County();
    Object.assign(it, { store, options: { page, port, limits, more }, shift: from - Date.now() });
    await it.up();
    return it;
  }

  async up() {
    const { page, port, limits, more } = this.options;
    this.app = await createApp({
      ...more, store: this.store, documents, limits, clock: () => instant(Date.now() + this.shift), demo: { commands: demo("commands.jsonl"), password: "demo" },
      ...(page ? { page: fileURLToPath(new URL("../client/dist", import.meta.url)) } : {}),
    });
    this.origin = await this.app.listen({ port, host: "127.0.0.1" });
    this.options.port = Number(new URL(this.origin).port);
  }

  now() {
    return instant(Date.now() + this.shift);
  }

  /** Lets hours go by. */
  pass(hours) {
    this.shift += hours * 3_600_000;
  }

  down() {
    return this.app.close();
  }

  async restart() {
    await this.down();
    await this.up();
  }

  async login(person, password = "demo") {
    const answer = await this.post("/api/login", { person, password });
    if (answer.status !== 200) return undefined;
    return new Person(this, person, answer.headers.getSetCookie()[0].split(";")[0]);
  }

  post(path, body, headers = {}) {
    const text = typeof body === "string";
    return patient(this.origin + path, { method: "POST", body: text ? body : JSON.stringify(body), headers: { "content-type": text ? "application/x-ndjson" : "application/json", ...headers } });
  }
}

let serial = 0;
export class Person {
  constructor(county, id, cookie) {
    Object.assign(this, { county, id, cookie });
  }

  command(what, fields) {
    return { id: `t-${this.id}-${(serial += 1)}`, actor: this.id, do: what, ...fields };
  }

  post(path, body) {
    return this.county.post(path, body, { cookie: this.cookie });
  }

  get(path) {
    return patient(this.county.origin + path, { headers: { cookie: this.cookie } });
  }

  /** Sends commands and answers what came of each. */
  async send(...commands) {
    const answer = await this.post("/api/commands", commands.map((one) => (typeof one === "string" ? one : JSON.stringify(one))).join("\n"));
    return (await answer.json()).answers;
  }

  /** Sends one command that has to be accepted. */
  async does(what, fields) {
    const [outcome] = await this.send(this.command(what, fields));
    if (outcome.status !== "accepted") throw new Error(`${this.id} ${what}: ${JSON.stringify(outcome)}`);
    return outcome;
  }

  async ask(request) {
    return (await (await this.post("/api/ask", { requests: [request] })).json()).answers[0];
  }
}

/** A connection that was kept may be one to the server before its restart; then it is made anew. */
const patient = (url, options) => fetch(url, options).catch(() => fetch(url, options));
