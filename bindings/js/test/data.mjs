// The small county that the library's own documentation uses.
export const ROSTER = {"units":[
  {"id":"510129","kind":"county","name":"大邑县"},
  {"id":"510129-mz","kind":"department","name":"民政局","parent":"510129"},
  {"id":"510129101","kind":"town","name":"王泗镇","parent":"510129"},
  {"id":"510129101201","kind":"village","name":"示例村","parent":"510129101","poverty":"county","station_phone":"028-00000000"},
  {"id":"510129101201-03","kind":"group","name":"3组","parent":"510129101201"}],
 "cadres":[
  {"id":"k1","name":"李某","level":"village","unit":"510129101201","posts":["branch_secretary"],"from":"2013-11-01","until":null},
  {"id":"k2","name":"王某","level":"village","unit":"510129101201","posts":["committee_member","station_duty"],"from":"2013-11-01","until":null},
  {"id":"s1","name":"赵某","unit":"510129101201","posts":["supervision_member"],"from":"2013-11-01","until":null},
  {"id":"d1","name":"钱某","unit":"510129101201","posts":["council_member"],"from":"2013-11-01","until":null},
  {"id":"d2","name":"孙某","unit":"510129101201","posts":["party_member_delegate"],"from":"2013-11-01","until":null},
  {"id":"d3","name":"周某","unit":"510129101201","posts":["villager_delegate"],"from":"2013-11-01","until":null},
  {"id":"t1","name":"吴某","level":"town","unit":"510129101","posts":["town_secretary"],"from":"2013-11-01","until":null},
  {"id":"t2","name":"郑某","level":"town","unit":"510129101","posts":["town_clerk"],"from":"2013-11-01","until":null},
  {"id":"c1","name":"冯某","level":"county","unit":"510129","posts":["county_secretary"],"from":"2013-11-01","until":null},
  {"id":"c2","name":"陈某","level":"county","unit":"510129","posts":["visits_office","four_offices"],"from":"2013-11-01","until":null}],
 "households":[{"id":"h1","unit":"510129101201-03","name":"张大山","from":"2013-11-01","until":null}],
 "liaisons":[{"subject":"k1","target":"h1","from":"2013-11-01","until":null}],
 "leave":[]};

export const VISIT = {
  id: "c1", at: "2014-03-03T09:00:00+08:00", actor: "k1", do: "record_visit",
  visit: "v1", cadres: ["k1"], target: "h1", on: "2014-03-03T08:30:00+08:00",
};

/** The visit once more, as the command with this number, a second later each. */
export function visit(number) {
  const at = new Date(Date.UTC(2014, 2, 3, 2) + number * 1000).toISOString().replace(".000Z", "+00:00");
  return { ...VISIT, id: `c${number}`, visit: `v${number}`, at, on: at };
}
