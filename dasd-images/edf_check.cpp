// Finds everything that is wrong with an EDF disk whose directory can be read.
#include "dasd-images/edf_disk.h"
#include "dasd-images/reach_map.h"

namespace dasd {
namespace {

namespace edf = cms::edf;
using Status = edf::FileStatus;

// What is wrong with an entry itself; empty when nothing is.
std::string status_problem(const Status& status) {
    if (status.format != cms::fixed_format && status.format != cms::variable_format)
        return "is neither F nor V";
    if (status.record_length == 0 || status.record_length > cms::largest_record_length)
        return text("has record length ", status.record_length.value());
    u32 const pointer = status.format == cms::variable_format ? u32{sizeof(edf::VPointer)} : 4;
    if (status.levels > 0 && status.pointer_size != pointer)
        return text("has pointers of ", u32{status.pointer_size}, " bytes");
    for (u8 digits : status.changed)
        if (unpacked(digits) == 0xFF) return "has a date that is not decimal";
    return {};
}

// The lowest pointers of a V file against its records.
std::string pointer_problem(Minidisk& disk, const EdfTree& tree,
                            const std::vector<Bytes>& records) {
    u32 const size = disk.block_size();
    usize record = 0, start = 0;
    for (usize i = 0; i < tree.leaves.size(); ++i) {
        usize const end = (i + 1) * size;
        u32 displacement = edf::no_record_starts;
        if (record < records.size() && start < end)
            displacement = static_cast<u32>(start - i * size);
        while (record < records.size() && start < end) start += records[record++].size() + 2;
        if (tree.leaves[i].last_record != record || tree.leaves[i].displacement != displacement)
            return text("the pointer to ", disk.name(tree.data[i]),
                        " has a wrong record number or displacement");
    }
    return {};
}

} // namespace

std::vector<std::string> EdfDisk::check() {
    ReachMap reach(disk_, map_);
    for (u32 block = 1; block <= edf::directory_root_b; ++block)
        reach.see(block, "the disk itself");

    auto const walk = [&](const Status& status, const std::string& name, bool internal) {
        if (std::string const problem = status_problem(status); !problem.empty())
            return reach.problem(text(name, ": ", problem));
        try {
            EdfTree const tree = read_tree(disk_, status, map_.total());
            u32 data = 0;
            for (u32 block : tree.pointers)
                if (!internal || block > edf::directory_root_b) reach.see(block, name);
            for (u32 block : tree.data) {
                if (block == 0) continue;
                ++data;
                if (!internal || block > edf::directory_root_b) reach.see(block, name);
            }
            if (data != status.blocks)
                reach.problem(text(name, ": has ", data, " data blocks, its entry says ",
                                   status.blocks.value()));
            if (internal) return;
            auto const records = unpack(read_tree_data(disk_, tree), status.format,
                                        status.record_length, status.records);
            std::string const problem = pointer_problem(disk_, tree, records);
            if (!problem.empty()) reach.problem(text(name, ": ", problem));
        } catch (const Error& error) { reach.problem(text(name, ": ", error.what())); }
    };
    walk(directory_, "the directory", true);
    walk(allocation_, "the allocation map", true);
    for (usize i = 0; i < statuses_.size(); ++i) {
        std::string const name = to_string(id_of(statuses_[i]));
        for (usize j = 0; j < i; ++j)
            if (id_of(statuses_[j]) == id_of(statuses_[i]))
                reach.problem(text(name, ": is in the directory twice"));
        walk(statuses_[i], name, false);
    }
    if (label_.used_blocks != map_.used())
        reach.problem(text("the label says ", label_.used_blocks.value(),
                           " blocks are used, the allocation map ", map_.used()));
    return reach.finish();
}

} // namespace dasd
