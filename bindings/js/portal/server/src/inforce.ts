// The policy and the roster in force, as the engine has them. The package hands neither out of a book,
// so both are found by asking it.
import { Book, Engine, WuzhangError, explain, type Command, type RosterDocument } from "wuzhang";
import type { Keeper } from "./keeper.js";

export type InForce = { version: string; policy: string; roster: RosterDocument };
type Policy = { rules?: Record<string, unknown> };
const SECTIONS = ["units", "cadres", "households", "liaisons", "leave"] as const;
type Section = (typeof SECTIONS)[number];

/** Finds them anew when something changed or a minute went by: a policy may begin without any event. */
export function watch(keeper: Keeper): (at: string) => InForce {
  let known = { minute: "", changes: -1, index: 0 };
  let roster: { changes: number; document: RosterDocument } = { changes: 0, document: JSON.parse(keeper.documents.roster) as RosterDocument };
  return (at) => {
    const changes = keeper.changes.length, minute = at.slice(0, 16);
    if (known.minute !== minute || known.changes !== changes) known = { minute, changes, index: policyAt(keeper, at) };
    for (const one of keeper.changes.slice(roster.changes)) {
      const document = one.event === "roster_changed" ? laid(keeper.documents.policy, roster.document, one["roster"] as RosterDocument) : roster.document;
      roster = { changes: roster.changes + 1, document };
    }
    return { version: `${keeper.changes.at(-1)?.seq ?? 0}.${known.index}`, policy: policies(keeper)[known.index] ?? keeper.documents.policy, roster: roster.document };
  };
}

const adoptions = (keeper: Keeper) => keeper.changes.filter((one) => one.event === "policy_adopted");
/** The policy that the book began with, and those it adopted, in that order. */
const policies = (keeper: Keeper): string[] => [keeper.documents.policy, ...adoptions(keeper).map((one) => JSON.stringify(one["policy"]))];

/**
 * Which policy judges at a moment: a small book adopts the same policies at the same moments, each with
 * its number as the ground of the rule that every policy has; and the ground that this book then gives
 * for refusing a stranger is the number.
 */
function policyAt(keeper: Keeper, at: string): number {
  const texts = policies(keeper);
  if (texts.length === 1) return 0;
  const rules = texts.map((text) => explain("authority", text).rule ?? {});
  const marked = texts.map((text, index) => {
    const policy = JSON.parse(text) as Policy;
    return { ...policy, rules: { ...policy.rules, authority: { ...rules[index], source: { kind: "assumed", grounding: String(index) } } } };
  });
  const posts = [...new Set(rules.flatMap((rule) => (rule["policy"] as string[] | undefined) ?? []))];
  const from = "0001-01-01";
  const people = [{ id: "office", name: "office", unit: "county", level: "county", posts, from }, { id: "stranger", name: "stranger", unit: "county", posts: [], from }];
  const book = new Book(JSON.stringify(marked[0]), JSON.stringify({ units: [{ id: "county", kind: "county", name: "county" }], cadres: people }), { recovery: false });
  try {
    adoptions(keeper).forEach((one, index) => book.apply({ id: `adopt-${index}`, at: String(one["at"]), actor: "office", do: "adopt_policy", policy: marked[index + 1] } as Command));
    const { findings } = book.apply({ id: "ask", at, actor: "stranger", do: "change_roster", roster: {} } as Command);
    const source = findings.find((one) => one.rule === "authority")?.source;
    return source !== undefined && "grounding" in source ? Number(source.grounding) : 0;
  } finally {
    book.free();
  }
}

/** A roster after one change. Laid before the earlier rows, those of the change make the package name
 *  each row that they take the place of, as one that says the same thing twice; of the earlier ones it
 *  is left out. The rest stands in the order of time. */
function laid(policy: string, earlier: RosterDocument, change: RosterDocument): RosterDocument {
  const fresh = (name: Section): object[] => change[name] ?? [];
  const old = Object.fromEntries(SECTIONS.map((name) => [name, (earlier[name] ?? []) as object[]])) as Record<Section, object[]>;
  for (let left = true; left; ) {
    const replaced = repeated(policy, JSON.stringify(Object.fromEntries(SECTIONS.map((name) => [name, [...fresh(name), ...old[name]]]))));
    left = false;
    for (const name of SECTIONS) {
      const rest = old[name].filter((_row, index) => !replaced.has(`/${name}/${fresh(name).length + index}`));
      left ||= rest.length < old[name].length;
      old[name] = rest;
    }
  }
  return Object.fromEntries(SECTIONS.map((name) => [name, [...old[name], ...fresh(name)]])) as RosterDocument;
}

function repeated(policy: string, roster: string): Set<string> {
  try {
    new Engine(policy, roster).free();
    return new Set();
  } catch (error) {
    const paths = error instanceof WuzhangError ? error.findings.filter((one) => one.code === "roster.overlap").map((one) => one.path) : [];
    if (paths.length === 0) throw error;
    return new Set(paths);
  }
}
