import { readFileSync } from "node:fs";
import { Book } from "wuzhang";
const book = new Book("dayi-2014", readFileSync("roster.json", "utf8"));
const outcome = book.apply({ id: "c1", at: "2014-03-03T09:00:00+08:00", actor: "k1", do: "record_visit", visit: "v1", cadres: ["k1"], target: "h1", on: "2014-03-03T08:30:00+08:00" });
const [duty] = book.duties({ from: "2014-03-03", to: "2014-03-09", rule: "visit.village", subject: "k1" });
console.log(outcome.status, duty.state);
