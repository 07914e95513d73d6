/* The native cost of the same commands, through the C library: native ROSTER LINES
   prints {"each":nanoseconds,"block":nanoseconds} for one command, the best of three rounds. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <wuzhang.h>

static char *slurp(const char *path, size_t *len) {
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END)) exit(3);
    *len = (size_t)ftell(file);
    rewind(file);
    char *text = malloc(*len + 1);
    if (!text || fread(text, 1, *len, file) != *len) exit(3);
    fclose(file);
    return text;
}

static double now(void) {
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec * 1e9 + (double)at.tv_nsec;
}

int main(int argc, char **argv) {
    if (argc != 3 || wz_abi_check(WZ_ABI) != WZ_STATUS_OK) return 2;
    size_t roster_len, len, count = 0;
    char *roster = slurp(argv[1], &roster_len), *lines = slurp(argv[2], &len);
    wz_policy *policy = NULL;
    if (wz_policy_new("dayi-2014", 9, &policy, NULL)) return 1;
    double best[2] = {1e18, 1e18};
    for (int round = 0; round < 6; round++) {
        wz_book *book = NULL;
        if (wz_book_open(policy, roster, roster_len, NULL, 0, &book, NULL, NULL)) return 1;
        double start = now();
        if (round % 2 == 0) {
            count = 0;
            for (char *line = lines, *end; (end = memchr(line, '\n', (size_t)(lines + len - line))); line = end + 1, count++) {
                wz_buffer out = WZ_BUFFER_EMPTY;
                if (wz_book_apply(book, line, (size_t)(end - line), &out, NULL) != WZ_STATUS_OK) return 1;
                wz_buffer_free(&out);
            }
        } else {
            wz_buffer out = WZ_BUFFER_EMPTY;
            if (wz_book_apply_lines(book, lines, len, &out, NULL) != WZ_STATUS_OK) return 1;
            wz_buffer_free(&out);
        }
        double took = (now() - start) / (double)count;
        if (took < best[round % 2]) best[round % 2] = took;
        wz_book_free(&book);
    }
    printf("{\"each\":%.0f,\"block\":%.0f}\n", best[0], best[1]);
    return 0;
}
