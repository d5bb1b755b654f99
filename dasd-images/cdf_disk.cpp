#include "dasd-images/cdf_disk.h"

#include <algorithm>
#include <cstring>

namespace dasd {

namespace cdf = cms::cdf;

namespace {

constexpr u32 largest_directory = cdf::largest_files / cdf::statuses_per_block;
constexpr u16 old_mask_follows = 0xFFFE; // one extension, no zero after it

u32 blocks_for(usize files) {
    return static_cast<u32>((files + cdf::statuses_per_block - 1) / cdf::statuses_per_block);
}

} // namespace

std::unique_ptr<CdfDisk> CdfDisk::open(Minidisk& disk) {
    std::unique_ptr<CdfDisk> result(new CdfDisk(disk));
    std::memcpy(&result->label_, disk.read(cdf::label_block).data(), sizeof(cdf::Label));
    result->read_master_directory();
    result->read_directory();
    return result;
}

void CdfDisk::read_master_directory() {
    auto const wrong = [&](const std::string& what) {
        fail(disk_.volume().path(), ": ", disk_.name(cdf::master_directory_block),
             ": the master file directory is damaged: ", what);
    };
    std::memcpy(&master_, disk_.read(cdf::master_directory_block).data(), sizeof master_);
    u32 const total = master_.total_blocks;
    if (total < cdf::first_free_block || total > cdf::largest_disk ||
        total > disk_.capacity(cdf::block_size))
        wrong(text("it counts ", total, " blocks"));

    u32 slot = 0;
    auto const next = [&] {
        if (slot == cdf::address_slots) wrong("its list of blocks does not end");
        return u32{master_.addresses[slot++]};
    };
    auto const add = [&](std::vector<u32>& list, u32 block) {
        if (block < cdf::first_free_block || block > total) wrong(text("it names block ", block));
        list.push_back(block);
    };
    u32 address = next();
    for (; address < old_mask_follows - 1u; address = next()) add(directory_blocks_, address);
    if (address == old_mask_follows) add(mask_blocks_, next());
    if (address == cdf::mask_follows)
        for (address = next(); address != 0; address = next()) add(mask_blocks_, address);
    if (directory_blocks_.size() > largest_directory) wrong("it has too many directory blocks");

    map_ = BlockMap(total);
    if (mask_blocks_.size() != extensions_needed())
        wrong(text("it has ", mask_blocks_.size(), " mask extensions, not ", extensions_needed()));
    read_mask();
}

u32 CdfDisk::extensions_needed() const {
    u32 const bytes = mask_size();
    return bytes <= cdf::mask_bytes_in_mfd
               ? 0
               : (bytes - cdf::mask_bytes_in_mfd + cdf::block_size - 1) / cdf::block_size;
}

void CdfDisk::read_mask() {
    Bytes mask(master_.mask, master_.mask + cdf::mask_bytes_in_mfd);
    for (u32 block : mask_blocks_) {
        const Bytes& more = disk_.read(block);
        mask.insert(mask.end(), more.begin(), more.end());
    }
    map_.mark_those_in(mask);
}

void CdfDisk::read_directory() {
    for (u32 number : directory_blocks_) {
        const Bytes& block = disk_.read(number);
        for (u32 i = 0; i < cdf::statuses_per_block; ++i) {
            Status status;
            std::memcpy(&status, &block[i * sizeof status], sizeof status);
            if (status.name.bytes[0] != 0) statuses_.push_back(status);
        }
    }
}

std::string CdfDisk::label() const { return to_string(label_.name.text()); }

std::vector<FileInfo> CdfDisk::files() const {
    std::vector<FileInfo> infos;
    for (const Status& s : statuses_)
        infos.push_back(
            {id_of(s), s.mode, s.format, s.record_length, s.items, s.data_blocks, time_of(s)});
    return infos;
}

CmsFile CdfDisk::get(const FileId& id) {
    const Status* const status = find_status(statuses_, id);
    if (status == nullptr) fail(to_string(id), ": is not on the disk");
    try {
        Bytes const bytes = read_data(read_chain(disk_, *status, map_.total()));
        return {id,
                status->mode,
                status->format,
                status->record_length,
                unpack(bytes, status->format, status->record_length, status->items),
                time_of(*status)};
    } catch (const Error& error) { fail(to_string(id), ": is damaged: ", error.what()); }
}

// The blocks of the next directory are taken before the data, so that what was
// put can be committed.
void CdfDisk::reserve_directory(usize files) {
    if (files > cdf::largest_files) fail("the directory is full");
    while (next_directory_blocks_.size() < blocks_for(files))
        next_directory_blocks_.push_back(map_.take());
}

void CdfDisk::put(const CmsFile& file, bool sparse) {
    if (file.records.empty()) fail(to_string(file.id), ": is empty; CMS has no empty files");
    PackedRecords const content = pack(file);
    if (file.records.size() > 0xFFFF)
        fail(to_string(file.id), ": has more records than the 800-byte format allows");
    Status* const old = find_status(statuses_, file.id);
    reserve_directory(statuses_.size() + (old == nullptr ? 1 : 0));

    Status status{};
    u32 data_blocks = 0;
    status.name = file.id.name;
    status.type = file.id.type;
    status.mode = file.mode;
    status.format = file.format;
    status.record_length = file.record_length;
    status.items = static_cast<u16>(file.records.size());
    status.write_pointer = static_cast<u16>(file.records.size() + 1);
    status.read_pointer = 1;
    set_time(status, file.changed);
    status.first_chain_link = static_cast<u16>(
        write_chain(content.bytes, sparse && file.format == cms::fixed_format, data_blocks));
    status.data_blocks = static_cast<u16>(data_blocks);

    if (old != nullptr) {
        give_up(read_chain(disk_, *old, map_.total()));
        *old = status;
    } else {
        statuses_.push_back(status);
    }
}

void CdfDisk::erase(const FileId& id) {
    Status* const status = find_status(statuses_, id);
    if (status == nullptr) fail(to_string(id), ": is not on the disk");
    give_up(read_chain(disk_, *status, map_.total()));
    statuses_.erase(statuses_.begin() + (status - statuses_.data()));
}

Bytes CdfDisk::mask_bytes() const {
    return map_.bits_after_commit(cdf::mask_bytes_in_mfd + extensions_needed() * cdf::block_size);
}

void CdfDisk::commit() {
    reserve_directory(statuses_.size());
    std::vector<u32> mask_blocks;
    for (u32 i = 0; i < extensions_needed(); ++i) mask_blocks.push_back(map_.take());
    for (u32 block : directory_blocks_) map_.give_up(block);
    for (u32 block : mask_blocks_) map_.give_up(block);
    while (next_directory_blocks_.size() > blocks_for(statuses_.size())) {
        map_.give_up(next_directory_blocks_.back());
        next_directory_blocks_.pop_back();
    }

    for (usize i = 0; i < next_directory_blocks_.size(); ++i) {
        usize const first = i * cdf::statuses_per_block;
        usize const count = std::min<usize>(cdf::statuses_per_block, statuses_.size() - first);
        disk_.write(next_directory_blocks_[i],
                    {reinterpret_cast<const u8*>(&statuses_[first]), count * sizeof(Status)});
    }
    Bytes const mask = mask_bytes();
    for (usize i = 0; i < mask_blocks.size(); ++i)
        disk_.write(
            mask_blocks[i],
            std::span(mask).subspan(cdf::mask_bytes_in_mfd + i * cdf::block_size, cdf::block_size));
    disk_.flush();

    std::fill_n(master_.addresses, cdf::address_slots, Be16{});
    u32 slot = 0;
    for (u32 block : next_directory_blocks_) master_.addresses[slot++] = static_cast<u16>(block);
    master_.addresses[slot++] = mask_blocks.empty() ? cdf::addresses_end : cdf::mask_follows;
    for (u32 block : mask_blocks) master_.addresses[slot++] = static_cast<u16>(block);
    std::copy_n(mask.begin(), cdf::mask_bytes_in_mfd, master_.mask);
    master_.used_blocks = map_.used() - static_cast<u32>(map_.given_up().size());
    master_.left_blocks = map_.total() - master_.used_blocks;
    usize last = mask_size();
    while (last > 1 && mask[last - 1] == 0) --last;
    master_.last_mask_byte = static_cast<u32>(last - 1);
    disk_.write(cdf::master_directory_block,
                {reinterpret_cast<const u8*>(&master_), sizeof master_});
    disk_.flush();
    directory_blocks_ = std::move(next_directory_blocks_);
    next_directory_blocks_.clear();
    mask_blocks_ = std::move(mask_blocks);
    map_.commit();
}

void CdfDisk::format(Minidisk& disk, const std::string& name, u32 cylinders) {
    disk.format(cdf::block_size, cylinders);
    CdfDisk fresh(disk);
    std::copy_n(cdf::label_mark, 4, fresh.label_.mark);
    fresh.label_.name = Text(to_ebcdic(name));
    disk.write(cdf::label_block, {reinterpret_cast<const u8*>(&fresh.label_), sizeof fresh.label_});

    u32 const blocks = disk.capacity(cdf::block_size) / disk.extent().cylinders * cylinders;
    fresh.map_ = BlockMap(std::min(blocks, cdf::largest_disk));
    for (u32 block = 1; block <= cdf::master_directory_block; ++block) fresh.map_.mark(block);
    fresh.master_.total_blocks = fresh.map_.total();
    fresh.master_.cylinders = cylinders;
    fresh.master_.device_type = cdf::device_type_3350;
    fresh.commit();
}

} // namespace dasd
