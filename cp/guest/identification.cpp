#include "cp/guest/identification.h"

#include "cp/base/free_storage.h"
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

struct OuterLevels {
    ExtendedIdentification entries[most_outer_levels]{};
    u32 count = 0;
};
constinit OuterLevels outer;

} // namespace

constinit bool outer_level = false;

void learn_outer_levels() {
    outer = OuterLevels{};
    outer_level = false;
    if (version_code() != virtual_version_code) return;
    auto* const told = free_storage::create<OuterLevels>(); // on a doubleword
    outer_level = true;
    if (told == nullptr) return;
    constexpr u32 length = sizeof told->entries;
    machine::Diagnose registers;
    registers.rx = machine::real_address(told->entries);
    registers.ry = length;
    machine::diagnose(diagnose_code::extended_identification, registers);
    if (registers.ry <= length)
        told->count = (length - registers.ry) / u32{sizeof(ExtendedIdentification)};
    outer = *told;
    free_storage::destroy(told);
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
