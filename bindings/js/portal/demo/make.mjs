// Makes the demo county: `roster.json` and `commands.jsonl` beside this file. Every command goes through
// the engine first, so that nothing stands there which the rules refuse. Its people are invented by role.
import { writeFileSync } from "node:fs";
import { Book } from "wuzhang";

const FROM = "2013-11-01";
const SURNAMES = [..."赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方"];
let surname = 0;
const name = () => `${SURNAMES[surname++ % SURNAMES.length]}某`;

const county = "510129";
const units = [
  { id: county, kind: "county", name: "大邑县" },
  { id: `${county}-mz`, kind: "department", name: "民政局", parent: county },
  { id: `${county}-jt`, kind: "department", name: "交通运输局", parent: county },
  { id: "510129101", kind: "town", name: "王泗镇", parent: county },
];
const cadres = [], households = [], liaisons = [];
const person = (id, unit, level, ...posts) => cadres.push({ id, name: name(), unit, ...(level ? { level } : {}), posts, from: FROM, until: null });

person("county-secretary", county, "county_leader", "county_secretary");
person("county-leader", county, "county_leader", "county_leader");
person("county-office", county, "county", "four_offices");
person("county-visits", county, "county", "visits_office");
for (const [key, unit] of [["mz", `${county}-mz`], ["jt", `${county}-jt`]]) {
  person(`${key}-head`, unit, "department", "department_head");
  person(`${key}-staff`, unit, "department", "staff");
}
const town = "510129101";
person("town-secretary", town, "town", "town_secretary");
person("town-leader", town, "town", "town_leader");
person("town-clerk", town, "town", "town_clerk");

const villages = [
  { key: "qs", unit: "510129101201", name: "青山村", phone: "028-00000001" },
  { key: "lx", unit: "510129101202", name: "柳溪村", phone: "028-00000002" },
];
for (const { key, unit, name: called, phone } of villages) {
  units.push({ id: unit, kind: "village", name: called, parent: town, station_phone: phone });
  person(`${key}-secretary`, unit, "village", "branch_secretary");
  person(`${key}-clerk`, unit, "village", "committee_member", "station_duty");
  person(`${key}-member`, unit, "village", "committee_member");
  person(`${key}-supervisor`, unit, null, "supervision_member");
  person(`${key}-council`, unit, null, "council_member");
  person(`${key}-party`, unit, null, "party_member_delegate");
  person(`${key}-villager`, unit, null, "villager_delegate");
  for (const group of [1, 2]) {
    units.push({ id: `${unit}-0${group}`, kind: "group", name: `${group}组`, parent: unit });
    person(`${key}-group${group}`, `${unit}-0${group}`, "group");
    for (let i = 1; i <= 8; i += 1) {
      const household = `${key}-h${group}${i}`;
      households.push({ id: household, unit: `${unit}-0${group}`, name: name(), from: FROM, until: null });
      const link = (subject) => liaisons.push({ subject, target: household, from: FROM, until: null });
      link(`${key}-group${group}`);
      link(["secretary", "clerk", "member"].map((post) => `${key}-${post}`)[i % 3]);
      if (i <= 4) link(["town-secretary", "town-leader", "town-clerk"][i % 3]);
    }
  }
  for (const subject of [`${county}-mz`, `${county}-jt`, "county-secretary", "county-leader"]) liaisons.push({ subject, target: unit, from: FROM, until: null });
}
const roster = { units, cadres, households, liaisons, leave: [] };

const commands = [];
let serial = 0;
const put = (at, actor, what, fields) => commands.push({ id: `demo-${String((serial += 1)).padStart(4, "0")}`, at: `2014-${at}:00+08:00`, actor, do: what, ...fields });
let visits = 0;
const visit = (day, actor, target, diary) => put(`${day}T18:00`, actor, "record_visit", { visit: `dv${(visits += 1)}`, cadres: [actor], target, on: `2014-${day}T15:30:00+08:00`, ...(diary ? { diary } : {}) });

const WEEKS = [["01-03", "W01"], ["01-10", "W02"], ["01-17", "W03"], ["01-24", "W04"], ["01-30", "W05"], ["02-07", "W06"], ["02-14", "W07"], ["02-21", "W08"], ["02-28", "W09"], ["03-07", "W10"], ["03-14", "W11"], ["03-21", "W12"]];
for (const [day, week] of WEEKS) {
  for (const { key, unit } of villages) {
    visit(day, `${key}-clerk`, `${key}-h11`, "坐了一阵，说今年柑橘挂果多");
    visit(day, `${key}-secretary`, `${key}-h13`, "看了新修的灶房，问了春耕的种子");
    if (day !== "03-21") visit(day, `${key}-group1`, `${key}-h12`, "送了防火的通知，家里都好");
    visit(day, `${key}-group2`, `${key}-h22`, "帮着看了水管，已不漏");
    put(`${day}T16:00`, `${key}-clerk`, "consolidate", { unit, period: `2014-${week}` });
  }
  visit(day, "town-clerk", "qs-h12", "走了三户，路灯都亮");
  visit(day, "town-leader", "lx-h11", "问了老人的体检");
  put(`${day}T16:30`, "town-clerk", "consolidate", { unit: town, period: `2014-${week}` });
}
for (const month of ["01", "02", "03"]) {
  visit(`${month}-20`, "county-leader", "510129101201", "到村里开了坝坝会");
  visit(`${month}-19`, "mz-staff", "510129101202", "查了救助台账");
}

