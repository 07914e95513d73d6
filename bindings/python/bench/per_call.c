/* Applies commands as a program in C would: one call a command, and its outcome is freed. */
#include <stdint.h>
#include <time.h>

#include "wuzhang.h"

typedef wz_status apply_function(wz_book *, const char *, size_t, wz_buffer *, wz_buffer *);
typedef void free_function(wz_buffer *);

/* Nanoseconds of this thread for all commands, which stand in `text` from `starts[n]` to `starts[n + 1]`; 0 if one fails.
   `sink` gets a byte of each outcome, so that somebody reads it. */
uint64_t apply_all(apply_function *apply, free_function *release, wz_book *book, const char *text, const size_t *starts,
                   size_t count, uint64_t *sink)
{
    struct timespec begun, ended;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &begun);
    for (size_t n = 0; n < count; n++) {
        wz_buffer out = WZ_BUFFER_EMPTY, error = WZ_BUFFER_EMPTY;
        wz_status status = apply(book, text + starts[n], starts[n + 1] - starts[n], &out, &error);
        if (status > WZ_STATUS_REJECTED) {
            release(&error);
            return 0;
        }
        *sink += (unsigned char)out.data[out.len - 1];
        release(&out);
    }
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &ended);
    return (uint64_t)(ended.tv_sec - begun.tv_sec) * 1000000000u + (uint64_t)ended.tv_nsec - (uint64_t)begun.tv_nsec;
}
