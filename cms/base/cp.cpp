#include "cms/base/cp.h"

#include "cms/base/storage.h"
#include "cp/api/diagnose_codes.h"
#include "s370/machine/clock.h"
#include "s370/machine/diagnose.h"

namespace cms {
namespace {

constinit bool is_under_cp = false;

constexpr u8 virtual_version = 0xFF; // of the CPU's identity, in a virtual machine
constexpr u32 longest_command = 132;

void put_two(u8* at, u32 value) {
    at[0] = static_cast<u8>(0xF0 + value / 10 % 10);
    at[1] = static_cast<u8>(0xF0 + value % 10);
}

// `days` since 1 January 1900, from 1 March 1900 on; every fourth year is a leap year till 2099.
void civil_date(u32 days, u32& year, u32& month, u32& day) {
    u32 const since_march = days - 59; // from 1 March 1900
    u32 const cycle = since_march / 1461, in_cycle = since_march % 1461;
    u32 const years = std::min(in_cycle / 365, u32{3});
    u32 const in_year = in_cycle - years * 365;
    u32 const shifted = (5 * in_year + 2) / 153; // 0 = March
    day = in_year - (153 * shifted + 2) / 5 + 1;
    month = shifted < 10 ? shifted + 3 : shifted - 9;
    year = 1900 + 4 * cycle + years + (month <= 2 ? 1 : 0);
}

Times clock_times() {
    Times result;
    u64 const seconds = (machine::time_of_day() >> 12) / 1'000'000;
    u32 year = 0, month = 0, day = 0;
    civil_date(static_cast<u32>(seconds / 86400), year, month, day);
    u32 const in_day = static_cast<u32>(seconds % 86400);
    put_two(result.date.bytes, month);
    put_two(result.date.bytes + 3, day);
    put_two(result.date.bytes + 6, year);
    result.date.bytes[2] = result.date.bytes[5] = '/'_e;
    put_two(result.time.bytes, in_day / 3600);
    put_two(result.time.bytes + 3, in_day / 60 % 60);
    put_two(result.time.bytes + 6, in_day % 60);
    result.time.bytes[2] = result.time.bytes[5] = ':'_e;
    return result;
}

struct alignas(8) TimeBuffer { // DIAGNOSE 0C
    Name8 date;
    Name8 time;
    Be64 virtual_time;
    Be64 total_time;
};
static_assert(sizeof(TimeBuffer) == 32);

} // namespace

void find_cp() { is_under_cp = machine::cpu_id() >> 56 == virtual_version; }
bool under_cp() { return is_under_cp; }

i32 cp_command(Text line) {
    if (!is_under_cp) return no_cp;
    if (line.empty()) return 0;
    machine::Diagnose registers;
    registers.rx = address_of(line.data());
    registers.ry = static_cast<u32>(std::min<usize>(line.size(), longest_command));
    machine::diagnose(cp::diagnose_code::console_function, registers);
    return static_cast<i32>(registers.ry);
}

Text edit_message(Text message) {
    if (!is_under_cp) return message;
    machine::Diagnose registers;
    registers.rx = address_of(message.data());
    registers.ry = static_cast<u32>(message.size());
    machine::diagnose(cp::diagnose_code::edit_message, registers);
    u32 const start = registers.rx - address_of(message.data());
    return start > message.size() ? Text{} : message.substr(start, registers.ry);
}

Times times() {
    if (!is_under_cp) return clock_times();
    TimeBuffer buffer;
    machine::Diagnose registers;
    registers.rx = address_of(&buffer);
    machine::diagnose(cp::diagnose_code::pseudo_timer, registers);
    return {buffer.date, buffer.time, buffer.virtual_time, buffer.total_time};
}

u32 cp_storage_size() {
    if (!is_under_cp) return 0;
    machine::Diagnose registers;
    machine::diagnose(cp::diagnose_code::storage_size, registers);
    return registers.rx;
}

s370::DeviceAddress console_address() {
    if (is_under_cp) {
        machine::Diagnose registers;
        registers.rx = ~u32{0};
        machine::diagnose(cp::diagnose_code::device_type, registers);
        if (registers.condition_code != 3) return {static_cast<u16>(registers.rx & 0xFFF)};
    }
    return {0x009};
}

} // namespace cms