// Each line is one need and how far it went.
const STORIES = [
  ["qs", "h11", "livelihood", "高龄补贴", "高龄补贴有两个月没有到账", "核对账号后报镇上补发", "补贴补发到账", "补贴已补发到账", "01", "closed"],
  ["qs", "h12", "livelihood", "路灯不亮", "三岔路口的路灯坏了，晚上看不见", "联系电工更换灯具", "路口照明恢复", "灯具已更换，照明恢复", "01", "closed"],
  ["qs", "h13", "livelihood", "水渠淤塞", "田边的水渠堵了，春灌怕放不下来", "组织清淤三百米", "春灌前通水", "水渠已清淤，试水通畅", "01", "closed"],
  ["lx", "h11", "livelihood", "医疗报销", "住院的票据不晓得怎么报", "陪同补齐材料，便民中心代办", "材料一次收齐", "报销款已到账", "01", "closed"],
  ["lx", "h12", "livelihood", "电压不稳", "用电高峰时灯光发暗", "报供电所增容", "电压稳定", "变压器已增容", "01", "closed"],
  ["lx", "h13", "livelihood", "垃圾池满", "组口的垃圾池没有人清", "定每周二清运", "不再外溢", "已按周清运", "02", "closed"],
  ["lx", "h21", "livelihood", "进户路破损", "进户路有一段塌边", "填石加固路肩", "雨季前修好", "路肩已加固", "02", "closed"],
  ["qs", "h21", "livelihood", "饮水浑浊", "下雨后水管里的水发黄", "清洗水池并加装滤网", "水质恢复", "水池已清洗，滤网已装", "03", "published"],
  ["qs", "h22", "livelihood", "广播不响", "村里的广播听不清", "更换功放与线路", "全组听得清", "功放已更换", "03", "settled"],
  ["qs", "h14", "livelihood", "机耕道积水", "机耕道积水，农机过不去", "铺碎石并开排水沟", "农机可通行", "", "03", "planned"],
  ["lx", "h22", "hardship", "春荒口粮", "家里收成差，口粮接不上", "申请临时救助", "口粮接上新粮", "", "03", "planned"],
  ["qs", "h15", "livelihood", "桥栏松动", "小桥的栏杆松了，怕娃儿掉下去", "", "", "", "03", "ledgered"],
  ["qs", "h16", "stability", "地界争执", "与邻居因田坎界线争执", "", "", "", "03", "ledgered"],
  ["lx", "h14", "livelihood", "沟渠盖板", "沟渠没有盖板，老人夜里不敢走", "", "", "", "03", "ledgered"],
  ["qs", "h23", "hardship", "助学申请", "大的孩子考起高中，学费还差一截", "", "", "", "now", "registered"],
  ["qs", "h24", "livelihood", "门前排水", "门前雨水倒灌", "", "", "", "now", "noted"],
  ["lx", "h23", "livelihood", "快递点太远", "取快递要走四公里", "", "", "", "now", "registered"],
];
const DAYS = {
  "01": { noted: "01-14", card: "01-15", met: "01-20", plan: "01-21", settled: "01-24", review: "01-25", result: "01-26", asked: "02-07", closed: "02-10" },
  "02": { noted: "02-11", card: "02-12", met: "02-18", plan: "02-19", settled: "02-22", review: "02-23", result: "02-24", asked: "03-03", closed: "03-04" },
  "03": { noted: "03-11", card: "03-12", met: "03-22", plan: "03-24", settled: "03-25", review: "03-26", result: "03-27" },
  now: { noted: "03-25", card: "03-26" },
};
const REACH = ["noted", "registered", "ledgered", "planned", "settled", "published", "closed"];
const reaches = (state, step) => REACH.indexOf(state) >= REACH.indexOf(step);
const decisions = new Map();
const sheets = new Map();
const into = (map, key, value) => map.set(key, [...(map.get(key) ?? []), value]);
STORIES.forEach(([key, house, category, topic, text, measures, target, result, month, state], index) => {
  const id = `demo-case-${index + 1}`, on = DAYS[month], household = `${key}-${house}`;
  put(`${on.noted}T10:0${index % 10}`, `${key}-clerk`, "note_need", { case: id, household, channel: index % 2 ? "station_walk_in" : "station_call", category, topic, text, phone: `1990000${String(1000 + index)}` });
  const row = households.find((one) => one.id === household);
  if (!reaches(state, "registered")) return;
  put(`${on.card}T10:0${index % 10}`, `${key}-clerk`, "register_card", { case: id, card: { name: row.name, address: `${villages.find((v) => v.key === key).name}${house[1]}组`, household_size: 3, income: 21000, appeal: text, cause: "尚待查明" } });
  if (!reaches(state, "planned")) return;
  const responsible = `${key}-${house[1] === "1" ? "member" : `group${house[1]}`}`;
  into(decisions, `${key} ${on.met}`, { case: id, decision: "plan", measures, target, responsible, due: on.met === "03-22" ? "2014-03-28" : `2014-${on.settled}` });
  const posted = category === "livelihood";
  if (posted) into(sheets, `${key} ${on.plan} plan`, { case: id, summary: `反映${topic}` });
  if (!reaches(state, "settled")) return;
  put(`${on.settled}T11:0${index % 10}`, responsible, "settle", { case: id, result });
  if (!reaches(state, "published")) return;
  put(`${on.review}T11:0${index % 10}`, `${key}-supervisor`, "review_settlement", { case: id, accept: true });
  into(sheets, `${key} ${on.result} result`, { case: id, summary: `反映${topic}` });
  if (!reaches(state, "closed")) return;
  put(`${on.asked}T19:0${index % 10}`, `${key}-supervisor`, "rate", { case: id, solved: index === 4 ? "partly" : "solved", satisfied: index === 2 ? "basically" : "satisfied", method: "visit" });
  put(`${on.closed}T10:0${index % 10}`, `${key}-secretary`, "close", { case: id, as: "satisfied" });
});
const everybody = (key) => ["supervisor", "council", "party", "villager"].map((who) => `${key}-${who}`);
// In March the waiting cases of Qingshan go on waiting: their meeting is the demo's own business.
decisions.forEach((list, when) => {
  const [key, day] = when.split(" ");
  const unit = villages.find((v) => v.key === key).unit;
  const waiting = commands.filter((one) => one.do === "register_card" && one.case.startsWith("demo-case") && one.at < `2014-${day}` && STORIES[Number(one.case.slice(10)) - 1][0] === key && STORIES[Number(one.case.slice(10)) - 1][9] === "ledgered");
  const suspended = waiting.map((one) => ({ case: one.case, decision: "suspend", measures: "先设警示，待查勘", review_on: "2014-03-28" }));
  put(`${day}T20:00`, `${key}-clerk`, "hold_meeting", { meeting: `dm-${key}-${day}`, unit, held_on: `2014-${day}`, chair: `${key}-secretary`, notified: everybody(key), attended: [`${key}-secretary`, `${key}-clerk`, ...everybody(key)], decisions: [...list, ...suspended] });
});
sheets.forEach((items, when) => {
  const [key, day, stage] = when.split(" ");
  put(`${day}T09:00`, `${key}-clerk`, "publish", { posting: `dp-${key}-${day}-${stage}`, stage, unit: villages.find((v) => v.key === key).unit, place: "村务公开栏", from: `2014-${day}`, items, checked_by: `${key}-supervisor` });
});
for (const { key, unit } of villages) {
  for (const [day, period] of [["02-13", "2014-01"], ["03-13", "2014-02"]]) put(`${day}T09:00`, `${key}-clerk`, "publish", { posting: `dd-${key}-${period}`, stage: "digest", unit, place: "村务公开栏", from: `2014-${day}`, period, checked_by: `${key}-supervisor` });
}
commands.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1));

const book = new Book("dayi-2014", roster);
let refused = 0;
for (const command of commands) {
  const outcome = book.apply(command);
  if (outcome.status === "rejected") {
    refused += 1;
    console.error(command.at, command.do, command.actor, command.case ?? "", JSON.stringify(outcome.findings.map((one) => [one.code, one.path, one.message.zh])));
  }
}
if (refused > 0) throw new Error(`${refused} commands refused`);
const pretty = (rows) => rows.map((row) => `    ${JSON.stringify(row)}`).join(",\n");
writeFileSync(new URL("roster.json", import.meta.url), `{\n${Object.entries(roster).map(([key, rows]) => `  ${JSON.stringify(key)}: [\n${pretty(rows)}\n  ]`).join(",\n")}\n}\n`);
writeFileSync(new URL("commands.jsonl", import.meta.url), commands.map((one) => `${JSON.stringify(one)}\n`).join(""));
console.log(`${commands.length} commands, ${JSON.stringify(book.status())}`);
