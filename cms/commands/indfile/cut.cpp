#include "cms/commands/indfile/cut.h"

#include "s370/arch/ds3270.h"
#include "s370/arch/file_transfer.h"

namespace cms::indfile {
namespace {

using namespace s370::ds3270;
namespace cut = s370::file_transfer::cut;

u8 digit(u32 value) { return cut::digits[value & 0x3F]; }

// The value of a digit or the place of a letter; as many as there are when it is none.
u32 place_in(Text characters, u8 c) {
    u32 i = 0;
    while (i < characters.size() && characters[i] != c) ++i;
    return i;
}
u32 value_of(u8 c) { return place_in(cut::digits, c) & 0x3F; }

u8 checksum(std::span<const u8> coded) {
    u32 sum = 0;
    for (u8 c : coded) sum ^= c;
    return digit(sum);
}

// Codes bytes as characters, up to the capacity of a frame.
class Encoder {
  public:
    // False: no room for it.
    bool add(u8 byte) {
        u32 quadrant = quadrant_ < cut::quadrants ? quadrant_ : 0;
        u32 place = cut::letters;
        for (u32 tried = 0; tried < cut::quadrants && place == cut::letters; ++tried) {
            u32 const candidate = (quadrant + tried) % cut::quadrants;
            place = find(candidate, byte);
            if (place < cut::letters) quadrant = candidate;
        }
        u8 const letter = byte == 0 ? cut::null_letter : cut::alphabet[place];
        bool const selects = quadrant != quadrant_;
        if (size_ + (selects ? 2 : 1) > cut::download::most) return false;
        if (selects) coded_[size_++] = cut::coding[quadrant].selector;
        coded_[size_++] = letter;
        quadrant_ = quadrant;
        return true;
    }
    std::span<const u8> coded() const { return {coded_, size_}; }
    void clear() { size_ = 0; }

