// Messages with a number, as DMSERR composes them: `DMSLST002E FILE 'X Y A' NOT FOUND.`
#pragma once

#include "cms/layout/plists.h"

namespace cms {

// `DMSmmmnnnl text.`: a message is a sentence, but a question or heading that ends with a colon is
// not (DMSERR, operand DOT).
inline Line<line_limit> spell_message(Text module, u32 number, u8 letter, Text text) {
    Line<line_limit> line;
    line << "DMS"_e << module;
    line.decimal(number, 3) << letter << ' '_e << text;
    if (!text.empty() && text.back() != '.'_e && text.back() != ':'_e) line << '.'_e;
    return line;
}

// A message whose text is composed on the spot and handed to `type` at the end of the statement:
//     Message("LST"_e, 2, 'E'_e) << "FILE '"_e << spell(id) << "' NOT FOUND"_e;
template <void (*type)(Text module, u32 number, u8 letter, Text text)>
class ComposedMessage {
  public:
    ComposedMessage(Text module, u32 number, u8 letter)
        : module_(module), number_(number), letter_(letter) {}
    ComposedMessage(const ComposedMessage&) = delete;
    ~ComposedMessage() { type(module_, number_, letter_, line_.text()); }

    ComposedMessage& operator<<(Text text) {
        line_ << text;
        return *this;
    }
    ComposedMessage& operator<<(u8 c) {
        line_ << c;
        return *this;
    }
    template <usize length>
    ComposedMessage& operator<<(const Name<length>& name) {
        return *this << name.text();
    }
    ComposedMessage& decimal(u64 value, u32 digits = 1) {
        line_.decimal(value, digits);
        return *this;
    }
    ComposedMessage& hex(u64 value, u32 digits) {
        line_.hex(value, digits);
        return *this;
    }

  private:
    Text module_;
    u32 number_;
    u8 letter_;
    Line<line_limit> line_;
};

} // namespace cms
