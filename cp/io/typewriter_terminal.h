// The operator's 3215 as a terminal (DMKCNS).
//
// A read is started only after an attention, when there is something to read: it
// would keep the device from writing until the operator types.
#pragma once

#include "cp/io/console.h"
#include "cp/io/real_io.h"

namespace cp {

class TypewriterTerminal final : public Terminal {
  public:
    TypewriterTerminal(RealDevice& device, TerminalService& service)
        : device_(device), service_(service) {}
    virtual ~TypewriterTerminal() = default;

    // For ever.
    Task<> serve();

    s370::DeviceAddress address() const override { return device_.address(); }
    bool graphic() const override { return false; }
    u32 line_length() const override { return width; }
    u32 rows() const override { return 0; }
    u32 columns() const override { return 0; }

    Task<> write(Text line, bool carriage_return) override;
    Task<Input> read(ReadMode mode) override;
    void cancel_read() override { finish_read(Input::Kind::Cancelled, {}); }
    void show(Activity) override {}
    void alarm() override;
    Task<> clear() override { co_return; }
    void clear_at_input() override {}
    Task<> display(u32 line, Text text, bool clear_first) override;
    void drop_output() override {}
    bool dial(DialedUser&) override { return false; }
    void hang_up() override {}
    void release() override;

  private:
    static constexpr u32 width = 126;

    Task<> write_row(Text row, bool carriage_return);
    Task<> sound();
    Task<> read_line();
    void finish_read(Input::Kind kind, Text line);

    RealDevice& device_;
    TerminalService& service_;
    bool serving_ = false;
    struct Reader {
        Input input;
        Signal done;
    };
    Reader* reader_ = nullptr; // in the frame of read()
    alignas(8) s370::Ccw read_program_;
    alignas(8) u8 typed_[longest_input];
};

} // namespace cp
