// The policy and the roster in force, as the engine has them. The package hands neither out of a book,
// so both are found by asking it.
import { Book, Engine, WuzhangError, explain, type Command, type RosterDocument } from "wuzhang";
import type { Keeper } from "./keeper.js";

export type InForce = { version: string; policy: string; roster: RosterDocument };
type Policy = { rules?: Record<string, unknown> };
const SECTIONS = ["units", "cadres", "households", "liaisons", "leave"] as const;

/** Finds them anew when something changed or a minute went by: a policy may begin without any event. */
export function watch(keeper: Keeper): (at: string) => InForce {
  let known = { minute: "", changes: -1, index: 0 };
  let roster: { changes: number; document: RosterDocument } | undefined;
  return (at) => {
    const changes = keeper.changes.length, minute = at.slice(0, 16);
    if (known.minute !== minute || known.changes !== changes) known = { minute, changes, index: policyAt(keeper, at) };
    if (roster?.changes !== changes) roster = { changes, document: merged(keeper) };
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

/**
 * The roster with all later rows. Laid before the earlier ones, they make the package name each earlier
 * row that they take the place of, as one that says the same thing twice; those are left out.
 */
function merged(keeper: Keeper): RosterDocument {
  const layers = [JSON.parse(keeper.documents.roster) as RosterDocument, ...keeper.changes.filter((one) => one.event === "roster_changed").map((one) => one["roster"] as RosterDocument)];
  if (layers.length === 1) return layers[0] as RosterDocument;
  const newest = [...layers].reverse();
  const all = Object.fromEntries(SECTIONS.map((name) => [name, newest.flatMap((one) => (one[name] ?? []) as object[])]));
  for (;;) {
    const replaced = repeated(keeper.documents.policy, JSON.stringify(all));
    if (replaced.size === 0) break;
    for (const name of SECTIONS) all[name] = (all[name] as object[]).filter((_row, index) => !replaced.has(`/${name}/${index}`));
  }
  return Object.fromEntries(SECTIONS.map((name) => [name, (all[name] as object[]).reverse()])) as RosterDocument;
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
