// Starts the portal: `node server/dist/main.js --help`.
import { readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { preset } from "wuzhang";
import { Accounts } from "./accounts.js";
import { createApp, type Options } from "./app.js";
import { instant } from "./instant.js";
import { openStore } from "./store.js";

const HELP = `Usage: node server/dist/main.js [--demo] [options]
  --demo              the demo county, on a clock that starts on Friday 28 March 2014
  --policy P          a preset's name or a file; dayi-2014 when left out
  --roster FILE       who is who; needed without --demo
  --store WHERE       a file of SQLite, or postgres://…; data/portal.db when left out
  --port N            8014 when left out        --host H   127.0.0.1 when left out
  --secure            the page is served over HTTPS: its cookie goes over nothing else
  --trust-proxy WHO   believe the X-Forwarded headers of these proxies, addresses and networks
                      by commas, such as 127.0.0.1,10.0.0.0/8; the environment's TRUST_PROXY
                      when left out. Without it everybody behind a proxy shares one limit
  --set-password ID   reads a password from standard input for this person, and ends`;

const here = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const { values } = parseArgs({
  options: {
    demo: { type: "boolean" }, policy: { type: "string" }, roster: { type: "string" }, store: { type: "string" }, port: { type: "string" }, host: { type: "string" },
    secure: { type: "boolean" }, "trust-proxy": { type: "string" }, "set-password": { type: "string" }, help: { type: "boolean" },
  },
});
if (values.help === true) {
  console.log(HELP);
} else {
  const store = values.store ?? here(values.demo === true ? "data/demo.db" : "data/portal.db");
  if (!store.includes("://")) await mkdir(dirname(store), { recursive: true });
  const person = values["set-password"];
  if (person !== undefined) {
    const kept = await openStore(store);
    await new Accounts(kept).setPassword((await text(process.stdin)).replace(/\r?\n$/, ""), person);
    await kept.close();
  } else {
    await serve(store);
  }
}

async function serve(store: string): Promise<void> {
  const rosterFile = values.demo === true ? here("demo/roster.json") : values.roster;
  if (rosterFile === undefined) throw new Error("--roster FILE or --demo is needed");
  const named = values.policy ?? "dayi-2014";
  const policy = named.endsWith(".json") ? readFileSync(named, "utf8") : JSON.stringify(preset(named));
  const offset = (JSON.parse(policy) as { utc_offset?: string }).utc_offset ?? "+08:00";
  const options: Options = { store, documents: { policy, roster: readFileSync(rosterFile, "utf8") }, page: here("client/dist"), clock: () => instant(Date.now(), offset), secure: values.secure === true };
  const proxies = values["trust-proxy"] ?? process.env["TRUST_PROXY"];
  if (proxies) options.trustProxy = proxies;
  if (values.demo === true) {
    options.demo = { commands: readFileSync(here("demo/commands.jsonl"), "utf8"), password: "demo" };
    // The demo's clock goes on from its Friday, across restarts.
    const kept = await openStore(store);
    const began = Number(await kept.fact("demo_began", String(Date.now())));
    await kept.close();
    options.clock = () => instant(Date.parse("2014-03-28T13:30:00+08:00") + Date.now() - began, offset);
  }
  const app = await createApp(options);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void app.close());
  console.log(`portal: ${await app.listen({ port: Number(values.port ?? 8014), host: values.host ?? "127.0.0.1" })}`);
}
