// The policy and the roster in force. The book answers both; they are asked for anew when a change was
// recorded and, since an adopted policy begins without any event, when a minute went by.
import type { RosterDocument } from "wuzhang";
import type { Keeper } from "./keeper.js";

export type InForce = { version: string; policy: string; roster: RosterDocument };

export function watch(keeper: Keeper): (at: string) => InForce {
  const policyAt = (at: string) => {
    const document = keeper.book.policy({ at });
    return { from: document.effective_from, text: JSON.stringify(document) };
  };
  let known: { changes: number; minute: string; policy: { from: string; text: string }; roster: RosterDocument } | undefined;
  return (at) => {
    const [changes, minute] = [keeper.changes.length, at.slice(0, 16)];
    if (known?.changes !== changes) {
      known = { changes, minute, policy: policyAt(at), roster: keeper.book.roster() };
    } else if (known.minute !== minute) {
      const adopted = keeper.changes.some((one) => one.event === "policy_adopted");
      known = { ...known, minute, policy: adopted ? policyAt(at) : known.policy };
    }
    // Of the policies up to one change, no two that are ever in force begin on one day.
    return { version: `${keeper.changes.at(-1)?.seq ?? 0}.${known.policy.from}`, policy: known.policy.text, roster: known.roster };
  };
}
