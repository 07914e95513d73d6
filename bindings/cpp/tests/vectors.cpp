// Runs the shared vectors through the C++ wrapper and writes the log that every face has to give.
// usage: vectors CASES.jsonl LOG
#include <wuzhang.hpp>

#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <vector>

using nlohmann::json;

namespace {

/// An answer's lines: what was answered, or what was wrong.
std::string said(const wuzhang::result<std::string>& answer) { return (answer ? *answer : answer.error().json) + "\n"; }

std::string lines(const json& list) {
  std::string text;
  for (const json& item : list) text += item.get<std::string>() + "\n";
  return text;
}

template <class T>
std::vector<T> column(const json& visits, const char* name) {
  return visits.contains(name) ? visits[name].get<std::vector<T>>() : std::vector<T>();
}

std::string in_columns(const wuzhang::engine& engine, const json& given, const std::string& request) {
  const std::string cadres = lines(given["cadres"]), targets = lines(given["targets"]);
  const auto cadre = column<std::uint32_t>(given, "cadre"), target = column<std::uint32_t>(given, "target");
  const auto on = column<std::int64_t>(given, "on"), entered = column<std::int64_t>(given, "entered");
  const auto remote = column<std::uint8_t>(given, "remote");
  const auto visit = column<std::uint64_t>(given, "visit");
  wz_visits visits{};
  visits.count = cadre.size();
  visits.cadres = cadres.data();
  visits.cadres_len = cadres.size();
  visits.targets = targets.data();
  visits.targets_len = targets.size();
  visits.cadre = cadre.data();
  visits.target = target.data();
  visits.on = on.data();
  visits.entered = given.contains("entered") ? entered.data() : nullptr;
  visits.remote = given.contains("remote") ? remote.data() : nullptr;
  visits.visit = given.contains("visit") ? visit.data() : nullptr;
  return said(engine.try_visit_duties(visits, request));
}

std::string answer(const json& step, const wuzhang::policy& policy, const wuzhang::engine& engine, wuzhang::book& book,
                   const std::string& roster) {
  const auto to = step["to"].get<std::string>(), text = step["text"].get<std::string>();
  if (to == "apply") {
    const auto outcome = book.try_apply(text);
    return (outcome ? outcome->json : outcome.error().json) + "\n";
  }
  if (to == "book") return said(book.try_call(text));
  if (to == "library") return said(wuzhang::try_call(text));
  if (to == "engine") return said(engine.try_call(text));
  if (to == "lines") {
    const auto block = book.try_apply_lines(text);
    if (!block) return block.error().json + "\n";
    return block->outcomes + (block->stopped ? *block->stopped + "\n" : "");
  }
  if (to == "journal") return *book.try_journal(std::stoull(text));
  if (to == "restore") {
    book = wuzhang::book::restore(*book.try_snapshot()).value();
    return said(book.try_call(R"({"op":"status"})"));
  }
  if (to == "reopen") {
    std::size_t dropped = 0;
    auto opened = wuzhang::book::open(policy, roster, *book.try_journal() + text, &dropped);
    if (!opened) return opened.error().json + "\n";
    book = *std::move(opened);
    return std::to_string(dropped) + "\n";
  }
  if (to == "visits") return in_columns(engine, step["visits"], text);
  throw std::runtime_error("nothing is called " + to);
}

std::string run(const json& vector, const json& documents) {
  const auto roster = documents[vector["roster"].get<std::string>()].get<std::string>();
  const auto policy = wuzhang::policy::make(documents[vector["policy"].get<std::string>()].get<std::string>());
  if (!policy) return policy.error().json + "\n";
  const auto engine = wuzhang::engine::make(*policy, roster);
  if (!engine) return engine.error().json + "\n";
  auto book = wuzhang::book::open(*policy, roster);
  if (!book) return book.error().json + "\n";
  std::string log;
  for (const json& step : vector["steps"]) log += answer(step, *policy, *engine, *book, roster);
  return log;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  std::ifstream cases(argv[1]);
  std::ofstream log(argv[2]);
  std::string line;
  std::getline(cases, line);
  const json documents = json::parse(line)["documents"];
  std::size_t count = 0;
  while (std::getline(cases, line)) {
    const json vector = json::parse(line);
    log << "# " << vector["name"].get<std::string>() << '\n' << run(vector, documents);
    count++;
  }
  log.close();
  std::cout << count << " vectors written\n";
  return count > 0 && log ? 0 : 1;
}
