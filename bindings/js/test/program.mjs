import { init, version, Engine, Book, WuzhangError } from "wuzhang";

const ROSTER = {
  units: [
    { id: "510129", kind: "county", name: "大邑县" },
    { id: "510129101", kind: "town", name: "王泗镇", parent: "510129" },
    { id: "510129101201", kind: "village", name: "示例村", parent: "510129101" },
    { id: "510129101201-03", kind: "group", name: "3组", parent: "510129101201" },
  ],
  cadres: [{ id: "k1", name: "李某", level: "village", unit: "510129101201", posts: ["branch_secretary"], from: "2013-11-01", until: null }],
  households: [{ id: "h1", unit: "510129101201-03", name: "张大山", from: "2013-11-01", until: null }],
  liaisons: [{ subject: "k1", target: "h1", from: "2013-11-01", until: null }],
  leave: [],
};

async function run(source) {
  await init(source);
  const book = new Book("dayi-2014", ROSTER);
  const { status } = book.apply({
    id: "c1", at: "2014-03-03T09:00:00+08:00", actor: "k1", do: "record_visit",
    visit: "v1", cadres: ["k1"], target: "h1", on: "2014-03-03T08:30:00+08:00",
  });
  const [duty] = book.duties({ from: "2014-03-03", to: "2014-03-09", rule: "visit.village" });
  // What would come of it is asked for, and nothing is kept.
  const would = book.judge({ id: "c2", at: "2014-03-03T10:00:00+08:00", actor: "k1", do: "record_visit", visit: "v1", cadres: ["k1"], target: "h1", on: "2014-03-03T08:30:00+08:00" });
  const judged = [would.status, would.findings.map((one) => one.path).includes("/visit"), book.status().commands];
  // What is in force is what another book opens with.
  const same = new Book(book.policy(), book.roster({ at: "2014-03-03" }));
  const force = [same.policy().id, JSON.stringify(same.roster()) === JSON.stringify(book.roster())];
  same.free();
  book.free();
  const refused = caught(() => new Engine("dayi-2014", { units: 1 }));
  const freed = caught(() => book.status());
  return { version: version().version, status, state: duty.state, code: refused.code, path: refused.path, freed: freed.code, force, judged };
}

function caught(call) {
  try {
    return call();
  } catch (error) {
    if (error instanceof WuzhangError && error instanceof Error) return error;
    throw error;
  }
}
