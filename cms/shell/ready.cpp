#include "cms/shell/ready.h"

#include "cms/base/cp.h"
#include "cms/base/storage.h"
#include "cms/io/console.h"

namespace cms {
namespace {

void put_seconds(Line<60>& line, u64 microseconds) {
    u64 const hundredths = (microseconds + 5000) / 10000;
    line.decimal(hundredths / 100) << '.'_e;
    line.decimal(hundredths % 100, 2);
}

} // namespace

Line<60> ready_text(i32 code, bool brief, u64 virtual_time, u64 total_time, const Name8& time) {
    Line<60> line;
    line << (brief ? "R"_e : "Ready"_e);
    if (code != 0) {
        line << '('_e;
        if (code < 0) line << '-'_e;
        u32 const size = code < 0 ? 0u - static_cast<u32>(code) : static_cast<u32>(code);
        line.decimal(size, code < 0 ? 4 : 5) << ')'_e;
    }
    line << ';'_e;
    if (brief) return line;
    line << " T="_e;
    put_seconds(line, virtual_time);
    line << '/'_e;
    put_seconds(line, total_time);
    line << ' '_e << time;
    return line;
}

void start_timing() {
    Times const now = times();
    nucon().lastvirt = static_cast<u32>(now.virtual_time);
    nucon().lastcput = static_cast<u32>(now.total_time);
}

void type_ready(i32 code) {
    Nucon& page0 = nucon();
    if ((page0.msgflags & msgflags::no_ready) != 0) return;
    Times const now = times();
    page0.currdate = now.date;
    page0.currtime = now.time;
    page0.currvirt = static_cast<u32>(now.virtual_time);
    page0.currcput = static_cast<u32>(now.total_time);
    bool const brief = (page0.msgflags & msgflags::short_ready) != 0;
    type_line(ready_text(code, brief, page0.currvirt - page0.lastvirt,
                         page0.currcput - page0.lastcput, now.time));
}

} // namespace cms
