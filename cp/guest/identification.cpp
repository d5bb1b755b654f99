#include "cp/guest/identification.h"

#include "cp/guest/virtual_machine.h"
#include "s370/machine/clock.h"
#include "s370/machine/diagnose.h"
#include "s370/machine/storage.h"

namespace cp {
namespace {

constexpr u8 version = 6, level = 0, program_level = 0;
constexpr u8 virtual_version_code = 0xFF;
constexpr u32 most_outer_levels = most_levels - 1;

u8 version_code() { return static_cast<u8>(machine::cpu_id() >> 56); }

struct alignas(8) OuterLevels {
    ExtendedIdentification entries[most_outer_levels]{};
    u32 count = 0;
};
constinit OuterLevels outer;

} // namespace

void learn_outer_levels() {
    if (version_code() != virtual_version_code) return;
    machine::Diagnose registers;
    registers.rx = machine::real_address(outer.entries);
    registers.ry = sizeof outer.entries;
    machine::diagnose(diagnose_code::extended_identification, registers);
    u32 const left = registers.ry;
    if (left <= sizeof outer.entries)
        outer.count = (sizeof outer.entries - left) / u32{sizeof(ExtendedIdentification)};
}

Identification identification_for(const VirtualMachine& vm) {
    Identification all;
    ExtendedIdentification& own = all.levels[0];
    own.system = "VM/370"_e;
    own.version[0] = version;
    own.version[1] = level;
    own.version[2] = program_level;
    own.version_code = version_code();
    own.userid = vm.userid;
    for (u32 i = 0; i < outer.count; ++i) all.levels[1 + i] = outer.entries[i];
    all.count = 1 + outer.count;
    return all;
}

} // namespace cp
