// One terminal on one host: the model, the keyboard, telnet and the socket together.
//
// Both faces, the full-screen and the scripted one, own a Session and wait on its
// socket. Nothing here blocks but the connection itself.
#pragma once

#include "terminal/model/codepage.h"
#include "terminal/model/keyboard.h"
#include "terminal/net/telnet.h"

#include <memory>
#include <utility>

namespace terminal {

struct Options {
    u32 model = 4;
    bool colour = true;
    std::optional<Size> oversize;
    std::string codepage = "bracket";
    std::string name; // told the host instead of what the model is called

    // From 3279-4-E and the like; false when there is no such model.
    bool set_model(std::string text);
    // From 132x50; false when it is too small for the model or too large.
    bool set_oversize(const std::string& text);
    Size alternate() const;
    std::string terminal_type() const;
};

// [LU@]HOST[:PORT]; an address of IPv6 in brackets.
struct Target {
    std::string lu, host, port = "23";
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

class Session {
  public:
    Session(const Options& options, const Codepage& codepage);
    ~Session() { disconnect(); }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    // Why it failed, or an empty text.
    std::string connect(const Target& target);
    void disconnect();
    bool connected() const { return socket_ >= 0; }
    bool in_3270_mode() const { return connected() && telnet_ && telnet_->in_3270_mode(); }
    int socket() const { return socket_; }
    const std::string& host() const { return target_.host; }
    const Target& target() const { return target_; }

    // Takes what has come from the host. False when it closed.
    bool receive();
    bool press(Key key) { return keyboard_.press(key); }
    bool type(char32_t character);
    void attention();
    void send_record(const Bytes& record) { send(Telnet::wrap(record)); }
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

    // Counts records of the host, so that a waiter sees that something came.
    u64 records() const { return records_; }
    // Records and bytes that came and went since the connection was made.
    struct Counts {
        u64 records = 0, bytes = 0;
    };
    const Counts& received() const { return received_; }
    const Counts& sent() const { return sent_; }
    // Whether the alarm sounded since it was asked last.
    bool take_alarm() { return std::exchange(alarm_, false); }
    // What the host sent last that was no proper data stream.
    const std::string& refused() const { return refused_; }
    // Text of the host before the 3270 mode began.
    const std::string& text() const { return text_; }

  private:
    void record(std::span<const u8> bytes);
    void send(std::span<const u8> bytes);

    Options options_;
    Codepage codepage_;
    Screen screen_;
    DataStream stream_;
    Keyboard keyboard_;
    std::unique_ptr<Telnet> telnet_;
    Target target_;
    int socket_ = -1;
    u64 records_ = 0;
    Counts received_, sent_;
    bool alarm_ = false;
    std::string refused_, text_;
    RecordListener* listener_ = nullptr;
    WireListener* wire_ = nullptr;
};

} // namespace terminal
