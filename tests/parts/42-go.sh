# The Go package: its tests plain, under the race detector, with the strictest check of pointers, and
# with the library linked in; the README's program; the shared vectors.
go_counts() { awk '/^ *--- PASS: / { p++ } /^ *--- FAIL: / { f++ } END { print p + 0, f + 0 }' "$1"; }

# Runs a command in the package's folder with the installed library in reach.
with_go() {
  (
    cd "$root/bindings/go" &&
      PKG_CONFIG_PATH="$root/target/installed/lib/pkgconfig" LD_LIBRARY_PATH="$root/target/installed/lib" \
        WUZHANG_CASES="$root/target/cases" GOFLAGS=-buildvcs=false GOTOOLCHAIN=local "$@"
  )
}

go_is_neat() {
  local untidy
  untidy=$(with_go gofmt -l .) && [ -z "$untidy" ] || { echo "gofmt would change: $untidy"; return 1; }
  with_go go vet ./... && with_go go vet -tags wuzhang_static ./... || return 1
  echo "3 passed, 0 failed"
}

# The program has to do without the shared library.
go_static() { with_go env -u LD_LIBRARY_PATH go test -count=1 -v -tags wuzhang_static -run 'Linking|Readme|Outcomes|Closed|Example|Vectors' .; }

# Go 1.21 and later are built for this check; before, it is turned on when the program starts.
go_strict() {
  if with_go env GOEXPERIMENT=cgocheck2 go version >/dev/null 2>&1; then
    with_go env GOEXPERIMENT=cgocheck2 go test -count=1 -v -run 'Visit|Lines|Shared|Journal|BadText|Example' .
  else
    with_go env GODEBUG=cgocheck=2 go test -count=1 -v -run 'Visit|Lines|Shared|Journal|BadText|Example' .
  fi
}

go_vectors() { target/release/xtask compare "$cases" "$cases/go.log"; }

install go golang-go && install pkg-config pkg-config
if ! command -v go >/dev/null 2>&1 || ! command -v pkg-config >/dev/null 2>&1; then
  skip "go" "Go or pkg-config is missing and could not be installed"
elif [ ! -f "$root/target/installed/lib/pkgconfig/wuzhang.pc" ]; then
  skip "go" "the C library is not installed: run the part install first"
else
  panic_library="$root/target/panic-op/release/libwuzhang.so"
  if [ -f "$panic_library" ]; then export WUZHANG_PANIC_LIBRARY="$panic_library"; else skip "go: a forced panic" "there is no library built for it"; fi
  part "go: neat" sums go_is_neat
  part "go: tests" go_counts with_go env WUZHANG_LOG="$cases/go.log" go test -count=1 -v ./...
  part "go: vectors" sums go_vectors
  part "go: race detector" go_counts with_go go test -count=1 -race -v ./...
  part "go: strict pointers" go_counts go_strict
  part "go: static library" go_counts go_static
  unset WUZHANG_PANIC_LIBRARY
fi
