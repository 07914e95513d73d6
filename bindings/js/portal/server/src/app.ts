import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import cookie from "@fastify/cookie";
import helmet from "@fastify/helmet";
import rateLimit from "@fastify/rate-limit";
import statics from "@fastify/static";
import fastify, { type FastifyInstance, type FastifyRequest } from "fastify";
import { WuzhangError, type Agenda, type Finding, type Outcome, type RosterDocument } from "wuzhang";
import { Accounts } from "./accounts.js";
import { weekHtml, type Words } from "./first.js";
import { instant } from "./instant.js";
import { Desk, secondOf, type Waits } from "./desk.js";
import { watch } from "./inforce.js";
import { ask, eventsFor, rosterFor } from "./reading.js";
import { Records } from "./records.js";
import { Keeper } from "./keeper.js";
import { openStore, type Documents } from "./store.js";

export type Options = {
  /** A file of SQLite, or a PostgreSQL connection string. */
  store: string;
  documents: Documents;
  /** The built page. */
  page?: string;
  /** Now, as an instant with the policy's offset. */
  clock?: () => string;
  /** Shows who is there and lets everybody in with one password. */
  demo?: { commands: string; password: string };
  /** Requests a minute: of one address for logging in and asking for a case, and of one person for all. */
  limits?: { door: number; person: number };
  /** Whether the cookie is sent over HTTPS only. */
  secure?: boolean;
  /** The proxies whose word on the client's address, host and protocol counts: addresses and networks, by commas. None unless said. */
  trustProxy?: string;
  /** After how many bytes of journal a snapshot is taken; the package's own measure unless said. */
  snapshotEvery?: number;
};

/** A line that was not applied, and why: it is no command, or another's. */
type Refused = { id: string | null; refused: "line" | "actor"; findings?: readonly Finding[] };

const COOKIE = "session";
const MOST_LINES = 500;
/** What is answered from the journal, and how many of these one request may ask for. */
const JOURNAL_OPS = new Set(["objections", "late_visits", "records"]), MOST_JOURNAL = 2;
/** A larger roster follows by itself: the duties shall not wait for it. */
const MOST_FIRST = 200_000;
const packed = promisify(gzip);

