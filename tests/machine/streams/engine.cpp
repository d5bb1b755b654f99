// Runs streams and prints checksums of what they left (run.py says how).
//
// For each epoch lines `S number checksum...` for its streams, and `E number checksum` for storage
// outside the arena; for a single stream all that there is to know of it; at the end how many
// streams ended in which way.
#include "tests/machine/streams/own_program.h"
#include "tests/machine/streams/report.h"
#include "tests/machine/streams/unpredictable.h"
#include "tests/machine/streams/witness.h"

#include "s370/base/text.h"
#include "s370/machine/clock.h"
#include "s370/machine/control.h"
#include "s370/machine/storage.h"
#include "tests/machine/streams/stream.h"

#include <cstring>
#include <initializer_list>
#include <optional>

// What run.py puts into the deck.
struct Parameters {
    u32 seed;
    u32 first, count; // streams; whole epochs, unless one is shown
    u32 each;         // 1: a line for each stream at once, too
    u32 show;         // 1: all about the last stream, and nothing else
    u32 loop_time;    // microseconds after which a loop is taken for one
    u32 witness;      // 1: no streams, but a watch on this storage
    u32 clocks;       // 1: the clocks begin with something else
};
extern "C" const Parameters streams_parameters;

extern "C" {
[[noreturn]] void streams_main();
void streams_program();
void streams_svc();
void streams_external();
void streams_io();
void streams_machine_check();
void streams_restart();
}

