// QUERY VIRTUAL, and QUERY of real devices (DMKCQG, DMKCQP).

#include "cp/command/dial.h"
#include "cp/command/processors.h"
#include "cp/guest/disk.h"
#include "cp/io/devices.h"

namespace cp {
namespace {

struct Kind {
    Text name;
    u8 minimum;
    u8 classes; // of DeviceIdentity; the console apart
    Text none;  // the answer when there is no such device
};

constexpr Kind kinds[] = {
    {"DASD"_e, 1, device_class::disk, "DASD  DO NOT EXIST"_e},
    {"TAPES"_e, 1, device_class::tape, "TAPES DO NOT EXIST"_e},
    {"LINES"_e, 4, device_class::terminal, "LINES DO NOT EXIST"_e},
    {"UR"_e, 1, device_class::input | device_class::output, "UR    DO NOT EXIST"_e},
    {"GRAF"_e, 1, device_class::graphic, "GRAF  DO NOT EXIST"_e},
    {"CONSOLE"_e, 2, device_class::terminal, "CONS  DO NOT EXIST"_e},
};

// The device of `machine` with the lowest address from `from` on.
VirtualDevice* next_device(VirtualMachine& machine, u32 from) {
    for (VirtualDevice& device : machine.io.devices())
        if (device.address().value >= from) return &device;
    return nullptr;
}

// Devices come and go while lines are typed: each is looked up again.
Task<bool> type_device(const Caller& caller, s370::DeviceAddress address) {
    bool any = false;
    for (u32 index = 0;; ++index) {
        VirtualDevice* const device = caller.machine().io.find(address);
        Line<80> rest;
        if (device == nullptr || !device->describe(index, rest)) break;
        MessageLine line;
        if (index == 0) line << device->identity().word;
        line.at(5).hex(address.value, 3) << ' '_e << rest;
        co_await caller.respond(line);
        any = true;
    }
    co_return any;
}

Task<bool> type_devices(const Caller& caller, u8 classes, u32 first, u32 last) {
    bool any = false;
    for (u32 from = first; from <= last;) {
        VirtualDevice* const device = next_device(caller.machine(), from);
        if (device == nullptr || device->address().value > last) break;
        s370::DeviceAddress const address = device->address();
        from = address.value + 1u;
        if ((device->identity().class_byte & classes) == 0) continue;
        bool typed = false;
        typed = co_await type_device(caller, address);
        any = any || typed;
    }
    co_return any;
}

Task<> type_storage(const Caller& caller) {
    MessageLine line("STORAGE = "_e);
    line.decimal(caller.machine().storage.size() / 1024, 5) << 'K'_e;
    co_await caller.respond(line);
}

Task<> type_channels(const Caller& caller) {
    MessageLine const line("CHANNELS = SEL"_e);
    co_await caller.respond(line);
}

Task<u32> query_kind(const Caller& caller, Kind kind) {
    bool any = false;
    any = co_await type_devices(caller, kind.classes, 0, 0xFFF);
    if (!any) {
        MessageLine const line(kind.none);
        co_await caller.respond(line);
    }
    co_return 0;
}

Task<u32> query_all(const Caller& caller) {
    co_await type_storage(caller);
    co_await type_channels(caller);
    co_await type_devices(caller, 0xFF, 0, 0xFFF);
    co_return 0;
}

// "191" or "190-192".
Task<u32> query_addresses(const Caller& caller, Text range) {
    usize dash = 0;
    while (dash < range.size() && range[dash] != '-'_e) ++dash;
    bool const single = dash == range.size();
    ParsedNumber const first = parse_hex(range.substr(0, dash));
    ParsedNumber const last = single ? first : parse_hex(range.substr(dash + 1));
    if (!first.valid || !last.valid || last.value > 0xFFF || first.value > last.value)
        co_return co_await caller.fail("CQG"_e, 22);
    bool any = false;
    any = co_await type_devices(caller, 0xFF, first.value, last.value);
    Line<3> address;
    address.hex(first.value, 3);
    if (!any) co_return co_await caller.fail("CQG"_e, 40, address);
    co_return 0;
}

// --- real devices ---

Text word_of(const RealDevice& device) {
    switch (device.device_class()) {
    case DeviceClass::Console: return "CONS"_e;
    case DeviceClass::Graphic: return "GRAF"_e;
    case DeviceClass::Reader: return "RDR"_e;
    case DeviceClass::Punch: return "PUN"_e;
    case DeviceClass::Printer: return "PRT"_e;
    case DeviceClass::Disk: return "DASD"_e;
    case DeviceClass::Tape: return "TAPE"_e;
    case DeviceClass::None:
    case DeviceClass::Other: break;
    }
    return "DEV"_e;
}

bool is_kind(const RealDevice& device, Text kind) {
    DeviceClass const c = device.device_class();
    if (kind == "DASD"_e) return c == DeviceClass::Disk;
    if (kind == "TAPES"_e) return c == DeviceClass::Tape;
    if (kind == "GRAF"_e) return c == DeviceClass::Graphic;
    if (kind == "LINES"_e) return false;
    if (kind == "UR"_e)
        return c == DeviceClass::Reader || c == DeviceClass::Punch || c == DeviceClass::Printer;
    return true;
}

const VirtualMachine* user_of(const RealDevice& device) {
    for (VirtualMachine& machine : virtual_machines) {
        Terminal* const terminal = machine.session->terminal();
        if (terminal != nullptr && terminal->address() == device.address()) return &machine;
    }
    return nullptr;
}

u32 links_to(const RealDevice& device) {
    u32 count = 0;
    for (VirtualMachine& machine : virtual_machines)
        for (VirtualDevice& virtual_device : machine.io.devices())
            if (Minidisk* disk = virtual_device.as_minidisk())
                count += disk->extent().volume == &device;
    return count;
}

MessageLine describe(const RealDevice& device) {
    MessageLine line(word_of(device));
    line.at(5).hex(device.address().value, 3) << ' '_e;
    if (device.device_class() == DeviceClass::Disk) {
        if (Volume* volume = volume_on(device)) {
            line << "CP SYSTEM "_e << volume->name().padded() << "   "_e;
            return line.decimal(links_to(device), 3);
        }
        if (const Minidisk* disk = dedicated_to(device)) {
            line << "ATTACH TO "_e << disk->owner().userid.padded() << ' '_e;
            return line.hex(disk->address().value, 3);
        }
        return line << "FREE"_e;
    }
    if (const VirtualMachine* machine = user_of(device))
        return line << "LOGON  AS "_e << machine->userid.padded();
    if (Line<12> const dialed = dialed_to(device.address()); dialed.size() != 0)
        return line << "DIAL   TO "_e << dialed;
    bool const terminal = device.device_class() == DeviceClass::Graphic ||
                          device.device_class() == DeviceClass::Console;
    return line << (terminal ? "ENABLED"_e : "FREE"_e);
}

} // namespace

Task<u32> query_virtual(const Caller& caller, Fields operands) {
    Text const word = operands.next();
    if (word.empty() || abbreviates(word, "ALL"_e, 2)) return query_all(caller);
    for (Kind const& kind : kinds)
        if (abbreviates(word, kind.name, kind.minimum)) return query_kind(caller, kind);
    if (abbreviates(word, "STORAGE"_e, 3)) {
        MessageLine line("STORAGE = "_e);
        line.decimal(caller.machine().storage.size() / 1024, 5) << 'K'_e;
        return caller.answer(line);
    }
    if (abbreviates(word, "CHANNELS"_e, 3)) return caller.answer(MessageLine("CHANNELS = SEL"_e));
    return query_addresses(caller, word);
}

Task<u32> query_real(const Caller& caller, Text operand) {
    bool any = false;
    ParsedNumber const address = parse_hex(operand);
    // The list of real devices never changes after start.
    for (RealDevice& device : real_devices()) {
        bool const wanted = operand.size() <= 3 && address.valid && operand != "DA"_e
                                ? device.address().value == address.value
                                : is_kind(device, operand);
        if (!wanted) continue;
        any = true;
        MessageLine const line = describe(device);
        co_await caller.respond(line);
    }
    if (any) co_return 0;
    if (address.valid && operand.size() <= 3) co_return co_await caller.fail("CQP"_e, 40, operand);
    MessageLine line(operand);
    line.at(6) << "DO NOT EXIST"_e;
    co_await caller.respond(line);
    co_return 0;
}

} // namespace cp
