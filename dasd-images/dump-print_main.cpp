// dump-print VOLUME ELF [ADDRESS LENGTH]...: prints the dump of a failed CP.
#include "cp/layout/dump.h"
#include "cp/layout/trace_entry.h"
#include "dasd-images/cp_volume.h"
#include "dasd-images/program.h"
#include "dasd-images/symbols.h"

#include <cstdlib>
#include <cstring>
#include <ctime>
#include <iomanip>

namespace {

using namespace dasd;

std::string hex(u64 value, int digits = 8) {
    return text(std::uppercase, std::hex, std::setfill('0'), std::setw(digits), value);
}

std::string latin(std::span<const u8> ebcdic) {
    std::string result;
    for (u8 c : ebcdic) {
        u8 const l = ::ebcdic::to_latin1(c);
        result += l >= 0x20 && l < 0x7F ? static_cast<char>(l) : '.';
    }
    return result;
}

class Dump {
  public:
    explicit Dump(const std::string& volume) : image_(CkdImage::open(volume)), volume_(image_) {
        area_ = volume_.areas().dump.first_cylinder;
        if (area_ == 0) fail(volume, ": has no dump area");
        Bytes const first = volume_.read_page(area_, 0);
        std::memcpy(&header, first.data(), sizeof header);
        if (Text(header.mark, sizeof header.mark) != cp::dump_mark) fail(volume, ": holds no dump");
    }

    u32 size() const { return header.pages * 4096; }
    u8 byte(u32 address) {
        u32 const page = address / 4096;
        if (page != page_ || bytes_.empty()) {
            bytes_ = volume_.read_page(area_, page + 1);
            page_ = page;
        }
        return bytes_[address % 4096];
    }
    u32 word(u32 address) {
        u32 value = 0;
        for (u32 i = 0; i < 4; ++i) value = value << 8 | byte(address + i);
        return value;
    }

    cp::DumpHeader header;

