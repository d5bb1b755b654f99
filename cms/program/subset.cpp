#include "cms/program/subset.h"

#include "cms/io/console.h"
#include "cms/program/svc.h"

namespace cms {
namespace {

using Runner = void (*)(Text line);
constinit Runner run_line = nullptr;

} // namespace

void set_subset_runner(void (*runner)(Text line)) { run_line = runner; }

i32 subset_function(FunctionCall&) {
    Nucon& page0 = nucon();
    if ((page0.subflag & subflag::active) != 0 || run_line == nullptr) return 1;
    page0.subflag = subflag::active;
    type_line("CMS SUBSET"_e);
    u8 buffer[line_limit];
    while ((page0.subflag & subflag::returning) == 0) {
        Text const line = read_line(buffer);
        if (line.without_leading_blanks().empty())
            type_line("CMS SUBSET"_e);
        else
            run_line(line);
    }
    page0.subflag = 0;
    return 0;
}

i32 return_function(FunctionCall&) {
    Nucon& page0 = nucon();
    if ((page0.subflag & subflag::active) == 0) {
        page0.misflags |= misflags::from_svc_handler;
        return call_rc::not_found;
    }
    page0.subflag |= subflag::returning;
    return 0;
}

} // namespace cms
