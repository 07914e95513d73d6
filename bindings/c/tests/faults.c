/* Whatever a program does wrong is answered: NULL, lengths, bytes that are no text, handles of another
 * kind, freeing twice, damaged files. usage: faults ROSTER
 * NO_HEAP_FIGURE is for tools that put an allocator of their own in the place of the system's. */
#include "check.h"
#include <malloc.h>
#include <stdalign.h>
#include <stdint.h>
#include <unistd.h>

#define VISIT(n, at)                                                                                       \
  "{\"id\":\"c" n "\",\"at\":\"" at "\",\"actor\":\"k1\",\"do\":\"record_visit\",\"visit\":\"v" n            \
  "\",\"cadres\":[\"k1\"],\"target\":\"h1\",\"on\":\"" at "\",\"diary\":\"田里缺水\"}"

static const char ONE[] = VISIT("1", "2014-03-03T09:00:00+08:00");
static const char TWO[] = VISIT("2", "2014-03-04T09:00:00+08:00");
/* Nobody is called k99, so the rules refuse it. */
static const char REFUSED[] =
    "{\"id\":\"r1\",\"at\":\"2014-03-05T09:00:00+08:00\",\"actor\":\"k99\",\"do\":\"log_progress\","
    "\"case\":\"a1\",\"text\":\"x\"}";
static const char VERSION[] = "{\"op\":\"version\"}";
static const char STATUS[] = "{\"op\":\"status\"}";
static const char DUTIES[] = "{\"op\":\"visit_duties\",\"from\":\"2014-03-03\",\"to\":\"2014-03-09\","
                             "\"as_of\":\"2014-03-31\",\"rule\":\"visit.village\",\"subject\":\"k1\"}";

static char *roster;
static size_t roster_len;

static wz_policy *a_policy(void) {
  wz_policy *policy = NULL;
  CHECK(wz_policy_new(TEXT("dayi-2014"), &policy, NULL) == WZ_STATUS_OK);
  return policy;
}

static wz_engine *an_engine(void) {
  wz_policy *policy = a_policy();
  wz_engine *engine = NULL;
  CHECK(wz_engine_new(policy, roster, roster_len, &engine, NULL) == WZ_STATUS_OK);
  /* The engine keeps what it needs. */
  CHECK(wz_policy_free(&policy) == WZ_STATUS_OK && policy == NULL);
  return engine;
}

static wz_book *a_book(void) {
  wz_policy *policy = a_policy();
  wz_book *book = NULL;
  CHECK(wz_book_open(policy, roster, roster_len, NULL, 0, &book, NULL, NULL) == WZ_STATUS_OK);
  wz_policy_free(&policy);
  return book;
}

/* What stands in an output before the call has to stand there after it when there is no answer. */
static char mark;
static wz_buffer marked(void) {
  wz_buffer buffer = WZ_BUFFER_EMPTY;
  buffer.data = &mark;
  buffer.len = 7;
  return buffer;
}
static int untouched(const wz_buffer *buffer) { return buffer->data == &mark && buffer->len == 7 && buffer->room == 0; }

/* A call that answers `status` and writes neither output. */
#define NOTHING(status, call)                        \
  do {                                               \
    wz_buffer out = marked(), error = marked();      \
    CHECK((call) == (status));                       \
    CHECK(untouched(&out) && untouched(&error));     \
  } while (0)
/* A call that says in `error` what is wrong, and leaves `out`. */
#define REFUSES(part, call)                                     \
  do {                                                          \
    wz_buffer out = marked(), error = WZ_BUFFER_EMPTY;          \
    CHECK((call) == WZ_STATUS_INVALID);                         \
    CHECK(untouched(&out) && has(&error, part));                \
    wz_buffer_free(&error);                                     \
  } while (0)
/* A call that is answered with what contains `part`. */
#define ANSWERS(status, part, call)                             \
  do {                                                          \
    wz_buffer out = WZ_BUFFER_EMPTY, error = marked();          \
    CHECK((call) == (status));                                  \
    CHECK(has(&out, part) && untouched(&error));                \
    CHECK(out.data != NULL && out.data[out.len] == 0);          \
    wz_buffer_free(&out);                                       \
    wz_buffer_free(&out);                                       \
    CHECK(out.data == NULL && out.len == 0);                    \
  } while (0)

