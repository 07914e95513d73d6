package wuzhang

import (
	"runtime"
	"sync/atomic"
	"unsafe"
)

// A handle owns one object of the C library. It counts the calls under way, so that the object is
// freed once, by whoever leaves last: by Close, or by the last call that Close found under way.
type handle struct {
	// state is the number of calls under way, plus shut once Close was called. As nobody enters
	// after that, it reaches shut itself exactly once.
	state   atomic.Int64
	pointer unsafe.Pointer
	free    func(unsafe.Pointer)
}

const shut = int64(1) << 62

// own takes over an object. Where nobody closes it, the garbage collector does.
func own(pointer unsafe.Pointer, free func(unsafe.Pointer)) *handle {
	h := &handle{pointer: pointer, free: free}
	runtime.SetFinalizer(h, (*handle).close)
	return h
}

// enter begins a call. Whoever gets no error has to leave.
func (h *handle) enter() (unsafe.Pointer, error) {
	if h == nil {
		return nil, ErrClosed
	}
	for {
		state := h.state.Load()
		if state >= shut {
			return nil, ErrClosed
		}
		if h.state.CompareAndSwap(state, state+1) {
			return h.pointer, nil
		}
	}
}

// leave ends a call. As it touches the handle, no finalizer runs while a call is under way.
func (h *handle) leave() {
	if h.state.Add(-1) == shut {
		h.release()
	}
}

func (h *handle) close() {
	if h == nil {
		return
	}
	for {
		state := h.state.Load()
		if state >= shut {
			return
		}
		if h.state.CompareAndSwap(state, state+shut) {
			if state == 0 {
				h.release()
			}
			return
		}
	}
}

func (h *handle) release() {
	runtime.SetFinalizer(h, nil)
	h.free(h.pointer)
	h.pointer = nil
}
