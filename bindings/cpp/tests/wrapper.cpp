// What the C++ wrapper adds to the library: handles that move and free themselves, text that needs no NUL, and
// failures as values or as exceptions. Built twice, with and without exceptions. usage: wrapper ROSTER
#include <wuzhang.hpp>
#include <wuzhang.hpp>  // twice does no harm

#include <cstdio>
#include <fstream>
#include <iterator>
#include <type_traits>

namespace {

int passed = 0, failed = 0;

void check(bool holds, const char* what, int line) {
  (holds ? passed : failed)++;
  if (!holds) std::printf("line %d: %s does not hold\n", line, what);
}
#define CHECK(...) check(static_cast<bool>(__VA_ARGS__), #__VA_ARGS__, __LINE__)

constexpr std::string_view visit = R"({"id":"c1","at":"2014-03-03T09:00:00+08:00","actor":"k1","do":"record_visit","visit":"v1",)"
                                   R"("cadres":["k1"],"target":"h1","on":"2014-03-03T08:30:00+08:00","diary":"田里缺水"})";
constexpr std::string_view status = R"({"op":"status"})";

// A handle has one owner.
static_assert(!std::is_copy_constructible_v<wuzhang::book> && std::is_nothrow_move_constructible_v<wuzhang::book>);
static_assert(!std::is_copy_assignable_v<wuzhang::engine> && std::is_nothrow_move_assignable_v<wuzhang::engine>);
// Asking does not change a book, so that a const one can be shared.
static_assert(std::is_invocable_v<decltype(&wuzhang::book::try_call), const wuzhang::book&, std::string_view>);
static_assert(!std::is_invocable_v<decltype(&wuzhang::book::try_apply), const wuzhang::book&, std::string_view>);

bool contains(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

void as_values(const std::string& roster) {
  const auto none = wuzhang::policy::make("dayi-2041");
  CHECK(!none && none.error().status == WZ_STATUS_INVALID && contains(none.error().json, "dayi-2014"));
  CHECK(none.error().words() == wz_status_text(WZ_STATUS_INVALID));
  auto policy = wuzhang::policy::make("dayi-2014");
  CHECK(policy.has_value());
  CHECK(!wuzhang::engine::make(*policy, "{}").has_value());
  auto opened = wuzhang::book::open(*policy, roster);
  CHECK(opened.has_value());
  wuzhang::book book = *std::move(opened);
  // The text's end is its length: what stands behind the view is not read.
  const std::string longer = std::string(visit) + "rubbish";
  const auto outcome = book.try_apply(std::string_view(longer).substr(0, visit.size()));
  CHECK(outcome && outcome->accepted && contains(outcome->json, "visit_recorded") && contains(outcome->json, "田里缺水"));
  const auto refused = book.try_apply(R"({"id":"c2","at":"2014-03-03T09:00:00+08:00","actor":"nobody","do":"consolidate","unit":"x","period":"2014-W10"})");
  CHECK(refused && !refused->accepted && contains(refused->json, "actor.unknown"));
  const auto nothing = book.try_apply({});
  CHECK(!nothing && nothing.error().status == WZ_STATUS_INVALID);
  CHECK(book.try_call("\xff").error().status == WZ_STATUS_UTF8);
  const auto block = book.try_apply_lines("none");
  CHECK(block && block->outcomes.empty() && block->stopped && contains(*block->stopped, "\"line\":1"));

  // What was moved from is empty: it is answered, not followed.
  wuzhang::book other = std::move(book);
  CHECK(book.get() == nullptr && book.try_call(status).error().status == WZ_STATUS_NULL);
  CHECK(book.try_apply(visit).error().status == WZ_STATUS_NULL && !book.try_snapshot() && !book.try_journal());
  wuzhang::book& same = other;
  other = std::move(same);
  CHECK(contains(*other.try_call(status), "\"events\":2"));

  std::size_t dropped = 0;
  auto again = wuzhang::book::open(*policy, roster, *other.try_journal() + "{\"torn", &dropped);
  CHECK(again && dropped == 6 && *again->try_journal() == *other.try_journal());
  auto restored = wuzhang::book::restore(*other.try_snapshot());
  CHECK(restored && *restored->try_snapshot() == *other.try_snapshot());
  CHECK(!wuzhang::book::restore("none"));
  CHECK(wuzhang::abi_fits() && wuzhang::version() == wz_version());
  CHECK(contains(*wuzhang::try_call(R"({"op":"explain","code":"plan.cap"})"), "plan.cap"));
}

#ifndef WUZHANG_NO_EXCEPTIONS
template <class Run>
wz_status thrown(Run run) {
  try {
    run();
  } catch (const wuzhang::error& error) {
    return contains(error.what(), wz_status_text(error.status())) ? error.status() : WZ_STATUS_OK;
  }
  return WZ_STATUS_OK;
}

void as_exceptions(const std::string& roster) {
  const wuzhang::policy policy("dayi-2014");
  wuzhang::book book(policy, roster);
  const wuzhang::engine engine(policy, roster);
  CHECK(book.apply(visit).accepted);
  CHECK(book.apply_lines(visit).outcomes.size() > 100);
  CHECK(contains(book.call(status), "\"visits\":1") && contains(book.journal(2), "visit_recorded"));
  CHECK(wuzhang::book::restore(book.snapshot()).value().call(status) == book.call(status));
  CHECK(thrown([] { wuzhang::policy none("dayi-2041"); }) == WZ_STATUS_INVALID);
  CHECK(thrown([&] { wuzhang::book none(policy, "{}"); }) == WZ_STATUS_INVALID);
  CHECK(thrown([&] { engine.call("{}"); }) == WZ_STATUS_INVALID);
  CHECK(thrown([&] { book.apply(""); }) == WZ_STATUS_INVALID);
  CHECK(thrown([] { wuzhang::call("\xff"); }) == WZ_STATUS_UTF8);
  CHECK(thrown([&] { engine.visit_duties(wz_visits{}, "{}"); }) == WZ_STATUS_INVALID);
}
#endif

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  std::ifstream file(argv[1]);
  const std::string roster{std::istreambuf_iterator<char>(file), {}};
  as_values(roster);
#ifndef WUZHANG_NO_EXCEPTIONS
  as_exceptions(roster);
#endif
  std::printf("%d passed, %d failed\n", passed, failed);
  return failed != 0;
}
