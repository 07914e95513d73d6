package wuzhang_test

import (
	"errors"
	"runtime"
	"strings"
	"sync"
	"testing"

	"wuzhang"
)

// Two goroutines on one book: one applies a block, the other is refused meanwhile, and the book is
// whole afterwards.
func TestTwoOnOneBook(t *testing.T) {
	for count := 2_000; ; count *= 2 {
		book := newBook(t)
		done := make(chan error)
		go func() {
			outcomes, err := applyAlone(book, []byte(visits(count)))
			if lines := strings.Count(string(outcomes), `"status":"accepted"`); err == nil && lines != count {
				err = errors.New("not every line was accepted")
			}
			done <- err
		}()
		busy := 0
		for running := true; running; {
			select {
			case err := <-done:
				if err != nil {
					t.Fatal(err)
				}
				running = false
			default:
				if _, err := book.Call(askWeek); errors.Is(err, wuzhang.ErrBusy) {
					busy++
				} else if err != nil {
					t.Fatal(err)
				}
				if _, err := book.Apply("{}"); errors.Is(err, wuzhang.ErrBusy) {
					busy++
				} else if !errors.Is(err, wuzhang.ErrInvalid) {
					t.Fatal(err)
				}
			}
		}
		status := must(book.Status())(t)
		verdict := must(wuzhang.Verify(must(book.Journal(1))(t), status.Head))(t)
		if !verdict.Sound || verdict.Events != uint64(count)+1 || status.Visits != uint64(count) {
			t.Fatal(verdict, status)
		}
		if busy > 0 {
			return
		}
		if count > 1_000_000 {
			t.Fatal("nobody was ever refused")
		}
	}
}

// applyAlone tries again while somebody reads.
func applyAlone(book *wuzhang.Book, lines []byte) ([]byte, error) {
	for {
		outcomes, err := book.ApplyLines(lines)
		if !errors.Is(err, wuzhang.ErrBusy) {
			return outcomes, err
		}
		runtime.Gosched()
	}
}

// Eight goroutines on one engine, and on one book that nobody changes, all get the same answer.
func TestShared(t *testing.T) {
	engine, book := newEngine(t), newBook(t)
	must(book.Apply(visit))(t)
	request := `{"op":"apply","case":null,"command":` + noteNeed + `}`
	columns := wuzhang.Visits{Cadres: []string{"k1"}, Targets: []string{"h1"}, Cadre: []uint32{0}, Target: []uint32{0}, On: []int64{1393806600}}
	ask := func() [3]string {
		a, errA := engine.Call(request)
		b, errB := engine.VisitDuties(&columns, ofWeek)
		c, errC := book.Call(askWeek)
		if err := firstError(errA, errB, errC); err != nil {
			t.Error(err)
		}
		return [3]string{a, b, c}
	}
	want := ask()
	var group sync.WaitGroup
	for range [8]int{} {
		group.Add(1)
		go func() {
			defer group.Done()
			for range [500]int{} {
				if have := ask(); have != want {
					t.Errorf("%v, not %v", have, want)
					return
				}
			}
		}()
	}
	group.Wait()
}

// Close comes from another goroutine while calls are under way: each call gets its answer or
// ErrClosed, and nothing else.
func TestCloseMeanwhile(t *testing.T) {
	policy := newPolicy(t)
	for range [40]int{} {
		book, _, err := wuzhang.OpenBook(policy, roster, nil)
		if err != nil {
			t.Fatal(err)
		}
		engine := must(wuzhang.NewEngine(policy, roster))(t)
		var group sync.WaitGroup
		begun := make(chan struct{}, 4)
		for _, call := range []func() (string, error){
			func() (string, error) { return book.Call(askWeek) },
			func() (string, error) { return book.Call(`{"op":"status"}`) },
			func() (string, error) { return engine.VisitDuties(nil, ofWeek) },
			func() (string, error) { return engine.Call(`{"op":"apply","case":null,"command":` + noteNeed + `}`) },
		} {
			group.Add(1)
			go func(call func() (string, error)) {
				defer group.Done()
				for first := true; ; first = false {
					answer, err := call()
					if first {
						begun <- struct{}{}
					}
					if errors.Is(err, wuzhang.ErrClosed) {
						return
					}
					if err != nil || !strings.HasPrefix(answer, `{"ok":`) {
						t.Error(answer, err)
						return
					}
				}
			}(call)
		}
		for range [4]int{} {
			<-begun
		}
		for range [2]int{} {
			group.Add(1)
			go func() {
				defer group.Done()
				if err := firstError(book.Close(), engine.Close()); err != nil {
					t.Error(err)
				}
			}()
		}
		group.Wait()
	}
}
