// What a person gets to read. Whether somebody may, the engine says: every view is asked through his
// eyes, and what comes back in full is his to see.
import type { Action, Book, JournalEvent, RosterDocument } from "wuzhang";

/** The questions that a page may ask; each is put with the asker as viewer. */
const VIEWED = new Set(["ledger", "case", "agenda", "rates", "duties", "publication", "actions"]);

export function ask(book: Book, person: string, at: string, request: Record<string, unknown>): unknown {
  const op = request["op"];
  if (typeof op !== "string" || !VIEWED.has(op)) return { error: { findings: [] } };
  if (op === "actions") {
    const { only, because, ...question } = request;
    if (!seesCase(book, person, String(request["case"]))) return { ok: [] };
    const answer = answered(book, { ...question, actor: person, at }) as { ok?: Action[] };
    // A list wants to know what is open, not why all the rest is not; or what this one reason closes.
    if (!Array.isArray(only) || answer.ok === undefined) return answer;
    return { ok: answer.ok.filter((one) => only.includes(one.do) && (one.allowed || one.findings.some((finding) => finding.code === because))) };
  }
  if (op === "publication") return answered(book, request);
  if (op === "agenda") return answered(book, { ...request, person, viewer: person, at });
  return answered(book, { ...request, viewer: person });
}

function answered(book: Book, request: object): unknown {
  return JSON.parse(book.callText(JSON.stringify(request)));
}

export function seesCase(book: Book, person: string, id: string): boolean {
  return full(answered(book, { op: "case", case: id, viewer: person }));
}

export function seesUnit(book: Book, person: string, unit: string): boolean {
  return full(answered(book, { op: "ledger", unit, viewer: person }));
}

function full(answer: unknown): boolean {
  return (answer as { ok?: { full?: boolean } | null }).ok?.full === true;
}

/** The roster as far as a person has to do with it: all units and people in office, and the households and leave of his area or care. */
export function rosterFor(book: Book, roster: RosterDocument, person: string): RosterDocument {
  const units = new Map<string, boolean>();
  const sees = (unit: string): boolean => {
    if (!units.has(unit)) units.set(unit, seesUnit(book, person, unit));
    return units.get(unit) === true;
  };
  const unitOf = new Map((roster.cadres ?? []).map((row) => [row.id, row.unit]));
  const cared = new Set((roster.liaisons ?? []).filter((row) => row.subject === person).map((row) => row.target));
  const households = (roster.households ?? []).filter((row) => cared.has(row.id) || sees(row.unit));
  const known = new Set([...households.map((row) => row.id), ...(roster.units ?? []).map((row) => row.id)]);
  return { units: roster.units ?? [], cadres: roster.cadres ?? [], households, liaisons: (roster.liaisons ?? []).filter((row) => known.has(row.target)), leave: (roster.leave ?? []).filter((row) => sees(unitOf.get(row.cadre) ?? "")) };
}

/** Whether a person may read an event; what was found out about one stays known for the next. */
export function readable(book: Book, person: string): (event: JournalEvent) => boolean {
  const cases = new Map<string, boolean>(), units = new Map<string, boolean>();
  const remembered = (map: Map<string, boolean>, key: string, ask: (book: Book, person: string, key: string) => boolean): boolean => {
    const known = map.get(key) ?? ask(book, person, key);
    map.set(key, known);
    return known;
  };
  return (event) => {
    if (event["actor"] === person) return true;
    if (typeof event["case"] === "string") return remembered(cases, event["case"], seesCase);
    // What names several cases is kept from whoever may not see each of them.
    if (Array.isArray(event["cases"]) && !event["cases"].every((id) => remembered(cases, String(id), seesCase))) return false;
    return typeof event["unit"] === "string" && remembered(units, event["unit"], seesUnit);
  };
}

/** The events from a number on that a person may read; others are left out, so that numbers may be missing. */
export function eventsFor(book: Book, person: string, since: number, most: number): { events: JournalEvent[]; last: number } {
  const lines = book.journal(since + 1).split("\n").filter((line) => line !== "").slice(0, most);
  return { events: lines.map((line) => JSON.parse(line) as JournalEvent).filter(readable(book, person)), last: since + lines.length };
}
