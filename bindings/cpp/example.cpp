// The first steps in C++. usage: example ROSTER.json
#include <fstream>
#include <iostream>
#include <iterator>
#include <wuzhang.hpp>

int main(int argc, char** argv) {
  if (argc != 2 || !wuzhang::abi_fits()) return 2;
  std::ifstream file(argv[1]);
  const std::string roster{std::istreambuf_iterator<char>(file), {}};
  const char* command =
      R"({"id":"c1","at":"2014-03-03T09:00:00+08:00","actor":"k1","do":"record_visit","visit":"v1","cadres":["k1"],)"
      R"("target":"h1","on":"2014-03-03T08:30:00+08:00","diary":"巷道积水,已记下"})";
  try {
    // README
    wuzhang::book book(wuzhang::policy("dayi-2014"), roster);
    wuzhang::outcome outcome = book.apply(command);
    std::cout << (outcome.accepted ? "accepted " : "refused ") << outcome.json << '\n';
    std::cout << book.call(R"({"op":"duties","from":"2014-03-03","to":"2014-03-09","rule":"visit.village","subject":"k1"})") << '\n';
    // end
  } catch (const wuzhang::error& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
