from pathlib import Path
from wuzhang import Book

with Book("dayi-2014", Path("roster.json").read_bytes()) as book:
    outcome = book.apply('{"id":"c1","at":"2014-03-03T09:00:00+08:00","actor":"k1","do":"record_visit","visit":"v1","cadres":["k1"],"target":"h1","on":"2014-03-03T08:30:00+08:00"}')
    assert outcome.accepted, outcome.findings
    duty = book.duties("2014-03-03", "2014-03-09", rule="visit.village", subject="k1")[0]
    assert (duty["state"], duty["count"], duty["evidence"]) == ("met", 1, ["v1"])
