#include "cms/commands/library.h"

#include "cms/commands/record_reader.h"

namespace cms {
namespace {

constexpr u32 entry_size = 12, record_size = 80, largest_dictionary = 64 * 1024;

u32 halfword(Text bytes, usize at) { return u32{bytes[at]} << 8 | bytes[at + 1]; }

} // namespace

i32 Library::open(const FileState& file) {
    if (file.recfm != 'F'_e || file.record_length != record_size || file.records == 0)
        return library::not_a_library;
    u32 dictionary = 0, size = 0;
    {
        RecordReader reader(file);
        Text header;
        if (!reader.ok()) return api::rc::storage;
        if (i32 const code = reader.next(header)) return code;
        if (!(header.substr(3, 3) == "LIB"_e)) return library::not_a_library;
        dictionary = halfword(header, 6);
        size = halfword(header, 8) << 16 | halfword(header, 10);
    }
    if (dictionary == 0 || dictionary > file.records || size > largest_dictionary)
        return library::not_a_library;
    if (!entries_.resize(std::max<u32>(1, size / entry_size))) return api::rc::storage;

    // Entries run over the ends of records: 80 is no multiple of 12.
    RecordReader reader(file, dictionary);
    if (!reader.ok()) return api::rc::storage;
    u8 bytes[entry_size];
    u32 have = 0;
    for (u32 taken = 0; taken < size;) {
        Text record;
        if (reader.next(record) != 0) break;
        for (usize i = 0; i < record.size() && taken < size; ++i, ++taken) {
            bytes[have++] = record[i];
            if (have < entry_size) continue;
            have = 0;
            Text const entry(bytes, entry_size);
            if (entry[0] == 0 || count_ == entries_.size()) continue; // deleted
            entries_[count_++] = {Name8(entry.substr(0, 8)), halfword(entry, 8)};
        }
    }
    return 0;
}

} // namespace cms
