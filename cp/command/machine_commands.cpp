// The keys of a virtual machine's console: ATTN, EXTERNAL, IPL, READY, NOTREADY,
// RESET, REWIND, SYSTEM (DMKCPB, DMKCFG).

#include "cp/command/processors.h"
#include "cp/guest/reflect.h"
#include "cp/guest/unit_record.h"
#include "cp/guest/virtual_console.h"

namespace cp {
namespace {

// The device that an operand names; nullptr after the message `refused`.
VirtualDevice* find_operand(const Caller& caller, Text word, u16& refused) {
    ParsedNumber const number = parse_hex(word);
    refused = 22;
    if (!number.valid || number.value > 0xFFF) return nullptr;
    refused = 40;
    return caller.machine().io.find({static_cast<u16>(number.value)});
}

void set_ready(VirtualDevice& device, bool ready) {
    if (VirtualConsole* console = device.as_console()) console->set_ready(ready);
    if (VirtualReader* reader = device.as_reader()) reader->set_ready(ready);
    if (VirtualOutput* output = device.as_output()) output->set_ready(ready);
}

// The options of IPL; 0 or the number of the message, about `word`.
u16 parse_ipl_options(Fields& operands, MachineAction& action, Text& word) {
    bool clear_given = false;
    while (!operands.empty()) {
        word = operands.next();
        if (abbreviates(word, "CLEAR"_e, 2) || abbreviates(word, "NOCLEAR"_e, 4)) {
            if (clear_given) return 13;
            clear_given = true;
            action.clear = word[0] == 'C'_e;
        } else if (word == "STOP"_e) {
            action.stop = true;
        } else if (word == "PARM"_e) {
            Text const parameters = operands.rest();
            if (parameters.size() > 64) return 177;
            action.has_parameters = true;
            action.parameters = parameters;
            return 0;
        } else if (ParsedNumber const cylinder = parse_decimal(word);
                   cylinder.valid && action.cylinder == 0 && cylinder.value <= 0xFFFF) {
            action.cylinder = static_cast<u16>(cylinder.value);
        } else {
            return 3;
        }
    }
    return 0;
}

} // namespace

Task<u32> attention_command(const Caller& caller, Fields) {
    present_attention(caller.machine());
    return caller.done();
}

// The key, or a code: 01 to FF, with ECMODE also 1004 and 1005. The machine goes on with it.
Task<u32> external_command(const Caller& caller, Fields operands) {
    VirtualMachine& machine = caller.machine();
    Text const word = operands.next();
    ParsedNumber const code =
        word.empty() ? ParsedNumber{true, u32{static_cast<u16>(s370::External::InterruptKey)}}
                     : parse_hex(word);
    if (!code.valid) return caller.fail("CPB"_e, 5, word);
    if (code.value >= 1 && code.value <= 0xFF)
        machine.cpu.pending_external |= static_cast<u16>(code.value);
    else if (code.value == 0x1004 && machine.settings.ec_mode)
        machine.cpu.clock_comparator_pending = true;
    else if (code.value == 0x1005 && machine.settings.ec_mode)
        machine.cpu.cpu_timer_pending = true;
    else
        return caller.fail("CPB"_e, 5, word);
    machine.wake();
    caller.session()->begin();
    return caller.done();
}

Task<u32> ipl_command(const Caller& caller, Fields operands) {
    MachineAction action;
    action.kind = MachineAction::Kind::Ipl;
    Text const what = operands.next();
    if (what.empty()) return caller.fail("CFG"_e, 26);
    // A name is no address: there are no saved systems yet.
    ParsedNumber const address = parse_hex(what);
    if (!address.valid || what.size() > 4 || address.value > 0xFFF)
        return caller.fail("CFG"_e, 44, what);
    action.device = {static_cast<u16>(address.value)};
    Text word;
    if (u16 const refused = parse_ipl_options(operands, action, word); refused != 0)
        return caller.fail("CFG"_e, refused, word);
    // A guest learns of a missing device before it is reset.
    if (caller.from_guest() && caller.machine().io.find(action.device) == nullptr)
        return caller.fail("CFG"_e, 40, what);
    return caller.act(action);
}

Task<u32> ready_command(const Caller& caller, Fields operands) {
    u16 refused = 0;
    Text const word = operands.next();
    VirtualDevice* const device = find_operand(caller, word, refused);
    if (device == nullptr) return caller.fail("CPB"_e, refused, word);
    // What is busy becomes ready by itself.
    if (device->busy()) return caller.done();
    set_ready(*device, true);
    device->tell_ready();
    return caller.done();
}

Task<u32> not_ready_command(const Caller& caller, Fields operands) {
    u16 refused = 0;
    Text const word = operands.next();
    VirtualDevice* const device = find_operand(caller, word, refused);
    if (device == nullptr) return caller.fail("CPB"_e, refused, word);
    bool const can_be = device->as_console() != nullptr || device->as_reader() != nullptr ||
                        device->as_output() != nullptr;
    if (!can_be) return caller.fail("CPB"_e, 6, word);
    set_ready(*device, false);
    return caller.done();
}

Task<u32> reset_command(const Caller& caller, Fields operands) {
    u16 refused = 0;
    Text const word = operands.next();
    VirtualDevice* const device = find_operand(caller, word, refused);
    if (device == nullptr) return caller.fail("CPB"_e, refused, word);
    device->reset();
    return caller.answer(MessageLine("DEVICE RESET"_e));
}

// There are no tapes yet.
Task<u32> rewind_command(const Caller& caller, Fields operands) {
    u16 refused = 0;
    Text const word = operands.next();
    VirtualDevice* const device = find_operand(caller, word, refused);
    if (device == nullptr) return caller.fail("CPB"_e, refused, word);
    return caller.fail("CPB"_e, 6, word);
}

Task<u32> system_command(const Caller& caller, Fields operands) {
    Text const what = operands.next();
    if (what.empty()) return caller.fail("CPB"_e, 26);
    MachineAction action;
    if (what == "CLEAR"_e) {
        action.kind = MachineAction::Kind::SystemClear;
    } else if (what == "RESET"_e) {
        action.kind = MachineAction::Kind::SystemReset;
    } else if (what == "RESTART"_e) {
        action.kind = MachineAction::Kind::Restart;
    } else {
        return caller.fail("CPB"_e, 26);
    }
    return caller.act(action);
}

} // namespace cp
