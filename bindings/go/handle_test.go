package wuzhang

import (
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"unsafe"
)

// Whatever the order in which calls and closings come, the object is freed once, after the last call
// and after a Close.
func TestHandle(t *testing.T) {
	for range [2000]int{} {
		var freed, inside atomic.Int64
		object := new(int)
		h := own(unsafe.Pointer(object), func(pointer unsafe.Pointer) {
			if pointer != unsafe.Pointer(object) || inside.Load() != 0 {
				t.Error("freed during a call")
			}
			freed.Add(1)
		})
		var group sync.WaitGroup
		for range [3]int{} {
			group.Add(2)
			go func() {
				defer group.Done()
				for {
					pointer, err := h.enter()
					if err != nil {
						return
					}
					inside.Add(1)
					if pointer != unsafe.Pointer(object) || freed.Load() != 0 {
						t.Error("entered what is freed")
					}
					inside.Add(-1)
					h.leave()
				}
			}()
			go func() {
				defer group.Done()
				h.close()
			}()
		}
		group.Wait()
		if count := freed.Load(); count != 1 {
			t.Fatalf("freed %d times", count)
		}
	}
}

// What nobody closed is freed once nobody can reach it.
func TestForgotten(t *testing.T) {
	var freed atomic.Int64
	for range [10]int{} {
		own(nil, func(unsafe.Pointer) { freed.Add(1) })
	}
	for deadline := time.Now().Add(30 * time.Second); freed.Load() != 10; runtime.GC() {
		if time.Now().After(deadline) {
			t.Fatalf("%d of 10 are freed", freed.Load())
		}
		time.Sleep(time.Millisecond)
	}
}
