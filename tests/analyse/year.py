"""A demo year under a county's draft, and held against the other readings: what has to be in the answers.

    python3 year.py FOLDER
"""
import json
import sys

folder = sys.argv[1]
year, journal, history = (json.load(open(f"{folder}/{name}.json", encoding="utf-8")) for name in ("year", "journal", "history"))
passed = failed = 0


def check(name, holds, said=""):
    global passed, failed
    if holds:
        passed += 1
    else:
        failed += 1
        print(f"{name}: {said}")


check("rules", [rule["rule"] for rule in year["rules"]] == ["plan.cap", "publish.within", "close.repeat"], year["rules"])
check("changes", [rule["change"] for rule in year["rules"]] == ["changed", "changed", "removed"])
for rule in year["rules"]:
    check("words", rule["rule"] in rule["message"]["zh"] and rule["rule"] in rule["message"]["en"], rule)
    fields = {field["path"] for field in rule["fields"]}
    check("fields", ("/source/grounding" in fields) == (rule["change"] == "changed"), fields)
replay = year["replay"]
check("commands", replay["commands"] > 1000 and replay["cases_in_all"] > 20 and replay["duties_in_all"] > 1000, replay["commands"])
refused = [row for row in replay["commands_differ"] if "plan.cap" in row["refused_by"]]
check("plans beyond the cap", refused and all(row["because"] == "plan.cap" for row in refused), len(refused))
late = [row for row in replay["duties_differ"] if row["rule"] == "publish.within" and row.get("because") == "publish.within"]
check("postings", late and all(row.get("new_due", "") < row.get("old_due", "9") for row in late if "old_due" in row and "new_due" in row), len(late))
check("repeats", not any(row.get("because") == "close.repeat" for row in replay["cases_differ"]))
for kind in ("commands", "cases", "duties"):
    total = sum(row[kind] for row in replay["totals"])
    check(f"total of {kind}", total == len(replay[f"{kind}_differ"]), total)
named = sum("because" in row for row in replay["duties_differ"] + replay["cases_differ"] + replay["commands_differ"])
everything = len(replay["duties_differ"]) + len(replay["cases_differ"]) + len(replay["commands_differ"])
# Of a few, several clauses may be the cause; then none is named.
check("clauses named", named < everything < named + everything // 50 or named == everything, f"{named} of {everything}")
print(f"  {named} of {everything} differences have their clause")
accepted = journal["replay"]
check("journal", 0 < accepted["commands"] <= replay["commands"], accepted["commands"])
check("journal's refusals", {row["command"] for row in accepted["commands_differ"]} <= {row["command"] for row in replay["commands_differ"]})

quotas = {rule["rule"]: rule for rule in history["feasibility"]["rules"]}
check("quotas", quotas["visit.village"]["owed"] > 100 and quotas["visit.village"]["impossible"] == 0, quotas)
for ambiguity in history["ambiguities"]:
    one, other = ambiguity["readings"]
    check("readings", one["chosen"] != other["chosen"], ambiguity["rule"])
    if ambiguity["rule"] in ("visit.town", "visit.village", "visit.group"):
        check("every household", other["visits"] > one["visits"] and other["missed"] > one["missed"], ambiguity)
        check("differing", ambiguity["differing"] >= len(ambiguity["examples"]) > 0, ambiguity["rule"])

print(f"{passed} passed, {failed} failed")
sys.exit(failed != 0)
