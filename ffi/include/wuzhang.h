/*
 * wuzhang: the rules of the Five-Ledger Method (五账法), for programs in C and whatever speaks C.
 *
 * HANDLES. wz_policy, wz_engine and wz_book are opaque. A function that makes one writes it to
 * *out; the function of its kind frees it and sets your pointer to NULL, so that freeing twice does
 * no harm. An engine or a book keeps what it needs of its policy: the policy may be freed at once.
 * A pointer that is not a live handle of the right kind is answered WZ_STATUS_HANDLE as far as the
 * memory behind it can tell; a copy of a pointer that was freed through another is yours to avoid.
 *
 * TEXT. In: a pointer and a length in bytes, UTF-8, no NUL needed, yours, read only during the
 * call. NULL with length 0 is the empty text; NULL with any other length is WZ_STATUS_NULL.
 * Out: a wz_buffer, the library's memory, yours to free with wz_buffer_free and with nothing else.
 * It ends in a NUL that len does not count, so it can be printed. What stood in the wz_buffer
 * before is overwritten, not freed: free it first, or begin with WZ_BUFFER_EMPTY.
 *
 * OUTPUTS are written on success only, and `error` only on WZ_STATUS_INVALID and
 * WZ_STATUS_STOPPED. Success is WZ_STATUS_OK; a command that the rules refuse
 * (WZ_STATUS_REJECTED) is answered too, with its outcome; a block that ended early
 * (WZ_STATUS_STOPPED) has the outcomes of the lines that were applied. `error` may be NULL where
 * the words are not wanted; no other pointer may, unless it says so.
 *
 * JSON. Requests, answers, outcomes and findings are those of every other face of wuzhang, byte for
 * byte, in canonical JSON (RFC 8785). A finding's code is the same for ever; its number is one of
 * WZ_CODE_… below, and wz_code gives it for the text.
 *
 * THREADS. A pointer to const may be shared between threads without a lock: any number may read one
 * book at a time. A plain pointer has one owner at a time. Who breaks this is answered
 * WZ_STATUS_BUSY at once; nothing waits, nothing is done, and nothing is undefined. A handle must
 * not be freed while another thread may still be about to use it.
 *
 * DEFECTS. No panic and no exception leaves the library. If one happens inside, the call is
 * answered WZ_STATUS_PANIC, with a line on standard error; a book that was being changed is
 * WZ_STATUS_POISONED from then on, and is opened anew from its journal. Other handles work on.
 * When the system gives no memory, the process ends, as with every Rust library.
 *
 * ABI. WZ_ABI is the number of this header. wz_abi_check(WZ_ABI) says whether the library that was
 * loaded speaks it. Functions and numbers are added, never changed or taken away, within one SONAME.
 */


#ifndef WUZHANG_H
#define WUZHANG_H

/* Generated from ffi/src by `cargo run -p xtask --features header -- header`. Do not edit. */

#include <stddef.h>
#include <stdint.h>

/* An empty buffer to begin with. */
#define WZ_BUFFER_EMPTY {NULL, 0, 0}

/**
 * The ABI of this header. It rises when a function or a structure changes its shape.
 */
#define WZ_ABI 1

/**
 * How a call ended. A number once given keeps its meaning; new ones may come.
 */