  private:
    CkdImage image_;
    CpVolume volume_;
    u32 area_ = 0, page_ = 0;
    Bytes bytes_;
};

void print_registers(const char* name, const Be32 (&registers)[16]) {
    for (u32 i = 0; i < 16; i += 4) {
        std::cout << name << std::setw(2) << i << "-" << std::setw(2) << i + 3 << "  ";
        for (u32 k = i; k < i + 4; ++k) std::cout << hex(registers[k]) << ' ';
        std::cout << '\n';
    }
}

// Return addresses on the stack: BALR's form, behind a BALR. Old ones of calls that
// have ended may be among them.
void print_calls(Dump& dump, const Symbols& symbols) {
    std::cout << "\nCALLS, the latest first (some may be remains of earlier ones)\n";
    u32 const failed = static_cast<u32>(dump.header.psw) & 0xFFFFFF;
    if (failed != 0)
        std::cout << "  " << hex(failed, 6) << "  " << symbols.describe(failed) << '\n';
    auto print = [&](u32 link) {
        u32 const address = link & 0xFFFFFF;
        if (link >> 30 != 1 || address < 2 || address >= dump.size()) return;
        // A call, not a function setting its own base.
        if (dump.byte(address - 2) != 0x05 || (dump.byte(address - 1) & 15) == 0) return;
        auto const place = symbols.find(address);
        if (place && place->function)
            std::cout << "  " << hex(address, 6) << "  " << symbols.describe(address) << '\n';
    };
    print(dump.header.general[14]);
    u32 const high = dump.header.stack_high;
    auto on_stack = [&](u32 at) { return at >= dump.header.stack_low && at <= high; };
    u32 low = dump.header.general[15] & 0xFFFFF8;
    // In the fast path the registers are a guest's.
    if (!on_stack(low)) low = dump.word(cp::stack_when_given_away) & 0xFFFFF8;
    if (!on_stack(low)) return;
    for (u32 at = low; at + 4 <= high; at += 4) print(dump.word(at));
}

const char* event_name(u8 event) {
    switch (static_cast<cp::Event>(event)) {
    case cp::Event::ExternalInterruption: return "EXTERNAL";
    case cp::Event::SvcInterruption: return "SVC";
    case cp::Event::ProgramInterruption: return "PROGRAM";
    case cp::Event::MachineCheck: return "MCHECK";
    case cp::Event::IoInterruption: return "I/O";
    case cp::Event::TakeStorage: return "TAKE";
    case cp::Event::GiveStorage: return "GIVE";
    case cp::Event::Sio: return "SIO";
    case cp::Event::RunUser: return "RUN";
    case cp::Event::Resume: return "RESUME";
    case cp::Event::ReflectInterruption: return "REFLECT";
    case cp::Event::Command: return "COMMAND";
    case cp::Event::PageIn: return "PAGE IN";
    case cp::Event::Logon: return "LOGON";
    case cp::Event::Logoff: return "LOGOFF";
    case cp::Event::Terminal: return "TERMINAL";
    }
    return "?";
}

void print_trace(Dump& dump) {
    u32 const capacity = dump.header.trace_capacity, table = dump.header.trace_table;
    if (table + capacity * sizeof(cp::TraceEntry) > dump.size()) return;
    std::cout << "\nTRACE TABLE, the oldest entry first\n";
    for (u32 i = 0; i < capacity; ++i) {
        u32 const at = table + (dump.header.trace_next + i) % capacity * 16;
        u32 const first = dump.word(at);
        if (first == 0) continue;
        std::cout << "  " << std::left << std::setw(9) << event_name(static_cast<u8>(first >> 24))
                  << std::right << hex(first & 0xFFFFFF, 6) << ' ' << hex(dump.word(at + 4)) << ' '
                  << hex(dump.word(at + 8)) << ' ' << hex(dump.word(at + 12)) << '\n';
    }
}

void print_storage(Dump& dump, u32 address, u32 length) {
    if (address >= dump.size() || length > dump.size() - address)
        fail("storage ", hex(address, 6), " is not in the dump");
    std::cout << '\n';
    for (u32 at = address & ~u32{15}; at < address + length; at += 16) {
        u8 line[16];
        std::cout << hex(at, 6);
        for (u32 i = 0; i < 16; ++i) {
            line[i] = dump.byte(at + i);
            std::cout << (i % 4 == 0 ? " " : "") << hex(line[i], 2);
        }
        std::cout << "  *" << latin(line) << "*\n";
    }
}

std::string time_of(u64 clock) {
    constexpr u64 seconds_1900_to_1970 = 2'208'988'800;
    auto const seconds = static_cast<std::time_t>((clock >> 12) / 1'000'000 - seconds_1900_to_1970);
    char line[32];
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::strftime(line, sizeof line, "%Y-%m-%d %H:%M:%S UTC", &parts);
    return line;
}

u32 number(const char* argument) {
    char* end = nullptr;
    unsigned long const value = std::strtoul(argument, &end, 16);
    if (*end != 0 || end == argument || value > 0xFFFFFF) fail(argument, ": is not an address");
    return static_cast<u32>(value);
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 3 || argc % 2 == 0 || argv[1][0] == '-') {
        std::cerr << "usage: dump-print VOLUME ELF [ADDRESS LENGTH]...\n"
                     "Prints the dump on the system volume VOLUME of a CP linked as ELF, and the\n"
                     "storage asked for (hexadecimal).\n";
        return 2;
    }
    return run_program("dump-print", [&] {
        Dump dump(argv[1]);
        Symbols const symbols(argv[2]);
        cp::DumpHeader const& header = dump.header;
        std::cout << "CP FAILED WITH " << latin(header.code) << " AT " << time_of(header.time)
                  << "\nPSW    " << hex(header.psw >> 32) << ' ' << hex(header.psw & 0xFFFFFFFF)
                  << "  interruption code " << hex(header.interruption_code, 4) << '\n';
        print_registers("GPR ", header.general);
        print_registers("CR  ", header.control);
        print_calls(dump, symbols);
        print_trace(dump);
        for (int i = 3; i + 1 < argc; i += 2)
            print_storage(dump, number(argv[i]), number(argv[i + 1]));
        return 0;
    });
}
