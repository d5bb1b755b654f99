// One terminal on one host: the model, the keyboard, telnet and the connection together.
//
// Both faces, the full-screen and the scripted one, own a Session. They wait on its
// socket() for its events(), at most wait_limit(), and then call receive(). Only
// wait_for_connection() blocks.
#pragma once

#include "terminal/model/codepage.h"
#include "terminal/model/keyboard.h"
#include "terminal/model/nvt.h"
#include "terminal/net/connection.h"
#include "terminal/net/line_editor.h"
#include "terminal/net/telnet.h"

#include <chrono>
#include <memory>
#include <utility>

namespace terminal {

struct Options {
    u32 model = 4;
    bool colour = true;
    std::optional<Size> oversize;
    std::string codepage = "bracket";
    bool tls = false;        // from the first byte on
    bool verify = true;      // the host's certificate, in TLS
    std::string authorities; // a file of certificates to trust; empty: the system's
    bool reconnect = false;  // when the host closes, or cannot be reached
    bool extended = true;    // TN3270E, when the host offers it
    std::string name;        // told the host instead of what the model is called
    // Of NVT-DATA in TN3270E every second byte, the header's among them, as s3270 4.1 takes
    // it: for programs that were written with that one.
    bool sparse_text = false;

    // From 3279-4-E and the like; false when there is no such model.
    bool set_model(std::string text);
    // From 132x50; false when it is too small for the model or too large.
    bool set_oversize(const std::string& text);
    Size alternate() const;
    std::string terminal_type() const;
};

// [L:][Y:][N:][LU[,LU]...@]HOST[:PORT]; an address of IPv6 in brackets. L: is TLS, Y: with
// no verification of the certificate, N: without TN3270E.
struct Target {
    std::vector<std::string> lus;
    std::string host, port = "23";
    bool tls = false, verify = true, extended = true;
    static Target parse(std::string text);
};

// Who wants to see what the host sends: a file transfer.
class RecordListener {
  public:
    virtual ~RecordListener() = default;
    // A file-transfer structured field, from X'D0' on.
    virtual void structured_field(std::span<const u8> field) = 0;
    // The host has written to the screen.
    virtual void written() = 0;
    // The host is gone.
    virtual void lost() = 0;
};

// Who wants to see the bytes on the line: a trace.
class WireListener {
  public:
    virtual ~WireListener() = default;
    virtual void connected(const Target& target) = 0;
    virtual void received(std::span<const u8> bytes) = 0;
    virtual void sent(std::span<const u8> bytes) = 0;
    virtual void disconnected() = 0;
};

// Who has the terminal in a mode.
constexpr Keyboard::Owner owner_in(Telnet::Mode mode) {
    switch (mode) {
    case Telnet::Mode::Unbound: return Keyboard::Owner::Nobody;
    case Telnet::Mode::Line:
    case Telnet::Mode::Character:
    case Telnet::Mode::Text:
    case Telnet::Mode::System: return Keyboard::Owner::Other;
    default: return Keyboard::Owner::Application;
    }
}

class Session : TelnetUser {
  public:
    Session(const Options& options, const Codepage& codepage);
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    // What the next connection has; the code page, which there has to be, holds at once.
    void use_options(const Options& options);
    // Begins to connect. Why it failed at once, or an empty text.
    std::string connect(const Target& target);
    void disconnect();
    // Waits until the connection stands; why it does not, or an empty text.
    std::string wait_for_connection(int milliseconds);

    int socket() const { return connection_.socket(); } // -1: there is none
    short events() const { return connection_.events(); }
    // In milliseconds; -1 when only the socket can bring something new.
    int wait_limit() const;
    // Takes what has come from the host, and goes on where the time has come to. False when
    // there is no connection, and none on its way.
    bool receive();

    bool connected() const { return connection_.state() >= Connection::State::Securing; }
    bool connecting() const { return socket() >= 0 && !connected(); }
    bool secure() const { return connection_.secure(); }
    Telnet::Mode mode() const { return telnet_ ? telnet_->mode() : Telnet::Mode::Negotiating; }
    bool in_3270_mode() const { return connected() && telnet_ && telnet_->in_3270_mode(); }
    bool in_text_mode() const { return connected() && telnet_ && telnet_->in_text_mode(); }
    bool host_echoes() const { return connected() && telnet_ && telnet_->echoes(); }
    // How far the connection is, as s3270's Query(ConnectionState) says it.
    const char* state() const;
    // The LU that the host gave us, or that was asked for; empty when there is none.
    std::string lu() const { return connected() && telnet_ ? telnet_->lu() : ""; }
    // The application that has the terminal, where its BIND named it.
    std::string application() const { return mode() == Telnet::Mode::Bound ? application_ : ""; }
    // Why the last connection ended or did not come about; empty: the host closed it.
    const std::string& failure() const { return failure_; }
    const std::string& host() const { return target_.host; }
    const Target& target() const { return target_; }

