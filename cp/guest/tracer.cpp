#include "cp/guest/tracer.h"

#include "cp/base/free_storage.h"
#include "cp/guest/instruction.h"
#include "cp/guest/per.h"
#include "cp/guest/virtual_machine.h"

#include <algorithm>

namespace cp {

using namespace s370;

namespace {

// A channel program may be long; what is too much is not shown.
constexpr u32 most_lines = 300;

// Columns of the lines.
constexpr u32 address_column = 4, name_column = 11, text_column = 17, arrow_column = 26,
              target_column = 30;

template <usize n>
Line<n>& put_arrow(Line<n>& line, u32 base, u32 target) {
    line.at(base + arrow_column) << "==> "_e;
    return line.hex(target, 6);
}

} // namespace

Tracer::~Tracer() {
    while (TraceLine* const line = take()) free_storage::destroy(line);
}

TraceLine* Tracer::take() {
    TraceLine* const line = lines_.pop_front();
    if (line != nullptr) --waiting_;
    return line;
}

void Tracer::start(u16 events, Output output) {
    // What stands beside each line of the one is of use with the other only.
    if ((events & traced::ccw) != 0) events |= traced::start_io;
    if ((events & traced::csw) != 0) events |= traced::io;
    events_ |= events;
    auto const choose = [events](u16& which, bool on) {
        which = static_cast<u16>(on ? which | events : which & ~events);
    };
    choose(terminal_, output.terminal);
    choose(printer_, output.printer);
    choose(run_, output.run);
    set_classes();
}

void Tracer::end(u16 events) {
    events_ &= static_cast<u16>(~events);
    set_classes();
}

void Tracer::set_classes() {
    constexpr u8 branch = per::branch >> 8, fetch = per::fetch >> 8;
    u8 classes = traces(traced::branch) ? branch : 0;
    if (traces(traced::instruction)) classes |= branch | fetch;
    owner_.cpu.traced_events = classes;
    arrived_ = false;
    owner_.cpu.recheck = true;
}

void Tracer::put(Text text, bool terminal, bool printer, bool stop) {
    if (waiting_ == most_lines) return;
    auto* const line = free_storage::create<TraceLine>();
    if (line == nullptr) return;
    ++waiting_;
    line->text << text;
    line->terminal = terminal;
    line->printer = printer;
    line->stop = stop;
    lines_.push_back(*line);
    owner_.stopped.tracing = true;
    if (owner_.session != nullptr) owner_.session->show_trace();
}

void Tracer::emit(u16 events, Text text, bool may_stop) {
    events &= events_;
    if (events == 0) return;
    bool const terminal = (events & terminal_) != 0;
    put(text, terminal, (events & printer_) != 0, may_stop && terminal && (events & run_) == 0);
}

void Tracer::announce(Text text) { put(text, true, false, true); }

void Tracer::note_registers() { std::copy_n(owner_.cpu.gpr, 16, registers_); }

void Tracer::executed(u32 at, u16 events) {
    bool const taken = (events & per::branch) != 0;
    if (!traces(traced::instruction) && !(taken && traces(traced::branch))) return;
    Text100 line;
    // With branches alone many instructions may have run since the last line.
    bool const every = traces(traced::instruction);
    const u32* const registers = every ? registers_ : owner_.cpu.gpr;
    u32 const base = put_instruction(line, arrived_ && every ? "==>"_e : Text{}, at, registers);
    if (taken) put_arrow(line, base, owner_.cpu.psw.address());
    arrived_ = taken;
    emit(taken ? traced::instruction | traced::branch : traced::instruction, line);
}

void Tracer::interruption(Kind kind, u32 at, u16 code, Psw next) {
    constexpr u16 events[] = {traced::external, traced::svc, traced::program};
    u16 event = events[static_cast<u8>(kind)];
    if (!traces(event)) event = traced::branch | traced::instruction;
    arrived_ = true;
    if (!traces(event)) return;
    Text100 line("*** "_e);
    line.hex(at, 6);
    line.at(name_column) << (kind == Kind::Svc       ? "SVC"_e
                             : kind == Kind::Program ? "PROG"_e
                                                     : "EXT"_e);
    line.at(text_column).hex(code, 4) << " ==> "_e;
    line.hex(next.address(), 6);
    emit(event, line);
}

void Tracer::io_interruption(const IoInterruption& interruption, u32 at, Psw next) {
    if (traces(traced::csw)) put_csw(interruption);
    u16 const event = traces(traced::io) ? traced::io : traced::branch | traced::instruction;
    arrived_ = true;
    if (!traces(event)) return;
    Text100 line("*** "_e);
    line.hex(at, 6);
    line.at(name_column) << "I/O"_e;
    line.at(text_column).hex(interruption.address.value, 4) << " ==> "_e;
    line.hex(next.address(), 6) << "  CSW "_e;
    line.hex(interruption.csw.status, 4);
    emit(event, line);
}

void Tracer::simulated(const Instruction& instruction, u32 at) {
    bool const io = instruction.opcode >= 0x9C && instruction.opcode <= 0x9F;
    bool const psw = instruction.opcode == 0x80 || instruction.opcode == 0x82 ||
                     instruction.opcode == 0xAC || instruction.opcode == 0xAD;
    u16 event = traced::privileged;
    if (io || !traces(traced::privileged)) event = traced::instruction;
    if (psw && !traces(event)) event = traced::branch;
    if (!traces(event)) return;

    Text100 line;
    u32 const base = put_instruction(line, ":::"_e, at, owner_.cpu.gpr);
    if (psw) put_psw_operand(line, base + arrow_column, instruction);
    // DIAGNOSE 8 is a command itself.
    bool const command = instruction.opcode == 0x83 && (instruction.address & 0xFFFF) == 8;
    if (instruction.opcode == 0x82) arrived_ = true;
    emit(event, line, !command);
}

} // namespace cp
