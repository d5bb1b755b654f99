// What the tools found wrong: gathered, so that one run reports everything.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace toolchain {

class Diagnostics {
  public:
    // `line` counts from 1 in the file at hand; 0 means the file as a whole.
    void error(int line, std::string message) { errors_.push_back({line, std::move(message)}); }

    struct Error {
        int line;
        std::string message;
    };
    [[nodiscard]] bool empty() const { return errors_.empty(); }
    [[nodiscard]] std::vector<Error> const& errors() const { return errors_; }

  private:
    std::vector<Error> errors_;
};

} // namespace toolchain
