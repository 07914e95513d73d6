package wuzhang_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"wuzhang"
)

const notUTF8 = "{\"op\":\"\xff\xfe\"}"

// Texts that are nothing, too much or no text are answered, and the next call works.
func TestBadText(t *testing.T) {
	policy, engine, book := newPolicy(t), newEngine(t), newBook(t)
	huge := strings.Repeat("大", 1<<17)
	calls := map[string]func(text string) error{
		"Call":      func(text string) error { _, err := wuzhang.Call(text); return err },
		"NewPolicy": func(text string) error { _, err := wuzhang.NewPolicy(text); return err },
		"NewEngine": func(text string) error { _, err := wuzhang.NewEngine(policy, text); return err },
		"OpenBook":  func(text string) error { _, _, err := wuzhang.OpenBook(policy, text, nil); return err },
		"journal": func(text string) error {
			_, _, err := wuzhang.OpenBook(policy, roster, []byte(text+"\n{}\n"))
			return err
		},
		"RestoreBook": func(text string) error { _, err := wuzhang.RestoreBook([]byte(text)); return err },
		"Engine.Call": func(text string) error { _, err := engine.Call(text); return err },
		"VisitDuties": func(text string) error { _, err := engine.VisitDuties(&wuzhang.Visits{}, text); return err },
		"Apply":       func(text string) error { _, err := book.Apply(text); return err },
		"Book.Call":   func(text string) error { _, err := book.Call(text); return err },
	}
	for name, call := range calls {
		for what, text := range map[string]string{
			"empty": "", "one byte": "\x00", "a word": "no such thing", "a list": "[]", "another object": `{"a":1}`, "not UTF-8": notUTF8,
			"half a character": "{\"op\":\"五"[:9], "deep": strings.Repeat("[", 100_000), "huge": huge, "a huge string": `{"op":"` + huge + `"}`,
			"a lone surrogate": `{"op":"\ud800"}`,
		} {
			err := call(text)
			if !errors.Is(err, wuzhang.ErrInvalid) && !(errors.Is(err, wuzhang.ErrUTF8) && what == "not UTF-8" || what == "half a character") {
				t.Errorf("%s, %s: %v", name, what, err)
				continue
			}
			var failed *wuzhang.Error
			if !errors.As(err, &failed) || failed.Status == wuzhang.StatusInvalid && (len(failed.Findings) == 0 || failed.Answer == "") {
				t.Errorf("%s, %s: %v has no findings", name, what, err)
			}
		}
	}
	long := must(book.Apply(strings.Replace(visit, "v1", strings.Repeat("v", 5<<20), 1)))(t)
	if findings := long.Findings(); long.Accepted || len(findings) != 1 || findings[0].Code != wuzhang.CodeCommandInvalid || len(long.JSON) > 10_000 {
		t.Errorf("a command of 5 MiB: %.500s", long.JSON)
	}
	for _, block := range [][]byte{nil, {}, []byte("\n\n"), []byte(" \r\n")} {
		if outcomes := must(book.ApplyLines(block))(t); len(outcomes) != 0 {
			t.Errorf("%q: %s", block, outcomes)
		}
	}
	for _, block := range []string{notUTF8, "\x00", huge, visit + notUTF8} {
		if outcomes, err := book.ApplyLines([]byte(block)); !errors.Is(err, wuzhang.ErrStopped) || len(outcomes) != 0 {
			t.Errorf("%.20q: %s %v", block, outcomes, err)
		}
	}
	if _, err := wuzhang.Verify([]byte(notUTF8), ""); !errors.Is(err, wuzhang.ErrUTF8) {
		t.Error(err)
	}
	if _, err := wuzhang.Check("policy", notUTF8); !errors.Is(err, wuzhang.ErrUTF8) {
		t.Error(err)
	}
	if outcome := must(book.Apply(visit))(t); !outcome.Accepted {
		t.Error(outcome)
	}
}

// An error says in words what is wrong, where, and how much more there is.
func TestErrorText(t *testing.T) {
	_, err := wuzhang.Call(`{"op":"explian"}`)
	var failed *wuzhang.Error
	if !errors.As(err, &failed) || failed.Status != wuzhang.StatusInvalid || failed.Findings[0].Code != wuzhang.CodeRequestInvalid ||
		failed.Findings[0].Params["nearest"] != "explain" {
		t.Fatal(err)
	}
	for _, words := range []string{"wuzhang: ", "request.invalid at /op", "explain"} {
		if !strings.Contains(err.Error(), words) {
			t.Errorf("%q is not in %q", words, err)
		}
	}
	_, err = newBook(t).Call(`{"op":"duties"}`)
	if !strings.HasSuffix(fmt.Sprint(err), "(and 1 more)") {
		t.Error(err)
	}
	if errors.Is(err, wuzhang.ErrBusy) || errors.Is(err, wuzhang.ErrClosed) {
		t.Error("an error is several things at once")
	}
}

// Every method of a handle that is closed, nil or was never made answers ErrClosed.
func TestClosed(t *testing.T) {
	policy := must(wuzhang.NewPolicy("dayi-2014"))(t)
	engine := must(wuzhang.NewEngine(policy, roster))(t)
	book, _, err := wuzhang.OpenBook(policy, roster, nil)
	if err != nil {
		t.Fatal(err)
	}
	// What was made with a policy outlives it.
	for range [2]int{} {
		if err := policy.Close(); err != nil {
			t.Error(err)
		}
	}
	must(engine.Apply(nil, noteNeed))(t)
	must(book.Apply(visit))(t)
	for range [2]int{} {
		if err := firstError(engine.Close(), book.Close()); err != nil {
			t.Error(err)
		}
	}
	refuse := func(policy *wuzhang.Policy, engine *wuzhang.Engine, book *wuzhang.Book) {
		t.Helper()
		closed := func(_ any, err error) {
			t.Helper()
			if !errors.Is(err, wuzhang.ErrClosed) {
				t.Error(err)
			}
		}
		closed(wuzhang.NewEngine(policy, roster))
		_, _, err := wuzhang.OpenBook(policy, roster, nil)
		closed(nil, err)
		closed(engine.Call(`{"op":"apply"}`))
		closed(engine.VisitDuties(nil, ofWeek))
		closed(engine.Apply(nil, noteNeed))
		closed(engine.Actions([]byte("{}"), "k1", ""))
		closed(engine.DutiesOf([]byte("{}"), ""))
		closed(book.Apply(visit))
		closed(book.ApplyLines([]byte(visit)))
		closed(book.Call(askWeek))
		closed(book.Journal(1))
		closed(book.Snapshot())
		closed(book.Duties(wuzhang.DutiesQuery{}))
		closed(book.Status())
		for _, closer := range []interface{ Close() error }{policy, engine, book} {
			if err := closer.Close(); err != nil {
				t.Error(err)
			}
		}
	}
	refuse(policy, engine, book)
	refuse(nil, nil, nil)
	refuse(new(wuzhang.Policy), new(wuzhang.Engine), new(wuzhang.Book))
}
