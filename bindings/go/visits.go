package wuzhang

import (
	"strings"
	"unsafe"
)

// Visits are visits in columns, one row for each cadre of a visit. Rows of one visit stand next to
// each other and bear the same number in Visit. Every column has as many values as On; those that
// may be left out are nil.
type Visits struct {
	// Cadres and Targets are the roster's ids that the numbers in Cadre and Target stand for, from 0.
	Cadres, Targets []string
	// Cadre is who visited, by number.
	Cadre []uint32
	// Target is who was visited, by number.
	Target []uint32
	// On is when, in seconds since 1970-01-01T00:00:00Z.
	On []int64
	// Entered is when it was entered, in the same seconds. Nil: each as it happened.
	Entered []int64
	// Remote is where nobody met in person. Nil: all in person.
	Remote []bool
	// Visit is the visit's number, which is its evidence in the answer. Nil: the row's number, from 0.
	Visit []uint64
}

// C reads a bool of Go's as the byte that it is.
var _ [1]struct{} = [unsafe.Sizeof(true)]struct{}{}

// VisitDuties answers the quota duties of visits in columns: no command is written, nothing is kept.
// The request is {"op":"visit_duties","from":…,"to":…,"as_of":…}, with rule, state and subject if
// wanted; the answer {"ok":[…]} has the rows of duties for the rules visit.*.
func (e *Engine) VisitDuties(visits *Visits, request string) (string, error) {
	engine, err := e.held().enter()
	if err != nil {
		return "", err
	}
	defer e.handle.leave()
	if visits == nil {
		visits = new(Visits)
	}
	// C takes one length for all columns: where one is shorter, it would read beyond its end.
	for _, column := range [...]struct {
		name     string
		len      int
		optional bool
	}{
		{"Cadre", len(visits.Cadre), false}, {"Target", len(visits.Target), false},
		{"Entered", len(visits.Entered), visits.Entered == nil}, {"Remote", len(visits.Remote), visits.Remote == nil},
		{"Visit", len(visits.Visit), visits.Visit == nil},
	} {
		if column.len != len(visits.On) && !column.optional {
			return "", bad("the column %s has %d values, On has %d", column.name, column.len, len(visits.On))
		}
	}
	cadres, err := oneALine("Cadres", visits.Cadres)
	if err != nil {
		return "", err
	}
	targets, err := oneALine("Targets", visits.Targets)
	if err != nil {
		return "", err
	}
	return said(cEngineVisitDuties(engine, visits, cadres, targets, request))
}

// oneALine writes ids as C reads them. A line break within one would shift the numbers of all that
// follow.
func oneALine(name string, ids []string) (string, error) {
	var lines strings.Builder
	for number, id := range ids {
		if strings.ContainsAny(id, "\r\n") {
			return "", bad("number %d of %s has a line break in it", number, name)
		}
		lines.WriteString(id)
		lines.WriteByte('\n')
	}
	return lines.String(), nil
}
