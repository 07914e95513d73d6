"""Holds the formats against their real readers, the schemas against the documents, and the
pipelines of docs/ci against a county's repository made for the purpose."""
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

import jsonschema
import junitparser
import yaml

root = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
wuzhang = os.path.abspath(sys.argv[1])
passed = failed = 0
# One locale, whatever the machine speaks; the command found as the pipelines call it.
environment = {**os.environ, "LC_ALL": "C.UTF-8", "PATH": os.path.dirname(wuzhang) + os.pathsep + os.environ["PATH"]}


def holds(name, truth, shown=""):
    global passed, failed
    if truth:
        passed += 1
    else:
        failed += 1
        print("does not hold:", name, shown)


def run(arguments, cwd, **more):
    return subprocess.run(arguments, cwd=cwd, env=environment, capture_output=True, text=True, **more)


def read(path):
    with open(os.path.join(root, path), encoding="utf-8") as file:
        return json.load(file)


work = tempfile.mkdtemp()
broken = os.path.join(root, "tests", "scenarios", "broken")

# --- A county's repository: its own policy on the preset, its roster, scenarios.
county = os.path.join(work, "county")
os.mkdir(county)
roster = read("tests/scenarios/dayi-2014/linked.json")
policy = {
    "id": "county-2026", "version": "1", "title": {"zh": "某县规则", "en": "A county's rules"},
    "effective_from": "2013-11-01", "extends": "dayi-2014", "rules": {},
}
json.dump(policy, open(os.path.join(county, "policy.json"), "w"), ensure_ascii=False)
json.dump(roster, open(os.path.join(county, "roster.json"), "w"), ensure_ascii=False)
shutil.copytree(os.path.join(root, "tests", "scenarios", "dayi-2014"), os.path.join(county, "scenarios"))

# --- A scenario that differs, in a file whose name means something to every format.
odd = "规则,1:%20 &<x>.json"
wrong = {
    "given": {"policy": "dayi-2014", "roster": "roster.json"},
    "cases": [
        {"name": "对的 <&\"'>", "steps": [{"then": {"advice": {"from": "2014-03-01", "to": "2014-03-31", "found": []}}}]},
        {"name": "错的\u0007]]>", "steps": [{"then": {"advice": {"from": "2014-03-01", "to": "2014-03-31", "found": ["advice.diary"]},
                                                  "cases": [{"case": "a1", "state": "noted"}]}}]},
    ],
}
with open(os.path.join(county, odd), "w", encoding="utf-8") as file:
    json.dump(wrong, file, ensure_ascii=False, indent=1)

# --- SARIF
schema = read("tests/data/sarif/sarif-schema-2.1.0.json")
validator = jsonschema.Draft7Validator(schema)
holds("the schema of SARIF refuses what is none", list(validator.iter_errors({"version": "2.1.0"})))
calls = [
    ("check", ["check", *sorted(glob.glob(broken + "/*/*.json*"))], None),
    ("check, all well", ["check", "policy.json", "roster.json"], 0),
    ("test", ["test", odd], 2),
    ("test, all well", ["test", "scenarios"], 0),
    ("test, coverage", ["test", odd, "--coverage"], None),
]
for name, arguments, count in calls:
    ran = run([wuzhang, *arguments, "--format", "sarif"], county)
    log = json.loads(ran.stdout)
    errors = [error.message for error in validator.iter_errors(log)]
    holds(f"SARIF of {name} is valid", not errors, errors[:3])
    results, rules = log["runs"][0]["results"], log["runs"][0]["tool"]["driver"]["rules"]
    holds(f"SARIF of {name} has its results", len(results) == count if count is not None else len(results) > 1, len(results))
    holds(f"SARIF of {name}: every rule has help", all(rule["help"]["text"] and rule["help"]["markdown"] for rule in rules))
    holds(f"SARIF of {name}: every result names its rule", all(rules[r["ruleIndex"]]["id"] == r["ruleId"] for r in results))
    regions = [l["physicalLocation"].get("region") for r in results for l in r.get("locations", [])]
    # What is said of a roster as a whole has a file and no line.
    whole = sum(region is None for region in regions)
    lines = all(region["startLine"] >= 1 and region["startColumn"] >= 1 for region in regions if region)
    holds(f"SARIF of {name}: places are lines", lines and whole * 10 <= len(regions), whole)
    if name == "test":
        holds("SARIF spans what is meant", all(region and "endColumn" in region for region in regions))

