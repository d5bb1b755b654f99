#include "cp/guest/diagnose.h"

#include "cp/api/diagnose_codes.h"
#include "cp/base/calendar.h"
#include "cp/base/timer_queue.h"
#include "cp/guest/diagnose_calls.h"
#include "cp/guest/identification.h"
#include "cp/guest/used_time.h"

#include <algorithm>

namespace cp {

using namespace s370;
namespace code = diagnose_code;

namespace {

Program nothing(DiagnoseCall&) { return Program::None; }
Program not_offered(DiagnoseCall&) { return Program::Specification; }
// For classes A to F only, and nothing that CP offers them yet.
Program privileged(DiagnoseCall& call) {
    constexpr u32 classes_a_to_f = 0xFC000000;
    return (call.vm.classes & classes_a_to_f) != 0 ? Program::Specification
                                                   : Program::PrivilegedOperation;
}

Program extended_identification(DiagnoseCall& call) {
    GuestReal const buffer = call.address(call.rx());
    if (buffer.value % 8 != 0) return Program::Specification;
    i32 const wanted = static_cast<i32>(call.ry());
    if (wanted <= 0) return Program::None;
    Identification const id = identification_for(call.vm);
    u32 const known = id.count * u32{sizeof(ExtendedIdentification)};
    u32 const length = std::min(static_cast<u32>(wanted), known);
    auto const* const bytes = reinterpret_cast<const u8*>(id.levels);
    if (!call.vm.storage.write(buffer, std::span(bytes, length))) return Program::Addressing;
    call.set_ry(static_cast<u32>(wanted) - length);
    return Program::None;
}

Program pseudo_timer(DiagnoseCall& call) {
    GuestReal const buffer = call.address(call.rx());
    if (buffer.value % 8 != 0) return Program::Specification;
    Calendar const calendar = Calendar::at(now());
    PseudoTimer timer;
    timer.date = calendar.date().text();
    timer.time = calendar.time().text();
    UsedTime const used = used_time(call.vm);
    timer.virtual_time = used.virtual_time.count;
    timer.total_time = used.total_time.count;
    return call.vm.storage.write(buffer, timer) ? Program::None : Program::Addressing;
}

Program release_pages(DiagnoseCall& call) {
    u32 const first = call.rx() & 0xFFFFFF, last = call.ry() & 0xFFFFFF;
    if (first % page_size != 0 || last % page_size != 0 || last < first) {
        return Program::Specification;
    }
    GuestStorage& storage = call.vm.storage;
    if (!storage.contains(GuestReal{last}, page_size)) return Program::Addressing;
    for (u32 page = first; page <= last; page += page_size) {
        std::fill_n(storage.touch(GuestReal{page}), page_size, u8{0});
    }
    return Program::None;
}

// No spool files yet: a reader there has none.
Program spool_input(DiagnoseCall& call) {
    VirtualDevice* const device = call.device(call.ry());
    bool const reader = device != nullptr && device->as_reader() != nullptr;
    u32 const subcode = call.ry1();
    bool const by_reader = subcode != 0xFFF;
    if (by_reader && !reader) {
        call.set_ry1(device == nullptr ? 4 : 8);
        call.set_condition_code(3);
    } else {
        call.set_condition_code(by_reader ? 2 : 1);
    }
    return Program::None;
}

Program channel_modification(DiagnoseCall& call) {
    if (call.x == call.y) {
        call.set_r15(1);
        call.set_condition_code(1);
    } else if (call.device(call.ry()) == nullptr) {
        call.set_r15(2);
        call.set_condition_code(1);
    } else {
        call.set_condition_code(2); // the channel program is over, or was copied before
    }
    return Program::None;
}

Program give_way(DiagnoseCall& call) {
    call.vm.gives_way = true;
    return Program::None;
}

// Nobody has the ACCT option.
Program account(DiagnoseCall& call) {
    call.set_condition_code(1);
    return Program::None;
}

// DMK MMM nnn t: the code is ten characters, then a blank and the text.
Program edit_message(DiagnoseCall& call) {
    constexpr u32 code_length = 10;
    u32 const length = call.ry();
    switch (call.vm.settings.error_messages) {
    case ErrorMessages::On: break;
    case ErrorMessages::Code: call.set_ry(code_length); break;
    case ErrorMessages::Off: call.set_ry(0); break;
    case ErrorMessages::Text:
        call.set_rx(call.rx() + code_length + 1);
        call.set_ry(static_cast<i32>(length) > static_cast<i32>(code_length + 1)
                        ? length - (code_length + 1)
                        : 0);
        break;
    }
    return Program::None;
}

Program storage_size(DiagnoseCall& call) {
    call.set_rx(call.vm.storage.size());
    return Program::None;
}

// There are no saved systems yet.
Program saved_system(DiagnoseCall& call) {
    constexpr u32 unknown_system = 44;
    GuestReal const name = call.address(call.rx());
    u32 const function = call.ry() & 0xFF;
    if (name.value % 8 != 0 || function > saved_system_function::find || function % 4 != 0) {
        return Program::Specification;
    }
    if (!call.vm.storage.contains(name, sizeof(Name8))) return Program::Addressing;
    call.set_ry(unknown_system);
    call.set_condition_code(2);
    return Program::None;
}

// No other virtual machine can be reached.
Program vmcf(DiagnoseCall& call) {
    constexpr u32 user_not_available = 5, parameters = 40;
    GuestReal const list = call.address(call.rx());
    if (list.value % 8 != 0) return Program::Specification;
    if (!call.vm.storage.contains(list, parameters)) return Program::Addressing;
    call.set_ry(user_not_available);
    return Program::None;
}

using Function = Program (*)(DiagnoseCall&);

// By code / 4; codes above the last have no entry.
constexpr Function functions[] = {
    extended_identification,
    privileged,
    diagnose_console_function,
    pseudo_timer, // 00
    release_pages,
    spool_input,
    diagnose_disk_io,
    privileged, // 10
    diagnose_general_io,
    diagnose_device,
    channel_modification,
    privileged, // 20
    privileged,
    privileged,
    privileged,
    privileged, // 30
    nothing,
    give_way,
    nothing,
    account, // 40
    privileged,
    nothing,
    diagnose_display,
    edit_message, // 50
    storage_size,
    saved_system,
    vmcf,
    nothing, // 60
    nothing,
    privileged,
    not_offered,
    not_offered, // 70
    not_offered,
    privileged, // 80
};
static_assert(std::size(functions) == code::directory_update / 4 + 1);

} // namespace

Program diagnose(VirtualMachine& vm, u16 code, u8 rx, u8 ry) {
    if (code % 4 != 0 || code / 4 >= std::size(functions)) return Program::Specification;
    DiagnoseCall call{vm, static_cast<u8>(rx & 15), static_cast<u8>(ry & 15)};
    return functions[code / 4](call);
}

} // namespace cp
