package wuzhang_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"wuzhang"
)

func TestVersionAndCodes(t *testing.T) {
	version := wuzhang.Version()
	answer := must(wuzhang.Call(`{"op":"version"}`))(t)
	if version == "" || !strings.Contains(answer, `"version":"`+version+`"`) {
		t.Error(version, answer)
	}
	codes := must(wuzhang.Codes())(t)
	if len(codes) < 80 {
		t.Errorf("only %d codes", len(codes))
	}
	for _, code := range codes {
		explanation := must(wuzhang.Explain(string(code)))(t)
		if code.Number() == 0 || explanation.Number != code.Number() || explanation.Code != string(code) {
			t.Errorf("%s is %d here and %d in the library", code, code.Number(), explanation.Number)
		}
		if explanation.Title.Zh == "" || explanation.Title.En == "" {
			t.Errorf("%s has no title", code)
		}
	}
	if number := wuzhang.Code("no.such").Number(); number != 0 {
		t.Error(number)
	}
}

func TestOutcomes(t *testing.T) {
	book := newBook(t)
	accepted := must(book.Apply(visit))(t)
	if !accepted.Accepted || len(accepted.Findings()) != 0 || len(accepted.Events()) != 1 {
		t.Error(accepted)
	}
	if again := must(book.Apply(visit))(t); again != accepted {
		t.Errorf("sent again, it is answered %s", again.JSON)
	}
	refused := must(book.Apply(rejected))(t)
	findings := refused.Findings()
	if refused.Accepted || len(findings) == 0 || len(refused.Events()) != 0 {
		t.Fatal(refused)
	}
	if first := findings[0]; first.Code != wuzhang.CodeActorUnknown || first.Path != "/actor" || first.Severity != "error" ||
		first.Message.Zh == "" || first.Message.En == "" || first.Params["id"] != "nobody" {
		t.Errorf("%+v", first)
	}
	if none := (wuzhang.Outcome{JSON: "{"}); none.Findings() != nil || none.Events() != nil {
		t.Error(none)
	}
}

func TestLines(t *testing.T) {
	book := newBook(t)
	outcomes := must(wuzhang.Outcomes(must(book.ApplyLines([]byte(visit + "\n\n" + rejected + "\n")))(t)))(t)
	if len(outcomes) != 2 || !outcomes[0].Accepted || outcomes[1].Accepted {
		t.Fatal(outcomes)
	}
	// The line that is no command stops the block; what stands before it is applied.
	second := strings.NewReplacer(`"c1"`, `"c3"`, `"v1"`, `"v3"`).Replace(visit)
	third := strings.NewReplacer(`"c1"`, `"c4"`, `"v1"`, `"v4"`).Replace(visit)
	block, err := book.ApplyLines([]byte(second + "\n[]\n" + third + "\n"))
	var failed *wuzhang.Error
	if !errors.Is(err, wuzhang.ErrStopped) || errors.Is(err, wuzhang.ErrInvalid) || !errors.As(err, &failed) {
		t.Fatal(err)
	}
	if len(failed.Findings) != 1 || failed.Findings[0].Params["line"] != 2.0 {
		t.Error(failed.Findings)
	}
	if applied := must(wuzhang.Outcomes(block))(t); len(applied) != 1 || !applied[0].Accepted {
		t.Error(applied)
	}
	if status := must(book.Status())(t); status.Visits != 2 {
		t.Error(status)
	}
	if _, err := wuzhang.Outcomes([]byte("{}\n{")); err == nil {
		t.Error("half an outcome is read")
	}
}

func TestJournalAndSnapshot(t *testing.T) {
	policy, book := newPolicy(t), newBook(t)
	must(book.ApplyLines([]byte(visits(5))))(t)
	journal := must(book.Journal(1))(t)
	if count := strings.Count(string(journal), "\n"); count != 6 {
		t.Errorf("%d events", count)
	}
	if rest := must(book.Journal(6))(t); !strings.HasSuffix(string(journal), string(rest)) || strings.Count(string(rest), "\n") != 1 {
		t.Errorf("from 6: %s", rest)
	}
	if none := must(book.Journal(1 << 60))(t); len(none) != 0 {
		t.Errorf("beyond the end: %s", none)
	}
	status := must(book.Status())(t)
	if verdict := must(wuzhang.Verify(journal, status.Head))(t); !verdict.Sound || verdict.Events != 6 || verdict.Head != status.Head {
		t.Error(verdict)
	}
	if verdict := must(wuzhang.Verify(journal[:len(journal)-1-len(must(book.Journal(6))(t))+1], status.Head))(t); verdict.Sound || verdict.Finding == nil ||
		verdict.Finding.Code != wuzhang.CodeJournalHead {
		t.Error(verdict)
	}
	restored := must(wuzhang.RestoreBook(must(book.Snapshot())(t)))(t)
	defer restored.Close()
	torn := append(append([]byte(nil), journal...), `{"seq":7,"at`...)
	opened, dropped, err := wuzhang.OpenBook(policy, roster, torn)
	if err != nil || dropped != 12 {
		t.Fatal(dropped, err)
	}
	defer opened.Close()
	for _, same := range []*wuzhang.Book{restored, opened} {
		if have := must(same.Status())(t); have != status {
			t.Errorf("%v, not %v", have, status)
		}
		if have := must(same.Journal(1))(t); string(have) != string(journal) {
			t.Errorf("another journal: %s", have)
		}
	}
	if _, _, err := wuzhang.OpenBook(policy, roster, []byte(strings.Replace(string(journal), "v3", "v9", 1))); !errors.Is(err, wuzhang.ErrInvalid) {
		t.Error(err)
	}
}

