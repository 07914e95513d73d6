// What the page says, in both languages. Reasons, rules and articles come from the engine.
import { computed, ref, watchEffect } from "vue";
import type { Both, Finding, RuleSource } from "wuzhang";
import rules from "virtual:rules";
import { texts } from "./texts";

export type Lang = "zh" | "en";
export const lang = ref<Lang>(localStorage.getItem("lang") === "en" ? "en" : "zh");
watchEffect(() => {
  localStorage.setItem("lang", lang.value);
  // For what the server writes into the page.
  document.cookie = `lang=${lang.value}; path=/; max-age=31536000; samesite=strict`;
  document.documentElement.lang = lang.value === "zh" ? "zh-CN" : "en";
});

/** A text of the page by its name; `{}` takes the values in turn. */
export function t(name: keyof typeof texts, ...values: (string | number)[]): string {
  let next = 0;
  return texts[name][lang.value === "zh" ? 0 : 1].replace(/\{\}/g, () => String(values[next++] ?? ""));
}

/** The word for a value of one of the method's vocabularies; the value itself where there is none. */
export function word(value: string | null | undefined): string {
  if (value === null || value === undefined) return "";
  return value in texts ? t(value as keyof typeof texts) : value;
}

const STEPS: Record<string, keyof typeof texts> = { settled: "settle", closed: "close", reopened: "reopen", merged: "merge", withdrawn: "withdraw" };
/** The word for an event: some share theirs with a state, which is called otherwise. */
export const eventWord = (event: string): string => (STEPS[event] === undefined ? word(event) : t(STEPS[event]));

export const say = (both: Both | null | undefined): string => (both ? both[lang.value] : "");
export const ruleTitle = (rule: string): string => say(rules[rule]) || rule;

/** What a rule rests on: the handbook's article, a statute, or an assumption's ground. */
export function article(source: RuleSource | undefined): string {
  if (source === undefined) return "";
  if ("article" in source) return source.kind === "text" ? t("handbook", source.article) : source.article;
  return t("assumed", lang.value === "zh" ? source.grounding.replace(/\s*\([^()]*[A-Za-z][^()]*\)\s*$/, "") : source.grounding);
}

export const findingHead = (finding: Finding): string => [ruleTitle(finding.rule ?? finding.code), article(finding.source)].filter(Boolean).join(" · ");
export const isZh = computed(() => lang.value === "zh");
/** A day or a moment to read. */
export const when = (at: string): string => at.slice(0, 16).replace("T", " ");
