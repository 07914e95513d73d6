package wuzhang_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"wuzhang"
)

// Any bytes are answered: with JSON, or with an error that says why not. Run with
//
//	go test -run - -fuzz FuzzCall -fuzztime 30s
func FuzzCall(f *testing.F) {
	for _, seed := range []string{
		"", "\xff", "{}", "[]", "null", `{"op":"version"}`, `{"op":"explain","code":"plan.cap"}`, `{"op":"explian"}`, `{"op":"preset","id":"五账"}`,
		`{"op":"verify","journal":"{\"seq\":1}\n"}`, `{"op":"check","kind":"commands","text":"{}\n"}`, `{"op":"check","kind":"roster","text":"{}","policy":"dayi-2014","on":"2014-03-03"}`,
		askWeek, ofWeek, `{"op":"status"}`, `{"op":"apply","case":null,"command":` + noteNeed + `}`, `{"op":"rates","from":"0001-01-01","to":"9999-12-31"}`,
	} {
		f.Add(seed)
	}
	engine, book := newEngine(f), newBook(f)
	f.Fuzz(func(t *testing.T, request string) {
		for _, call := range []func(string) (string, error){wuzhang.Call, engine.Call, book.Call,
			func(request string) (string, error) { return engine.VisitDuties(nil, request) }} {
			answer, err := call(request)
			if err != nil {
				saysWhy(t, err)
			} else if !json.Valid([]byte(answer)) || !strings.HasPrefix(answer, `{"ok":`) {
				t.Errorf("%q is answered %s", request, answer)
			}
		}
	})
}

// Any block of lines leaves a book that is whole: its journal verifies and opens to the same book.
func FuzzApplyLines(f *testing.F) {
	for _, seed := range []string{
		"", "\n", visit, visit + "\n" + visit, rejected + "\n" + visit, noteNeed + "\r\n{}\n", visits(3), "\xff\n", visit + "\n[]\n" + rejected,
		strings.Replace(visit, "2014", "9999", -1), strings.Replace(noteNeed, "雨", "\x00", 1), strings.Replace(visit, `"k1"]`, `"k1","k1"]`, 1),
	} {
		f.Add([]byte(seed))
	}
	policy := newPolicy(f)
	f.Fuzz(func(t *testing.T, lines []byte) {
		book, _, err := wuzhang.OpenBook(policy, roster, nil)
		if err != nil {
			t.Fatal(err)
		}
		defer book.Close()
		block, err := book.ApplyLines(lines)
		if err != nil {
			saysWhy(t, err)
		}
		accepted := 0
		for _, outcome := range must(wuzhang.Outcomes(block))(t) {
			if outcome.Accepted {
				accepted++
			} else if len(outcome.Findings()) == 0 {
				t.Errorf("no reason in %s", outcome.JSON)
			}
		}
		status := must(book.Status())(t)
		// A command sent again is accepted again and changes nothing.
		if status.Commands > uint64(accepted) || (accepted > 0) != (status.Commands > 0) {
			t.Errorf("%d accepted, %v", accepted, status)
		}
		again, dropped, err := wuzhang.OpenBook(policy, roster, must(book.Journal(1))(t))
		if err != nil || dropped != 0 {
			t.Fatal(dropped, err)
		}
		defer again.Close()
		if reopened := must(again.Status())(t); reopened != status {
			t.Errorf("%v, reopened %v", status, reopened)
		}
	})
}

func saysWhy(t *testing.T, err error) {
	t.Helper()
	var failed *wuzhang.Error
	if !errors.As(err, &failed) {
		t.Fatal(err)
	}
	switch failed.Status {
	case wuzhang.StatusInvalid, wuzhang.StatusStopped:
		if len(failed.Findings) == 0 {
			t.Errorf("no findings in %v", err)
		}
	case wuzhang.StatusUTF8:
	default:
		t.Error(err)
	}
}
