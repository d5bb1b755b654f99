#include "cp/command/caller.h"

namespace cp {

// `line` and whatever else a coroutine needs lives in its frame: the caller's
// Caller is a copy there too.
Task<> Caller::respond(MessageLine line) const {
    if (response_ != nullptr) {
        constexpr u8 line_end = 0x15;
        auto put = [this](u8 c) {
            if (response_->length < response_->capacity) response_->buffer[response_->length] = c;
            ++response_->length;
        };
        for (u8 c : line.text().without_trailing_blanks()) put(c);
        put(line_end);
    } else if (session_ != nullptr) {
        co_await session_->respond(line);
    } else {
        co_await terminal_->write(line, true);
    }
}

Task<u32> Caller::fail(MessageLine message, u16 number) const {
    // Before logon code and text are shown.
    ErrorMessages const how =
        session_ == nullptr ? ErrorMessages::On : session_->machine().settings.error_messages;
    Text const shown = shown_part(message, how);
    if (!shown.empty()) co_await respond(MessageLine(shown));
    co_return number;
}

Task<u32> Caller::answer(MessageLine line) const {
    co_await respond(line);
    co_return 0;
}

Task<u32> Caller::act(MachineAction action) const {
    if (!from_guest()) return session_->perform(action);
    session_->request(action);
    return done();
}

Task<u32> Caller::finish(u32 code) { co_return code; }

} // namespace cp
