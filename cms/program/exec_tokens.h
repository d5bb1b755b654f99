// A statement of a CMS EXEC as tokens of eight characters, parentheses by themselves.
#pragma once

#include "cms/program/exec_error.h"

namespace cms {

class ExecTokens {
  public:
    static constexpr usize limit = 32; // of which a statement may use 19

    // Splits `line`; the letters stay as they are.
    ExecError scan(Text line);

    usize size() const { return count_; }
    Text operator[](usize i) const { return i < count_ ? tokens_[i].text() : Text{}; }
    void add(Text token) {
        if (count_ < limit) tokens_[count_++] = token;
    }
    void clear() { count_ = 0; }
    // The tokens from number `first` on.
    ExecTokens from(usize first) const;
    // All tokens with one blank between.
    Line<130> joined(usize first = 0) const;
    std::span<const Name8> span() const { return {tokens_, count_}; }

  private:
    Name8 tokens_[limit];
    usize count_ = 0;
};

} // namespace cms
