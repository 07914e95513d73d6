/* The fast path, for much at once: a block of lines in one call, and visits in columns without JSON.
 * usage: fast ROSTER.json COMMANDS.jsonl */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wuzhang.h>

static char *file(const char *path, size_t *len) {
  FILE *from = fopen(path, "rb");
  char *text = NULL;
  if (from == NULL) return NULL;
  if (fseek(from, 0, SEEK_END) == 0) {
    long size = ftell(from);
    rewind(from);
    text = size < 0 ? NULL : malloc((size_t)size + 1);
    *len = text == NULL ? 0 : fread(text, 1, (size_t)size, from);
  }
  fclose(from);
  return text;
}

/* A block of lines: what was applied is in `out`, even when the block stops at a line that is no command. */
static int block(wz_book *book, const char *lines, size_t len) {
  wz_buffer out = WZ_BUFFER_EMPTY, error = WZ_BUFFER_EMPTY;
  wz_status status = wz_book_apply_lines(book, lines, len, &out, &error);
  if (out.data != NULL) fputs(out.data, stdout);
  if (status == WZ_STATUS_STOPPED) fprintf(stderr, "%s\n", error.data);
  wz_buffer_free(&out);
  wz_buffer_free(&error);
  return status == WZ_STATUS_OK || status == WZ_STATUS_STOPPED;
}

/* Visits as a table holds them: a column for who, for whom, and for when, in seconds since 1970. */
static int columns(const wz_engine *engine) {
  static const uint32_t cadre[] = {0, 0, 0}, target[] = {0, 0, 0};
  static const int64_t on[] = {1393808400, 1394413200, 1395018000}; /* Mondays: 3, 10 and 17 March 2014, 09:00 */
  static const char question[] = "{\"op\":\"visit_duties\",\"from\":\"2014-03-03\",\"to\":\"2014-03-30\",\"as_of\":\"2014-03-31\",\"subject\":\"k1\"}";
  wz_visits visits = {0};
  wz_buffer out = WZ_BUFFER_EMPTY, error = WZ_BUFFER_EMPTY;
  wz_status status;
  visits.count = sizeof on / sizeof *on;
  visits.cadres = "k1";
  visits.cadres_len = strlen(visits.cadres);
  visits.targets = "h1";
  visits.targets_len = strlen(visits.targets);
  visits.cadre = cadre;
  visits.target = target;
  visits.on = on;
  status = wz_engine_visit_duties(engine, &visits, question, sizeof question - 1, &out, &error);
  puts(status == WZ_STATUS_OK ? out.data : error.data != NULL ? error.data : wz_status_text(status));
  wz_buffer_free(&out);
  wz_buffer_free(&error);
  return status == WZ_STATUS_OK;
}

int main(int argc, char **argv) {
  size_t roster_len = 0, lines_len = 0;
  char *roster = argc == 3 ? file(argv[1], &roster_len) : NULL, *lines = argc == 3 ? file(argv[2], &lines_len) : NULL;
  wz_policy *policy = NULL;
  wz_engine *engine = NULL;
  wz_book *book = NULL;
  int done;
  if (roster == NULL || lines == NULL || wz_abi_check(WZ_ABI) != WZ_STATUS_OK) return 2;
  done = wz_policy_new("dayi-2014", strlen("dayi-2014"), &policy, NULL) == WZ_STATUS_OK &&
         wz_engine_new(policy, roster, roster_len, &engine, NULL) == WZ_STATUS_OK &&
         wz_book_open(policy, roster, roster_len, NULL, 0, &book, NULL, NULL) == WZ_STATUS_OK &&
         block(book, lines, lines_len) && columns(engine);
  wz_book_free(&book);
  wz_engine_free(&engine);
  wz_policy_free(&policy);
  free(roster);
  free(lines);
  return done ? 0 : 1;
}