func TestEngine(t *testing.T) {
	engine := newEngine(t)
	applied := must(engine.Apply(nil, noteNeed))(t)
	if !applied.Outcome.Accepted || len(applied.NotJudged) == 0 || !json.Valid([]byte(applied.Outcome.JSON)) {
		t.Fatal(applied)
	}
	duties := must(engine.DutiesOf(applied.Case, "2014-03-03T09:00:00+08:00"))(t)
	if len(duties) != 1 || duties[0].Rule != "register.within" || duties[0].Due != "2014-03-05" || duties[0].Subject != "k1" {
		t.Error(duties)
	}
	open := 0
	for _, action := range must(engine.Actions(applied.Case, "k1", "2014-03-03T09:00:00+08:00"))(t) {
		if action.Allowed != (len(action.Findings) == 0) {
			t.Error(action)
		}
		if action.Allowed {
			open++
		}
	}
	if open == 0 {
		t.Error("nothing may be done about a need that was just noted")
	}
	for _, command := range []string{"", "{", "visit", `{"id":1}x`} {
		if _, err := engine.Apply(nil, command); !errors.Is(err, wuzhang.ErrInvalid) {
			t.Errorf("%q: %v", command, err)
		}
	}
}

func TestVisitColumns(t *testing.T) {
	engine, book := newEngine(t), newBook(t)
	must(book.ApplyLines([]byte(visit)))(t)
	columns := wuzhang.Visits{Cadres: []string{"k2", "k1"}, Targets: []string{"h1"}, Cadre: []uint32{1}, Target: []uint32{0},
		On: []int64{1393806600}} // 2014-03-03T08:30:00+08:00
	read := func(answer string) (rows struct{ OK []wuzhang.Duty }) {
		t.Helper()
		if err := json.Unmarshal([]byte(answer), &rows); err != nil {
			t.Fatal(err)
		}
		return rows
	}
	byColumns := read(must(engine.VisitDuties(&columns, ofWeek))(t)).OK
	byBook := must(book.Duties(wuzhang.DutiesQuery{From: "2014-03-03", To: "2014-03-09", AsOf: "2014-03-10", Rule: "visit.village", Subject: "k1"}))(t)
	if len(byColumns) != 1 || byColumns[0].State != "met" || len(byColumns[0].Evidence) != 1 || byColumns[0].Evidence[0] != "0" {
		t.Fatal(byColumns)
	}
	if byColumns[0].Evidence = byBook[0].Evidence; len(byBook) != 1 || byBook[0].Count != byColumns[0].Count || byBook[0].State != byColumns[0].State {
		t.Error(byBook, byColumns)
	}
	columns.Visit, columns.Remote, columns.Entered = []uint64{7}, []bool{false}, []int64{1393806600}
	if rows := read(must(engine.VisitDuties(&columns, ofWeek))(t)).OK; rows[0].State != "met" || rows[0].Evidence[0] != "7" {
		t.Error(rows)
	}
	columns.Remote = []bool{true}
	if rows := read(must(engine.VisitDuties(&columns, ofWeek))(t)).OK; rows[0].State != "missed" || rows[0].Count != 0 {
		t.Error(rows)
	}
	for _, none := range []*wuzhang.Visits{nil, {}, {Cadres: []string{}, On: []int64{}, Remote: []bool{}, Visit: []uint64{}}} {
		if rows := read(must(engine.VisitDuties(none, ofWeek))(t)).OK; len(rows) != 1 || rows[0].State != "missed" {
			t.Error(rows)
		}
	}
	for name, spoil := range map[string]func(*wuzhang.Visits){
		"too few cadres":            func(v *wuzhang.Visits) { v.Cadre = nil },
		"too many targets":          func(v *wuzhang.Visits) { v.Target = []uint32{0, 0} },
		"too few instants":          func(v *wuzhang.Visits) { v.On = []int64{} },
		"too few entries":           func(v *wuzhang.Visits) { v.Entered = []int64{} },
		"too many remotes":          func(v *wuzhang.Visits) { v.Remote = []bool{true, true} },
		"too few numbers of visits": func(v *wuzhang.Visits) { v.Visit = []uint64{} },
		"a cadre that is not there": func(v *wuzhang.Visits) { v.Cadre = []uint32{2} },
		"an unknown target":         func(v *wuzhang.Visits) { v.Targets = []string{"h9"} },
		"two ids in one":            func(v *wuzhang.Visits) { v.Cadres = []string{"k2\nk1"} },
		"an id with its line's end": func(v *wuzhang.Visits) { v.Targets = []string{"h1\r"} },
		"an id of two lines":        func(v *wuzhang.Visits) { v.Cadres = []string{"", "k1\n"} },
	} {
		spoilt := columns
		spoil(&spoilt)
		if answer, err := engine.VisitDuties(&spoilt, ofWeek); !errors.Is(err, wuzhang.ErrInvalid) {
			t.Errorf("%s: %s %v", name, answer, err)
		}
	}
}
