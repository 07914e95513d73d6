// Which fields the form of each command shows. What a field must hold, the engine says.
import { computed } from "vue";
import type { Case, CaseView } from "wuzhang";
import known, { type Known } from "virtual:fields";
import { households, people, personName, unitName, units, nameOf } from "./names";
import { texts } from "./texts";
import { isZh, t, word } from "./words";

type Option = { value: string; label: string };
export type Kind = "text" | "area" | "date" | "time" | "number" | "choice" | "check" | "many" | "record" | "list" | "json";
export type Spec = {
  name: string; label: string; kind?: Kind; options?: readonly Option[]; optional?: boolean; start?: unknown;
  /** What a record, or each row of a list, consists of. */
  fields?: readonly Spec[];
  /** The rows are files: chosen, not typed. */
  files?: boolean;
  hint?: string;
  /** Shown, not to be changed. */
  frozen?: boolean;
};
const words = (values: readonly string[]): Option[] => values.map((value) => ({ value, label: word(value) }));
export const METHODS = computed<Option[]>(() => [{ value: "visit", label: t("chVisit") }, { value: "phone", label: t("byPhone") }, ...words(["message", "paper"])]);
export const CHANNELS = computed<Option[]>(() => [{ value: "visit", label: t("chVisit") }, ...words(["contact_card", "station_call", "station_walk_in", "cppcc_member", "council_member", "grid_worker", "party_delegate", "people_delegate"])]);
export const CATEGORIES = computed(() => words(["livelihood", "hardship", "stability"]));
export const DECISIONS = computed(() => words(["plan", "report_up", "explain", "redirect", "suspend"]));
export const PEOPLE = computed<Option[]>(() => [...people.value.values()].map((row) => ({ value: row.id, label: `${personName(row.id)} · ${unitName(row.unit)}` })));
export const HOUSEHOLDS = computed<Option[]>(() => [...households.value.keys()].map((id) => ({ value: id, label: nameOf(id) })));
export const VILLAGES = computed<Option[]>(() => [...units.value.values()].filter((unit) => unit.kind === "village" || unit.kind === "group").map((unit) => ({ value: unit.id, label: unitName(unit.id) })));

export const UNITS = computed<Option[]>(() => [...units.value.values()].map((unit) => ({ value: unit.id, label: unitName(unit.id) })));

/** The names under which commands name people, households and units. */
const CHOICES: Record<string, () => readonly Option[]> = {
  cadre: () => PEOPLE.value, cadres: () => PEOPLE.value, chair: () => PEOPLE.value, collector: () => PEOPLE.value, responsible: () => PEOPLE.value, with: () => PEOPLE.value, checked_by: () => PEOPLE.value, notified: () => PEOPLE.value, attended: () => PEOPLE.value,
  household: () => HOUSEHOLDS.value, unit: () => UNITS.value, parent: () => UNITS.value, target: () => [...HOUSEHOLDS.value, ...VILLAGES.value], subject: () => [...PEOPLE.value, ...UNITS.value],
};
/** Where the page's word for a field goes by another name. */
const CALLED: Record<string, keyof typeof texts> = { due: "dueField", held_on: "heldOn", by: "objector", in_person: "inPerson", satisfied: "satisfiedQ", solved: "solvedQ", of: "ofMany" };
const LONG = new Set(["text", "result", "reason", "measures", "diary", "appeal", "cause"]);
/** A field as the package describes it, in the page's words where it has some, or plainly in the package's. */
export function specOf(one: Known, more: Partial<Spec> = {}, plainly = false): Spec {
  const own = one.name === "target" && one.type === "id" ? "targetOf" : (CALLED[one.name] ?? one.name);
  const label = !plainly && own in texts ? t(own as keyof typeof texts) : (isZh.value ? one.zh : one.en).split(/[:：;；.。,，]/)[0] ?? one.name;
  const isFiles = one.fields?.some((each) => each.name === "sm3") === true;
  const choices = one.type === "id" || one.type === "many" ? CHOICES[one.name]?.() : undefined;
  const kind: Kind = one.type === "id" ? (choices ? "choice" : "text") : one.type === "any" ? "json" : one.type === "text" && LONG.has(one.name) ? "area" : one.type;
  return {
    name: one.name, label, kind, ...(one.need ? {} : { optional: true }), ...(choices ? { options: choices } : one.options ? { options: words(one.options) } : {}),
    ...(one.fields ? { fields: one.fields.map((each) => specOf(each, each.name === "sm3" ? { frozen: true } : {}, plainly || isFiles)) } : {}), ...(isFiles ? { files: true, hint: t("filesStay") } : {}), ...more,
  };
}
/** Every field of a command that the package knows, but for those that the page fills in. */
export function everyField(kind: string, filled: readonly string[] = [], before: readonly Spec[] = []): Spec[] {
  const there = new Set([...filled, ...before.map((one) => one.name)]);
  return [...before, ...(known[kind] ?? []).filter((one) => !there.has(one.name)).map((one) => specOf(one))];
}
/** What a form's field starts with when it is empty. */
export const emptyOf = (fields: readonly Spec[]): Record<string, unknown> => Object.fromEntries(fields.map((one) => [one.name, one.start ?? startOf(one)]));
const startOf = (one: Spec): unknown => (one.kind === "record" ? emptyOf(one.fields ?? []) : one.kind === "list" || one.kind === "many" ? [] : "");

