# Scenarios: the three folders that teach, the broken documents, the formats by their real readers,
# and the pipelines of docs/ci as far as they run without their hosts.
wuzhang=$root/target/release/wuzhang
[ -x "$wuzhang" ] || cargo build --release --locked >/dev/null 2>&1

# Every case holds, every rule is exercised both ways, and no mutant survives without a reason.
folder_teaches() {
  "$wuzhang" test "tests/scenarios/$1" --coverage --fail-under 100 --mutate --lang en || return 1
  "$wuzhang" test "tests/scenarios/$1" --format json |
    python3 -c 'import json, sys; cases = json.load(sys.stdin)["cases"]; print(sum(c["passed"] for c in cases), "passed,", sum(not c["passed"] for c in cases), "failed")'
}
readers() {
  [ -x target/scenarios/venv/bin/python ] || python3 -m venv target/scenarios/venv || return 1
  target/scenarios/venv/bin/python -c 'import jsonschema, junitparser, yaml' 2>/dev/null ||
    { echo "installing from PyPI: jsonschema junitparser PyYAML"; target/scenarios/venv/bin/pip install -q 'jsonschema==4.26.0' 'junitparser==5.0.3' 'PyYAML==6.0.3'; }
}
install python3 python3 python3-venv
install git git
for folder in dayi-2014 dayi-2014-text petition-2022; do
  part "scenarios of $folder" sums folder_teaches "$folder"
done
part "broken documents" sums python3 tests/scenarios/broken/run.py "$wuzhang"
if readers; then
  part "formats, schemas, pipelines" sums target/scenarios/venv/bin/python tests/scenarios/formats.py "$wuzhang"
else
  skip "formats, schemas, pipelines" "their readers could not be installed"
fi
