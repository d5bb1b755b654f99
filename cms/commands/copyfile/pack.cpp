#include "cms/commands/copyfile/pack.h"

#include "cms/api/storage.h"
#include "cms/commands/errors.h"
#include "cms/commands/record_reader.h"
#include "s370/base/be.h"

namespace cms::copyfile {
namespace {

constexpr u32 packed_length = 800;

// Begins record 1: how the file was before.
struct Heading {
    u8 mark[6];         //  0
    u8 recfm;           //  6
    u8 reserved;        //  7
    Be32 record_length; //  8
    Be32 records;       // 12
};
static_assert(sizeof(Heading) == 16);
constexpr EbcdicLiteral mark("PACK1 ");

// A piece: 00-7F, that many bytes and one more follow as they are; 80-FF, the next
// byte stands n - X'80' + 2 times. Every record begins with its length, a halfword.
constexpr u32 most_literal = 128, most_repeated = 129, repeated = 0x80;

class Writer {
  public:
    explicit Writer(const FileId& id) : id_(id) {}

    void raw(u8 byte) {
        if (used_ >= packed_length) flush();
        record_[used_ % packed_length] = byte;
        ++used_;
    }
    // One piece, or several, for `text`.
    void pieces(Text text) {
        usize start = 0, at = 0;
        while (at < text.size()) {
            usize run = 1;
            while (at + run < text.size() && run < most_repeated && text[at + run] == text[at])
                ++run;
            if (run < 3) {
                at += run;
                continue;
            }
            literal(text.substr(start, at - start));
            raw(static_cast<u8>(repeated + run - 2));
            raw(text[at]);
            start = at += run;
        }
        literal(text.substr(start));
    }
    void flush() {
        if (used_ == 0) return;
        std::fill(record_ + used_, record_ + packed_length, u8{0});
        used_ = 0;
        if (code_ != 0) return; // the first failure is told, the rest goes nowhere
        code_ = api::write_record(id_, 0, {record_, packed_length}, 'F'_e);
        ++written_;
    }
    i32 code() const { return code_; }
    u32 written() const { return written_; }

  private:
    void literal(Text text) {
        while (!text.empty()) {
            Text const part = text.substr(0, most_literal);
            raw(static_cast<u8>(part.size() - 1));
            for (u8 c : part) raw(c);
            text = text.substr(part.size());
        }
    }

    FileId id_;
    u8 record_[packed_length] = {};
    u32 used_ = 0, written_ = 0;
    i32 code_ = 0;
};

i32 pack(const FileState& input, const FileId& output, u32& written) {
    RecordReader reader(input);
    if (!reader.ok()) return errors::no_storage(module);
    Writer writer(output);
    Heading heading{};
    std::copy_n(mark.bytes, 6, heading.mark);
    heading.recfm = input.recfm;
    heading.record_length = input.record_length;
    heading.records = input.records;
    for (u8 byte : std::span(reinterpret_cast<const u8*>(&heading), sizeof heading))
        writer.raw(byte);
    for (;;) {
        Text record;
        i32 const code = reader.next(record);
        if (code == api::rc::end_of_file) break;
        if (code != 0) return errors::reading(module, code, input.id);
        writer.raw(static_cast<u8>(record.size() >> 8));
        writer.raw(static_cast<u8>(record.size()));
        writer.pieces(record);
        if (writer.code() != 0) break;
    }
    writer.flush();
    written = writer.written();
    return writer.code() == 0 ? 0 : errors::writing(module, writer.code(), output);
}

// The bytes of a packed file one after the other.
class Reader {
  public:
    explicit Reader(const FileState& file) : reader_(file) {}
    bool ok() const { return reader_.ok(); }
    bool ended() const { return ended_; }
    u8 next() {
        while (!ended_ && at_ >= record_.size()) {
            ended_ = reader_.next(record_) != 0;
            at_ = 0;
        }
        return ended_ ? u8{0} : record_[at_++];
    }

  private:
    RecordReader reader_;
    Text record_;
    usize at_ = 0;
    bool ended_ = false;
};

i32 not_packed(const FileState& file) {
    Message(module, 68, 'E'_e) << "INPUT FILE '"_e << api::spell(file.id)
                               << "' NOT IN PACKED FORMAT"_e;
    return api::rc::format;
}

// One record of `length` bytes into `bytes`. False when the pieces do not fit it.
bool unpack_record(Reader& reader, u8* bytes, u32 length) {
    for (u32 at = 0; at < length;) {
        u32 const piece = reader.next();
        bool const repeat = piece >= repeated;
        u32 const count = repeat ? piece - repeated + 2 : piece + 1;
        if (reader.ended() || count > length - at) return false;
        u8 const byte = repeat ? reader.next() : u8{0};
        for (u32 i = 0; i < count; ++i) bytes[at++] = repeat ? byte : reader.next();
    }
    return !reader.ended();
}

i32 unpack(const FileState& input, const FileId& output, u32& written) {
    Reader reader(input);
    if (input.recfm != 'F'_e || input.record_length != packed_length) return not_packed(input);
    if (!reader.ok()) return errors::no_storage(module);
    Heading heading{};
    auto* const bytes = reinterpret_cast<u8*>(&heading);
    for (u32 i = 0; i < sizeof heading; ++i) bytes[i] = reader.next();
    u32 const longest = heading.record_length;
    if (!std::equal(mark.bytes, mark.bytes + 6, heading.mark) || longest == 0 || longest > 65535)
        return not_packed(input);
    api::Array<u8> record(longest);
    if (!record.ok()) return errors::no_storage(module);
    for (u32 i = 0; i < heading.records; ++i) {
        u32 length = u32{reader.next()} << 8;
        length |= reader.next();
        if (length == 0 || length > longest || !unpack_record(reader, record.data(), length))
            return not_packed(input);
        i32 const code = api::write_record(output, 0, {record.data(), length}, heading.recfm);
        if (code != 0) return errors::writing(module, code, output);
        ++written;
    }
    return 0;
}

} // namespace

i32 pack_file(const FileState& input, const FileId& output, Packing packing, u32& written) {
    return packing == Packing::Pack ? pack(input, output, written) : unpack(input, output, written);
}

} // namespace cms::copyfile
