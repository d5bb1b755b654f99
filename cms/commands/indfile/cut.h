// A transfer by frames on the screen (CUT): s370/arch/file_transfer.h.
//
// For terminals without structured fields. A frame fills 24 x 80; the terminal answers
// ENTER, or PF2 when it gives up.
#pragma once

#include "cms/commands/indfile/link.h"

namespace cms::indfile {

class CutLink final : public Link {
  public:
    explicit CutLink(Screen& screen) : screen_(screen) {}

    Outcome open() override;
    Outcome receive(std::span<const u8>& bytes) override;
    Outcome send(std::span<const u8> bytes) override;
    u32 piece() const override { return 8 * cells; }
    Outcome close() override;
    Outcome tell(Text message, bool good) override;

  private:
    static constexpr u32 cells = 1920;

    void begin_frame(u8 type);
    void put(u32 position, u8 byte) { cells_[position] = byte; }
    void put_number(u32 position, u32 value);
    Outcome show(u32 field, u8 attribute);
    Outcome control(u16 status, Text message);
    Outcome send_data(std::span<const u8> coded);
    bool decode(std::span<const u8> coded, std::span<const u8>& bytes);

    Screen& screen_;
    u32 sequence_ = 0;
    bool sending_ = false;
    u32 quadrant_ = none; // in which the terminal's data is coded now
    static constexpr u32 none = ~u32{0};
    std::span<const u8> answer_;
    u8 cells_[cells];
    u8 stream_[cells + 16];
    u8 decoded_[cells];
};

} // namespace cms::indfile
