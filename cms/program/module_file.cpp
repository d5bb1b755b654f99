#include "cms/program/module_file.h"

#include "cms/base/free_storage.h"
#include "cms/files/functions.h"
#include "cms/io/message.h"
#include "cms/layout/module.h"
#include "cms/layout/ssave.h"

#include <cstring>

namespace cms {
namespace {

constexpr u32 loaded_program = 0x568; // STRTADDR: 80 bytes from here are a module's header

struct ModuleFile {
    Fscb fscb;
    bool fixed = false;
    u32 record_length = 0;
};

i32 find(Name8 name, Name8 type, Name<2> mode, ModuleFile& file) {
    files::StateList state{};
    state.command = "STATE"_e;
    state.name = name;
    state.type = type;
    state.mode = mode;
    i32 const rc = files::state(state);
    if (rc != 0) return load_rc::not_found;
    auto const& status = *at_address<FileStatus>(state.found);
    std::memset(static_cast<void*>(&file.fscb), 0, sizeof file.fscb);
    file.fscb.function = "RDBUF"_e;
    file.fscb.name = status.name;
    file.fscb.type = status.type;
    file.fscb.mode = status.mode;
    file.fixed = status.format == fixed_format;
    file.record_length = status.record_length;
    return 0;
}

// Reads the next record; its length, or 0 for an error or the end.
u32 read(ModuleFile& file, u32 address, u32 room) {
    file.fscb.item = u16{0};
    file.fscb.items = u16{1};
    file.fscb.format = file.fixed ? fixed_format : variable_format;
    file.fscb.buffer = address;
    file.fscb.size = room;
    return files::rdbuf(file.fscb) == 0 ? file.fscb.bytes_read.value() : 0;
}

void close(const ModuleFile& file) {
    files::FileList list{"FINIS"_e, file.fscb.name, file.fscb.type, file.fscb.mode};
    files::finis(list);
}

bool in_user_area(const ModuleHeader& header) { return header.first_location >= user_area; }

i32 check(const ModuleHeader& header) {
    u32 const first = header.first_location, last = header.last_location, entry = header.entry;
    bool const transient = first >= transient_area && last <= transient_area + transient_size;
    if (last <= first || entry < first || entry >= last) return load_rc::bad_format;
    if (transient) return 0;
    if (first < user_area) return load_rc::bad_format;
    if (last > nucon().freelowe) return load_rc::no_room;
    return (nucon().subflag & subflag::active) != 0 ? load_rc::in_subset : 0;
}

// The module's map, after the image, to the loader tables: entry 1 is at the top.
i32 read_map(ModuleFile& file, const ModuleHeader& header) {
    Nucon& page0 = nucon();
    u32 const size = header.table_entries * u32{sizeof(LoaderTableEntry)};
    u32 const room = (page0.aldrtbls >> 24) * page_size;
    page0.tbent = u16{0};
    if (size == 0) return 0;
    if (size > room) return load_rc::no_room;
    if (read(file, (page0.aldrtbls & address_mask) - size, size) != size) return 0; // NOMAP
    page0.tbent = header.table_entries;
    return 0;
}

i32 read_image(ModuleFile& file, const ModuleHeader& header) {
    u32 at = header.first_location;
    while (at < header.last_location) {
        u32 const length =
            read(file, at, std::min<u32>(header.last_location - at, largest_module_record));
        if (length == 0) return load_rc::bad_format;
        at += length;
    }
    return read_map(file, header);
}

void set_kind(bool transient, bool system, LoadedModule& module) {
    Nucon& page0 = nucon();
    u8 const bit = transient ? protflag::system_transient : protflag::system_user;
    page0.protflag = static_cast<u8>(system ? page0.protflag | bit : page0.protflag & ~bit);
    module.kind = system      ? ProgramKind::System
                  : transient ? ProgramKind::Transient
                              : ProgramKind::User;
}

// One F record for the transient area, without a header.
i32 load_transient(ModuleFile& file, LoadedModule& module) {
    if (file.record_length > transient_size) return load_rc::bad_format;
    nucon().lasttmod = Name8{};
    if (read(file, transient_area, transient_size) == 0) return load_rc::disk;
    nucon().lasttmod = file.fscb.name;
    module.entry = transient_area;
    set_kind(true, true, module);
    return 0;
}

i32 load_with_header(ModuleFile& file, LoadedModule& module) {
    ModuleHeader header;
    if (read(file, address_of(&header), sizeof header) != sizeof header) return load_rc::bad_format;
    if (i32 const rc = check(header); rc != 0) return rc;

    Nucon& page0 = nucon();
    bool const transient = !in_user_area(header);
    if (transient) page0.lasttmod = Name8{};
    if (i32 const rc = read_image(file, header); rc != 0) return rc;
    u16 const entries = page0.tbent;
    std::memcpy(at_address(loaded_program), &header, sizeof header);
    page0.tbent = entries;
    module.entry = header.entry;
    bool const system = (header.loader_flags[0] & module_flag::system0) != 0;
    set_kind(transient, system, module);
    if (transient) {
        page0.lasttmod = file.fscb.name;
    } else {
        page0.lastlmod = file.fscb.name;
        if (!system || (header.loader_flags[1] & module_flag::str1) != 0) strinit();
    }
    return 0;
}

} // namespace

i32 load_module(Name8 name, Name8 type, Name<2> mode, LoadedModule& module) {
    ModuleFile file;
    if (type.blank()) type = "MODULE"_e;
    if (mode.blank()) mode = "*"_e;
    if (i32 const rc = find(name, type, mode, file); rc != 0) return rc;
    i32 const rc = file.fixed ? load_transient(file, module) : load_with_header(file, module);
    close(file);
    return rc;
}

i32 loadmod_function(FunctionCall& call) {
    auto const* const tokens = &call.plist<Name8>();
    auto const token = [&](u32 i) {
        for (u32 k = 1; k <= i; ++k)
            if (tokens[k].bytes[0] == 0xFF) return Name8{};
        return tokens[i];
    };
    Name8 const name = token(1);
    if (name.blank()) {
        Message("MOD"_e, 1, 'E'_e) << "NO FILENAME SPECIFIED"_e;
        return 24;
    }
    LoadedModule module;
    i32 const rc = load_module(name, token(2), Name<2>(token(3).text()), module);
    if (rc == load_rc::not_found)
        Message("MOD"_e, 2, 'E'_e) << "FILE "_e << name << " MODULE NOT FOUND"_e;
    if (rc == load_rc::no_room) Message("MOD"_e, 109, 'S'_e) << "STORAGE EXCEEDED"_e;
    return rc;
}

// START [entry|* [arguments]]: the program last loaded. The program's tokens begin
// with what START was called by, as VM/370's do.
i32 start_function(FunctionCall& call) {
    Nucon const& page0 = nucon();
    u32 entry = page0.strtaddr;
    if (entry < user_area || entry >= page0.lastloc) {
        Message("LIO"_e, 40, 'E'_e) << "NO FILES LOADED"_e;
        return load_rc::not_loaded;
    }
    auto const* const tokens = &call.plist<Name8>();
    if (tokens[1].bytes[0] != 0xFF && !(tokens[1].text() == "*"_e)) {
        Message("LIO"_e, 21, 'E'_e) << "ENTRY POINT '"_e << tokens[1] << "' NOT FOUND"_e;
        return load_rc::not_loaded;
    }
    Message("LIO"_e, 740, 'I'_e) << "EXECUTION BEGINS..."_e;
    FreeGrant const area = dmsfree({usave_doublewords, 0, StorageType::User, StorageArea::Any});
    if (area.rc != free_rc::ok) return load_rc::no_room;
    i32 const rc =
        enter_program({entry, call.r0, call.r1, page0.lastlmod, area.address, ProgramKind::User});
    dmsfret(area.address, usave_doublewords);
    return rc;
}

} // namespace cms
