#include "cms/io/console.h"

#include "cms/base/abend.h"
#include "cms/base/free_storage.h"
#include "cms/base/storage.h"
#include "cms/io/interrupts.h"
#include "s370/machine/io.h"

#include <cstring>

namespace cms {
namespace {

namespace command {
constexpr u8 write_no_return = 0x01, write = 0x09, read = 0x0A;
}

enum class Activity : u8 { None, Writing, Reading };

struct Console {
    s370::DeviceAddress device;
    Activity activity = Activity::None;
    bool attention = false; // the user asks for a read
    bool wanted = false;    // a program waits for what is read
    bool direct = false;    // the line goes to `line`, not on the stack
    bool arrived = false;   // `line` is there
    bool retry = false;     // the read ended without a line
    u16 status = 0;
    u16 residual = 0;
    u8 length = 0;
    u8 line[line_limit];
};
constinit Console console{};

constexpr u16 failed = s370::status::unit_check | s370::status::program_check |
                       s370::status::protection_check | s370::status::channel_data_check |
                       s370::status::channel_control_check | s370::status::interface_control_check |
                       s370::status::chaining_check;

Text blank_padded(Text text) {
    usize n = text.size();
    while (n > 0 && (text[n - 1] == ' '_e || text[n - 1] == 0)) --n;
    return text.substr(0, n);
}

// One try. False: the console or its subchannel is busy; an interruption is to come.
bool try_start(Activity activity, const s370::Ccw& ccw) {
    Nucon& page0 = nucon();
    for (;;) {
        page0.conccws[0] = ccw;
        page0.caw = address_of(page0.conccws);
        console.activity = activity;
        console.status = 0;
        u8 const cc = machine::sio(console.device);
        if (cc == 0) return true;
        console.activity = Activity::None;
        if (cc == 3) broken_promise(Abend::ConsoleLost);
        if (cc == 2) return false;
        // The status of something else came first: try again without it.
        auto const csw = s370::Csw::from(page0.csw);
        if ((csw.status & s370::status::attention) != 0) console.attention = true;
        bool const ours = (csw.status & (s370::status::busy | s370::status::attention)) == 0;
        if (ours && (csw.status & failed) != 0) broken_promise(Abend::ConsoleLost);
    }
}

void wait_until_idle() {
    while (console.activity != Activity::None) wait_for_interruption();
}

// Also called by the interruption handler, which may not wait: when the console
// is busy, the attention stays and its next interruption comes here again.
void start_read() {
    s370::Ccw const ccw(command::read, address_of(nucon().coninbuf), s370::Ccw::SuppressLength,
                        line_limit);
    if (try_start(Activity::Reading, ccw)) console.attention = false;
}

// HT RT HX and their like are done at once, whatever runs.
// From the stack only HT and RT are.
bool immediate(Text line, bool typed) {
    if (line.size() != 2) return false;
    u8 const first = ebcdic::upper(line[0]), second = ebcdic::upper(line[1]);
    Nucon& page0 = nucon();
    if (typed && first == 'H'_e && second == 'X'_e)
        page0.misflags |= misflags::halt_wanted;
    else if (first == 'H'_e && second == 'T'_e)
        page0.msgflags |= msgflags::no_typing;
    else if (first == 'R'_e && second == 'T'_e)
        page0.msgflags &= static_cast<u8>(~msgflags::no_typing);
    else if (typed && first == 'H'_e && second == 'O'_e)
        page0.misflags |= misflags::halt_tracing;
    else
        return false;
    return true;
}

void translate(u8* text, usize length, u32 table) {
    if (table == 0) return;
    const u8* const map = at_address(table);
    for (usize i = 0; i < length; ++i) text[i] = map[text[i]];
}

void finish_read() {
    Nucon& page0 = nucon();
    if ((console.status & s370::status::unit_exception) != 0) {
        page0.tsoflags |= 0x80;
        console.retry = true;
        return;
    }
    usize const length = line_limit - std::min<usize>(console.residual, line_limit);
    translate(page0.coninbuf, length, page0.aintrtbl);
    Text const line = blank_padded({page0.coninbuf, length});
    if (immediate(line, true) || (line.empty() && !console.wanted)) {
        console.retry = true;
        return;
    }
    if (console.direct) {
        std::copy_n(line.data(), line.size(), console.line);
        console.length = static_cast<u8>(line.size());
        console.arrived = true;
    } else {
        stack_line(line, false, finished_read::typed);
    }
}

} // namespace

void set_console(s370::DeviceAddress device) { console.device = device; }
void reset_console() { console = Console{}; }
bool console_active() { return console.activity != Activity::None; }
bool is_console(s370::DeviceAddress device) { return device == console.device; }

void console_interruption(const s370::Csw& csw) {
    if ((csw.status & s370::status::attention) != 0) {
        console.attention = true;
        nucon().misflags |= misflags::attention;
    }
    if (console.activity != Activity::None) {
        if ((csw.status & s370::status::channel_end) != 0) console.residual = csw.count;
        console.status |= csw.status & static_cast<u16>(~s370::status::attention);
        if ((console.status & failed) != 0 && (console.status & s370::status::unit_check) == 0)
            broken_promise(Abend::ConsoleLost);
        if ((console.status & (s370::status::device_end | s370::status::unit_check)) != 0) {
            bool const reading = console.activity == Activity::Reading;
            console.activity = Activity::None;
            if (reading) finish_read();
        }
    }
    if (console.attention && console.activity == Activity::None) start_read();
}

void type_line(Text line) { type_line(line, true); }

void type_line(Text line, bool carriage_return) {
    Nucon& page0 = nucon();
    if ((page0.msgflags & (msgflags::no_typing | msgflags::no_typing_exec)) != 0) return;
    line = line.substr(0, line_limit);
    if (carriage_return) line = blank_padded(line);
    wait_until_idle();
    halt_if_wanted();
    // A line of no length cannot be written: a blank stands for it.
    usize const length = std::max<usize>(line.size(), 1);
    page0.constack[0] = ' '_e;
    std::copy_n(line.data(), line.size(), page0.constack);
    translate(page0.constack, length, page0.aoutrtbl);
    s370::Ccw const ccw(carriage_return ? command::write : command::write_no_return,
                        address_of(page0.constack), s370::Ccw::SuppressLength,
                        static_cast<u16>(length));
    while (!try_start(Activity::Writing, ccw)) {
        wait_for_interruption();
        wait_until_idle();
    }
    wait_until_idle();
}

Text read_terminal(std::span<u8> buffer) {
    console.direct = true;
    console.wanted = true;
    console.arrived = false;
    while (!console.arrived) {
        if (console.activity == Activity::None) start_read();
        wait_for_interruption();
        if ((nucon().misflags & misflags::halt_wanted) != 0) {
            console.direct = console.wanted = false;
            halt_if_wanted();
        }
    }
    console.direct = console.wanted = false;
    usize const length = std::min<usize>(console.length, buffer.size());
    std::copy_n(console.line, length, buffer.data());
    return {buffer.data(), length};
}

Text read_line(std::span<u8> buffer) {
    Nucon& page0 = nucon();
    if (page0.fstfinrd == 0) return read_terminal(buffer);

    auto* const read = at_address<FinishedRead>(page0.fstfinrd);
    page0.fstfinrd = read->next;
    if (page0.fstfinrd == 0) page0.lstfinrd = 0;
    page0.numfinrd -= 1;
    usize length = 0;
    while (length < line_limit && read->text[length] != 0) ++length;
    length = std::min(length, buffer.size());
    std::copy_n(read->text, length, buffer.data());
    release_nucleus(read, sizeof(FinishedRead));
    return {buffer.data(), length};
}

bool stack_line(Text line, bool last_in_first_out, u8 origin) {
    if (origin == finished_read::by_program && immediate(line, false)) return true;
    auto* const read = static_cast<FinishedRead*>(allocate_nucleus(sizeof(FinishedRead)));
    if (read == nullptr) return false;
    line = line.substr(0, line_limit);
    std::memset(static_cast<void*>(read), 0, sizeof *read);
    read->origin = origin;
    read->length = line_limit;
    std::copy_n(line.data(), line.size(), read->text);

    Nucon& page0 = nucon();
    u32 const address = address_of(read);
    if (page0.fstfinrd == 0) {
        page0.fstfinrd = page0.lstfinrd = address;
    } else if (last_in_first_out) {
        read->next = page0.fstfinrd;
        page0.fstfinrd = address;
    } else {
        at_address<FinishedRead>(page0.lstfinrd)->next = address;
        page0.lstfinrd = address;
    }
    page0.numfinrd += 1;
    return true;
}

void clear_stack() {
    Nucon& page0 = nucon();
    while (page0.fstfinrd != 0) {
        auto* const read = at_address<FinishedRead>(page0.fstfinrd);
        page0.fstfinrd = read->next;
        release_nucleus(read, sizeof *read);
    }
    page0.lstfinrd = 0;
    page0.numfinrd = 0;
}

void halt_if_wanted() {
    Nucon& page0 = nucon();
    if ((page0.misflags & misflags::halt_wanted) == 0) return;
    page0.misflags &= static_cast<u8>(~misflags::halt_wanted);
    halt_execution();
}

} // namespace cms
