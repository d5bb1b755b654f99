// Finds everything that is wrong with an 800-byte disk whose directory can be read.
#include "dasd-images/cdf_disk.h"
#include "dasd-images/reach_map.h"

namespace dasd {
namespace {

namespace cdf = cms::cdf;

// What is wrong with an entry itself; empty when nothing is.
std::string status_problem(const cms::FileStatus& status) {
    if (status.format != cms::fixed_format && status.format != cms::variable_format)
        return "is neither F nor V";
    if (status.record_length == 0 || status.record_length > cms::largest_record_length)
        return text("has record length ", status.record_length.value());
    for (u8 digits : status.date)
        if (unpacked(digits) == 0xFF) return "has a date that is not decimal";
    return {};
}

} // namespace

std::vector<std::string> CdfDisk::check() {
    ReachMap reach(disk_, map_);
    for (u32 block = 1; block <= cdf::master_directory_block; ++block)
        reach.see(block, "the disk itself");
    for (u32 block : directory_blocks_) reach.see(block, "the directory");
    for (u32 block : mask_blocks_) reach.see(block, "the allocation mask");

    for (usize i = 0; i < statuses_.size(); ++i) {
        const Status& status = statuses_[i];
        std::string const name = to_string(id_of(status));
        for (usize j = 0; j < i; ++j)
            if (id_of(statuses_[j]) == id_of(status))
                reach.problem(text(name, ": is in the directory twice"));
        if (std::string const problem = status_problem(status); !problem.empty()) {
            reach.problem(text(name, ": ", problem));
            continue;
        }
        try {
            CdfChain const chain = read_chain(disk_, status, map_.total());
            u32 data = 0;
            for (u32 block : chain.links) reach.see(block, name);
            for (u32 block : chain.data)
                if (block != 0) ++data, reach.see(block, name);
            if (data != status.data_blocks)
                reach.problem(text(name, ": has ", data, " data blocks, its entry says ",
                                   status.data_blocks.value()));
            unpack(read_data(chain), status.format, status.record_length, status.items);
        } catch (const Error& error) { reach.problem(text(name, ": ", error.what())); }
    }

    if (master_.used_blocks != map_.used() ||
        master_.left_blocks != master_.total_blocks - map_.used())
        reach.problem(text("the directory counts ", master_.used_blocks.value(),
                           " blocks used and ", master_.left_blocks.value(), " left, the mask ",
                           map_.used(), " used of ", map_.total()));
    return reach.finish();
}

} // namespace dasd
