#include "terminal/transfer/transfer.h"

#include "s370/arch/ds3270.h"
#include "s370/arch/file_transfer.h"

#include <cstdio>

namespace terminal::transfer {

namespace ft = s370::file_transfer;

namespace {

std::string rate(double per_second) {
    char text[32];
    if (per_second >= 1e6)
        std::snprintf(text, sizeof text, "%.3g M", per_second / 1e6);
    else if (per_second >= 1e3)
        std::snprintf(text, sizeof text, "%.3g K", per_second / 1e3);
    else
        std::snprintf(text, sizeof text, "%.3g ", per_second);
    return text;
}

} // namespace

Transfer::Transfer(Session& session, Request request)
    : session_(session), request_(std::move(request)), file_(request_, session.codepage()),
      buffer_size_(
          std::clamp(request_.buffer_size != 0 ? request_.buffer_size : ft::dft::usual_buffer,
                     ft::dft::least_buffer, ft::dft::most_buffer)) {}

Transfer::~Transfer() {
    if (attached_) session_.listen(nullptr);
}

std::string Transfer::start() {
    if (!session_.in_3270_mode()) return "Transfer(): Not connected in 3270 mode";
    if (std::string why = file_.open(); !why.empty()) return why;
    session_.offer_transfer_buffer(buffer_size_);
    session_.listen(this);
    attached_ = true;
    started_ = Clock::now();
    std::string why = type_command();
    if (!why.empty()) {
        file_.remove();
        state_ = State::Ended;
    }
    return why;
}

// Into the field of the cursor, or the next one that takes it.
std::string Transfer::type_command() {
    Screen& screen = session_.screen();
    std::string const command = host_command(request_);
    auto const unable = [](const char* why) {
        return std::string("Cannot begin transfer: ") + why;
    };
    if (session_.keyboard().lock() != Lock::None) return unable("keyboard locked");
    u32 room = screen.size().cells(), start = 0;
    if (screen.formatted()) {
        u32 const cursor = screen.cursor();
        bool const here = !screen.at(cursor).field && !screen.protected_at(cursor);
        start = here ? screen.next(*screen.field_of(cursor)) : screen.next_unprotected(cursor);
        if (screen.at(start).field || screen.protected_at(start)) return unable("no input field");
        room = 0;
        for (u32 at = start; !screen.at(at).field; at = screen.next(at)) ++room;
    }
    if (command.size() > room) return unable("input field too small");
    session_.press({.action = Action::MoveCursor, .position = start});
    session_.press({Action::EraseEof});
    for (char c : command) {
        if (c == '$')
            session_.press({Action::Character, 0x5B});
        else
            session_.type(static_cast<u8>(c));
    }
    session_.press({Action::Attention, s370::ds3270::aid::enter});
    return {};
}

void Transfer::begin(bool frames) {
    if (state_ == State::Typed) state_ = State::Running;
    frames_ = frames;
    started_ = Clock::now();
}

// An empty `why` is success.
void Transfer::end(const std::string& why) {
    if (state_ == State::Ended) return;
    state_ = State::Ended;
    std::string const closing = file_.close();
    message_ = why.empty() ? closing : why;
    good_ = message_.empty();
    if (!good_) return;
    double const seconds =
        std::max(std::chrono::duration<double>(Clock::now() - started_).count(), 1e-6);
    message_ = "Transfer complete, " + std::to_string(file_.length()) + " bytes transferred\n" +
               rate(static_cast<double>(file_.length()) / seconds) + "bytes/sec in " +
               (frames_ ? "CUT" : "DFT") + " mode";
}

bool Transfer::cancel() {
    if (state_ == State::Running)
        state_ = State::Cancelling;
    else if (state_ == State::Typed || state_ == State::Told)
        end("Transfer cancelled by user");
    return state_ == State::Ended;
}

void Transfer::check_time(Clock::time_point now) {
    if (state_ != State::Typed || now - started_ < start_limit) return;
    file_.remove();
    end("Transfer did not start within " + std::to_string(start_limit.count()) + "s");
}

void Transfer::lost() { end("Host disconnected, transfer cancelled"); }

} // namespace terminal::transfer
