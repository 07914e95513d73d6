// Package native does in C what the tests and benchmarks hold the Go calls against: cgo cannot be
// used in their own files.
package native

/*
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <wuzhang.h>

typedef struct {
	wz_status status;
	uint64_t nanoseconds;
	uint64_t calls;
} native_run;

static uint64_t native_now(void) {
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

// Opens a book and applies the lines one by one, as a C program would. Only the applying is timed.
static native_run native_apply_each(_GoString_ policy_text, _GoString_ roster, _GoString_ lines) {
	native_run run = {0, 0, 0};
	wz_policy *policy = NULL;
	wz_book *book = NULL;
	run.status = wz_policy_new(_GoStringPtr(policy_text), _GoStringLen(policy_text), &policy, NULL);
	if (run.status == WZ_STATUS_OK) {
		run.status = wz_book_open(policy, _GoStringPtr(roster), _GoStringLen(roster), NULL, 0, &book, NULL, NULL);
	}
	wz_policy_free(&policy);
	if (run.status != WZ_STATUS_OK) {
		return run;
	}
	const char *at = _GoStringPtr(lines), *end = at + _GoStringLen(lines);
	uint64_t start = native_now();
	while (at < end && run.status == WZ_STATUS_OK) {
		const char *line_end = memchr(at, '\n', (size_t)(end - at));
		if (line_end == NULL) {
			line_end = end;
		}
		wz_buffer out = WZ_BUFFER_EMPTY;
		run.status = wz_book_apply(book, at, (size_t)(line_end - at), &out, NULL);
		wz_buffer_free(&out);
		run.calls++;
		at = line_end + 1;
	}
	run.nanoseconds = native_now() - start;
	wz_book_free(&book);
	return run;
}

static void native_leak(size_t count, size_t size) {
	for (size_t i = 0; i < count; i++) {
		char *gone = malloc(size);
		if (gone != NULL) {
			*(volatile char *)gone = 1;
		}
	}
}
*/
import "C"

import (
	"fmt"
	"time"
)

// ApplyEach applies lines one by one in a loop in C and says how many there were and how long that
// took. Every one has to be accepted.
func ApplyEach(policy, roster, lines string) (int, time.Duration, error) {
	run := C.native_apply_each(policy, roster, lines)
	if run.status != 0 {
		return 0, 0, fmt.Errorf("status %d after %d calls", uint32(run.status), uint64(run.calls))
	}
	return int(run.calls), time.Duration(run.nanoseconds), nil
}

// Leak loses count blocks of memory of size bytes.
func Leak(count, size int) { C.native_leak(C.size_t(count), C.size_t(size)) }