    // False when the key was refused or had to wait.
    bool press(Key key);
    bool type(char32_t character, bool pasted = false);
    void attention();
    void interrupt(); // the process, as telnet has it
    void send_record(const Bytes& record) { send(telnet_->wrap(record)); }
    // A record whose answer to Read Modified it is as well.
    void send_structured_reply(const Bytes& record) {
        stream_.set_structured_reply(record);
        send_record(record);
    }
    void offer_transfer_buffer(u32 bytes) { stream_.set_transfer_buffer(static_cast<u16>(bytes)); }
    // nullptr: nobody any more.
    void listen(RecordListener* listener) { listener_ = listener; }
    void trace(WireListener* wire) { wire_ = wire; }

    Options const& options() const { return options_; }
    Codepage const& codepage() const { return codepage_; }
    Screen& screen() { return screen_; }
    Screen const& screen() const { return screen_; }
    Keyboard& keyboard() { return keyboard_; }
    Keyboard const& keyboard() const { return keyboard_; }

    // Telnet's options in force, and the functions of TN3270E, by their names.
    std::string options_of_terminal() const { return telnet_names(&Telnet::options_of_terminal); }
    std::string options_of_host() const { return telnet_names(&Telnet::options_of_host); }
    std::string extended_functions() const { return telnet_names(&Telnet::extended_functions); }
    // How long it has stood; nothing when it does not.
    std::optional<std::chrono::seconds> connect_time() const;

    // Counts records and text of the host, so that a waiter sees that something came.
    u64 records() const { return records_; }
    // Records and bytes that came and went since the connection was made.
    struct Counts {
        u64 records = 0, bytes = 0;
    };
    const Counts& received() const { return received_; }
    const Counts& sent() const { return sent_; }
    // Text outside the 3270 mode, as Nvt tells it.
    std::string_view heard() const { return nvt_.heard(); }
    void forget_heard(usize count) { nvt_.forget_heard(count); }
    // Whether the alarm sounded since it was asked last.
    bool take_alarm() { return std::exchange(alarm_, false) || nvt_.take_bell(); }
    // What the host sent last that was no proper data stream.
    const std::string& refused() const { return refused_; }

  private:
    using Clock = std::chrono::steady_clock;

    void send(std::span<const u8> bytes) override;
    void record(const Record& record) override;
    void system_services(std::span<const u8> data) override;
    void bind(std::span<const u8> image) override;
    void unbind() override;
    void text(u8 byte) override;
    void mode_changed() override;
    void start_tls() override { tls_starts_ = true; }
    void give_up(const char* why) override { gives_up_ = why; }

    std::string open();
    void begin();
    void end(std::string why);
    // Bytes of the host, in the clear. False when that was the end of it.
    bool take(Bytes bytes);
    void apply(const DataStream::Outcome& outcome);
    void play_waiting() {
        keyboard_.play_waiting([this](const Key& key) { press(key); });
    }
    void send_text(std::string_view text);
    bool press_as_text(Key key);
    std::string telnet_names(std::string (Telnet::*names)() const) const {
        return connected() && telnet_ ? (*telnet_.*names)() : "";
    }

    Options options_;
    Codepage codepage_;
    Screen screen_;
    DataStream stream_;
    Keyboard keyboard_;
    Nvt nvt_;
    LineEditor line_;
    Connection connection_;
    std::unique_ptr<Telnet> telnet_;
    Target target_;
    bool begun_ = false; // telnet, on a connection that stands
    bool tls_starts_ = false;
    bool was_in_text_ = false; // since the connection began
    std::string gives_up_, failure_, refused_, application_;
    u64 records_ = 0;
    Counts received_, sent_;
    RecordListener* listener_ = nullptr;
    WireListener* wire_ = nullptr;
    bool alarm_ = false;
    bool wanted_ = false; // by the user: to be opened again, if so asked
    std::chrono::milliseconds pause_{0};
    Clock::time_point next_try_, began_;
};

} // namespace terminal