# --- JUnit, by a reader of it
for name, arguments, tests, failures in [
    ("test", ["test", odd], 2, 1),
    ("check", ["check", "policy.json", "roster.json"], 2, 0),
    ("check of the broken", ["check", *sorted(glob.glob(broken + "/policies/*.json"))], None, None),
]:
    ran = run([wuzhang, *arguments, "--format", "junit"], county)
    path = os.path.join(work, "report.xml")
    open(path, "w", encoding="utf-8").write(ran.stdout)
    report = junitparser.JUnitXml.fromfile(path)
    cases = [case for suite in report for case in suite]
    bad = [case for case in cases if any(isinstance(result, junitparser.Failure) for result in case.result)]
    holds(f"JUnit of {name} is read", len(cases) == (report.tests if tests is None else tests), len(cases))
    holds(f"JUnit of {name} counts its failures", len(bad) == report.failures and (failures is None or len(bad) == failures), len(bad))
    holds(f"JUnit of {name}: a failure says why", all(result.message and result.text for case in bad for result in case.result if isinstance(result, junitparser.Failure)))

# --- GitHub's annotations, unescaped as the runner does it
line_of = re.compile(r"^::(error|warning|notice) (.*?)::(.*)$")
for name, arguments in [("test", ["test", odd]), ("check", ["check", *sorted(glob.glob(broken + "/policies/*.json"))])]:
    lines = run([wuzhang, *arguments, "--format", "github"], county).stdout.splitlines()
    fits = [line_of.match(line) for line in lines]
    holds(f"annotations of {name} are commands", lines and all(fits), lines[:1])
    for fit in filter(None, fits):
        fields = dict(field.split("=", 1) for field in fit.group(2).split(","))
        for key, value in fields.items():
            for code, char in [("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")]:
                value = value.replace(code, char)
            fields[key] = value
        holds(f"annotation of {name} finds its file", os.path.exists(os.path.join(county, fields["file"])), fields)
        holds(f"annotation of {name} has a line", int(fields["line"]) >= 1 and ("col" in fields) != ("endLine" in fields), fields)

# --- Schemas
for path in sorted(glob.glob(os.path.join(root, "docs", "schemas", "*.json"))):
    try:
        jsonschema.Draft202012Validator.check_schema(json.load(open(path, encoding="utf-8")))
        holds(f"{os.path.basename(path)} is a schema", True)
    except jsonschema.SchemaError as error:
        holds(f"{os.path.basename(path)} is a schema", False, error.message)
    printed = run([wuzhang, "schema", os.path.basename(path)[:-5]], root)
    holds(f"{os.path.basename(path)} is what the command prints", json.loads(printed.stdout) == read(os.path.relpath(path, root)))


def valid(name, document):
    return jsonschema.Draft202012Validator(read(f"docs/schemas/{name}.json")).is_valid(document)


for path in sorted(glob.glob(os.path.join(root, "tests", "scenarios", "*-20*", "*.json"))):
    document = json.load(open(path, encoding="utf-8"))
    kind = "scenario" if "cases" in document else "survivors" if "survivors" in document else "roster"
    holds(f"{os.path.relpath(path, root)} fits its schema", valid(kind, document))
for name in ["unknown-field", "unknown-word", "unknown-command"]:
    holds(f"the schema refuses {name}", not valid("scenario", read(f"tests/scenarios/broken/scenarios/{name}.json")))
for name in ["dayi-2014", "dayi-2014-text", "petition-2022"]:
    holds(f"the schema takes the preset {name}", valid("policy", read(f"core/policies/{name}.json")))
with open(os.path.join(root, "bindings", "cli", "tests", "common", "commands.jsonl"), encoding="utf-8") as file:
    for line in file:
        command = json.loads(line)
        holds(f"the schema takes the command {command['id']}", valid("command", command))
        holds(f"the schema refuses {command['id']} with a field more", not valid("command", {**command, "hosehold": "h1"}))


def described(node, name, lacking):
    """The descriptions of every field of an object, in both languages."""
    if isinstance(node, dict):
        for field, schema in node.get("properties", {}).items() if isinstance(node.get("properties"), dict) else []:
            words = schema.get("description", "") if isinstance(schema, dict) else ""
            if "const" not in schema and not (re.search(r"[\u4e00-\u9fff]", words) and re.search(r"[A-Za-z]{2}", words)):
                lacking.append(f"{name}/{field}")
        for key, value in node.items():
            described(value, f"{name}/{key}", lacking)
    elif isinstance(node, list):
        for value in node:
            described(value, name, lacking)


