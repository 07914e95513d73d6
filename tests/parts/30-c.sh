# The C library as C and C++ programs meet it.
c_roster=tests/vectors/rosters/county.json
strict="-Wall -Wextra -Wpedantic -Werror"
c_out="$root/target/c-tests"
install cmake cmake || true
install clang clang || true
install valgrind valgrind || true
install pkg-config pkg-config || true
debian g++ make binutils libjansson-dev nlohmann-json3-dev || true
mkdir -p "$c_out"

compiled() { # compiled NAME FLAGS…: a test program against the installed tree
  local name=$1
  shift
  ${CC:-gcc} -std=c17 -D_DEFAULT_SOURCE -g -O1 $strict -I"$prefix/include" "bindings/c/tests/${name%%-*}.c" -o "$c_out/$name" \
    -L"${libdir:-$prefix/lib}" -Wl,-rpath,"${libdir:-$prefix/lib}" -lwuzhang -lpthread "$@"
}

# Every dialect and compiler, twice in one program, with every warning an error.
header_compiles() {
  local ok=0 bad=0 dialect compiler
  printf '#include <wuzhang.h>\n#include <wuzhang.h>\nint main(void) { wz_buffer b = WZ_BUFFER_EMPTY; wz_buffer_free(&b); return (int)wz_abi_check(WZ_ABI); }\n' >"$c_out/header.c"
  cp "$c_out/header.c" "$c_out/header.cpp"
  for compiler in gcc clang; do
    for dialect in c99 c17 c2x; do
      if $compiler -std=$dialect $strict -I"$prefix/include" -fsyntax-only "$c_out/header.c"; then ok=$((ok + 1)); else bad=$((bad + 1)); fi
    done
  done
  for compiler in g++ clang++; do
    if $compiler -std=c++17 $strict -I"$prefix/include" -fsyntax-only "$c_out/header.cpp"; then ok=$((ok + 1)); else bad=$((bad + 1)); fi
  done
  echo "$ok passed, $bad failed"
}
part "header in every dialect" sums header_compiles

# What leaves the library, what it needs, and the oldest system that it says it runs on.
library_is() {
  local ok=0 bad=0 so="$prefix/lib/libwuzhang.so.1" oldest
  holds() { if "$@"; then ok=$((ok + 1)); else bad=$((bad + 1)); echo "does not hold: $*"; fi; }
  nm -D --defined-only "$so" | awk '{ sub(/@.*/, "", $3); print $3 }' | sort >"$c_out/symbols"
  holds diff ffi/symbols.txt "$c_out/symbols"
  readelf -d "$so" | grep -E 'NEEDED|SONAME' | sed 's/.*\[\(.*\)\]/\1/' | sort >"$c_out/needed"
  holds diff <(printf 'ld-linux-x86-64.so.2\nlibc.so.6\nlibgcc_s.so.1\nlibwuzhang.so.1\n') "$c_out/needed"
  oldest=$(objdump -T "$so" | grep -oE 'GLIBC_[0-9.]+' | sort -uV | tail -1)
  echo "oldest C library: $oldest"
  holds grep -q "needs ${oldest/GLIBC_/glibc }" bindings/c/README.md
  ls -l "$prefix/lib"/libwuzhang.so.*.*.* "$prefix/lib/libwuzhang.a"
  echo "$ok passed, $bad failed"
}
if [ "$(uname -m)" = x86_64 ] && ldd --version 2>&1 | grep -q 'GLIBC 2.36'; then
  part "symbols and needs" sums library_is
else
  skip "symbols and needs" "the lists are those of Debian 12 on x86_64"
fi

c_faults() { compiled faults && "$c_out/faults" "$c_roster"; }
part "C: faults" sums c_faults
c_threads() { compiled threads && "$c_out/threads" "$c_roster"; }
part "C: threads" sums c_threads
c_panics() { libdir="$root/target/panic-op/release" compiled panics && "$c_out/panics" "$c_roster" 2>&1 | grep -v '^ '; }
part "C: panics" sums c_panics
c_vectors() { compiled vectors -ljansson && "$c_out/vectors" "$cases/cases.jsonl" "$cases/c.log" && "$xtask" compare "$cases" "$cases/c.log"; }
part "C: vectors" sums c_vectors

# The same programs under the sanitizers; the proof that they were in stands in the programs themselves.
c_sanitized() {
  local name symbols
  for name in faults vectors threads; do
    CC=clang compiled "$name-asan" -fsanitize=address,undefined -fno-sanitize-recover=all -DNO_HEAP_FIGURE $([ $name = vectors ] && echo -ljansson) || return 1
    symbols=$(nm "$c_out/$name-asan")
    grep -q __asan_init <<<"$symbols" && grep -q __ubsan_handle <<<"$symbols" || { echo "$name: the sanitizers are not in"; return 1; }
  done
  "$c_out/faults-asan" "$c_roster" && "$c_out/threads-asan" "$c_roster" || return 1
  "$c_out/vectors-asan" "$cases/cases.jsonl" "$c_out/asan.log" && "$xtask" compare "$cases" "$c_out/asan.log"
}
debian libclang-rt-14-dev || true
part "C: address, undefined" sums c_sanitized

