import { readFileSync } from "node:fs";
import { START, openStored } from "wuzhang/store";

class MemoryShelf {
  rows = []; // one piece of lines for each append, with the mark behind it
  kept = undefined; documents_ = undefined;
  get end() { return this.rows.at(-1)?.to ?? START; }
  async mark() { return this.end; }
  async documents() { return this.documents_; }
  async snapshot() { return this.kept; }
  async since(mark) { return Buffer.concat(this.rows.filter(({ to }) => to.events > mark.events).map(({ lines }) => lines)); }
  async append(from, to, lines, documents) {
    // Comparing and adding are one: no await between them here, one transaction in a database.
    if (this.end.events !== from.events || this.end.head !== from.head) return false;
    this.documents_ ??= documents;
    this.rows.push({ to, lines });
    return true;
  }
  async settle(mark, torn) { if (torn > 0) throw new Error("an append was torn"); }
  async keep(kept) { this.kept = kept; }
  async close() {}
}

const shelf = new MemoryShelf();
const open = () => openStored({ shelf, policy: "dayi-2014", roster: readFileSync("roster.json", "utf8") });
const [store, other] = await Promise.all([open(), open()]);
const visit = (id, day) => ({ id, at: "2014-03-07T09:00:00+08:00", actor: "k1", do: "record_visit", visit: id, cadres: ["k1"], target: "h1", on: `${day}T08:30:00+08:00` });
// Two holders of one journal: each is judged against what the other has written.
await Promise.all([store.apply(visit("v1", "2014-03-03")), other.apply(visit("v2", "2014-03-04"))]);
await store.checkpoint(); // by itself, too, as the journal grows
const again = await open(); // from the snapshot and the lines since
console.log(again.book.status().visits, shelf.rows.length);
