# The README's main job, twice: it verifies, and the same seed gives the same bytes.
demo_holds() {
  local one="$log/demo-one" two="$log/demo-two"
  target/release/wuzhang demo --out "$one" >"$log/demo" || return 1
  target/release/wuzhang demo --out "$two" >/dev/null || return 1
  target/release/wuzhang verify "$one/journal.jsonl" || return 1
  diff -r "$one" "$two" >/dev/null || { echo "two runs of one seed differ"; return 1; }
  [ -s "$one/roster.json" ] && [ -s "$one/commands.jsonl" ] && [ -n "$(ls "$one/ledgers" "$one/publication")" ] || return 1
  echo "4 passed, 0 failed"
}
[ -x target/release/wuzhang ] || cargo build --release --locked >/dev/null 2>&1
part "demo" sums demo_holds
