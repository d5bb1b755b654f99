#include "cms/api/files.h"

#include "cms/api/status.h"
#include "cms/api/svc.h"
#include "cms/layout/fscb.h"
#include "cms/layout/fvs.h"

namespace cms::api {
namespace {

struct StateList {
    Name8 command; //  0
    Name8 name;    //  8
    Name8 type;    // 16
    Name<2> mode;  // 24
    Be16 unused;   // 26
    Be32 found;    // 28
};
static_assert(sizeof(StateList) == 32);

i32 look_up(Text function, const FileId& id, FileState& found) {
    StateList list{};
    list.command = function;
    list.name = id.name;
    list.type = id.type;
    list.mode = id.mode;
    i32 const code = svc202(&list);
    if (code != 0) return code;

    auto const& work = *at_address<const Fvs>(nucon().afvs);
    auto const& disk = *at_address<const Adt>(work.state_disk);
    u32 entry_size = sizeof(FileStatus);
    if (disk.first_hyperblock != 0)
        entry_size = at_address<const HyperblockPrefix>(disk.first_hyperblock)->entry_size;
    // A file that is new and open has no entry yet: only the copy knows it.
    u32 const entry = work.state_status;
    auto const* status = entry != 0 ? at_address<const FileStatus>(entry) : &work.state;
    found = file_state(*status, disk.letter, entry != 0 ? entry_size : u32{sizeof(FileStatus)});
    found.writable = (disk.flags1 & adt_flag1::read_write) != 0;
    found.open = (work.state.flags & (state_flag::active_read | state_flag::active_write |
                                      state_flag::active_point)) != 0;
    return 0;
}

Fscb file_block(Text function, const FileId& id, u32 item, const u8* buffer, u32 size) {
    Fscb block{};
    block.function = function;
    block.name = id.name;
    block.type = id.type;
    block.mode = id.mode;
    block.buffer = address_of(buffer);
    block.size = size;
    block.items = 1;
    if (item > 0xFFFF) {
        block.flags = fscb_flag::extended;
        block.long_item = item;
        block.long_items = 1;
    } else
        block.item = static_cast<u16>(item);
    return block;
}

Text mode_token(const FileId& id) { return id.mode.text(); }

i32 rename_by(Text function, const FileId& from, const FileId& to) {
    return svc202(Plist<7>(function, from.name.text(), from.type.text(), mode_token(from),
                           to.name.text(), to.type.text(), mode_token(to))
                      .data());
}

} // namespace

i32 state(const FileId& id, FileState& found) { return look_up("STATE"_e, id, found); }
i32 state_for_writing(const FileId& id, FileState& found) { return look_up("STATEW"_e, id, found); }

i32 read_record(const FileId& id, u32 item, std::span<u8> buffer, u32& length) {
    Fscb block = file_block("RDBUF"_e, id, item, buffer.data(), static_cast<u32>(buffer.size()));
    block.format = 'F'_e;
    i32 const code = svc202(&block);
    length = std::min(u32{block.bytes_read}, static_cast<u32>(buffer.size()));
    return code;
}

i32 write_record(const FileId& id, u32 item, Text record, u8 recfm) {
    Fscb block = file_block("WRBUF"_e, id, item, record.data(), static_cast<u32>(record.size()));
    block.format = recfm;
    return svc202(&block);
}

i32 finis(const FileId& id) {
    return svc202(Plist<4>("FINIS"_e, id.name.text(), id.type.text(), mode_token(id)).data());
}

i32 erase(const FileId& id) {
    return svc202(Plist<4>("ERASE"_e, id.name.text(), id.type.text(), mode_token(id)).data());
}

i32 rename(const FileId& from, const FileId& to) { return rename_by("RENAME"_e, from, to); }
i32 replace(const FileId& from, const FileId& to) { return rename_by("DMSREPL"_e, from, to); }

i32 set_stamp(const FileId& id, const Stamp& written) {
    struct {
        Name8 command{"DMSSTAMP"_e}; //  0
        Name8 name;                  //  8
        Name8 type;                  // 16
        Name<2> mode;                // 24
        u8 stamp[6];                 // 26
        u8 century;                  // 32
    } list{};
    list.name = id.name;
    list.type = id.type;
    list.mode = id.mode;
    pack_stamp(written, list.stamp);
    list.century = written.year >= 2000;
    return svc202(&list);
}

} // namespace cms::api