static void the_library(void) {
  uint32_t status;
  CHECK(wz_abi_check(WZ_ABI) == WZ_STATUS_OK);
  CHECK(wz_abi_check(0) == WZ_STATUS_ABI && wz_abi_check(WZ_ABI + 1) == WZ_STATUS_ABI && wz_abi_check(UINT32_MAX) == WZ_STATUS_ABI);
  CHECK(strlen(wz_version()) >= 5);
  for (status = 0; status < 64; status++) CHECK(strlen(wz_status_text(status)) > 3);
  CHECK(strcmp(wz_status_text(WZ_STATUS_BUSY), wz_status_text(999)) != 0);
  CHECK(wz_code(TEXT("plan.cap")) == WZ_CODE_PLAN_CAP && wz_code(TEXT("case.state")) == WZ_CODE_CASE_STATE);
  CHECK(wz_code(TEXT("plan.cup")) == 0 && wz_code(NULL, 0) == 0 && wz_code(NULL, 5) == 0);
  CHECK(wz_code("\xff\xfe", 2) == 0 && wz_code("plan.cap", SIZE_MAX) == 0);
}

static void requests(void) {
  ANSWERS(WZ_STATUS_OK, "\"format\":1", wz_call(TEXT(VERSION), &out, &error));
  NOTHING(WZ_STATUS_NULL, wz_call(TEXT(VERSION), NULL, &error));
  NOTHING(WZ_STATUS_NULL, wz_call(NULL, 1, &out, &error));
  NOTHING(WZ_STATUS_LENGTH, wz_call(VERSION, SIZE_MAX, &out, &error));
  NOTHING(WZ_STATUS_LENGTH, wz_call(NULL, SIZE_MAX, &out, &error));
  NOTHING(WZ_STATUS_UTF8, wz_call(TEXT("{\"op\":\"\xc3\x28\"}"), &out, &error));
  NOTHING(WZ_STATUS_HANDLE, wz_call(TEXT(VERSION), (wz_buffer *)((char *)&out + 1), &error));
  REFUSES("input.invalid", wz_call(NULL, 0, &out, &error));
  REFUSES("input.invalid", wz_call(TEXT(""), &out, &error));
  REFUSES("request.invalid", wz_call(TEXT("{\"op\":\"panic\",\"x\":1}"), &out, &error));
  REFUSES("explain", wz_call(TEXT("{\"op\":\"explian\"}"), &out, &error));
  /* A request's end is its length, not a NUL: the bytes behind it are never looked at. */
  ANSWERS(WZ_STATUS_OK, "version", wz_call("{\"op\":\"version\"}xx", sizeof(VERSION) - 1, &out, &error));
  REFUSES("input.invalid", wz_call("{\"op\":\"version\"\0}", sizeof(VERSION), &out, &error));
  {
    wz_buffer out = WZ_BUFFER_EMPTY;
    CHECK(wz_call(TEXT("{}"), &out, NULL) == WZ_STATUS_INVALID && out.data == NULL);
  }
  wz_buffer_free(NULL);
}

