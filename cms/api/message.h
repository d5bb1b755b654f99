// Messages of CMS commands: `DMSLST002E FILE 'X Y A' NOT FOUND.`
#pragma once

#include "cms/api/console.h"
#include "cms/api/files.h"

namespace cms::api {

// Types message `number` of severity `letter` from module DMS`module`.
void message(Text module, u32 number, u8 letter, Text text);

// `fn ft fm` with one blank between; empty parts are left out.
Line<30> spell(const FileId& id);

// A message whose text is composed on the spot:
//     Message("LST"_e, 2, 'E'_e) << "FILE '"_e << spell(id) << "' NOT FOUND."_e;
class Message {
  public:
    Message(Text module, u32 number, u8 letter)
        : module_(module), number_(number), letter_(letter) {}
    Message(const Message&) = delete;
    ~Message() { message(module_, number_, letter_, line_.text()); }

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
    template <usize capacity>
    Message& operator<<(const Line<capacity>& part) {
        line_ << part.text();
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
    u8 letter_;
    Line<120> line_;
};

} // namespace cms::api
