package wuzhang

// Every call of the C library stands in this file. Texts go in without a copy: as _GoString_, or
// as a pointer to bytes, which cgo keeps in place during the call. Answers come back as one
// structure by value, so that no call allocates for its outputs.

/*
#include <wuzhang.h>

typedef struct {
	wz_status status;
	void *handle;
	size_t dropped;
	wz_buffer out;
	wz_buffer error;
} go_answer;

#define GO_ANSWER(name) go_answer name = {0, NULL, 0, WZ_BUFFER_EMPTY, WZ_BUFFER_EMPTY}
#define GO_TEXT(text) _GoStringPtr(text), _GoStringLen(text)

static inline wz_status go_abi_check(void) { return wz_abi_check(WZ_ABI); }

static inline void go_buffers_free(wz_buffer out, wz_buffer error) {
	wz_buffer_free(&out);
	wz_buffer_free(&error);
}

static inline go_answer go_call(_GoString_ request) {
	GO_ANSWER(to);
	to.status = wz_call(GO_TEXT(request), &to.out, &to.error);
	return to;
}

static inline go_answer go_policy_new(_GoString_ policy) {
	GO_ANSWER(to);
	wz_policy *made = NULL;
	to.status = wz_policy_new(GO_TEXT(policy), &made, &to.error);
	to.handle = made;
	return to;
}

static inline wz_status go_policy_free(void *policy) {
	wz_policy *gone = policy;
	return wz_policy_free(&gone);
}

static inline go_answer go_engine_new(void *policy, _GoString_ roster) {
	GO_ANSWER(to);
	wz_engine *made = NULL;
	to.status = wz_engine_new(policy, GO_TEXT(roster), &made, &to.error);
	to.handle = made;
	return to;
}

static inline wz_status go_engine_free(void *engine) {
	wz_engine *gone = engine;
	return wz_engine_free(&gone);
}

static inline go_answer go_engine_call(void *engine, _GoString_ request) {
	GO_ANSWER(to);
	to.status = wz_engine_call(engine, GO_TEXT(request), &to.out, &to.error);
	return to;
}

// The structure of columns is made here: one of Go's would hold pointers to Go's memory, which may
// not be handed to C.
static inline go_answer go_engine_visit_duties(void *engine, size_t count, _GoString_ cadres, _GoString_ targets,
		const uint32_t *cadre, const uint32_t *target, const int64_t *on, const int64_t *entered,
		const uint8_t *remote, const uint64_t *visit, _GoString_ request) {
	GO_ANSWER(to);
	wz_visits visits = {count, GO_TEXT(cadres), GO_TEXT(targets), cadre, target, on, entered, remote, visit};
	to.status = wz_engine_visit_duties(engine, &visits, GO_TEXT(request), &to.out, &to.error);
	return to;
}

static inline go_answer go_book_open(void *policy, _GoString_ roster, const char *journal, size_t len) {
	GO_ANSWER(to);
	wz_book *made = NULL;
	to.status = wz_book_open(policy, GO_TEXT(roster), journal, len, &made, &to.dropped, &to.error);
	to.handle = made;
	return to;
}

static inline go_answer go_book_restore(const char *snapshot, size_t len) {
	GO_ANSWER(to);
	wz_book *made = NULL;
	to.status = wz_book_restore(snapshot, len, &made, &to.error);
	to.handle = made;
	return to;
}

static inline wz_status go_book_free(void *book) {
	wz_book *gone = book;
	return wz_book_free(&gone);
}

static inline go_answer go_book_apply(void *book, _GoString_ command) {
	GO_ANSWER(to);
	to.status = wz_book_apply(book, GO_TEXT(command), &to.out, &to.error);
	return to;
}

static inline go_answer go_book_apply_lines(void *book, const char *lines, size_t len) {
	GO_ANSWER(to);
	to.status = wz_book_apply_lines(book, lines, len, &to.out, &to.error);
	return to;
}

static inline go_answer go_book_call(void *book, _GoString_ request) {
	GO_ANSWER(to);
	to.status = wz_book_call(book, GO_TEXT(request), &to.out, &to.error);
	return to;
}

static inline go_answer go_book_journal(void *book, uint64_t from) {
	GO_ANSWER(to);
	to.status = wz_book_journal(book, from, &to.out);
	return to;
}

static inline go_answer go_book_snapshot(void *book) {
	GO_ANSWER(to);
	to.status = wz_book_snapshot(book, &to.out);
	return to;
}
*/
import "C"

