#include "terminal/session/session.h"

#include "s370/arch/ds3270.h"
#include "terminal/net/bind_image.h"

#include <algorithm>
#include <cstdlib>
#include <poll.h>

namespace terminal {

namespace {

constexpr Size base_size{24, 80};
constexpr std::chrono::milliseconds first_pause{1000}, longest_pause{30'000};

Features features_of(const Options& options, const Codepage& codepage) {
    return {options.colour, codepage.ccsid(), codepage.character_set(), options.alternate()};
}

} // namespace

Session::Session(const Options& options, const Codepage& codepage)
    : options_(options), codepage_(codepage), screen_(base_size, options.alternate()),
      stream_(screen_, features_of(options, codepage)),
      keyboard_(screen_, stream_,
                [this](const Bytes& bytes) {
                    if (telnet_) send(telnet_->wrap(bytes));
                }),
      nvt_(screen_, [this](std::string_view text) { send_text(text); }), line_(nvt_) {
    nvt_.use_colour(options.colour);
}

void Session::use_options(const Options& options) {
    if (auto const codepage = Codepage::named(options.codepage)) codepage_ = *codepage;
    bool const resized = options.alternate() != options_.alternate();
    options_ = options;
    stream_.use_features(features_of(options_, codepage_));
    nvt_.use_colour(options_.colour);
    if (!resized || connected()) return;
    screen_.set_sizes(base_size, options_.alternate());
    stream_.erase(true);
}

std::string Session::connect(const Target& target) {
    disconnect();
    target_ = target;
    wanted_ = true;
    pause_ = first_pause;
    return open();
}

std::string Session::open() {
    failure_.clear();
    begun_ = false;
    records_ = 0;
    bool const good = connection_.open({target_.host, target_.port, options_.tls || target_.tls,
                                        options_.verify && target_.verify, options_.authorities});
    if (good) {
        if (connected()) begin();
        return {};
    }
    end(connection_.failure());
    return failure_;
}

// There is a connection: telnet begins.
void Session::begin() {
    begun_ = true;
    began_ = Clock::now();
    received_ = sent_ = {};
    nvt_.forget_heard(nvt_.heard().size());
    application_.clear();
    if (wire_ != nullptr) wire_->connected(target_);
    tls_starts_ = was_in_text_ = false;
    gives_up_.clear();
    char const* const user = std::getenv("USER");
    TelnetUser& self = *this;
    telnet_ = std::make_unique<Telnet>(
        self, Telnet::Setup{options_.terminal_type(), target_.lus, options_.alternate(),
                            options_.extended && target_.extended,
                            user != nullptr ? user : "UNKNOWN", options_.sparse_text});
    screen_.set_sizes(base_size, options_.alternate());
    stream_.reset();
    stream_.erase(true);
    nvt_.reset();
    line_.take();
    keyboard_.connect();
}

void Session::disconnect() {
    wanted_ = false;
    end({});
}

void Session::end(std::string why) {
    bool const stood = std::exchange(begun_, false);
    connection_.close();
    if (stood && wire_ != nullptr) wire_->disconnected();
    if (stood && listener_ != nullptr) listener_->lost();
    failure_ = std::move(why);
    keyboard_.disconnect();
    next_try_ = Clock::now() + pause_;
    pause_ = std::min(pause_ * 2, longest_pause);
}

int Session::wait_limit() const {
    if (socket() >= 0 || !wanted_ || !options_.reconnect) return -1;
    auto const left = std::chrono::ceil<std::chrono::milliseconds>(next_try_ - Clock::now());
    return static_cast<int>(std::max<i64>(left.count(), 0));
}

std::string Session::wait_for_connection(int milliseconds) {
    auto const limit = Clock::now() + std::chrono::milliseconds(milliseconds);
    while (connection_.state() != Connection::State::Open) {
        auto const left = std::chrono::ceil<std::chrono::milliseconds>(limit - Clock::now());
        if (socket() < 0) return failure_.empty() ? "the host closed the connection" : failure_;
        if (left.count() <= 0) return "no answer";
        pollfd wanted{socket(), events(), 0};
        if (poll(&wanted, 1, static_cast<int>(left.count())) > 0) receive();
    }
    return {};
}

bool Session::receive() {
    if (socket() < 0) {
        if (wait_limit() == 0) open();
        return wanted_ && options_.reconnect;
    }
    Bytes bytes;
    bool good = connection_.serve(bytes);
    if (connected() && !begun_) begin();
    received_.bytes += bytes.size();
    if (wire_ != nullptr && !bytes.empty()) wire_->received(bytes);
    if (good || !bytes.empty()) good = take(std::move(bytes)) && good;
    play_waiting();
    if (good) return true;
    end(gives_up_.empty() ? connection_.failure() : gives_up_);
    return wanted_ && options_.reconnect;
}

bool Session::take(Bytes bytes) {
    while (!bytes.empty()) {
        usize const taken = telnet_->receive(bytes);
        if (!gives_up_.empty()) {
            wanted_ = false; // it would end the same way again
            return false;
        }
        bytes.erase(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(taken));
        if (!std::exchange(tls_starts_, false)) continue;
        telnet_->secured();
        if (!connection_.start_tls(bytes)) return false;
    }
    return true;
}

void Session::record(const Record& record) {
    ++records_;
    ++received_.records;
    pause_ = first_pause; // this host is worth coming back to
    auto const outcome = stream_.receive(record);
    if (record.header > 0)
        send(telnet_->response(record.buffer, outcome.refusal, !outcome.replies.empty()));
    apply(outcome);
}

void Session::apply(const DataStream::Outcome& outcome) {
    refused_ = outcome.refused;
    alarm_ = alarm_ || outcome.alarm;
    for (Bytes const& reply : outcome.replies) send(telnet_->wrap(reply));
    keyboard_.apply(outcome);
    for (Bytes const& field : outcome.transfers)
        if (listener_ != nullptr) listener_->structured_field(field);
    if (outcome.written && listener_ != nullptr) listener_->written();
}

void Session::send(std::span<const u8> bytes) {
    if (wire_ != nullptr) wire_->sent(bytes);
    sent_.bytes += bytes.size();
    bool const record =
        bytes.size() >= 2 && bytes[bytes.size() - 2] == 0xFF && bytes.back() == 0xEF;
    sent_.records += record ? 1 : 0;
    connection_.send(bytes);
}

void Session::system_services(std::span<const u8> data) {
    ++records_;
    apply(stream_.receive_system(data));
}

void Session::bind(std::span<const u8> image) {
    if (auto const sizes = bind_sizes(image, options_.alternate()))
        screen_.set_sizes(sizes->normal, sizes->alternate);
    stream_.erase(false);
    application_.clear();
    for (u8 const code : bind_application(image)) append_utf8(application_, codepage_.shown(code));
}

void Session::unbind() {
    screen_.set_sizes(base_size, options_.alternate());
    stream_.erase(false);
}

void Session::text(u8 byte) {
    ++records_;
    if (byte == '\n' && mode() == Telnet::Mode::Line) nvt_.receive('\r');
    nvt_.receive(byte);
}

void Session::mode_changed() {
    stream_.change_mode(mode() == Telnet::Mode::System);
    if (mode() == Telnet::Mode::Negotiating) return; // all stays, until somebody comes
    stream_.erase(true);
    keyboard_.change_mode(owner_in(mode()), mode() == Telnet::Mode::Bound);
    if (telnet_->in_3270_mode()) {
        nvt_.leave();
        return;
    }
    nvt_.start();
    line_.take();
}

const char* Session::state() const {
    switch (connection_.state()) {
    case Connection::State::Closed:
        return wanted_ && options_.reconnect ? "reconnecting" : "not-connected";
    case Connection::State::LookingUp: return "resolving";
    case Connection::State::Connecting: return "tcp-pending";
    case Connection::State::Securing: return "tls-pending";
    case Connection::State::Open: break;
    }
    switch (mode()) {
    case Telnet::Mode::Negotiating: return "telnet-pending";
    case Telnet::Mode::Line: return "connected-nvt";
    case Telnet::Mode::Character: return "connected-nvt-charmode";
    case Telnet::Mode::Classic: return "connected-3270";
    case Telnet::Mode::Unbound: return "connected-unbound";
    case Telnet::Mode::Text: return "connected-e-nvt";
    case Telnet::Mode::Bound: return "connected-tn3270e";
    case Telnet::Mode::System: return "connected-sscp";
    }
    return "";
}

void Session::send_text(std::string_view text) {
    if (!in_text_mode()) return;
    std::string const out = telnet_->echoes() ? std::string(text) : line_.type(text);
    send({reinterpret_cast<const u8*>(out.data()), out.size()});
}

bool Session::type(char32_t character, bool pasted) {
    if (in_text_mode()) {
        std::string text;
        append_utf8(text, character);
        if (character == U'\r' && telnet_->echoes()) text += '\0'; // RFC 854: no line feed follows
        send_text(text);
        return true;
    }
    if (connected() && !in_3270_mode()) return false; // the host has not said what it is
    if (auto const code = codepage_.typed(character))
        return press({.action = Action::Character, .code = *code, .pasted = pasted});
    auto const symbol = Codepage::typed_graphic(character);
    return symbol &&
           press({.action = Action::Character, .code = *symbol, .graphic = true, .pasted = pasted});
}

void Session::attention() {
    if (connected() && telnet_ && !telnet_->attention()) keyboard_.refuse_function();
}

void Session::interrupt() {
    if (in_3270_mode()) telnet_->interrupt();
}

std::optional<std::chrono::seconds> Session::connect_time() const {
    if (!connected()) return std::nullopt;
    return std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - began_);
}

bool Session::press(Key key) {
    // Codes are of the 3270 even there.
    if (in_text_mode() && !key.pasted) return press_as_text(key);
    if (!in_3270_mode()) {
        // Nothing is typed ahead, and there is nobody to be told of Clear.
        if (key.action == Action::Attention && key.code == s370::ds3270::aid::clear)
            return stream_.erase(screen_.alternate()), true;
        if (keyboard_.lock() == Lock::System && key.action != Action::Reset) return false;
    }
    if (key.action == Action::Attention && key.code == s370::ds3270::aid::test_request &&
        connected() && telnet_->system_request()) {
        play_waiting(); // who has the terminal now may have freed the keyboard
        return true;
    }
    return keyboard_.press(key);
}

} // namespace terminal
