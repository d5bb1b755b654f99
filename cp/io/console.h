// The console of a virtual machine as CP sees it: lines out, lines in, attention
// (DMKQCN, DMKGRF, DMKCNS).
//
// A Terminal is a real 3270 or 3215. A VirtualMachine has a UserConsole, which is
// connected to a Terminal while its user is, and drops output while he is not.
// Before logon a Terminal is served by the logon task alone.
#pragma once

#include "cp/base/task.h"
#include "s370/arch/ccw.h"
#include "s370/base/text.h"

namespace cp {

class RealDevice;

constexpr usize longest_input = 132;
using InputLine = Line<longest_input>;

enum class ReadMode : u8 {
    Cp,       // status CP READ
    Virtual,  // status VM READ
    Password, // CP READ, what is typed is not shown
};

struct Input {
    enum class Kind : u8 {
        Line,
        Attention, // the read was ended by an attention with nothing typed
        Cancelled, // the read was withdrawn (cancel_read)
        Lost,      // the terminal is gone
    };
    Kind kind = Kind::Lost;
    InputLine line; // as typed: logical line editing is the reader's
};

// What the status area shows when nothing is being read.
enum class Activity : u8 { None, Running };

// Characters of logical line editing (TERMINAL command); 0 is OFF.
struct LineEditing {
    u8 line_end = '#'_e, character_delete = '@'_e, line_delete = 0x4A, escape = '"'_e, tab = 0x6A;
    bool active = true; // SET LINEDIT
};

// Who is told of what the user does unasked.
class TerminalUser {
  public:
    // PA1 while nothing was read.
    virtual void attention() = 0;
    // A line typed while nothing was read, empty for ENTER alone (and for the
    // attention key of a typewriter); false refuses it (NOT ACCEPTED).
    virtual bool unsolicited(Text line) = 0;
    // In full-screen mode: the user pressed a key, or CP took the screen.
    virtual void screen_attention() = 0;
    // The terminal was switched off or its client dropped.
    virtual void lost() = 0;

  protected:
    ~TerminalUser() = default;
};

// Full-screen mode: the screen of a 3270 is a virtual machine's (DIAGNOSE 58, CCWs X'29'
// and X'2A').
//
// SC19-6203 "Full Screen Interactions". An erasing write begins it; it waits while CP
// reads, and until the user has cleared what he has not seen. CP ends it when it has
// something to say, or for PA1, and then tells the virtual machine by an attention; the
// machine's next operation finds the mode lost.
class FullScreen {
  public:
    enum class Order : u8 { Write, Erase, EraseAlternate, StructuredField };
    struct End {
        u16 status = 0; // of the unit, beside channel end and device end
        u8 sense = 0;
        bool gone = false;           // the terminal, or its user
        std::span<const u8> input{}; // valid until the next wait
    };
    static constexpr u16 mode_lost = s370::status::attention | s370::status::unit_check;

    // `stream` is what the command writes, up to longest_stream; it must outlive the task.
    // With `keeps_pa1` the virtual machine gets PA1, until the mode ends.
    virtual Task<End> write_screen(Order order, bool keeps_pa1, std::span<const u8> stream) = 0;
    // Read Modified, or Read Buffer.
    virtual Task<End> read_screen(bool modified) = 0;
    // The virtual machine goes back to lines.
    virtual void end_full_screen() = 0;

    static constexpr u32 longest_stream = 65503;

  protected:
    ~FullScreen() = default;
};

// Who has a dialed terminal: it is his, CP shows nothing on it.
class DialedUser {
  public:
    virtual void connected() = 0; // from now on
    // The unit status of what its user does.
    virtual void unsolicited(u16 status) = 0;
    // The terminal was switched off or its client dropped.
    virtual void lost() = 0;

  protected:
    ~DialedUser() = default;
};

class Terminal {
  public:
    virtual s370::DeviceAddress address() const = 0;
    virtual bool graphic() const = 0;
    virtual u32 line_length() const = 0; // characters of an output line
    // For a 3270: its size; 0 for a typewriter.
    virtual u32 rows() const = 0;
    virtual u32 columns() const = 0;

    // Shows a line; returns when it is on its way, that is after MORE... was
    // answered when the screen is full. Text longer than a line is folded.
    virtual Task<> write(Text line, bool carriage_return = true) = 0;
    // One reader at a time.
    virtual Task<Input> read(ReadMode mode) = 0;
    virtual void cancel_read() = 0;
    virtual void show(Activity activity) = 0;
    virtual void alarm() = 0;
    virtual Task<> clear() = 0;
    // What is shown now vanishes with the next line typed (a logo).
    virtual void clear_at_input() = 0;
    // What waits for room in the output area is dropped.
    virtual void drop_output() = 0;
    // Whoever serves this terminal is done with it; it may serve another user.
    virtual void release() = 0;
    // Hands over the device itself, when all is shown that CP has written; false: it
    // cannot be. With hang_up() it is CP's again, with an empty screen.
    virtual bool dial(DialedUser& user) = 0;
    virtual void hang_up() = 0;
    // DIAGNOSE 58: text at a line of the output area (0-21), over what is there.
    virtual Task<> display(u32 line, Text text, bool clear_first) = 0;

    // nullptr for a typewriter.
    virtual FullScreen* full_screen() { return nullptr; }

    void set_user(TerminalUser* user) { user_ = user; }
    TerminalUser* user() const { return user_; }

  protected:
    ~Terminal() = default;
    TerminalUser* user_ = nullptr;
};

// Who serves a terminal that has no user: the logon.
class TerminalService {
  public:
    // Somebody is there. `fresh`: he has just come, and nothing is shown yet;
    // else he has just logged off. Served until release().
    virtual void serve(Terminal& terminal, bool fresh) = 0;

  protected:
    ~TerminalService() = default;
};

} // namespace cp
