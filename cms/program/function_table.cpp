#include "cms/program/function_table.h"

#include "cms/base/free_storage.h"
#include "cms/files/functions.h"
#include "cms/io/console_functions.h"
#include "cms/io/handlers.h"
#include "cms/io/unit_record.h"
#include "cms/program/exec_function.h"
#include "cms/program/external.h"
#include "cms/program/linedit.h"
#include "cms/program/module_file.h"
#include "cms/program/subset.h"
#include "cms/program/svc.h"
#include "s370/machine/psw.h"

namespace cms {
namespace {

// A function of the file system, which takes its own kind of list.
template <typename List, i32 (*function)(List&)>
i32 file_function(FunctionCall& call) {
    return function(call.plist<List>());
}

i32 svcfree_function(FunctionCall& call) {
    auto& list = call.plist<FreePlist>();
    FreeGrant const grant = dmsfree({list.doublewords, 0, StorageType::User, StorageArea::Any});
    if (grant.rc == free_rc::ok) list.address = grant.address;
    return grant.rc;
}

i32 svcfret_function(FunctionCall& call) {
    auto const& list = call.plist<FreePlist>();
    return dmsfret(list.address, list.doublewords);
}

// EXEC uses the nucleus through SVCs only, so that interruptions may come between:
// attentions and HX reach an EXEC that loops.
i32 exec_by_name(FunctionCall& call) {
    constexpr u8 enabled = 0xFF, disabled = 0x00;
    machine::set_system_mask(enabled);
    i32 const code = exec_function(&call.plist<Name8>());
    machine::set_system_mask(disabled);
    return code;
}

i32 dmserr_function(FunctionCall& call) { return dmserr(call.r0, call.r1 + 8); }

struct Entry {
    EbcdicLiteral<9> name;
    NucleusFunction function;
};

constexpr Entry entries[] = {
    {"ATTN    ", attn_function},
    {"CARDPH  ", cardph_function},
    {"CARDRD  ", cardrd_function},
    {"CMSTIME ", cmstime_function},
    {"CONREAD ", waitrd_function},
    {"CONWAIT ", conwait_function},
    {"CP      ", cp_function},
    {"DESBUF  ", desbuf_function},
    {"DMSACM  ", file_function<files::AccessList, files::access>},
    {"DMSARE  ", file_function<files::ReleaseList, files::release>},
    {"DMSERR  ", dmserr_function},
    {"DMSFOR  ", file_function<files::FormatList, files::format>},
    {"DMSREPL ", file_function<files::RenameList, files::replace>},
    {"DMSSTAMP", file_function<files::StampList, files::set_stamp>},
    {"ERASE   ", file_function<files::FileList, files::erase>},
    {"EXEC    ", exec_by_name},
    {"FINIS   ", file_function<files::FileList, files::finis>},
    {"HNDINT  ", hndint_function},
    {"HNDSVC  ", hndsvc_function},
    {"LOADMOD ", loadmod_function},
    {"POINT   ", file_function<files::PointList, files::point>},
    {"PRINTIO ", printr_function},
    {"PRINTR  ", printr_function},
    {"RDBUF   ", file_function<Fscb, files::rdbuf>},
    {"RENAME  ", file_function<files::RenameList, files::rename>},
    {"RETURN  ", return_function},
    {"START   ", start_function},
    {"STATE   ", file_function<files::StateList, files::state>},
    {"STATEW  ", file_function<files::StateList, files::statew>},
    {"SUBSET  ", subset_function},
    {"SVCFREE ", svcfree_function},
    {"SVCFRET ", svcfret_function},
    {"TRAP    ", trap_function},
    {"TYPLIN  ", typlin_function},
    {"WAIT    ", wait_function},
    {"WAITRD  ", waitrd_function},
    {"WRBUF   ", file_function<Fscb, files::wrbuf>},
};

} // namespace

NucleusFunction find_function(const Name8& name, bool by_user) {
    if (!ebcdic::is_upper_letter(name.bytes[0])) return nullptr;
    constexpr Text commands[] = {"ERASE"_e, "RENAME"_e, "STATE"_e, "STATEW"_e};
    for (Text command : commands)
        if (by_user && name.text() == command) return nullptr;
    for (const Entry& entry : entries)
        if (std::equal(name.bytes, name.bytes + 8, entry.name.bytes)) return entry.function;
    return nullptr;
}

} // namespace cms
