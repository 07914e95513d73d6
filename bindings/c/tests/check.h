/* What the C tests share: checks that count, files, and requests in one line. */
#ifndef CHECK_H
#define CHECK_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wuzhang.h>

static int passed, failed;

/* Counts a check, and says which one did not hold. */
static inline void check(int holds, const char *what, const char *file, int line) {
  if (holds) {
    passed++;
  } else {
    failed++;
    printf("%s:%d: %s does not hold\n", file, line, what);
  }
}
#define CHECK(what) check((what) != 0, #what, __FILE__, __LINE__)

/* The last line of a test program; its value is the program's. */
static inline int closing(void) {
  printf("%d passed, %d failed\n", passed, failed);
  return failed != 0;
}

/* A text literal as the two arguments that the library wants. */
#define TEXT(literal) (literal), sizeof(literal) - 1

/* Whether a buffer holds a text that contains another. */
static inline int has(const wz_buffer *buffer, const char *part) {
  return buffer->data != NULL && strstr(buffer->data, part) != NULL;
}

/* A file's bytes with a NUL behind them; the caller frees them. The program ends when there is none. */
static inline char *slurp(const char *path, size_t *len) {
  FILE *file = fopen(path, "rb");
  char *text = NULL;
  size_t have = 0, room = 0, got;
  if (file == NULL) {
    perror(path);
    exit(3);
  }
  do {
    if (room - have < 65536) {
      room = room * 2 + 131072;
      text = realloc(text, room);
      if (text == NULL) exit(3);
    }
    got = fread(text + have, 1, room - have - 1, file);
    have += got;
  } while (got > 0);
  fclose(file);
  text[have] = 0;
  if (len != NULL) *len = have;
  return text;
}

#endif
