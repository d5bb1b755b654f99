#include "tests/fakes/cp/io/display_3270.h"

using namespace s370::ds3270;

std::string fakes::to_ascii(Text text) {
    std::string result;
    for (u8 c : text) result += static_cast<char>(c < 0x40 ? ' ' : ebcdic::to_latin1(c));
    return result;
}

std::vector<u8> fakes::to_ebcdic(const std::string& text) {
    std::vector<u8> result;
    for (char c : text) result.push_back(ebcdic::from_latin1(static_cast<u8>(c)));
    return result;
}

namespace {

bool is_command(u8 c) {
    return c == command::write || c == command::erase_write ||
           c == command::erase_write_alternate || c == command::write_structured_field;
}

} // namespace

namespace fakes {

void Display3270::resize(bool alternate) {
    rows_ = alternate ? alternate_rows_ : 24;
    columns_ = alternate ? alternate_columns_ : 80;
    cells_.assign(rows_ * columns_, 0);
    cursor_ = 0;
}

bool Display3270::outbound(u8 command, std::span<const u8> stream) {
    if (!is_command(command) || stream.empty()) return false;
    if (command == command::write_structured_field) return extended_;
    if (command == command::erase_write) resize(false);
    if (command == command::erase_write_alternate) resize(true);

    u8 const control = stream[0];
    u32 const size = rows_ * columns_;
    u32 at = command == command::write ? cursor_ : 0;
    for (usize i = 1; i < stream.size();) {
        u8 const c = stream[i++];
        auto address = [&](u32& position) {
            if (i + 2 > stream.size()) return false;
            position = decode_address(stream[i], stream[i + 1]);
            i += 2;
            return position < size;
        };
        if (c == order::set_buffer_address) {
            if (!address(at)) return false;
        } else if (c == order::start_field) {
            if (i == stream.size()) return false;
            cells_[at] = field | (stream[i++] & 0x3F);
            at = (at + 1) % size;
        } else if (c == order::insert_cursor) {
            cursor_ = at;
        } else if (c == order::repeat_to_address) {
            u32 stop = 0;
            if (!address(stop) || i == stream.size()) return false;
            u8 const with = stream[i++];
            do {
                cells_[at] = with;
                at = (at + 1) % size;
            } while (at != stop);
        } else if (c < 0x40 || c == 0xFF) {
            return false; // an order that CP does not use, or no character
        } else {
            cells_[at] = c;
            at = (at + 1) % size;
        }
    }
    if ((control & wcc::alarm) != 0) ++alarms_;
    if ((control & wcc::reset_mdt) != 0)
        for (u16& cell : cells_)
            if ((cell & field) != 0) cell &= static_cast<u16>(~attribute::modified);
    if ((control & wcc::restore_keyboard) != 0) locked_ = false;
    return true;
}

u32 Display3270::attribute_of(u32 position) const {
    u32 const size = rows_ * columns_;
    for (u32 i = 0; i < size; ++i) {
        u32 const at = (position + size - i) % size;
        if ((cells_[at] & field) != 0) return at;
    }
    return size;
}

bool Display3270::hidden(u32 position) const {
    u32 const at = attribute_of(position);
    return at < cells_.size() && (cells_[at] & attribute::nondisplay) == attribute::nondisplay;
}

std::string Display3270::row(u32 number) const {
    std::string text;
    for (u32 i = 0; i < columns_; ++i) {
        u32 const position = number * columns_ + i;
        u16 const cell = cells_[position];
        bool const blank = (cell & field) != 0 || cell < 0x40 || hidden(position);
        text += blank ? ' ' : static_cast<char>(ebcdic::to_latin1(static_cast<u8>(cell)));
    }
    while (!text.empty() && text.back() == ' ') text.pop_back();
    return text;
}

std::string Display3270::status() const {
    std::string const last = row(rows_ - 1);
    return last.size() > columns_ - 20 ? last.substr(columns_ - 20) : "";
}

std::string Display3270::screen() const {
    std::string text;
    for (u32 i = 0; i < rows_; ++i) text += row(i) + "\n";
    return text;
}

bool Display3270::shows(const std::string& text) const {
    return screen().find(text) != std::string::npos;
}

std::string Display3270::unprotected() const {
    std::string text;
    for (u32 at = attribute_of(cursor_) + 1; at < cells_.size() && (cells_[at] & field) == 0; ++at)
        if (cells_[at] >= 0x40)
            text += static_cast<char>(ebcdic::to_latin1(static_cast<u8>(cells_[at])));
    return text;
}

void Display3270::type(const std::string& text) {
    for (u8 c : to_ebcdic(text)) {
        u32 const at = attribute_of(cursor_);
        bool const open = at < cells_.size() && (cells_[cursor_] & field) == 0 &&
                          (cells_[at] & attribute::protected_field) == 0;
        if (locked_ || !open) return;
        cells_[at] |= attribute::modified;
        cells_[cursor_] = c;
        cursor_ = (cursor_ + 1) % static_cast<u32>(cells_.size());
    }
}

std::vector<u8> Display3270::press(u8 aid) {
    if (locked_) return {aid::none};
    locked_ = true;
    std::vector<u8> inbound{aid};
    auto put = [&](u32 position) {
        for (u8 byte : rows_* columns_ > 4096 ? address14(position) : address12(position))
            inbound.push_back(byte);
    };
    bool const short_read =
        aid == aid::clear || aid == aid::pa1 || aid == aid::pa2 || aid == aid::pa3;
    if (aid == aid::clear) {
        std::fill(cells_.begin(), cells_.end(), u16{0});
        cursor_ = 0;
    }
    if (short_read) return inbound;
    put(cursor_);
    for (u32 at = 0; at < cells_.size(); ++at) {
        if ((cells_[at] & field) == 0 || (cells_[at] & attribute::modified) == 0) continue;
        inbound.push_back(order::set_buffer_address);
        put(at + 1);
        for (u32 i = at + 1; i < cells_.size() && (cells_[i] & field) == 0; ++i)
            if (cells_[i] != 0) inbound.push_back(static_cast<u8>(cells_[i]));
    }
    return inbound;
}

std::vector<u8> Display3270::query_reply() const {
    auto half = [](u32 value, bool high) { return static_cast<u8>(high ? value >> 8 : value); };
    std::vector<u8> reply{aid::structured_field};
    u32 const r = alternate_rows_, c = alternate_columns_;
    for (u8 byte : {u8{0}, u8{12}, u8{0x81}, u8{0x81}, u8{1}, u8{0}, half(c, true), half(c, false),
                    half(r, true), half(r, false), u8{1}, u8{0}})
        reply.push_back(byte);
    for (u8 byte :
         {u8{0}, u8{17}, u8{0x81}, u8{0xA6}, u8{0}, u8{0}, u8{0x0B}, u8{1}, u8{0}, u8{0}, u8{80},
          u8{0}, u8{24}, half(c, true), half(c, false), half(r, true), half(r, false)})
        reply.push_back(byte);
    return reply;
}

} // namespace fakes
