//go:build !race

// Under the race detector the process grows by itself.

package wuzhang_test

import (
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"testing"

	"wuzhang"
	"wuzhang/internal/native"
)

// calls is how many calls have to leave no trace. What allots a lot in each is called less often.
const calls = 100_000

// room is how much more memory the process may have afterwards: less than the smallest block of an
// allocator for each of the calls, so that losing a single byte in each of them is noticed.
const room = 16 * calls

// resident is the memory of the process, in bytes, Go's own garbage given back.
func resident(t *testing.T) int {
	t.Helper()
	debug.FreeOSMemory()
	var size, pages int
	if _, err := fmt.Sscan(string(must(os.ReadFile("/proc/self/statm"))(t)), &size, &pages); err != nil {
		t.Fatal(err)
	}
	return pages * os.Getpagesize()
}

func growth(t *testing.T, count int, call func()) int {
	t.Helper()
	for warm := 0; warm < count/4; warm++ {
		call()
	}
	before := resident(t)
	for done := 0; done < count; done++ {
		call()
	}
	return resident(t) - before
}

func TestMemory(t *testing.T) {
	if _, err := os.Stat("/proc/self/statm"); err != nil {
		t.Skip(err)
	}
	policy, engine, book := newPolicy(t), newEngine(t), newBook(t)
	must(book.Apply(visit))(t)
	snapshot := must(book.Snapshot())(t)
	columns := wuzhang.Visits{Cadres: []string{"k1"}, Targets: []string{"h1"}, Cadre: []uint32{0}, Target: []uint32{0}, On: []int64{1393806600}}
	expect := func(want, err error) {
		t.Helper()
		if !errors.Is(err, want) {
			t.Fatal(err)
		}
	}
	for _, kind := range []struct {
		name  string
		count int
		call  func()
	}{
		{"apply", calls, func() { _, err := book.Apply(visit); expect(nil, err) }},
		{"apply what is rejected", calls, func() { _, err := book.Apply(rejected); expect(nil, err) }},
		{"apply what is no command", calls / 4, func() { _, err := book.Apply("[]"); expect(wuzhang.ErrInvalid, err) }},
		{"apply lines", calls / 10, func() { _, err := book.ApplyLines([]byte(visit + "\n{")); expect(wuzhang.ErrStopped, err) }},
		{"ask a book", calls, func() { _, err := book.Call(`{"op":"status"}`); expect(nil, err) }},
		{"journal", calls / 50, func() { _, err := book.Journal(1); expect(nil, err) }},
		{"snapshot", calls / 20, func() { _, err := book.Snapshot(); expect(nil, err) }},
		{"call", calls, func() { _, err := wuzhang.Call(`{"op":"version"}`); expect(nil, err) }},
		{"call what is no text", calls, func() { _, err := wuzhang.Call("\xff"); expect(wuzhang.ErrUTF8, err) }},
		{"ask an engine", calls / 10, func() { _, err := engine.Call(`{"op":"no"}`); expect(wuzhang.ErrInvalid, err) }},
		{"visits", calls / 2, func() { _, err := engine.VisitDuties(&columns, ofWeek); expect(nil, err) }},
		{"engines", calls / 20, func() {
			engine, err := wuzhang.NewEngine(policy, roster)
			expect(nil, err)
			engine.Close()
		}},
		{"books", calls / 20, func() {
			book, _, err := wuzhang.OpenBook(policy, roster, nil)
			expect(nil, err)
			book.Close()
		}},
		{"restored books", calls / 200, func() {
			book, err := wuzhang.RestoreBook(snapshot)
			expect(nil, err)
			book.Close()
		}},
		{"policies", calls / 100, func() {
			policy, err := wuzhang.NewPolicy("petition-2022")
			expect(nil, err)
			policy.Close()
		}},
		{"no policies", calls / 10, func() { _, err := wuzhang.NewPolicy("no"); expect(wuzhang.ErrInvalid, err) }},
	} {
		grown := growth(t, kind.count, kind.call)
		t.Logf("%-26s %6d calls: %7d bytes more", kind.name, kind.count, grown)
		if grown > room {
			t.Errorf("%s: %d calls cost %d bytes for good", kind.name, kind.count, grown)
		}
	}
}

// The bound would notice a leak of one byte a call.
func TestMemoryNotices(t *testing.T) {
	if grown := growth(t, calls, func() { native.Leak(1, 1) }); grown <= room {
		t.Errorf("%d bytes lost in %d calls show as %d", calls, calls, grown)
	}
}
