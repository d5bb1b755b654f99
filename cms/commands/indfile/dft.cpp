#include "cms/commands/indfile/dft.h"

#include "s370/arch/ds3270.h"
#include "s370/arch/file_transfer.h"

namespace cms::indfile {
namespace {

namespace dft = s370::file_transfer::dft;

constexpr u8 query_reply = 0x81, distributed_data = 0x95;

u32 halfword(std::span<const u8> bytes, usize at) { return u32{bytes[at]} << 8 | bytes[at + 1]; }
u32 word(std::span<const u8> bytes, usize at) {
    return halfword(bytes, at) << 16 | halfword(bytes, at + 2);
}

// The parameters are those of the original program; terminals look at few of them.
constexpr u8 close_request[] = {0x00, 0x05, 0xD0, 0x41, 0x12};
constexpr u8 set_cursor_and_get[] = {0x00, 0x0F, 0xD0, 0x45, 0x11, 0x01, 0x05, 0x00, 0x06,
                                     0x00, 0x09, 0x05, 0x01, 0x03, 0x00, // set cursor
                                     0x00, 0x09, 0xD0, 0x46, 0x11, 0x01, 0x04, 0x00, 0x80};
constexpr u8 insert[] = {0x00, 0x0A, 0xD0, 0x47, 0x11, 0x01, 0x05, 0x00, 0x80, 0x00};
constexpr u8 open_head[] = {0x00, 0x23, 0xD0, 0x00, 0x12, 0x01, 0x06, 0x01, 0x01, 0x04,
                            0x03, 0x0A, 0x0A, 0x00, 0x00, 0x00, 0x00, 0x11, 0x01, 0x01,
                            0x00, 0x50, 0x05, 0x52, 0x03, 0xF0, 0x03, 0x09};
static_assert(sizeof open_head + dft::name_length == dft::open_length);
constexpr u8 data_head[] = {0x00, 0x00, 0xD0, 0x47, 0x04, 0xC0, 0x80, 0x61, 0x00, 0x00};

} // namespace

Outcome DftLink::query() {
    if (!screen_.send_structured_field(s370::ds3270::read_partition_query)) return Outcome::Refused;
    std::span<const u8> rest = screen_.receive();
    if (rest.empty()) return Outcome::Broken;
    if (rest[0] != s370::ds3270::aid::structured_field) return Outcome::Broken;
    rest = rest.subspan(1);
    while (rest.size() >= 4) {
        u32 const length = halfword(rest, 0);
        if (length < 4 || length > rest.size()) break;
        if (rest[2] == query_reply && rest[3] == distributed_data && length >= 10) {
            // 4: flags, 6: the longest it sends, 8: the longest it takes
            u32 const takes = halfword(rest, 8);
            room_ = takes == 0 ? most_data : std::min(takes, most_data + overhead) - overhead;
            if (takes != 0 && takes < 2 * overhead) return Outcome::Refused;
            return field_.resize(most_data + overhead) ? Outcome::Done : Outcome::Broken;
        }
        rest = rest.subspan(length);
    }
    return Outcome::Refused;
}

Outcome DftLink::exchange(std::span<const u8> fields, std::span<const u8>& answer) {
    if (!screen_.send_structured_field(fields)) return Outcome::Broken;
    std::span<const u8> const in = screen_.receive();
    // AID, length, X'D0', reply
    if (in.size() < 6 || in[0] != s370::ds3270::aid::structured_field ||
        in[3] != dft::structured_field)
        return Outcome::Broken;
    u32 const length = halfword(in, 1);
    if (length < 5 || length > in.size() - 1) return Outcome::Broken;
    answer = in.subspan(4, length - 3);
    return answer[1] == dft::reply::refused ? Outcome::Refused : Outcome::Done;
}

Outcome DftLink::expect(std::span<const u8> fields, u16 reply) {
    std::span<const u8> answer;
    Outcome const outcome = exchange(fields, answer);
    if (outcome != Outcome::Done) return outcome;
    return halfword(answer, 0) == reply ? Outcome::Done : Outcome::Broken;
}

Outcome DftLink::open(const char* name) {
    records_ = 0;
    u8* const end = std::copy_n(open_head, sizeof open_head, field_.data());
    for (u32 i = 0; i < dft::name_length; ++i) end[i] = static_cast<u8>(name[i]);
    return expect({field_.data(), dft::open_length}, dft::reply::opened);
}

// None is lost, none comes twice: what is not so ends the transfer.
bool DftLink::is_next_record(std::span<const u8> answer) {
    return answer.size() >= 8 && halfword(answer, 2) == dft::record_number &&
           word(answer, 4) == ++records_;
}

Outcome DftLink::open() { return open(dft::data_name); }
Outcome DftLink::close() { return expect(close_request, dft::reply::closed); }

Outcome DftLink::receive(std::span<const u8>& bytes) {
    std::span<const u8> answer;
    Outcome const outcome = exchange(set_cursor_and_get, answer);
    if (outcome == Outcome::Refused) {
        bool const no_more = answer.size() >= 6 && halfword(answer, 2) == dft::error &&
                             halfword(answer, 4) == dft::no_more;
        return no_more ? Outcome::Ended : Outcome::Refused;
    }
    if (outcome != Outcome::Done) return outcome;
    // reply, record number (6), not compressed, data
    constexpr usize head = 13;
    if (answer.size() < head || halfword(answer, 0) != dft::reply::data ||
        !is_next_record(answer) || halfword(answer, 8) != dft::not_compressed ||
        answer[10] != dft::data_begins)
        return Outcome::Broken;
    u32 const length = halfword(answer, 11);
    if (length < dft::data_header || length - dft::data_header > answer.size() - head)
        return Outcome::Broken;
    bytes = answer.subspan(head, length - dft::data_header);
    return Outcome::Done;
}

Outcome DftLink::send(std::span<const u8> bytes) {
    while (!bytes.empty()) {
        auto const piece = bytes.first(std::min<usize>(bytes.size(), room_));
        bytes = bytes.subspan(piece.size());
        u8* const begin = std::copy_n(insert, sizeof insert, field_.data());
        u8* const data = std::copy_n(data_head, sizeof data_head, begin);
        std::copy_n(piece.data(), piece.size(), data);
        u32 const counted = static_cast<u32>(piece.size()) + dft::data_header;
        u32 const length = static_cast<u32>(sizeof data_head + piece.size());
        begin[0] = static_cast<u8>(length >> 8), begin[1] = static_cast<u8>(length);
        data[-2] = static_cast<u8>(counted >> 8), data[-1] = static_cast<u8>(counted);
        std::span<const u8> answer;
        Outcome const outcome = exchange({field_.data(), sizeof insert + length}, answer);
        if (outcome != Outcome::Done) return outcome;
        if (halfword(answer, 0) != dft::reply::taken || !is_next_record(answer))
            return Outcome::Broken;
    }
    return Outcome::Done;
}

Outcome DftLink::tell(Text message, bool) {
    Outcome const outcome = open(dft::message_name);
    if (outcome != Outcome::Done) return outcome;
    u8 ascii[100];
    usize const length = std::min(message.size(), sizeof ascii);
    for (usize i = 0; i < length; ++i) ascii[i] = s370::file_transfer::to_ascii[message[i]];
    return send({ascii, length});
}

} // namespace cms::indfile
