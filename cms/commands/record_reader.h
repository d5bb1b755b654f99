// A file read from record to record, closed at the end of the scope.
#pragma once

#include "cms/api/storage.h"
#include "cms/commands/command.h"

namespace cms {

class RecordReader {
  public:
    // Begins at record `first`. Without storage for a record ok() is false.
    explicit RecordReader(const FileState& file, u32 first = 1)
        : id_(file.id), next_(first), buffer_(std::max<u32>(file.record_length, 1)) {}
    RecordReader(const RecordReader&) = delete;
    ~RecordReader() { api::finis(id_); }

    bool ok() const { return buffer_.ok(); }
    // 0, api::rc::end_of_file, or what else RDBUF says.
    i32 next(Text& record) {
        u32 length = 0;
        i32 const code = api::read_record(id_, next_, {buffer_.data(), buffer_.size()}, length);
        if (code == 0) ++next_;
        record = Text(buffer_.data(), length);
        return code;
    }
    // The number of the record that next() gave last.
    u32 number() const { return next_ - 1; }

  private:
    FileId id_;
    u32 next_;
    api::Array<u8> buffer_;
};

} // namespace cms
