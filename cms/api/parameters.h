// What a command was called with: eight-character tokens up to the fence, and
// the untokenized line when the caller gave one.
#pragma once

#include "s370/base/text.h"

namespace cms::api {

class Parameters {
  public:
    // `list` points at the command's own name; it ends at a token whose first byte is X'FF'.
    constexpr explicit Parameters(const Name8* list, Text line = {}) : list_(list), line_(line) {
        while (count_ < limit && list_[count_].bytes[0] != 0xFF) ++count_;
    }

    // Tokens without the command's name.
    constexpr usize size() const { return count_ > 0 ? count_ - 1 : 0; }
    // Token `i`, empty behind the last.
    constexpr Text operator[](usize i) const { return i < size() ? list_[i + 1].text() : Text{}; }
    constexpr Name8 command() const { return count_ > 0 ? list_[0] : Name8{}; }

    // The number of the `(` that opens the options, or size().
    constexpr usize options() const {
        usize i = 0;
        while (i < size() && !((*this)[i] == "("_e)) ++i;
        return i;
    }
    // What followed the command's name as it was typed; empty when unknown.
    constexpr Text line() const { return line_; }

  private:
    static constexpr usize limit = 300; // a list without a fence must end somewhere

    const Name8* list_;
    Text line_;
    usize count_ = 0;
};

} // namespace cms::api
