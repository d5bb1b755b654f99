// DEFINE, DETACH, LINK: the devices and the storage of a virtual machine (DMKDEF,
// DMKVDD, DMKLNK).

#include "cp/command/link.h"
#include "cp/command/processors.h"
#include "cp/guest/unit_record.h"
#include "cp/guest/virtual_console.h"
#include "cp/guest/virtual_display.h"

namespace cp {
namespace {

constexpr u32 smallest_storage = 8 * 1024, largest_storage = 16 * 1024 * 1024;

// Virtual addresses go to 5FF, with ECMODE to FFF.
bool parse_address(const VirtualMachine& machine, Text word, s370::DeviceAddress& address) {
    ParsedNumber const number = parse_hex(word);
    u32 const highest = machine.settings.ec_mode ? 0xFFF : 0x5FF;
    if (!number.valid || word.size() > 4 || number.value > highest) return false;
    address = {static_cast<u16>(number.value)};
    return true;
}

Text after_as(Fields& operands) {
    Text word = operands.next();
    if (word == "AS"_e) word = operands.next();
    return word;
}

// "RDR  00C DEFINED", with IMSG ON only.
Task<u32> defined(const Caller& caller, Text word, s370::DeviceAddress address) {
    if (!caller.machine().settings.informational) return caller.done();
    MessageLine line(word.without_trailing_blanks());
    line << ' '_e;
    line.hex(address.value, 3) << " DEFINED"_e;
    return caller.answer(line);
}

enum class Made : u8 { Reader, Punch, Printer, Console, Display };

struct DefinedType {
    Text name;
    Made what;
    u16 type;
};
constexpr DefinedType defined_types[] = {
    {"RDR"_e, Made::Reader, 0x2540},      {"READER"_e, Made::Reader, 0x2540},
    {"2501"_e, Made::Reader, 0x2501},     {"2540R"_e, Made::Reader, 0x2540},
    {"3505"_e, Made::Reader, 0x3505},     {"PRT"_e, Made::Printer, 0x1403},
    {"PRINTER"_e, Made::Printer, 0x1403}, {"1403"_e, Made::Printer, 0x1403},
    {"1443"_e, Made::Printer, 0x1443},    {"3203"_e, Made::Printer, 0x3203},
    {"3211"_e, Made::Printer, 0x3211},    {"PUN"_e, Made::Punch, 0x2540},
    {"PUNCH"_e, Made::Punch, 0x2540},     {"2540P"_e, Made::Punch, 0x2540},
    {"3525"_e, Made::Punch, 0x3525},      {"CONSOLE"_e, Made::Console, 0x3215},
    {"GRAF"_e, Made::Display, 0x3270},
};

VirtualDevice* make(VirtualMachine& machine, s370::DeviceAddress address, const DefinedType& type) {
    switch (type.what) {
    case Made::Reader: return attach_reader(machine, address, type.type);
    case Made::Punch: return attach_punch(machine, address, type.type);
    case Made::Printer: return attach_printer(machine, address, type.type);
    case Made::Console: return attach_console(machine, address);
    case Made::Display: return attach_display(machine, address, type.type);
    }
    return nullptr;
}

Task<u32> define_device(const Caller& caller, const DefinedType& type, Text word) {
    VirtualMachine& machine = caller.machine();
    s370::DeviceAddress address;
    if (!parse_address(machine, word, address)) return caller.fail("DEF"_e, 22);
    Line<3> name;
    name.hex(address.value, 3);
    if (VirtualDevice* other = machine.io.find(address))
        return caller.fail("DEF"_e, 92, name, other->identity().word, name);
    VirtualDevice* const device = make(machine, address, type);
    if (device == nullptr) return caller.fail("DEF"_e, 95, name);
    return defined(caller, device->identity().word, address);
}

Task<u32> define_storage(const Caller& caller, Text word) {
    VirtualMachine& machine = caller.machine();
    u8 const unit = word.empty() ? u8{0} : word.back();
    Text const digits = word.substr(0, word.empty() ? 0 : word.size() - 1);
    ParsedNumber const number = parse_decimal(digits);
    u32 const shift = unit == 'K'_e ? 10 : 20;
    if ((unit != 'K'_e && unit != 'M'_e) || !number.valid || digits.size() > 5 ||
        number.value > largest_storage >> shift || number.value << shift < smallest_storage)
        return caller.fail("DEF"_e, 25);
    u32 const size = round_up(number.value << shift, 4096);
    if (size > machine.storage.size() && size > machine.maximum_storage)
        return caller.fail("DEF"_e, 94);
    if (size == machine.storage.size()) {
        MessageLine line("STORAGE = "_e);
        line.decimal(size / 1024, 5) << 'K'_e;
        return machine.settings.informational ? caller.answer(line) : caller.done();
    }
    MachineAction action;
    action.kind = MachineAction::Kind::Storage;
    action.storage = size;
    return caller.act(action);
}

Task<u32> rename(const Caller& caller, Text from, Text to) {
    VirtualMachine& machine = caller.machine();
    s370::DeviceAddress old_address, new_address;
    if (!parse_address(machine, from, old_address)) return caller.fail("DEF"_e, 3, from);
    if (!parse_address(machine, to, new_address)) return caller.fail("DEF"_e, 22);
    Line<3> old_name, new_name;
    old_name.hex(old_address.value, 3);
    new_name.hex(new_address.value, 3);
    VirtualDevice* const device = machine.io.find(old_address);
    if (device == nullptr) return caller.fail("DEF"_e, 40, old_name);
    if (VirtualDevice* other = machine.io.find(new_address))
        return caller.fail("DEF"_e, 92, new_name, other->identity().word, new_name);
    machine.io.move(*device, new_address);
    if (machine.console_address == old_address) machine.console_address = new_address;
    return defined(caller, device->identity().word, new_address);
}

// --- DETACH ---

struct Range {
    s370::DeviceAddress first{}, last{};
};

// 0, or the number of the message.
u16 parse_range(const VirtualMachine& machine, Text word, Range& range) {
    usize dash = 0;
    while (dash < word.size() && word[dash] != '-'_e) ++dash;
    if (!parse_address(machine, word.substr(0, dash), range.first)) return 22;
    range.last = range.first;
    if (dash == word.size()) return 0;
    if (!parse_address(machine, word.substr(dash + 1), range.last)) return 22;
    return range.last < range.first ? 9 : 0;
}

// How many were there.
u32 detach_range(VirtualMachine& machine, Range range) {
    u32 count = 0;
    for (u32 value = range.first.value; value <= range.last.value; ++value) {
        VirtualDevice* const device = machine.io.find({static_cast<u16>(value)});
        if (device == nullptr) continue;
        machine.io.detach(*device);
        ++count;
    }
    return count;
}

} // namespace

Task<u32> define_command(const Caller& caller, Fields operands) {
    Text const what = operands.next();
    if (what.empty()) return caller.fail("DEF"_e, 26);
    if (abbreviates(what, "STORAGE"_e, 4)) return define_storage(caller, after_as(operands));
    for (DefinedType const& type : defined_types)
        if (what == type.name || (what.size() >= 3 && abbreviates(what, type.name, 3)))
            return define_device(caller, type, after_as(operands));
    if (parse_hex(what).valid && what.size() <= 3) return rename(caller, what, after_as(operands));
    return caller.fail("DEF"_e, 3, what);
}

// One device is named with its type, a range by its ends, several one after the other.
Task<u32> detach_command(const Caller& caller, Fields operands) {
    VirtualMachine& machine = caller.machine();
    if (operands.empty()) return caller.fail("VDD"_e, 22);
    MessageLine line;
    u32 count = 0;
    while (!operands.empty()) {
        Text const word = operands.next();
        Range range;
        if (u16 const wrong = parse_range(machine, word, range); wrong != 0)
            return caller.fail("VDD"_e, wrong, word);
        bool const single = range.first == range.last;
        VirtualDevice* const device = machine.io.find(range.first);
        if (single && device != nullptr && count == 0 && operands.empty())
            line << device->identity().word.without_trailing_blanks() << ' '_e;
        if (detach_range(machine, range) == 0) return caller.fail("VDD"_e, 40, word);
        line.hex(range.first.value, 3);
        if (!single) {
            line << '-'_e;
            line.hex(range.last.value, 3) << ' '_e;
        }
        line << ' '_e;
        ++count;
    }
    line << "DETACHED"_e;
    if (!machine.settings.informational) return caller.done();
    return caller.answer(line);
}

Task<u32> link_command(const Caller& caller, Fields operands) {
    constexpr u32 most_bad_passwords = 10;
    LinkRequest request;
    if (caller.from_guest() && caller.session()->bad_passwords >= most_bad_passwords)
        return caller.fail("LNK"_e, 115);

    Text owner = operands.next();
    if (owner == "TO"_e) owner = operands.next();
    if (owner.empty() || owner.size() > 8) return caller.fail("LNK"_e, 20);
    request.owner = owner == "*"_e ? caller.machine().userid.text() : owner;

    ParsedNumber const from = parse_hex(operands.next());
    if (!from.valid || from.value > 0xFFF) return caller.fail("LNK"_e, 22);
    request.from = {static_cast<u16>(from.value)};
    if (!parse_address(caller.machine(), after_as(operands), request.to))
        return caller.fail("LNK"_e, 22);

    Text word = operands.next();
    if (parse_link_mode(word, request.mode)) {
        request.has_mode = true;
        word = operands.next();
    }
    if (word == "PASS="_e) {
        word = operands.next();
        request.password_bad = word.empty();
    }
    request.has_password = !word.empty();
    request.password_bad = request.password_bad || word.size() > 8;
    request.password = word;
    return link_disk(caller, request);
}

} // namespace cp
