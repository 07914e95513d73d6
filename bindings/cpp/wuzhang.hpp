// wuzhang for C++17: the C library with handles that free themselves, std::string_view in and
// std::string out.
//
// Every operation comes twice: `apply` throws wuzhang::error, `try_apply` answers a
// wuzhang::result and throws nothing but std::bad_alloc. With -fno-exceptions, or with
// WUZHANG_NO_EXCEPTIONS defined, only the second kind is there.
//
//   wuzhang::policy policy("dayi-2014");
//   wuzhang::book book(policy, roster);
//   wuzhang::outcome outcome = book.apply(command);
//   if (!outcome.accepted) std::cerr << outcome.json << '\n';
//
// Handles move and do not copy. One that was moved from is empty, and using it is answered as an
// error. Threads may share const references; see the contract in wuzhang.h.
#ifndef WUZHANG_HPP
#define WUZHANG_HPP

#include "wuzhang.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#if !defined(WUZHANG_NO_EXCEPTIONS) && !defined(__cpp_exceptions)
#define WUZHANG_NO_EXCEPTIONS
#endif
#ifndef WUZHANG_NO_EXCEPTIONS
#include <stdexcept>
#endif

namespace wuzhang {

/// Why a call gave no answer.
struct failure {
  wz_status status;
  /// `{"error":{"findings":[…]}}` where the library had something to say; else empty.
  std::string json;

  /// The status in words.
  std::string_view words() const { return wz_status_text(static_cast<std::uint32_t>(status)); }
};

#ifndef WUZHANG_NO_EXCEPTIONS
/// A failure, thrown.
class error : public std::runtime_error {
 public:
  explicit error(failure why)
      : std::runtime_error(std::string(why.words()) + (why.json.empty() ? "" : ": " + why.json)), why_(std::move(why)) {}
  wz_status status() const noexcept { return why_.status; }
  /// The findings, or empty.
  const std::string& json() const noexcept { return why_.json; }

 private:
  failure why_;
};
#endif

/// A value, or why there is none.
template <class T>
class [[nodiscard]] result {
 public:
  result(T value) : held_(std::in_place_index<0>, std::move(value)) {}
  result(failure why) : held_(std::in_place_index<1>, std::move(why)) {}

  bool has_value() const noexcept { return held_.index() == 0; }
  explicit operator bool() const noexcept { return has_value(); }
  /// The value; only when there is one.
  T& operator*() & { return *std::get_if<0>(&held_); }
  const T& operator*() const& { return *std::get_if<0>(&held_); }
  T&& operator*() && { return std::move(*std::get_if<0>(&held_)); }
  T* operator->() { return std::get_if<0>(&held_); }
  const T* operator->() const { return std::get_if<0>(&held_); }
  /// Why there is no value; only when there is none.
  const failure& error() const { return *std::get_if<1>(&held_); }

#ifndef WUZHANG_NO_EXCEPTIONS
  /// The value, or the failure thrown.
  T value() && {
    if (!has_value()) throw wuzhang::error(std::move(*std::get_if<1>(&held_)));
    return std::move(*std::get_if<0>(&held_));
  }
#endif

 private:
  std::variant<T, failure> held_;
};

/// What came of a command.
struct outcome {
  /// Whether the rules took it.
  bool accepted;
  /// The outcome as JSON: events, or every reason for the refusal.
  std::string json;
};

/// What came of a block of lines.
struct block {
  /// One outcome a line.
  std::string outcomes;
  /// Where the block stopped before its end, the error that tells the line; what came before is applied.
  std::optional<std::string> stopped;
};

namespace detail {

/// Text of the library, freed at the end of its scope.
class buffer {
 public:
  buffer() = default;
  buffer(const buffer&) = delete;
  buffer& operator=(const buffer&) = delete;
  ~buffer() { wz_buffer_free(&text_); }
  wz_buffer* out() { return &text_; }
  std::string str() const { return text_.data == nullptr ? std::string() : std::string(text_.data, text_.len); }

 private:
  wz_buffer text_ = WZ_BUFFER_EMPTY;
};

/// A pointer to a handle that is freed with it.
template <class T, wz_status (*Free)(T**)>
class handle {
 public:
  handle() = default;
  handle(handle&& other) noexcept : pointer_(std::exchange(other.pointer_, nullptr)) {}
  handle& operator=(handle&& other) noexcept {
    std::swap(pointer_, other.pointer_);
    return *this;
  }
  ~handle() { Free(&pointer_); }
  T* get() const noexcept { return pointer_; }
  T** out() noexcept { return &pointer_; }

 private:
  T* pointer_ = nullptr;
};

inline failure failed(wz_status status, const buffer& error) { return failure{status, error.str()}; }

template <class Call>
result<std::string> asked(Call call) {
  buffer out, error;
  const wz_status status = call(out.out(), error.out());
  if (status != WZ_STATUS_OK) return failed(status, error);
  return out.str();
}

}  // namespace detail

/// The library's version.
inline std::string_view version() { return wz_version(); }

/// Whether the library that was loaded speaks the ABI of this header.
inline bool abi_fits() { return wz_abi_check(WZ_ABI) == WZ_STATUS_OK; }

/// Answers a request that needs neither engine nor book, such as `{"op":"explain","code":"plan.cap"}`.
inline result<std::string> try_call(std::string_view request) {
  return detail::asked([&](wz_buffer* out, wz_buffer* error) { return wz_call(request.data(), request.size(), out, error); });
}

/// The rules, read from a preset's name or a document.
class policy {
 public:
  static result<policy> make(std::string_view text) {
    policy made;
    detail::buffer error;
    const wz_status status = wz_policy_new(text.data(), text.size(), made.handle_.out(), error.out());
    if (status != WZ_STATUS_OK) return detail::failed(status, error);
    return made;
  }
  const wz_policy* get() const noexcept { return handle_.get(); }

#ifndef WUZHANG_NO_EXCEPTIONS
  explicit policy(std::string_view text) : policy(make(text).value()) {}
#endif

