#include "cms/program/svc.h"

#include "cms/base/abend.h"
#include "cms/base/free_storage.h"
#include "cms/base/program_call.h"
#include "cms/io/console.h"
#include "cms/io/message.h"
#include "cms/program/function_table.h"
#include "cms/program/module_file.h"
#include "cms/program/service.h"
#include "cms/program/synonyms.h"
#include "s370/arch/psw.h"

#include <cstring>

extern "C" {
void cms_svc_interruption();
void cms_save_floating(u8* area); // cms/entry.S
void cms_load_floating(const u8* area);
}

namespace cms {
namespace {

constexpr u8 command_svc = 202, service_svc = 203;

// The SVC instruction, and where its caller goes on.
struct Site {
    u32 svc = 0;           // its address
    u32 next = 0;          // behind it
    bool executed = false; // by EXECUTE, which then is the instruction at `svc`
};

Site site_of(s370::Psw psw) {
    u32 const length = static_cast<u32>(s370::Psw::BcIlc::get(psw.bits)) * 2;
    return {(psw.address() - length) & address_mask, psw.address(), length == 4};
}

// Makes the save area of a call. Too many are the end of the caller.
Ssave& begin_call(u32 caller) {
    Svcsect& area = svcsect();
    if (area.depth >= deepest_svc) {
        Message("ITS"_e, 135, 'S'_e)
            << "MAXIMUM SVC DEPTH "_e << Line<4>().decimal(deepest_svc).text()
            << " HAS BEEN EXCEEDED WITH CALL AT "_e << Line<6>().hex(caller, 6).text();
        abend_quietly();
    }
    bool const stack_is_short =
        storage_address(__builtin_frame_address(0)) < nucleus_work().stack_low;
    auto* save = stack_is_short ? nullptr : static_cast<Ssave*>(allocate_nucleus(sizeof(Ssave)));
    if (save == nullptr) {
        Message("ITS"_e, 154, 'T'_e) << "SAVE AREA FOR SVC CALL FROM "_e
                                     << Line<6>().hex(caller, 6).text() << " CANNOT BE ALLOCATED"_e;
        abend_quietly();
    }
    std::memset(static_cast<void*>(save), 0, sizeof *save);
    save->check1 = ssave_check1;
    save->check2 = ssave_check2;
    save->caller = caller;
    save->previous = nucon().currsave;
    if (save->previous != 0) at_address<Ssave>(save->previous)->next = address_of(save);
    nucon().currsave = address_of(save);
    area.depth += 1;
    area.count += 1;
    return *save;
}

void end_call(Ssave& save) {
    if (save.check1 != ssave_check1 || save.check2 != ssave_check2) {
        Message("ITS"_e, 137, 'T'_e)
            << "CALL TO "_e << save.callee << " FROM "_e << Line<6>().hex(save.caller, 6).text()
            << " DESTROYED SYSTEM SAVE AREA. RE-IPL CMS."_e;
        abend_quietly();
    }
    if (save.key_depth != 0) {
        Message("ITS"_e, 140, 'T'_e)
            << save.callee << " ROUTINE CALLED FROM "_e << Line<6>().hex(save.caller, 6).text()
            << " DID DMSKEY WITH NO RESET"_e;
        abend_quietly();
    }
    if (save.user_save != 0) dmsfret(save.user_save, usave_doublewords);
    nucon().currsave = save.previous;
    if (save.previous != 0) at_address<Ssave>(save.previous)->next = 0;
    svcsect().depth -= 1;
    release_nucleus(&save, sizeof save);
}

i32 run_program(Ssave& save, u32 entry, ProgramKind kind, u32 r0, u32 r1) {
    FreeGrant const area = dmsfree({usave_doublewords, 0, StorageType::User, StorageArea::Any});
    if (area.rc != free_rc::ok) return call_rc::bad_module;
    std::memset(at_address(area.address), 0, usave_doublewords * 8);
    save.user_save = area.address;
    save.type_flags |= ssave_flag::user_code;
    return enter_program({entry, r0, r1, save.callee, area.address, kind});
}

i32 no_such(i32 code) {
    nucon().misflags |= misflags::from_svc_handler;
    return code;
}

bool transient_name(const Name8& name) { return !name.blank() && name == nucon().lasttmod; }

// Looks the name up and calls what has it, but for synonyms.
i32 call_named(Ssave& save, u32 r0, u32 r1) {
    Name8 const name = save.callee;
    u8 const protflags = nucon().protflag;
    if (transient_name(name)) {
        bool const system = (protflags & protflag::system_transient) != 0;
        return run_program(save, at::transient_area,
                           system ? ProgramKind::System : ProgramKind::Transient, r0, r1);
    }
    bool const by_user = r1 >> 24 != call_type::program;
    if (NucleusFunction const function = find_function(name, by_user)) {
        FunctionCall call{r0, r1};
        return function(call);
    }
    LoadedModule module;
    switch (load_module(name, {}, {}, module)) {
    case 0: break;
    case load_rc::not_found: return no_such(call_rc::not_found);
    case load_rc::in_subset: return no_such(call_rc::in_subset);
    default: return no_such(call_rc::bad_module);
    }
    return run_program(save, module.entry, module.kind, r0, r1);
}

i32 call_within(Ssave& save, u32 r1, u32 r0) {
    auto& token = *at_address<Name8>(r1);
    save.callee = token;
    nucon().misflags &= static_cast<u8>(~misflags::from_svc_handler);
    i32 code = call_named(save, r0, r1);
    if (code != call_rc::not_found || (nucon().misflags & misflags::from_svc_handler) == 0)
        return code;
    Name8 const full = find_synonym(save.callee);
    if (full.blank()) return code;
    // The called program sees its name in full.
    token = full.padded();
    save.callee = full;
    nucon().misflags &= static_cast<u8>(~misflags::from_svc_handler);
    return call_named(save, r0, r1);
}

void call_failed(const Ssave& save, i32 code) {
    Message("ITS"_e, 122, 'S'_e)
        << "ERROR IN CALL TO "_e << save.callee << " FROM "_e
        << Line<6>().hex(save.caller, 6).text() << ", ERROR CODE "_e
        << Line<12>(code < 0 ? "-"_e : ""_e).decimal(code < 0 ? 0u - u32(code) : u32(code)).text()
        << " (HEX "_e << Line<8>().hex(u32(code), 8).text() << ")"_e;
    abend_quietly();
}

// The registers and the PSW of the SVC's caller, back into place.
void resume(const Ssave& save, i32 code, u32 address) {
    NucleusWork& work = nucleus_work();
    for (u32 i = 0; i < 15; ++i) work.svc_registers[i] = save.gpr[i].value();
    work.svc_registers[15] = static_cast<u32>(code);
    s370::Psw psw{save.old_psw};
    psw.set_address(address);
    nucon().svcopsw = psw.bits;
}

void keep_caller(Ssave& save, s370::Psw psw) {
    const NucleusWork& work = nucleus_work();
    for (u32 i = 0; i < 16; ++i) save.gpr[i] = work.svc_registers[i].value();
    save.old_psw = psw.bits;
    cms_save_floating(save.fpr);
}

void command_call(s370::Psw psw) {
    Site const site = site_of(psw);
    const u8* const word = at_address(site.next);
    bool const has_error_address = word[0] == 0;
    u32 const error_address = u32{word[1]} << 16 | u32{word[2]} << 8 | word[3];

    Ssave& save = begin_call(site.svc);
    keep_caller(save, psw);
    save.normal_return = site.next + (has_error_address ? 4u : 0u);
    // An error address of 1 stands for the next instruction.
    save.error_return = error_address == 1 ? save.normal_return.value() : error_address;
    if (has_error_address) save.type_flags |= ssave_flag::error_return;

    i32 const code = call_within(save, save.gpr[1], save.gpr[0]);
    if (code != 0 && !has_error_address) call_failed(save, code);
    cms_load_floating(save.fpr);
    resume(save, code, code != 0 ? save.error_return : save.normal_return);
    end_call(save);
    halt_if_wanted();
}

void service_call(s370::Psw psw) {
    Site const site = site_of(psw);
    NucleusWork& work = nucleus_work();
    auto const code = static_cast<i16>(at_address<Be16>(site.next)->value());
    nucon().code203 = static_cast<u16>(code);

    ServiceCall call;
    call.caller = site.svc;
    call.psw = psw;
    call.code = static_cast<u16>(code < 0 ? -code : code);
    call.returns_errors = code < 0;
    call.next = site.next + 2;
    for (u32 i = 0; i < 16; ++i) call.gpr[i] = work.svc_registers[i];
    i32 const rc = service(call);
    for (u32 i = 0; i < 15; ++i) work.svc_registers[i] = call.gpr[i];
    work.svc_registers[15] = static_cast<u32>(rc);
    call.psw.set_address(call.next);
    nucon().svcopsw = call.psw.bits;
}

// Other numbers: the routine that a program named by HNDSVC.
constexpr u32 most_handlers = 64;
constinit Be32 handlers[most_handlers];

u32 find_handler(u8 number) {
    for (u32 i = 0; i < most_handlers; ++i)
        if (handlers[i] >> 24 == number && (handlers[i] & address_mask) != 0)
            return handlers[i] & address_mask;
    return 0;
}

void other_call(s370::Psw psw, u8 number) {
    Site const site = site_of(psw);
    u32 const routine = find_handler(number);
    if (routine == 0) {
        Message("ITS"_e, 98, 'S'_e) << "CMS OS SIMULATION NOT AVAILABLE"_e;
        abend(static_cast<u32>(Abend::NoOsSimulation), site.svc);
    }
    Ssave& save = begin_call(site.svc);
    keep_caller(save, psw);
    save.callee = Line<8>("SVC "_e).decimal(number, 3).text();
    save.type_flags |= ssave_flag::os_svc;
    u32 registers[16];
    for (u32 i = 0; i < 16; ++i) registers[i] = save.gpr[i];
    registers[12] = u32{number} << 24 | routine;
    registers[13] = address_of(svcsect().static_usave);
    enter_routine(routine, registers, ProgramKind::System);
    cms_load_floating(save.fpr);
    resume(save, static_cast<i32>(registers[15]), site.next);
    // What such a routine leaves in 0 and 1 is its answer.
    nucleus_work().svc_registers[0] = registers[0];
    nucleus_work().svc_registers[1] = registers[1];
    end_call(save);
    halt_if_wanted();
}

} // namespace

Ssave* current_save() {
    u32 const address = nucon().currsave;
    return address == 0 ? nullptr : at_address<Ssave>(address);
}

i32 call_command(u32 plist_and_type, u32 r0) {
    Ssave& save = begin_call(0);
    i32 const code = call_within(save, plist_and_type, r0);
    end_call(save);
    return code;
}

void forget_calls() {
    while (Ssave* const save = current_save()) {
        if (save->check1 != ssave_check1) break;
        nucon().currsave = save->previous;
        release_nucleus(save, sizeof *save);
    }
    nucon().currsave = 0;
    svcsect().depth = 0;
}

i32 hndsvc_function(FunctionCall& call) {
    constexpr i32 bad_order = 1, not_set = 2, no_room = 3;
    Name<4> const order = *at_address<Name<4>>(call.plist_address() + 8);
    bool const set = order == Name<4>("SET"_e);
    if (!set && !(order == Name<4>("CLR"_e))) return bad_order;
    for (u32 i = 0; i < most_handlers; ++i) {
        u32 const item = *at_address<Be32>(call.plist_address() + 12 + 4 * i);
        if (item >> 24 == 0xFF) break;
        Be32* entry = nullptr;
        for (Be32& candidate : handlers) {
            if (candidate != 0 && candidate >> 24 == item >> 24) entry = &candidate;
            if (set && entry == nullptr && candidate == 0) entry = &candidate;
        }
        if (entry == nullptr) return set ? no_room : not_set;
        *entry = set ? item : 0;
    }
    svcsect().hndsvc_first = address_of(handlers);
    return 0;
}

void clear_svc_handlers() {
    for (Be32& entry : handlers) entry = 0;
}

} // namespace cms

void cms_svc_interruption() {
    using namespace cms;
    s370::Psw const psw{nucon().svcopsw};
    auto const number = static_cast<u8>(s370::Psw::BcInterruptionCode::get(psw.bits));
    if (number == command_svc)
        command_call(psw);
    else if (number == service_svc)
        service_call(psw);
    else
        other_call(psw, number);
}
