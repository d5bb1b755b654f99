// The terminal's end of a file transfer: bytes to and from it, whatever form they travel in.
#pragma once

#include "cms/api/full_screen.h"
#include "s370/base/text.h"

namespace cms::indfile {

enum class Outcome : u8 {
    Done,
    Ended,   // the terminal has no more
    Refused, // the terminal gives up
    Broken,  // it does not answer as it should, or its user pressed a key
};

class Link {
  public:
    // The transfer begins.
    virtual Outcome open() = 0;
    // The next bytes of the terminal's file, valid until the next call.
    virtual Outcome receive(std::span<const u8>& bytes) = 0;
    virtual Outcome send(std::span<const u8> bytes) = 0;
    // How many bytes are best sent at a time.
    virtual u32 piece() const = 0;
    // No more bytes in either direction.
    virtual Outcome close() = 0;
    // How it ended, `TRANSnn   text$`: the last that is said.
    virtual Outcome tell(Text message, bool good) = 0;

  protected:
    ~Link() = default;
};

// The screen that a Link writes to and reads from, which CP may take at times.
class Screen {
  public:
    explicit Screen(std::span<u8> input) : input_(input) {}

    // Shows `stream`, which erases; false: no 3270.
    bool show(std::span<const u8> stream) {
        shown_ = stream;
        return regain();
    }
    bool send_structured_field(std::span<const u8> stream);
    // The next inbound record; empty when the screen failed. CP having had the screen, what
    // was shown last is shown again.
    std::span<const u8> receive();

  private:
    bool regain();

    api::FullScreen screen_;
    std::span<u8> input_;
    std::span<const u8> shown_{};
};

} // namespace cms::indfile
