package wuzhang_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"

	"wuzhang"
)

// viewTypes make the type that the answer of an operation is decoded into.
var viewTypes = map[string]func() any{
	"book duties":      func() any { return new([]wuzhang.Duty) },
	"book ledger":      func() any { return new(wuzhang.Ledger) },
	"book case":        func() any { return new(wuzhang.CaseView) },
	"book actions":     func() any { return new([]wuzhang.Action) },
	"book agenda":      func() any { return new(wuzhang.Agenda) },
	"book publication": func() any { return new(wuzhang.Publication) },
	"book rates":       func() any { return new([]wuzhang.Rate) },
	"book advice":      func() any { return new([]wuzhang.Finding) },
	"book my_case":     func() any { return new(wuzhang.MyCase) },
	"book status":      func() any { return new(wuzhang.BookStatus) },
	"library verify":   func() any { return new(wuzhang.Verdict) },
	"library explain":  func() any { return new(wuzhang.Explanation) },
	"library check":    func() any { return new([]wuzhang.Finding) },
}

// checkView decodes the answer of a step, writes it again and holds the two against each other, so
// that no type lacks or misnames a field. It says which view that was, if any.
func checkView(t *testing.T, name string, step *vectorStep, answer string) string {
	t.Helper()
	var request struct {
		Op string `json:"op"`
	}
	var body struct {
		OK json.RawMessage `json:"ok"`
	}
	if json.Unmarshal([]byte(step.Text), &request) != nil || !strings.HasPrefix(answer, `{"ok":`) {
		return ""
	}
	view := step.To + " " + request.Op
	make, known := viewTypes[view]
	if !known {
		return ""
	}
	value := make()
	if err := json.Unmarshal([]byte(answer), &body); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(body.OK, value); err != nil {
		t.Errorf("%s: %s: %v", name, view, err)
	}
	if ledger, is := value.(*wuzhang.Ledger); is && !ledger.Full {
		if len(ledger.Rows) != 0 {
			t.Errorf("%s: the public reads %v", name, ledger.Rows)
		}
		text := must(json.Marshal(ledger))(t)
		items := must(json.Marshal(ledger.Items))(t)
		again := strings.Replace(string(text), `"rows":null`, `"rows":`+string(items), 1)
		same(t, name, view, body.OK, []byte(again))
		return view
	}
	same(t, name, view, body.OK, must(json.Marshal(value))(t))
	return view
}

func same(t *testing.T, name, view string, want, have []byte) {
	t.Helper()
	var a, b any
	if err := firstError(json.Unmarshal(want, &a), json.Unmarshal(have, &b)); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(filled(a), filled(b)) {
		t.Errorf("%s: %s: the library gives\n%s\nand the type holds\n%s", name, view, want, have)
	}
}

// filled leaves out the fields that hold nothing: where the library gives null, a string is empty.
func filled(value any) any {
	switch value := value.(type) {
	case []any:
		for index, item := range value {
			value[index] = filled(item)
		}
	case map[string]any:
		for field, item := range value {
			item = filled(item)
			list, isList := item.([]any)
			if item == nil || item == "" || isList && len(list) == 0 {
				delete(value, field)
			} else {
				value[field] = item
			}
		}
	}
	return value
}

