// Lines of the system services control point, which speaks before an application does.
//
// RFC 2355 "SSCP-LU-DATA": characters and new lines. Of the orders that some hosts send
// nevertheless a field's start shows as a blank, and the others as nothing.
#include "s370/arch/ds3270.h"
#include "terminal/model/data_stream.h"

namespace terminal {

namespace order = s370::ds3270::order;

DataStream::Outcome DataStream::receive_system(std::span<const u8> data) {
    constexpr u8 new_line = 0x15, blank = 0x40;
    auto const put = [&](u8 code, bool graphic) {
        screen_.put(address_, code, graphic, {});
        address_ = screen_.next(address_);
    };
    for (usize at = 0; at < data.size(); ++at) {
        switch (data[at]) {
        case new_line:
            do put(0, false);
            while (address_ % screen_.size().columns != 0);
            break;
        case order::start_field:
            ++at;
            put(blank, false);
            break;
        case order::insert_cursor: break;
        case order::set_buffer_address: at += 2; break;
        case order::graphic_escape:
            if (++at < data.size()) put(data[at] <= blank ? blank : data[at], true);
            break;
        default: put(data[at], false); break;
        }
    }
    screen_.move_cursor(address_);
    system_start_ = address_;
    aid_ = s370::ds3270::aid::none;
    Outcome outcome;
    outcome.restore_keyboard = true;
    return outcome;
}

Bytes DataStream::read_system() {
    constexpr usize longest_line = 255;
    address_ = screen_.cursor(); // as if the host had written it
    Bytes out;
    u32 at = system_start_;
    do {
        Cell const& cell = screen_.at(at);
        if (cell.code != 0) {
            if (cell.graphic) out.push_back(order::graphic_escape);
            out.push_back(cell.code);
        }
        at = screen_.next(at);
    } while (at != 0 && out.size() < longest_line);
    return out;
}

} // namespace terminal
