#include "terminal/net/telnet.h"

#include <algorithm>
#include <utility>

namespace terminal {
namespace {

constexpr u8 iac = 255, dont = 254, do_ = 253, wont = 252, will = 251, sb = 250,
             interrupt_process = 244, break_ = 243, se = 240, eor = 239;
constexpr u8 binary = 0, echo_option = 1, suppress_go_ahead = 3, terminal_type = 24,
             end_of_record = 25, window_size = 31, new_environ = 39, tn3270e = 40,
             start_tls_option = 46;
constexpr u8 is = 0, send = 1;
constexpr u8 follows = 1; // of START TLS

bool we_may(u8 option) {
    return option == binary || option == terminal_type || option == end_of_record ||
           option == suppress_go_ahead || option == window_size || option == new_environ ||
           option == tn3270e || option == start_tls_option;
}
bool they_may(u8 option) {
    return option == binary || option == end_of_record || option == echo_option ||
           option == suppress_go_ahead || option == terminal_type || option == tn3270e;
}

void append(Bytes& out, u8 byte) {
    out.push_back(byte);
    if (byte == iac) out.push_back(iac);
}

} // namespace

std::string telnet_option_name(u8 option) {
    switch (option) {
    case 0: return "BINARY";
    case 1: return "ECHO";
    case 3: return "SUPPRESS GO AHEAD";
    case 6: return "TIMING MARK";
    case 24: return "TERMINAL TYPE";
    case 25: return "END OF RECORD";
    case 31: return "NAWS";
    case 39: return "NEW-ENVIRON";
    case 40: return "TN3270E";
    case 46: return "START-TLS";
    default: return std::to_string(option);
    }
}

std::string Telnet::option_names(const std::bitset<256>& options) {
    std::string names;
    for (u32 option = 0; option < options.size(); ++option)
        if (options[option])
            names += (names.empty() ? "" : " ") + telnet_option_name(static_cast<u8>(option));
    return names;
}

usize Telnet::receive(std::span<const u8> piece) {
    tls_starts_ = false;
    for (usize at = 0; at < piece.size(); ++at) {
        u8 const byte = piece[at];
        switch (state_) {
        case State::Data: data(byte); break;
        case State::Command: command(byte); break;
        case State::Option: option(byte); break;
        case State::Sub:
            if (byte == iac)
                state_ = State::SubCommand;
            else if (sub_.size() < longest_sub)
                sub_.push_back(byte);
            break;
        case State::SubCommand:
            if (sub_.size() < longest_sub || byte == se) sub_.push_back(byte);
            state_ = State::Sub;
            if (byte == se) {
                state_ = State::Data;
                subnegotiation();
            }
            break;
        }
        if (tls_starts_ || given_up_) return at + 1;
    }
    return piece.size();
}

void Telnet::data(u8 byte) {
    if (byte == iac) {
        state_ = State::Command;
        return;
    }
    // A host that shows something before it agrees on anything has no 3270 mode.
    if (mode_ == Mode::Negotiating) change(echoes() ? Mode::Character : Mode::Line);
    if (plain_text())
        user_.text(byte);
    else
        store(byte);
}

void Telnet::command(u8 byte) {
    state_ = State::Data;
    switch (byte) {
    case iac:
        if (plain_text())
            user_.text(iac);
        else
            store(iac);
        return;
    case eor: return record_ended();
    case do_:
    case dont:
    case will:
    case wont:
        verb_ = byte;
        state_ = State::Option;
        return;
    case sb:
        sub_.clear();
        state_ = State::Sub;
        return;
    default: return;
    }
}

void Telnet::record_ended() {
    usize const length = std::exchange(length_, 0);
    if (length == 0) return;
    if (ours_[tn3270e]) {
        if (extended_.negotiated()) extended_.record({buffer_, Tn3270e::header_length, length});
    } else if (mode_ == Mode::Classic) {
        user_.record({buffer_, 0, length});
    }
}

void Telnet::answer(u8 verb, u8 option) { user_.send(std::array<u8, 3>{iac, verb, option}); }

// Only a change is answered, but every request of a thing that cannot be.
void Telnet::option(u8 option) {
    state_ = State::Data;
    switch (verb_) {
    case do_: return asked(option);
    case will: return offered(option);
    case dont:
        if (option == terminal_type) type_deferred_ = false;
        if (!ours_[option]) return;
        ours_.reset(option);
        answer(wont, option);
        break;
    default:
        if (!theirs_[option]) return;
        theirs_.reset(option);
        answer(dont, option);
        break;
    }
    settle();
}

void Telnet::offered(u8 option) {
    if (!they_may(option)) return answer(dont, option);
    if (theirs_[option]) return;
    theirs_.set(option);
    answer(do_, option);
    if (option == end_of_record && !ours_[option]) {
        ours_.set(option);
        answer(will, option);
    }
    settle();
}

void Telnet::asked(u8 option) {
    if (!we_may(option) || (option == start_tls_option && (!setup_.may_start_tls || secure_)))
        return answer(wont, option);
    if (option == terminal_type && ours_[new_environ] && !environment_told_) {
        // The host wants to know who we are before it hears what we are.
        ours_.set(option);
        type_deferred_ = true;
        return;
    }
    if (!ours_[option]) {
        ours_.set(option);
        answer(will, option);
        settle();
    }
    if (option == window_size) tell_window();
    if (option == start_tls_option) {
        user_.send(std::array<u8, 6>{iac, sb, start_tls_option, follows, iac, se});
        tls_promised_ = true;
    }
}

void Telnet::subnegotiation() {
    u8 const option = sub_[0], verb = sub_.size() > 1 ? sub_[1] : u8{0};
    if (option == terminal_type && verb == send) return tell_type();
    if (option == new_environ && verb == send) return tell_environment();
    if (option == tn3270e && ours_[tn3270e]) return extended_.subnegotiation(sub_);
    if (option == start_tls_option && ours_[option] && std::exchange(tls_promised_, false)) {
        if (verb == follows && sub_.size() > 2) {
            tls_starts_ = true;
            return user_.start_tls();
        }
        given_up_ = true;
        user_.give_up("TLS negotiation failure");
    }
}

void Telnet::next_lu() {
    if (next_lu_ < setup_.lus.size()) ++next_lu_;
}

void Telnet::tell_type() {
    Bytes out{iac, sb, terminal_type, is};
    for (char c : setup_.type) append(out, static_cast<u8>(c));
    lu_.clear();
    if (!setup_.lus.empty()) {
        if (next_lu_ == setup_.lus.size()) {
            given_up_ = true;
            return user_.give_up("Cannot connect to specified LU");
        }
        lu_ = setup_.lus[next_lu_];
        next_lu();
        out.push_back('@');
        for (char c : lu_) append(out, static_cast<u8>(c));
    }
    out.insert(out.end(), {iac, se});
    user_.send(out);
}

void Telnet::tell_window() {
    Bytes out{iac, sb, window_size};
    for (u32 value : {setup_.window.columns, setup_.window.rows}) {
        append(out, static_cast<u8>(value >> 8));
        append(out, static_cast<u8>(value));
    }
    out.insert(out.end(), {iac, se});
    user_.send(out);
}

// RFC 1572: of what is asked for we know the user's name. What nobody knows is named
// without a value.
void Telnet::tell_environment() {
    constexpr u8 variable = 0, value = 1, user_variable = 3;
    Bytes out{iac, sb, new_environ, is};
    auto const tell_user = [&] {
        out.push_back(variable);
        for (char c : std::string("USER")) out.push_back(static_cast<u8>(c));
        out.push_back(value);
        for (char c : setup_.user) append(out, static_cast<u8>(c));
    };
    std::span<const u8> const wanted(sub_.data() + 2, sub_.size() - 3); // without the SE
    if (wanted.empty()) tell_user();
    for (usize at = 0; at < wanted.size();) {
        u8 const kind = wanted[at++];
        if (kind != variable && kind != user_variable) return; // no such request
        usize const start = at;
        while (at < wanted.size() && wanted[at] != variable && wanted[at] != user_variable) ++at;
        auto const letters = wanted.subspan(start, at - start);
        std::string const name(letters.begin(), letters.end());
        if (kind == variable && (name.empty() || name == "USER")) {
            tell_user();
        } else if (!name.empty()) {
            out.push_back(kind);
            for (char c : name) append(out, static_cast<u8>(c));
        }
    }
    out.insert(out.end(), {iac, se});
    user_.send(out);
    environment_told_ = true;
    if (std::exchange(type_deferred_, false)) {
        answer(will, terminal_type);
        settle();
    }
}

void Telnet::settle() {
    if (ours_[tn3270e]) {
        if (!extended_.negotiated()) return change(Mode::Unbound);
        switch (extended_.part()) {
        case Tn3270e::Part::Unbound: return change(Mode::Unbound);
        case Tn3270e::Part::Text: return change(Mode::Text);
        case Tn3270e::Part::Data: return change(Mode::Bound);
        case Tn3270e::Part::System: return change(Mode::System);
        }
    }
    bool const classic = ours_[binary] && ours_[end_of_record] && ours_[terminal_type] &&
                         theirs_[binary] && theirs_[end_of_record];
    change(classic ? Mode::Classic : Mode::Negotiating);
}

void Telnet::change(Mode mode) {
    if (mode == mode_) return;
    mode_ = mode;
    if (!ours_[tn3270e]) extended_.forget();
    user_.mode_changed();
}

Bytes Telnet::wrap(std::span<const u8> record) {
    Bytes out;
    out.reserve(record.size() + 8);
    if (mode_ == Mode::Bound || mode_ == Mode::System)
        for (u8 byte : extended_.header()) append(out, byte);
    for (u8 byte : record) append(out, byte);
    out.insert(out.end(), {iac, eor});
    return out;
}

bool Telnet::attention() {
    if (extended_mode() && !extended_.bound()) return false;
    if (extended_mode())
        interrupt();
    else if (mode_ == Mode::Classic)
        user_.send(std::array<u8, 2>{iac, break_});
    return true;
}

void Telnet::interrupt() { user_.send(std::array<u8, 2>{iac, interrupt_process}); }

bool Telnet::system_request() {
    if (!extended_mode()) return false;
    extended_.system_request();
    return true;
}

} // namespace terminal
