#include "terminal/view/paste.h"

#include "s370/arch/ds3270.h"

namespace terminal {
namespace {

bool writable(const Screen& screen, u32 position) {
    return !screen.at(position).field && !screen.protected_at(position);
}

bool to(Session& session, u32 position) {
    return session.press({.action = Action::MoveCursor, .position = position});
}

} // namespace

Paste::Paste(std::u32string text, NewLine new_line, const Screen& screen)
    : new_line_(new_line), column_(screen.cursor() % screen.size().columns) {
    for (usize i = 0; i < text.size(); ++i)
        if (text[i] != U'\r')
            text_.push_back(text[i]);
        else if (i + 1 == text.size() || text[i + 1] != U'\n')
            text_.push_back(U'\n');
}

// False at the end of the screen, where nothing below takes a character.
bool Paste::next_row(Session& session) const {
    Screen const& screen = session.screen();
    u32 const columns = screen.size().columns, cursor = screen.cursor();
    u32 const row = cursor / columns + 1;
    if (row == screen.size().rows) return false;
    u32 at = row * columns + column_;
    if (!writable(screen, at)) at = screen.next_unprotected(at);
    return at > cursor && to(session, at);
}

std::string Paste::go_on(Session& session) {
    auto const give_up = [&](const char* why) {
        at_ = text_.size();
        return std::string(why);
    };
    Screen const& screen = session.screen();
    while (more() && session.keyboard().lock() == Lock::None) {
        char32_t const c = text_[at_];
        if (c == U'\n' && new_line_ == NewLine::Enter) {
            ++at_;
            session.press({Action::Attention, s370::ds3270::aid::enter});
            continue;
        }
        if (c == U'\n') {
            ++at_;
            if (more() && !next_row(session)) return give_up("the paste reached the end");
            continue;
        }
        if (!writable(screen, screen.cursor())) {
            u32 const at = screen.next_unprotected(screen.cursor());
            if (at <= screen.cursor() || !to(session, at))
                return give_up("the paste reached the end");
        }
        u32 const before = screen.cursor();
        if (!session.type(c == U'\t' ? U' ' : c))
            return give_up(session.keyboard().lock() == Lock::None
                               ? "the host's code page has not all of the pasted characters"
                               : "the paste was refused");
        ++at_;
        bool const sent_next = more() && text_[at_] == U'\n' && new_line_ == NewLine::Enter;
        if (more() && !sent_next && screen.cursor() <= before)
            return give_up("the paste reached the end");
    }
    bool const mistaken = more() && session.keyboard().lock() != Lock::System;
    return mistaken ? give_up("the paste was refused") : std::string();
}

} // namespace terminal
