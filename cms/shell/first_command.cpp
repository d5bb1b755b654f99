#include "cms/shell/first_command.h"

#include "cms/base/storage.h"
#include "cms/files/functions.h"
#include "cms/io/message.h"
#include "cms/shell/scan.h"
#include "cms/shell/shell.h"
#include "cms/shell/startup_disks.h"

namespace cms {
namespace {

constinit bool first = true;

constexpr u16 disk_a = 0x191, disk_y = 0x19E;

bool has_token(usize count, Text wanted) {
    auto const* const tokens = reinterpret_cast<const Name8*>(nucon().cmndlist);
    return std::any_of(tokens, tokens + count, [&](const Name8& t) { return t.text() == wanted; });
}

bool profile_exists() {
    Adt* disk = nullptr;
    return files::find_file(Name8("PROFILE"_e), Name8("EXEC"_e), Name<2>("A"_e), false, disk) !=
           nullptr;
}

} // namespace

bool is_first_command() { return first; }

void take_first_command(Text line) {
    first = false;
    usize const count = scan(line);
    auto const* const tokens = reinterpret_cast<const Name8*>(nucon().cmndlist);
    bool const accessing =
        count > 0 && tokens[0].text().size() >= 2 && "ACCESS"_e.starts_with(tokens[0].text());
    bool const no_disk = accessing && has_token(count, "NODISK"_e);
    bool const no_profile = no_disk || (accessing && has_token(count, "NOPROF"_e));
    access_at_startup(disk_y, 'Y'_e, "2"_e);
    if (!no_disk) access_at_startup(disk_a, 'A'_e, {});
    if (!no_profile && profile_exists()) run_command("PROFILE"_e);
}

} // namespace cms