  private:
    static u32 find(u32 quadrant, u8 byte) {
        if (byte == 0) return quadrant == cut::null_quadrant ? 1 : u32{cut::letters};
        u32 i = 0;
        while (i < cut::letters && cut::coding[quadrant].bytes[i] != byte) ++i;
        return i;
    }
    u8 coded_[cut::download::most];
    u32 size_ = 0;
    u32 quadrant_ = cut::quadrants;
};

} // namespace

void CutLink::begin_frame(u8 type) {
    std::fill_n(cells_, cells, u8{0});
    put(cut::frame::type, type);
}

void CutLink::put_number(u32 position, u32 value) {
    put(position, digit(value >> 6));
    put(position + 1, digit(value));
}

// Sends the cells with a field at `field` (0: none) and the mark, and waits for the answer.
Outcome CutLink::show(u32 field, u8 attribute_bits) {
    u8* out = stream_;
    auto const attribute_at = [&](u32 position, u8 bits) {
        *out++ = order::set_buffer_address;
        for (u8 byte : address12(position)) *out++ = byte;
        *out++ = order::start_field;
        *out++ = graphic(bits);
    };
    *out++ = graphic(wcc::reset | wcc::restore_keyboard);
    *out++ = order::set_buffer_address;
    for (u8 byte : address12(0)) *out++ = byte;
    u32 used = cut::mark;
    while (used > 0 && cells_[used - 1] == 0) --used;
    u8* const data = out;
    out = std::copy_n(cells_, used, out);
    if (field != 0 && field < used) {
        data[field] = 0; // its place is taken by the order
        out = data + field;
        *out++ = order::start_field;
        *out++ = graphic(attribute_bits);
        out = std::copy_n(cells_ + field + 1, used - field - 1, out);
    } else if (field != 0) {
        attribute_at(field, attribute_bits);
    }
    attribute_at(cut::mark, attribute::skip | attribute::nondisplay);
    if (!screen_.show({stream_, static_cast<usize>(out - stream_)})) return Outcome::Broken;
    answer_ = screen_.receive();
    if (answer_.empty()) return Outcome::Broken;
    if (answer_[0] == aid::pf1 + 1) return Outcome::Refused;
    return answer_[0] == aid::enter ? Outcome::Done : Outcome::Broken;
}

Outcome CutLink::control(u16 status, Text message) {
    begin_frame(cut::frame::control);
    put(cut::control::sequence, digit(sequence_++));
    put(cut::control::status, static_cast<u8>(status >> 8));
    put(cut::control::status + 1, static_cast<u8>(status));
    std::copy_n(message.data(), std::min<usize>(message.size(), cut::control::message_length),
                cells_ + cut::control::message);
    return show(0, 0);
}

Outcome CutLink::open() { return control(cut::control::host_ready, {}); }

Outcome CutLink::tell(Text message, bool good) {
    return control(good ? cut::control::complete : cut::control::file_error, message);
}

Outcome CutLink::receive(std::span<const u8>& bytes) {
    begin_frame(cut::frame::data_request);
    put(cut::upload::code, ' '_e);
    put(cut::upload::sequence, digit(sequence_++));
    Outcome const outcome = show(cut::upload::field, attribute::modified);
    if (outcome != Outcome::Done) return outcome;
    // AID, cursor, SBA and address of the field, then the field from its code on.
    constexpr u32 head = 6, at = head + cut::upload::data - cut::upload::code;
    if (answer_.size() < at || answer_[3] != order::set_buffer_address ||
        decode_address(answer_[4], answer_[5]) != cut::upload::code)
        return Outcome::Broken;
    auto const field = [&](u32 position) { return answer_[head + position - cut::upload::code]; };
    u32 const length =
        value_of(field(cut::upload::length)) << 6 | value_of(field(cut::upload::length + 1));
    if (length > answer_.size() - at) return Outcome::Broken;
    auto const coded = answer_.subspan(at, length);
    if (checksum(coded) != field(cut::upload::checksum)) return Outcome::Broken;
    if (length == 2 && coded[0] == cut::no_more[0] && coded[1] == cut::no_more[1])
        return Outcome::Ended;
    return decode(coded, bytes) ? Outcome::Done : Outcome::Broken;
}

bool CutLink::decode(std::span<const u8> coded, std::span<const u8>& bytes) {
    u32 size = 0;
    for (u8 c : coded) {
        u32 selected = 0;
        while (selected < cut::quadrants && cut::coding[selected].selector != c) ++selected;
        u32 const place = place_in(cut::alphabet, c);
        if (place < cut::letters && quadrant_ != none) {
            bool const null = quadrant_ == cut::null_quadrant && c == cut::null_letter;
            decoded_[size++] = null ? u8{0} : cut::coding[quadrant_].bytes[place];
        } else if (selected < cut::quadrants) {
            quadrant_ = selected;
        } else {
            return false;
        }
    }
    bytes = {decoded_, size};
    return true;
}

// The terminal takes the end of its own file for granted, and is told that of ours.
Outcome CutLink::close() { return sending_ ? send_data(cut::no_more) : Outcome::Done; }

Outcome CutLink::send(std::span<const u8> bytes) {
    sending_ = true;
    Encoder encoder;
    for (u8 byte : bytes) {
        if (encoder.add(byte)) continue;
        Outcome const outcome = send_data(encoder.coded());
        if (outcome != Outcome::Done) return outcome;
        encoder.clear();
        encoder.add(byte);
    }
    return encoder.coded().empty() ? Outcome::Done : send_data(encoder.coded());
}

Outcome CutLink::send_data(std::span<const u8> coded) {
    begin_frame(cut::frame::data);
    put(cut::download::sequence, digit(sequence_++));
    put(cut::download::checksum, checksum(coded));
    put_number(cut::download::length, static_cast<u32>(coded.size()));
    std::copy_n(coded.data(), coded.size(), cells_ + cut::download::data);
    return show(cut::response::field, attribute::modified);
}

} // namespace cms::indfile
