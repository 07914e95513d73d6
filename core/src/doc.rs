//! A small county for the examples of the documentation: one county, department, town, village and
//! group, with everybody who has to be there for a case to pass from a visit to its closing.

/// The roster of the examples, in JSON.
pub const ROSTER: &str = r#"{"units":[
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
 "leave":[]}"#;
