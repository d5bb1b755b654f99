// Copying: some input files to one output file, record by record.
#pragma once

#include "cms/api/storage.h"
#include "cms/commands/copyfile/request.h"
#include "cms/commands/copyfile/specification.h"

namespace cms::copyfile {

class Copy {
  public:
    Copy(const Request& request, const Specifications& specifications,
         const Translation& translation)
        : request_(request), specifications_(specifications), translation_(translation) {}

    // 0, or a return code after its message; then the output is as it was.
    i32 run(std::span<const FileState> inputs, const FileId& output);

  private:
    i32 prepare(std::span<const FileState> inputs, const FileId& output);
    i32 copy_file(const FileState& input);
    i32 copy_record(Text record);
    i32 keep_rest_of_overlaid();
    i32 write(Text record);
    i32 finish(i32 code, std::span<const FileState> inputs);
    u32 base_record(u32& length);
    void announce(const FileState& input) const;

    const Request& request_;
    const Specifications& specifications_;
    const Translation& translation_;
    FileId output_, target_; // where the records go, and what the file is called then
    FileState old_;
    bool old_exists_ = false;
    u8 recfm_ = 'F'_e;
    u32 record_length_ = 0; // of F records; the most of V records
    u32 written_ = 0;
    u32 overlaid_ = 0; // records of the old file that have been overlaid
    api::Array<u8> record_;
};

} // namespace cms::copyfile
