#include "cms/base/program_call.h"

#include <cstddef>

extern "C" {
void cms_enter_program(); // cms/entry.S
extern u8 cms_return_point[];
}

namespace cms {
namespace {

constexpr u64 enabled = u64{0xFF} << 56;
constexpr u64 users_key = u64{0xE} << 52;

static_assert(nucleus_work_address + offsetof(NucleusWork, svc_registers) == 0xCB0);
static_assert(nucleus_work_address + offsetof(NucleusWork, io_registers) == 0xCF0);
static_assert(nucleus_work_address + offsetof(NucleusWork, program_registers) == 0xD30);
static_assert(nucleus_work_address + offsetof(NucleusWork, external_registers) == 0xD70);
static_assert(nucleus_work_address + offsetof(NucleusWork, return_psw) == 0xDB8);
static_assert(nucleus_work_address + offsetof(NucleusWork, program_psw) == 0xDC0);
static_assert(nucleus_work_address + offsetof(NucleusWork, program_gprs) == 0xDC8);

} // namespace

u64 program_psw(ProgramKind kind, u32 address) {
    bool const protect = (nucon().protflag & protflag::off) == 0;
    u64 psw = address & address_mask;
    if (kind == ProgramKind::User) psw |= enabled;
    if (kind != ProgramKind::System && protect) psw |= users_key;
    return psw;
}

namespace {

void enter(u32 entry, u32 (&registers)[16], ProgramKind kind) {
    NucleusWork& work = nucleus_work();
    for (u32 i = 0; i < 16; ++i) work.program_gprs[i] = registers[i];
    work.program_psw = program_psw(kind, entry);
    cms_enter_program();
    for (u32 i = 0; i < 16; ++i) registers[i] = work.program_gprs[i];
}

} // namespace

void enter_routine(u32 entry, u32 (&registers)[16], ProgramKind kind) {
    registers[14] = address_of(cms_return_point);
    registers[15] = entry;
    enter(entry, registers, kind);
}

void execute_one(u32 instruction, u32 (&registers)[16]) {
    registers[1] = address_of(cms_return_point);
    enter(instruction, registers, ProgramKind::System);
    registers[1] = instruction;
}

i32 enter_program(const ProgramCall& call) {
    u32 registers[16] = {};
    registers[0] = call.r0;
    registers[1] = registers[2] = call.r1;
    registers[12] = call.entry;
    registers[13] = call.save_area;
    for (u32 i = 0; i < 4; ++i) {
        registers[9] = registers[9] << 8 | call.name.bytes[i];
        registers[10] = registers[10] << 8 | call.name.bytes[4 + i];
    }
    enter_routine(call.entry, registers, call.kind);
    return static_cast<i32>(registers[15]);
}

} // namespace cms
