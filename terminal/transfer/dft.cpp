// The structured fields of a transfer.
#include "s370/arch/ds3270.h"
#include "s370/arch/file_transfer.h"
#include "terminal/transfer/transfer.h"

namespace terminal::transfer {

namespace dft = s370::file_transfer::dft;

namespace {

void halfword(Bytes& out, u32 value) {
    out.push_back(static_cast<u8>(value >> 8));
    out.push_back(static_cast<u8>(value));
}
Bytes record_of(std::span<const u8> body) {
    Bytes record{s370::ds3270::aid::structured_field};
    halfword(record, static_cast<u32>(body.size()) + 3);
    record.push_back(dft::structured_field);
    record.insert(record.end(), body.begin(), body.end());
    return record;
}
u32 halfword_at(std::span<const u8> bytes, usize at) {
    return at + 2 <= bytes.size() ? u32{bytes[at]} << 8 | bytes[at + 1] : 0;
}

} // namespace

// `field` begins with X'D0': the length that was before it is its size and two.
void Transfer::structured_field(std::span<const u8> field) {
    if (state_ == State::Ended) return;
    switch (halfword_at(field, 1)) {
    case dft::request::open: return open_request(field);
    case dft::request::data: return data_insert(field);
    case dft::request::get: return get_request();
    case dft::request::close: {
        Bytes closed;
        halfword(closed, dft::reply::closed);
        return reply(closed);
    }
    default: return; // insert and set cursor say nothing; others are unknown
    }
}

void Transfer::reply(std::span<const u8> body) { session_.send_record(record_of(body)); }

void Transfer::open_request(std::span<const u8> field) {
    usize const length = field.size() + 2;
    if (length != dft::open_length && length != dft::long_open_length)
        return abort("Unknown DFT Open type from host", dft::request::open);
    auto const name = field.last(dft::name_length);
    std::string text(name.begin(), name.end());
    text.erase(text.find_last_not_of(' ') + 1);
    message_open_ = text == "FT:MSG";
    if (!message_open_) begin(false);
    record_ = 1;
    Bytes opened;
    halfword(opened, dft::reply::opened);
    reply(opened);
}

void Transfer::acknowledge_data() {
    Bytes taken;
    halfword(taken, dft::reply::taken);
    halfword(taken, dft::record_number);
    halfword(taken, record_ >> 16);
    halfword(taken, record_++);
    reply(taken);
}

void Transfer::data_insert(std::span<const u8> field) {
    if (!message_open_ && state_ == State::Cancelling)
        return abort("Transfer cancelled by user", dft::request::data);
    // X'D0', request, not compressed, data begins, length with its own five bytes
    constexpr usize head = 8;
    u32 const counted = halfword_at(field, 6);
    usize const there = field.size() > head ? field.size() - head : 0;
    usize const length =
        counted < dft::data_header ? 0 : std::min<usize>(counted - dft::data_header, there);
    auto const data = field.subspan(std::min(head, field.size()), length);
    if (message_open_) {
        acknowledge_data();
        std::string text(data.begin(), data.end());
        text = text.substr(0, text.find('$'));
        if (text.starts_with(s370::file_transfer::complete)) return end({});
        return end(state_ == State::Told && !abort_reason_.empty() ? abort_reason_ : text);
    }
    if (!data.empty() && !file_.write(data)) abort(file_.error(), dft::request::data);
    acknowledge_data();
}

void Transfer::get_request() {
    if (!message_open_ && state_ == State::Cancelling)
        return abort("Transfer cancelled by user", dft::request::get);
    constexpr u32 around = 27; // what a record has beside data, and five more
    std::vector<u8> data;
    if (!file_.read(buffer_size_ - around, data)) return abort(file_.error(), dft::request::get);
    Bytes answer;
    if (data.empty()) {
        halfword(answer, (dft::request::get & 0xFF00) | dft::reply::refused);
        halfword(answer, dft::error);
        halfword(answer, dft::no_more);
    } else {
        halfword(answer, dft::reply::data);
        halfword(answer, dft::record_number);
        halfword(answer, record_ >> 16);
        halfword(answer, record_++);
        halfword(answer, dft::not_compressed);
        answer.push_back(dft::data_begins);
        halfword(answer, static_cast<u32>(data.size()) + dft::data_header);
        answer.insert(answer.end(), data.begin(), data.end());
    }
    session_.send_structured_reply(record_of(answer));
}

void Transfer::abort(const std::string& why, u16 request) {
    abort_reason_ = why;
    Bytes refused;
    halfword(refused, (request & 0xFF00u) | dft::reply::refused);
    halfword(refused, dft::error);
    halfword(refused, dft::failed);
    reply(refused);
    if (state_ == State::Running || state_ == State::Cancelling) state_ = State::Told;
}

} // namespace terminal::transfer
