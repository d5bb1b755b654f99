#include "dasd-images/cdf_disk.h"

#include <algorithm>
#include <cstring>

namespace dasd {

namespace cdf = cms::cdf;

namespace {

u32 checked(u32 block, u32 total) {
    if (block > total || (block != 0 && block < cdf::first_free_block))
        fail("points to block ", block);
    return block;
}

// How many data blocks a file has, holes included.
u32 blocks_of(const cms::FileStatus& status) {
    if (status.format == cms::variable_format) return status.data_blocks;
    u64 const bytes = u64{status.items} * status.record_length;
    u64 const blocks = (bytes + cdf::block_size - 1) / cdf::block_size;
    if (blocks > cdf::largest_file) fail("is larger than the format allows");
    return static_cast<u32>(blocks);
}

} // namespace

CdfChain read_chain(Minidisk& disk, const cms::FileStatus& status, u32 total) {
    CdfChain chain;
    u32 const blocks = blocks_of(status);
    if (blocks > cdf::largest_file) fail("is larger than the format allows");
    if (status.items == 0) return chain;
    u32 const first = checked(status.first_chain_link, total);
    if (first == 0) fail("has no first chain link");

    cdf::FirstChainLink link;
    std::memcpy(&link, disk.read(first).data(), sizeof link);
    chain.links.push_back(first);
    for (u32 i = 0; i < std::min(blocks, cdf::blocks_in_first_link); ++i)
        chain.data.push_back(checked(link.block[i], total));

    for (u32 n = 0; chain.data.size() < blocks; ++n) {
        u32 const number = checked(link.link[n], total);
        cdf::ChainLink further{};
        if (number != 0) {
            std::memcpy(&further, disk.read(number).data(), sizeof further);
            chain.links.push_back(number);
        }
        for (u32 i = 0; i < cdf::blocks_in_link && chain.data.size() < blocks; ++i)
            chain.data.push_back(checked(further.block[i], total));
    }
    return chain;
}

Bytes CdfDisk::read_data(const CdfChain& chain) {
    Bytes bytes;
    for (u32 block : chain.data) {
        if (block == 0) {
            bytes.resize(bytes.size() + cdf::block_size);
            continue;
        }
        const Bytes& data = disk_.read(block);
        bytes.insert(bytes.end(), data.begin(), data.end());
    }
    return bytes;
}

// Takes the first chain link, then the data blocks in order, each further chain
// link before the data that it names. Returns the first chain link.
u32 CdfDisk::write_chain(std::span<const u8> bytes, bool sparse, u32& data_blocks) {
    u32 const blocks = static_cast<u32>((bytes.size() + cdf::block_size - 1) / cdf::block_size);
    if (blocks > cdf::largest_file) fail("the file is larger than the format allows");
    u32 const first = map_.take();
    cdf::FirstChainLink link{};
    cdf::ChainLink further{};
    data_blocks = 0;

    for (u32 i = 0; i < blocks; ++i) {
        auto const piece =
            bytes.subspan(i * cdf::block_size,
                          std::min<usize>(cdf::block_size, bytes.size() - i * cdf::block_size));
        bool const hole =
            sparse && std::all_of(piece.begin(), piece.end(), [](u8 b) { return b == 0; });
        u32 const n = i < cdf::blocks_in_first_link
                          ? 0
                          : (i - cdf::blocks_in_first_link) / cdf::blocks_in_link;
        u32 const in_link = i < cdf::blocks_in_first_link
                                ? i
                                : (i - cdf::blocks_in_first_link) % cdf::blocks_in_link;
        if (i >= cdf::blocks_in_first_link && in_link == 0) {
            further = {};
            link.link[n] = static_cast<u16>(map_.take());
        }
        u32 block = 0;
        if (!hole) {
            block = map_.take();
            disk_.write(block, piece);
            ++data_blocks;
        }
        if (i < cdf::blocks_in_first_link) {
            link.block[i] = static_cast<u16>(block);
        } else {
            further.block[in_link] = static_cast<u16>(block);
            if (in_link == cdf::blocks_in_link - 1 || i == blocks - 1)
                disk_.write(link.link[n], {reinterpret_cast<const u8*>(&further), sizeof further});
        }
    }
    disk_.write(first, {reinterpret_cast<const u8*>(&link), sizeof link});
    return first;
}

void CdfDisk::give_up(const CdfChain& chain) {
    for (u32 block : chain.data)
        if (block != 0) map_.give_up(block);
    for (u32 block : chain.links) map_.give_up(block);
}

} // namespace dasd
