// What the programs of this folder end with: one clear line for the user.
#pragma once

#include <sstream>
#include <stdexcept>
#include <string>

namespace dasd {

// A damaged or unsuitable image, a full disk, a file that is not there.
class Error : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

// The parts as one text.
template <typename... Parts>
std::string text(const Parts&... parts) {
    std::ostringstream out;
    (out << ... << parts);
    return out.str();
}

template <typename... Parts>
[[noreturn]] void fail(const Parts&... parts) {
    throw Error(text(parts...));
}

} // namespace dasd
