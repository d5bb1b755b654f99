// A local 3270 as a terminal (DMKGRF).
//
// serve() runs for ever: it waits for somebody to connect, hands the terminal to
// the service, reads after each attention and sends what the screen has to say,
// as much as there is with one channel program.
//
// A client that goes away gives no interruption, and a key may be lost beside a write: the
// terminal is asked every two seconds while nothing else is sent, and for a key once soon after
// a write and then now and again.
#pragma once

#include "cp/base/timer_queue.h"
#include "cp/base/wait_queue.h"
#include "cp/io/real_io.h"
#include "cp/io/screen.h"

namespace cp {

class GraphicTerminal final : public Terminal, private FullScreen {
  public:
    GraphicTerminal(RealDevice& device, TerminalService& service)
        : device_(device), service_(service) {}
    virtual ~GraphicTerminal() = default;

    Task<> serve();

    s370::DeviceAddress address() const override { return device_.address(); }
    bool graphic() const override { return true; }
    u32 line_length() const override { return screen_.size().columns; }
    u32 rows() const override { return screen_.size().rows; }
    u32 columns() const override { return screen_.size().columns; }

    Task<> write(Text line, bool carriage_return) override;
    Task<Input> read(ReadMode mode) override;
    void cancel_read() override { finish_read(Input::Kind::Cancelled, {}); }
    void show(Activity activity) override;
    void alarm() override;
    Task<> clear() override;
    void clear_at_input() override { screen_.clear_at_input(); }
    Task<> display(u32 line, Text text, bool clear_first) override;
    void drop_output() override;
    bool dial(DialedUser& user) override;
    void hang_up() override;
    void release() override;
    FullScreen* full_screen() override { return this; }

  private:
    // Whose screen it is. A machine that lost it to CP still gets its structured fields.
    enum class Owner : u8 { Cp, Machine, Lost };

    Task<End> write_screen(Order order, bool keeps_pa1, std::span<const u8> stream) override;
    Task<End> read_screen(bool modified) override;
    void end_full_screen() override;
    void take_screen();
    bool for_machine(std::span<const u8> input) const;
    End operation_end(const IoResult& result);

    Task<> connect();
    Task<> attend();
    Task<IoResult> run(s370::Ccw& program, u8 code, std::span<const u8> data);
    Task<bool> reachable();
    Task<std::span<const u8>> query(Microseconds patience);
    Task<> poll();
    bool may_have_lost_key() const;
    Task<> find_key();
    Task<> end_query();
    Task<> take_unannounced();
    Task<std::span<const u8>> read_modified();
    Task<> take_status();
    void take_input(std::span<const u8> received);
    void wrote(u8 control);
    Task<> flush();
    void hand_over();
    void act(const Screen::Event& event);
    void start_timers();
    void start_poll_timer();
    void check_timers();
    void finish_read(Input::Kind kind, Text line);
    void lose();
    // Makes serve() look at what there is to do.
    void kick() { device_.attention.set(); }
    bool judge(const IoResult& result);

    RealDevice& device_;
    TerminalService& service_;
    Screen screen_;
    bool connected_ = false;
    bool serving_ = false; // the service, or the user it found, has not released it

    DialedUser* dialed_ = nullptr;
    bool handed_over_ = false; // all is shown that was written before

    struct Reader {
        ReadMode mode;
        Input input;
        Signal done;
    };
    Reader* reader_ = nullptr; // in the frame of read()
    u32 drops_ = 0;            // counts drop_output(); lines of one user never reach the next
    WaitQueue room_;           // in the output area
    bool line_open_ = false;

    Owner owner_ = Owner::Cp;
    bool keeps_pa1_ = false;
    bool answer_awaited_ = false;                    // to a structured field of the machine
    bool answer_endangered_ = false;                 // CP wrote meanwhile
    bool speaks_fields_ = false;                     // it has sent such
    bool reading_ = false, machine_reading_ = false; // a read on its way to the input
    u8* machine_input_ = nullptr;                    // longest_machine_input bytes, in free storage
    usize unread_ = 0;                               // of it, for the machine

    u8 key_ = s370::ds3270::aid::none;  // that locked the keyboard
    u8 echo_ = s370::ds3270::aid::none; // to be ignored when it comes once more
    bool unchecked_ = false;            // a key may have been lost since the last check
    bool asks_ = false;                 // the client answers queries
    u32 polls_ = 0;                     // since one that was followed by a check

    Timer hold_timer_, poll_timer_;
    u32 hold_period_ = 0;
    bool hold_armed_ = false, poll_due_ = false;

    s370::Ccw program_, machine_program_;
    alignas(8) u8 outbound_[Screen::largest_stream];
    alignas(8) u8 inbound_[2048];
    static constexpr u16 longest_machine_input = 32768;

    // A structured field that the machine has not read yet; nothing may take its place.
    bool answer_kept() const {
        return unread_ > 0 && machine_input_[0] == s370::ds3270::aid::structured_field;
    }
    // Where the next input goes.
    std::span<u8> input() {
        return machine_input_ != nullptr && !answer_kept()
                   ? std::span<u8>(machine_input_, longest_machine_input)
                   : std::span<u8>(inbound_);
    }
};

} // namespace cp
