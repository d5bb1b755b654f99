#include "terminal/net/telnet.h"

namespace terminal {
namespace {

constexpr u8 iac = 255, dont = 254, do_ = 253, wont = 252, will = 251, sb = 250, se = 240,
             eor = 239;
constexpr u8 binary = 0, echo = 1, suppress_go_ahead = 3, terminal_type = 24, end_of_record = 25;
constexpr u8 is = 0, send = 1;

bool we_may(u8 option) {
    return option == binary || option == terminal_type || option == end_of_record ||
           option == suppress_go_ahead;
}
bool they_may(u8 option) {
    return option == binary || option == end_of_record || option == echo ||
           option == suppress_go_ahead;
}

} // namespace

bool Telnet::in_3270_mode() const {
    return type_told_ && ours_[binary] && theirs_[binary] && ours_[end_of_record] &&
           theirs_[end_of_record];
}

Telnet::Received Telnet::receive(std::span<const u8> piece) {
    Received out;
    for (u8 byte : piece) {
        switch (state_) {
        case State::Data: data(byte, out); break;
        case State::Command: command(byte, out); break;
        case State::Option: option(byte, out); break;
        case State::Sub:
            if (byte == iac)
                state_ = State::SubCommand;
            else if (sub_.size() < longest_sub)
                sub_.push_back(byte);
            break;
        case State::SubCommand:
            if (byte == se) {
                subnegotiation(out);
                state_ = State::Data;
            } else {
                if (sub_.size() < longest_sub) sub_.push_back(byte);
                state_ = State::Sub;
            }
            break;
        }
    }
    return out;
}

void Telnet::data(u8 byte, Received&) {
    if (byte == iac)
        state_ = State::Command;
    else if (record_.size() < longest_record)
        record_.push_back(byte);
}

void Telnet::command(u8 byte, Received& out) {
    state_ = State::Data;
    switch (byte) {
    case iac:
        if (record_.size() < longest_record) record_.push_back(iac);
        return;
    case eor:
        if (in_3270_mode()) out.push_back({Item::Record, std::move(record_)});
        record_.clear();
        return;
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

// Only a change is answered, but every request of a thing that cannot be.
void Telnet::option(u8 option, Received& out) {
    state_ = State::Data;
    auto const answer = [&](u8 verb) { out.push_back({Item::Answer, {iac, verb, option}}); };
    bool const before = in_3270_mode();
    switch (verb_) {
    case do_:
        if (!we_may(option))
            answer(wont);
        else if (!ours_[option]) {
            ours_.set(option);
            answer(will);
        }
        break;
    case dont:
        if (ours_[option]) answer(wont);
        ours_.reset(option);
        break;
    case will:
        if (!they_may(option))
            answer(dont);
        else if (!theirs_[option]) {
            theirs_.set(option);
            answer(do_);
        }
        break;
    default:
        if (theirs_[option]) answer(dont);
        theirs_.reset(option);
        break;
    }
    if (before != in_3270_mode()) record_.clear(); // text of before is no record
}

void Telnet::subnegotiation(Received& out) {
    if (sub_.size() < 2 || sub_[0] != terminal_type || sub_[1] != send) return;
    Bytes answer{iac, sb, terminal_type, is};
    answer.insert(answer.end(), type_.begin(), type_.end());
    answer.insert(answer.end(), {iac, se});
    out.push_back({Item::Answer, std::move(answer)});
    type_told_ = true;
}

Bytes Telnet::wrap(std::span<const u8> record) {
    Bytes out;
    out.reserve(record.size() + 2);
    for (u8 byte : record) {
        out.push_back(byte);
        if (byte == iac) out.push_back(iac);
    }
    out.insert(out.end(), {iac, eor});
    return out;
}

} // namespace terminal
