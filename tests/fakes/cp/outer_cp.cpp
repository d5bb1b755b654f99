#include "tests/fakes/cp/outer_cp.h"

#include "s370/machine/diagnose.h"
#include "s370/machine/storage.h"

#include <algorithm>
#include <cstring>

std::vector<cp::ExtendedIdentification> fakes::outer_cps;

// Only DIAGNOSE 00.
extern "C" void machine_diagnose(u32, machine::Diagnose* registers) {
    auto const known =
        static_cast<u32>(fakes::outer_cps.size() * sizeof(cp::ExtendedIdentification));
    u32 const length = std::min(registers->ry, known);
    if (length != 0) std::memcpy(machine::real(registers->rx), fakes::outer_cps.data(), length);
    registers->ry -= length;
}
