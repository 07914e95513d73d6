package wuzhang_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"wuzhang"
)

// need is a path that an environment variable names, else the place where the whole test run leaves
// it. Where the variable is set, it has to be there; else the test is skipped.
func need(t *testing.T, variable, usual string) string {
	t.Helper()
	path, given := os.LookupEnv(variable)
	if !given {
		path = usual
	}
	if _, err := os.Stat(path); err != nil {
		if given {
			t.Fatalf("%s: %v", variable, err)
		}
		t.Skipf("%v; set %s", err, variable)
	}
	return path
}

func must[T any](value T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

func newPolicy(t testing.TB) *wuzhang.Policy {
	t.Helper()
	policy := must(wuzhang.NewPolicy("dayi-2014"))(t)
	t.Cleanup(func() { policy.Close() })
	return policy
}

func newEngine(t testing.TB) *wuzhang.Engine {
	t.Helper()
	engine := must(wuzhang.NewEngine(newPolicy(t), roster))(t)
	t.Cleanup(func() { engine.Close() })
	return engine
}

func newBook(t testing.TB) *wuzhang.Book {
	t.Helper()
	book, dropped, err := wuzhang.OpenBook(newPolicy(t), roster, nil)
	if err != nil || dropped != 0 {
		t.Fatal(dropped, err)
	}
	t.Cleanup(func() { book.Close() })
	return book
}

// visits are so many commands, each a visit of k1 to h1, a minute after the one before.
func visits(count int) string {
	var lines strings.Builder
	at := time.Date(2014, 3, 3, 9, 0, 0, 0, time.FixedZone("", 8*3600))
	for number := 1; number <= count; number++ {
		at = at.Add(time.Minute)
		on := at.Format(time.RFC3339)
		fmt.Fprintf(&lines, `{"id":"c%d","at":"%s","actor":"k1","do":"record_visit","visit":"v%d","cadres":["k1"],"target":"h1","on":"%s","diary":"巷道积水,老人出行不便"}`+"\n",
			number, on, number, on)
	}
	return lines.String()
}

const (
	visit    = `{"id":"c1","at":"2014-03-03T09:00:00+08:00","actor":"k1","do":"record_visit","visit":"v1","cadres":["k1"],"target":"h1","on":"2014-03-03T08:30:00+08:00"}`
	rejected = `{"id":"c2","at":"2014-03-03T09:00:00+08:00","actor":"nobody","do":"record_visit","visit":"v2","cadres":["k1"],"target":"h1","on":"2014-03-03T08:30:00+08:00"}`
	askWeek  = `{"op":"duties","from":"2014-03-03","to":"2014-03-09","rule":"visit.village","subject":"k1"}`
	ofWeek   = `{"op":"visit_duties","from":"2014-03-03","to":"2014-03-09","as_of":"2014-03-10","rule":"visit.village","subject":"k1"}`
	noteNeed = `{"id":"c1","at":"2014-03-03T09:00:00+08:00","actor":"k1","do":"note_need","case":"a1","household":"h1","channel":"visit","category":"livelihood","topic":"巷道积水","text":"雨天巷道积水"}`
)

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