enum wz_status
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  /**
   * Done: every output is written.
   */
  WZ_STATUS_OK = 0,
  /**
   * The rules refuse the command. That is an answer, not an error: `out` holds the outcome with
   * every reason, and nothing has changed.
   */
  WZ_STATUS_REJECTED = 1,
  /**
   * A text is not as it should be (a document, a request, a line): `error` says what and where.
   */
  WZ_STATUS_INVALID = 2,
  /**
   * A block of lines stopped at a line that is no command: `out` holds the outcomes of the lines
   * before it, which are applied, and `error` tells the line.
   */
  WZ_STATUS_STOPPED = 3,
  /**
   * A pointer that may not be NULL is NULL.
   */
  WZ_STATUS_NULL = 16,
  /**
   * A text is not UTF-8.
   */
  WZ_STATUS_UTF8 = 17,
  /**
   * A length is larger than any object can be.
   */
  WZ_STATUS_LENGTH = 18,
  /**
   * The handle is not one of this kind, or no longer one at all.
   */
  WZ_STATUS_HANDLE = 19,
  /**
   * The handle is in use by another thread at this moment. Nothing was done; try again later, or
   * let one thread own it.
   */
  WZ_STATUS_BUSY = 20,
  /**
   * The header that the program was built with speaks an ABI that this library does not.
   */
  WZ_STATUS_ABI = 21,
  /**
   * A defect of the library was caught. Nothing was written; other handles work on.
   */
  WZ_STATUS_PANIC = 32,
  /**
   * An earlier defect interrupted a change of this book. It refuses everything but being freed:
   * open it anew from its journal.
   */
  WZ_STATUS_POISONED = 33,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum wz_status wz_status;
#else
typedef uint32_t wz_status;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * An engine with its journal.
 */
typedef struct wz_book wz_book;

/**
 * Policy and roster: judges one case at a time and keeps nothing.
 */
typedef struct wz_engine wz_engine;

/**
 * The rules, read from a document.
 */
typedef struct wz_policy wz_policy;

/**
 * Text that the library has given away. `data` has `len` bytes of UTF-8 and one NUL behind them
 * that `len` does not count. Begin with `WZ_BUFFER_EMPTY`; free with `wz_buffer_free`, which leaves
 * it empty, so that freeing it twice does no harm.
 */
typedef struct wz_buffer {
  /**
   * The first byte; NULL when empty.
   */
  char *data;
  /**
   * How many bytes there are.
   */
  size_t len;
  /**
   * The library's own; leave it as it is.
   */
  size_t room;
} wz_buffer;

/**
 * Visits in columns, one row for each cadre of a visit. Rows of one visit stand next to each other
 * and bear the same number in `visit`.
 */
typedef struct wz_visits {
  /**
   * How many rows there are: how many values each column has.
   */
  size_t count;
  /**
   * The roster's ids of the cadres, one a line (LF); a cadre's number is its line, from 0.
   */
  const char *cadres;
  /**
   * How many bytes `cadres` has.
   */
  size_t cadres_len;
  /**
   * The roster's ids of the households, groups and villages visited, one a line.
   */
  const char *targets;
  /**
   * How many bytes `targets` has.
   */
  size_t targets_len;
  /**
   * Who visited, by number.
   */
  const uint32_t *cadre;
  /**
   * Who was visited, by number.
   */
  const uint32_t *target;
  /**
   * When, in seconds since 1970-01-01T00:00:00Z.
   */
  const int64_t *on;
  /**
   * When it was entered, in the same seconds; NULL: each as it happened.
   */
  const int64_t *entered;
  /**
   * Not 0 where nobody met in person; NULL: all in person.
   */
  const uint8_t *remote;
  /**
   * The visit's number, which is its evidence in the rows; NULL: the row's number, from 0.
   */
  const uint64_t *visit;
} wz_visits;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/**
 * Whether the loaded library speaks the ABI that a program was built for: call it once with
 * `WZ_ABI` before anything else. `WZ_STATUS_OK` or `WZ_STATUS_ABI`.
 */
wz_status wz_abi_check(uint32_t abi);

/**
 * The library's version, such as "0.1.0", as static text that ends in NUL.
 */
const char *wz_version(void);

/**
 * What a status means, in English, as static text that ends in NUL; for logs.
 */
const char *wz_status_text(uint32_t status);

/**
 * The number of a finding's code, such as "plan.cap": one of the `WZ_CODE_…`, 0 for no such code.
 *
 * Safety:
 * `code` points to `len` bytes.
 */
uint32_t wz_code(const char *code, size_t len);

/**
 * Frees a buffer's text and leaves it empty. NULL, an empty buffer and a second time are harmless.
 *
 * Safety:
 * `buffer` is NULL or points to a buffer that is empty or was written by this library.
 */
void wz_buffer_free(struct wz_buffer *buffer);

