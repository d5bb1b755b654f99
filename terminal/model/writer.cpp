#include "terminal/model/writer.h"

#include "s370/arch/ds3270.h"

namespace terminal {

namespace order = s370::ds3270::order;
namespace attribute = s370::ds3270::attribute;

namespace {

constexpr u8 shift_out = 0x0E, shift_in = 0x0F;
constexpr u8 double_byte = 8;
constexpr u8 attribute_bits = 0x3D; // those of a field attribute that have a meaning

// Below X'40' only these are characters; the other codes are ignored.
constexpr bool is_character(u8 byte) {
    switch (byte) {
    case 0x00:
    case 0x0C:
    case 0x0D:
    case shift_out:
    case 0x15:
    case 0x19:
    case 0x1C:
    case 0x1E:
    case 0x25:
    case 0x3F: return true;
    default: return byte >= 0x40;
    }
}

} // namespace

void Writer::run(bool erased) {
    write_control(take(), erased);
    while (at_ < end_) order_or_character(take());
}

void Writer::write_control(u8 wcc, bool erased) {
    namespace bit = s370::ds3270::wcc;
    if (erased && (wcc & bit::reset) != 0) {
        stream_.reply_mode_ = ReplyMode::Field;
        stream_.reply_attributes_.clear();
    }
    if ((wcc & bit::reset_mdt) != 0) screen_.reset_modified();
    if ((wcc & bit::alarm) != 0) outcome_.alarm = true;
    // Takes effect even when what follows is refused.
    if ((wcc & bit::restore_keyboard) != 0) outcome_.restore_keyboard = true;
}

u32 Writer::take_address() {
    u8 const high = take();
    u32 const address = s370::ds3270::decode_address(high, take());
    if (address >= screen_.size().cells()) refuse("address outside the screen");
    return address;
}

void Writer::order_or_character(u8 byte) {
    if (byte == order::program_tab) return program_tab();
    after_character_ = false;
    switch (byte) {
    case order::start_field: return start_field();
    case order::start_field_extended: return start_field_extended();
    case order::modify_field: return modify_field();
    case order::repeat_to_address: return repeat_to_address();
    case order::erase_unprotected: return erase_to_address();
    case order::insert_cursor: return screen_.move_cursor(address_);
    case order::set_buffer_address:
        if (u32 const address = take_address(); at_ < end_ || outcome_.refused.empty())
            address_ = address < screen_.size().cells() ? address : address_;
        return;
    case order::set_attribute: {
        u8 const type = take(), value = take();
        return set_attribute(looks_, type, value, extended::Place::Character);
    }
    default: break;
    }
    bool const graphic = byte == order::graphic_escape;
    if (graphic) byte = take();
    if (byte == shift_in && !graphic && !shift_out_before()) return refuse("SI without SO");
    if (!graphic && byte != shift_in && !is_character(byte)) return;
    if (looks_.character_set == double_byte && !graphic) {
        u8 const second = byte < 0x40 ? u8{0} : take();
        if (second < 0x40) return refuse("double-byte character");
        screen_.put(address_, byte, false, looks_);
        address_ = screen_.next(address_);
        byte = second;
    }
    screen_.put(address_, byte, graphic, looks_);
    address_ = screen_.next(address_);
    after_character_ = true;
}

// Whether a shift-out stands open before this position. It may lie in another field.
bool Writer::shift_out_before() const {
    for (u32 at = address_; at-- > 0;) {
        if (screen_.at(at).field) continue;
        if (screen_.at(at).code == shift_out) return true;
        if (screen_.at(at).code == shift_in) return false;
    }
    return false;
}

// A display without colours keeps none.
void Writer::set_attribute(Looks& looks, u8 type, u8 value, extended::Place place) {
    bool const colour = type == extended::foreground || type == extended::background;
    if (!colour || stream_.features_.colour) extended::set(looks, type, value, place);
}

void Writer::start_field() {
    screen_.put_field(address_, take() & attribute_bits, {});
    address_ = screen_.next(address_);
}

void Writer::start_field_extended() {
    u8 attribute = 0;
    Looks looks;
    for (u32 pairs = take(); pairs > 0 && at_ < end_; --pairs) {
        u8 const type = take(), value = take();
        if (type == extended::field)
            attribute = value & attribute_bits;
        else if (type != extended::all)
            set_attribute(looks, type, value, extended::Place::StartField);
    }
    screen_.put_field(address_, attribute, looks);
    address_ = screen_.next(address_);
}

void Writer::modify_field() {
    Cell& cell = screen_.at(address_);
    bool const field = cell.field;
    for (u32 pairs = take(); pairs > 0 && at_ < end_; --pairs) {
        u8 const type = take(), value = take();
        if (!field) continue;
        if (type == extended::field)
            cell.attribute = value & attribute_bits;
        else
            set_attribute(cell.looks, type, value, extended::Place::ModifyField);
    }
    if (field) address_ = screen_.next(address_);
}

void Writer::repeat_to_address() {
    u32 const stop = take_address();
    if (!outcome_.refused.empty()) return;
    u8 byte = take();
    bool const graphic = byte == order::graphic_escape;
    if (graphic) byte = take();
    Looks looks_here = looks_;
    do {
        looks_here.background = screen_.at(address_).looks.background; // stays, by observation
        screen_.put(address_, byte, graphic, looks_here);
        address_ = screen_.next(address_);
    } while (address_ != stop);
}

void Writer::erase_to_address() {
    u32 const stop = take_address();
    if (!outcome_.refused.empty()) return;
    bool open = !screen_.protected_at(address_);
    do {
        Cell const& cell = screen_.at(address_);
        if (cell.field)
            open = (cell.attribute & attribute::protected_field) == 0;
        else if (open)
            screen_.clear(address_);
        address_ = screen_.next(address_);
    } while (address_ != stop);
}

// To the next unprotected field; after a character, what is left of this one is cleared.
void Writer::program_tab() {
    bool const clearing = after_character_;
    after_character_ = false;
    u32 const from = address_;
    u32 const target = screen_.next_unprotected(from);
    bool const found = target >= from && screen_.formatted();
    address_ = found ? target : 0;
    if (!clearing) return;
    for (u32 at = from; at < screen_.size().cells() && !screen_.at(at).field; ++at)
        screen_.put(at, 0, false, {});
}

} // namespace terminal
