# Which operation a face lacks, read from the logs that the parts before this one left.
every_operation() { "$xtask" faces "$cases" --check; }
if ls "$cases"/*.log >/dev/null 2>&1; then
  part "every operation in every face" sums every_operation
else
  skip "every operation in every face" "no part of another language has run"
fi
# What each face weighs, as far as it was built.
for artifact in "$prefix"/lib/libwuzhang.so.*.*.* "$prefix"/lib/libwuzhang.a "$root"/bindings/java/wuzhang/target/wuzhang-*.jar \
  "$root"/target/python/wheel/*.whl "$root"/bindings/js/dist/*.wasm; do
  case "$artifact" in *sources.jar | *javadoc.jar | *tests.jar) continue ;; esac
  [ -f "$artifact" ] && printf '  %-40s %8d KiB\n' "${artifact##*/}" $(($(stat -c %s "$artifact") / 1024))
done
