#include "terminal/net/tn3270e.h"

#include "terminal/net/telnet.h"

#include <algorithm>

namespace terminal {

namespace {

constexpr u8 iac = 255, sb = 250, se = 240, eor = 239, abort_output = 245, wont = 252;
constexpr u8 option = 40;
// Verbs of the subnegotiation.
constexpr u8 connect = 1, device_type = 2, functions_verb = 3, is = 4, reject = 6, request = 7,
             send = 8;
constexpr u8 unsupported_request = 7; // a reason
// Functions.
constexpr u8 bind_image = 0, responses = 2, sysreq = 4;
// Data types.
constexpr u8 data_3270 = 0, response_type = 2, bind_type = 3, unbind_type = 4, text_type = 5,
             system_type = 7;
// Response flags of a host's header and of ours.
constexpr u8 no_response = 0, always_response = 2, positive = 0, negative = 1;

} // namespace

std::string Tn3270e::function_names() const {
    static constexpr std::array<const char*, 5> names{"BIND-IMAGE", "DATA-STREAM-CTL", "RESPONSES",
                                                      "SCS-CTL-CODES", "SYSREQ"};
    std::string text;
    for (usize function = 0; negotiated_ && function < names.size(); ++function)
        if (functions_[function]) text += (text.empty() ? "" : " ") + std::string(names[function]);
    return text;
}

Tn3270e::Tn3270e(Telnet& telnet) : telnet_(telnet) {
    functions_.set(bind_image).set(responses).set(sysreq);
}

void Tn3270e::forget() {
    negotiated_ = bound_ = false;
    part_ = Part::Unbound;
}

void Tn3270e::subnegotiation(std::span<const u8> sub) {
    auto const byte = [&](usize at) { return at < sub.size() ? sub[at] : u8{se}; };
    if (byte(1) == send && byte(2) == device_type) return request_device();
    if (byte(1) == device_type) return device(sub);
    if (byte(1) == functions_verb) return functions(sub);
}

// RFC 2355 knows 3278s only; colours are told by the query reply.
void Tn3270e::request_device() {
    Bytes out{iac, sb, option, device_type, request};
    std::string type = telnet_.setup_.type;
    if (type.starts_with("IBM-3279")) type[7] = '8';
    out.insert(out.end(), type.begin(), type.end());
    if (telnet_.next_lu_ < telnet_.setup_.lus.size()) {
        std::string const& lu = telnet_.setup_.lus[telnet_.next_lu_];
        out.push_back(connect);
        out.insert(out.end(), lu.begin(), lu.end());
    }
    out.insert(out.end(), {iac, se});
    telnet_.user_.send(out);
}

void Tn3270e::device(std::span<const u8> sub) {
    u8 const verb = sub.size() > 2 ? sub[2] : u8{0};
    if (verb == is) {
        auto const name = std::find(sub.begin() + 3, sub.end(), connect);
        if (name != sub.end() && name + 1 != sub.end())
            telnet_.lu_.assign(name + 1, std::find(name + 1, sub.end(), se));
        return send_functions(request);
    }
    if (verb != reject) return;
    u8 const reason = sub.size() > 4 ? sub[4] : u8{0};
    if (reason == unsupported_request) return withdraw();
    telnet_.next_lu();
    if (telnet_.next_lu_ < telnet_.setup_.lus.size()) return request_device();
    withdraw();
}

void Tn3270e::functions(std::span<const u8> sub) {
    u8 const verb = sub.size() > 2 ? sub[2] : u8{0};
    if (verb != request && verb != is) return;
    std::bitset<256> wanted;
    for (usize at = 3; at < sub.size() && sub[at] != se; ++at) wanted.set(sub[at]);
    bool const no_more = (wanted & ~functions_).none();
    if (verb == request) {
        functions_ &= wanted;
        if (!no_more) return send_functions(request);
        send_functions(is);
        return agreed(wanted);
    }
    if (!no_more) return withdraw(); // more than was asked for
    // Without BIND there is no other sign that an application has the terminal.
    if (!wanted[bind_image]) part_ = Part::Data;
    agreed(wanted);
}

void Tn3270e::agreed(std::bitset<256> functions) {
    functions_ = functions;
    negotiated_ = true;
    telnet_.settle();
}

void Tn3270e::send_functions(u8 verb) {
    Bytes out{iac, sb, option, functions_verb, verb};
    for (u32 function = 0; function < 32; ++function)
        if (functions_[function]) out.push_back(static_cast<u8>(function));
    out.insert(out.end(), {iac, se});
    telnet_.user_.send(out);
}

// On with plain TN3270, with the same LUs.
void Tn3270e::withdraw() {
    telnet_.answer(wont, option);
    telnet_.first_lu();
    telnet_.ours_.reset(option);
    telnet_.settle();
}

void Tn3270e::record(const Record& record) {
    auto const whole = record.buffer.first(std::min(record.end, record.buffer.size()));
    auto const body = whole.subspan(std::min(whole.size(), header_length));
    auto const become = [&](Part part) {
        part_ = part;
        telnet_.settle();
    };
    switch (whole[0]) {
    case data_3270:
        if (has(bind_image) && !bound_) return;
        become(Part::Data);
        telnet_.user_.record(record);
        return;
    case bind_type:
        if (!has(bind_image)) return;
        telnet_.user_.bind(body);
        bound_ = true;
        return become(Part::Data);
    case unbind_type:
        if (!has(bind_image)) return;
        bound_ = false;
        telnet_.user_.unbind();
        return become(Part::Unbound);
    case text_type:
        become(Part::Text);
        text(telnet_.setup_.sparse_text ? whole : body);
        return;
    case system_type:
        if (!has(bind_image)) return;
        become(Part::System);
        telnet_.user_.system_services(body);
        return;
    default: return; // for printers, or answers to what we never ask
    }
}

void Tn3270e::text(std::span<const u8> bytes) {
    usize const step = telnet_.setup_.sparse_text ? 2 : 1;
    for (usize at = 0; at < bytes.size(); at += step) telnet_.user_.text(bytes[at]);
}

Bytes Tn3270e::header() {
    Bytes out{part_ == Part::System ? system_type : data_3270, 0, 0,
              static_cast<u8>(sequence_ >> 8), static_cast<u8>(sequence_)};
    if (has(responses)) sequence_ = (sequence_ + 1) & 0x7FFF;
    return out;
}

Bytes Tn3270e::response(std::span<const u8> header, DataStream::Refusal refusal,
                        bool replied) const {
    if (header.size() < header_length || header[2] == no_response) return {};
    bool const bad = refusal != DataStream::Refusal::None && !replied;
    if (!bad && header[2] != always_response) return {};
    constexpr u8 device_end = 0, command_reject = 0, operation_check = 2;
    u8 const why = !bad                                        ? device_end
                   : refusal == DataStream::Refusal::Operation ? operation_check
                                                               : command_reject;
    Bytes out;
    for (u8 byte : {response_type, u8{0}, bad ? negative : positive, header[3], header[4], why}) {
        out.push_back(byte);
        if (byte == iac) out.push_back(iac);
    }
    out.insert(out.end(), {iac, eor});
    return out;
}

bool Tn3270e::system_request() {
    if (!has(sysreq) || (part_ != Part::Data && part_ != Part::System)) return false;
    telnet_.user_.send(std::array<u8, 2>{iac, abort_output});
    if (part_ == Part::Data)
        part_ = Part::System;
    else if (bound_ || !has(bind_image))
        part_ = Part::Data;
    telnet_.settle();
    return true;
}

} // namespace terminal
