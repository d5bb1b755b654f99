#include "cms/commands/indfile/records.h"

#include "s370/arch/file_transfer.h"

namespace cms::indfile {
namespace {

namespace ft = s370::file_transfer;

FileId work_file(u8 letter) {
    FileId id{Name8("IND$FILE"_e), Name8("CMSUT1"_e), {}};
    id.mode.bytes[0] = letter;
    id.mode.bytes[1] = '1'_e;
    return id;
}

} // namespace

Ending RecordWriter::open() {
    target_ = request_.file;
    api::DiskState disk;
    if (!api::find_disk(target_.letter(), disk)) return Ending::NotAccessed;
    if (!disk.writable) return Ending::ReadOnly;
    FileState old;
    FileId probe = target_;
    probe.mode.bytes[1] = ' '_e;
    i32 const code = api::state(probe, old);
    if (code == api::rc::invalid_fileid) return Ending::BadFileName;
    bool const exists = code == 0 && old.id.letter() == target_.letter();
    if (exists) target_ = old.id;
    recfm_ = request_.recfm != 0 ? request_.recfm
             : exists            ? old.recfm
             : request_.crlf     ? 'V'_e
                                 : 'F'_e;
    u32 length = request_.lrecl;
    // V records have no length of their own: what the longest has is no limit.
    if (length == 0 && exists && recfm_ == 'F'_e && old.recfm == 'F'_e) length = old.record_length;
    if (length == 0) length = usual_lrecl;
    if (length == usual_lrecl && request_.lrecl == 0 && exists && recfm_ == 'V'_e)
        length = std::max(length, old.record_length);
    if (!record_.resize(length)) return Ending::NoStorage;
    output_ = exists && !request_.append ? work_file(target_.letter()) : target_;
    if (exists && !request_.append) api::erase(output_);
    return Ending::Complete;
}

Ending RecordWriter::write(std::span<const u8> bytes) {
    for (u8 byte : bytes) {
        Ending const ending = request_.crlf ? line_byte(byte) : add(byte);
        if (ending != Ending::Complete) return ending;
    }
    return Ending::Complete;
}

// CR LF and X'1A' are ASCII's also when nothing is translated.
Ending RecordWriter::line_byte(u8 byte) {
    if (after_end_) { // there was more: it did not end the file
        after_end_ = false;
        if (Ending const ending = add(ft::end_of_file); ending != Ending::Complete) return ending;
    }
    if (after_return_) {
        after_return_ = false;
        if (byte == ft::line_feed) return end_record();
        if (Ending const ending = add(ft::carriage_return); ending != Ending::Complete)
            return ending;
    }
    after_return_ = byte == ft::carriage_return;
    after_end_ = byte == ft::end_of_file;
    return after_return_ || after_end_ ? Ending::Complete : add(byte);
}

Ending RecordWriter::add(u8 byte) {
    if (full_) {
        segmented_ = segmented_ || request_.crlf;
        if (Ending const ending = end_record(); ending != Ending::Complete) return ending;
    }
    record_[length_++] = request_.ascii ? ft::to_ebcdic[byte] : byte;
    full_ = length_ == record_.size();
    return Ending::Complete;
}

Ending RecordWriter::end_record() {
    u8 const fill = request_.ascii ? ' '_e : u8{0};
    full_ = false;
    if (length_ == 0) record_[length_++] = fill; // CMS has no empty records
    if (recfm_ == 'F'_e)
        while (length_ < record_.size()) record_[length_++] = fill;
    i32 const code = api::write_record(output_, 0, {record_.data(), length_}, recfm_);
    length_ = 0;
    if (code != 0) return write_failed(code);
    written_ = true;
    return Ending::Complete;
}

Ending RecordWriter::write_failed(i32 code) const {
    switch (code) {
    case 4:
    case 5:
    case 20:
    case 21: return Ending::BadFileName;
    case 10:
    case 13:
    case 19: return Ending::Full;
    case 12: return Ending::ReadOnly;
    default: return Ending::WriteError;
    }
}

Ending RecordWriter::close() {
    if (after_return_) {
        after_return_ = false;
        if (Ending const ending = add(ft::carriage_return); ending != Ending::Complete)
            return ending;
    }
    // A file of no bytes is one empty record, too.
    if (length_ > 0 || (!written_ && !request_.append))
        if (Ending const ending = end_record(); ending != Ending::Complete) return ending;
    if (i32 const code = api::finis(output_); code != 0 && code != 6) return write_failed(code);
    if (!(output_ == target_))
        if (i32 const code = api::replace(output_, target_); code != 0) {
            api::erase(output_);
            return Ending::WriteError;
        }
    return segmented_ ? Ending::Segmented : Ending::Complete;
}

void RecordWriter::discard() {
    if (!written_) return;
    api::finis(output_);
    if (!request_.append) api::erase(output_);
}

RecordSource::Next RecordSource::next(std::span<const u8>& bytes) {
    Text record;
    i32 const code = ended_ ? api::rc::end_of_file : reader_.next(record);
    if (code == api::rc::end_of_file) {
        if (ended_ || !request_.crlf) return Next::Ended;
        ended_ = true;
        buffer_[0] = ft::end_of_file;
        bytes = {buffer_.data(), 1};
        return Next::Bytes;
    }
    if (code != 0) return Next::Failed;
    if (request_.ascii && request_.crlf) record = record.without_trailing_blanks();
    u32 length = 0;
    for (u8 c : record) buffer_[length++] = request_.ascii ? ft::to_ascii[c] : c;
    if (request_.crlf) {
        buffer_[length++] = ft::carriage_return;
        buffer_[length++] = ft::line_feed;
    }
    bytes = {buffer_.data(), length};
    return Next::Bytes;
}

} // namespace cms::indfile
