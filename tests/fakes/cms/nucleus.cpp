#include "cms/nucleus.h"

#include "cms/base/cp.h"
#include "cms/base/free_storage.h"
#include "cms/io/console.h"
#include "cms/io/devices.h"
#include "s370/arch/psw.h"
#include "s370/machine/channel.h"
#include "s370/machine/control.h"
#include "s370/machine/psw.h"
#include "s370/machine/storage.h"

#include <cstring>

extern "C" {
void cms_wait();
void cms_enter_program();
void cms_save_floating(u8* area);
void cms_load_floating(const u8* area);
[[noreturn]] void cms_run_on_fresh_stack(void (*function)());
void cms_io_interruption();
void cms_svc_interruption();
u8 cms_return_point[2];
}

namespace fakes {

std::map<u32, std::function<void(u32 (&)[16])>> programs;
std::function<void()> when_idle;
std::vector<std::string> typed, lines;

namespace {

constexpr u16 console = 0x009;
constexpr u32 size = 512 * 1024, low = 0x6000;
constexpr u16 ended = s370::status::channel_end | s370::status::device_end;

bool reading = false; // a read waits for a line
s370::Ccw read_ccw;

std::string latin1(const u8* text, usize length) {
    std::string result;
    for (usize i = 0; i < length; ++i) result += static_cast<char>(ebcdic::to_latin1(text[i]));
    return result;
}

// Ends the read with the next line, when both are there.
void feed() {
    if (!reading || lines.empty()) return;
    std::string const line = lines.front();
    lines.erase(lines.begin());
    u16 const count = static_cast<u16>(std::min<usize>(line.size(), read_ccw.count));
    for (usize i = 0; i < count; ++i)
        cms_storage[read_ccw.address + i] = ebcdic::from_latin1(static_cast<u8>(line[i]));
    devices[console].finished = {0, 0, ended, static_cast<u16>(read_ccw.count - count)};
    devices[console].pending = true;
    reading = false;
}

u8 start_console(const s370::Ccw* ccw, s370::Csw& csw) {
    if (ccw->command == 0x0A) {
        reading = true;
        read_ccw = *ccw;
        csw = {};
        return 0;
    }
    typed.push_back(latin1(cms_storage + ccw->address, ccw->count));
    csw = {0, 0, ended, 0};
    return 0;
}

} // namespace

void attention() {
    devices[console].finished = {0, 0, s370::status::attention, 0};
    devices[console].pending = true;
}

void start_nucleus() {
    using namespace cms;
    clear_storage();
    devices.clear();
    programs.clear();
    when_idle = nullptr;
    typed.clear();
    lines.clear();
    reading = false;
    cpu_id = real_cpu_id;
    find_cp();
    Nucon& page0 = nucon();
    page0.vmsize = size;
    page0.ausrarea = at::user_area;
    page0.loccnt = at::user_area;
    nucleus_work().stack_low = 0;
    strinit();
    initialize_free_storage(low, at::transient_area, size - 2 * page_size);
    initialize_devices();
    devices[console].start = start_console;
    // A console of the case before may have been in the middle of something.
    reset_console();
    set_console({console});
}

u32 svc(u8 number, u32 address, u32 (&gpr)[16]) {
    using namespace cms;
    constexpr u64 two_bytes = u64{1} << 30; // ILC
    NucleusWork& work = nucleus_work();
    for (u32 i = 0; i < 16; ++i) work.svc_registers[i] = gpr[i];
    nucon().svcopsw = 0xFFE0'0000'0000'0000 | u64{number} << 32 | two_bytes | (address + 2);
    cms_svc_interruption();
    for (u32 i = 0; i < 16; ++i) gpr[i] = work.svc_registers[i];
    return s370::Psw{nucon().svcopsw}.address();
}

std::string latin1_of(Text text) { return latin1(text.data(), text.size()); }

} // namespace fakes

void cms_wait() {
    using namespace fakes;
    feed();
    for (int turn = 0; turn < 2; ++turn) {
        for (auto& [address, device] : devices) {
            if (!device.pending) continue;
            device.pending = false;
            cms::nucon().csw = device.finished.bits();
            cms::nucon().ioopsw = u64{0xFF02} << 48 | u64{address} << 32;
            cms_io_interruption();
            return;
        }
        if (turn == 0 && when_idle) when_idle();
        feed();
    }
    throw WaitsForEver();
}

void cms_enter_program() {
    cms::NucleusWork& work = cms::nucleus_work();
    u32 gpr[16];
    for (u32 i = 0; i < 16; ++i) gpr[i] = work.program_gprs[i];
    u32 const address = s370::Psw{work.program_psw}.address();
    auto const found = fakes::programs.find(address);
    if (found == fakes::programs.end()) throw std::runtime_error("no program there");
    found->second(gpr);
    for (u32 i = 0; i < 16; ++i) work.program_gprs[i] = gpr[i];
}

void cms_save_floating(u8* area) { std::memset(area, 0, 32); }
void cms_load_floating(const u8*) {}
void cms_run_on_fresh_stack(void (*)()) { throw fakes::FreshStack(); }

extern "C" {
void machine_ssm(const u8*) {}
void machine_lpsw(const u64* psw) { throw fakes::Stopped{*psw}; }
}
