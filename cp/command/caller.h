// Who gave a command, and how he is answered (DMKCFM, DMKERM).
#pragma once

#include "cp/command/session.h"

namespace cp {

class Caller {
  public:
    enum class Origin : u8 {
        Terminal, // typed
        Guest,    // DIAGNOSE 8
        Logon,    // done at logon for the user: nothing prompts
    };

    // A user's command.
    Caller(Session& session, Origin origin, UserSession::Response* response = nullptr)
        : session_(&session), origin_(origin), response_(response) {}
    // Before logon.
    explicit Caller(Terminal& terminal) : terminal_(&terminal), origin_(Origin::Terminal) {}

    Session* session() const { return session_; }
    // Only after logon.
    VirtualMachine& machine() const { return session_->machine(); }
    Terminal* terminal() const { return session_ != nullptr ? session_->terminal() : terminal_; }
    Origin origin() const { return origin_; }
    bool from_guest() const { return origin_ == Origin::Guest; }
    bool has_class(char letter) const {
        return session_ != nullptr && session_->machine().has_class(letter);
    }

    // A line of the answer.
    Task<> respond(MessageLine line) const;
    // A numbered message, shown according to SET EMSG. The value is the return code.
    Task<u32> fail(Text module, u16 number, Text a = {}, Text b = {}, Text c = {},
                   Text d = {}) const {
        return fail(compose_message(module, number, a, b, c, d), number);
    }
    Task<u32> fail(MessageLine message, u16 number) const;
    // One line is the whole answer.
    Task<u32> answer(MessageLine line) const;
    // Something that resets the virtual machine: for a guest's DIAGNOSE after its end.
    Task<u32> act(MachineAction action) const;
    // What a command without answer returns.
    Task<u32> done() const { return finish(0); }

  private:
    static Task<u32> finish(u32 code);

    Session* session_ = nullptr;
    Terminal* terminal_ = nullptr;
    Origin origin_;
    UserSession::Response* response_ = nullptr;
};

} // namespace cp
