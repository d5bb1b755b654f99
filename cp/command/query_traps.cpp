// QUERY TRAPS: what the caller's virtual machine asked of CP, and what that took. A
// command of ours: class G, one's own machine only.
//
//   TRAPS 0000012345  FAST 0000012000  VIRTCPU 000:01.23  CP 000:00.04
//   PAGE            19  SVC             69  LPSW           375  SIO            125

#include "cp/base/calendar.h"
#include "cp/command/processors.h"
#include "cp/guest/used_time.h"

namespace cp {
namespace {

struct Kind {
    u32 index;
    Text name;
};

constexpr u32 b2 = trap_kind::b2;
constexpr Kind kinds[] = {
    {trap_kind::page, "PAGE"_e},
    {trap_kind::program, "PROGRAM"_e},
    {trap_kind::svc, "SVC"_e},
    {0x80, "SSM"_e},
    {0x82, "LPSW"_e},
    {0xAC, "STNSM"_e},
    {0xAD, "STOSM"_e},
    {0xB7, "LCTL"_e},
    {0xB6, "STCTL"_e},
    {0x9C, "SIO"_e},
    {0x9D, "TIO"_e},
    {0x9E, "HIO"_e},
    {0x9F, "TCH"_e},
    {0x83, "DIAGNOSE"_e},
    {0x08, "SSK"_e},
    {0x09, "ISK"_e},
    {b2 + 0x13, "RRB"_e},
    {b2 + 0x0A, "SPKA"_e},
    {b2 + 0x0B, "IPK"_e},
    {0xB1, "LRA"_e},
    {b2 + 0x0D, "PTLB"_e},
    {b2 + 0x02, "STIDP"_e},
    {b2 + 0x03, "STIDC"_e},
    {b2 + 0x04, "SCK"_e},
    {b2 + 0x06, "SCKC"_e},
    {b2 + 0x07, "STCKC"_e},
    {b2 + 0x08, "SPT"_e},
    {b2 + 0x09, "STPT"_e},
};
constexpr u32 kinds_a_line = 4, columns_a_kind = 20;

// What has no name above.
u32 other_traps(const VirtualCpu& cpu) {
    u32 sum = trap_counts(cpu).all;
    for (Kind const& kind : kinds) sum -= cpu.counted(kind.index);
    return sum;
}

MessageLine summary(VirtualMachine& machine) {
    UsedTime const used = used_time(machine);
    TrapCounts const traps = trap_counts(machine.cpu);
    MessageLine line("TRAPS "_e);
    line.decimal(traps.all, 10) << "  FAST "_e;
    line.decimal(traps.fast, 10) << "  VIRTCPU "_e << minutes_seconds_hundredths(used.virtual_time)
                                 << "  CP "_e << minutes_seconds_hundredths(used.in_cp());
    return line;
}

void put_count(MessageLine& line, u32& column, Text name, u32 count) {
    line.at(column * columns_a_kind) << name;
    line.at(column * columns_a_kind + 9).decimal(count, 9, ' '_e);
    column = (column + 1) % kinds_a_line;
}

} // namespace

Task<u32> query_traps(const Caller& caller, Fields) {
    VirtualCpu const& cpu = caller.machine().cpu;
    MessageLine line = summary(caller.machine());
    co_await caller.respond(line);
    line.clear();
    u32 column = 0;
    for (Kind const& kind : kinds) {
        u32 const count = cpu.counted(kind.index);
        if (count == 0) continue;
        put_count(line, column, kind.name, count);
        if (column != 0) continue;
        co_await caller.respond(line);
        line.clear();
    }
    if (u32 const others = other_traps(cpu); others != 0)
        put_count(line, column, "OTHER"_e, others);
    if (line.size() != 0) co_await caller.respond(line);
    co_return 0;
}

} // namespace cp