for name in ["Scenario", "Given", "Story", "Step", "Then", "CaseStands", "DutyStands", "PublicSees", "RatesAre", "AdviceIs", "RosterIs"]:
    lacking = []
    described(read("docs/schemas/scenario.json")["$defs"][name], name, lacking)
    holds(f"{name} speaks both languages", not lacking, lacking)

# --- The pipelines: their commands, run in the county's repository
os.remove(os.path.join(county, odd))
github = yaml.safe_load(open(os.path.join(root, "docs", "ci", "github.yml"), encoding="utf-8"))
gitlab = yaml.safe_load(open(os.path.join(root, "docs", "ci", "gitlab.yml"), encoding="utf-8"))
scripts = [step["run"] for step in github["jobs"]["rules"]["steps"] if "run" in step]
scripts += [line for job in ("check", "test") for line in gitlab[job]["script"]]
commands = [script for script in scripts if script.startswith("wuzhang ")]
holds("the pipelines call the command", len(commands) >= 8, commands)
for command in commands:
    ran = run(["bash", "-euo", "pipefail", "-c", command], county)
    holds(command, ran.returncode == 0, (ran.returncode, ran.stdout[-600:], ran.stderr[-600:]))
for produced in ("check.sarif", "tests.xml", "check.xml"):
    holds(f"{produced} was written", os.path.getsize(os.path.join(county, produced)) > 100)

# --- The hook, in a repository of git
shutil.copy(os.path.join(root, "docs", "ci", "pre-commit"), os.path.join(work, "hook"))
git = ["git", "-c", "user.name=clerk", "-c", "user.email=clerk@example.invalid", "-c", "commit.gpgsign=false"]
run([*git, "init", "-q"], county)
shutil.move(os.path.join(work, "hook"), os.path.join(county, ".git", "hooks", "pre-commit"))
run([*git, "add", "policy.json", "roster.json", "scenarios"], county)
ran = run([*git, "commit", "-q", "-m", "Adopt the rules"], county)
holds("the hook lets a good policy in", ran.returncode == 0, ran.stdout + ran.stderr)
policy["rules"] = {"publish.digest": {"modality": "must", "source": {"kind": "assumed", "grounding": "x"}, "period": "month", "day": 31}}
json.dump(policy, open(os.path.join(county, "policy.json"), "w"), ensure_ascii=False)
run([*git, "add", "policy.json"], county)
ran = run([*git, "commit", "-q", "-m", "Break the rules"], county)
holds("the hook keeps a contradiction out", ran.returncode != 0 and "nothing was committed" in ran.stderr, ran.stdout + ran.stderr)
policy["rules"] = {"plan.cap": {"modality": "must", "source": {"kind": "assumed", "grounding": "x"}, "village": "3d", "town": "15d", "department": "30d", "county": "60d"}}
json.dump(policy, open(os.path.join(county, "policy.json"), "w"), ensure_ascii=False)
run([*git, "add", "policy.json"], county)
ran = run([*git, "commit", "-q", "-m", "Shorten the caps"], county)
holds("the hook runs the scenarios", ran.returncode != 0 and "comes out otherwise" in ran.stderr, ran.stdout[-300:] + ran.stderr)

# --- Exit codes
for name, arguments, code in [
    ("all well", ["test", "scenarios"], 0),
    ("a threshold that is missed", ["test", "scenarios", "--policy", "petition-2022"], 1),
    ("warnings count when asked", ["check", os.path.join(broken, "policies", "switched-off.json"), "--fail-on", "warning"], 1),
    ("warnings do not count else", ["check", os.path.join(broken, "policies", "switched-off.json")], 0),
    ("wrong use", ["test", "scenarios", "--fail-under", "101"], 2),
    ("nothing to run", ["test", ".git"], 3),
    ("a scenario that cannot be read", ["test", os.path.join(broken, "scenarios", "wrong-date.json")], 3),
]:
    ran = run([wuzhang, *arguments], county)
    holds(f"exit {code}: {name}", ran.returncode == code, (ran.returncode, ran.stdout[-300:], ran.stderr[-300:]))
shutil.rmtree(work)
print(f"{passed} passed, {failed} failed")
sys.exit(failed != 0)
