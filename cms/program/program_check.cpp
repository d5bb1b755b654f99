// Program checks (DMSITP): a message that names the routine, and the end of it.
#include "cms/base/abend.h"
#include "cms/base/storage.h"
#include "cms/io/message.h"
#include "cms/program/svc.h"
#include "s370/arch/psw.h"

extern "C" void cms_program_interruption(); // called by cms/entry.S

namespace cms {
namespace {

constexpr Text name_of(u16 code) {
    switch (code & 0x7F) {
    case 0x01: return "OPERATION"_e;
    case 0x02: return "PRIVILEGED OPERATION"_e;
    case 0x03: return "EXECUTE"_e;
    case 0x04: return "PROTECTION"_e;
    case 0x05: return "ADDRESSING"_e;
    case 0x06: return "SPECIFICATION"_e;
    case 0x07: return "DECIMAL DATA"_e;
    case 0x08: return "FIXED-POINT OVERFLOW"_e;
    case 0x09: return "FIXED-POINT DIVIDE"_e;
    case 0x0A: return "DECIMAL OVERFLOW"_e;
    case 0x0B: return "DECIMAL DIVIDE"_e;
    case 0x0C: return "EXPONENT OVERFLOW"_e;
    case 0x0D: return "EXPONENT UNDERFLOW"_e;
    case 0x0E: return "SIGNIFICANCE"_e;
    case 0x0F: return "FLOATING-POINT DIVIDE"_e;
    default: return "UNKNOWN"_e;
    }
}

bool in_nucleus(u32 address) {
    return address < at::user_half_page ||
           (address >= at::nucleus_data && address < at::transient_area) ||
           (address >= at::nucleus && address < at::user_area) ||
           address >= nucleus_work().high_nucleus;
}

[[noreturn]] void program_check(s370::Psw psw) {
    auto const code = static_cast<u16>(s370::Psw::BcInterruptionCode::get(psw.bits));
    u32 const at = psw.address();
    const NucleusWork& work = nucleus_work();
    for (u32 i = 0; i < 16; ++i) {
        pgmsect().save[i] = work.program_registers[i].value();
        nucon().gprlog[i] = work.program_registers[i].value();
    }
    Ssave const* const save = current_save();
    Name8 const routine = save != nullptr ? save->callee : Name8("CMS"_e);
    nucon().msgflags &= static_cast<u8>(~(msgflags::no_typing | msgflags::no_typing_exec));
    if (in_nucleus(at))
        Message("ITP"_e, 143, 'T'_e)
            << name_of(code) << " EXCEPTION OCCURRED AT "_e << Line<6>().hex(at, 6).text()
            << " IN SYSTEM ROUTINE "_e << routine << ", RE-IPL CMS"_e;
    else
        Message("ITP"_e, 141, 'T'_e) << name_of(code) << " EXCEPTION OCCURRED AT "_e
                                     << Line<6>().hex(at, 6).text() << " IN ROUTINE "_e << routine;
    abend_quietly();
}

} // namespace
} // namespace cms

void cms_program_interruption() { cms::program_check(s370::Psw{cms::nucon().pgmopsw}); }
