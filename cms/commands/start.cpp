#include "cms/api/svc.h"
#include "cms/commands/command.h"

extern "C" i32 command_main(const cms::Parameters& parameters);

// From module_entry.S: registers 1 and 0 as the nucleus gave them.
extern "C" i32 module_start(u32 plist_and_type, u32 eplist);
i32 module_start(u32 plist_and_type, u32 eplist) {
    using namespace cms;
    Text line;
    if (plist_and_type >> 24 != call_type::program && (eplist & 0xFFFFFF) != 0) {
        auto const& extended = *api::at_address<const Eplist>(eplist);
        if (extended.end > extended.begin)
            line = Text(api::at_address(extended.begin), extended.end - extended.begin);
    }
    line = line.without_leading_blanks().without_trailing_blanks();
    return command_main(Parameters(api::at_address<const Name8>(plist_and_type), line));
}
