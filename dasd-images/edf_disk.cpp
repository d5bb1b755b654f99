#include "dasd-images/edf_disk.h"

#include <algorithm>
#include <cstring>

namespace dasd {

namespace edf = cms::edf;

namespace {

void set_time(edf::FileStatus& status, const Timestamp& time) {
    u8 const changed[6] = {packed(time.year), packed(time.month),  packed(time.day),
                           packed(time.hour), packed(time.minute), packed(time.second)};
    dasd::set_time(static_cast<cms::FileStatus&>(status), time);
    std::copy_n(changed, 6, status.changed);
    status.flags = time.after_1999 ? cms::file_flag::century : u8{0};
}

Timestamp time_of(const edf::FileStatus& status) {
    Timestamp time = dasd::time_of(static_cast<const cms::FileStatus&>(status));
    time.after_1999 = (status.flags & cms::file_flag::century) != 0;
    time.second = unpacked(status.changed[5]);
    return time;
}

edf::FileStatus internal_status(const u8 (&name)[8], Text type, const Timestamp& time) {
    edf::FileStatus status{};
    std::copy_n(name, 8, status.name.bytes);
    status.type = type;
    status.mode.bytes[0] = status.mode.bytes[1] = 0;
    status.format = cms::fixed_format;
    set_time(status, time);
    return status;
}

bool is_internal(const edf::FileStatus& status, const u8 (&name)[8], Text type) {
    return std::equal(name, name + 8, status.name.bytes) && status.type.padded() == type &&
           status.format == cms::fixed_format;
}

} // namespace

std::unique_ptr<EdfDisk> EdfDisk::open(Minidisk& disk) {
    std::unique_ptr<EdfDisk> result(new EdfDisk(disk));
    result->read_label();
    result->read_directory();
    result->read_map();
    return result;
}

void EdfDisk::read_label() {
    const Bytes& block = disk_.read(edf::label_block);
    std::memcpy(&label_, block.data(), sizeof label_);
    auto const wrong = [&](const char* what) {
        fail(disk_.volume().path(), ": ", disk_.name(edf::label_block),
             ": the label is damaged: ", what);
    };
    u32 const per_cylinder = disk_.per_track(disk_.block_size()) * disk_.volume().geometry().heads;
    if (label_.block_size != disk_.block_size()) wrong("its block size is not that of the blocks");
    if (label_.version != 0) wrong("an unknown version");
    if (label_.directory_root != edf::directory_root_a &&
        label_.directory_root != edf::directory_root_b)
        wrong("the directory is neither at block 4 nor 5");
    if (label_.formatted_cylinders == 0 || label_.formatted_cylinders > disk_.extent().cylinders)
        wrong("more cylinders than the minidisk has");
    if (label_.total_blocks < edf::first_map_block ||
        label_.total_blocks > label_.formatted_cylinders * per_cylinder)
        wrong("more blocks than its cylinders have");
    if (label_.used_blocks > label_.total_blocks) wrong("more blocks in use than there are");
    if (label_.status_size != sizeof(Status) ||
        label_.statuses_per_block != edf::statuses_per_block(disk_.block_size()))
        wrong("the size of directory entries");
}

// With levels the root is a pointer block; the entry that tells how many levels
// there are begins the first data block, so it is looked for downwards.
EdfDisk::Status EdfDisk::find_directory_status() {
    u32 block = label_.directory_root;
    for (u32 level = 0; level <= edf::largest_levels; ++level) {
        Status status;
        const Bytes& bytes = disk_.read(block);
        std::memcpy(&status, bytes.data(), sizeof status);
        if (is_internal(status, edf::directory_name, edf::directory_type)) {
            if (status.levels == level && status.root == label_.directory_root) return status;
            break;
        }
        Be32 below;
        std::memcpy(&below, bytes.data(), sizeof below);
        if (below <= edf::label_block || below > label_.total_blocks) break;
        block = below;
    }
    fail(disk_.volume().path(), ": ", disk_.name(label_.directory_root),
         ": no directory begins there");
}

void EdfDisk::read_directory() {
    directory_ = find_directory_status();
    if (directory_.record_length != sizeof(Status) || directory_.records < 2)
        fail(disk_.volume().path(), ": ", disk_.name(label_.directory_root),
             ": the entry of the directory is damaged");
    Bytes bytes;
    try {
        bytes = read_tree_data(disk_, read_tree(disk_, directory_, label_.total_blocks));
    } catch (const Error& error) {
        fail(disk_.volume().path(), ": ", disk_.name(label_.directory_root), ": the directory ",
             error.what());
    }
    for (u32 i = 1; i < directory_.records; ++i) {
        Status status;
        std::memcpy(&status, &bytes[i * sizeof status], sizeof status);
        if (i == 1) {
            if (!is_internal(status, edf::map_name, edf::map_type))
                fail(disk_.volume().path(), ": ", disk_.name(label_.directory_root),
                     ": the second entry is not the allocation map");
            allocation_ = status;
        } else if (status.name.bytes[0] != 0 && status.type.bytes[0] != 0) {
            statuses_.push_back(status);
        }
    }
}

void EdfDisk::read_map() {
    u32 const size = disk_.block_size(), total = label_.total_blocks;
    u32 const blocks = (total + size * 8 - 1) / (size * 8);
    if (allocation_.record_length != size || allocation_.records != blocks)
        fail(disk_.volume().path(), ": the entry of the allocation map is damaged");
    Bytes bytes;
    try {
        bytes = read_tree_data(disk_, read_tree(disk_, allocation_, total));
    } catch (const Error& error) {
        fail(disk_.volume().path(), ": the allocation map ", error.what());
    }
    map_ = BlockMap(total);
    map_.mark_those_in(bytes);
}

std::string EdfDisk::label() const { return to_string(label_.name.text()); }

std::vector<FileInfo> EdfDisk::files() const {
    std::vector<FileInfo> infos;
    for (const Status& s : statuses_)
        infos.push_back(
            {id_of(s), s.mode, s.format, s.record_length, s.records, s.blocks, time_of(s)});
    return infos;
}

CmsFile EdfDisk::get(const FileId& id) {
    const Status* const status = find_status(statuses_, id);
    if (status == nullptr) fail(to_string(id), ": is not on the disk");
    try {
        Bytes const bytes = read_tree_data(disk_, read_tree(disk_, *status, map_.total()));
        return {id,
                status->mode,
                status->format,
                status->record_length,
                unpack(bytes, status->format, status->record_length, status->records),
                time_of(*status)};
    } catch (const Error& error) { fail(to_string(id), ": is damaged: ", error.what()); }
}

void EdfDisk::give_up(const EdfTree& tree) {
    for (u32 block : tree.data)
        if (block > edf::directory_root_b) map_.give_up(block);
    for (u32 block : tree.pointers)
        if (block > edf::directory_root_b) map_.give_up(block);
}

void EdfDisk::put(const CmsFile& file, bool sparse) {
    if (file.records.empty()) fail(to_string(file.id), ": is empty; CMS has no empty files");
    PackedRecords const content = pack(file);
    Status status{};
    status.name = file.id.name;
    status.type = file.id.type;
    status.mode = file.mode;
    status.format = file.format;
    status.record_length = file.record_length;
    status.records = static_cast<u32>(file.records.size());
    status.items = static_cast<u16>(std::min<usize>(file.records.size(), 0xFFFF));
    status.write_pointer = static_cast<u16>(std::min<usize>(file.records.size() + 1, 0xFFFF));
    status.read_pointer = 1;
    set_time(status, file.changed);

    EdfTreeWriter writer(disk_, map_);
    bool const variable = file.format == cms::variable_format;
    writer.write(status, content.bytes,
                 variable ? std::span<const u32>(content.starts) : std::span<const u32>(), sparse);
    if (Status* const old = find_status(statuses_, file.id); old != nullptr) {
        give_up(read_tree(disk_, *old, map_.total()));
        *old = status;
    } else {
        statuses_.push_back(status);
    }
}

void EdfDisk::erase(const FileId& id) {
    Status* const status = find_status(statuses_, id);
    if (status == nullptr) fail(to_string(id), ": is not on the disk");
    give_up(read_tree(disk_, *status, map_.total()));
    statuses_.erase(statuses_.begin() + (status - statuses_.data()));
}

Bytes EdfDisk::map_bytes() const {
    u32 const size = disk_.block_size();
    return map_.bits_after_commit((map_.total() + size * 8 - 1) / (size * 8) * size);
}

Bytes EdfDisk::directory_bytes() const {
    Bytes bytes;
    auto const add = [&](const Status& status) {
        const u8* const from = reinterpret_cast<const u8*>(&status);
        bytes.insert(bytes.end(), from, from + sizeof status);
    };
    add(directory_);
    add(allocation_);
    for (const Status& status : statuses_) add(status);
    return bytes;
}

void EdfDisk::commit() {
    u32 const root = edf::directory_root_a + edf::directory_root_b - label_.directory_root;
    give_up(read_tree(disk_, directory_, map_.total()));
    give_up(read_tree(disk_, allocation_, map_.total()));

    Timestamp const now = Timestamp::now();
    EdfTreeWriter directory(disk_, map_), map(disk_, map_);
    directory.set_root(root);
    directory_.records = static_cast<u32>(statuses_.size()) + 2;
    set_time(directory_, now);
    set_time(allocation_, now);
    // Twice: the first time finds out which blocks they take, which is what they say.
    map.write(allocation_, map_bytes());
    allocation_.records = static_cast<u32>(map_bytes().size() / disk_.block_size());
    directory.write(directory_, directory_bytes());
    map.use_again();
    directory.use_again();
    map.write(allocation_, map_bytes());
    directory.write(directory_, directory_bytes());
    disk_.flush();

    label_.directory_root = root;
    label_.used_blocks = map_.used() - static_cast<u32>(map_.given_up().size());
    disk_.write(edf::label_block, {reinterpret_cast<const u8*>(&label_), sizeof label_});
    disk_.flush();
    map_.commit();
}

void EdfDisk::format(Minidisk& disk, const std::string& name, u32 block_size, u32 cylinders) {
    disk.format(block_size, cylinders);
    Timestamp const now = Timestamp::now();
    edf::Label label{};
    std::copy_n(edf::label_mark, 4, label.mark);
    label.name = Text(to_ebcdic(name));
    label.block_size = block_size;
    label.directory_root = edf::directory_root_b; // the commit below goes to the other
    label.formatted_cylinders = cylinders;
    label.cylinders = disk.extent().cylinders;
    label.total_blocks = disk.capacity(block_size) / disk.extent().cylinders * cylinders;
    label.status_size = sizeof(Status);
    label.statuses_per_block = edf::statuses_per_block(block_size);
    u8 const created[6] = {packed(now.year), packed(now.month),  packed(now.day),
                           packed(now.hour), packed(now.minute), packed(now.second)};
    std::copy_n(created, 6, label.created);
    label.flags = now.after_1999 ? edf::label_flag::century : u8{0};

    EdfDisk fresh(disk);
    fresh.label_ = label;
    fresh.directory_ = internal_status(edf::directory_name, edf::directory_type, now);
    fresh.directory_.record_length = sizeof(Status);
    fresh.allocation_ = internal_status(edf::map_name, edf::map_type, now);
    fresh.allocation_.record_length = block_size;
    fresh.map_ = BlockMap(label.total_blocks);
    for (u32 block = 1; block <= edf::directory_root_b; ++block) fresh.map_.mark(block);
    fresh.commit(); // gives up nothing: both have no records yet
}

} // namespace dasd
