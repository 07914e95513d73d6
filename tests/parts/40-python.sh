# The Python package: its wheel, its types, its tests, and the vectors through it.
python_home="$root/target/python"
python_native="$root/target/installed/lib/libwuzhang.so"
python_panic="$root/target/panic-op/release/libwuzhang.so"
python_bin="$python_home/venv/bin"
export PYTHONDONTWRITEBYTECODE=1

# The libraries and the cases, where the parts before this one have not made them.
python_inputs() {
  if [ ! -e "$python_native" ]; then
    python_native="$root/target/release/libwuzhang.so"
    [ -e "$python_native" ] || cargo build --release --locked -p wuzhang-ffi || return 1
  fi
  [ -e "$python_panic" ] || cargo build --release --locked -p wuzhang-ffi --features panic-op --target-dir "$root/target/panic-op" || return 1
  [ -x target/release/xtask ] || cargo build --release --locked -p xtask || return 1
  target/release/xtask cases "$root/target/cases"
}

# A virtual environment with what the tests need, made anew when the lists or the interpreter change.
python_environment() {
  local lists wanted
  lists=("$root/bindings/python/requirements.txt" "$root/bindings/python/requirements-pandas.txt")
  wanted=$(python3 --version && cat "${lists[@]}") || return 1
  if [ "$wanted" != "$(cat "$python_home/made-of" 2>/dev/null)" ]; then
    say "installing into target/python: ${lists[*]##*/}"
    rm -rf "$python_home"
    python3 -m venv "$python_home/venv" || return 1
    "$python_bin/pip" install -q --disable-pip-version-check -r "${lists[0]}" || return 1
    "$python_bin/pip" install -q --disable-pip-version-check -r "${lists[1]}" || skip "python with pandas" "it could not be installed"
    printf '%s\n' "$wanted" >"$python_home/made-of"
  fi
}

# The wheel is built, judged by auditwheel, and imported in an environment that has nothing else.
python_wheel() {
  local wheels="$python_home/wheel" wheel tag
  rm -rf "$wheels" "$python_home/bare"
  WUZHANG_NATIVE="$python_native" "$python_bin/python" -m build --wheel --no-isolation --outdir "$wheels" bindings/python || return 1
  wheel=$(echo "$wheels"/wuzhang-*.whl)
  tag=${wheel##*-none-} tag=${tag%.whl}
  "$python_bin/auditwheel" show "$wheel" | tr '\n' ' ' | grep -q "the following platform tag: \"$tag\"" || { echo "auditwheel finds another tag than $tag"; return 1; }
  echo "$(basename "$wheel"): $(stat -c %s "$wheel") bytes"
  python3 -m venv --without-pip "$python_home/bare" || return 1
  "$python_bin/pip" --python "$python_home/bare/bin/python" install -q --no-index "$wheel" || return 1
  (cd bindings/python/examples && "$python_home/bare/bin/python" -W error first_steps.py) || return 1
  "$python_bin/pip" install -q --force-reinstall --no-index --no-deps "$wheel" || return 1
  echo "3 passed, 0 failed"
}

python_types() {
  "$python_bin/python" bindings/python/generate.py --check || return 1
  # What is in the package, and then what uses it as it is installed.
  (cd bindings/python && "$python_bin/mypy" --cache-dir "$python_home/mypy" src generate.py hatch_build.py &&
    "$python_bin/mypy" --cache-dir "$python_home/mypy" tests examples bench) || return 1
  echo "3 passed, 0 failed"
}

# What pytest closes with, as every part says it.
python_counts() {
  awk '/ in [0-9.]+s/ { for (i = 1; i < NF; i++) { if ($(i+1) ~ /^passed/) p += $i; if ($(i+1) ~ /^(failed|error)/) f += $i } } END { print p + 0, f + 0 }' "$1"
}

python_tests() {
  (cd bindings/python && "$python_bin/python" -m pytest -p no:cacheprovider -rs) || return 1
  (cd bindings/python && WUZHANG_LIBRARY="$python_panic" "$python_bin/python" -m pytest -p no:cacheprovider -m defect)
}

python_vectors() {
  "$python_bin/python" bindings/python/tests/vectors.py target/cases/cases.jsonl target/cases/python.log || return 1
  target/release/xtask compare target/cases target/cases/python.log
}

if ! install python3 python3 || ! { python3 -c 'import ensurepip' 2>/dev/null || debian python3-venv; }; then
  skip "python" "no Python 3 with venv, and none could be installed"
elif ! python_inputs >"$log/inputs" 2>&1; then
  part "python" sums cat "$log/inputs"
elif ! python_environment; then
  skip "python" "what its tests need could not be installed from the package index"
else
  part "python wheel" sums python_wheel
  part "python types" sums python_types
  part "python vectors" sums python_vectors
  part "python tests" python_counts python_tests
fi
