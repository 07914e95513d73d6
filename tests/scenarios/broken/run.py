"""Holds what `check` says of the broken documents against expected.json: for each document exactly
the findings that are listed, as "line:column code reason", and every reason of the table once."""
import json
import os
import subprocess
import sys

wuzhang = os.path.abspath(sys.argv[1])
here = os.path.dirname(os.path.abspath(__file__))
os.chdir(here)
expected = json.load(open("expected.json", encoding="utf-8"))
bless = "--bless" in sys.argv
passed = failed = 0
listed = sorted(
    os.path.join(folder, name)
    for folder in ("policies", "rosters", "scenarios", "commands")
    for name in os.listdir(folder)
)
found_all = {}
for path in listed:
    arguments = [wuzhang, "check", path, "--format", "json", "--lang", "en"]
    if path.startswith("rosters/"):
        arguments += ["--policy", "dayi-2014", "--on", "2014-03-03"]
    ran = subprocess.run(arguments, capture_output=True, text=True)
    findings = [] if not ran.stdout else json.loads(ran.stdout)
    said = ["%s:%s %s %s" % (f["line"], f["column"], f["code"], f["params"].get("reason", "-")) for f in findings]
    found_all[path] = {"exit": ran.returncode, "findings": said}
    wrong = [f for f in findings if not f["message"]["zh"] or not f["message"]["en"] or not f["cure"]["zh"] or f["file"] is None]
    if not bless and (expected.get(path) != found_all[path] or wrong or not findings):
        failed += 1
        print(path, "\n  should be", expected.get(path), "\n  but is   ", found_all[path], ran.stderr)
    else:
        passed += 1
if bless:
    json.dump(found_all, open("expected.json", "w", encoding="utf-8"), indent=1, ensure_ascii=False)
for path in expected:
    if path not in found_all and not bless:
        failed += 1
        print(path, "is listed and not there")
print(f"{passed} passed, {failed} failed")
sys.exit(failed != 0)
