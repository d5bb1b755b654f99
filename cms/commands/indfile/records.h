// CMS records as the bytes that IND$FILE sends, and back.
//
// With ASCII, characters are translated by the host program's own table. With CRLF records
// are lines that end with CR LF, and X'1A' ends the file; without, bytes follow each other.
#pragma once

#include "cms/api/storage.h"
#include "cms/commands/indfile/request.h"
#include "cms/commands/record_reader.h"

namespace cms::indfile {

// The file of a PUT. What replaces a file is written beside it, and takes its name at the end.
class RecordWriter {
  public:
    explicit RecordWriter(const Request& request) : request_(request) {}

    Ending open(); // Complete when it can be written
    Ending write(std::span<const u8> bytes);
    // The file is complete.
    Ending close();
    // It is not: what was there before stays.
    void discard();

  private:
    Ending add(u8 byte);
    Ending line_byte(u8 byte);
    Ending end_record();
    Ending write_failed(i32 code) const;

    const Request& request_;
    FileId target_, output_;
    u8 recfm_ = 0;
    api::Array<u8> record_; // as long as records may be
    u32 length_ = 0;
    bool written_ = false;
    bool after_return_ = false; // a CR that perhaps ends a line
    bool after_end_ = false;    // X'1A' that perhaps ends the file
    bool full_ = false;         // the record is as long as it can be, and perhaps ends here
    bool segmented_ = false;
};

// The file of a GET.
class RecordSource {
  public:
    RecordSource(const Request& request, const FileState& file)
        : request_(request), reader_(file), buffer_(file.record_length + 3) {}

    bool ok() const { return reader_.ok() && buffer_.ok(); }
    // The bytes of the next record; Ended after the last.
    enum class Next : u8 { Bytes, Ended, Failed };
    Next next(std::span<const u8>& bytes);

  private:
    const Request& request_;
    RecordReader reader_;
    api::Array<u8> buffer_;
    bool ended_ = false;
};

} // namespace cms::indfile
