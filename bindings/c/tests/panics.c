/* A defect inside, forced by a library that was built for it: the host lives, the call says what happened,
 * a book that was being changed refuses everything but being freed, and all else works on.
 * usage: panics ROSTER, linked against a library with the feature panic-op */
#include "check.h"
#include <pthread.h>

#define PANIC TEXT("{\"op\":\"panic\"}")
#define STATUS TEXT("{\"op\":\"status\"}")

static void *elsewhere(void *book) {
  wz_buffer out = WZ_BUFFER_EMPTY;
  wz_status status = wz_book_apply(book, PANIC, &out, NULL);
  return (void *)(size_t)(status == WZ_STATUS_PANIC && out.data == NULL);
}

int main(int argc, char **argv) {
  wz_policy *policy = NULL;
  wz_engine *engine = NULL;
  wz_book *book = NULL, *other = NULL, *third = NULL;
  wz_buffer out = WZ_BUFFER_EMPTY, error = WZ_BUFFER_EMPTY;
  pthread_t thread;
  void *held = NULL;
  char *roster;
  size_t len;
  if (argc != 2) return 2;
  roster = slurp(argv[1], &len);
  CHECK(wz_policy_new(TEXT("dayi-2014"), &policy, NULL) == WZ_STATUS_OK);
  CHECK(wz_engine_new(policy, roster, len, &engine, NULL) == WZ_STATUS_OK);
  CHECK(wz_book_open(policy, roster, len, NULL, 0, &book, NULL, NULL) == WZ_STATUS_OK);
  CHECK(wz_book_open(policy, roster, len, NULL, 0, &other, NULL, NULL) == WZ_STATUS_OK);
  CHECK(wz_book_open(policy, roster, len, NULL, 0, &third, NULL, NULL) == WZ_STATUS_OK);

  CHECK(wz_call(PANIC, &out, &error) == WZ_STATUS_PANIC && out.data == NULL && error.data == NULL);
  CHECK(wz_engine_call(engine, PANIC, &out, &error) == WZ_STATUS_PANIC && out.data == NULL && error.data == NULL);
  /* Reading changes nothing, so the book is as good as before. */
  CHECK(wz_book_call(book, PANIC, &out, &error) == WZ_STATUS_PANIC && out.data == NULL);
  CHECK(wz_book_call(book, STATUS, &out, &error) == WZ_STATUS_OK);
  wz_buffer_free(&out);
  /* A change that broke off leaves nobody knows what. */
  CHECK(wz_book_apply(book, PANIC, &out, &error) == WZ_STATUS_PANIC && out.data == NULL && error.data == NULL);
  CHECK(wz_book_call(book, STATUS, &out, &error) == WZ_STATUS_POISONED && out.data == NULL);
  CHECK(wz_book_apply(book, TEXT("{}"), &out, &error) == WZ_STATUS_POISONED);
  CHECK(wz_book_apply_lines(book, TEXT("{}"), &out, &error) == WZ_STATUS_POISONED);
  CHECK(wz_book_journal(book, 1, &out) == WZ_STATUS_POISONED && wz_book_snapshot(book, &out) == WZ_STATUS_POISONED);
  CHECK(wz_book_free(&book) == WZ_STATUS_OK && book == NULL);
  /* So it does in a thread that is not the first. */
  CHECK(pthread_create(&thread, NULL, elsewhere, third) == 0 && pthread_join(thread, &held) == 0 && held != NULL);
  CHECK(wz_book_call(third, STATUS, &out, &error) == WZ_STATUS_POISONED);
  CHECK(wz_book_free(&third) == WZ_STATUS_OK);
  /* Everything else works on. */
  CHECK(wz_engine_call(engine, TEXT("{\"op\":\"apply\"}"), &out, &error) == WZ_STATUS_INVALID);
  wz_buffer_free(&error);
  CHECK(wz_book_apply(other, TEXT("{\"id\":\"c1\"}"), &out, &error) == WZ_STATUS_REJECTED);
  wz_buffer_free(&out);
  CHECK(wz_book_call(other, STATUS, &out, &error) == WZ_STATUS_OK);
  wz_buffer_free(&out);
  CHECK(wz_engine_free(&engine) == WZ_STATUS_OK && wz_book_free(&other) == WZ_STATUS_OK);
  wz_policy_free(&policy);
  free(roster);
  return closing();
}
