/* Runs the shared vectors through the C library and writes the log that every face has to give.
 * usage: vectors CASES.jsonl LOG */
#include "check.h"
#include <jansson.h>
#include <stdint.h>

static FILE *out_log;

static const char *field(const json_t *object, const char *name, size_t *len) {
  const json_t *text = json_object_get(object, name);
  *len = json_string_length(text);
  return json_string_value(text);
}

/* Writes an answer, which ends in a line end or gets one, and frees it. */
static void say(wz_buffer *buffer) {
  if (buffer->len > 0) {
    fwrite(buffer->data, 1, buffer->len, out_log);
    if (buffer->data[buffer->len - 1] != '\n') fputc('\n', out_log);
  }
  wz_buffer_free(buffer);
}

/* An answer or an error; anything else the vectors do not expect of the library. */
static void answer(wz_status status, wz_buffer *out, wz_buffer *error) {
  CHECK(status <= WZ_STATUS_STOPPED);
  say(out);
  say(error);
}

/* A list of ids as lines. */
static char *lines(const json_t *list, size_t *len) {
  size_t index;
  const json_t *item;
  char *text = calloc(1, 1);
  *len = 0;
  json_array_foreach(list, index, item) {
    size_t more = json_string_length(item);
    text = realloc(text, *len + more + 2);
    if (text == NULL) exit(3);
    memcpy(text + *len, json_string_value(item), more);
    *len += more;
    text[(*len)++] = '\n';
  }
  return text;
}

/* Columns of numbers, each of the width that the library wants. */
#define COLUMN(type, name)                                                      \
  static type *name(const json_t *list) {                                       \
    size_t index;                                                               \
    const json_t *item;                                                         \
    type *column = list == NULL ? NULL : calloc(json_array_size(list) + 1, sizeof *column); \
    json_array_foreach(list, index, item) column[index] = (type)json_integer_value(item); \
    return column;                                                              \
  }
COLUMN(uint32_t, small)
COLUMN(int64_t, seconds)
COLUMN(uint8_t, flags)
COLUMN(uint64_t, numbers)

static void in_columns(const wz_engine *engine, const json_t *step, const char *text, size_t len, wz_buffer *out, wz_buffer *error) {
  const json_t *given = json_object_get(step, "visits");
  wz_visits visits = {0};
  char *cadres = lines(json_object_get(given, "cadres"), &visits.cadres_len);
  char *targets = lines(json_object_get(given, "targets"), &visits.targets_len);
  uint32_t *cadre = small(json_object_get(given, "cadre")), *target = small(json_object_get(given, "target"));
  int64_t *on = seconds(json_object_get(given, "on")), *entered = seconds(json_object_get(given, "entered"));
  uint8_t *remote = flags(json_object_get(given, "remote"));
  uint64_t *visit = numbers(json_object_get(given, "visit"));
  visits.count = json_array_size(json_object_get(given, "cadre"));
  visits.cadres = cadres;
  visits.targets = targets;
  visits.cadre = cadre;
  visits.target = target;
  visits.on = on;
  visits.entered = entered;
  visits.remote = remote;
  visits.visit = visit;
  answer(wz_engine_visit_duties(engine, &visits, text, len, out, error), out, error);
  free(cadres), free(targets), free(cadre), free(target), free(on), free(entered), free(remote), free(visit);
}

