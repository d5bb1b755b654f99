#include "terminal/model/structured_fields.h"

#include "s370/arch/ds3270.h"
#include "terminal/model/query_reply.h"

namespace terminal {

namespace {
constexpr u8 read_partition_id = 0x01, erase_reset_id = 0x03, set_reply_mode_id = 0x09,
             create_partition_id = 0x0C, outbound_id = 0x40, transfer_id = 0xD0;
constexpr u8 query = 0x02, query_list = 0x03, no_partition = 0xFF;
} // namespace

void StructuredFields::run(usize start, usize end) {
    each(start, end);
    if (outcome_.refusal == DataStream::Refusal::None) return;
    outcome_.refusal =
        outcome_.replies.empty() ? DataStream::Refusal::Command : DataStream::Refusal::None;
}

void StructuredFields::each(usize start, usize end) {
    std::span<const u8> const buffer = stream_.buffer_;
    while (start < end) {
        if (end - start < 2) return refuse("structured field without length");
        usize length = usize{buffer[start]} << 8 | buffer[start + 1];
        if (length == 0) length = end - start; // the last one may leave it to the record
        if (length < 3 || length > end - start) return refuse("length of a structured field");
        one(start + 2, start + length);
        start += length;
    }
}

void StructuredFields::one(usize at, usize end) {
    std::span<const u8> const field(stream_.buffer_.data() + at, end - at);
    switch (field[0]) {
    case read_partition_id: return read_partition(field);
    case erase_reset_id: return erase_reset(field);
    case set_reply_mode_id: return set_reply_mode(field);
    case outbound_id: return outbound(at, end);
    case create_partition_id: return create_partition(field);
    case transfer_id: outcome_.transfers.emplace_back(field.begin(), field.end()); return;
    default: refuse("structured field not supported");
    }
}

void StructuredFields::read_partition(std::span<const u8> field) {
    if (field.size() < 3) return refuse("short Read Partition");
    u8 const partition = field[1], kind = field[2];
    if (kind == query || kind == query_list) {
        if (partition != no_partition) return refuse("query of a partition");
        Bytes reply;
        if (kind == query) {
            reply = query_reply(stream_.features_);
        } else {
            constexpr u8 by_code = 0x00, equivalent = 0x40, all = 0x80;
            if (field.size() < 4) return refuse("short Query List");
            if (field[3] != by_code && field[3] != equivalent && field[3] != all)
                return refuse("type of Query List");
            reply = field[3] == by_code ? query_list_reply(stream_.features_, field.subspan(4))
                                        : query_reply(stream_.features_);
        }
        outcome_.replies.push_back(std::move(reply));
        outcome_.inhibit = true;
        return;
    }
    if (partition != 0) return refuse("partition not there");
    constexpr u8 inbound = 0x61;
    switch (kind) {
    case 0xF2: outcome_.replies.push_back(stream_.read_buffer(inbound)); return;
    case 0xF6: outcome_.replies.push_back(stream_.read_modified(inbound, false)); return;
    case 0x6E: outcome_.replies.push_back(stream_.read_modified(inbound, true)); return;
    default: refuse("type of Read Partition");
    }
}

void StructuredFields::erase_reset(std::span<const u8> field) {
    if (field.size() != 2) return refuse("length of Erase/Reset");
    if (field[1] != 0x00 && field[1] != 0x80) return refuse("type of Erase/Reset");
    stream_.erase(field[1] == 0x80);
    outcome_.inhibit = false;
}

// There is one partition already; making it again sets it up anew, and what is said of
// its size is not heeded.
void StructuredFields::create_partition(std::span<const u8> field) {
    if (field.size() > 1 && field[1] != 0) return refuse("partition not there");
    if (field.size() > 2) {
        u8 const units = field[2] >> 4, addressing = field[2] & 0x0F;
        if (units != 0 && units != 2) return refuse("units of Create Partition");
        if (addressing > 2) return refuse("addressing mode of Create Partition");
    }
    stream_.screen_.move_cursor(0);
    stream_.address_ = 0;
}

void StructuredFields::set_reply_mode(std::span<const u8> field) {
    if (field.size() < 3) return refuse("short Set Reply Mode");
    if (field[1] != 0) return refuse("partition not there");
    if (field[2] > 2) return refuse("reply mode");
    stream_.reply_mode_ = static_cast<ReplyMode>(field[2]);
    stream_.reply_attributes_.clear();
    if (field[2] == 2) stream_.reply_attributes_.assign(field.begin() + 3, field.end());
}

void StructuredFields::outbound(usize at, usize end) {
    if (end - at < 3) return refuse("short Outbound 3270DS");
    if (stream_.buffer_[at + 1] != 0) return refuse("partition not there");
    switch (stream_.buffer_[at + 2]) {
    case 0xF1:
    case 0xF5:
    case 0x7E:
    case 0x6F: return stream_.command(at + 2, end, true, outcome_);
    default: refuse("command of Outbound 3270DS");
    }
}

} // namespace terminal
