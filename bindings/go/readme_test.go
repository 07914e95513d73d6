package wuzhang_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The README's program is built as a module of its own, as a user would, and prints what is said. What
// the README in the root shows of Go is of that program.
func TestReadme(t *testing.T) {
	readme := string(must(os.ReadFile("README.md"))(t))
	fenced := func(language string) string {
		t.Helper()
		_, rest, found := strings.Cut(readme, "\n```"+language+"\n")
		text, _, closed := strings.Cut(rest, "\n```\n")
		if !found || !closed {
			t.Fatalf("the README has no block of %s", language)
		}
		return text + "\n"
	}
	if _, rest, found := strings.Cut(string(must(os.ReadFile("../../README.md"))(t)), "\n```go\n"); found {
		shown, _, _ := strings.Cut(rest, "\n```")
		for _, line := range strings.Split(shown, "\n") {
			if !strings.Contains(fenced("go"), "\t"+line+"\n") {
				t.Errorf("the program has no line %s", line)
			}
		}
	}
	dir, here := t.TempDir(), must(filepath.Abs("."))(t)
	for name, text := range map[string]string{
		"main.go":     fenced("go"),
		"roster.json": roster,
		"go.mod":      fmt.Sprintf("module example\n\ngo 1.19\n\nrequire wuzhang v0.0.0\n\nreplace wuzhang => %s\n", here),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	arguments := []string{"run", "-mod=mod"}
	if static {
		arguments = append(arguments, "-tags=wuzhang_static")
	}
	command := exec.Command("go", append(arguments, ".")...)
	command.Dir = dir
	output, err := command.CombinedOutput()
	if want := fenced("text"); err != nil || string(output) != want {
		t.Errorf("%v\n%s\nshould be\n%s", err, output, want)
	}
}
