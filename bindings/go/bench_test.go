package wuzhang_test

import (
	"strings"
	"testing"
	"time"

	"wuzhang"
	"wuzhang/internal/native"
)

// Each benchmark measures two ways to the same thing in turns, within one run, and reports how many
// times longer the first takes: a ratio holds on other machines, too. Of each way the best round
// counts, since other work on the machine only ever makes a round longer.

const benchVisits = 2_000

// One command after another through Go, against a loop in C over the same lines.
func BenchmarkCommand(b *testing.B) {
	lines := visits(benchVisits)
	list := strings.Split(strings.TrimSuffix(lines, "\n"), "\n")
	var inGo, inC best
	for round := 0; round < b.N; round++ {
		count, took, err := native.ApplyEach("dayi-2014", roster, lines)
		if err != nil || count != len(list) {
			b.Fatal(count, err)
		}
		inC.take(took)
		book := newBook(b)
		start := time.Now()
		for _, line := range list {
			if outcome, err := book.Apply(line); err != nil || !outcome.Accepted {
				b.Fatal(outcome, err)
			}
		}
		inGo.take(time.Since(start))
		book.Close()
	}
	report(b, inGo, inC, "of-C", "command")
}

// A block of lines through Go, against a loop in C over the same lines.
func BenchmarkLines(b *testing.B) {
	lines := visits(benchVisits)
	block := []byte(lines)
	var inGo, inC best
	for round := 0; round < b.N; round++ {
		_, took, err := native.ApplyEach("dayi-2014", roster, lines)
		if err != nil {
			b.Fatal(err)
		}
		inC.take(took)
		book := newBook(b)
		start := time.Now()
		if outcomes, err := book.ApplyLines(block); err != nil || strings.Count(string(outcomes), "\n") != benchVisits {
			b.Fatal(err)
		}
		inGo.take(time.Since(start))
		book.Close()
	}
	report(b, inGo, inC, "of-C", "command")
}

// The duties of visits that come as a block of lines, against those that come in columns.
func BenchmarkVisits(b *testing.B) {
	block := []byte(visits(benchVisits))
	columns := wuzhang.Visits{Cadres: []string{"k1"}, Targets: []string{"h1"}, Cadre: make([]uint32, benchVisits),
		Target: make([]uint32, benchVisits), On: make([]int64, benchVisits)}
	for row := range columns.On {
		columns.On[row] = 1393808400 + 60*int64(row+1) // as the lines have it
	}
	engine := newEngine(b)
	var byLines, byColumns best
	for round := 0; round < b.N; round++ {
		book := newBook(b)
		start := time.Now()
		if _, err := book.ApplyLines(block); err != nil {
			b.Fatal(err)
		}
		duties, err := book.Duties(wuzhang.DutiesQuery{From: "2014-03-03", To: "2014-03-09", AsOf: "2014-03-10", Rule: "visit.village", Subject: "k1"})
		if err != nil || duties[0].State != "met" {
			b.Fatal(duties, err)
		}
		byLines.take(time.Since(start))
		book.Close()
		start = time.Now()
		if answer, err := engine.VisitDuties(&columns, ofWeek); err != nil || !strings.Contains(answer, `"met"`) {
			b.Fatal(answer, err)
		}
		byColumns.take(time.Since(start))
	}
	report(b, byLines, byColumns, "of-columns", "visit")
}

// A call that does next to nothing: what crossing the boundary costs by itself.
func BenchmarkCrossing(b *testing.B) {
	b.ReportAllocs()
	for round := 0; round < b.N; round++ {
		if _, err := wuzhang.Call("\xff"); err == nil {
			b.Fatal("bytes that are no text are answered")
		}
	}
}

// best is the shortest time of several.
type best time.Duration

func (b *best) take(took time.Duration) {
	if *b == 0 || best(took) < *b {
		*b = best(took)
	}
}

func report(b *testing.B, one, other best, unit, thing string) {
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(one)/float64(other), unit)
	b.ReportMetric(float64(one)/benchVisits, "ns/"+thing)
}
