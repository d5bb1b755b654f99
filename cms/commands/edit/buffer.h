// The lines of the file being edited, linked in storage.
//
// Before the first line lies the top (TOF), behind the last the end (EOF): both
// are places where the current line pointer can be, and have no text.
#pragma once

#include "cms/api/storage.h"
#include "s370/base/text.h"

namespace cms::edit {

struct EditLine {
    EditLine* previous;
    EditLine* next;
    u16 length;
    u16 reserved;

    u8* bytes() { return reinterpret_cast<u8*>(this + 1); }
    Text text() { return {bytes(), length}; }
};

class Buffer {
  public:
    Buffer();
    Buffer(const Buffer&) = delete;

    // Lines of at most `width` characters. Once, before the first line.
    void set_width(u32 width) { width_ = width; }
    u32 width() const { return width_; }

    EditLine* top() { return &top_; }
    EditLine* end() { return &end_; }
    bool is_line(const EditLine* line) const { return line != &top_ && line != &end_; }
    u32 count() const { return count_; }
    // The number of a line from 1; 0 for the top, count() + 1 for the end.
    u32 number(const EditLine* line);

    // The new line behind `where` (before it, where that is the end); null when
    // storage is exhausted. Text past the width is cut.
    EditLine* insert(EditLine* where, Text text);
    // What followed the line.
    EditLine* remove(EditLine* line);
    void replace(EditLine* line, Text text);

  private:
    EditLine* take();

    EditLine top_{}, end_{};
    EditLine* free_ = nullptr; // linked by next
    api::Array<api::Array<u8>> chunks_;
    u32 chunks_used_ = 0;
    u32 left_in_chunk_ = 0; // bytes
    u32 width_ = 80;
    u32 count_ = 0;
};

} // namespace cms::edit