 private:
  policy() = default;
  detail::handle<wz_policy, wz_policy_free> handle_;
};

/// Policy and roster: judges one case at a time and keeps nothing. Threads may share it.
class engine {
 public:
  static result<engine> make(const policy& policy, std::string_view roster) {
    engine made;
    detail::buffer error;
    const wz_status status = wz_engine_new(policy.get(), roster.data(), roster.size(), made.handle_.out(), error.out());
    if (status != WZ_STATUS_OK) return detail::failed(status, error);
    return made;
  }
  /// `apply`, `actions`, `duties_of`.
  result<std::string> try_call(std::string_view request) const {
    return detail::asked(
        [&](wz_buffer* out, wz_buffer* error) { return wz_engine_call(get(), request.data(), request.size(), out, error); });
  }
  /// The quota duties of visits in columns.
  result<std::string> try_visit_duties(const wz_visits& visits, std::string_view request) const {
    return detail::asked([&](wz_buffer* out, wz_buffer* error) {
      return wz_engine_visit_duties(get(), &visits, request.data(), request.size(), out, error);
    });
  }
  const wz_engine* get() const noexcept { return handle_.get(); }

#ifndef WUZHANG_NO_EXCEPTIONS
  engine(const policy& policy, std::string_view roster) : engine(make(policy, roster).value()) {}
  std::string call(std::string_view request) const { return try_call(request).value(); }
  std::string visit_duties(const wz_visits& visits, std::string_view request) const {
    return try_visit_duties(visits, request).value();
  }
#endif

 private:
  engine() = default;
  detail::handle<wz_engine, wz_engine_free> handle_;
};

/// An engine with its journal.
class book {
 public:
  /// A new book, or that of a journal; `dropped` bytes at a torn journal's end were left out.
  static result<book> open(const policy& policy, std::string_view roster, std::string_view journal = {},
                           std::size_t* dropped = nullptr) {
    book made;
    detail::buffer error;
    const wz_status status = wz_book_open(policy.get(), roster.data(), roster.size(), journal.data(), journal.size(),
                                          made.handle_.out(), dropped, error.out());
    if (status != WZ_STATUS_OK) return detail::failed(status, error);
    return made;
  }
  static result<book> restore(std::string_view snapshot) {
    book made;
    detail::buffer error;
    const wz_status status = wz_book_restore(snapshot.data(), snapshot.size(), made.handle_.out(), error.out());
    if (status != WZ_STATUS_OK) return detail::failed(status, error);
    return made;
  }
  result<outcome> try_apply(std::string_view command) {
    detail::buffer out, error;
    const wz_status status = wz_book_apply(handle_.get(), command.data(), command.size(), out.out(), error.out());
    if (status != WZ_STATUS_OK && status != WZ_STATUS_REJECTED) return detail::failed(status, error);
    return outcome{status == WZ_STATUS_OK, out.str()};
  }
  result<block> try_apply_lines(std::string_view lines) {
    detail::buffer out, error;
    const wz_status status = wz_book_apply_lines(handle_.get(), lines.data(), lines.size(), out.out(), error.out());
    if (status == WZ_STATUS_OK) return block{out.str(), std::nullopt};
    if (status == WZ_STATUS_STOPPED) return block{out.str(), error.str()};
    return detail::failed(status, error);
  }
  /// Any question: `duties`, `ledger`, `case`, `agenda`, …
  result<std::string> try_call(std::string_view request) const {
    return detail::asked(
        [&](wz_buffer* out, wz_buffer* error) { return wz_book_call(get(), request.data(), request.size(), out, error); });
  }
  /// The journal's lines from an event on; 1 is the first.
  result<std::string> try_journal(std::uint64_t from = 1) const {
    return detail::asked([&](wz_buffer* out, wz_buffer*) { return wz_book_journal(get(), from, out); });
  }
  /// The whole book as one block of bytes.
  result<std::string> try_snapshot() const {
    return detail::asked([&](wz_buffer* out, wz_buffer*) { return wz_book_snapshot(get(), out); });
  }
  const wz_book* get() const noexcept { return handle_.get(); }

#ifndef WUZHANG_NO_EXCEPTIONS
  book(const policy& policy, std::string_view roster, std::string_view journal = {}, std::size_t* dropped = nullptr)
      : book(open(policy, roster, journal, dropped).value()) {}
  outcome apply(std::string_view command) { return try_apply(command).value(); }
  block apply_lines(std::string_view lines) { return try_apply_lines(lines).value(); }
  std::string call(std::string_view request) const { return try_call(request).value(); }
  std::string journal(std::uint64_t from = 1) const { return try_journal(from).value(); }
  std::string snapshot() const { return try_snapshot().value(); }
#endif

 private:
  book() = default;
  detail::handle<wz_book, wz_book_free> handle_;
};

#ifndef WUZHANG_NO_EXCEPTIONS
/// As try_call, thrown.
inline std::string call(std::string_view request) { return try_call(request).value(); }
#endif

}  // namespace wuzhang

#endif
