#include "cms/io/unit_record.h"

#include "cms/io/devices.h"
#include "cms/io/interrupts.h"
#include "cms/layout/plists.h"

namespace cms {
namespace {

constexpr i32 end_of_file = 1, not_ready = 2, unknown_error = 3, too_long = 5, not_attached = 100;
constexpr u32 card_columns = 80;

namespace command {
constexpr u8 read_card = 0x02, punch_card = 0x41, write_no_space = 0x01, write_space_1 = 0x09,
             space_1 = 0x0B, space_2 = 0x13, space_3 = 0x1B, skip_to_1 = 0x8B;
}

i32 code_of(const IoOutcome& outcome) {
    if (outcome.result == IoResult::NotThere) return not_attached;
    if ((outcome.csw.status & s370::status::unit_exception) != 0) return end_of_file;
    if ((outcome.csw.status & s370::status::unit_check) == 0) return 0;
    return (outcome.sense[0] & s370::sense::intervention_required) != 0 ? not_ready : unknown_error;
}

s370::DeviceAddress address(u32 entry) { return {device_table()[entry].device}; }

// ASA control characters are what happens before the line is written.
u8 control_before(u8 asa) {
    switch (asa) {
    case '1'_e: return command::skip_to_1;
    case '0'_e: return command::space_2;
    case '-'_e: return command::space_3;
    case '+'_e: return 0;
    default: return command::space_1;
    }
}

} // namespace

i32 cardrd_function(FunctionCall& call) {
    auto& list = call.plist<CardPlist>();
    bool const given = (list.buffer.flag & 0x80) != 0;
    u16 const length = given ? list.length.value() : static_cast<u16>(card_columns);
    if (length == 0 || range(list.buffer.address, length).empty()) return too_long;
    alignas(8) s370::Ccw const program(command::read_card, list.buffer.address,
                                       s370::Ccw::SuppressLength, length);
    IoOutcome const outcome = run_channel_program(address(devtab::reader), &program);
    i32 const code = code_of(outcome);
    if (code == 0) {
        list.read = static_cast<u16>(length - std::min(outcome.csw.count, length));
        if (!given && list.read != card_columns) return too_long;
    }
    return code;
}

i32 cardph_function(FunctionCall& call) {
    auto const& list = call.plist<CardPlist>();
    alignas(8) s370::Ccw const program(command::punch_card, list.buffer.address,
                                       s370::Ccw::SuppressLength, card_columns);
    i32 const code = code_of(run_channel_program(address(devtab::punch), &program));
    return code == end_of_file ? 0 : code;
}

i32 printr_function(FunctionCall& call) {
    auto const& list = call.plist<PrintPlist>();
    u32 const line = list.line, length = list.length;
    if (length == 0 || length > 151 || range(line, length).empty()) return 1;
    u8 const control = *at_address(line);
    alignas(8) s370::Ccw program[2];
    s370::Ccw* last = program;
    u8 write = command::write_no_space;
    if (list.control == 0) {
        if (u8 const before = control_before(control); before != 0) {
            *last++ =
                s370::Ccw(before, line, s370::Ccw::ChainCommand | s370::Ccw::SuppressLength, 1);
        }
    } else {
        write = control;
    }
    *last = s370::Ccw(write, line + 1, s370::Ccw::SuppressLength, static_cast<u16>(length - 1));
    // A line of a control character only: a blank stands for the text.
    static const u8 blank = ' '_e;
    if (length == 1) *last = s370::Ccw(write, address_of(&blank), s370::Ccw::SuppressLength, 1);
    IoOutcome const outcome = run_channel_program(address(devtab::printer), program);
    i32 const code = code_of(outcome);
    return code == end_of_file ? 2 : code; // channel 12
}

} // namespace cms
