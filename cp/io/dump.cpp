#include "cp/io/dump.h"

#include "cp/base/trace.h"
#include "cp/io/disk_program.h"
#include "cp/io/synchronous.h"
#include "cp/layout/dump.h"
#include "s370/machine/clock.h"
#include "s370/machine/control.h"
#include "s370/machine/storage.h"

#include <algorithm>
#include <cstring>

extern "C" u8 cp_stack_end[], cp_stack_top[];

namespace cp {

using namespace s370;

constinit DumpPlace dump_place;

namespace {

constexpr u32 page = page_record_size;

// The I/O below changes location 64 and others: page 0 is dumped as it was.
alignas(8) constinit u8 first_page[page]{};
alignas(8) constinit u8 header_page[page]{};

Name<8> code_name(Abend code) {
    Name<8> name;
    for (u32 i = 0; i < 6; ++i)
        name.bytes[i] = static_cast<u8>(static_cast<u64>(code) >> (40 - 8 * i));
    return name;
}

bool by_interruption(Abend code) {
    return code == Abend::PRG001 || code == Abend::SVC001 || code == Abend::MCH001 ||
           code == Abend::PSA002;
}

u64 failing_psw(const LowStorage& low, Abend code) {
    if (code == Abend::PRG001) return low.program_old_psw;
    if (code == Abend::SVC001) return low.svc_old_psw;
    if (code == Abend::MCH001) return low.machine_check_old_psw;
    return code == Abend::PSA002 ? low.restart_old_psw.value() : 0;
}

void fill_header(DumpHeader& header, Abend code, u32 pages) {
    auto const& low = *reinterpret_cast<const LowStorage*>(first_page);
    TraceTable const trace_table = trace_contents();
    u32 control[16];
    machine::store_control_registers(control);
    std::copy(dump_mark.begin(), dump_mark.end(), header.mark);
    Name<8> const name = code_name(code);
    std::copy_n(name.bytes, sizeof header.code, header.code);
    header.time = machine::time_of_day();
    header.pages = pages;
    header.trace_table = machine::real_address(trace_table.entries);
    header.trace_capacity = trace_table.capacity;
    header.trace_next = trace_table.next;
    header.stack_low = machine::real_address(cp_stack_end);
    header.stack_high = machine::real_address(cp_stack_top);
    header.psw = failing_psw(low, code);
    for (u32 i = 0; i < 16; ++i) {
        header.general[i] = low.saved_gpr[i];
        header.control[i] = control[i];
    }
    if (by_interruption(code)) header.interruption_code = low.program_code.value();
}

bool write_page(u32 number, const void* from) {
    PagePlace const place = page_place(dump_place.area.first_cylinder, number);
    DiskProgram program(ckd::command::write_data, {place.cylinder, place.head}, place.record, from,
                        page);
    return run_synchronously(dump_place.disk, program.ccws()).ok();
}

bool write_all(Abend code) {
    u32 const room = dump_place.area.cylinders * pages_per_cylinder_3350;
    if (!dump_place.has_disk || room < 2) return false;
    u32 const pages = std::min(dump_place.storage_size / page, room - 1);
    fill_header(*reinterpret_cast<DumpHeader*>(header_page), code, pages);
    for (u32 i = 0; i < pages; ++i)
        if (!write_page(i + 1, i == 0 ? first_page : machine::real(i * page))) return false;
    return write_page(0, header_page);
}

void type(Text line) {
    if (dump_place.has_console) type_synchronously(dump_place.console, line);
}

} // namespace

void write_dump(Abend code) {
    std::memcpy(first_page, &machine::low_storage(), page);
    Line<80> line("DMKDMP908I SYSTEM FAILURE, CODE - "_e);
    type(line << code_name(code));
    type(write_all(code) ? "DMKDMP909I SYSTEM DUMP COMPLETE"_e
                         : "DMKDMP905W SYSTEM DUMP FAILURE"_e);
}

} // namespace cp
