// A transfer by structured fields (DFT): s370/arch/file_transfer.h.
#pragma once

#include "cms/api/storage.h"
#include "cms/commands/indfile/link.h"

namespace cms::indfile {

class DftLink final : public Link {
  public:
    explicit DftLink(Screen& screen) : screen_(screen) {}

    // Asks the terminal whether it knows this form, and what it takes. Broken: its user
    // pressed a key instead; Refused: it does not.
    Outcome query();

    Outcome open() override;
    Outcome receive(std::span<const u8>& bytes) override;
    Outcome send(std::span<const u8> bytes) override;
    u32 piece() const override { return room_; }
    Outcome close() override;
    Outcome tell(Text message, bool good) override;

  private:
    static constexpr u32 most_data = 8192, overhead = 32;

    Outcome open(const char* name);
    // Sends structured fields and takes the answer, from its request code on.
    Outcome exchange(std::span<const u8> fields, std::span<const u8>& answer);
    Outcome expect(std::span<const u8> fields, u16 reply);
    // Does `answer` carry the number after that of the last record of this open?
    bool is_next_record(std::span<const u8> answer);

    Screen& screen_;
    u32 room_ = 0;    // data bytes of one field
    u32 records_ = 0; // exchanged since the open
    api::Array<u8> field_;
};

} // namespace cms::indfile
