#include "cms/io/console_functions.h"

#include "cms/base/cp.h"
#include "cms/io/console.h"
#include "cms/io/message.h"

namespace cms {

i32 typlin_function(FunctionCall& call) {
    auto const& list = call.plist<TyplinPlist>();
    Text const line(at_address(list.text.address), std::min<usize>(list.length, line_limit));
    if ((list.edit & typlin_flag::error_message) != 0)
        type_edited(line);
    else
        type_line(line, (list.edit & typlin_flag::no_carriage_return) == 0);
    return 0;
}

// The code says how the line is handed over: S padded, T as typed, U and V in
// upper case (U padded), X the physical line, * into the caller's own buffer.
i32 waitrd_function(FunctionCall& call) {
    constexpr i32 bad_code = 2;
    auto& list = call.plist<WaitrdPlist>();
    u8 const code = list.code;
    Text const codes = "STUVX*$ "_e;
    if (std::find(codes.begin(), codes.end(), code) == codes.end() && code != 0) return bad_code;
    auto const buffer = range(list.buffer.address, line_limit);
    if (buffer.empty()) return bad_code;

    u8 typed[line_limit];
    Text const line = list.direct == 'D'_e ? read_terminal(typed) : read_line(typed);
    bool const upper = code == 'U'_e || code == 'V'_e;
    bool const padded = code == 'U'_e || code == 'S'_e || code == 0 || code == ' '_e;
    for (usize i = 0; i < line.size(); ++i) buffer[i] = upper ? ebcdic::upper(line[i]) : line[i];
    if (padded) std::fill(buffer.begin() + line.size(), buffer.end(), ' '_e);
    list.length = static_cast<u16>(line.size());
    return 0;
}

// Lines are typed before their call returns.
i32 conwait_function(FunctionCall&) { return 0; }

i32 attn_function(FunctionCall& call) {
    constexpr i32 no_storage = 104;
    auto const& list = call.plist<AttnPlist>();
    Text const line(at_address(list.line.address), std::min<usize>(list.line.flag, line_limit));
    bool const last_in_first_out = list.order == Name<4>("LIFO"_e);
    return stack_line(line, last_in_first_out) ? 0 : no_storage;
}

i32 desbuf_function(FunctionCall&) {
    clear_stack();
    return 0;
}

// CP's command is the line behind the name: as typed when the caller gave the
// line, else put together from the tokens.
i32 cp_function(FunctionCall& call) {
    if (call.call_type() != call_type::program && (call.r0 & address_mask) != 0) {
        auto const& line = *at_address<Eplist>(call.r0);
        if (line.end >= line.begin)
            return cp_command(Text(at_address(line.begin), line.end - line.begin)
                                  .without_leading_blanks()
                                  .without_trailing_blanks());
    }
    Line<132> command;
    auto const* const tokens = &call.plist<Name8>();
    for (u32 i = 1; i < 40 && tokens[i].bytes[0] != 0xFF; ++i) {
        if (command.size() > 0) command << ' '_e;
        command << tokens[i];
    }
    // A buffer of the nucleus' own: CP reads it from storage.
    return cp_command(command.text());
}

i32 cmstime_function(FunctionCall& call) {
    auto& list = call.plist<CmstimePlist>();
    Times const now = times();
    list.virtual_time = static_cast<u32>(now.virtual_time);
    list.total_time = static_cast<u32>(now.total_time);
    auto const buffer = range(list.buffer, list.length);
    Line<40> line;
    line << now.date << ' '_e << now.time;
    std::copy_n(line.text().data(), std::min<usize>(line.size(), buffer.size()), buffer.begin());
    return 0;
}

} // namespace cms
