// My week as plain HTML, to be read while the page's code is still on its way. The duties are the
// engine's; the words are the page's own, which its build has written down in `first.json`.
import type { Agenda, AgendaRow, RosterDocument, RuleSource } from "wuzhang";

export type Words = Record<"week" | "weekIntro" | "coming" | "overdueNow" | "overdueBy" | "daysLeft" | "dueToday" | "due" | "handbook" | "assumed" | "nobodyOwes", string> & { rules: Record<string, string> };

const escape = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const fill = (text: string, ...values: (string | number)[]): string => values.reduce<string>((all, value) => all.replace("{}", () => String(value)), text);

export function weekHtml(agenda: Agenda, words: Words, roster: RosterDocument, zh: boolean): string {
  const names = new Map([...(roster.units ?? []), ...(roster.cadres ?? []), ...(roster.households ?? [])].map((row) => [row.id, row.name]));
  const article = (source: RuleSource): string => ("article" in source ? (source.kind === "text" ? fill(words.handbook, source.article) : source.article) : fill(words.assumed, zh ? source.grounding.replace(/\s*\([^()]*[A-Za-z][^()]*\)\s*$/, "") : source.grounding));
  const days = (row: AgendaRow): string => (row.overdue ? fill(words.overdueBy, row.days) : row.days === 0 ? words.dueToday : fill(words.daysLeft, row.days));
  const line = (row: AgendaRow): string => {
    const about = row.topic ?? names.get(row.object ?? "");
    const small = [row.source === undefined ? "" : article(row.source), row.period ?? ""].filter(Boolean).join(" · ");
    return `<li class="card row${row.overdue ? " over" : ""}"><div class="grow"><strong>${escape(words.rules[row.rule] ?? row.rule)}</strong>${about ? ` · ${escape(about)}` : ""} <span class="mark plain">${escape(names.get(row.subject) ?? "")}</span><div><small>${escape(small)}</small></div></div><div class="days">${escape(days(row))}<br /><small>${escape(fill(words.due, row.due))}</small></div></li>`;
  };
  const group = (title: string, rows: AgendaRow[]): string => (rows.length === 0 ? "" : `<section><h2>${escape(title)}</h2><ul class="rows">${rows.map(line).join("")}</ul></section>`);
  const lists = group(words.coming, agenda.rows.filter((row) => !row.overdue)) + group(words.overdueNow, agenda.rows.filter((row) => row.overdue));
  return `<nav class="main" aria-hidden="true"><ul><li><a>&nbsp;</a></li></ul></nav><main><h1>${escape(words.week)}</h1><p class="quiet">${escape(words.weekIntro)}</p>${lists || `<p>${escape(words.nobodyOwes)}</p>`}</main>`;
}
