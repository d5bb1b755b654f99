#include "cms/program/linedit.h"

#include "cms/base/abend.h"
#include "cms/base/cp.h"
#include "cms/base/storage.h"
#include "cms/io/console.h"
#include "cms/io/message.h"

namespace cms {
namespace {

namespace flag1 {
constexpr u8 text_address = 0x80, header = 0x40, buffer = 0x20, one_substitution = 0x10,
             substitutions = 0x08;
}
namespace flag2 {
constexpr u8 compress = 0x80, dot = 0x40, die = 0x20, disposition = 0x07;
}
namespace group_flag {
constexpr u8 last = 0x80, address = 0x40, length = 0x20, kind = 0x07;
}
enum class Kind : u8 { Hex = 0, Decimal = 1, Characters = 2, Hex4 = 3, Characters8 = 4 };
enum class Disposition : u8 { Error = 0, Type = 1, Sio = 2, None = 3, Print = 4, CpCommand = 5 };

using MessageLine = Line<line_limit>;

struct Reader {
    u32 at;
    u8 byte() { return *at_address(at++); }
    u32 address() {
        u32 const high = byte(), middle = byte();
        return high << 16 | middle << 8 | byte();
    }
    u32 word() {
        u32 const high = byte();
        return high << 24 | address();
    }
};

// What replaces one field: a value, or bytes somewhere.
struct Substitution {
    Kind kind = Kind::Hex;
    u32 value = 0;
    u32 address = 0; // 0: the value itself
    u32 length = 0;  // of the bytes, 0: as long as the field
    bool last = true;
};

Substitution read_group(Reader& reader) {
    u8 const option = reader.byte();
    Substitution result;
    result.kind = static_cast<Kind>(option & group_flag::kind);
    result.last = (option & group_flag::last) != 0;
    if ((option & group_flag::address) == 0) {
        result.value = reader.word();
        return result;
    }
    if ((option & group_flag::length) != 0) result.length = reader.byte();
    result.address = reader.address();
    return result;
}

Substitution single(u8 option, u32 r0) {
    Substitution result;
    result.kind = static_cast<Kind>(option & group_flag::kind);
    if ((option & group_flag::address) != 0 || result.kind == Kind::Characters) {
        result.address = r0 & address_mask;
        result.length = r0 >> 24;
    } else {
        result.value = r0;
    }
    return result;
}

void put_value(MessageLine& line, const Substitution& given, usize width) {
    u32 value = given.value;
    if (given.address != 0) value = at_address<Be32>(given.address)->value();
    if (given.kind == Kind::Decimal) {
        bool const negative = static_cast<i32>(value) < 0;
        Line<12> digits;
        if (negative) digits << '-'_e;
        digits.decimal(negative ? 0u - value : value);
        for (usize i = digits.size(); i < width; ++i) line << ' '_e;
        line << digits.text();
        return;
    }
    line.hex(value, static_cast<u32>(std::min<usize>(width, 8)));
}

void put_bytes(MessageLine& line, const Substitution& given, usize width) {
    u32 const length = given.length != 0          ? given.length
                       : given.kind == Kind::Hex4 ? u32(width / 2)
                                                  : u32(width);
    const u8* const bytes = at_address(given.address);
    for (u32 i = 0; i < length; ++i) {
        if (given.kind == Kind::Hex || given.kind == Kind::Hex4) {
            if (i > 0 && i % 4 == 0) line << ' '_e;
            line.hex(bytes[i], 2);
        } else {
            if (given.kind == Kind::Characters8 && i > 0 && i % 8 == 0) line << ' '_e;
            line << bytes[i];
        }
    }
}

void substitute(MessageLine& line, const Substitution& given, usize width) {
    bool const plain = given.kind == Kind::Decimal ||
                       (given.kind == Kind::Hex && (given.address == 0 || given.length == 0));
    if (plain) {
        put_value(line, given, width);
    } else if (given.address != 0) {
        put_bytes(line, given, width);
    } else {
        Be32 const value(given.value);
        u8 bytes[4];
        std::copy_n(reinterpret_cast<const u8*>(&value), 4, bytes);
        for (usize i = 0; i < std::min<usize>(width, 4); ++i) line << bytes[i];
    }
}

MessageLine without_double_blanks(const MessageLine& line) {
    MessageLine result;
    u8 before = 0;
    for (u8 c : line.text()) {
        if (c == ' '_e && before == ' '_e) continue;
        result << c;
        before = c;
    }
    return result;
}

i32 dispose(Disposition disposition, const MessageLine& line, u8 severity) {
    switch (disposition) {
    case Disposition::Error:
        // Severe and terminating errors are shown even while typing is halted.
        if (severity == 'S'_e || severity == 'T'_e)
            nucon().msgflags &= static_cast<u8>(~(msgflags::no_typing | msgflags::no_typing_exec));
        type_edited(line.text());
        return 0;
    case Disposition::CpCommand: return cp_command(line.text());
    case Disposition::None: return 0;
    case Disposition::Type:
    case Disposition::Sio:
    case Disposition::Print: type_line(line.text()); return 0;
    }
    return 0;
}

} // namespace

i32 dmserr(u32 r0, u32 plist) {
    Reader reader{plist};
    u8 const first = reader.byte(), second = reader.byte();
    u32 const text_address = (first & flag1::text_address) != 0 ? reader.address() : 0;

    MessageLine line;
    u8 severity = 'I'_e;
    if ((first & flag1::header) != 0) {
        u32 const high = reader.byte(), number = high << 8 | reader.byte();
        severity = reader.byte();
        line << "DMS"_e;
        for (u32 i = 0; i < 3; ++i) line << reader.byte();
        line.decimal(number, 3) << severity << ' '_e;
    }
    u32 const buffer = (first & flag1::buffer) != 0 ? reader.address() : 0;

    // The groups lie before the text when that is inline: pass them once to find it.
    Reader groups = reader;
    Substitution next;
    if ((first & flag1::one_substitution) != 0) {
        next = single(reader.byte(), r0);
    } else if ((first & flag1::substitutions) != 0) {
        while (!read_group(reader).last) {}
        next = read_group(groups);
    }
    Reader text{text_address};
    if (text_address == 0) {
        text = reader;
        while (*at_address(text.at) == 0 && text.at < reader.at + 4) ++text.at;
    }

    u32 const length = text.byte();
    bool more = (first & (flag1::one_substitution | flag1::substitutions)) != 0;
    const u8* const pattern = at_address(text.at);
    for (u32 i = 0; i < length;) {
        u32 dots = 0;
        while (i + dots < length && pattern[i + dots] == '.'_e) ++dots;
        if (dots < 2 || !more) {
            line << pattern[i++];
            continue;
        }
        substitute(line, next, dots);
        i += dots;
        more = !next.last;
        if (more) next = read_group(groups);
    }
    if ((second & flag2::compress) != 0) line = without_double_blanks(line);
    if ((second & flag2::dot) != 0) line << '.'_e;

    if (buffer != 0) {
        u8* const out = at_address(buffer);
        out[0] = static_cast<u8>(line.size());
        std::copy_n(line.text().data(), line.size(), out + 1);
    }
    i32 const rc = dispose(static_cast<Disposition>(second & flag2::disposition), line, severity);
    if ((second & flag2::die) != 0) abend_quietly();
    return rc;
}

} // namespace cms