static void documents(void) {
  wz_policy *policy = NULL;
  wz_engine *engine = NULL;
  wz_book *book = NULL;
  NOTHING(WZ_STATUS_NULL, wz_policy_new(TEXT("dayi-2014"), NULL, &error));
  NOTHING(WZ_STATUS_NULL, wz_policy_new(NULL, 3, &policy, &error));
  NOTHING(WZ_STATUS_LENGTH, wz_policy_new("x", SIZE_MAX, &policy, &error));
  NOTHING(WZ_STATUS_UTF8, wz_policy_new("\xff", 1, &policy, &error));
  REFUSES("dayi-2014", wz_policy_new(TEXT("dayi-2041"), &policy, &error));
  REFUSES("policy", wz_policy_new(TEXT("{}"), &policy, &error));
  REFUSES("findings", wz_policy_new(NULL, 0, &policy, &error));
  CHECK(policy == NULL);
  policy = a_policy();
  NOTHING(WZ_STATUS_NULL, wz_engine_new(NULL, roster, roster_len, &engine, &error));
  NOTHING(WZ_STATUS_NULL, wz_engine_new(policy, roster, roster_len, NULL, &error));
  NOTHING(WZ_STATUS_HANDLE, wz_engine_new((const wz_policy *)((char *)policy + 1), roster, roster_len, &engine, &error));
  REFUSES("findings", wz_engine_new(policy, NULL, 0, &engine, &error));
  REFUSES("findings", wz_engine_new(policy, TEXT("{\"units\":[]"), &engine, &error));
  NOTHING(WZ_STATUS_NULL, wz_book_open(NULL, roster, roster_len, NULL, 0, &book, NULL, &error));
  NOTHING(WZ_STATUS_NULL, wz_book_open(policy, roster, roster_len, NULL, 0, NULL, NULL, &error));
  NOTHING(WZ_STATUS_NULL, wz_book_open(policy, roster, roster_len, NULL, 9, &book, NULL, &error));
  NOTHING(WZ_STATUS_LENGTH, wz_book_open(policy, roster, roster_len, "x", SIZE_MAX, &book, NULL, &error));
  REFUSES("journal", wz_book_open(policy, roster, roster_len, TEXT("[]\n"), &book, NULL, &error));
  NOTHING(WZ_STATUS_NULL, wz_book_restore(NULL, 4, &book, &error));
  NOTHING(WZ_STATUS_NULL, wz_book_restore("", 0, NULL, &error));
  REFUSES("snapshot.invalid", wz_book_restore(NULL, 0, &book, &error));
  REFUSES("snapshot.invalid", wz_book_restore(TEXT("this is none"), &book, &error));
  CHECK(engine == NULL && book == NULL);
  CHECK(wz_policy_free(&policy) == WZ_STATUS_OK && policy == NULL);
  CHECK(wz_policy_free(&policy) == WZ_STATUS_OK && wz_policy_free(NULL) == WZ_STATUS_NULL);
  CHECK(wz_engine_free(&engine) == WZ_STATUS_OK && wz_book_free(&book) == WZ_STATUS_OK);
  CHECK(wz_engine_free(NULL) == WZ_STATUS_NULL && wz_book_free(NULL) == WZ_STATUS_NULL);
}

/* A pointer to something else is answered, as far as the memory behind it can tell. */
static void wrong_kinds(void) {
  wz_engine *engine = an_engine();
  wz_book *book = a_book();
  wz_book *as_book = (wz_book *)engine;
  wz_engine *as_engine = (wz_engine *)book;
  static alignas(16) char zeros[64];
  wz_book *nothing = (wz_book *)zeros;
  NOTHING(WZ_STATUS_HANDLE, wz_book_apply(as_book, TEXT(ONE), &out, &error));
  NOTHING(WZ_STATUS_HANDLE, wz_book_call(as_book, TEXT(STATUS), &out, &error));
  NOTHING(WZ_STATUS_HANDLE, wz_engine_call(as_engine, TEXT(STATUS), &out, &error));
  NOTHING(WZ_STATUS_HANDLE, wz_book_apply(nothing, TEXT(ONE), &out, &error));
  NOTHING(WZ_STATUS_HANDLE, wz_book_apply((wz_book *)((char *)book + 4), TEXT(ONE), &out, &error));
  CHECK(wz_book_free(&as_book) == WZ_STATUS_HANDLE && as_book != NULL);
  CHECK(wz_engine_free(&as_engine) == WZ_STATUS_HANDLE);
  CHECK(wz_book_free(&nothing) == WZ_STATUS_HANDLE);
  /* Both live on. */
  ANSWERS(WZ_STATUS_OK, "\"events\":0", wz_book_call(book, TEXT(STATUS), &out, &error));
  CHECK(wz_book_free(&book) == WZ_STATUS_OK && wz_engine_free(&engine) == WZ_STATUS_OK);
  NOTHING(WZ_STATUS_NULL, wz_book_call(book, TEXT(STATUS), &out, &error));
}