/**
 * Answers a request that needs neither engine nor book: `version`, `presets`, `preset`, `codes`,
 * `rules`, `explain`, `schema`, `schemas`, `verify`, `check`. `out` gets the whole answer,
 * `{"ok":…}` or, with `WZ_STATUS_INVALID`, `error` gets `{"error":{"findings":[…]}}`.
 *
 * Safety:
 * `request` points to `len` bytes; `out` points to a buffer; `error` to one or is NULL.
 */
wz_status wz_call(const char *request, size_t len, struct wz_buffer *out, struct wz_buffer *error);

/**
 * Reads a policy: a preset's name, or a JSON document. Its text may be freed afterwards.
 *
 * Safety:
 * `policy` points to `len` bytes; `out` points to room for a pointer; `error` to a buffer or NULL.
 */
wz_status wz_policy_new(const char *policy,
                        size_t len,
                        struct wz_policy **out,
                        struct wz_buffer *error);

/**
 * Frees a policy and sets the pointer to NULL. What was made with it stays.
 *
 * Safety:
 * `policy` points to NULL or to a policy of this library.
 */
wz_status wz_policy_free(struct wz_policy **policy);

/**
 * An engine of a policy and a roster document. Threads may share it.
 *
 * Safety:
 * `policy` is a policy of this library; `roster` points to `len` bytes; `out` points to room for
 * a pointer; `error` to a buffer or NULL.
 */
wz_status wz_engine_new(const struct wz_policy *policy,
                        const char *roster,
                        size_t len,
                        struct wz_engine **out,
                        struct wz_buffer *error);

/**
 * Frees an engine and sets the pointer to NULL.
 *
 * Safety:
 * `engine` points to NULL or to an engine of this library.
 */
wz_status wz_engine_free(struct wz_engine **engine);

/**
 * Answers a request about one case: `apply`, `actions`, `duties_of`.
 *
 * Safety:
 * `engine` is an engine of this library; `request` points to `len` bytes; `out` points to a
 * buffer; `error` to one or is NULL.
 */
wz_status wz_engine_call(const struct wz_engine *engine,
                         const char *request,
                         size_t len,
                         struct wz_buffer *out,
                         struct wz_buffer *error);

/**
 * The quota duties of visits in columns: no command is written, nothing is kept. The request is
 * `{"op":"visit_duties","from":"2014-03-03","to":"2014-03-09","as_of":"2014-03-31"}`, with `rule`,
 * `state` and `subject` if wanted; the answer has the rows of `duties` for the rules `visit.*`.
 *
 * Safety:
 * `engine` is an engine of this library; `visits` points to columns as they say; `request` points
 * to `len` bytes; `out` points to a buffer; `error` to one or is NULL.
 */
wz_status wz_engine_visit_duties(const struct wz_engine *engine,
                                 const struct wz_visits *visits,
                                 const char *request,
                                 size_t len,
                                 struct wz_buffer *out,
                                 struct wz_buffer *error);

/**
 * Opens a book of a policy and a roster document: a new one, or that of a journal, which is
 * verified while every command is lived again. The end of a journal that was torn while it was
 * written is dropped, and `dropped`, unless NULL, gets its number of bytes: cut the file by them.
 *
 * Safety:
 * `policy` is a policy of this library; the texts have as many bytes as is said, and `journal` is
 * NULL for a new book; `out` points to room for a pointer; `dropped` and `error` to room or NULL.
 */
wz_status wz_book_open(const struct wz_policy *policy,
                       const char *roster,
                       size_t roster_len,
                       const char *journal,
                       size_t journal_len,
                       struct wz_book **out,
                       size_t *dropped,
                       struct wz_buffer *error);

/**
 * The book that a snapshot holds; policy and roster are in it.
 *
 * Safety:
 * `snapshot` points to `len` bytes; `out` points to room for a pointer; `error` to a buffer or NULL.
 */
wz_status wz_book_restore(const char *snapshot,
                          size_t len,
                          struct wz_book **out,
                          struct wz_buffer *error);

