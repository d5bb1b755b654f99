// The frames of a transfer: what the host writes at fixed places of a 24 x 80 screen.
#include "s370/arch/ds3270.h"
#include "s370/arch/file_transfer.h"
#include "terminal/model/key_names.h"
#include "terminal/transfer/transfer.h"

namespace terminal::transfer {

namespace cut = s370::file_transfer::cut;
using namespace s370::ds3270;

namespace {

u8 digit(u32 value) { return cut::digits[value & 0x3F]; }

// Where a character stands in a table; its size when nowhere.
u32 place_in(Text characters, u8 c) {
    u32 i = 0;
    while (i < characters.size() && characters[i] != c) ++i;
    return i;
}
u32 value_of(u8 c) { return place_in(cut::digits, c) & 0x3F; }

u32 find_byte(u32 quadrant, u8 byte) {
    u32 i = 0;
    while (i < cut::letters && cut::coding[quadrant].bytes[i] != byte) ++i;
    return i;
}

} // namespace

u8 Transfer::at(u32 position) const { return session_.screen().at(position).code; }
void Transfer::put(u32 position, u8 code) { session_.screen().put(position, code, false, {}); }
void Transfer::press(u8 aid) { session_.press({Action::Attention, aid}); }

// A skip attribute at the last place of 24 x 80 makes the screen a frame.
void Transfer::written() {
    Screen const& screen = session_.screen();
    if (state_ == State::Ended || screen.size().cells() <= cut::mark) return;
    Cell const& mark = screen.at(cut::mark);
    if (!mark.field || (mark.attribute & attribute::skip) != attribute::skip) return;
    switch (at(cut::frame::type)) {
    case cut::frame::control: return control_frame();
    case cut::frame::data_request: return request_frame();
    case cut::frame::data: return data_frame();
    case cut::frame::retransmit: return abort_frame("Transmission error", cut::control::line_error);
    default: return abort_frame("Unknown frame type from host", cut::control::line_error);
    }
}

void Transfer::control_frame() {
    u32 const status = u32{at(cut::control::status)} << 8 | at(cut::control::status + 1);
    switch (status) {
    case cut::control::host_ready:
        quadrant_ = none;
        letters_.clear();
        begin(true);
        return acknowledge();
    case cut::control::complete: acknowledge(); return end({});
    case cut::control::file_error:
    case cut::control::line_error: {
        std::string text;
        for (u32 i = 0; i < cut::control::message_length; ++i)
            append_utf8(text, session_.codepage().shown(at(cut::control::message + i)));
        text.erase(text.find_last_not_of(' ') + 1);
        if (text.ends_with('$')) text.pop_back();
        text.erase(text.find_last_not_of(' ') + 1);
        if (state_ == State::Told && !abort_reason_.empty()) text = abort_reason_;
        acknowledge();
        return end(text.empty() ? "Transfer cancelled by host" : text);
    }
    default: return abort_frame("Unknown FT control code from host", cut::control::line_error);
    }
}

// The host wants the next frame of our file.
void Transfer::request_frame() {
    if (state_ == State::Cancelling)
        return abort_frame("Transfer cancelled by user", cut::control::file_error);
    u8 const sequence = at(cut::upload::sequence);
    u32 count = 0;
    for (u8 letter = 0; count < cut::upload::most && next_letter(letter); ++count)
        put(cut::upload::data + count, letter);
    if (!file_.error().empty()) {
        for (u32 i = 0; i < count; ++i) put(cut::upload::data + i, 0);
        return abort_frame(file_.error(), cut::control::file_error);
    }
    if (count == 0)
        for (u8 letter : cut::no_more) put(cut::upload::data + count++, letter);
    u32 sum = 0;
    for (u32 i = 0; i < count; ++i) sum ^= at(cut::upload::data + i);
    put(cut::upload::sequence, sequence);
    put(cut::upload::checksum, digit(sum));
    put(cut::upload::length, digit(count >> 6));
    put(cut::upload::length + 1, digit(count));
    Cell& field = session_.screen().at(cut::upload::field);
    field.attribute |= attribute::nondisplay;
    press(aid::enter);
}

bool Transfer::next_letter(u8& letter) {
    if (letters_.empty()) {
        std::vector<u8> bytes;
        if (!file_.read(1, bytes) || bytes.empty()) return false;
        encode(bytes[0]);
    }
    letter = letters_.front();
    letters_.erase(letters_.begin());
    return true;
}

void Transfer::encode(u8 byte) {
    if (byte == 0) {
        if (quadrant_ != cut::null_quadrant)
            letters_.push_back(cut::coding[cut::null_quadrant].selector);
        quadrant_ = cut::null_quadrant;
        letters_.push_back(cut::null_letter);
        return;
    }
    if (quadrant_ == none || find_byte(quadrant_, byte) == cut::letters) {
        quadrant_ = 0;
        while (find_byte(quadrant_, byte) == cut::letters) ++quadrant_; // every byte has one
        letters_.push_back(cut::coding[quadrant_].selector);
    }
    letters_.push_back(cut::alphabet[find_byte(quadrant_, byte)]);
}

void Transfer::data_frame() {
    if (state_ == State::Cancelling)
        return abort_frame("Transfer cancelled by user", cut::control::file_error);
    u32 const length =
        value_of(at(cut::download::length)) << 6 | value_of(at(cut::download::length + 1));
    if (length > cut::response::field - cut::download::data)
        return abort_frame("Illegal frame length", cut::control::line_error);
    std::vector<u8> letters, bytes;
    for (u32 i = 0; i < length; ++i) letters.push_back(at(cut::download::data + i));
    if (length == 2 && letters[0] == cut::no_more[0] && letters[1] == cut::no_more[1])
        return acknowledge();
    if (!decode(letters, bytes))
        return abort_frame("Data conversion error", cut::control::line_error);
    if (!file_.write(bytes)) return abort_frame(file_.error(), cut::control::file_error);
    acknowledge();
}

bool Transfer::decode(std::span<const u8> letters, std::vector<u8>& bytes) {
    for (u8 c : letters) {
        u32 const place = place_in(cut::alphabet, c);
        bool const null = quadrant_ == cut::null_quadrant && c == cut::null_letter;
        // In the quadrant of nulls every letter counts; elsewhere one without a byte selects.
        if (quadrant_ != none && place < cut::letters &&
            (null || quadrant_ == cut::null_quadrant || cut::coding[quadrant_].bytes[place] != 0)) {
            bytes.push_back(cut::coding[quadrant_].bytes[place]);
            continue;
        }
        quadrant_ = 0;
        while (quadrant_ < cut::quadrants && cut::coding[quadrant_].selector != c) ++quadrant_;
        if (quadrant_ == cut::quadrants) {
            quadrant_ = none;
            return false;
        }
    }
    return true;
}

void Transfer::abort_frame(const std::string& why, u16 reason) {
    abort_reason_ = why;
    put(cut::response::type, cut::frame::control);
    put(cut::response::sequence, at(cut::download::sequence));
    put(cut::response::reason, static_cast<u8>(reason >> 8));
    put(cut::response::reason + 1, static_cast<u8>(reason));
    press(program_function(2));
    if (state_ == State::Running || state_ == State::Cancelling) state_ = State::Told;
}

} // namespace terminal::transfer