// The methods ask what they say they ask.
func TestViewMethods(t *testing.T) {
	book := newBook(t)
	commands := visit + "\n" + strings.NewReplacer(`"c1"`, `"c2"`).Replace(noteNeed) + "\n" +
		`{"id":"c3","at":"2014-03-03T10:00:00+08:00","actor":"k1","do":"register_card","case":"a1","card":{"name":"张大山","address":"3组12号","household_size":4,"income":18000,"appeal":"疏通水沟","cause":"水沟淤塞"}}` + "\n"
	for _, outcome := range must(wuzhang.Outcomes(must(book.ApplyLines([]byte(commands)))(t)))(t) {
		if !outcome.Accepted {
			t.Fatal(outcome.JSON)
		}
	}
	view := must(book.Case(wuzhang.CaseQuery{Case: "a1", Viewer: "k1"}))(t)
	var held struct {
		QueryCode string `json:"query_code"`
		State     string `json:"state"`
	}
	if err := json.Unmarshal(view.Case, &held); err != nil || !view.Full || held.State != "registered" || len(view.Duties) == 0 {
		t.Error(string(view.Case), err)
	}
	if public := must(book.Case(wuzhang.CaseQuery{Case: "a1"}))(t); public.Full || public.Case != nil || len(public.Items) != 0 {
		t.Error(public)
	}
	if own := must(book.MyCase(held.QueryCode, "张大山", ""))(t); own.Topic != "巷道积水" || own.State != "registered" || len(own.Timeline) != 2 {
		t.Error(own)
	}
	if ledger := must(book.Ledger(wuzhang.LedgerQuery{Unit: "510129101201", Viewer: "k1"}))(t); !ledger.Full || len(ledger.Counts) != 3 {
		t.Error(ledger)
	}
	if ledger := must(book.Ledger(wuzhang.LedgerQuery{Unit: "510129101201"}))(t); ledger.Full || len(ledger.Counts) != 0 {
		t.Error(ledger)
	}
	if agenda := must(book.Agenda(wuzhang.AgendaQuery{Person: "k1", Viewer: "k1"}))(t); agenda.Name != "李某" || len(agenda.Rows) == 0 {
		t.Error(agenda)
	}
	allowed := false
	for _, action := range must(book.Actions("a1", "k1", "2014-03-03T10:00:00+08:00"))(t) {
		allowed = allowed || action.Allowed
	}
	if !allowed {
		t.Error("k1 may do nothing")
	}
	if board := must(book.Publication("510129101201", "2014-03"))(t); board.Unit != "510129101201" || len(board.Counts.Rows) != 3 {
		t.Error(board)
	}
	if rates := must(book.Rates(wuzhang.RatesQuery{From: "2014-03-01", To: "2014-03-31", Unit: "510129101201"}))(t); len(rates) == 0 || rates[0].N.Noted != 1 {
		t.Error(rates)
	}
	if advice := must(book.Advice("2014-03-01", "2014-03-31"))(t); len(advice) != 0 {
		t.Error(advice)
	}
	before := must(book.Status())(t)
	taken := `{"id":"c9","at":"2014-03-03T11:00:00+08:00","actor":"k1","do":"note_need","case":"a1","household":"h1","channel":"visit","category":"livelihood","topic":"路灯","text":"路灯不亮"}`
	if judged := must(book.Judge(taken))(t); judged.Accepted || len(judged.Findings()) == 0 || len(judged.Events()) != 0 {
		t.Error(judged)
	}
	if judged := must(book.Judge(strings.Replace(taken, `"a1"`, `"a9"`, 1)))(t); !judged.Accepted || len(judged.Events()) != 0 {
		t.Error(judged)
	}
	if _, err := book.Judge("{"); !errors.Is(err, wuzhang.ErrInvalid) {
		t.Error(err)
	}
	if after := must(book.Status())(t); after != before {
		t.Error(after)
	}
	policy, roster := must(book.Policy("2014-03-03"))(t), must(book.Roster(""))(t)
	inForce := must(wuzhang.NewPolicy(string(policy)))(t)
	defer inForce.Close()
	again, _, err := wuzhang.OpenBook(inForce, string(roster), nil)
	if err != nil {
		t.Fatal(string(policy), string(roster), err)
	}
	defer again.Close()
	if !bytes.Equal(roster, must(again.Roster(""))(t)) {
		t.Error(string(roster))
	}
	if status := must(book.Status())(t); status != (wuzhang.BookStatus{Commands: 3, Events: 4, Cases: 1, Visits: 1, Head: status.Head, LastAt: "2014-03-03T10:00:00+08:00"}) || len(status.Head) != 64 {
		t.Error(status)
	}
	if presets := must(wuzhang.Presets())(t); len(presets) != 3 || presets[0] != "dayi-2014" {
		t.Error(presets)
	}
	if findings := must(wuzhang.Check("policy", `{"id":"x"}`))(t); len(findings) == 0 {
		t.Error("a policy of nothing but a name is in order")
	}
}