static void commands(void) {
  wz_book *book = a_book();
  wz_buffer first = WZ_BUFFER_EMPTY, again = WZ_BUFFER_EMPTY;
  NOTHING(WZ_STATUS_NULL, wz_book_apply(NULL, TEXT(ONE), &out, &error));
  NOTHING(WZ_STATUS_NULL, wz_book_apply(book, TEXT(ONE), NULL, &error));
  NOTHING(WZ_STATUS_NULL, wz_book_apply(book, NULL, 3, &out, &error));
  NOTHING(WZ_STATUS_LENGTH, wz_book_apply(book, ONE, (size_t)PTRDIFF_MAX + 1, &out, &error));
  REFUSES("input.invalid", wz_book_apply(book, NULL, 0, &out, &error));
  REFUSES("not_utf8", wz_book_apply(book, TEXT("{\"id\":\"c\xff\"}"), &out, &error));
  REFUSES("no_command", wz_book_apply(book, TEXT("{}"), &out, &error));
  ANSWERS(WZ_STATUS_OK, "\"events\":0", wz_book_call(book, TEXT(STATUS), &out, &error));
  CHECK(wz_book_apply(book, TEXT(ONE), &first, NULL) == WZ_STATUS_OK && has(&first, "visit_recorded"));
  CHECK(wz_book_apply(book, TEXT(ONE), &again, NULL) == WZ_STATUS_OK);
  CHECK(first.len == again.len && memcmp(first.data, again.data, first.len) == 0);
  wz_buffer_free(&first);
  wz_buffer_free(&again);
  ANSWERS(WZ_STATUS_REJECTED, "actor.unknown", wz_book_apply(book, TEXT(REFUSED), &out, &error));
  ANSWERS(WZ_STATUS_REJECTED, "command.clock_backwards",
          wz_book_apply(book, TEXT(VISIT("0", "2014-03-02T09:00:00+08:00")), &out, &error));
  ANSWERS(WZ_STATUS_OK, "\"events\":2", wz_book_call(book, TEXT(STATUS), &out, &error));
  REFUSES("changes_the_book", wz_book_call(book, TEXT("{\"op\":\"apply\",\"command\":{}}"), &out, &error));
  NOTHING(WZ_STATUS_UTF8, wz_book_call(book, "\x80", 1, &out, &error));
  ANSWERS(WZ_STATUS_OK, "book_opened", wz_book_journal(book, 0, &out));
  ANSWERS(WZ_STATUS_OK, "visit_recorded", wz_book_journal(book, 2, &out));
  ANSWERS(WZ_STATUS_OK, "", wz_book_journal(book, UINT64_MAX, &out));
  NOTHING(WZ_STATUS_NULL, wz_book_journal(book, 1, NULL));
  NOTHING(WZ_STATUS_NULL, wz_book_journal(NULL, 1, &out));
  wz_book_free(&book);
}

static void blocks(void) {
  static const char BLOCK[] = VISIT("1", "2014-03-03T09:00:00+08:00") "\n\n" VISIT("2", "2014-03-04T09:00:00+08:00") "\r\n";
  static const char TORN[] = VISIT("3", "2014-03-05T09:00:00+08:00") "\nnone\n" VISIT("4", "2014-03-06T09:00:00+08:00");
  wz_book *book = a_book();
  wz_buffer out = WZ_BUFFER_EMPTY, error = WZ_BUFFER_EMPTY;
  NOTHING(WZ_STATUS_NULL, wz_book_apply_lines(NULL, TEXT(BLOCK), &out, &error));
  NOTHING(WZ_STATUS_NULL, wz_book_apply_lines(book, TEXT(BLOCK), NULL, &error));
  NOTHING(WZ_STATUS_LENGTH, wz_book_apply_lines(book, BLOCK, SIZE_MAX, &out, &error));
  ANSWERS(WZ_STATUS_OK, "", wz_book_apply_lines(book, NULL, 0, &out, &error));
  CHECK(wz_book_apply_lines(book, TEXT(BLOCK), &out, &error) == WZ_STATUS_OK && error.data == NULL);
  CHECK(has(&out, "\"c1\"") && has(&out, "\"c2\"") && out.data[out.len - 1] == '\n');
  wz_buffer_free(&out);
  CHECK(wz_book_apply_lines(book, TEXT(TORN), &out, &error) == WZ_STATUS_STOPPED);
  CHECK(has(&out, "\"c3\"") && !has(&out, "\"c4\"") && has(&error, "\"line\":2"));
  wz_buffer_free(&out);
  wz_buffer_free(&error);
  /* The words are not wanted: the outcomes come all the same. */
  CHECK(wz_book_apply_lines(book, TEXT("none"), &out, NULL) == WZ_STATUS_STOPPED && out.len == 0);
  wz_buffer_free(&out);
  ANSWERS(WZ_STATUS_OK, "\"events\":4", wz_book_call(book, TEXT(STATUS), &out, &error));
  wz_book_free(&book);
}

