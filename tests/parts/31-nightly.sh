# The Rust side of the C library under ThreadSanitizer and Miri, which only nightly Rust has.
nightly_has() { # nightly_has COMPONENT
  rustup component list --toolchain nightly --installed 2>/dev/null | grep -q "^$1" && return 0
  say "installing for nightly Rust: $1"
  rustup component add "$1" --toolchain nightly >"$log/nightly" 2>&1
}
host=$(rustc -vV | sed -n 's/^host: //p')

thread_sanitizer() {
  # The standard library is built with it as well: without, the sanitizer takes its locks for races.
  CARGO_PROFILE_DEV_OPT_LEVEL=0 CARGO_PROFILE_DEV_DEBUG=0 RUSTFLAGS=-Zsanitizer=thread \
    cargo +nightly test --locked -Zbuild-std -p wuzhang-ffi --lib --target "$host" --target-dir target/tsan || return 1
  nm "$(find target/tsan/"$host"/debug/deps -name 'wuzhang-*' -type f -perm -u+x | head -1)" | grep -q __tsan_init || { echo "the sanitizer is not in"; return 1; }
}
under_miri() {
  MIRIFLAGS=-Zmiri-disable-isolation cargo +nightly miri test --locked -p wuzhang-ffi --lib --target-dir target/miri
}

if ! command -v rustup >/dev/null 2>&1 || ! rustup toolchain list 2>/dev/null | grep -q '^nightly'; then
  skip "ThreadSanitizer" "no nightly Rust"
  skip "Miri" "no nightly Rust"
else
  if nightly_has rust-src; then
    part "ThreadSanitizer" cargo_counts thread_sanitizer
  else
    skip "ThreadSanitizer" "nightly Rust has no source of its standard library here"
  fi
  if nightly_has miri && nightly_has rust-src; then
    part "Miri" cargo_counts under_miri
  else
    skip "Miri" "nightly Rust has no miri here"
  fi
fi
