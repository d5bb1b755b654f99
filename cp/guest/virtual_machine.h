// A virtual machine and its user (VMBLOK): everything that a machine consists of
// is reachable from here.
#pragma once

#include "cp/base/timer_queue.h"
#include "cp/guest/address_stop.h"
#include "cp/guest/guest_clock.h"
#include "cp/guest/shadow_tables.h"
#include "cp/guest/tracer.h"
#include "cp/guest/virtual_cpu.h"
#include "cp/guest/virtual_io.h"
#include "cp/io/console.h"
#include "cp/paging/pages.h"
#include "s370/base/text.h"

namespace cp {

class VirtualMachine;

enum class ErrorMessages : u8 { Text, On, Code, Off }; // SET EMSG

enum class TimerMode : u8 { Off, On, Real }; // SET TIMER

// SET and TERMINAL.
struct Settings {
    bool messages = true, warnings = true, informational = true, accounting = true, special = false;
    bool run = false; // keeps running while the user is in CP READ
    ErrorMessages error_messages = ErrorMessages::Text;
    TimerMode timer = TimerMode::On;
    bool ec_mode = false;
    bool assist = true;           // SET ASSIST: frequent traps take the fast path
    bool assist_svc = true;       // SET ASSIST NOSVC: not SVC
    bool page_exceptions = false; // SET PAGEX: is told of CP's own page waits
    bool isam = false, auto_poll = false;
    bool terminal_mode_cp = false; // TERMINAL MODE CP
    bool attention_mark = true, apl = false, text = false, mask = false;
    u32 line_size = 80;
    LineEditing editing;
};

// Why a virtual machine is not in the dispatcher's queue. All false: it runs.
struct Stopped {
    bool cp_mode = true;      // its user is in CP (no IPL yet, attention, disabled wait...)
    bool command = false;     // a CP command of its own (DIAGNOSE 8, CP READ) is going on
    bool instruction = false; // an instruction waits for a task (DIAGNOSE with I/O, paging)
    bool sleeping = false;    // SLEEP
    bool tracing = false;     // its user has to see a line of TRACE first
    bool waiting = false;     // enabled wait state, nothing pending
    bool by_cp() const { return cp_mode || command || instruction || sleeping || tracing; }
    bool any() const { return by_cp() || waiting; }
};

struct Accounting {
    u64 logged_on_at = 0;    // now()
    Microseconds run_time;   // that it had the CPU: see cp/guest/used_time
    Microseconds total_time; // and in CP for it
    u64 simulated = 0;       // of run_time, in units of 1/4096 microsecond: in CP's C++
    Microseconds virtual_time_shown;
    u32 start_ios = 0;
    u32 page_reads = 0, page_writes = 0;
};

// The user's side of a virtual machine, implemented by cp/command; guest/ calls
// it without knowing commands (design: never call upward).
class UserSession {
  public:
    virtual ~UserSession() = default;

    // Types a line at the user's terminal; dropped while he is disconnected.
    virtual Task<> write(Text line, bool carriage_return = true) = 0;
    // The virtual console's read (VM READ). Waits while disconnected.
    virtual Task<Input> read_virtual() = 0;
    virtual void cancel_virtual_read() = 0;
    // The terminal, nullptr while disconnected.
    virtual Terminal* terminal() = 0;

    // Stops the virtual machine and gives the user CP READ, after a message such as
    // DMKDSP450W (the line complete with its code: shown according to SET EMSG).
    virtual void enter_cp(Text message) = 0;
    // Lines wait in the machine's tracer, and the machine until they are shown.
    virtual void show_trace() = 0;

    // DIAGNOSE 8: runs one command line for the guest. `response` (may be
    // nullptr: the response is typed) collects lines that end in X'15'.
    struct Response {
        u8* buffer;
        u32 capacity;
        u32 length; // what would have been stored; more than capacity = overflow
    };
    virtual Task<u32> execute(Text line, Response* response) = 0;
};

// A virtual machine's place in the dispatcher's queues.
struct QueueLink : Link<QueueLink> {
    explicit QueueLink(VirtualMachine& machine) : machine(machine) {}
    VirtualMachine& machine;
};

class VirtualMachine : public Link<VirtualMachine> {
  public:
    explicit VirtualMachine(Text userid) : userid(userid) {}

    Name8 userid;
    u32 classes = 0; // bit 0x80000000 = class A ... H; G for most
    Name8 account, distribution;
    u32 maximum_storage = 0;
    u32 cpu_id_serial = 0; // OPTION or SET CPUID; 0: the real machine's
    u64 cpu_id() const;    // as STIDP stores it

    VirtualCpu cpu;
    GuestStorage storage;
    ShadowTables shadow;
    VirtualIo io{*this};
    Settings settings;
    Stopped stopped;
    Accounting accounting;
    UserSession* session = nullptr;
    bool system_operator = false;
    bool logging_off = false;
    s370::DeviceAddress console_address{0x009};

    // Everything but storage to its state after a system reset; storage too when `clear`.
    void reset(bool clear);
    // CPU reset: what is pending is forgotten; `initial`: PSW, control registers, prefix and
    // clocks are as after a system reset.
    void reset_cpu(bool initial);
    // What the machine's own key stores at absolute 216 to 511.
    void store_status();

    // Something changed that may let it run or interrupt it: back to the dispatcher.
    void wake();

    bool has_class(char c) const { return (classes & 0x80000000u >> (c - 'A')) != 0; }

    u32 priority = 50;

    // TRACE and ADSTOP.
    Tracer tracer{*this};
    AddressStop address_stop;
    bool watched() const { return tracer.active() || address_stop.active(); }

    // What the dispatcher keeps.
    QueueLink queue_link{*this};
    bool interactive = true;   // Q1: came out of a wait and has not used its allowance since
    Microseconds queue_time{}; // used since it entered Q1
    Microseconds slice_used{}; // of the slice that it is in
    bool gives_way = false;    // the rest of the slice, by DIAGNOSE 44
    u32 left_at = 0;           // when it gave way, by a count of what CP did since
    GuestClock clock{*this};
};

// Woken up, and not yet put in a queue by the dispatcher.
extern List<QueueLink> awakened_machines;

// Everybody logged on, in order of logon.
extern List<VirtualMachine> virtual_machines;
VirtualMachine* find_virtual_machine(Text userid);

} // namespace cp