import "unsafe"

// An answer of the C library, its buffers copied and freed.
type answer[T string | []byte] struct {
	status  Status
	handle  unsafe.Pointer
	dropped uint64
	out     T
	refused string
}

// view is what stands in a buffer, without a copy.
func view(buffer C.wz_buffer) []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(buffer.data)), buffer.len)
}

func free(given C.go_answer) {
	if given.out.data != nil || given.error.data != nil {
		C.go_buffers_free(given.out, given.error)
	}
}

func asText(given C.go_answer) answer[string] {
	defer free(given)
	return answer[string]{Status(given.status), given.handle, uint64(given.dropped), string(view(given.out)), string(view(given.error))}
}

func asBytes(given C.go_answer) answer[[]byte] {
	defer free(given)
	return answer[[]byte]{Status(given.status), given.handle, uint64(given.dropped), append([]byte(nil), view(given.out)...), string(view(given.error))}
}

// first is the address of the first value, for C to read; nil where there is none.
func first[T any](values []T) unsafe.Pointer {
	if len(values) == 0 {
		return nil
	}
	return unsafe.Pointer(&values[0])
}

func cBytes(block []byte) (*C.char, C.size_t) {
	return (*C.char)(first(block)), C.size_t(len(block))
}

func cABICheck() Status               { return Status(C.go_abi_check()) }
func cVersion() string                { return C.GoString(C.wz_version()) }
func cStatusText(s Status) string     { return C.GoString(C.wz_status_text(C.uint32_t(s))) }
func cCall(r string) answer[string]   { return asText(C.go_call(r)) }
func cPolicyFree(p unsafe.Pointer)    { C.go_policy_free(p) }
func cEngineFree(p unsafe.Pointer)    { C.go_engine_free(p) }
func cBookFree(p unsafe.Pointer)      { C.go_book_free(p) }
func cPolicy(t string) answer[string] { return asText(C.go_policy_new(t)) }

func cEngine(policy unsafe.Pointer, roster string) answer[string] {
	return asText(C.go_engine_new(policy, roster))
}

func cEngineCall(engine unsafe.Pointer, request string) answer[string] {
	return asText(C.go_engine_call(engine, request))
}

func cEngineVisitDuties(engine unsafe.Pointer, v *Visits, cadres, targets, request string) answer[string] {
	return asText(C.go_engine_visit_duties(engine, C.size_t(len(v.On)), cadres, targets,
		(*C.uint32_t)(first(v.Cadre)), (*C.uint32_t)(first(v.Target)), (*C.int64_t)(first(v.On)),
		(*C.int64_t)(first(v.Entered)), (*C.uint8_t)(first(v.Remote)), (*C.uint64_t)(first(v.Visit)), request))
}

func cBookOpen(policy unsafe.Pointer, roster string, journal []byte) answer[string] {
	data, size := cBytes(journal)
	return asText(C.go_book_open(policy, roster, data, size))
}

func cBookRestore(snapshot []byte) answer[string] {
	data, size := cBytes(snapshot)
	return asText(C.go_book_restore(data, size))
}

func cBookApply(book unsafe.Pointer, command string) answer[string] {
	return asText(C.go_book_apply(book, command))
}

func cBookApplyLines(book unsafe.Pointer, lines []byte) answer[[]byte] {
	data, size := cBytes(lines)
	return asBytes(C.go_book_apply_lines(book, data, size))
}

func cBookCall(book unsafe.Pointer, request string) answer[string] {
	return asText(C.go_book_call(book, request))
}

func cBookJournal(book unsafe.Pointer, from uint64) answer[[]byte] {
	return asBytes(C.go_book_journal(book, C.uint64_t(from)))
}

func cBookSnapshot(book unsafe.Pointer) answer[[]byte] {
	return asBytes(C.go_book_snapshot(book))
}
