#include "dasd-images/nucleus.h"

#include "loaders/nucleus.h"
#include "s370/base/bits.h"

#include <algorithm>
#include <cstring>
#include <elf.h>
#include <filesystem>

namespace dasd {
namespace {

constexpr u32 storage_end = 16u << 20;

u32 big(const u8* bytes, u32 size) {
    u32 value = 0;
    for (u32 i = 0; i < size; ++i) value = value << 8 | bytes[i];
    return value;
}

struct Segment {
    u32 address, file_size, memory_size, offset;
};

std::vector<Segment> segments_of(const std::string& path, const Bytes& file) {
    u32 const table = big(&file[offsetof(Elf32_Ehdr, e_phoff)], 4);
    u32 const count = big(&file[offsetof(Elf32_Ehdr, e_phnum)], 2);
    u32 const size = big(&file[offsetof(Elf32_Ehdr, e_phentsize)], 2);
    if (size != sizeof(Elf32_Phdr) || u64{table} + u64{count} * size > file.size())
        fail(path, ": is a damaged ELF program");
    std::vector<Segment> segments;
    for (u32 i = 0; i < count; ++i) {
        const u8* const header = &file[table + i * size];
        if (big(header + offsetof(Elf32_Phdr, p_type), 4) != PT_LOAD) continue;
        Segment const s{big(header + offsetof(Elf32_Phdr, p_vaddr), 4),
                        big(header + offsetof(Elf32_Phdr, p_filesz), 4),
                        big(header + offsetof(Elf32_Phdr, p_memsz), 4),
                        big(header + offsetof(Elf32_Phdr, p_offset), 4)};
        if (s.memory_size == 0) continue;
        if (u64{s.address} + s.memory_size > storage_end || s.file_size > s.memory_size ||
            u64{s.offset} + s.file_size > file.size())
            fail(path, ": a segment is not within the file and 16M of storage");
        segments.push_back(s);
    }
    return segments;
}

bool is_elf(const Bytes& file) {
    return file.size() >= sizeof(Elf32_Ehdr) && std::memcmp(file.data(), ELFMAG, SELFMAG) == 0;
}

} // namespace

StorageImage read_elf(const std::string& path) {
    Bytes const file = read_file(path);
    if (!is_elf(file) || file[EI_CLASS] != ELFCLASS32 || file[EI_DATA] != ELFDATA2MSB)
        fail(path, ": is not a 31-bit big-endian ELF program");
    auto const segments = segments_of(path, file);
    if (segments.empty()) fail(path, ": has nothing to load");

    StorageImage image;
    image.entry = big(&file[offsetof(Elf32_Ehdr, e_entry)], 4);
    image.load_address = storage_end;
    u32 end = 0;
    for (const Segment& s : segments) {
        image.load_address = std::min(image.load_address, s.address);
        end = std::max(end, s.address + s.memory_size);
    }
    image.bytes.resize(end - image.load_address);
    for (const Segment& s : segments)
        std::copy_n(file.begin() + s.offset, s.file_size,
                    image.bytes.begin() + (s.address - image.load_address));
    if (image.entry < image.load_address || image.entry >= end)
        fail(path, ": its entry is outside of what is loaded");
    return image;
}

StorageImage read_storage_image(const std::string& path) {
    Bytes bytes = read_file(path);
    if (is_elf(bytes)) return read_elf(path);
    if (bytes.empty()) fail(path, ": is empty");

    std::string const meta = std::filesystem::path(path).replace_extension(".meta").string();
    Bytes const facts = read_file(meta);
    std::istringstream in(std::string(facts.begin(), facts.end()));
    u32 load = 0, entry = 0;
    std::string load_word, entry_word;
    in >> load_word >> std::hex >> load >> entry_word >> entry;
    if (!in || load_word != "load" || entry_word != "entry")
        fail(meta, ": does not say `load` and `entry` with hexadecimal addresses");
    if (u64{load} + bytes.size() > storage_end) fail(path, ": does not fit into 16M");
    if (entry < load || entry >= load + bytes.size())
        fail(path, ": its entry is outside of what is loaded");
    return {std::move(bytes), load, entry};
}

Bootstrap read_bootstrap(const std::string& ipl_record, const std::string& program) {
    Bootstrap bootstrap{read_file(ipl_record), read_file(program)};
    if (bootstrap.ipl_record.size() != 24) fail(ipl_record, ": is not 24 bytes long");
    if (bootstrap.program.empty() || bootstrap.program.size() > loaders::bootstrap_size)
        fail(program, ": is not 1 to ", loaders::bootstrap_size, " bytes long");
    return bootstrap;
}

u32 put_nucleus(CkdImage& volume, Extent disk, u32 first_cylinder, u32 cylinders,
                const StorageImage& nucleus, const Bootstrap& bootstrap) {
    using namespace loaders;
    u32 const heads = volume.geometry().heads;
    if (heads != nucleus_heads) fail(volume.path(), ": a nucleus goes only to a 3350");
    // Records are whole pages of storage.
    u32 const lead = nucleus.load_address % nucleus_record_size;
    u32 const size = lead + static_cast<u32>(nucleus.bytes.size());
    u32 const records = round_up(size, nucleus_record_size) / nucleus_record_size;
    u32 const per_cylinder = nucleus_records_per_track * heads;
    u32 const needed = round_up(records, per_cylinder) / per_cylinder;
    if (nucleus.load_address < bootstrap_address + bootstrap_size)
        fail("a nucleus that is loaded at ", nucleus.load_address, " covers its bootstrap");
    if (needed > cylinders)
        fail("a nucleus of ", records, " pages does not fit on ", cylinders, " cylinders");
    if (first_cylinder + needed > disk.cylinders) fail("the nucleus is not on its disk");
    Bytes image(lead);
    image.insert(image.end(), nucleus.bytes.begin(), nucleus.bytes.end());
    image.resize(usize{needed} * per_cylinder * nucleus_record_size);

    auto from = image.begin();
    for (u32 i = 0; i < needed * heads; ++i) {
        Address const address{static_cast<u16>(disk.first_cylinder + first_cylinder + i / heads),
                              static_cast<u16>(i % heads)};
        Track track = formatted_track(address, nucleus_records_per_track, nucleus_record_size,
                                      disk.first_cylinder);
        for (u32 r = 1; r <= nucleus_records_per_track; ++r, from += nucleus_record_size)
            std::copy_n(from, nucleus_record_size, track.records[r].data.begin());
        volume.write(track);
    }

    NucleusLocation location{};
    location.magic = nucleus_magic;
    location.load_address = nucleus.load_address - lead;
    location.records = records;
    location.entry = nucleus.entry;
    location.first_cylinder = static_cast<u16>(first_cylinder);
    Bytes program = bootstrap.program;
    program.resize(bootstrap_size);
    std::memcpy(&program[nucleus_location_offset], &location, sizeof location);

    Address const first{static_cast<u16>(disk.first_cylinder), 0};
    Bytes& second_record = volume.record(first, 2);
    Bytes& first_record = volume.record(first, 1);
    if (second_record.size() < program.size() || first_record.size() < 24)
        fail(volume.path(), ": ", place(first, 2), ": is too short for the bootstrap");
    std::copy(program.begin(), program.end(), second_record.begin());
    std::copy(bootstrap.ipl_record.begin(), bootstrap.ipl_record.end(), first_record.begin());
    volume.write(volume.read(first));
    return needed;
}

} // namespace dasd
