#include "cp/guest/privileged_op.h"

#include "cp/guest/address_spaces.h"
#include "cp/guest/diagnose.h"
#include "cp/guest/extended_op.h"
#include "cp/guest/fast_path.h"
#include "cp/guest/guest_translation.h"
#include "cp/guest/instruction.h"
#include "cp/guest/per.h"
#include "cp/guest/reflect.h"

#include <array>

namespace cp {

using namespace s370;

namespace {

Program set_condition_code(VirtualMachine& vm, u8 cc) {
    vm.cpu.psw.set_condition_code(cc);
    return Program::None;
}

Program unknown(VirtualMachine&, const Instruction&) { return Program::Operation; }

// ---- PSW

// The masks changed: what is pending may interrupt now, or the new PSW be bad.
Program masks_changed(VirtualMachine& vm, u64 bits) {
    if (bits == vm.cpu.psw.bits) return Program::None;
    if (!valid_psw(vm, {bits})) {
        // The old PSW of the interruption has them all the same, and no PER event is forgotten.
        vm.cpu.psw.bits = bits;
        return Program::Specification;
    }
    load_psw(vm, {bits});
    return Program::None;
}

Program set_system_mask(VirtualMachine& vm, const Instruction& i) {
    VirtualCpu& cpu = vm.cpu;
    if (vm.settings.ec_mode && (cpu.cr[0] & cr0::ssm_suppression) != 0)
        return Program::SpecialOperation;
    u8 mask = 0;
    if (Program const code = fetch(vm, i.address, mask); code != Program::None) return code;
    return masks_changed(vm, Psw::SystemMask::put(cpu.psw.bits, mask));
}

Program load_program_status_word(VirtualMachine& vm, const Instruction& i) {
    if (i.address % 8 != 0) return Program::Specification;
    Be64 bits;
    if (Program const code = fetch(vm, i.address, bits); code != Program::None) return code;
    load_psw(vm, {bits});
    return Program::None;
}

Program store_then_change(VirtualMachine& vm, const Instruction& i, bool turn_on) {
    if (!vm.settings.ec_mode) return Program::Operation;
    u64 const bits = vm.cpu.psw.bits;
    u8 const old = static_cast<u8>(Psw::SystemMask::get(bits));
    if (Program const code = store(vm, i.address, old); code != Program::None) return code;
    u8 const mask = turn_on ? old | i.second : old & i.second;
    return masks_changed(vm, Psw::SystemMask::put(bits, mask));
}
Program store_then_and(VirtualMachine& vm, const Instruction& i) {
    return store_then_change(vm, i, false);
}
Program store_then_or(VirtualMachine& vm, const Instruction& i) {
    return store_then_change(vm, i, true);
}

Program set_psw_key(VirtualMachine& vm, const Instruction& i) {
    vm.cpu.psw.bits = Psw::Key::put(vm.cpu.psw.bits, i.address >> 4 & 15);
    return Program::None;
}
Program insert_psw_key(VirtualMachine& vm, const Instruction&) {
    u32& r2 = vm.cpu.gpr[2];
    r2 = (r2 & 0xFFFFFF00) | u32{vm.cpu.psw.key()} << 4;
    return Program::None;
}

// ---- Storage keys

Program check_key_address(VirtualMachine& vm, const Instruction& i, GuestReal& block) {
    block = {vm.cpu.gpr[i.r2()] & 0xFFFFFF};
    if (block.value % 16 != 0) return Program::Specification;
    return vm.storage.contains(block) ? Program::None : Program::Addressing;
}

Program set_storage_key(VirtualMachine& vm, const Instruction& i) {
    GuestReal block;
    if (Program const code = check_key_address(vm, i, block); code != Program::None) return code;
    u8 const kept = vm.settings.ec_mode ? 0xFE : 0xF8;
    vm.storage.set_key(block, static_cast<u8>(vm.cpu.gpr[i.r1()] & kept));
    return Program::None;
}

Program insert_storage_key(VirtualMachine& vm, const Instruction& i) {
    GuestReal block;
    if (Program const code = check_key_address(vm, i, block); code != Program::None) return code;
    u8 const shown = vm.cpu.psw.ec() ? 0xFE : 0xF8;
    u32& r1 = vm.cpu.gpr[i.r1()];
    r1 = (r1 & 0xFFFFFF00) | (vm.storage.key(block) & shown);
    return Program::None;
}

Program reset_reference_bit(VirtualMachine& vm, const Instruction& i) {
    if (!vm.settings.ec_mode) return Program::Operation;
    if (!vm.storage.contains({i.address})) return Program::Addressing;
    return set_condition_code(vm, vm.storage.reset_reference({i.address}));
}

// ---- Control registers

constexpr u32 cr14_io_extended_logout = 0x20000000;

void load_control_register(VirtualMachine& vm, u8 number, u32 value) {
    u32& cr = vm.cpu.cr[number];
    if (vm.settings.ec_mode || number == 0)
        cr = value;
    else if (number == 14)
        cr = (cr & ~cr14_io_extended_logout) | (value & cr14_io_extended_logout);
}

Program load_control(VirtualMachine& vm, const Instruction& i) {
    if (i.address % 4 != 0) return Program::Specification;
    u32 const count = ((i.r2() - i.r1()) & 15u) + 1;
    Be32 values[16];
    std::span const bytes(reinterpret_cast<u8*>(values), 4 * count);
    if (Program const code = fetch_bytes(vm, i.address, bytes); code != Program::None) return code;
    u32 const before = vm.cpu.cr[0];
    for (u32 n = 0; n < count; ++n)
        load_control_register(vm, static_cast<u8>((i.r1() + n) & 15), values[n]);
    per::forget(vm.cpu);
    if ((vm.cpu.cr[0] & ~before & cr0::cpu_timer) != 0) vm.clock.watch_cpu_timer();
    vm.cpu.recheck = true;
    return Program::None;
}

// An operand that reaches into a block where nothing may be stored: the machine at hand has set
// the first block's bits by then.
void mark_stored(VirtualMachine& vm, u32 address) {
    u8 byte = 0;
    GuestReal real;
    if (check_store(vm, address, 1) != Program::None) return;
    if (locate(vm, address, real) == Program::None && vm.storage.read(real, byte))
        vm.storage.write(real, byte);
}

Program store_control(VirtualMachine& vm, const Instruction& i) {
    if (i.address % 4 != 0) return Program::Specification;
    u32 const count = ((i.r2() - i.r1()) & 15u) + 1;
    Be32 values[16];
    for (u32 n = 0; n < count; ++n) values[n] = vm.cpu.cr[(i.r1() + n) & 15];
    u32 const length = 4 * count;
    Program const code =
        store_bytes(vm, i.address, std::span(reinterpret_cast<const u8*>(values), length));
    if (code != Program::None) {
        mark_stored(vm, i.address);
        return code;
    }
    // The machine at hand looks at the first byte, and at the first of a further block.
    per::note_store(vm.cpu, i.address, 1);
    u32 const block = round_up(i.address + 1, key_block_size);
    if (block < i.address + length) per::note_store(vm.cpu, block, 1);
    return Program::None;
}

// By the guest's tables, whether its translation is on or not.
Program load_real_address(VirtualMachine& vm, const Instruction& i) {
    if (!vm.settings.ec_mode) return Program::Operation;
    // RX format: the second byte's low half is the index register.
    u32 address = i.address;
    if (i.r2() != 0) address = (address + vm.cpu.gpr[i.r2()]) & 0xFFFFFF;
    GuestTranslation const found = translate(vm, address);
    if (found.exception != Program::None) return found.exception;
    vm.cpu.gpr[i.r1()] = found.address;
    return set_condition_code(vm, found.condition_code);
}

Program purge_tlb(VirtualMachine& vm, const Instruction&) {
    if (!vm.settings.ec_mode) return Program::Operation;
    vm.shadow.purge();
    return Program::None;
}

// ---- Clocks and identity

Program store_cpu_id(VirtualMachine& vm, const Instruction& i) {
    if (i.address % 8 != 0) return Program::Specification;
    return store(vm, i.address, Be64(vm.cpu_id()));
}

Program set_clock(VirtualMachine& vm, const Instruction& i) {
    if (i.address % 8 != 0) return Program::Specification;
    if (Program const code = check_fetch(vm, i.address, 8); code != Program::None) return code;
    return set_condition_code(vm, 0);
}

Program fetch_timer(VirtualMachine& vm, const Instruction& i, Be64& value) {
    if (!vm.settings.ec_mode) return Program::Operation;
    if (i.address % 8 != 0) return Program::Specification;
    return fetch(vm, i.address, value);
}
Program check_timer_store(VirtualMachine& vm, const Instruction& i) {
    if (!vm.settings.ec_mode) return Program::Operation;
    if (i.address % 8 != 0) return Program::Specification;
    return check_store(vm, i.address, 8);
}

Program set_clock_comparator(VirtualMachine& vm, const Instruction& i) {
    Be64 value;
    if (Program const code = fetch_timer(vm, i, value); code != Program::None) return code;
    vm.clock.set_clock_comparator(value);
    return Program::None;
}
Program store_clock_comparator(VirtualMachine& vm, const Instruction& i) {
    if (Program const code = check_timer_store(vm, i); code != Program::None) return code;
    return store(vm, i.address, Be64(vm.cpu.clock_comparator));
}
Program set_cpu_timer(VirtualMachine& vm, const Instruction& i) {
    Be64 value;
    if (Program const code = fetch_timer(vm, i, value); code != Program::None) return code;
    vm.clock.set_cpu_timer(value);
    return Program::None;
}
Program store_cpu_timer(VirtualMachine& vm, const Instruction& i) {
    if (Program const code = check_timer_store(vm, i); code != Program::None) return code;
    vm.clock.catch_up();
    return store(vm, i.address, Be64(vm.cpu.cpu_timer));
}

// ---- Input and output

DeviceAddress device_of(const Instruction& i) { return {static_cast<u16>(i.address & 0xFFFF)}; }

Program start_io(VirtualMachine& vm, const Instruction& i) {
    if (!vm.io.connected()) return set_condition_code(vm, 3);
    return set_condition_code(vm, vm.io.start_io(device_of(i)));
}
Program test_io(VirtualMachine& vm, const Instruction& i) {
    // CLRIO does the same on the machine at hand.
    bool const clear = (i.second & 1) != 0;
    if (clear && !vm.settings.ec_mode) return Program::Operation;
    if (!vm.io.connected()) return set_condition_code(vm, 3);
    DeviceAddress const device = device_of(i);
    u8 const cc = vm.io.test_io(device);
    if (cc == 0) fast_path::note_idle_device(vm.cpu, device);
    return set_condition_code(vm, cc);
}
Program halt_io(VirtualMachine& vm, const Instruction& i) {
    if (!vm.io.connected()) return set_condition_code(vm, 3);
    return set_condition_code(vm, vm.io.halt(device_of(i)));
}
Program test_channel(VirtualMachine& vm, const Instruction& i) {
    if (!vm.io.connected()) return set_condition_code(vm, 3);
    return set_condition_code(vm, vm.io.test_channel(device_of(i).channel()));
}
Program store_channel_id(VirtualMachine& vm, const Instruction& i) {
    if (!vm.io.connected()) return set_condition_code(vm, 3);
    return set_condition_code(vm, vm.io.store_channel_id(device_of(i).channel()));
}

Program call_cp(VirtualMachine& vm, const Instruction& i) {
    return diagnose(vm, static_cast<u16>(i.address & 0xFFFF), i.r1(), i.r2());
}

// ---- Tables

constexpr u32 b2_codes = 0x14;

constexpr std::array<Simulation, b2_codes> make_b2_table() {
    std::array<Simulation, b2_codes> table{};
    for (Simulation& entry : table) entry = unknown;
    table[0x02] = store_cpu_id;
    table[0x03] = store_channel_id;
    table[0x04] = set_clock;
    table[0x06] = set_clock_comparator;
    table[0x07] = store_clock_comparator;
    table[0x08] = set_cpu_timer;
    table[0x09] = store_cpu_timer;
    table[0x0A] = set_psw_key;
    table[0x0B] = insert_psw_key;
    table[0x0D] = purge_tlb;
    table[0x13] = reset_reference_bit;
    return table;
}
constexpr std::array<Simulation, b2_codes> b2_table = make_b2_table();

Program b2(VirtualMachine& vm, const Instruction& i) {
    Simulation extended = extended_b2(i.second);
    if (extended == nullptr) extended = address_space_b2(i.second);
    if (extended != nullptr) return vm.settings.ec_mode ? extended(vm, i) : Program::Operation;
    return i.second < b2_codes ? b2_table[i.second](vm, i) : Program::Operation;
}

constexpr std::array<Simulation, 256> make_table() {
    std::array<Simulation, 256> table{};
    for (Simulation& entry : table) entry = unknown;
    table[0x08] = set_storage_key;
    table[0x09] = insert_storage_key;
    table[0x80] = set_system_mask;
    table[0x82] = load_program_status_word;
    table[0x83] = call_cp;
    table[0x9C] = start_io;
    table[0x9D] = test_io;
    table[0x9E] = halt_io;
    table[0x9F] = test_channel;
    table[0xAC] = store_then_and;
    table[0xAD] = store_then_or;
    table[0xAE] = signal_processor;
    table[0xB1] = load_real_address;
    table[0xB2] = b2;
    table[0xB6] = store_control;
    table[0xB7] = load_control;
    table[0xD9] = move_with_key;
    table[0xDA] = move_to_primary;
    table[0xDB] = move_to_secondary;
    table[0xE5] = extended_e5;
    return table;
}
constexpr std::array<Simulation, 256> table = make_table();

// An operation exception is the real CPU's word, but for SPKA and IPK, which not
// every CPU has, and IUCV, which the machine at hand does not know in the problem state.
bool worth_a_look(const VirtualMachine& vm, const Instruction& i, Program code) {
    if (code == Program::PrivilegedOperation) return true;
    if (code == Program::SpecialOperation) return uses_secondary_space(vm, i);
    return i.opcode == 0xB2 && (i.second == 0x0A || i.second == 0x0B || i.second == 0xF0);
}

// The guest's tables no longer have the page that the real machine has just found by its TLB:
// that is as if the TLB had lost it first.
Program instruction_lost(VirtualMachine& vm, u8 ilc, Program code) {
    u32 const at = (vm.cpu.psw.address() - 2u * ilc) & 0xFFFFFF;
    GuestReal real;
    InstructionSpace const space(vm.cpu);
    Program const fault = locate(vm, at, real);
    if (fault == Program::None) return code;
    vm.cpu.translation_address = fault_address(vm, at);
    return fault;
}

} // namespace

void simulate(VirtualMachine& vm, Program code, u8 ilc) {
    vm.cpu.last_ilc = ilc;
    Instruction instruction;
    u32 const at = (vm.cpu.psw.address() - 2u * ilc) & 0xFFFFFF;
    bool const fetched = fetch_instruction(vm, ilc, instruction);
    if (!fetched) {
        vm.cpu.count(trap_kind::program);
        code = instruction_lost(vm, ilc, code);
    } else if (refused_untranslated(vm, instruction)) {
        code = Program::SpecialOperation;
    } else if (worth_a_look(vm, instruction, code) &&
               (!vm.cpu.psw.problem() || semi_privileged(vm, instruction))) {
        vm.cpu.count(trap_kind::of(instruction.opcode, instruction.second));
        // What is simulated may start a device or ask about another one.
        fast_path::forget_idle_device(vm.cpu);
        if (vm.tracer.active()) vm.tracer.simulated(instruction, at);
        code = table[instruction.opcode](vm, instruction);
        bool const io = instruction.opcode >= 0x9C && instruction.opcode <= 0x9F;
        if (vm.tracer.active() && io && code == Program::None)
            vm.tracer.io_instruction(instruction, at);
    } else {
        vm.cpu.count(trap_kind::program);
        if (vm.tracer.active()) vm.tracer.executed(at, 0);
    }
    if (code == Program::None) return;
    if (nullifies(code)) vm.cpu.psw.set_address(vm.cpu.psw.address() - 2u * ilc);
    reflect_program(vm, code, ilc, vm.cpu.translation_address);
}

} // namespace cp
