#include "tests/machine/streams/report.h"

#include "s370/machine/storage.h"

namespace streams {
namespace {

class Printer {
  public:
    Line<120> line;
    void print() {
        line.at(120);
        streams_print(line.text().data());
        line.clear();
    }
    void words(Text name, const u32* values, u32 count) {
        for (u32 i = 0; i < count; ++i) {
            if (i % 8 == 0) line << name, line.at(6).hex(4 * i, 3) << ":"_e;
            (line << " "_e).hex(values[i], 8);
            if (i % 8 == 7 || i == count - 1) print();
        }
    }
};
constinit Printer printer;

} // namespace

void print(Text text) {
    printer.line << text;
    printer.print();
}

void print_sums(Text name, u32 number, std::span<const u32> sums) {
    (printer.line << name << " "_e).decimal(number, 8);
    for (u32 const sum : sums) (printer.line << " "_e).hex(sum, 8);
    printer.print();
}

void print_count(Text name, u32 count) {
    if (count == 0) return;
    printer.line << "COUNT "_e << name << " "_e;
    printer.line.decimal(count);
    printer.print();
}

void print_change(u32 address, u32 value) {
    (printer.line << ((address & 1) != 0 ? "KEY   "_e : "WORD  "_e)).hex(address & ~1u, 6) << " "_e;
    printer.line.hex(value, 8);
    printer.print();
}

void show(const Stream& stream) {
    Processor const& before = stream.before;
    (printer.line << "STREAM "_e).hex(stream.address, 6) << " POOL "_e;
    printer.line.hex(stream.pool, 6) << " PSW "_e;
    printer.line.hex(before.psw, 16) << (stream.guarded ? " GUARDED"_e : ""_e);
    printer.line << (stream.comparator() ? " COMPARATOR"_e : stream.waits ? " WAITS"_e : ""_e);
    printer.print();
    printer.words("NEW"_e, reinterpret_cast<const u32*>(stream.new_psws), 6);
    printer.words("GPR"_e, before.gpr, 16);
    printer.words("CR"_e, before.cr, 16);
    stream.place();
    printer.words("TEXT"_e, machine::real<u32>(stream.address & ~3u), (stream.length + 6) / 4);
    printer.words("POOL"_e, machine::real<u32>(stream.pool), Stream::pool_bytes / 4);
    printer.words("TABLES"_e, machine::real<u32>(before.cr[1] & 0x001FFFC0), 64);
}
void show(const Processor& after) {
    printer.line << "ENDED BY"_e;
    (printer.line << " "_e).decimal(static_cast<u32>(after.ending));
    (printer.line << " PREFIX "_e).hex(after.prefix, 8);
    printer.print();
    printer.words("GPR"_e, after.gpr, 16);
    printer.words("CR"_e, after.cr, 16);
    printer.words("FPR"_e, reinterpret_cast<const u32*>(after.fpr), 8);
    printer.words("LOW"_e, after.low, 64);
}

} // namespace streams
