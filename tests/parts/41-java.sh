# Java: the jar, its tests in their own JVMs, the shared cases, the example and the bench at work.

# Sums what Surefire closes each run of a module with, and prints it as every part does.
java_sums() {
  awk '/Tests run:/ && !/Time elapsed/ { gsub(/[^0-9,]/, ""); split($0, n, ","); bad = n[2] + n[3]; f += bad; p += n[1] - bad - n[4] }
       END { printf "%d passed, %d failed\n", p, f }' "$1"
}
java_tests() {
  local ok=0
  mvn -B -ntp -f bindings/java/pom.xml clean verify >"$log/java" 2>&1 || ok=1
  java_sums "$log/java"
  [ "$ok" = 0 ] || grep -E '^\[ERROR\]' "$log/java" | head -60
  return "$ok"
}
# No figures here: that both did the same work, and that the bench works.
java_bench() { bindings/java/bench/run 200 1 && echo "1 passed, 0 failed"; }
java_vectors() { cp bindings/java/wuzhang/target/vectors.log "$cases/java.log" && "$xtask" compare "$cases" "$cases/java.log"; }

java_part() {
  local needed
  for needed in target/installed/lib/libwuzhang.so target/panic-op/release/libwuzhang.so target/cases/cases.jsonl; do
    [ -e "$needed" ] || { skip "java" "no $needed: run the part install first"; return; }
  done
  install javac default-jdk-headless && install mvn maven || { skip "java" "no JDK and Maven"; return; }
  part "java" sums java_tests
  part "java: vectors" sums java_vectors
  part "java: bench at work" sums java_bench
}
java_part
