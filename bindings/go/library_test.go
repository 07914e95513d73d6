package wuzhang_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"wuzhang"
)

// again runs one test of this program anew, with another library in the place of the installed one.
func again(t *testing.T, name, library string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.Symlink(must(filepath.Abs(library))(t), filepath.Join(dir, "libwuzhang.so.1")); err != nil {
		t.Fatal(err)
	}
	command := exec.Command(must(os.Executable())(t), "-test.run=^"+name+"$", "-test.v")
	command.Env = append(os.Environ(), "LD_LIBRARY_PATH="+dir, "WUZHANG_TEST_INSIDE="+name)
	output, err := command.CombinedOutput()
	if err != nil || !bytes.Contains(output, []byte("--- PASS: "+name)) {
		t.Fatalf("%v\n%s", err, output)
	}
}

func inside(t *testing.T) bool { return os.Getenv("WUZHANG_TEST_INSIDE") == t.Name() }

// A panic inside the library is answered as an error. The program lives on, and so do other handles;
// a book that was being changed is poisoned. WUZHANG_PANIC_LIBRARY names a library that was built
// with the request {"op":"panic"}.
func TestPanic(t *testing.T) {
	if static {
		t.Skip("the library is linked in and cannot be exchanged")
	}
	if !inside(t) {
		again(t, t.Name(), need(t, "WUZHANG_PANIC_LIBRARY", "../../target/panic-op/release/libwuzhang.so"))
		return
	}
	const boom = `{"op":"panic"}`
	engine, book, other := newEngine(t), newBook(t), newBook(t)
	must(book.Apply(visit))(t)
	journal := must(book.Journal(1))(t)
	panicked := func(_ any, err error) {
		t.Helper()
		var failed *wuzhang.Error
		if !errors.Is(err, wuzhang.ErrPanic) || !errors.As(err, &failed) || failed.Findings != nil {
			t.Error(err)
		}
	}
	poisoned := func(_ any, err error) {
		t.Helper()
		if !errors.Is(err, wuzhang.ErrPoisoned) {
			t.Error(err)
		}
	}
	panicked(wuzhang.Call(boom))
	panicked(engine.Call(boom))
	panicked(book.Call(boom))
	if status := must(book.Status())(t); status.Visits != 1 { // a question that failed changes nothing
		t.Error(status)
	}
	panicked(book.Apply(boom))
	poisoned(book.Apply(visit))
	poisoned(book.ApplyLines([]byte(visit)))
	poisoned(book.Call(askWeek))
	poisoned(book.Journal(1))
	poisoned(book.Snapshot())
	must(wuzhang.Call(`{"op":"version"}`))(t)
	must(engine.Apply(nil, noteNeed))(t)
	if outcome := must(other.Apply(visit))(t); !outcome.Accepted {
		t.Error(outcome)
	}
	if err := firstError(book.Close(), book.Close()); err != nil {
		t.Error(err)
	}
	reopened, dropped, err := wuzhang.OpenBook(newPolicy(t), roster, journal)
	if err != nil || dropped != 0 {
		t.Fatal(dropped, err)
	}
	defer reopened.Close()
	if have := must(reopened.Journal(1))(t); !bytes.Equal(have, journal) {
		t.Errorf("%s", have)
	}
}

// A library of another ABI is refused in words before the first handle, and never called again.
func TestOtherABI(t *testing.T) {
	if static {
		t.Skip("the library is linked in and cannot be exchanged")
	}
	if inside(t) {
		_, one := wuzhang.Call(`{"op":"version"}`)
		_, two := wuzhang.NewPolicy("dayi-2014")
		_, three := wuzhang.RestoreBook(nil)
		for _, err := range []error{one, two, three} {
			if !errors.Is(err, wuzhang.ErrABI) || !strings.Contains(err.Error(), fmt.Sprintf("libwuzhang 9.9.9 was loaded, which does not speak ABI %d", wuzhang.ABI)) {
				t.Error(err)
			}
		}
		return
	}
	// Every function of the library answers WZ_STATUS_ABI here, two answer a text, and the others abort.
	var source strings.Builder
	source.WriteString("#include <stdlib.h>\n")
	functions := strings.Fields(string(must(os.ReadFile("../../ffi/symbols.txt"))(t)))
	if len(functions) < 16 {
		t.Fatal(functions)
	}
	for _, function := range functions {
		switch function {
		case "wz_abi_check":
			fmt.Fprintf(&source, "unsigned %s(void) { return %d; }\n", function, wuzhang.StatusABI)
		case "wz_version", "wz_status_text":
			fmt.Fprintf(&source, "const char *%s(void) { return \"9.9.9\"; }\n", function)
		default:
			fmt.Fprintf(&source, "void %s(void) { abort(); }\n", function)
		}
	}
	library := filepath.Join(t.TempDir(), "other.so")
	compiler := exec.Command("cc", "-shared", "-fPIC", "-Wl,-soname,libwuzhang.so.1", "-o", library, "-x", "c", "-")
	compiler.Stdin = strings.NewReader(source.String())
	if output, err := compiler.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	again(t, t.Name(), library)
}

// The build tag decides which library it is.
func TestLinking(t *testing.T) {
	maps, err := os.ReadFile("/proc/self/maps")
	if err != nil {
		t.Skip(err)
	}
	if shared := bytes.Contains(maps, []byte("/libwuzhang.so")); shared == static {
		t.Errorf("built with wuzhang_static: %v; the shared library is loaded: %v", static, shared)
	}
}
