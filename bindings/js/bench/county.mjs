// A county and a year of it, made up by counting: what the benches feed.

/** So many villages, each with three cadres, thirty households and everybody liaised. */
export function roster(villages) {
  const units = [{ id: "c", kind: "county", name: "县" }, { id: "t", kind: "town", name: "镇", parent: "c" }];
  const cadres = [];
  const households = [];
  const liaisons = [];
  const valid = { from: "2013-01-01", until: null };
  for (let v = 0; v < villages; v += 1) {
    units.push({ id: `v${v}`, kind: "village", name: `村${v}`, parent: "t" }, { id: `v${v}-1`, kind: "group", name: "1组", parent: `v${v}` });
    for (let k = 0; k < 3; k += 1) cadres.push({ id: `k${v}-${k}`, name: "某", level: "village", unit: `v${v}`, posts: [["branch_secretary"], ["committee_member"], ["committee_member", "station_duty"]][k], ...valid });
    for (let h = 0; h < 30; h += 1) {
      households.push({ id: `h${v}-${h}`, unit: `v${v}-1`, name: "某", ...valid });
      liaisons.push({ subject: `k${v}-${h % 3}`, target: `h${v}-${h}`, ...valid });
    }
  }
  return { units, cadres, households, liaisons, leave: [] };
}

const START = Date.UTC(2014, 0, 6, 1);
const YEAR = 350 * 86_400_000;
const DAY = 86_400_000;
/** An instant on a working morning or afternoon in China. */
const stamp = (ms) => new Date(Math.floor(ms / DAY) * DAY + DAY / 24 + Math.floor((ms % DAY) / 4)).toISOString().slice(0, 19) + "+00:00";

/** Commands one a line: visits spread over a year and over everybody, and needs noted on the way. */
export function commands(villages, visits, cases) {
  const lines = [];
  const every = cases === 0 ? Infinity : visits / cases;
  let noted = 0;
  for (let n = 0; n < visits; n += 1) {
    const at = stamp(START + (YEAR * n) / visits);
    const [v, h] = [n % villages, Math.floor(n / villages) % 30];
    const [actor, household] = [`k${v}-${h % 3}`, `h${v}-${h}`];
    lines.push(JSON.stringify({ id: `c${n}`, at, actor, do: "record_visit", visit: `v${n}`, cadres: [actor], target: household, on: at, diary: "谈了收成和孩子上学的事" }));
    if (n + 1 >= (noted + 1) * every) {
      lines.push(JSON.stringify({ id: `n${noted}`, at, actor, do: "note_need", case: `a${noted}`, household, channel: "visit", category: noted % 5 === 0 ? "hardship" : "livelihood", topic: "道路", text: "雨天巷道积水", visit: `v${n}` }));
      noted += 1;
    }
  }
  return lines;
}
