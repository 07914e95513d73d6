// Which fields the form of each command shows. What a field must hold, the engine says.
import { computed } from "vue";
import type { Case, CaseView } from "wuzhang";
import type { Kind } from "./parts/Field.vue";
import { households, people, personName, unitName, units, nameOf } from "./names";
import { t, word } from "./words";

type Option = { value: string; label: string };
export type Spec = { name: string; label: string; kind?: Kind; options?: readonly Option[]; optional?: boolean; start?: unknown };
const words = (values: readonly string[]): Option[] => values.map((value) => ({ value, label: word(value) }));
export const METHODS = computed<Option[]>(() => [{ value: "visit", label: t("chVisit") }, { value: "phone", label: t("byPhone") }, ...words(["message", "paper"])]);
export const CHANNELS = computed<Option[]>(() => [{ value: "visit", label: t("chVisit") }, ...words(["contact_card", "station_call", "station_walk_in", "cppcc_member", "council_member", "grid_worker", "party_delegate", "people_delegate"])]);
export const CATEGORIES = computed(() => words(["livelihood", "hardship", "stability"]));
export const DECISIONS = computed(() => words(["plan", "report_up", "explain", "redirect", "suspend"]));
export const PEOPLE = computed<Option[]>(() => [...people.value.values()].map((row) => ({ value: row.id, label: `${personName(row.id)} · ${unitName(row.unit)}` })));
export const HOUSEHOLDS = computed<Option[]>(() => [...households.value.keys()].map((id) => ({ value: id, label: nameOf(id) })));
export const VILLAGES = computed<Option[]>(() => [...units.value.values()].filter((unit) => unit.kind === "village" || unit.kind === "group").map((unit) => ({ value: unit.id, label: unitName(unit.id) })));

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
    case "register_card": return [
      ...(about.household === undefined ? [] : [{ name: "card/name", label: t("name"), start: households.value.get(about.household)?.name } satisfies Spec]),
      { name: "card/address", label: t("address"), start: about.household === undefined ? "" : unitName(households.value.get(about.household)?.unit ?? "") },
      ...(about.household === undefined ? [] : [{ name: "card/household_size", label: t("household_size"), kind: "number" } satisfies Spec, { name: "card/income", label: t("income"), kind: "number" } satisfies Spec]),
      { name: "card/appeal", label: t("appeal"), kind: "area", start: about.text }, { name: "card/cause", label: t("cause"), kind: "area" },
    ];
    case "return_case": case "withdraw": case "reopen": return [{ name: "reason", label: t("reason"), kind: "area" }];
    case "log_progress": return [{ name: "text", label: t("text"), kind: "area" }];
    case "request_extension": return [{ name: "until", label: t("until"), kind: "date" }, { name: "reason", label: t("reason"), kind: "area" }];
    case "decide_extension": return [{ name: "approve", label: t("approve"), kind: "check", start: true }, { name: "told", label: t("told"), kind: "choice", options: METHODS.value, optional: true }, { name: "reason", label: t("reason"), kind: "area", optional: true }];
    case "settle": return [
      { name: "result", label: t("result"), kind: "area" }, { name: "money/amount", label: `${t("money")} · ${t("amount")}`, kind: "number", optional: true },
      { name: "money/source", label: `${t("money")} · ${t("source")}`, optional: true }, { name: "money/receipt", label: `${t("money")} · ${t("receipt")}`, optional: true },
    ];
    case "review_settlement": return [{ name: "accept", label: t("accept"), kind: "check", start: true }, { name: "reason", label: t("reason"), kind: "area", optional: true }];
    case "ask_household": return [{ name: "method", label: t("method"), kind: "choice", options: METHODS.value, start: "phone" }, { name: "reached", label: t("reached"), kind: "check", start: false }];
    case "rate": return [
      { name: "solved", label: t("solvedQ"), kind: "choice", options: words(["solved", "partly", "unsolved"]) }, { name: "satisfied", label: t("satisfiedQ"), kind: "choice", options: words(["satisfied", "basically", "dissatisfied"]) },
      { name: "method", label: t("method"), kind: "choice", options: METHODS.value, start: "visit" }, phone,
      ...(about.household === undefined ? (["of", "present", "in_favour"] as const).map((name): Spec => ({ name: `vote/${name}`, label: name === "of" ? t("ofMany") : t(name), kind: "number" })) : []),
    ];
    case "replan": return plan();
    case "close": return [{ name: "with", label: t("with"), kind: "choice", options: PEOPLE.value, optional: true }];
    case "merge": return [{ name: "into", label: t("into") }];
    default: return [];
  }
}

/** The fields of a form as a command has them: a name with a slash lies one deeper, what is empty is left out. */
export function fieldsOf(list: readonly Spec[], values: Record<string, unknown>): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const { name, kind } of list) {
    const typed = values[name];
    if (typed === undefined || typed === "") continue;
    const value = kind === "number" && /^\d{1,15}$/.test(String(typed)) ? Number(typed) : typed;
    const [outer, inner] = name.split("/") as [string, string | undefined];
    if (inner === undefined) fields[outer] = value;
    else fields[outer] = { ...(fields[outer] as object | undefined), [inner]: value };
  }
  return fields;
}
/** And back: what a command that came back holds, as its form has it. */
export function valuesOf(list: readonly Spec[], fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(list.map(({ name, start }) => {
    const [outer, inner] = name.split("/") as [string, string | undefined];
    const there = inner === undefined ? fields[outer] : (fields[outer] as Record<string, unknown> | undefined)?.[inner];
    return [name, there ?? start ?? ""];
  }));
}
