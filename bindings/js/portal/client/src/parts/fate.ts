import type { Fate } from "../sending";
import { explained, personName } from "../names";
import { t } from "../words";

/** What became of a command, in one sentence or two. */
export function explainedFate(fate: Fate): string {
  if (fate.fate === "sent") return [t("sent"), ...fate.outcome.findings.map(explained)].join(" ");
  if (fate.fate === "refused") return [fate.why ? t(fate.why) : t("refusedThere"), ...fate.findings.map(explained)].join(" ");
  if (fate.fate === "waits") return t("waitsFor", personName(fate.second));
  return t(fate.fate === "kept" ? "kept" : "full");
}
