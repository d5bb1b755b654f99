#include "cms/api/volumes.h"

#include "cms/api/svc.h"

namespace cms::api {
namespace {

struct AccessList { // DMSACM
    Name8 command;  //  0
    Be16 device;    //  8
    u8 letter;      // 10
    u8 extends;     // 11
    u8 flags;       // 12
    u8 other;       // 13
    Be16 replaced;  // 14
    Name8 name;     // 16
    Name8 type;     // 24
    Name<2> mode;   // 32
    u8 also;        // 34
    u8 writable;    // 35
    Be32 files;     // 36
};
static_assert(sizeof(AccessList) == 40);
constexpr u8 access_erase = 0x80;

struct ReleaseList { // DMSARE
    Name8 command;   // 0
    u8 letter;       // 8
};

struct FormatList {  // DMSFOR
    Name8 command;   //  0
    Be16 device;     //  8
    u8 flags;        // 10
    u8 reserved;     // 11
    Be32 block_size; // 12
    Be32 cylinders;  // 16
    Name<6> label;   // 20
    Be16 reserved_26;
};
static_assert(sizeof(FormatList) == 28);

} // namespace

i32 access_disk(Access& access) {
    AccessList list{};
    list.command = "DMSACM"_e;
    list.device = access.device;
    list.letter = access.letter;
    list.extends = access.parent;
    list.flags = access.erase ? access_erase : u8{0};
    list.name = access.only.name;
    list.type = access.only.type;
    list.mode = access.only.mode;
    list.other = list.also = ' '_e;
    i32 const code = svc202(&list);
    access.other = list.other;
    access.also = list.also;
    access.replaced = list.replaced;
    access.writable = list.writable != 0;
    access.files = list.files;
    return code;
}

i32 release_disk(u8 letter) {
    ReleaseList list{};
    list.command = "DMSARE"_e;
    list.letter = letter;
    return svc202(&list);
}

i32 format_disk(Format& format) {
    FormatList list{};
    list.command = "DMSFOR"_e;
    list.device = format.device;
    list.flags = format.kind == FormatKind::Recompute ? 0x80
                 : format.kind == FormatKind::Label   ? 0x40
                                                      : 0;
    list.block_size = format.block_size;
    list.cylinders = format.cylinders;
    list.label = format.label;
    i32 const code = svc202(&list);
    format.cylinders = list.cylinders;
    return code;
}

} // namespace cms::api
