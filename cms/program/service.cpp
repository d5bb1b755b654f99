#include "cms/program/service.h"

#include "cms/base/abend.h"
#include "cms/base/free_storage.h"
#include "cms/base/program_call.h"
#include "cms/base/storage.h"
#include "cms/io/message.h"
#include "cms/program/linedit.h"
#include "cms/program/svc.h"

namespace cms {
namespace {

enum class Code : u8 {
    OldFree = 1,
    OldFret = 2,
    OsService = 3,
    Dmsfree = 4,
    Dmsfret = 5,
    Dmserr = 6,
    Strinit = 7,
    Dmskey = 8,
    Dmsexs = 9,
    Dmsfres = 10,
    Dmsabn = 11,
    StorageClean = 12,
    Tsoget = 13,
    ReleasePages = 14,
    Compswt = 15,
    Cmslink = 16,
};

namespace free_flag {
constexpr u8 variable = 0x40, nucleus = 0x20, low = 0x08, high = 0x04;
}

i32 free_call(u32 (&gpr)[16], u8 flags) {
    FreeRequest request;
    request.doublewords = gpr[0];
    if ((flags & free_flag::variable) != 0) {
        request.at_least = gpr[1];
        if (request.at_least == 0) return free_rc::bad_size;
    }
    request.type = (flags & free_flag::nucleus) != 0 ? StorageType::Nucleus : StorageType::User;
    u8 const area = flags & (free_flag::low | free_flag::high);
    if (area == free_flag::low) request.area = StorageArea::Low;
    if (area == free_flag::high) request.area = StorageArea::High;
    FreeGrant const grant = dmsfree(request);
    if (grant.rc == free_rc::ok) {
        gpr[0] = grant.doublewords;
        gpr[1] = grant.address;
    }
    return grant.rc;
}

void free_failed(const ServiceCall& call, i32 rc) {
    bool const getting = (call.code & 0xFF) == u8(Code::Dmsfree);
    auto const where = Line<6>().hex(call.caller, 6);
    if (getting && rc == free_rc::none)
        Message("FRE"_e, 159, 'T'_e)
            << "INSUFFICIENT STORAGE AVAILABLE TO SATISFY DMSFREE REQUEST FROM "_e << where.text();
    else if (getting)
        Message("FRE"_e, 160, 'T'_e) << "INVALID DMSFREE CALL FROM "_e << where.text();
    else
        Message("FRE"_e, 161, 'T'_e) << "INVALID DMSFRET CALL FROM "_e << where.text()
                                     << ", ERROR NUMBER "_e << Line<2>().decimal(u32(rc)).text();
    abend(static_cast<u32>(Abend::BadStorageCall), call.caller);
}

// DMSKEY: the caller goes on in another key; RESET undoes the last change.
namespace key_flag {
constexpr u8 nucleus = 0x01, reset = 0x02, user = 0x04, last_user = 0x08, no_stack = 0x40;
}
constexpr u8 deepest_key = 7, key_e = 0xE;

i32 change_key(ServiceCall& call, u8 flags) {
    Ssave* const save = current_save();
    u8 key = (nucon().protflag & protflag::off) != 0 ? 0 : key_e;
    if ((flags & key_flag::nucleus) != 0) key = 0;
    if ((flags & key_flag::reset) != 0) {
        if (save == nullptr || save->key_depth == 0) {
            Message("ITS"_e, 139, 'T'_e)
                << "'DMSKEY RESET' FROM "_e << Line<6>().hex(call.caller, 6).text()
                << " UNDERFLOWS KEY STACK"_e;
            abend_quietly();
        }
        save->key_depth = static_cast<u8>(save->key_depth - 1);
        key = save->keys[save->key_depth];
    } else if ((flags & key_flag::no_stack) == 0 && save != nullptr) {
        if (save->key_depth == deepest_key) {
            Message("ITS"_e, 138, 'T'_e)
                << "'DMSKEY' CALL FROM "_e << Line<6>().hex(call.caller, 6).text()
                << " OVERFLOWS KEY STACK, WITH MAX DEPTH "_e
                << Line<2>().decimal(deepest_key).text();
            abend_quietly();
        }
        save->keys[save->key_depth] = call.psw.key();
        save->key_depth = static_cast<u8>(save->key_depth + 1);
    }
    call.psw.bits = s370::Psw::Key::put(call.psw.bits, key);
    return 0;
}

// DMSEXS: runs the instruction that register 1 points at with the nucleus' key. The
// caller has put BR 1 behind it.
i32 execute_privileged(ServiceCall& call) {
    u32 registers[16];
    std::copy_n(call.gpr, 16, registers);
    execute_one(call.gpr[1] & address_mask, registers);
    std::copy_n(registers, 16, call.gpr);
    return static_cast<i32>(registers[15]);
}

i32 branch_link(ServiceCall& call) {
    u32 registers[16];
    for (u32 i = 0; i < 16; ++i) registers[i] = call.gpr[i];
    enter_routine(call.gpr[15] & address_mask, registers, ProgramKind::User);
    return static_cast<i32>(registers[15]);
}

i32 unsupported(const ServiceCall& call) {
    Message("ITS"_e, 134, 'S'_e) << "UNSUPPORTED SVC 203 CODE "_e
                                 << Line<3>().decimal(call.code & 0xFFu).text()
                                 << ", CALLED FROM "_e << Line<6>().hex(call.caller, 6).text();
    abend_quietly();
}

} // namespace

i32 free_service(u32 (&gpr)[16], u16 code) {
    u8 const flags = static_cast<u8>(code >> 8);
    if ((code & 0xFF) == u8(Code::Dmsfree)) return free_call(gpr, flags);
    return dmsfret(gpr[1], gpr[0]);
}

i32 service(ServiceCall& call) {
    u8 const flags = static_cast<u8>(call.code >> 8);
    i32 rc = 0;
    switch (static_cast<Code>(call.code & 0xFF)) {
    case Code::OldFree: rc = free_call(call.gpr, free_flag::low | free_flag::high); break;
    case Code::OldFret: rc = dmsfret(call.gpr[1], call.gpr[0]); break;
    case Code::Dmsfree: rc = free_call(call.gpr, flags); break;
    case Code::Dmsfret: rc = dmsfret(call.gpr[1], call.gpr[0]); break;
    case Code::Dmserr: return dmserr(call.gpr[0], call.gpr[1]);
    case Code::Strinit: strinit(); return 0;
    case Code::Dmskey: return change_key(call, flags);
    case Code::Dmsexs: return execute_privileged(call);
    case Code::Dmsabn: abend(call.gpr[1], call.caller);
    case Code::StorageClean: clear_svc_handlers(); return 0;
    case Code::ReleasePages: return 0; // pages given back to CP only save paging
    case Code::Compswt:
        if ((flags & 3) == 3)
            nucon().ossflags |= 0x80;
        else
            nucon().ossflags &= 0x7F;
        return 0;
    case Code::Cmslink: return branch_link(call);
    case Code::OsService:
    case Code::Dmsfres:
    case Code::Tsoget: return unsupported(call);
    default: return unsupported(call);
    }
    if (rc != 0 && !call.returns_errors) free_failed(call, rc);
    return rc;
}

} // namespace cms
