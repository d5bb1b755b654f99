#include "cms/io/handlers.h"

#include "cms/base/free_storage.h"
#include "cms/base/program_call.h"
#include "cms/io/devices.h"
#include "cms/io/interrupts.h"

namespace cms {
namespace {

// An entry of the table of handlers, chained through IOSECT.
struct Handler {
    Be32 next;    // 0
    Be16 device;  // 4
    u8 flags;     // 6: device_flag
    u8 reserved;  // 7
    Name<4> name; // 8
    Be32 routine; // 12
};
static_assert(sizeof(Handler) == 16);

constexpr u32 most_items = 64; // a list without a fence must end somewhere

Handler* find_handler(s370::DeviceAddress device) {
    for (u32 at = iosect().first; at != 0;) {
        auto* const handler = at_address<Handler>(at);
        if (handler->device == device.value) return handler;
        at = handler->next;
    }
    return nullptr;
}

void remove(Handler* handler) {
    Be32* link = &iosect().first;
    while (at_address<Handler>(*link) != handler) link = &at_address<Handler>(*link)->next;
    *link = handler->next.value();
    release_nucleus(handler, sizeof *handler);
}

bool fence(const Name<4>& name) { return name.bytes[0] == 0xFF; }

} // namespace

void note_interruption(s370::DeviceAddress device, const s370::Csw& csw) {
    DevtabEntry* const entry = find_device(device);
    if (entry != nullptr) {
        entry->flags |= device_flag::seen;
        std::copy_n(entry->name.bytes, 4, nucon().device);
    }
    Handler* const handler = find_handler(device);
    if (handler == nullptr || handler->routine == 0) return;

    u32 registers[16] = {};
    u64 const psw = nucon().ioopsw, status = csw.bits();
    registers[0] = static_cast<u32>(psw >> 32);
    registers[1] = static_cast<u32>(psw);
    registers[2] = static_cast<u32>(status >> 32);
    registers[3] = static_cast<u32>(status);
    registers[4] = device.value;
    registers[13] = at::iosect + offsetof(Iosect, save);
    enter_routine(handler->routine, registers, ProgramKind::System);
    // Anything but zero: the routine wants to be called for the next interruption, too.
    if (registers[15] != 0 && entry != nullptr) entry->flags &= static_cast<u8>(~device_flag::seen);
}

bool has_handler(s370::DeviceAddress device) { return find_handler(device) != nullptr; }

i32 hndint_function(FunctionCall& call) {
    constexpr i32 bad_order = 1, bad_device = 2, no_storage = 3;
    u32 const plist = call.plist_address();
    Name<4> const order = *at_address<Name<4>>(plist + 8);
    bool const set = order == Name<4>("SET"_e);
    if (!set && !(order == Name<4>("CLR"_e))) return bad_order;

    for (u32 i = 0; i < most_items; ++i) {
        auto const& item = *at_address<HndintItem>(plist + 12 + i * u32{sizeof(HndintItem)});
        if (fence(item.name)) break;
        if (item.device == 0 || item.device > 0xFFF) return bad_device;
        Handler* handler = find_handler({item.device});
        if (!set) {
            if (handler == nullptr) return bad_device;
            remove(handler);
            continue;
        }
        if (handler == nullptr) {
            handler = static_cast<Handler*>(allocate_nucleus(sizeof(Handler)));
            if (handler == nullptr) return no_storage;
            handler->next = iosect().first;
            iosect().first = address_of(handler);
        }
        handler->device = item.device;
        handler->name = item.name;
        handler->routine = item.routine;
        handler->flags =
            static_cast<u8>((item.when == 'A'_e ? device_flag::as_soon_as_possible : 0) |
                            (item.keep == 'K'_e ? device_flag::keep : 0));
        if (DevtabEntry* const entry = find_device(s370::DeviceAddress{item.device}))
            entry->flags &= static_cast<u8>(~device_flag::seen);
    }
    return 0;
}

i32 wait_function(FunctionCall& call) {
    constexpr i32 bad_device = 1;
    u32 const plist = call.plist_address();
    for (;;) {
        for (u32 i = 0; i < most_items; ++i) {
            auto& name = *at_address<Name<4>>(plist + 8 + i * 4);
            bool const end = name.bytes[0] == 0 || fence(name);
            if (end && i == 0) return bad_device;
            if (end) break;
            DevtabEntry* const entry = find_device(name);
            if (entry == nullptr) return bad_device;
            if ((entry->flags & device_flag::seen) == 0) continue;
            entry->flags &= static_cast<u8>(~device_flag::seen);
            // The name of the device goes behind the list's zero word.
            u32 behind = i;
            while (behind < most_items &&
                   at_address<Name<4>>(plist + 8 + behind * 4)->bytes[0] != 0)
                ++behind;
            if (behind < most_items) *at_address<Name<4>>(plist + 12 + behind * 4) = entry->name;
            return 0;
        }
        wait_for_interruption();
    }
}

void clear_interruption_handlers(bool all) {
    for (u32 at = iosect().first; at != 0;) {
        auto* const handler = at_address<Handler>(at);
        at = handler->next;
        if (all || (handler->flags & device_flag::keep) == 0) remove(handler);
    }
}

} // namespace cms