c_valgrind() {
  compiled faults-valgrind -DNO_HEAP_FIGURE || return 1
  valgrind -q --leak-check=full --show-leak-kinds=all --errors-for-leak-kinds=all --error-exitcode=9 "$c_out/faults-valgrind" "$c_roster" &&
    RUST_BACKTRACE=0 valgrind -q --leak-check=full --error-exitcode=9 "$c_out/panics" "$c_roster"
}
part "C: valgrind" sums c_valgrind

# The installed tree by CMake and by pkg-config, shared and static; what the programs print is the same.
c_examples() {
  local ok=0 bad=0 build="$c_out/cmake" program answer
  rm -rf "$build"
  cmake -S bindings/c/examples/cmake -B "$build" -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_BUILD_TYPE=Release >/dev/null && cmake --build "$build" >/dev/null || return 1
  mkdir -p "$build/pc"
  PKG_CONFIG_PATH="$prefix/lib/pkgconfig" make -s -C "$build/pc" -f "$root/bindings/c/examples/pkgconfig/Makefile" clean all || return 1
  answer=$("$build/first" "$c_roster")
  for program in first first-static pc/first pc/first-static example-cpp example-cpp-static; do
    # The C++ example says "accepted" before the outcome; the rest is the same.
    if [ -n "$answer" ] && [ "$(LD_LIBRARY_PATH="$prefix/lib" "$build/$program" "$c_roster" | sed 's/^accepted //')" = "$answer" ]; then
      ok=$((ok + 1))
    else
      bad=$((bad + 1)); echo "$program answers otherwise"
    fi
  done
  grep -q '"state":"met"' <<<"$answer" || bad=$((bad + 1))
  for program in first-static pc/first-static example-cpp-static; do
    ! ldd "$build/$program" | grep -q libwuzhang || { bad=$((bad + 1)); echo "$program is not static"; }
  done
  "$build/fast" "$c_roster" bindings/cli/tests/common/commands.jsonl >"$c_out/fast" || bad=$((bad + 1))
  if [ "$(grep -c '"status":"accepted"' "$c_out/fast")" -gt 5 ] && grep -q '"count":1' "$c_out/fast"; then ok=$((ok + 1)); else bad=$((bad + 1)); fi
  echo "$ok passed, $bad failed"
}
part "C: CMake and pkg-config" sums c_examples

# What the README shows is what the examples hold between their marks; those of Python and JavaScript are whole
# programs. Java and Go compile the README's lines themselves.
readme_shows() {
  local ok=0 bad=0 language file shown held
  while read -r language file; do
    shown=$(awk -v from='```'"$language" -v to='```' '$0 == from { on = 1; next } $0 == to { on = 0 } on' README.md)
    held=$(awk 'BEGIN { on = ARGV[1] ~ /(py|mjs)$/ } /(\/\*|\/\/) README/ { on = 1; next } /(\/\*|\/\/) end/ { on = 0 } on' "$file" | sed 's/^    \(wuzhang\|std\)/\1/; s/^  \(wz_\|if\)/\1/')
    if [ -n "$shown" ] && [ "$shown" = "$held" ]; then ok=$((ok + 1)); else bad=$((bad + 1)); diff <(echo "$shown") <(echo "$held"); fi
  done <<<"c bindings/c/examples/first.c
cpp bindings/cpp/example.cpp
python bindings/python/examples/first_steps.py
js bindings/js/examples/visit.mjs"
  echo "$ok passed, $bad failed"
}
part "README shows what runs" sums readme_shows

cpp_tests() {
  local flags name
  for flags in "" -fno-exceptions; do
    g++ -std=c++17 -g -O1 $strict $flags -fsanitize=address,undefined -I"$prefix/include" bindings/cpp/tests/wrapper.cpp -o "$c_out/wrapper" \
      -L"$prefix/lib" -Wl,-rpath,"$prefix/lib" -lwuzhang && "$c_out/wrapper" "$c_roster" || return 1
  done
  clang++ -std=c++17 $strict -I"$prefix/include" -fsyntax-only bindings/cpp/tests/wrapper.cpp || return 1
  g++ -std=c++17 -O1 $strict -I"$prefix/include" bindings/cpp/tests/vectors.cpp -o "$c_out/vectors-cpp" -L"$prefix/lib" -Wl,-rpath,"$prefix/lib" -lwuzhang &&
    "$c_out/vectors-cpp" "$cases/cases.jsonl" "$cases/cpp.log" && "$xtask" compare "$cases" "$cases/cpp.log"
}
part "C++" sums cpp_tests