const plan = (): Spec[] => [
  { name: "measures", label: t("measures"), kind: "area" }, { name: "target", label: t("target") },
  { name: "responsible", label: t("responsible"), kind: "choice", options: PEOPLE.value }, { name: "due", label: t("dueField"), kind: "date" },
];
/** The fields of a decision at a meeting. */
export function decisionSpecs(decision: string, about: Case | { must_hear?: boolean }): Spec[] {
  const heard: Spec[] = about.must_hear ? [{ name: "household_heard", label: t("household_heard"), kind: "check" }] : [];
  if (decision === "plan") return [...plan(), { name: "reason", label: t("reason"), kind: "area", optional: true }, ...heard];
  if (decision === "suspend") return [{ name: "measures", label: t("measures"), kind: "area" }, { name: "review_on", label: t("review_on"), kind: "date" }, ...heard];
  if (decision === "explain" || decision === "redirect") return [{ name: "reason", label: t("reason"), kind: "area" }, ...heard];
  return heard;
}

export function specs(kind: string, view: CaseView): Spec[] {
  const about = view.case;
  const phone: Spec = { name: "phone", label: t("phone"), optional: true };
  switch (kind) {
    case "solve_on_the_spot": return [{ name: "result", label: t("result"), kind: "area" }];
    case "register_card": return [{ name: "card", label: t("cardOf"), kind: "record", fields: [
      ...(about.household === undefined ? [] : [{ name: "name", label: t("name"), start: households.value.get(about.household)?.name } satisfies Spec]),
      { name: "address", label: t("address"), start: about.household === undefined ? "" : unitName(households.value.get(about.household)?.unit ?? "") },
      ...(about.household === undefined ? [] : [{ name: "household_size", label: t("household_size"), kind: "number" } satisfies Spec, { name: "income", label: t("income"), kind: "number" } satisfies Spec]),
      { name: "appeal", label: t("appeal"), kind: "area", start: about.text }, { name: "cause", label: t("cause"), kind: "area" },
    ] }];
    case "return_case": case "withdraw": case "reopen": return [{ name: "reason", label: t("reason"), kind: "area" }];
    case "log_progress": return [{ name: "text", label: t("text"), kind: "area" }];
    case "request_extension": return [{ name: "until", label: t("until"), kind: "date" }, { name: "reason", label: t("reason"), kind: "area" }];
    case "decide_extension": return [{ name: "approve", label: t("approve"), kind: "check", start: true }, { name: "told", label: t("told"), kind: "choice", options: METHODS.value, optional: true }, { name: "reason", label: t("reason"), kind: "area", optional: true }];
    case "settle": return everyField(kind, ["case"], [{ name: "result", label: t("result"), kind: "area" }]);
    case "consent": return [{ name: "publication", label: t("publication"), kind: "check", start: true }];
    case "object": return [{ name: "by", label: t("objector"), start: "" }, { name: "text", label: t("objectionText"), kind: "area" }];
    case "answer_objection": return [{ name: "text", label: t("answerText"), kind: "area" }];
    case "review_settlement": return [{ name: "accept", label: t("accept"), kind: "check", start: true }, { name: "reason", label: t("reason"), kind: "area", optional: true }];
    case "ask_household": return [{ name: "method", label: t("method"), kind: "choice", options: METHODS.value, start: "phone" }, { name: "reached", label: t("reached"), kind: "check", start: false }];
    case "rate": return [
      { name: "solved", label: t("solvedQ"), kind: "choice", options: words(["solved", "partly", "unsolved"]) }, { name: "satisfied", label: t("satisfiedQ"), kind: "choice", options: words(["satisfied", "basically", "dissatisfied"]) },
      { name: "method", label: t("method"), kind: "choice", options: METHODS.value, start: "visit" }, phone,
      ...(about.household === undefined ? [{ name: "vote", label: t("vote"), kind: "record", fields: (["of", "present", "in_favour"] as const).map((name): Spec => ({ name, label: name === "of" ? t("ofMany") : t(name), kind: "number" })) } satisfies Spec] : []),
    ];
    case "replan": return plan();
    case "close": return [{ name: "with", label: t("with"), kind: "choice", options: PEOPLE.value, optional: true }];
    case "merge": return [{ name: "into", label: t("into") }];
    default: return everyField(kind, ["case", "as"]);
  }
}