static void step(const json_t *step, const wz_policy *policy, const wz_engine *engine, wz_book **book, const char *roster, size_t roster_len) {
  wz_buffer out = WZ_BUFFER_EMPTY, error = WZ_BUFFER_EMPTY;
  size_t len, to_len;
  const char *text = field(step, "text", &len), *to = field(step, "to", &to_len);
  if (strcmp(to, "apply") == 0) {
    answer(wz_book_apply(*book, text, len, &out, &error), &out, &error);
  } else if (strcmp(to, "book") == 0) {
    answer(wz_book_call(*book, text, len, &out, &error), &out, &error);
  } else if (strcmp(to, "library") == 0) {
    answer(wz_call(text, len, &out, &error), &out, &error);
  } else if (strcmp(to, "engine") == 0) {
    answer(wz_engine_call(engine, text, len, &out, &error), &out, &error);
  } else if (strcmp(to, "lines") == 0) {
    answer(wz_book_apply_lines(*book, text, len, &out, &error), &out, &error);
  } else if (strcmp(to, "journal") == 0) {
    answer(wz_book_journal(*book, strtoull(text, NULL, 10), &out), &out, &error);
  } else if (strcmp(to, "restore") == 0) {
    CHECK(wz_book_snapshot(*book, &out) == WZ_STATUS_OK && wz_book_free(book) == WZ_STATUS_OK);
    CHECK(wz_book_restore(out.data, out.len, book, &error) == WZ_STATUS_OK);
    wz_buffer_free(&out);
    answer(wz_book_call(*book, TEXT("{\"op\":\"status\"}"), &out, &error), &out, &error);
  } else if (strcmp(to, "reopen") == 0) {
    wz_book *opened = NULL;
    size_t dropped = 0, have;
    char *journal;
    CHECK(wz_book_journal(*book, 1, &out) == WZ_STATUS_OK);
    have = out.len;
    journal = malloc(have + len + 1);
    if (journal == NULL) exit(3);
    memcpy(journal, out.data, have);
    memcpy(journal + have, text, len);
    wz_buffer_free(&out);
    if (wz_book_open(policy, roster, roster_len, journal, have + len, &opened, &dropped, &error) == WZ_STATUS_OK) {
      CHECK(wz_book_free(book) == WZ_STATUS_OK);
      *book = opened;
      fprintf(out_log, "%zu\n", dropped);
    }
    say(&error);
    free(journal);
  } else if (strcmp(to, "visits") == 0) {
    in_columns(engine, step, text, len, &out, &error);
  } else {
    fprintf(stderr, "nothing is called %s\n", to);
    exit(3);
  }
}

int main(int argc, char **argv) {
  json_t *first, *documents, *vector;
  FILE *cases;
  size_t read = 0;
  if (argc != 3) return 2;
  cases = fopen(argv[1], "r");
  out_log = fopen(argv[2], "w");
  if (cases == NULL || out_log == NULL) return 3;
  first = json_loadf(cases, JSON_DISABLE_EOF_CHECK | JSON_ALLOW_NUL, NULL);
  documents = json_object_get(first, "documents");
  CHECK(wz_abi_check(WZ_ABI) == WZ_STATUS_OK && json_is_object(documents));
  while ((vector = json_loadf(cases, JSON_DISABLE_EOF_CHECK | JSON_ALLOW_NUL, NULL)) != NULL) {
    wz_policy *policy = NULL;
    wz_engine *engine = NULL;
    wz_book *book = NULL;
    wz_buffer error = WZ_BUFFER_EMPTY;
    size_t policy_len, roster_len, index, unused;
    const char *policy_text = field(documents, field(vector, "policy", &unused), &policy_len);
    const char *roster = field(documents, field(vector, "roster", &unused), &roster_len);
    const json_t *item;
    read++;
    fprintf(out_log, "# %s\n", field(vector, "name", &unused));
    if (wz_policy_new(policy_text, policy_len, &policy, &error) == WZ_STATUS_OK &&
        wz_engine_new(policy, roster, roster_len, &engine, &error) == WZ_STATUS_OK &&
        wz_book_open(policy, roster, roster_len, NULL, 0, &book, NULL, &error) == WZ_STATUS_OK) {
      json_array_foreach(json_object_get(vector, "steps"), index, item) step(item, policy, engine, &book, roster, roster_len);
    }
    say(&error);
    wz_book_free(&book);
    wz_engine_free(&engine);
    wz_policy_free(&policy);
    json_decref(vector);
  }
  CHECK(feof(cases));
  CHECK(read > 0);
  json_decref(first);
  fclose(cases);
  CHECK(fclose(out_log) == 0);
  /* What was checked on the way is no vector: the comparison of the log counts those. */
  if (failed != 0) printf("%d checks did not hold\n", failed);
  printf("%zu vectors written\n", read);
  return failed != 0;
}
