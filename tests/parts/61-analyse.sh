# The analyses: that they find what they should, that what they draw is what the engine does, that
# a year lived under two policies says why it differs, and how long they take.
wuzhang=$root/target/release/wuzhang
[ -x "$wuzhang" ] || cargo build --release --locked >/dev/null 2>&1
proved=$root/target/analyse
mkdir -p "$proved"

# Every witness that is written out is a scenario that holds.
witnesses_hold() {
  local preset
  for preset in dayi-2014 dayi-2014-text petition-2022; do
    rm -rf "$proved/witnesses-$preset"
    "$wuzhang" analyse "$preset" --only explore --witnesses "$proved/witnesses-$preset" --format json >"$proved/$preset.json"
    [ $? -le 1 ] || return 1
    "$wuzhang" test "$proved/witnesses-$preset" --format json |
      python3 -c 'import json, sys; cases = json.load(sys.stdin)["cases"]; print(sum(c["passed"] for c in cases), "passed,", sum(not c["passed"] for c in cases), "failed")' || return 1
  done
}
# Exit codes as in the contract, for every call of this part.
answers() { # answers EXPECTED COMMAND…
  local expected=$1 got
  shift
  "$@" >"$proved/out" 2>&1
  got=$?
  if [ "$got" = "$expected" ]; then echo "1 passed, 0 failed"; else echo "0 passed, 1 failed"; echo "$*: exit $got, not $expected"; tail -3 "$proved/out"; fi
}
exits() {
  answers 0 "$wuzhang" analyse dayi-2014-text --only explore
  answers 1 "$wuzhang" analyse dayi-2014-text --only explore --fail-on warning
  answers 1 "$wuzhang" analyse dayi-2014 --only explore
  answers 0 "$wuzhang" analyse dayi-2014 --only delay,feasibility,ambiguities
  answers 0 "$wuzhang" analyse dayi-2014 --only explore --most-states 50
  answers 2 "$wuzhang" analyse dayi-2015
  answers 2 "$wuzhang" analyse dayi-2014 --only nothing
  answers 3 "$wuzhang" analyse "$root/tests/run"
  answers 3 "$wuzhang" analyse dayi-2014 --only delay --draw /dev/null/x
  answers 0 "$wuzhang" diff dayi-2014-text dayi-2014
  answers 1 "$wuzhang" diff dayi-2014-text dayi-2014 --fail-on warning
  answers 0 "$wuzhang" diff dayi-2014 dayi-2014 --fail-on warning
  answers 3 "$wuzhang" diff dayi-2014 "$root/no-such.json"
}
# A demo year under a county's draft: the same county, the same commands, the clauses named.
year_again() {
  local demo="$proved/demo"
  [ -s "$demo/commands.jsonl" ] || "$wuzhang" demo --out "$demo" --households 300 >/dev/null || return 1
  "$wuzhang" diff dayi-2014 tests/analyse/county.json --roster "$demo/roster.json" --replay "$demo/commands.jsonl" --format json >"$proved/year.json" || return 1
  "$wuzhang" diff dayi-2014 tests/analyse/county.json --roster "$demo/roster.json" --replay "$demo/journal.jsonl" --format json >"$proved/journal.json" || return 1
  "$wuzhang" analyse dayi-2014 --only feasibility,ambiguities --year 2014 --roster "$demo/roster.json" --history "$demo/commands.jsonl" --format json >"$proved/history.json" || return 1
  python3 tests/analyse/year.py "$proved"
}
machines_agree() {
  "$wuzhang" analyse dayi-2014 --only ambiguities --draw "$proved/drawn" >/dev/null || return 1
  "$wuzhang" analyse dayi-2014 --walks 400 --seed 7 >"$proved/walks.jsonl" || return 1
  node "$proved/node/walks.mjs" "$proved/drawn/machine.xstate.json" "$proved/walks.jsonl"
}
drawings_hold() {
  python3 tests/analyse/drawings.py "$proved/dayi-2014.json" "$proved/drawn" || return 1
  if command -v dot >/dev/null 2>&1; then
    if dot -Tsvg "$proved/drawn/lifecycle.dot" >/dev/null; then echo "1 passed, 0 failed"; else echo "0 passed, 1 failed"; fi
  fi
}
# No check of the time: it is printed, as on this machine.
how_long() {
  python3 - "$wuzhang" <<'PY'
import resource, subprocess, sys
subprocess.run([sys.argv[1], "analyse", "dayi-2014", "--format", "json"], stdout=subprocess.DEVNULL, check=False)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(f"analyse dayi-2014: {used.ru_utime + used.ru_stime:.2f} s of one core, {used.ru_maxrss // 1024} MiB")
PY
}

# The examples of the documentation, as they stand there.
examples_run() {
  python3 - "$root/docs/ANALYSE.md" "$wuzhang" "$proved" <<'PY'
import os, re, subprocess, sys
text = open(sys.argv[1], encoding="utf-8").read()
lines = [line for block in re.findall(r"```sh\n(.*?)```", text, re.S) for line in block.strip().splitlines()]
folder = os.path.join(sys.argv[3], "examples")
os.makedirs(folder, exist_ok=True)
passed = failed = 0
for line in lines:
    call = line.replace("wuzhang ", f"'{sys.argv[2]}' ", 1)
    done = subprocess.run(["bash", "-c", call], cwd=folder, capture_output=True, text=True)
    # Findings are an answer.
    if done.returncode <= 1 and done.stdout.strip():
        passed += 1
    else:
        failed += 1
        print(line, done.returncode, done.stderr[-300:])
print(f"{passed} passed, {failed} failed")
PY
}

install python3 python3
part "examples of ANALYSE.md" sums examples_run
part "witnesses" sums witnesses_hold
part "exit codes of analyse and diff" sums exits
part "a year under two policies" sums year_again
if command -v node >/dev/null 2>&1 || install node nodejs npm; then
  mkdir -p "$proved/node" && cp tests/analyse/package.json tests/analyse/walks.mjs "$proved/node/"
  if [ -d "$proved/node/node_modules/xstate" ] ||
    { echo "installing from npm: xstate"; (cd "$proved/node" && npm install --no-audit --no-fund --silent) >"$log/npm" 2>&1; }; then
    part "the machine in XState" sums machines_agree
    part "drawings" sums drawings_hold
  else
    skip "the machine in XState" "XState could not be installed"
  fi
else
  skip "the machine in XState" "there is no Node"
fi
how_long