export async function createApp(options: Options): Promise<FastifyInstance & { keeper: Keeper }> {
  const store = await openStore(options.store);
  const accounts = new Accounts(store);
  const keeper = await Keeper.open(store, options.documents, options.snapshotEvery === undefined ? {} : { snapshotEvery: options.snapshotEvery });
  const clock = options.clock ?? (() => instant(Date.now()));
  const [desk, records, inForce] = [new Desk(keeper, store), new Records(keeper, store), watch(keeper)];
  const limits = options.limits ?? { door: 30, person: 600 };
  if (options.demo !== undefined) await settle(keeper, accounts, options.demo);

  const app = fastify({ bodyLimit: 4 << 20, trustProxy: options.trustProxy ?? false });
  const persons = new WeakMap<FastifyRequest, string>();
  await app.register(cookie);
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        "default-src": ["'self'"], "script-src": ["'self'", "'wasm-unsafe-eval'"], "style-src": ["'self'", "'unsafe-inline'"], "img-src": ["'self'", "data:"],
        "object-src": ["'none'"], "base-uri": ["'none'"], "frame-ancestors": ["'none'"], "form-action": ["'self'"],
      },
    },
    hsts: options.secure === true,
  });
  await app.register(rateLimit, { global: false });
  const door = { config: { rateLimit: { max: limits.door, timeWindow: 60_000 } } };
  const personal = { max: limits.person, timeWindow: 60_000, keyGenerator: (request: FastifyRequest) => persons.get(request) ?? request.ip };
  /** Who asks, by the session in the cookie. */
  const known = async (request: FastifyRequest): Promise<string | undefined> => {
    const token = request.cookies[COOKIE];
    const person = token === undefined ? undefined : await accounts.person(token);
    if (person !== undefined) persons.set(request, person);
    return person;
  };
  const inside = {
    config: { rateLimit: { ...personal, hook: "preHandler" as const } },
    onRequest: async (request: FastifyRequest, reply: import("fastify").FastifyReply) => {
      if ((await known(request)) === undefined) return reply.code(401).send({ error: "session" });
      // Taken before anything is read: what is answered may know more, never less.
      reply.header("x-events", keeper.book.status().events);
    },
  };
  const who = (request: FastifyRequest): string => persons.get(request) as string;

  app.addContentTypeParser("application/x-ndjson", { parseAs: "string" }, (_request, body, done) => done(null, body));
  app.addHook("onRequest", async (request, reply) => {
    if (!request.url.startsWith("/api/")) return;
    reply.header("cache-control", "no-store").header("x-documents", inForce(clock()).version).header("x-now", clock());
    // A cookie alone is no proof that the request comes from this page.
    const origin = request.headers.origin;
    if (request.method !== "GET" && origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== request.host)) return reply.code(403).send({ error: "origin" });
  });
  app.setErrorHandler(async (error: Error & { statusCode?: number }, _request, reply) => {
    if (error instanceof WuzhangError) return reply.code(400).send({ error: "rules", findings: error.findings });
    const code = error.statusCode ?? 500;
    if (code >= 500) console.error(error);
    return reply.code(code).send({ error: code === 429 ? "rate" : code >= 500 ? "server" : "request" });
  });

  app.get("/api/door", async () => ({ demo: options.demo !== undefined, ...(options.demo === undefined ? {} : { password: options.demo.password, people: people(keeper) }) }));

  app.post<{ Body: { person?: unknown; password?: unknown } }>("/api/login", door, async (request, reply) => {
    const { person, password } = request.body ?? {};
    const token = typeof person === "string" && typeof password === "string" ? await accounts.login(person, password) : undefined;
    if (token === undefined) return reply.code(401).send({ error: "login" });
    return reply.setCookie(COOKIE, token, { httpOnly: true, sameSite: "strict", secure: options.secure === true, path: "/" }).send({ person });
  });

  app.post("/api/logout", async (request, reply) => {
    const token = request.cookies[COOKIE];
    if (token !== undefined) await accounts.logout(token);
    return reply.clearCookie(COOKIE, { path: "/" }).send({});
  });

  app.get("/api/me", inside, async (request) => ({ person: who(request) }));

  const documentsFor = (person: string) => {
    const { version, policy, roster } = inForce(clock());
    return { version, policy, adopted: keeper.changes.filter((one) => one.event === "policy_adopted").map((one) => one["policy"]), roster: rosterFor(keeper.book, roster, person) };
  };
  app.get("/api/documents", inside, async (request) => {
    await keeper.refresh();
    return documentsFor(who(request));
  });

  /** What the journal alone knows is read from it; everything else the book answers. */
  async function answer(person: string, at: string, request: Record<string, unknown>): Promise<unknown> {
    if (request["op"] === "objections") return { ok: await records.objections(person, at) };
    if (request["op"] === "late_visits") return { ok: await records.lateVisits(person, at) };
    if (request["op"] === "records") {
      const [about, posting] = [request["case"], request["posting"]];
      return { ok: await records.of(person, { ...(typeof about === "string" && { case: about }), ...(typeof posting === "string" && { posting }) }, at) };
    }
    return ask(keeper.book, person, at, request);
  }

  app.post<{ Body: { requests?: unknown } }>("/api/ask", inside, async (request, reply) => {
    const requests = request.body?.requests;
    if (!Array.isArray(requests) || requests.length > MOST_LINES) return reply.code(400).send({ error: "request" });
    // These read the journal, which is slow, and a page has no more than one of them.
    if (requests.filter((one) => JOURNAL_OPS.has(String((Object(one) as { op?: unknown }).op))).length > MOST_JOURNAL) return reply.code(400).send({ error: "request" });
    await keeper.refresh();
    const at = clock();
    return { answers: await Promise.all(requests.map((one) => answer(who(request), at, Object(one) as Record<string, unknown>))) };
  });

  app.post<{ Body: string }>("/api/commands", inside, async (request, reply) => {
    const lines = typeof request.body === "string" ? request.body.split("\n").filter((line) => line.trim() !== "") : [];
    if (lines.length === 0 || lines.length > MOST_LINES) return reply.code(400).send({ error: "request" });
    const at = clock();
    const read = lines.map((line) => readCommand(line, who(request), at));
    const commands = read.map((one) => ("command" in one ? one.command : undefined));
    const outcomes = await keeper.apply(commands.filter((one): one is object => one !== undefined && secondOf(one) === undefined));
    const answers: (Outcome | Refused | Waits)[] = [];
    let next = 0;
    for (const [index, one] of read.entries()) {
      const command = commands[index], second = command && secondOf(command);
      if (command === undefined) answers.push(one as Refused);
      else answers.push(second === undefined ? plain(one as Read, outcomes[next++] as Outcome | WuzhangError) : plain(one as Read, await desk.put(command, second, at)));
    }
    return { answers };
  });

  app.get("/api/waiting", inside, async (request) => ({ waiting: await desk.of(who(request)) }));

  app.post<{ Body: { id?: unknown; mark?: unknown; agree?: unknown; reason?: unknown } }>("/api/waiting", inside, async (request, reply) => {
    const { id, mark, agree, reason } = request.body ?? {};
    if (typeof agree !== "boolean") return reply.code(400).send({ error: "request" });
    const came = await desk.word(who(request), { id: String(id), mark: String(mark), agree, reason: String(reason ?? "").slice(0, 1000) }, clock());
    if (came === "unknown") return reply.code(404).send({ error: "request" });
    if (came === "changed") return reply.code(409).send({ error: "changed" });
    return came === "done" ? {} : { outcome: came };
  });

  app.post<{ Body: { commands?: unknown } }>("/api/try", inside, async (request, reply) => {
    const commands = request.body?.commands;
    if (!Array.isArray(commands) || commands.length > MOST_LINES) return reply.code(400).send({ error: "request" });
    await keeper.refresh();
    const at = clock();
    return { tried: commands.map((one) => keeper.judge({ ...(Object(one) as object), actor: who(request), at })) };
  });

  app.post<{ Body: { command?: unknown } }>("/api/check", inside, async (request, reply) => {
    const read = readCommand(JSON.stringify(request.body?.command ?? null), who(request), clock());
    if (!("command" in read)) return reply.code(400).send({ error: read.refused });
    await keeper.refresh();
    return { command: (read.command as { id: string }).id, events: [], ...keeper.judge(read.command) };
  });

  app.get<{ Querystring: { since?: string } }>("/api/events", inside, async (request, reply) => {
    const since = Number(request.query.since ?? 0);
    if (!Number.isSafeInteger(since) || since < 0) return reply.code(400).send({ error: "request" });
    await keeper.refresh();
    return eventsFor(keeper.book, who(request), since, 5000);
  });

  app.post<{ Body: { query_code?: unknown; secret?: unknown } }>("/api/my-case", door, async (request) => {
    const { query_code, secret } = request.body ?? {};
    await keeper.refresh();
    return JSON.parse(keeper.book.callText(JSON.stringify({ op: "my_case", query_code: String(query_code ?? ""), secret: String(secret ?? ""), at: clock() }))) as unknown;
  });

  // A village's line is thin; the page's files lie there packed already.
  app.addHook("onSend", async (request, reply, payload) => {
    if (typeof payload !== "string" || payload.length < 1500 || !/\bgzip\b/.test(request.headers["accept-encoding"] ?? "")) return payload;
    reply.header("content-encoding", "gzip").header("vary", "accept-encoding").removeHeader("content-length");
    return packed(payload);
  });

  if (options.page !== undefined && existsSync(options.page)) {
    const page = readFileSync(join(options.page, "index.html"), "utf8");
    const words = JSON.parse(readFileSync(join(options.page, "first.json"), "utf8")) as { zh: Words; en: Words };
    const often = app.createRateLimit(personal);
    /** What My week asks for first, with the answers that its own requests would get; so that its duties are there with the page. */
    const first = async (person: string, lang: "zh" | "en"): Promise<string> => {
      await keeper.refresh();
      const at = clock(), events = keeper.book.status().events;
      const agenda = { requests: [{ op: "agenda" }] };
      const [owed] = agenda.requests.map((one) => ask(keeper.book, person, at, one));
      const answers: object[] = [{ path: "/api/me", answer: { person } }, { path: "/api/ask", body: agenda, answer: { answers: [owed] } }];
      const documents = documentsFor(person);
      const week = (owed as { ok?: Agenda }).ok;
      if (JSON.stringify(documents).length <= MOST_FIRST) answers.push({ path: "/api/documents", answer: documents });
      const said = { person, now: at, documents: inForce(at).version, events, answers };
      const data = `<script type="application/json" id="first">${JSON.stringify(said).replaceAll("<", "\\u003c")}</script>`;
      // The page's own code takes the place of both.
      return page
        .replace('<html lang="zh-CN">', lang === "zh" ? '<html lang="zh-CN">' : '<html lang="en">')
        .replace("</header>", (end) => end + (week === undefined ? "" : weekHtml(week, words[lang], documents.roster, lang === "zh")))
        .replace("</body>", (end) => data + end);
    };
    await app.register(statics, { root: options.page, index: false, preCompressed: true, cacheControl: false, setHeaders: (reply, path) => void reply.header("cache-control", path.includes("/assets/") ? "public, max-age=31536000, immutable" : "no-cache") });
    app.setNotFoundHandler(async (request, reply) => {
      const [path = ""] = request.url.split("?");
      if (request.method !== "GET" || path.startsWith("/api/") || /\.\w+$/.test(path)) return reply.code(404).send({ error: "request" });
      let written: string | undefined;
      try {
        const person = path === "/" || path === "/week" ? await known(request) : undefined;
        // Whoever asks too often gets the page without, and then the answer of its own request.
        const limit = person === undefined ? undefined : await often(request);
        if (person !== undefined && limit !== undefined && (limit.isAllowed || !limit.isExceeded)) written = await first(person, request.cookies["lang"] === "en" ? "en" : "zh");
      } catch (error) {
        // Without the database there is still the page, with its outbox.
        console.error(error);
      }
      return written === undefined ? reply.sendFile("index.html") : reply.header("cache-control", "no-store").type("text/html; charset=utf-8").send(written);
    });
  }
  app.addHook("onClose", () => keeper.close());
  return Object.assign(app as unknown as FastifyInstance, { keeper });
}

