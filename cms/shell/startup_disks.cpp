#include "cms/shell/startup_disks.h"

#include "cms/files/functions.h"
#include "cms/io/message.h"

namespace cms {
namespace {

Line<20> spell(u8 letter, u16 device) {
    Line<20> line;
    line << letter << " ("_e;
    return line.hex(device, 3) << ')'_e;
}

} // namespace

bool access_at_startup(u16 device, u8 letter, Text number) {
    files::AccessList list{};
    list.command = "DMSACM"_e;
    list.device = device;
    list.letter = letter;
    list.extends = letter == 'A'_e ? ' '_e : 'S'_e;
    if (letter == 'S'_e) list.extends = ' '_e;
    list.name = "*"_e;
    list.type = "*"_e;
    list.mode = Name<2>(Line<2>("*"_e) << number);
    if (number.empty()) list.mode = Name<2>{};
    if (letter != 'A'_e) list.flags |= files::AccessList::force_read_only;

    i32 const rc = files::access(list);
    switch (rc) {
    case 0: break;
    case files::error::not_attached: return false;
    case files::error::no_files:
        if (letter == 'A'_e)
            Message("ACC"_e, 60, 'E'_e) << "FILE(S) NOT FOUND. DISK 'A' WILL NOT BE ACCESSED"_e;
        return false;
    default:
        Message("ACC"_e, 112, 'S'_e) << "DISK '"_e << letter << "("_e
                                     << Line<3>().hex(device, 3).text() << ")' DEVICE ERROR"_e;
        return false;
    }
    if (list.writable == 0 && letter != 'S'_e)
        type_edited(Line<24>("DMSACC723I "_e) << spell(letter, device).text() << " R/O"_e);
    return true;
}

} // namespace cms
