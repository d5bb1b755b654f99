// A 3270 in full-screen mode as the virtual console (DIAGNOSE X'58', CCWs X'29' and X'2A').
//
// SC19-6203 "Full Screen Interactions". The screen is the program's from its first erasing
// write. CP takes it for a message or for PA1; then the next operation says Lost, and an
// erasing write gets it back, after the user has seen what CP had to say.
//
// While a FullScreen exists, interruptions of the console are its own (HNDINT): no lines
// are typed or read meanwhile.
#pragma once

#include "s370/base/types.h"

#include <span>

namespace cms::api {

class FullScreen {
  public:
    enum class Result : u8 {
        Done,
        Lost,   // CP had the screen
        Failed, // no 3270, or it refused
    };

    FullScreen();
    ~FullScreen();
    FullScreen(const FullScreen&) = delete;
    FullScreen& operator=(const FullScreen&) = delete;

    // `stream` begins with the write control character.
    Result erase_write(std::span<const u8> stream) { return write(stream, erase); }
    Result write(std::span<const u8> stream) { return write(stream, 0); }
    // `stream` begins with the length of the first structured field.
    Result write_structured_field(std::span<const u8> stream) {
        return write(stream, structured_field);
    }
    // Read Modified; `length` bytes came, those that `buffer` had no room for are lost.
    Result read(std::span<u8> buffer, u32& length);
    // Until a key is pressed, a structured field has come, or CP has taken the screen.
    void wait_for_attention();
    // One that has come already is of no interest.
    void forget_attention();

  private:
    static constexpr u8 erase = 0x80, structured_field = 0x20;

    Result write(std::span<const u8> stream, u8 control);
    Result run(u8 command, u8 control, const u8* data, u32 length);
    void wait();
    void handle(bool on);
};

} // namespace cms::api