/** The fields of a form as a command has them; what is empty is left out. */
export function fieldsOf(list: readonly Spec[], values: Record<string, unknown>): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const one of list) {
    const value = valueOf(one, values[one.name]);
    if (value !== undefined) fields[one.name] = value;
  }
  return fields;
}
function valueOf(one: Spec, typed: unknown): unknown {
  if (typed === undefined || typed === null || typed === "") return undefined;
  const inner = one.fields ?? [];
  if (one.kind === "record") {
    const record = fieldsOf(inner, typed as Record<string, unknown>);
    // Parts that only hold an empty list say nothing either.
    return one.optional && Object.keys(record).length === 0 ? undefined : record;
  }
  if (one.kind === "list") return (typed as unknown[]).length === 0 ? undefined : (typed as Record<string, unknown>[]).map((row) => fieldsOf(inner, row));
  if (one.kind === "many" && one.optional && (typed as unknown[]).length === 0) return undefined;
  if (one.kind === "number") return /^\d{1,15}$/.test(String(typed)) ? Number(typed) : typed;
  if (one.kind === "json") {
    try {
      return JSON.parse(String(typed)) as unknown;
    } catch {
      return typed;
    }
  }
  return typed;
}
/** And back: what a command that came back holds, as its form has it. */
export function valuesOf(list: readonly Spec[], fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(list.map((one) => [one.name, shownOf(one, fields[one.name])]));
}
function shownOf(one: Spec, there: unknown): unknown {
  if (one.kind === "record") return valuesOf(one.fields ?? [], (there ?? one.start ?? {}) as Record<string, unknown>);
  if (one.kind === "list") return ((there ?? one.start ?? []) as Record<string, unknown>[]).map((row) => ({ ...valuesOf(one.fields ?? [], row) }));
  if (one.kind === "json" && there !== undefined && typeof there !== "string") return JSON.stringify(there, null, 2);
  return there ?? one.start ?? startOf(one);
}
