#include "dasd-images/record_image.h"

#include <algorithm>
#include <cstring>

namespace dasd {
namespace {

constexpr char mark[] = "CMSRECS1";

struct ImageHeader {
    u8 mark[8];
    u8 format;
    u8 reserved[3];
    Be32 record_length;
};
static_assert(sizeof(ImageHeader) == 16);

} // namespace

bool is_record_image(const Bytes& bytes) {
    return bytes.size() >= sizeof(ImageHeader) && std::memcmp(bytes.data(), mark, 8) == 0;
}

Bytes to_record_image(const CmsFile& file) {
    ImageHeader header{};
    std::memcpy(header.mark, mark, 8);
    header.format = file.format == cms::variable_format ? 'V' : 'F';
    header.record_length = file.record_length;
    const u8* const from = reinterpret_cast<const u8*>(&header);
    Bytes bytes(from, from + sizeof header);
    for (const Bytes& record : file.records) {
        bytes.push_back(static_cast<u8>(record.size() >> 8));
        bytes.push_back(static_cast<u8>(record.size()));
        bytes.insert(bytes.end(), record.begin(), record.end());
    }
    return bytes;
}

void from_record_image(const Bytes& bytes, CmsFile& file) {
    ImageHeader header;
    std::memcpy(&header, bytes.data(), sizeof header);
    if ((header.format != 'F' && header.format != 'V') || header.record_length == 0 ||
        header.record_length > cms::largest_record_length)
        fail("the record image is damaged");
    file.format = header.format == 'F' ? cms::fixed_format : cms::variable_format;
    file.record_length = header.record_length;
    file.records.clear();
    for (auto rest = std::span(bytes).subspan(sizeof header); !rest.empty();) {
        usize const length = rest.size() < 2 ? 0 : usize{rest[0]} << 8 | rest[1];
        if (length == 0 || length > rest.size() - 2 || length > file.record_length)
            fail("the record image is damaged at record ", file.records.size() + 1);
        auto const record = rest.subspan(2, length);
        file.records.emplace_back(record.begin(), record.end());
        rest = rest.subspan(2 + length);
    }
}

} // namespace dasd
