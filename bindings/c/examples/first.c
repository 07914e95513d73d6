/* The first steps: a book of a policy and a roster, one command, and the question who owes what.
 * usage: first ROSTER.json */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wuzhang.h>

static char *file(const char *path) {
  FILE *from = fopen(path, "rb");
  char *text = from == NULL ? NULL : calloc(1, 1 << 20);
  if (text != NULL && fread(text, 1, (1 << 20) - 1, from) == 0) text[0] = 0;
  if (from != NULL) fclose(from);
  return text;
}

int main(int argc, char **argv) {
  char *roster = argc == 2 ? file(argv[1]) : NULL;
  const char *command =
      "{\"id\":\"c1\",\"at\":\"2014-03-03T09:00:00+08:00\",\"actor\":\"k1\",\"do\":\"record_visit\",\"visit\":\"v1\","
      "\"cadres\":[\"k1\"],\"target\":\"h1\",\"on\":\"2014-03-03T08:30:00+08:00\",\"diary\":\"巷道积水,已记下\"}";
  const char *question = "{\"op\":\"duties\",\"from\":\"2014-03-03\",\"to\":\"2014-03-09\",\"rule\":\"visit.village\",\"subject\":\"k1\"}";
  if (roster == NULL || wz_abi_check(WZ_ABI) != WZ_STATUS_OK) return 2;

  /* README */
  wz_policy *policy = NULL;
  wz_book *book = NULL;
  wz_buffer answer = WZ_BUFFER_EMPTY;
  wz_policy_new("dayi-2014", strlen("dayi-2014"), &policy, NULL);
  wz_book_open(policy, roster, strlen(roster), NULL, 0, &book, NULL, NULL);
  if (wz_book_apply(book, command, strlen(command), &answer, NULL) == WZ_STATUS_OK) puts(answer.data);
  wz_buffer_free(&answer);
  if (wz_book_call(book, question, strlen(question), &answer, NULL) == WZ_STATUS_OK) puts(answer.data);
  wz_buffer_free(&answer);
  /* end */

  wz_book_free(&book);
  wz_policy_free(&policy);
  free(roster);
  return 0;
}
