// CP's tracing of a virtual machine for its user (DMKTRC, DMKTRD): what the TRACE command
// asked for, and the lines that wait to be shown.
//
// GC20-1820-3 "TRACE" has the lines' forms. Interruptions and what CP simulates are traced
// where they happen; branches and all other instructions by the real machine's PER
// (cp/guest/per), which shows an instruction when it is done.
//
// A line stops the machine until its user's session has shown it; so nothing is lost
// however fast lines come. A machine that is not traced pays for one test of active().
#pragma once

#include "s370/arch/ccw.h"
#include "s370/arch/psw.h"
#include "s370/base/list.h"
#include "s370/base/text.h"

namespace cp {

class VirtualMachine;
class VirtualDevice;
class RealProgram;
struct Instruction;
struct IoInterruption;

namespace traced {
constexpr u16 svc = 0x001, io = 0x002, program = 0x004, external = 0x008, privileged = 0x010,
              start_io = 0x020, ccw = 0x040, csw = 0x080, branch = 0x100, instruction = 0x200;
constexpr u16 all = 0x2FF; // branches are among the instructions
} // namespace traced

struct TraceLine : Link<TraceLine> {
    Line<100> text;
    bool terminal = false, printer = false;
    bool stop = false; // CP READ follows
};

class Tracer {
  public:
    explicit Tracer(VirtualMachine& owner) : owner_(owner) {}
    Tracer(const Tracer&) = delete;
    Tracer& operator=(const Tracer&) = delete;
    ~Tracer();

    struct Output {
        bool terminal = false, printer = false;
        bool run = false; // the machine goes on after a line on the terminal
    };
    // Adds events, or changes where they go.
    void start(u16 events, Output output);
    void end(u16 events);
    bool active() const { return events_ != 0; }
    bool traces(u16 events) const { return (events_ & events) != 0; }

    // A line for the terminal whatever is traced, and then CP READ.
    void announce(Text text);
    // Lines to show, oldest first; the caller destroys them.
    bool waiting() const { return !lines_.empty(); }
    TraceLine* take();

    // The machine is about to run: what registers its next instruction has.
    void note_registers();
    // The real machine saw PER events `events` of an instruction that it executed, or an
    // exception ended (0).
    void executed(u32 at, u16 events);
    // CP is going to simulate the instruction at `at`.
    void simulated(const Instruction& instruction, u32 at);
    // An I/O instruction was simulated; the condition code is in the PSW.
    void io_instruction(const Instruction& instruction, u32 at);
    // The real program of a guest's; `disk`: with the arguments of its seeks.
    void channel_program(RealProgram& program, bool disk);
    // An interruption exchanged PSWs; `at`: of the instruction that it belongs to.
    enum class Kind : u8 { External, Svc, Program };
    void interruption(Kind kind, u32 at, u16 code, s370::Psw next);
    void io_interruption(const IoInterruption& interruption, u32 at, s370::Psw next);

  private:
    using Text100 = Line<100>;
    void emit(u16 events, Text text, bool may_stop = true);
    void put(Text text, bool terminal, bool printer, bool stop);
    void put_csw(const IoInterruption& interruption);
    void set_classes();
    // Address, mnemonic and code. The answer: how far right of its usual columns the instruction
    // stands that is carried out, which EXECUTE shows behind itself.
    u32 put_instruction(Text100& line, Text prefix, u32 at, const u32* registers);
    void put_psw_operand(Text100& line, u32 column, const Instruction& instruction);

    VirtualMachine& owner_;
    u16 events_ = 0, terminal_ = 0, printer_ = 0, run_ = 0;
    bool arrived_ = false; // the next instruction is not behind the last one
    u32 waiting_ = 0;
    u32 registers_[16]{};
    List<TraceLine> lines_;
};

} // namespace cp
