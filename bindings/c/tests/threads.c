/* Many threads: an engine that eight share, a book that two fight for. usage: threads ROSTER */
#include "check.h"
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

enum { SHARERS = 8, ROUNDS = 200, WRITERS = 2, COMMANDS = 200 };

static wz_engine *engine;
static wz_book *book;
static char expected[4096];
static atomic_int wrong, busy, applied, asked;

static const char EXPLAIN[] = "{\"op\":\"explain\",\"code\":\"plan.cap\"}";
static const char APPLY[] =
    "{\"op\":\"apply\",\"case\":null,\"command\":{\"id\":\"c1\",\"at\":\"2014-03-03T09:00:00+08:00\",\"actor\":\"k1\","
    "\"do\":\"note_need\",\"case\":\"a1\",\"household\":\"h1\",\"channel\":\"visit\",\"category\":\"livelihood\","
    "\"topic\":\"巷道积水\",\"text\":\"雨天巷道积水\"}}";

static void *share(void *unused) {
  int round;
  (void)unused;
  for (round = 0; round < ROUNDS; round++) {
    wz_buffer out = WZ_BUFFER_EMPTY;
    if (wz_engine_call(engine, TEXT(APPLY), &out, NULL) != WZ_STATUS_OK || strcmp(out.data, expected) != 0) wrong++;
    wz_buffer_free(&out);
    if (round % 20 == 0) {
      if (wz_call(TEXT(EXPLAIN), &out, NULL) != WZ_STATUS_OK) wrong++;
      wz_buffer_free(&out);
    }
  }
  return NULL;
}

/* Every writer's commands are its own; all bear one moment, so that their order does not matter. */
static void *write_book(void *which) {
  int number;
  for (number = 0; number < COMMANDS; number++) {
    char command[512];
    wz_buffer out = WZ_BUFFER_EMPTY;
    wz_status status;
    int len = snprintf(command, sizeof command,
                       "{\"id\":\"c%d-%d\",\"at\":\"2014-03-03T09:00:00+08:00\",\"actor\":\"k1\",\"do\":\"record_visit\","
                       "\"visit\":\"v%d-%d\",\"cadres\":[\"k1\"],\"target\":\"h1\",\"on\":\"2014-03-03T08:30:00+08:00\"}",
                       *(int *)which, number, *(int *)which, number);
    while ((status = wz_book_apply(book, command, (size_t)len, &out, NULL)) == WZ_STATUS_BUSY) {
      busy++;
      sched_yield();
    }
    if (status != WZ_STATUS_OK) wrong++;
    wz_buffer_free(&out);
    applied++;
  }
  return NULL;
}

/* A reader sees a whole book, or is told that it is busy. */
static void *read_book(void *unused) {
  (void)unused;
  while (atomic_load(&applied) < WRITERS * COMMANDS) {
    wz_buffer out = WZ_BUFFER_EMPTY;
    wz_status status = wz_book_call(book, TEXT("{\"op\":\"status\"}"), &out, NULL);
    if (status == WZ_STATUS_OK) {
      asked++;
      if (!has(&out, "\"head\":\"")) wrong++;
    } else if (status == WZ_STATUS_BUSY) {
      busy++;
    } else {
      wrong++;
    }
    wz_buffer_free(&out);
    sched_yield();
  }
  return NULL;
}

int main(int argc, char **argv) {
  pthread_t thread[SHARERS + WRITERS];
  int numbers[WRITERS], n;
  size_t len;
  char *roster;
  wz_policy *policy = NULL;
  wz_buffer out = WZ_BUFFER_EMPTY;
  if (argc != 2) return 2;
  roster = slurp(argv[1], &len);
  CHECK(wz_policy_new(TEXT("dayi-2014"), &policy, NULL) == WZ_STATUS_OK);
  CHECK(wz_engine_new(policy, roster, len, &engine, NULL) == WZ_STATUS_OK);
  CHECK(wz_engine_call(engine, TEXT(APPLY), &out, NULL) == WZ_STATUS_OK && out.len < sizeof expected);
  memcpy(expected, out.data, out.len + 1);
  wz_buffer_free(&out);
  for (n = 0; n < SHARERS; n++) CHECK(pthread_create(&thread[n], NULL, share, NULL) == 0);
  for (n = 0; n < SHARERS; n++) CHECK(pthread_join(thread[n], NULL) == 0);
  CHECK(wrong == 0);

  CHECK(wz_book_open(policy, roster, len, NULL, 0, &book, NULL, NULL) == WZ_STATUS_OK);
  CHECK(pthread_create(&thread[WRITERS], NULL, read_book, NULL) == 0);
  for (n = 0; n < WRITERS; n++) {
    numbers[n] = n;
    CHECK(pthread_create(&thread[n], NULL, write_book, &numbers[n]) == 0);
  }
  for (n = 0; n <= WRITERS; n++) CHECK(pthread_join(thread[n], NULL) == 0);
  CHECK(wrong == 0 && applied == WRITERS * COMMANDS);
  printf("%d commands by %d threads, %d questions, %d times busy\n", applied, WRITERS, asked, busy);
  /* Nothing was lost and nothing came twice: the chain holds with one event for each command. */
  CHECK(wz_book_call(book, TEXT("{\"op\":\"status\"}"), &out, NULL) == WZ_STATUS_OK);
  CHECK(has(&out, "\"events\":401,") && has(&out, "\"visits\":400}"));
  wz_buffer_free(&out);
  CHECK(wz_book_journal(book, 1, &out) == WZ_STATUS_OK);
  {
    wz_book *again = NULL;
    CHECK(wz_book_open(policy, roster, len, out.data, out.len, &again, NULL, NULL) == WZ_STATUS_OK);
    CHECK(wz_book_free(&again) == WZ_STATUS_OK);
  }
  wz_buffer_free(&out);
  CHECK(wz_book_free(&book) == WZ_STATUS_OK && wz_engine_free(&engine) == WZ_STATUS_OK);
  wz_policy_free(&policy);
  free(roster);
  return closing();
}