/* Every byte of a snapshot and of a journal changed in turn: a finding or a sound book, never a crash. */
static void damaged(void) {
  wz_book *book = a_book(), *other = NULL;
  wz_policy *policy = a_policy();
  wz_buffer out = WZ_BUFFER_EMPTY, snapshot = WZ_BUFFER_EMPTY, journal = WZ_BUFFER_EMPTY;
  size_t at, refused = 0, dropped = 99;
  CHECK(wz_book_apply(book, TEXT(ONE), &out, NULL) == WZ_STATUS_OK);
  wz_buffer_free(&out);
  CHECK(wz_book_apply(book, TEXT(TWO), &out, NULL) == WZ_STATUS_OK);
  wz_buffer_free(&out);
  CHECK(wz_book_snapshot(book, &snapshot) == WZ_STATUS_OK && wz_book_journal(book, 1, &journal) == WZ_STATUS_OK);
  CHECK(wz_book_snapshot(book, NULL) == WZ_STATUS_NULL && wz_book_snapshot(NULL, &snapshot) == WZ_STATUS_NULL);
  CHECK(wz_book_restore(snapshot.data, snapshot.len, &other, NULL) == WZ_STATUS_OK);
  ANSWERS(WZ_STATUS_OK, "\"events\":3", wz_book_call(other, TEXT(STATUS), &out, &error));
  wz_book_free(&other);
  for (at = 0; at < snapshot.len; at += snapshot.len / 200 + 1) {
    snapshot.data[at] ^= 0x20;
    if (wz_book_restore(snapshot.data, snapshot.len, &other, NULL) == WZ_STATUS_INVALID) refused++;
    wz_book_free(&other);
    snapshot.data[at] ^= 0x20;
    CHECK(wz_book_restore(snapshot.data, at, &other, NULL) == WZ_STATUS_INVALID && other == NULL);
  }
  CHECK(refused > 100);
  for (refused = 0, at = 0; at < journal.len; at += 7) {
    journal.data[at] ^= 1;
    if (wz_book_open(policy, roster, roster_len, journal.data, journal.len, &other, NULL, NULL) == WZ_STATUS_INVALID) refused++;
    wz_book_free(&other);
    journal.data[at] ^= 1;
  }
  CHECK(refused > 100);
  /* A torn end is dropped and counted. */
  CHECK(wz_book_open(policy, roster, roster_len, journal.data, journal.len, &other, &dropped, NULL) == WZ_STATUS_OK && dropped == 0);
  wz_book_free(&other);
  CHECK(wz_book_open(policy, roster, roster_len, journal.data, journal.len - 10, &other, &dropped, NULL) == WZ_STATUS_OK);
  CHECK(dropped > 100 && dropped < journal.len);
  wz_book_free(&other);
  wz_buffer_free(&snapshot);
  wz_buffer_free(&journal);
  wz_policy_free(&policy);
  wz_book_free(&book);
}

static void columns(void) {
  wz_engine *engine = an_engine();
  const uint32_t cadre[] = {0, 0}, target[] = {0, 0};
  const int64_t on[] = {1393808400, 1393894800};
  wz_visits visits = {0};
  visits.count = 2;
  visits.cadres = "k1";
  visits.cadres_len = 2;
  visits.targets = "h1";
  visits.targets_len = 2;
  visits.cadre = cadre;
  visits.target = target;
  visits.on = on;
  ANSWERS(WZ_STATUS_OK, "\"count\":2", wz_engine_visit_duties(engine, &visits, TEXT(DUTIES), &out, &error));
  NOTHING(WZ_STATUS_NULL, wz_engine_visit_duties(NULL, &visits, TEXT(DUTIES), &out, &error));
  NOTHING(WZ_STATUS_NULL, wz_engine_visit_duties(engine, NULL, TEXT(DUTIES), &out, &error));
  NOTHING(WZ_STATUS_NULL, wz_engine_visit_duties(engine, &visits, TEXT(DUTIES), NULL, &error));
  NOTHING(WZ_STATUS_UTF8, wz_engine_visit_duties(engine, &visits, "\xff", 1, &out, &error));
  visits.on = NULL;
  NOTHING(WZ_STATUS_NULL, wz_engine_visit_duties(engine, &visits, TEXT(DUTIES), &out, &error));
  visits.on = (const int64_t *)((const char *)on + 1);
  NOTHING(WZ_STATUS_HANDLE, wz_engine_visit_duties(engine, &visits, TEXT(DUTIES), &out, &error));
  visits.on = on;
  visits.count = SIZE_MAX;
  NOTHING(WZ_STATUS_LENGTH, wz_engine_visit_duties(engine, &visits, TEXT(DUTIES), &out, &error));
  visits.count = 2;
  visits.cadres_len = SIZE_MAX;
  NOTHING(WZ_STATUS_LENGTH, wz_engine_visit_duties(engine, &visits, TEXT(DUTIES), &out, &error));
  visits.cadres = "k99";
  visits.cadres_len = 3;
  REFUSES("cadre.unknown", wz_engine_visit_duties(engine, &visits, TEXT(DUTIES), &out, &error));
  memset(&visits, 0, sizeof visits);
  ANSWERS(WZ_STATUS_OK, "\"count\":0", wz_engine_visit_duties(engine, &visits, TEXT(DUTIES), &out, &error));
  wz_engine_free(&engine);
}

