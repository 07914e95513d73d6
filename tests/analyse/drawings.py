"""The drawings are what they claim to be: every arrow of the analysis stands in each of them.

    python3 drawings.py ANALYSIS.json FOLDER
"""
import json
import re
import sys
import xml.etree.ElementTree as tree

analysis, folder = json.load(open(sys.argv[1], encoding="utf-8")), sys.argv[2]
machine = analysis["explore"]["machine"]
passed = failed = 0


def check(name, holds, said=""):
    global passed, failed
    if holds:
        passed += 1
    else:
        failed += 1
        print(f"{name}: {said}")


arrows = {(arrow.get("from", "[*]"), arrow["to"], arrow["by"], tuple(arrow["guards"])) for arrow in machine}
check("arrows", len(arrows) == len(machine) and len(machine) > 20, len(machine))
check("guards", sum(bool(arrow[3]) for arrow in arrows) > 20, "hardly any arrow is guarded")

text = open(f"{folder}/lifecycle.mmd", encoding="utf-8").read().splitlines()
check("mermaid head", text[0] == "stateDiagram-v2", text[0])
drawn = set()
for line in text[1:]:
    fits = re.fullmatch(r"\s+(\S+) --> (\S+) : (\S+)(?: \[(.*)\])?", line)
    check("mermaid line", fits is not None, line)
    if fits:
        drawn.add((fits[1], fits[2], fits[3], tuple(fits[4].split(", ")) if fits[4] else ()))
check("mermaid", drawn == arrows, drawn ^ arrows)

dot = open(f"{folder}/lifecycle.dot", encoding="utf-8").read()
drawn = set()
for source, target, label in re.findall(r'^  (\S+) -> (\S+) \[label="(.*)"\];$', dot, re.M):
    by, *rules = label.split("\\n")
    drawn.add((source.replace("start", "[*]"), target, by, tuple(", ".join(rules).split(", ")) if rules else ()))
check("dot", drawn == arrows, drawn ^ arrows)

svg = tree.parse(f"{folder}/lifecycle.svg").getroot()
space = "{http://www.w3.org/2000/svg}"
words = [element.text for element in svg.iter(space + "text") if element.get("class") == "by"]
check("svg", sorted(words) == sorted(arrow[2] for arrow in arrows), "not every arrow is drawn once")
guards = " ".join(element.text for element in svg.iter(space + "text") if element.get("class") == "guard")
check("svg guards", all(rule in guards for arrow in arrows for rule in arrow[3]), "a rule is missing")

xstate = json.load(open(f"{folder}/machine.xstate.json", encoding="utf-8"))
targets = {target for state in xstate["states"].values() for target in state["on"].values()}
check("xstate", targets <= set(xstate["states"]) and len(targets) > 100, len(targets))
tags = {tag for state in xstate["states"].values() for tag in state.get("tags", [])}
check("xstate states", {arrow[1] for arrow in arrows} - tags == set(), {arrow[1] for arrow in arrows} - tags)

print(f"{passed} passed, {failed} failed")
sys.exit(failed != 0)