/**
 * Frees a book and sets the pointer to NULL; `WZ_STATUS_BUSY` while a thread uses it.
 *
 * Safety:
 * `book` points to NULL or to a book of this library.
 */
wz_status wz_book_free(struct wz_book **book);

/**
 * Applies one command. `out` gets its outcome, with `WZ_STATUS_OK` when it was accepted and with
 * `WZ_STATUS_REJECTED` when the rules refuse it. With `WZ_STATUS_INVALID` the text is no JSON object with an
 * `id`, and `error` says why.
 *
 * Safety:
 * `book` is a book of this library that no other thread uses; `command` points to `len` bytes;
 * `out` points to a buffer; `error` to one or is NULL.
 */
wz_status wz_book_apply(struct wz_book *book,
                        const char *command,
                        size_t len,
                        struct wz_buffer *out,
                        struct wz_buffer *error);

/**
 * Applies a block of commands, one a line; `out` gets one outcome a line. Blank lines are passed
 * over. With `WZ_STATUS_STOPPED` the block ended early at a line that is no command: `out` holds the
 * outcomes of the lines before it, and `error` the line's number and what is wrong.
 *
 * Safety:
 * As `wz_book_apply`.
 */
wz_status wz_book_apply_lines(struct wz_book *book,
                              const char *lines,
                              size_t len,
                              struct wz_buffer *out,
                              struct wz_buffer *error);

/**
 * Answers a request that changes nothing: `judge`, `duties`, `ledger`, `case`, `actions`, `agenda`,
 * `publication`, `rates`, `advice`, `my_case`, `policy`, `roster`, `journal`, `status`.
 *
 * Safety:
 * `book` is a book of this library; `request` points to `len` bytes; `out` points to a buffer;
 * `error` to one or is NULL.
 */
wz_status wz_book_call(const struct wz_book *book,
                       const char *request,
                       size_t len,
                       struct wz_buffer *out,
                       struct wz_buffer *error);

/**
 * The journal's lines from the event with this number on; 1 is the first. Keep them: they are the
 * book. After a command, ask for those that you do not have yet, append and sync them.
 *
 * Safety:
 * `book` is a book of this library; `out` points to a buffer.
 */
wz_status wz_book_journal(const struct wz_book *book, uint64_t from, struct wz_buffer *out);

/**
 * The whole book as one block of bytes, for `wz_book_restore`.
 *
 * Safety:
 * `book` is a book of this library; `out` points to a buffer.
 */
wz_status wz_book_snapshot(const struct wz_book *book, struct wz_buffer *out);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

/*
 * The numbers of the findings' codes. A number is never given to another code.
 */
