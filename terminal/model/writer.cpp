#include "terminal/model/writer.h"

#include "s370/arch/ds3270.h"

namespace terminal {

namespace order = s370::ds3270::order;
namespace attribute = s370::ds3270::attribute;

namespace {

constexpr u8 null = 0x00, shift_out = 0x0E, shift_in_code = 0x0F;
constexpr u8 double_byte = 8;
constexpr u8 attribute_bits = 0x3D; // those of a field attribute that have a meaning

// Codes that stand in the buffer like characters (GA23-0059 "Format control orders").
constexpr bool is_format_control(u8 code) {
    switch (code) {
    case 0x0C: // FF
    case 0x0D: // CR
    case shift_out:
    case 0x15: // NL
    case 0x19: // EM
    case 0x1C: // DUP
    case 0x1E: // FM
    case 0x25: // LF
    case 0x3F: // SUB
    case 0xFF: // EO
        return true;
    default: return false;
    }
}

// What may follow a null as the second half of a double-byte control code.
constexpr bool is_double_byte_control(u8 code) {
    switch (code) {
    case null:
    case 0x0C:
    case 0x0D:
    case 0x15:
    case 0x19:
    case 0x1C:
    case 0x1E: return true;
    default: return false;
    }
}

constexpr bool is_double_byte_half(u8 code) { return code >= 0x40 && code != 0xFF; }

} // namespace

void Writer::run(bool erased) {
    write_control(take(), erased);
    while (at_ < end_) next();
    screen_.settle_fields();
    stream_.address_ = address_;
}

void Writer::write_control(u8 wcc, bool erased) {
    namespace bit = s370::ds3270::wcc;
    if (erased && (wcc & bit::reset) != 0) stream_.reply_mode_ = ReplyMode::Field;
    if ((wcc & bit::reset_mdt) != 0) screen_.reset_modified();
    if ((wcc & bit::alarm) != 0) outcome_.alarm = true;
    // Takes effect even when what follows is refused.
    if ((wcc & bit::restore_keyboard) != 0) outcome_.restore_keyboard = true;
}

void Writer::next() {
    u8 const byte = take();
    if (byte == order::program_tab) return program_tab();
    bool const is_character =
        byte == order::graphic_escape || byte == null || (byte >= 0x40 && !is_format_control(byte));
    after_order_ = !is_character;
    after_empty_tab_ = false;
    switch (byte) {
    case order::start_field: return start_field(take(), {});
    case order::start_field_extended: return start_field_extended();
    case order::modify_field: return modify_field();
    case order::set_buffer_address: return set_buffer_address();
    case order::repeat_to_address: return repeat_to_address();
    case order::erase_unprotected: return erase_to_address();
    case order::graphic_escape: return graphic_escape();
    case order::insert_cursor: return screen_.move_cursor(address_);
    case order::set_attribute: {
        u8 const type = take(), value = take();
        return set_attribute(looks_, type, value, extended::Place::Character);
    }
    case shift_in_code: return shift_in();
    default: break;
    }
    if (is_character) return character(byte);
    if (is_format_control(byte)) return format_control(byte);
    // What is left below X'40' is no order at all: ignored.
}

std::optional<u32> Writer::take_address() {
    u8 const high = take();
    u32 const address = s370::ds3270::decode_address(high, take());
    if (address < screen_.size().cells()) return address;
    return std::nullopt;
}

void Writer::set_buffer_address() {
    auto const address = take_address();
    if (!address) return refuse("address outside the screen");
    address_ = *address;
    attribute_ = screen_.attribute_at(address_);
}

// A display without colours keeps none.
void Writer::set_attribute(Looks& looks, u8 type, u8 value, extended::Place place) {
    bool const colour = type == extended::foreground || type == extended::background;
    if (!colour || stream_.features_.colour) extended::set(looks, type, value, place);
}

void Writer::start_field(u8 attribute, const Looks& looks) {
    attribute_ = attribute & attribute_bits;
    screen_.put_field(address_, attribute_, looks);
    address_ = screen_.next(address_);
}

void Writer::start_field_extended() {
    u8 attribute = 0;
    Looks looks;
    for (u32 pairs = take(); pairs > 0; --pairs) {
        u8 const type = take(), value = take();
        if (type == extended::field)
            attribute = value;
        else if (type != extended::all)
            set_attribute(looks, type, value, extended::Place::StartField);
    }
    start_field(attribute, looks);
}

void Writer::modify_field() {
    Cell& cell = screen_.at(address_);
    bool const field = cell.field;
    for (u32 pairs = take(); pairs > 0; --pairs) {
        u8 const type = take(), value = take();
        if (!field) continue;
        if (type == extended::field)
            cell.attribute = value & attribute_bits;
        else if (type != extended::all)
            set_attribute(cell.looks, type, value, extended::Place::ModifyField);
    }
    if (field) address_ = screen_.next(address_);
}

void Writer::repeat_to_address() {
    auto const stop = take_address();
    u8 code = take();
    bool const graphic = code == order::graphic_escape;
    if (graphic) code = take();
    if (!stop) return refuse("address outside the screen");
    Looks looks = looks_;
    do {
        looks.background = screen_.at(address_).looks.background; // stays, by observation
        screen_.put(address_, code, graphic, looks);
        address_ = screen_.next(address_);
    } while (address_ != *stop);
    attribute_ = screen_.attribute_at(address_);
}

void Writer::erase_to_address() {
    auto const stop = take_address();
    if (!stop) return refuse("address outside the screen");
    do {
        Cell const& cell = screen_.at(address_);
        if (cell.field)
            attribute_ = cell.attribute;
        else if ((attribute_ & attribute::protected_field) == 0)
            screen_.clear(address_);
        address_ = screen_.next(address_);
    } while (address_ != *stop);
    attribute_ = screen_.attribute_at(address_);
}

// To the next unprotected field, or to position 0.
void Writer::program_tab() {
    bool const clearing = !after_order_ || after_empty_tab_;
    after_order_ = true;
    Cell const& here = screen_.at(address_);
    if (here.field && (here.attribute & attribute::protected_field) == 0) {
        address_ = screen_.next(address_);
        after_empty_tab_ = false;
        return;
    }
    u32 target = screen_.next_unprotected(address_);
    if (target < address_) target = 0;
    if (clearing)
        for (u32 at = address_; at != target && !screen_.at(at).field; at = screen_.next(at))
            screen_.put(at, null, false, {});
    after_empty_tab_ = clearing && (target == 0 || after_empty_tab_);
    address_ = target;
}

void Writer::graphic_escape() {
    screen_.put(address_, take(), true, looks_);
    address_ = screen_.next(address_);
    attribute_ = screen_.attribute_at(address_);
}

void Writer::format_control(u8 code) {
    if (looks_.character_set == double_byte && code != shift_out)
        return refuse("control code among double-byte characters");
    put(code);
}

void Writer::shift_in() {
    if (!shift_out_before()) return refuse("SI without SO");
    put(shift_in_code);
}

// Whether a shift-out of the same field stands open before this position. Without a
// field the search ends at the last position, and looks at that.
bool Writer::shift_out_before() const {
    u32 const end = screen_.field_of(address_).value_or(screen_.size().cells() - 1);
    u32 at = screen_.previous(address_);
    while (at != end && screen_.at(at).code != shift_out) {
        if (screen_.at(at).code == shift_in_code) return false;
        at = screen_.previous(at);
    }
    return screen_.at(at).code == shift_out;
}

void Writer::character(u8 code) {
    if (looks_.character_set != double_byte) return put(code);
    u8 second = 0;
    if (at_ >= end_) return refuse("half a double-byte character");
    second = take();
    if (code == null && (second == order::start_field || second == order::start_field_extended)) {
        --at_; // a position left over before a field
        return put(code);
    }
    bool const good = code == null ? is_double_byte_control(second)
                                   : is_double_byte_half(code) && is_double_byte_half(second);
    if (!good) return refuse("double-byte character");
    put(code);
    put(second);
}

void Writer::put(u8 code) {
    screen_.put(address_, code, false, looks_);
    address_ = screen_.next(address_);
}

} // namespace terminal
