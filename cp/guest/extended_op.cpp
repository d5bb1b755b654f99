#include "cp/guest/extended_op.h"

#include "cp/guest/address_spaces.h"
#include "cp/guest/guest_translation.h"
#include "s370/arch/key.h"
#include "s370/machine/switch.h"

#include <algorithm>
#include <array>

namespace cp {

using namespace s370;

namespace {

constexpr u32 real_address_mask = 0x7FFFFFFF, block_4k = 4096;
constexpr u32 channel_sets = 4; // that the machine at hand knows; set 0 is this one

Program done(VirtualMachine& vm, u8 cc) {
    vm.cpu.psw.set_condition_code(cc);
    return Program::None;
}

// ---- Storage, by 4K blocks with two keys each

// The block of R2.
Program find_block(VirtualMachine& vm, const Instruction& i, GuestReal& block) {
    u32 const address = vm.cpu.gpr[i.low_r2()] & real_address_mask;
    if (!vm.storage.contains({address})) return Program::Addressing;
    block = {address & ~(block_4k - 1)};
    return Program::None;
}
GuestReal second_half(GuestReal block) { return block + key_block_size; }

Program insert_storage_key_extended(VirtualMachine& vm, const Instruction& i) {
    GuestReal block;
    if (Program const code = find_block(vm, i, block); code != Program::None) return code;
    u32& r1 = vm.cpu.gpr[i.low_r1()];
    r1 = (r1 & 0xFFFFFF00) | vm.storage.key(block) | vm.storage.key(second_half(block));
    return Program::None;
}

Program set_storage_key_extended(VirtualMachine& vm, const Instruction& i) {
    GuestReal block;
    if (Program const code = find_block(vm, i, block); code != Program::None) return code;
    u8 const key = static_cast<u8>(vm.cpu.gpr[i.low_r1()] & 0xFE);
    vm.storage.set_key(block, key);
    vm.storage.set_key(second_half(block), key);
    return Program::None;
}

Program reset_reference_bit_extended(VirtualMachine& vm, const Instruction& i) {
    GuestReal block;
    if (Program const code = find_block(vm, i, block); code != Program::None) return code;
    u8 const first = vm.storage.reset_reference(block);
    return done(vm, first | vm.storage.reset_reference(second_half(block)));
}

// The real machine looks at one key's block of the 4K that are named.
Program test_block(VirtualMachine& vm, const Instruction& i) {
    GuestReal block;
    if (Program const code = find_block(vm, i, block); code != Program::None) return code;
    if (block.value < low_addresses && (vm.cpu.cr[0] & cr0::low_address_protection) != 0)
        return Program::Protection;
    // It does not count as an access.
    u8 const key = vm.storage.key(block);
    std::fill_n(vm.storage.touch(block), key_block_size, u8{0});
    vm.storage.set_key(block, key);
    vm.cpu.gpr[0] = 0;
    return done(vm, 0);
}

Program test_protection(VirtualMachine& vm, const Instruction& i) {
    GuestReal real{i.address};
    bool store_protected =
        i.address < low_addresses && (vm.cpu.cr[0] & cr0::low_address_protection) != 0;
    if (vm.cpu.psw.translating()) {
        GuestTranslation const found = translate(vm, i.address);
        if (found.exception != Program::None) return found.exception;
        if (found.condition_code != 0) return done(vm, 3);
        real = {found.address};
        store_protected = store_protected || found.store_protected;
    }
    if (!vm.storage.contains(real)) return Program::Addressing;
    u8 const key = vm.storage.key(real), access = i.address2 >> 4 & 15;
    if (!storage_key::may_fetch(key, access)) return done(vm, 2);
    return done(vm, store_protected || !storage_key::may_store(key, access) ? 1 : 0);
}

Program invalidate_page_table_entry(VirtualMachine& vm, const Instruction& i) {
    TranslationFormat const format = translation_format(vm.cpu.cr[0]);
    if (!format.valid()) return Program::TranslationSpecification;
    u32 const origin = vm.cpu.gpr[i.low_r1()] & 0x00FFFFF8;
    u32 const in_segment = vm.cpu.gpr[i.low_r2()] & ((1u << format.segment_bits) - 1);
    u32 const page = in_segment >> format.page_bits;
    // A real address, which PER does not watch; but keys count.
    Psw const psw = vm.cpu.psw;
    vm.cpu.psw.bits = Psw::Per::put(Psw::Translation::put(psw.bits, 0), 0);
    u32 const at = (origin + 2 * page) & 0xFFFFFF;
    Be16 entry;
    Program code = fetch(vm, at, entry);
    if (code == Program::None) {
        entry |= format.page_bits == 12 ? 0x0008 : 0x0004;
        code = store(vm, at, entry);
    }
    vm.cpu.psw = psw;
    if (code == Program::None) vm.shadow.invalidate(origin, page);
    return code;
}

// ---- Prefix

Program set_prefix(VirtualMachine& vm, const Instruction& i) {
    if (i.address % 4 != 0) return Program::Specification;
    Be32 value;
    if (Program const code = fetch(vm, i.address, value); code != Program::None) return code;
    u32 const prefix = value & 0x7FFFF000;
    if (!vm.storage.contains({prefix})) return Program::Addressing;
    vm.storage.set_prefix(prefix);
    vm.shadow.purge();
    return Program::None;
}

Program store_prefix(VirtualMachine& vm, const Instruction& i) {
    if (i.address % 4 != 0) return Program::Specification;
    return store(vm, i.address, Be32(vm.storage.prefix()));
}

Program store_cpu_address(VirtualMachine& vm, const Instruction& i) {
    if (i.address % 2 != 0) return Program::Specification;
    return store(vm, i.address, Be16(0));
}

// ---- Channel sets: one, connected to CPU 0 until it is disconnected

Program connect_channel_set(VirtualMachine& vm, const Instruction& i) {
    u32 const set = i.address & 0xFFFF;
    if (set >= channel_sets) return done(vm, 3);
    vm.io.connect(set == 0);
    return done(vm, 0);
}

Program disconnect_channel_set(VirtualMachine& vm, const Instruction& i) {
    u32 const set = i.address & 0xFFFF;
    if (set >= channel_sets) return done(vm, 3);
    if (set == 0) vm.io.connect(false);
    return done(vm, 0);
}

// IUCV, which nobody answers on the machine at hand.
Program communicate(VirtualMachine& vm, const Instruction&) { return done(vm, 3); }

constexpr u32 first_b2 = 0x20;
constexpr std::array<Simulation, 16> make_table() {
    std::array<Simulation, 16> table{};
    table[0x21 - first_b2] = invalidate_page_table_entry;
    table[0x29 - first_b2] = insert_storage_key_extended;
    table[0x2A - first_b2] = reset_reference_bit_extended;
    table[0x2B - first_b2] = set_storage_key_extended;
    table[0x2C - first_b2] = test_block;
    return table;
}
constexpr std::array<Simulation, 16> table = make_table();

// SIGP's status bits.
constexpr u32 incorrect_state = 0x200, invalid_parameter = 0x100, external_call_pending = 0x80,
              invalid_order = 0x02;

enum class Order : u8 {
    Sense = 1,
    ExternalCall,
    Emergency,
    Start,
    Stop,
    Restart,
    InitialProgramReset,
    ProgramReset,
    StopAndStoreStatus,
    InitialMicroprogramLoad,
    InitialCpuReset,
    CpuReset,
    SetPrefix,
    StoreStatus,
    SetArchitecture = 18,
    ConditionalEmergency
};

// Would an emergency signal that is for work in space `asn` come at a bad moment?
bool may_wait(const VirtualCpu& cpu, u32 asn) {
    bool const enabled = Psw::EcIo::test(cpu.psw.bits) && cpu.psw.external_enabled();
    return !enabled || asn == (cpu.cr[primary_asn] & 0xFFFF) ||
           asn == (cpu.cr[secondary_asn] & 0xFFFF);
}

// As by its own stop key: its user is in CP, BEGIN goes on.
void stop(VirtualMachine& vm) {
    vm.stopped.cp_mode = true;
    if (vm.session != nullptr) vm.session->enter_cp({});
}

void reset(VirtualMachine& vm, bool channels, bool initial) {
    if (channels) vm.io.reset();
    vm.reset_cpu(initial);
    stop(vm);
}

// An order for CPU 0, which is the one that gives it: its status, 0 for accepted.
u32 obey(VirtualMachine& vm, Order order, u32 parameter) {
    VirtualCpu& cpu = vm.cpu;
    switch (order) {
    case Order::Sense: return cpu.external_call_pending ? external_call_pending : 0;
    case Order::ExternalCall:
        if (cpu.external_call_pending) return external_call_pending;
        cpu.external_call_pending = cpu.recheck = true;
        return 0;
    case Order::Emergency: cpu.emergency_pending = cpu.recheck = true; return 0;
    case Order::ConditionalEmergency:
        if (!may_wait(cpu, parameter & 0xFFFF)) return incorrect_state;
        cpu.emergency_pending = cpu.recheck = true;
        return 0;
    case Order::Start: return 0;
    case Order::Stop: stop(vm); return 0;
    case Order::Restart: cpu.restart_pending = cpu.recheck = true; return 0;
    case Order::InitialProgramReset:
    case Order::InitialMicroprogramLoad: reset(vm, true, true); return 0;
    case Order::ProgramReset: reset(vm, true, false); return 0;
    case Order::InitialCpuReset: reset(vm, false, true); return 0;
    case Order::CpuReset: reset(vm, false, false); return 0;
    case Order::StopAndStoreStatus:
        cpu.psw.set_condition_code(0); // the status is that behind the instruction
        machine::store_floating(cpu.fpr);
        vm.clock.catch_up();
        vm.store_status();
        stop(vm);
        return 0;
    case Order::SetPrefix:
    case Order::StoreStatus: return incorrect_state;
    case Order::SetArchitecture: return invalid_parameter;
    }
    return invalid_order;
}

} // namespace

Simulation extended_b2(u8 second) {
    switch (second) {
    case 0x00: return connect_channel_set;
    case 0x01: return disconnect_channel_set;
    case 0x10: return set_prefix;
    case 0x11: return store_prefix;
    case 0x12: return store_cpu_address;
    case 0xF0: return communicate;
    default: break;
    }
    return second >= first_b2 && second < first_b2 + table.size() ? table[second - first_b2]
                                                                  : nullptr;
}

Program signal_processor(VirtualMachine& vm, const Instruction& i) {
    if (!vm.settings.ec_mode) return Program::Operation;
    u32 const target = vm.cpu.gpr[i.r2()] & 0xFFFF;
    Order const order{static_cast<u8>(i.address)};
    // The architecture would be that of all CPUs, so that none is asked for.
    if (target != 0 && order != Order::SetArchitecture) return done(vm, 3);
    u32 const parameter = vm.cpu.gpr[i.r1() | 1u];
    u32 const status = obey(vm, order, parameter);
    if (status != 0) vm.cpu.gpr[i.r1()] = status;
    return done(vm, status != 0 ? 1 : 0);
}

Program extended_e5(VirtualMachine& vm, const Instruction& i) {
    if (!vm.settings.ec_mode) return Program::Operation;
    if (i.second == 0x01) return test_protection(vm, i);
    // MVS's assists: FIX PAGE, for all pages of a guest are, and those that the machine at hand
    // leaves to MVS, the SVC assist and tracing. It has those for locks, E504 to E507, too.
    if (i.second == 0x02 || i.second == 0x03 || (i.second >= 0x08 && i.second <= 0x0D))
        return Program::None;
    return i.second == 0x00 ? Program::SpecialOperation : Program::Operation;
}

} // namespace cp
