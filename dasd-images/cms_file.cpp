#include "dasd-images/cms_file.h"

#include <cctype>
#include <cstdlib>
#include <ctime>
#include <string_view>

namespace dasd {
namespace {

constexpr std::string_view name_characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789$#@+-:_";

Name8 make_name(const std::string& word, const char* what) {
    std::string upper;
    for (char c : word)
        upper.push_back(static_cast<char>(std::toupper(static_cast<unsigned char>(c))));
    if (upper.empty() || upper.size() > 8) fail("file", what, " ", word, ": has 1 to 8 characters");
    if (upper.find_first_not_of(name_characters) != std::string::npos)
        fail("file", what, " ", word, ": has a character that CMS does not allow");
    Bytes const ebcdic = to_ebcdic(upper);
    return Name8(Text(ebcdic.data(), ebcdic.size()));
}

} // namespace

// SOURCE_DATE_EPOCH makes two builds give the same disks.
Timestamp Timestamp::now() {
    const char* const fixed = std::getenv("SOURCE_DATE_EPOCH");
    std::time_t const time = fixed != nullptr ? std::atol(fixed) : std::time(nullptr);
    std::tm local{};
    if (fixed != nullptr)
        gmtime_r(&time, &local);
    else
        localtime_r(&time, &local);
    auto const small = [](int value) { return static_cast<u8>(value); };
    return {small(local.tm_year % 100), local.tm_year >= 100, small(local.tm_mon + 1),
            small(local.tm_mday),       small(local.tm_hour), small(local.tm_min),
            small(local.tm_sec % 60)};
}

u8 packed(u32 value) { return static_cast<u8>(value / 10 % 10 << 4 | value % 10); }
u8 unpacked(u8 digits) {
    if (digits >> 4 > 9 || (digits & 15) > 9) return 0xFF;
    return static_cast<u8>((digits >> 4) * 10 + (digits & 15));
}

void set_time(cms::FileStatus& status, const Timestamp& time) {
    u8 const date[4] = {packed(time.month), packed(time.day), packed(time.hour),
                        packed(time.minute)};
    std::copy_n(date, 4, status.date);
    status.year[0] = static_cast<u8>(0xF0 + time.year / 10);
    status.year[1] = static_cast<u8>(0xF0 + time.year % 10);
}

Timestamp time_of(const cms::FileStatus& status) {
    const u8* const d = status.date;
    u8 const year = static_cast<u8>((status.year[0] & 15) * 10 % 100 + (status.year[1] & 15) % 10);
    return {year, year < 64, unpacked(d[0]), unpacked(d[1]), unpacked(d[2]), unpacked(d[3]), 0};
}

FileId make_file_id(const std::string& name, const std::string& type) {
    return {make_name(name, "name"), make_name(type, "type")};
}

std::string to_string(Text text) {
    std::string ascii;
    for (u8 c : text) ascii.push_back(static_cast<char>(ebcdic::to_latin1(c)));
    return ascii;
}
std::string to_string(const FileId& id) {
    return to_string(id.name.text()) + " " + to_string(id.type.text());
}
Bytes to_ebcdic(const std::string& ascii) {
    Bytes ebcdic;
    for (char c : ascii) ebcdic.push_back(ebcdic::upper(ebcdic::from_latin1(static_cast<u8>(c))));
    return ebcdic;
}

PackedRecords pack(const CmsFile& file) {
    PackedRecords packed;
    for (const Bytes& record : file.records) {
        packed.starts.push_back(static_cast<u32>(packed.bytes.size()));
        if (file.format == cms::variable_format) {
            if (record.empty() || record.size() > cms::largest_record_length)
                fail(to_string(file.id), ": a record has ", record.size(), " bytes, not 1 to ",
                     cms::largest_record_length);
            packed.bytes.push_back(static_cast<u8>(record.size() >> 8));
            packed.bytes.push_back(static_cast<u8>(record.size()));
        } else if (record.size() != file.record_length || record.empty()) {
            fail(to_string(file.id), ": a record has ", record.size(), " bytes, not ",
                 file.record_length);
        }
        packed.bytes.insert(packed.bytes.end(), record.begin(), record.end());
    }
    return packed;
}

std::vector<Bytes> unpack(std::span<const u8> bytes, u8 format, u32 record_length, u32 count) {
    std::vector<Bytes> records;
    for (u32 i = 1; i <= count; ++i) {
        usize length = record_length;
        if (format == cms::variable_format) {
            if (bytes.size() < 2) fail("record ", i, " of ", count, " is missing");
            length = usize{bytes[0]} << 8 | bytes[1];
            bytes = bytes.subspan(2);
            if (length == 0 || length > record_length)
                fail("record ", i, " has length ", length, ", the longest has ", record_length);
        }
        if (bytes.size() < length) fail("record ", i, " of ", count, " is cut off");
        records.emplace_back(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(length));
        bytes = bytes.subspan(length);
    }
    return records;
}

} // namespace dasd
