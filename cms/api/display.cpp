#include "cms/api/display.h"

#include "cms/api/svc.h"
#include "cms/layout/devtab.h"
#include "cp/api/diagnose_codes.h"
#include "s370/machine/diagnose.h"

namespace cms::api {
namespace order = cp::display_ccw;

namespace {

constexpr u32 class_graphic = 0x40; // VDEVTYPC, RDEVTYPC

} // namespace

u32 console_address() { return at_address<const DevtabEntry>(nucon().adevtab)->device; }

u32 run_display(const s370::Ccw* program) {
    machine::Diagnose registers;
    registers.rx = address_of(program);
    registers.ry = console_address();
    machine::diagnose(cp::diagnose_code::display, registers);
    return registers.condition_code;
}

bool is_display() {
    machine::Diagnose registers;
    registers.rx = ~u32{0};
    machine::diagnose(cp::diagnose_code::device_type, registers);
    return registers.condition_code == 0 && (registers.ry1 >> 24 & class_graphic) != 0;
}

bool show(const Screen& screen) {
    s370::Ccw program[display_rows];
    for (u32 i = 0; i < display_rows; ++i) {
        u8 const chain = i + 1 < display_rows ? u8{s370::Ccw::ChainCommand} : u8{0};
        program[i] = order::make(
            order::display_lines, static_cast<u8>((i == 0 ? order::clear_first : 0) | i),
            address_of(screen.rows[i]), static_cast<u8>(s370::Ccw::SuppressLength | chain),
            display_columns);
    }
    return run_display(program) != 3;
}

void clear_display() {
    alignas(8) static constexpr u8 blank[8] = {};
    s370::Ccw const program = order::make(order::display_lines, order::clear_only,
                                          address_of(blank), s370::Ccw::SuppressLength, 1);
    run_display(&program);
}

} // namespace cms::api