enum {
  /* command.invalid */
  WZ_CODE_COMMAND_INVALID = 100,
  /* command.id_reused */
  WZ_CODE_COMMAND_ID_REUSED = 101,
  /* command.clock_backwards */
  WZ_CODE_COMMAND_CLOCK_BACKWARDS = 102,
  /* command.on_after_at */
  WZ_CODE_COMMAND_ON_AFTER_AT = 103,
  /* command.needs_book */
  WZ_CODE_COMMAND_NEEDS_BOOK = 104,
  /* command.unknown */
  WZ_CODE_COMMAND_UNKNOWN = 105,
  /* case.state */
  WZ_CODE_CASE_STATE = 110,
  /* actor.unknown */
  WZ_CODE_ACTOR_UNKNOWN = 120,
  /* unit.unknown */
  WZ_CODE_UNIT_UNKNOWN = 121,
  /* cadre.unknown */
  WZ_CODE_CADRE_UNKNOWN = 122,
  /* household.unknown */
  WZ_CODE_HOUSEHOLD_UNKNOWN = 123,
  /* visit.unknown */
  WZ_CODE_VISIT_UNKNOWN = 124,
  /* case.unknown */
  WZ_CODE_CASE_UNKNOWN = 125,
  /* meeting.unknown */
  WZ_CODE_MEETING_UNKNOWN = 126,
  /* posting.unknown */
  WZ_CODE_POSTING_UNKNOWN = 127,
  /* objection.unknown */
  WZ_CODE_OBJECTION_UNKNOWN = 128,
  /* unit.id_reused */
  WZ_CODE_UNIT_ID_REUSED = 131,
  /* cadre.id_reused */
  WZ_CODE_CADRE_ID_REUSED = 132,
  /* household.id_reused */
  WZ_CODE_HOUSEHOLD_ID_REUSED = 133,
  /* visit.id_reused */
  WZ_CODE_VISIT_ID_REUSED = 134,
  /* case.id_reused */
  WZ_CODE_CASE_ID_REUSED = 135,
  /* meeting.id_reused */
  WZ_CODE_MEETING_ID_REUSED = 136,
  /* posting.id_reused */
  WZ_CODE_POSTING_ID_REUSED = 137,
  /* objection.id_reused */
  WZ_CODE_OBJECTION_ID_REUSED = 138,
  /* liaison.county_leader */
  WZ_CODE_LIAISON_COUNTY_LEADER = 200,
  /* liaison.department */
  WZ_CODE_LIAISON_DEPARTMENT = 201,
  /* liaison.town */
  WZ_CODE_LIAISON_TOWN = 202,
  /* liaison.village */
  WZ_CODE_LIAISON_VILLAGE = 203,
  /* liaison.group */
  WZ_CODE_LIAISON_GROUP = 204,
  /* visit.late_entry */
  WZ_CODE_VISIT_LATE_ENTRY = 210,
  /* contact_card */
  WZ_CODE_CONTACT_CARD = 211,
  /* register.card */
  WZ_CODE_REGISTER_CARD = 212,
  /* station */
  WZ_CODE_STATION = 213,
  /* channel */
  WZ_CODE_CHANNEL = 214,
  /* consolidate.county_leader */
  WZ_CODE_CONSOLIDATE_COUNTY_LEADER = 215,
  /* consolidate.department */
  WZ_CODE_CONSOLIDATE_DEPARTMENT = 216,
  /* consolidate.grassroots */
  WZ_CODE_CONSOLIDATE_GRASSROOTS = 217,
  /* ledger.tier */
  WZ_CODE_LEDGER_TIER = 218,
  /* meeting.chair */
  WZ_CODE_MEETING_CHAIR = 300,
  /* meeting.members */
  WZ_CODE_MEETING_MEMBERS = 301,
  /* meeting.notify */
  WZ_CODE_MEETING_NOTIFY = 302,
  /* meeting.item_by_item */
  WZ_CODE_MEETING_ITEM_BY_ITEM = 303,
  /* meeting.late_entry */
  WZ_CODE_MEETING_LATE_ENTRY = 304,
  /* plan.complete */
  WZ_CODE_PLAN_COMPLETE = 305,
  /* plan.cap */
  WZ_CODE_PLAN_CAP = 306,
  /* escalate.route */
  WZ_CODE_ESCALATE_ROUTE = 307,
  /* escalate.return */
  WZ_CODE_ESCALATE_RETURN = 308,
  /* settle.clock */
  WZ_CODE_SETTLE_CLOCK = 400,
  /* settle.extension */
  WZ_CODE_SETTLE_EXTENSION = 401,
  /* settle.suspend */
  WZ_CODE_SETTLE_SUSPEND = 402,
  /* settle.evidence */
  WZ_CODE_SETTLE_EVIDENCE = 403,
  /* settle.review */
  WZ_CODE_SETTLE_REVIEW = 404,
  /* publish.stages */
  WZ_CODE_PUBLISH_STAGES = 500,
  /* publish.digest */
  WZ_CODE_PUBLISH_DIGEST = 501,
  /* publish.masked */
  WZ_CODE_PUBLISH_MASKED = 502,
  /* publish.two_person */
  WZ_CODE_PUBLISH_TWO_PERSON = 503,
  /* publish.objection */
  WZ_CODE_PUBLISH_OBJECTION = 504,
  /* close.satisfied */
  WZ_CODE_CLOSE_SATISFIED = 600,
  /* close.asker */
  WZ_CODE_CLOSE_ASKER = 601,
  /* close.questions */
  WZ_CODE_CLOSE_QUESTIONS = 602,
  /* close.attempts */
  WZ_CODE_CLOSE_ATTEMPTS = 603,
  /* close.redo */
  WZ_CODE_CLOSE_REDO = 604,
  /* close.repeat */
  WZ_CODE_CLOSE_REPEAT = 605,
  /* close.public */
  WZ_CODE_CLOSE_PUBLIC = 606,
  /* authority */
  WZ_CODE_AUTHORITY = 700,
  /* advice.diary */
  WZ_CODE_ADVICE_DIARY = 800,
  /* advice.pace */
  WZ_CODE_ADVICE_PACE = 801,
  /* advice.last_day */
  WZ_CODE_ADVICE_LAST_DAY = 802,
  /* advice.telephone */
  WZ_CODE_ADVICE_TELEPHONE = 803,
  /* advice.all_satisfied */
  WZ_CODE_ADVICE_ALL_SATISFIED = 804,
  /* input.invalid */
  WZ_CODE_INPUT_INVALID = 900,
  /* policy.invalid */
  WZ_CODE_POLICY_INVALID = 901,
  /* policy.unknown_rule */
  WZ_CODE_POLICY_UNKNOWN_RULE = 902,
  /* policy.extends */
  WZ_CODE_POLICY_EXTENDS = 903,
  /* policy.standing */
  WZ_CODE_POLICY_STANDING = 904,
  /* policy.text */
  WZ_CODE_POLICY_TEXT = 905,
  /* policy.off */
  WZ_CODE_POLICY_OFF = 906,
  /* policy.contradiction */
  WZ_CODE_POLICY_CONTRADICTION = 907,
  /* policy.start */
  WZ_CODE_POLICY_START = 908,
  /* roster.invalid */
  WZ_CODE_ROSTER_INVALID = 920,
  /* roster.loop */
  WZ_CODE_ROSTER_LOOP = 921,
  /* roster.orphan */
  WZ_CODE_ROSTER_ORPHAN = 922,
  /* roster.parent_kind */
  WZ_CODE_ROSTER_PARENT_KIND = 923,
  /* roster.overlap */
  WZ_CODE_ROSTER_OVERLAP = 924,
  /* roster.unknown */
  WZ_CODE_ROSTER_UNKNOWN = 925,
  /* roster.validity */
  WZ_CODE_ROSTER_VALIDITY = 926,
  /* roster.root */
  WZ_CODE_ROSTER_ROOT = 927,
  /* roster.post */
  WZ_CODE_ROSTER_POST = 928,
  /* roster.role */
  WZ_CODE_ROSTER_ROLE = 929,
  /* scenario.invalid */
  WZ_CODE_SCENARIO_INVALID = 935,
  /* scenario.file */
  WZ_CODE_SCENARIO_FILE = 936,
  /* scenario.differs */
  WZ_CODE_SCENARIO_DIFFERS = 937,
  /* scenario.untested */
  WZ_CODE_SCENARIO_UNTESTED = 938,
  /* scenario.unnoticed */
  WZ_CODE_SCENARIO_UNNOTICED = 939,
  /* journal.hash */
  WZ_CODE_JOURNAL_HASH = 940,
  /* journal.prev */
  WZ_CODE_JOURNAL_PREV = 941,
  /* journal.seq */
  WZ_CODE_JOURNAL_SEQ = 942,
  /* journal.line */
  WZ_CODE_JOURNAL_LINE = 943,
  /* journal.head */
  WZ_CODE_JOURNAL_HEAD = 944,
  /* journal.count */
  WZ_CODE_JOURNAL_COUNT = 945,
  /* journal.differs */
  WZ_CODE_JOURNAL_DIFFERS = 946,
  /* snapshot.invalid */
  WZ_CODE_SNAPSHOT_INVALID = 950,
  /* request.invalid */
  WZ_CODE_REQUEST_INVALID = 960
};

#endif  /* WUZHANG_H */
