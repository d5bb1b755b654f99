// Messages with a number, edited as CP SET EMSG says (DMSERR).
//
//     Message("ITS"_e, 135, 'S'_e) << "MAXIMUM SVC DEPTH"_e;
#pragma once

#include "cms/layout/plists.h"

namespace cms {

// Types `DMSmmmnnnl text`.
void type_message(Text module, u32 number, u8 severity, Text text);
// Types a line that begins with a message code, edited.
void type_edited(Text line);

class Message {
  public:
    Message(Text module, u32 number, u8 severity)
        : module_(module), number_(number), severity_(severity) {}
    Message(const Message&) = delete;
    ~Message() { type_message(module_, number_, severity_, line_.text()); }

    Message& operator<<(Text text) {
        line_ << text;
        return *this;
    }
    Message& operator<<(u8 c) {
        line_ << c;
        return *this;
    }
    template <usize length>
    Message& operator<<(const Name<length>& name) {
        line_ << name.text();
        return *this;
    }
    Message& decimal(u64 value, u32 digits = 1) {
        line_.decimal(value, digits);
        return *this;
    }
    Message& hex(u64 value, u32 digits) {
        line_.hex(value, digits);
        return *this;
    }

  private:
    Text module_;
    u32 number_;
    u8 severity_;
    Line<line_limit> line_;
};

} // namespace cms
