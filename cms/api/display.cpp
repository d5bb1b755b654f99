#include "cms/api/display.h"

#include "cms/api/svc.h"
#include "cms/layout/devtab.h"
#include "s370/arch/ccw.h"
#include "s370/machine/diagnose.h"

namespace cms::api {
namespace {

constexpr u32 device_characteristics = 0x24, display_function = 0x58;
constexpr u32 class_graphic = 0x40; // VDEVTYPC, RDEVTYPC
constexpr u8 display_data = 0x19, clear_first = 0x80, clear_all = 0xFF;
constexpr u8 command_chain = 0x40, ignore_length = 0x20;

// A CCW whose sixth byte, ignored by channels, orders the display.
struct DisplayCcw {
    u8 command;
    Be24 address;
    u8 flags;
    u8 control;
    Be16 count;
};
static_assert(sizeof(DisplayCcw) == 8);

u32 console_address() { return at_address<const DevtabEntry>(nucon().adevtab)->device; }

bool run(const DisplayCcw* program) {
    machine::Diagnose registers;
    registers.rx = address_of(program);
    registers.ry = console_address();
    machine::diagnose(display_function, registers);
    return registers.condition_code != 3;
}

} // namespace

bool is_display() {
    machine::Diagnose registers;
    registers.rx = ~u32{0};
    machine::diagnose(device_characteristics, registers);
    return registers.condition_code == 0 && (registers.ry1 >> 24 & class_graphic) != 0;
}

bool show(const Screen& screen) {
    alignas(8) DisplayCcw program[display_rows];
    for (u32 i = 0; i < display_rows; ++i) {
        u8 const chain = i + 1 < display_rows ? command_chain : u8{0};
        program[i] = {display_data, address_of(screen.rows[i]),
                      static_cast<u8>(ignore_length | chain),
                      static_cast<u8>((i == 0 ? clear_first : 0) | i), display_columns};
    }
    return run(program);
}

void clear_display() {
    alignas(8) static constexpr u8 blank[8] = {};
    DisplayCcw const program{display_data, address_of(blank), ignore_length, clear_all, 1};
    run(&program);
}

} // namespace cms::api
