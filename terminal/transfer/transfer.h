// A file transfer in progress: the terminal's end of IND$FILE (s370/arch/file_transfer.h).
//
// It begins by typing the host's command; from then on the host leads, by structured
// fields (DFT) or by frames on the screen (CUT), and this end answers. Behaves as the x3270
// family does, to the byte.
#pragma once

#include "terminal/session/session.h"
#include "terminal/transfer/local_file.h"

#include <chrono>

namespace terminal::transfer {

class Transfer final : public RecordListener {
  public:
    using Clock = std::chrono::steady_clock;
    static constexpr std::chrono::seconds start_limit{30};

    Transfer(Session& session, Request request);
    ~Transfer() override;

    // Types the command. Why that cannot be done, or an empty text.
    std::string start();
    bool running() const { return state_ != State::Ended; }
    // True when it has ended by that; else the host is told at its next step.
    bool cancel();
    // To be called now and then: gives up when the host has not begun in time.
    void check_time(Clock::time_point now);

    // How it ended.
    bool good() const { return good_; }
    const std::string& message() const { return message_; }

    bool frames() const { return frames_; } // CUT
    u64 bytes() const { return file_.length(); }
    u64 total() const { return file_.total(); } // 0: not known

    // RecordListener
    void structured_field(std::span<const u8> field) override;
    void written() override;
    void lost() override;

  private:
    enum class State : u8 {
        Typed, // the host has not answered yet
        Running,
        Cancelling, // the user wants no more
        Told,       // and the host knows
        Ended,
    };

    void begin(bool frames);
    void end(const std::string& why);
    std::string type_command();

    // DFT, in dft.cpp
    void open_request(std::span<const u8> field);
    void data_insert(std::span<const u8> field);
    void get_request();
    void acknowledge_data();
    void abort(const std::string& why, u16 request);
    void reply(std::span<const u8> field);

    // CUT, in cut.cpp
    void control_frame();
    void request_frame();
    void data_frame();
    void acknowledge() { press(s370_enter); }
    void abort_frame(const std::string& why, u16 reason);
    void press(u8 aid);
    void put(u32 position, u8 code);
    u8 at(u32 position) const;
    bool next_letter(u8& letter);
    bool decode(std::span<const u8> letters, std::vector<u8>& bytes);
    void encode(u8 byte);

    static constexpr u8 s370_enter = 0x7D;

    Session& session_;
    Request request_;
    LocalFile file_;
    State state_ = State::Typed;
    Clock::time_point started_ = Clock::now();
    bool frames_ = false, good_ = false, attached_ = false;
    std::string message_, abort_reason_;

    // DFT
    bool message_open_ = false; // what comes is the host's last word
    u32 record_ = 1;
    u32 buffer_size_;

    // CUT
    static constexpr u32 none = ~u32{0};
    u32 quadrant_ = none;
    std::vector<u8> letters_; // coded, for the next frame
};

} // namespace terminal::transfer