namespace streams {
namespace {

constexpr u32 epoch = 256;
constexpr u32 entry_size = 6; // BALR and B, where the program is entered
constexpr u32 far_off = 0x7FFFFFFF, also_far = 0x35714A68;
constexpr u64 comparator_time = 300; // microseconds
constexpr u32 no_psw = ~u32{0};
constexpr u16 cpu_timer_code = 0x1005;

// Adds all that changed to a checksum.
class Summed : public Changes {
  public:
    void changed(u32 address, u32 value) override {
        sum.add(address);
        sum.add(value);
    }
    Checksum sum;
};
class Shown final : public Summed {
  public:
    void changed(u32 address, u32 value) override {
        Summed::changed(address, value);
        print_change(address, value);
    }
};

struct Statistics {
    u32 streams = 0, instructions = 0, loops = 0, hung = 0, other_sizes = 0, other_tables = 0,
        overwritten = 0, spoilt = 0, two_spaces = 0, timer_set = 0;
    u32 endings[7]{};
    u32 programs[256]{};
};
constinit Statistics statistics;
constinit Arena arena;

u16 code_of(const Processor& after) {
    // An old PSW of BC mode has the code, the assigned location that of EC mode.
    u32 const old = after.ending == Ending::External ? 0x18
                    : after.ending == Ending::Svc    ? 0x20
                                                     : 0x28;
    u32 const where = after.ending == Ending::External ? 0x84
                      : after.ending == Ending::Svc    ? 0x88
                                                       : 0x8C;
    u32 const high = after.low[old / 4];
    return static_cast<u16>((high & 0x00080000) != 0 ? after.low[where / 4] : high);
}

u32 first_timer() { return streams_parameters.clocks != 0 ? also_far : far_off; }

void prepare_low_storage(bool ec) {
    using Handler = void (*)();
    constexpr Handler handlers[5] = {streams_external, streams_svc, streams_program,
                                     streams_machine_check, streams_io};
    std::memset(&machine::low_storage(), 0, 512);
    u64 const mode = ec ? u64{0x00080000} << 32 : 0;
    Be64* const news = &machine::low_storage().external_new_psw;
    for (u32 i = 0; i < 5; ++i) news[i] = mode | reinterpret_cast<u32>(handlers[i]);
    machine::low_storage().restart_old_psw = u64{no_psw} << 32 | no_psw;
    machine::low_storage().restart_new_psw = reinterpret_cast<u32>(&streams_restart);
    machine::low_storage().interval_timer = first_timer();
}

// Those that a stream has for itself.
void set_new_psws(const Stream& stream) {
    Be64* const news = &machine::low_storage().external_new_psw;
    for (u32 i = 0; i < std::size(stream.new_psws); ++i) {
        u64 const own = stream.new_psws[i];
        u32 const handler = (own & 0xFFFFFF) == 0 ? static_cast<u32>(news[i] & 0xFFFFFF) : 0;
        if (own != 0) news[i] = own | handler;
    }
}

void count(const Processor& after, u16 code) {
    ++statistics.endings[static_cast<u32>(after.ending)];
    if (after.ending == Ending::Program) ++statistics.programs[code & 0xFF];
}

// All as it was, whatever happened.
void forget() {
    Ignored ignored;
    arena.restore(true, ignored);
    clear_rest(ignored);
    arena.set_keys();
}

void begin_epoch(u32 number) {
    prepare_low_storage(false);
    arena.make(Random::mixed(streams_parameters.seed) + number, first_timer());
    forget();
}

constexpr u32 secondary_space_control = 0x04000000; // of control register 0
constexpr u32 asn_translation = 0x00080000;         // of control register 14

u32 sizes(const Processor& processor) { return processor.cr[0] & 0x00F80000; }

// Why a stream has no result that could be compared; a place for them to be counted in.
struct Excluded {
    Text name;
    u32& count;
    bool told; // whether it is one is a matter of time: it is printed
};

// How far a stream came that does not end is a matter of time; a TLB need not notice other
// sizes of pages and segments, nor stores into tables; what MOVE LONG or EDIT write over
// themselves is what they find when they begin again.
std::optional<Excluded> excluded(const Stream& stream, const Processor& after, u32 code) {
    if (restore_program()) return Excluded{"PROGRAM SPOILT"_e, statistics.spoilt, false};
    // LPSW may lead to the handler too.
    bool const restarted = (after.low[restart_old / 4] & after.low[restart_old / 4 + 1]) != no_psw;
    if (after.ending == Ending::Restart && restarted && !stream.restarts)
        return Excluded{"HUNG"_e, statistics.hung, true};
    bool const waited = (after.low[external_old / 4] & wait) != 0;
    if (after.ending == Ending::External && code == cpu_timer_code && stream.guarded && !waited)
        return Excluded{"LOOP"_e, statistics.loops, true};
    if (sizes(after) != sizes(stream.before))
        return Excluded{"OTHER SIZES"_e, statistics.other_sizes, false};
    if ((after.cr[0] & secondary_space_control) != 0 || (after.cr[14] & asn_translation) != 0)
        return Excluded{"TWO SPACES"_e, statistics.two_spaces, false};
    if (arena.tables_altered()) return Excluded{"OTHER TABLES"_e, statistics.other_tables, false};
    if (Arena::timer_set(after.low[interval_timer / 4]))
        return Excluded{"TIMER"_e, statistics.timer_set, true};
    if (stream.overwrote_itself()) return Excluded{"OVERWRITTEN"_e, statistics.overwritten, false};
    return {};
}

// Runs a stream; what is left of it is in storage.
void run_once(Stream& stream, bool exact, Processor& after) {
    stream.limit(streams_parameters.loop_time, streams_parameters.clocks);
    streams_connect();
    streams_drain();
    prepare_low_storage(stream.ec_handlers);
    set_new_psws(stream);
    stream.place();
    if (!arena.knows(stream.before.cr) || stream.purged) machine::purge_tlb();
    if (exact) arena.set_keys();
    if (stream.comparator()) {
        u64 const time = streams_parameters.clocks != 0 ? 0 : comparator_time;
        machine::set_clock_comparator(machine::time_of_day() + (time << 12));
    }
    streams_run(&stream.before, &after);
    arena.find_keys();
    prepare_low_storage(false);
    // A TLB need not notice that the sizes of pages and segments have changed, and by accident
    // there are common segments in some table.
    if (!arena.knows(stream.before.cr) || !arena.knows(after.cr)) machine::purge_tlb();
}

// The checksum of one stream; `shown`: its story too.
u32 run(u32 number, Summed& changes, bool shown) {
    Random random(streams_parameters.seed ^ Random::mixed(number));
    bool const exact = random.percent(25);
    Stream stream(random.word(), arena);
    if (shown) show(stream);
    ++statistics.streams;
    statistics.instructions += stream.instructions;
    Processor after;
    run_once(stream, exact, after);
    u16 const code = code_of(after);
    if (auto const why = excluded(stream, after, code); why) {
        forget();
        ++why->count;
        if (why->told) print_sum(why->name, number, 0);
        return 0;
    }
    count(after, code);
    disregard_unpredictable(after);
    if (shown) show(after);
    Checksum& sum = changes.sum;
    auto const* const words = reinterpret_cast<const u32*>(&after);
    for (u32 i = 0; i < sizeof after / 4; ++i)
        if (i < offsetof(Processor, psw) / 4 || i >= offsetof(Processor, ending) / 4)
            sum.add(words[i]);
    arena.restore(exact, changes);
    return sum.value();
}

void run_epoch(u32 number) {
    begin_epoch(number);
    u32 sums[epoch];
    for (u32 i = 0; i < epoch; ++i) {
        Summed changes;
        sums[i] = run(epoch * number + i, changes, false);
        // One that is not survived is the one after the last line.
        if (streams_parameters.each != 0) print_sum("S"_e, epoch * number + i, sums[i]);
    }
    streams_connect();
    constexpr u32 in_a_line = 8;
    for (u32 i = 0; i < epoch; i += in_a_line)
        print_sums("S"_e, epoch * number + i, {&sums[i], in_a_line});
    Summed rest;
    clear_rest(rest);
    print_sum("E"_e, number, rest.sum.value());
}

// Shows the last stream, after those from `first` on.
void show_last(u32 first, u32 last) {
    for (u32 i = first; i <= last; ++i) {
        if (i == first || i % epoch == 0) begin_epoch(i / epoch);
        Summed changes;
        if (i != last) run(i, changes, false);
    }
    Shown changes;
    u32 const sum = run(last, changes, true);
    clear_rest(changes);
    streams_connect();
    print_sum("S"_e, last, sum);
}

void print_statistics() {
    print_count("STREAMS"_e, statistics.streams);
    print_count("INSTRUCTIONS"_e, statistics.instructions);
    print_count("LOOPS"_e, statistics.loops);
    print_count("HUNG"_e, statistics.hung);
    print_count("OTHER SIZES"_e, statistics.other_sizes);
    print_count("OTHER TABLES"_e, statistics.other_tables);
    print_count("OVERWRITTEN"_e, statistics.overwritten);
    print_count("PROGRAM SPOILT"_e, statistics.spoilt);
    print_count("TIMER"_e, statistics.timer_set);
    print_count("TWO SPACES"_e, statistics.two_spaces);
    print_count("SVC"_e, statistics.endings[static_cast<u32>(Ending::Svc)]);
    print_count("EXTERNAL"_e, statistics.endings[static_cast<u32>(Ending::External)]);
    print_count("IO"_e, statistics.endings[static_cast<u32>(Ending::Io)]);
    for (u32 i = 0; i < 256; ++i)
        print_count((Line<16>("PROGRAM "_e)).hex(i, 2).text(), statistics.programs[i]);
}

} // namespace
} // namespace streams

using namespace streams;

void streams_main() {
    Parameters const& parameters = streams_parameters;
    prepare_low_storage(false);
    streams_finish_reading();
    // A stream that goes there would have all epochs begin again, and again.
    std::memset(streams_begin, 0, entry_size);
    keep_program();
    if (parameters.witness != 0) watch();
    machine::set_clock_comparator(~u64{0});
    streams_drain();
    if (parameters.show != 0)
        show_last(parameters.first, parameters.first + parameters.count - 1);
    else
        for (u32 i = 0; i < parameters.count / epoch; ++i) run_epoch(parameters.first / epoch + i);
    print_statistics();
    print("END"_e);
    streams_stop();
}
