#include "dasd-images/module_file.h"

#include "cms/layout/module.h"

#include <algorithm>

namespace dasd {
namespace {

constexpr u32 largest_module = 14u << 20;

CmsFile transient_module(const StorageImage& program, CmsFile file) {
    if (program.bytes.size() > cms::transient_size)
        fail("the transient area holds ", cms::transient_size, " bytes, the program has ",
             program.bytes.size());
    if (program.entry != program.load_address)
        fail("a program of the transient area must begin at its entry");
    file.format = cms::fixed_format;
    file.record_length = static_cast<u32>(program.bytes.size());
    file.records.push_back(program.bytes);
    return file;
}

} // namespace

CmsFile make_module(const StorageImage& program, const FileId& id, const ModuleOptions& options) {
    CmsFile file;
    file.id = id;
    if (program.load_address == cms::transient_area) return transient_module(program, file);
    if (program.load_address < cms::user_area)
        fail("the program begins below the user area, X'20000'");
    if (program.bytes.size() > largest_module) fail("the program is too large");

    cms::ModuleHeader header{};
    u32 const end = program.load_address + static_cast<u32>(program.bytes.size());
    header.entry = program.entry;
    header.first_location = program.load_address;
    header.last_location = end;
    header.location_counter = end;
    if (options.system) header.loader_flags[0] = cms::module_flag::system0;
    header.loader_flags[1] = cms::module_flag::str1;
    const u8* const from = reinterpret_cast<const u8*>(&header);
    file.records.emplace_back(from, from + sizeof header);

    for (std::span<const u8> rest(program.bytes); !rest.empty();) {
        auto const piece = rest.first(std::min<usize>(rest.size(), cms::largest_module_record));
        file.records.emplace_back(piece.begin(), piece.end());
        rest = rest.subspan(piece.size());
    }
    file.format = cms::variable_format;
    file.record_length = 0;
    for (const Bytes& record : file.records)
        file.record_length = std::max(file.record_length, static_cast<u32>(record.size()));
    return file;
}

} // namespace dasd