/* A text of many megabytes is answered, and its memory given back. */
static void huge(void) {
  const size_t len = 64u << 20;
  char *text = malloc(len);
  wz_book *book = a_book();
  CHECK(text != NULL);
  if (text == NULL) return;
  memset(text, '[', len);
  REFUSES("too_deep", wz_call(text, len, &out, &error));
  memset(text, ' ', len);
  REFUSES("input.", wz_book_apply(book, text, len, &out, &error));
  memcpy(text, ONE, sizeof ONE - 2);
  memset(text + sizeof ONE - 2, ' ', len - (sizeof ONE - 2));
  text[len - 1] = '}';
  /* It has an id, so it gets an outcome. */
  ANSWERS(WZ_STATUS_REJECTED, "too_large", wz_book_apply(book, text, len, &out, &error));
  free(text);
  wz_book_free(&book);
}

#ifndef NO_HEAP_FIGURE
/* The very bytes that the heap holds, before and after 100,000 rounds of every kind of call. */
static void growth(void) {
  wz_engine *engine = an_engine();
  wz_book *book = a_book();
  wz_buffer out = WZ_BUFFER_EMPTY, error = WZ_BUFFER_EMPTY;
  size_t before = 0, after = 0;
  int round;
  wz_book_apply(book, TEXT(ONE), &out, NULL);
  wz_buffer_free(&out);
  for (round = 0; round <= 100000; round++) {
    if (round == 100) before = mallinfo2().uordblks;
    wz_call(TEXT("{}"), &out, &error);
    wz_buffer_free(&error);
    wz_engine_call(engine, TEXT("{\"op\":\"nothing\"}"), &out, &error);
    wz_buffer_free(&error);
    wz_book_call(book, TEXT(STATUS), &out, &error);
    wz_buffer_free(&out);
    wz_book_apply(book, TEXT(REFUSED), &out, &error);
    wz_buffer_free(&out);
    wz_book_apply(book, TEXT(ONE), &out, &error); /* resent */
    wz_buffer_free(&out);
    wz_book_apply_lines(book, TEXT("x"), &out, &error);
    wz_buffer_free(&out);
    wz_buffer_free(&error);
    wz_book_journal(book, 2, &out);
    wz_buffer_free(&out);
    if (round % 1000 == 0) {
      wz_engine *more = an_engine();
      wz_engine_free(&more);
    }
  }
  after = mallinfo2().uordblks;
  printf("heap after 100 rounds: %zu bytes, after 100000: %zu bytes\n", before, after);
  CHECK(before > 0 && before == after);
  wz_engine_free(&engine);
  wz_book_free(&book);
}
#endif

int main(int argc, char **argv) {
  if (argc != 2) return 2;
#ifndef NO_HEAP_FIGURE
  /* What a thread's cache holds back counts as in use; without it the heap's figure is exact. */
  if (getenv("GLIBC_TUNABLES") == NULL) {
    setenv("GLIBC_TUNABLES", "glibc.malloc.tcache_count=0", 1);
    execv("/proc/self/exe", argv);
  }
#endif
  roster = slurp(argv[1], &roster_len);
  the_library();
  requests();
  documents();
  wrong_kinds();
  commands();
  blocks();
  damaged();
  columns();
  huge();
#ifndef NO_HEAP_FIGURE
  growth();
#endif
  free(roster);
  return closing();
}
