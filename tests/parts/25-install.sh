# The installed tree, on which the parts of the other languages stand; a second library that panics
# when it is asked to; and the vectors, made plain for those languages.
[ -x "$xtask" ] || cargo build --release --locked -p xtask >"$log/xtask" 2>&1

installs() {
  cargo build --release --locked -p wuzhang-ffi --features panic-op || return 1
  mkdir -p target/panic-op/release
  cp target/release/libwuzhang.so target/panic-op/release/ || return 1
  ln -sf libwuzhang.so target/panic-op/release/libwuzhang.so.1
  rm -rf "$prefix" "$cases"
  "$xtask" install "$prefix" || return 1
  "$xtask" cases "$cases" || return 1
  ls -l "$prefix/lib"
  [ -s "$prefix/lib/libwuzhang.so.1" ] && [ -s "$prefix/include/wuzhang.h" ] && echo "1 passed, 0 failed"
}
part "install" sums installs

# The header and the list of symbols are what the source gives.
part "header is generated" one tool header --check