type Read = { id: string; command: object };
/** What the book cannot even read is told as such. */
const plain = <T extends object>({ id }: Read, answer: T | WuzhangError): T | Refused => (answer instanceof WuzhangError ? { id, refused: "line", findings: answer.findings } : answer);

/** A line as a command of this person, with the host's time; or why it is none. */
function readCommand(line: string, person: string, at: string): Read | Refused {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { id: null, refused: "line" };
  }
  const { id, actor } = Object(value) as { id?: unknown; actor?: unknown };
  if (typeof id !== "string") return { id: null, refused: "line" };
  if (actor !== person) return { id, refused: "actor" };
  return { id, command: { ...(value as object), at } };
}

/** Brings the demo county to its first day, and gives everybody the demo's password. */
async function settle(keeper: Keeper, accounts: Accounts, demo: { commands: string; password: string }): Promise<void> {
  if (keeper.book.status().events > 0) return;
  await keeper.apply(demo.commands.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line) as object));
  await accounts.setPassword(demo.password, ...people(keeper).map(({ id }) => id));
}

function people(keeper: Keeper): { id: string; name: string; unit: string; posts: readonly string[] }[] {
  const roster = JSON.parse(keeper.documents.roster) as RosterDocument;
  const units = new Map((roster.units ?? []).map((row) => [row.id, row]));
  // A group is "group 1" of some village.
  const named = (id: string): string => {
    const unit = units.get(id);
    return unit === undefined ? id : (unit.kind === "group" ? (units.get(unit.parent ?? "")?.name ?? "") : "") + unit.name;
  };
  return (roster.cadres ?? []).map(({ id, name, unit, posts, level }) => ({ id, name, unit: named(unit), posts: posts?.length ? posts : level ? [level] : [] }));
}
