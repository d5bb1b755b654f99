// A user and his virtual machine: who of them has the terminal (VMBLOK's user side,
// DMKCFM's console function mode).
//
// run() is the user's own task: CP READ, his commands, and at last the logoff. It
// alone may reset or destroy the virtual machine; others ask it to. Everything
// else that touches the session does it between waits.
//
//   in CP       commands are read (CP READ); the virtual machine is stopped unless SET RUN
//   not in CP   the virtual machine runs; its console read is VM READ
#pragma once

#include "cp/base/wait_queue.h"
#include "cp/command/messages.h"

namespace cp {

// What resets the virtual machine, and so waits until no task works for it.
struct MachineAction {
    enum class Kind : u8 { None, Ipl, SystemReset, SystemClear, Restart, Storage };
    Kind kind = Kind::None;
    s370::DeviceAddress device{};     // Ipl
    u16 cylinder = 0;                 // Ipl
    bool clear = false, stop = false; // Ipl
    bool quiet = false;               // SystemReset: nothing is said
    bool has_parameters = false;      // Ipl
    Name<64> parameters;              // Ipl
    u32 storage = 0;                  // Storage: the new size
};

class Session final : public UserSession, public TerminalUser {
  public:
    explicit Session(Text userid);
    virtual ~Session() = default;

    VirtualMachine& machine() { return machine_; }
    bool in_cp() const { return in_cp_; }
    bool ending() const { return ending_ != Ending::None; }

    // Lines go to and come from `terminal` from now on.
    void adopt(Terminal& terminal);
    // Begins in CP mode; `first` is done before anything is read. The session ends itself.
    void start(MachineAction first);

    u32 bad_passwords = 0; // of LINK

    // Lines of CP itself: the system operator's begin with the time. respond() waits
    // for room on the screen; notify() does not, and drops what is too much.
    Task<> respond(MessageLine line);
    void notify(MessageLine line);

    // Between CP and the virtual machine.
    void enter_cp_mode();
    void begin();
    void set_run(bool run) {
        machine_.settings.run = run;
        stop_or_run();
    }
    // The virtual machine, or the user's command, does not go on until then.
    Task<> sleep(Microseconds time, bool for_ever);

    // Asks run() to do it; when a guest's DIAGNOSE asks, after that has ended.
    void request(MachineAction action);
    Task<u32> perform(MachineAction action);

    // The user goes.
    enum class Ending : u8 { None, Logoff, Forced };
    void end(Ending how);
    // The terminal goes, the virtual machine stays.
    void disconnect();
    void reconnect(Terminal& terminal);

    // UserSession
    Task<> write(Text line, bool carriage_return) override;
    Task<Input> read_virtual() override;
    void cancel_virtual_read() override;
    Terminal* terminal() override { return terminal_; }
    void enter_cp(Text message) override;
    void show_trace() override { interrupt_read(); }
    Task<u32> execute(Text line, Response* response) override;

    // TerminalUser
    void attention() override;
    bool unsolicited(Text line) override;
    void screen_attention() override { press_attention(); }
    void lost() override { disconnect(); }

    // An answer to a command, such as a password. Anything but a line: he went away.
    Task<Input> read_terminal(ReadMode mode);

  private:
    // A line typed of which some logical lines have not been taken.
    struct TypedAhead {
        InputLine line;
        bool present = false;
    };
    static constexpr u32 most_notices = 40;
    static constexpr u8 new_line = 0x15;

    Task<> run();
    Task<> read_command();
    Task<> run_typed();
    Task<> do_requested();
    Task<> show_notice();
    Task<> show_trace_lines();
    Task<> deliver(MessageLine line);
    Task<> leave();
    Task<> say_goodbye();
    Task<u32> initial_program_load(MachineAction action);
    Task<u32> new_storage(u32 size);
    Task<u32> restart();
    bool next_line(TypedAhead& typed, InputLine& line);
    static void put(TypedAhead& typed, Text line);
    void typed_at_read(Text line, Input& result);
    void call_cp(Text command);
    void press_attention();
    void interrupt_read();
    void arm_forced_logoff();
    void stop_or_run();

    VirtualMachine machine_;
    Terminal* terminal_ = nullptr;
    bool in_cp_ = true;
    Ending ending_ = Ending::None;
    MachineAction action_;
    MessageLine notice_; // typed before the next CP READ

    TypedAhead for_cp_, for_machine_;
    bool called_cp_ = false;       // for_cp_ is a "#CP": the machine waits for its end
    bool reading_command_ = false; // at the terminal
    bool reading_virtual_ = false; // at the terminal
    bool reading_answer_ = false;
    bool virtual_read_cancelled_ = false;

    Signal event_;            // for run()
    WaitQueue changed_;       // for the virtual read
    Signal* awake_ = nullptr; // while sleeping
    Timer forced_logoff_;
    bool forced_logoff_armed_ = false;
    u32 notices_ = 0;
};

// The session of a virtual machine.
Session& session_of(VirtualMachine& machine);

// The system operator; nullptr while nobody is.
Session* operator_session();
// A line on the operator's console.
void tell_operator(Text line);

// "GRAF 0C0": what a terminal is called. "LINE DSC" for none.
Line<12> terminal_name(const Terminal* terminal);
// "0C0" or "DSC".
Line<4> terminal_address(const Terminal* terminal);
u32 users_logged_on();
// "CONNECT= hh:mm:ss VIRTCPU= mmm:ss.hh TOTCPU= mmm:ss.hh"
Line<80> connect_line(VirtualMachine& machine);

} // namespace cp
