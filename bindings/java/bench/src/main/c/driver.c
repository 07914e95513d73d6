/* The same work in C: driver POLICY ROSTER COMMANDS KIND. Prints nanoseconds of processor time, and the bytes that came out. */
#define _POSIX_C_SOURCE 199309L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "wuzhang.h"

static void must(wz_status status, const char *what) {
    if (status != WZ_STATUS_OK) {
        fprintf(stderr, "%s: %s\n", what, wz_status_text(status));
        exit(1);
    }
}

static char *read_all(const char *path, size_t *len) {
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    long end;
    if (file && fseek(file, 0, SEEK_END) == 0 && (end = ftell(file)) >= 0 && fseek(file, 0, SEEK_SET) == 0) {
        text = malloc((size_t)end + 1);
        if (text && fread(text, 1, (size_t)end, file) == (size_t)end) {
            *len = (size_t)end;
            fclose(file);
            return text;
        }
    }
    perror(path);
    exit(1);
}

static long long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

int main(int count, char **arguments) {
    size_t roster_len, len, bytes = 0;
    if (count != 5) return 2;
    char *roster = read_all(arguments[2], &roster_len), *text = read_all(arguments[3], &len);
    const char *kind = arguments[4];
    wz_policy *policy = NULL;
    wz_book *book = NULL;
    wz_buffer out = WZ_BUFFER_EMPTY;
    must(wz_abi_check(WZ_ABI), "abi");
    must(wz_policy_new(arguments[1], strlen(arguments[1]), &policy, NULL), "policy");
    must(wz_book_open(policy, roster, roster_len, NULL, 0, &book, NULL, NULL), "book");
    long long start = now();
    if (strcmp(kind, "block") == 0) {
        must(wz_book_apply_lines(book, text, len, &out, NULL), "block");
        bytes = out.len;
        wz_buffer_free(&out);
    } else {
        int apply = strcmp(kind, "apply") == 0;
        for (char *line = text, *end; line < text + len; line = end + 1) {
            end = memchr(line, '\n', (size_t)(text + len - line));
            if (!end) break;
            if (apply) must(wz_book_apply(book, line, (size_t)(end - line), &out, NULL), "apply");
            else must(wz_call("{\"op\":\"version\"}", 16, &out, NULL), "call");
            bytes += out.len + 1;
            wz_buffer_free(&out);
        }
    }
    printf("%lld %zu\n", now() - start, bytes);
    must(wz_book_free(&book), "free");
    must(wz_policy_free(&policy), "free");
    free(text);
    free(roster);
    return 0;
}
