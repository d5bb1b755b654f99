// IND$FILE file transfer: what host program and terminal say to each other.
//
// Two forms. DFT: structured fields X'D0' (distributed data management) in Write
// Structured Field and inbound records. CUT: frames at fixed places of a 24 x 80 screen,
// answered by keys. Source of the facts: behaviour of the x3270 family, and the IBM 3270-PC
// File Transfer Program as its users' manuals describe it.
#pragma once

#include "s370/base/ebcdic.h"
#include "s370/base/text.h"

#include <array>

namespace s370::file_transfer {

// The "ASCII" of the host program: fixed, whatever code page host and terminal use. Letters,
// digits and signs are ASCII's; what ASCII has not follows from X'A0' on in EBCDIC's order.
namespace detail {
consteval std::array<u8, 256> make_to_ascii() {
    std::array<u8, 256> table{};
    u32 next = 0xA0;
    for (u32 code = 0; code < 256; ++code) {
        u8 const latin1 = ebcdic::to_latin1(static_cast<u8>(code));
        bool const second = code == 0xB0 || code == 0xBA || code == 0xBB; // ^ [ ] elsewhere
        switch (code) {
        case 0x0A: table[code] = 0x0A; break;
        case 0x25: table[code] = 0x00; break;
        case 0x4A: table[code] = '['; break;
        case 0x4F: table[code] = ']'; break;
        case 0x5F: table[code] = '^'; break;
        case 0x6A: table[code] = '|'; break;
        case 0xE1: table[code] = 0x9F; break;
        default:
            table[code] = code < 0x40 || (latin1 >= 0x20 && latin1 < 0x7F && !second)
                              ? latin1
                              : static_cast<u8>(next++);
        }
    }
    return table;
}
consteval std::array<u8, 256> make_to_ebcdic() {
    std::array<u8, 256> table{};
    auto const ascii = make_to_ascii();
    for (u32 code = 256; code-- > 0;) table[ascii[code]] = static_cast<u8>(code);
    table[0x8E] = 0x0A;
    return table;
}
} // namespace detail
inline constexpr std::array<u8, 256> to_ascii = detail::make_to_ascii();
inline constexpr std::array<u8, 256> to_ebcdic = detail::make_to_ebcdic();
static_assert(to_ascii[0xFF] == 0xFF && to_ebcdic['A'] == 0xC1);

constexpr u8 carriage_return = 0x0D, line_feed = 0x0A, end_of_file = 0x1A; // of ASCII

// Messages of the host are ASCII in DFT and EBCDIC in CUT, and end with `$`.
inline constexpr char complete[] = "TRANS03";

// --- DFT: length (2), X'D0', request (2), parameters ---
namespace dft {
constexpr u8 structured_field = 0xD0;
namespace request {
constexpr u16 open = 0x0012, close = 0x4112, set_cursor = 0x4511, get = 0x4611, insert = 0x4711,
              data = 0x4704;
}
namespace reply {
constexpr u16 opened = 0x0009, closed = 0x4109, data = 0x4605, taken = 0x4705;
constexpr u8 refused = 0x08; // second byte; the first is the request's
} // namespace reply
constexpr u16 record_number = 0x6306, error = 0x6904, not_compressed = 0xC080;
constexpr u8 data_begins = 0x61;
constexpr u32 data_header = 5; // what the length of data counts beside them
constexpr u16 no_more = 0x2200, failed = 0x0100;
// Lengths of an open request without and with record length; the name is its end.
constexpr u32 open_length = 0x23, long_open_length = 0x29, name_length = 7;
inline constexpr char data_name[] = "FT:DATA", message_name[] = "FT:MSG ";
// How long an inbound record is at the most, all counted.
constexpr u32 least_buffer = 256, most_buffer = 32768, usual_buffer = 16384;
} // namespace dft

// --- CUT: positions on a screen of 24 x 80 ---
namespace cut {
constexpr u32 mark = 1919; // a skip attribute here makes the screen a frame
namespace frame {
constexpr u32 type = 0;
constexpr u8 control = 0xC3, data_request = 0xC2, retransmit = 0x4C, data = 0xC1;
} // namespace frame
namespace control {
constexpr u32 sequence = 1, status = 2, message = 4, message_length = 80;
constexpr u16 host_ready = 0x8181, complete = 0x8189, file_error = 0x8194, line_error = 0x8198;
} // namespace control
namespace upload { // from the terminal, in the field that begins at `field`
constexpr u32 field = 1, code = 2, sequence = 3, checksum = 4, length = 5, data = 7,
              most = mark - data;
}
namespace download { // to the terminal
constexpr u32 sequence = 1, checksum = 2, length = 3, data = 5, most = 1914 - data;
}
namespace response { // of the terminal that gives up: a control frame
constexpr u32 field = 1914, type = 1915, sequence = 1916, reason = 1917;
}
inline constexpr std::array<u8, 2> no_more{0x5C, 0xA9}; // the data of the last frame

// Six bits as a character, in EBCDIC; numbers of two characters have the higher first.
inline constexpr Text digits = "abcdefghijklmnopqrstuvwxyz&-.,:+ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"_e;

// Bytes as characters: a selector says what the characters up to the next one stand for.
inline constexpr Text alphabet =
    " ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789%&_()<+,-./:>?"_e;
constexpr u32 letters = 77, quadrants = 4;
constexpr u8 null_letter = 0xC1; // a null, in the third quadrant
constexpr u32 null_quadrant = 2;
struct Quadrant {
    u8 selector;
    std::array<u8, letters> bytes; // 0: no byte
};

namespace detail {
// A run of `count` bytes from `first` on; first 0 is a gap.
struct Run {
    u8 first, count;
};
template <usize runs>
consteval std::array<u8, letters> bytes_of(const Run (&list)[runs]) {
    std::array<u8, letters> bytes{};
    u32 at = 0;
    for (Run const& run : list)
        for (u32 i = 0; i < run.count; ++i, ++at)
            bytes[at] = run.first == 0 ? u8{0} : static_cast<u8>(run.first + i);
    return bytes;
}
consteval std::array<u8, letters> bytes_of_alphabet() {
    std::array<u8, letters> bytes{};
    for (u32 i = 0; i < letters; ++i) bytes[i] = alphabet[i];
    return bytes;
}
} // namespace detail

inline constexpr std::array<Quadrant, quadrants> coding{{
    {0x5E, detail::bytes_of_alphabet()},
    {0x7E, detail::bytes_of(
               {{0x20, 1}, {0x41, 26}, {0x61, 26}, {0x30, 10}, {0x25, 11}, {0x3A, 2}, {0x3F, 1}})},
    {0x5C, detail::bytes_of({{0, 2},
                             {0x01, 25},
                             {0, 26},
                             {0x3C, 3},
                             {0, 1},
                             {0xFA, 6},
                             {0x7B, 5},
                             {0x1A, 6},
                             {0, 3}})},
    {0x7D, detail::bytes_of({{0, 1},    {0xA0, 2}, {0xEA, 6}, {0xE0, 2}, {0xAA, 16}, {0x80, 1},
                             {0, 1},    {0xCA, 6}, {0xC0, 1}, {0, 1},    {0x8A, 7},  {0, 1},
                             {0xDA, 6}, {0xD0, 1}, {0, 2},    {0x21, 4}, {0x5B, 2},  {0, 1},
                             {0x5E, 2}, {0, 1},    {0x9C, 4}, {0xBA, 6}, {0x9A, 2},  {0, 1}})},
}};
static_assert(alphabet.size() == letters && digits.size() == 64);
} // namespace cut

} // namespace s370::file_transfer
