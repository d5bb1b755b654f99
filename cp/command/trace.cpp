// TRACE and ADSTOP: what a virtual machine does, for its user to see (DMKTRA, DMKCFD).
//
//   TRACE event... [PRINTER|TERMINAL|BOTH] [RUN|NORUN]    or    TRACE event... OFF, TRACE END
//
// GC20-1820-3 "TRACE": several commands add up; the last one about an event counts.

#include "cp/command/processors.h"

namespace cp {
namespace {

struct Word {
    Text name;
    u8 minimum;
    u16 meaning;
};

constexpr Word events[] = {
    {"INSTRUCT"_e, 4, traced::instruction},
    {"SVC"_e, 3, traced::svc},
    {"I/O"_e, 3, traced::io},
    {"PROGRAM"_e, 3, traced::program},
    {"EXTERNAL"_e, 3, traced::external},
    {"PRIV"_e, 4, traced::privileged},
    {"SIO"_e, 3, traced::start_io},
    {"CCW"_e, 3, traced::ccw},
    {"CSW"_e, 3, traced::csw},
    {"BRANCH"_e, 2, traced::branch},
    {"ALL"_e, 3, traced::all},
};

constexpr u16 printer = 1, terminal = 2, run = 4, no_run = 8;
constexpr Word options[] = {
    {"PRINTER"_e, 1, printer}, {"TERMINAL"_e, 4, terminal}, {"BOTH"_e, 4, printer | terminal},
    {"RUN"_e, 3, run},         {"NORUN"_e, 3, no_run},
};

template <usize n>
u16 meaning(const Word (&words)[n], Text word) {
    for (Word const& known : words)
        if (abbreviates(word, known.name, known.minimum)) return known.meaning;
    return 0;
}

Task<u32> end_events(const Caller& caller, u16 which) {
    Tracer& tracer = caller.machine().tracer;
    if (!tracer.active()) return caller.fail("TRA"_e, 180);
    tracer.end(which);
    if (tracer.active()) return caller.done();
    return caller.answer(MessageLine("TRACE ENDED"_e));
}

// What is wrong with the options all together; 0: nothing. BRANCH and INSTRUCT show the
// same in two ways.
Text conflict(u16 which, u16 how) {
    constexpr u16 both = traced::branch | traced::instruction;
    if ((how & run) != 0 && (how & no_run) != 0) return "NORUN"_e;
    if ((how & (printer | terminal)) == printer && (how & (run | no_run)) != 0)
        return "RUN/NORUN PRINTER"_e;
    return (which & both) == both ? "BRANCH"_e : Text{};
}

} // namespace

Task<u32> trace_command(const Caller& caller, Fields operands) {
    if (operands.empty()) return caller.fail("TRA"_e, 26);
    if (operands.peek() == "END"_e) return end_events(caller, 0xFFFF);
    u16 which = 0, how = 0;
    for (; !operands.empty(); operands.next()) {
        u16 const event = meaning(events, operands.peek());
        if (event == 0) break;
        which |= event;
    }
    if (which == 0) return caller.fail("TRA"_e, 2, operands.peek());
    if (operands.peek() == "OFF"_e) return end_events(caller, which);
    for (; !operands.empty(); operands.next()) {
        u16 const option = meaning(options, operands.peek());
        if (option == 0) return caller.fail("TRA"_e, 3, operands.peek());
        how |= option;
    }
    if (Text const word = conflict(which, how); !word.empty())
        return caller.fail("TRA"_e, 13, word);
    if ((how & (printer | terminal)) == 0) how |= terminal;

    Tracer& tracer = caller.machine().tracer;
    bool const first = !tracer.active();
    tracer.start(which, {.terminal = (how & terminal) != 0,
                         .printer = (how & printer) != 0,
                         .run = (how & run) != 0});
    caller.machine().wake();
    return first ? caller.answer(MessageLine("TRACE STARTED"_e)) : caller.done();
}

Task<u32> address_stop_command(const Caller& caller, Fields operands) {
    VirtualMachine& machine = caller.machine();
    Text const where = operands.next();
    if (where.empty()) return caller.fail("CFD"_e, 33);
    if (where == "OFF"_e) {
        machine.address_stop.clear(machine.storage);
        return caller.done();
    }
    ParsedNumber const address = parse_hex(where);
    if (!address.valid || where.size() > 6) return caller.fail("CFD"_e, 4, where);
    if (!machine.address_stop.set(machine.storage, address.value))
        return caller.fail("CFD"_e, 160, where);
    return caller.done();
}

} // namespace cp
