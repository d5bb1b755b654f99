// The lists that COPYFILE asks for: SPECS, which compose a record from pieces, and
// TRANS, which exchanges characters.
#pragma once

#include "cms/commands/command.h"

namespace cms::copyfile {

constexpr u32 most_specifications = 20;

// One piece of the output record: columns of the input, or a constant.
struct Specification {
    u32 first = 0, last = 0; // input columns; 0 when a constant
    u8 text[80] = {};
    u32 text_length = 0;
    u32 target = 1; // output column
};

class Specifications {
  public:
    // `nn-mm|/string/|Hxx.. target`, any number of pairs.
    i32 add(Text line);
    u32 count() const { return count_; }
    // Composes the output in `record`, which holds what was there before; returns its length.
    u32 compose(Text input, std::span<u8> record, u32 length) const;

  private:
    Specification list_[most_specifications];
    u32 count_ = 0;
};

class Translation {
  public:
    Translation() {
        for (u32 i = 0; i < 256; ++i) table_[i] = static_cast<u8>(i);
    }
    // Pairs of a character, or two hexadecimal digits, and what it becomes.
    i32 add(Text line);
    bool any() const { return any_; }
    u8 operator[](u8 c) const { return table_[c]; }
    void set(u8 c, u8 becomes) { table_[c] = becomes; }

  private:
    u8 table_[256];
    bool any_ = false;
};

// Asks for a list with message `number`, where a line that ends in `++` goes on in
// the next. 0, or a return code after its message.
template <typename List>
i32 ask(List& list, u32 number, Text what, bool prompt);

} // namespace cms::copyfile
