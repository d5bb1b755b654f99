#include "cms/commands/indfile/link.h"

#include "s370/arch/ds3270.h"

namespace cms::indfile {

using Result = api::FullScreen::Result;

bool Screen::regain() {
    Result result = Result::Lost;
    while (result == Result::Lost) result = screen_.erase_write(shown_);
    return result == Result::Done;
}

bool Screen::send_structured_field(std::span<const u8> stream) {
    for (;;) {
        // Of an answer that was read with another: to read for it now would ask too early.
        screen_.forget_attention();
        Result const result = screen_.write_structured_field(stream);
        if (result == Result::Done) return true;
        if (result == Result::Failed || !regain()) return false;
    }
}

std::span<const u8> Screen::receive() {
    for (bool wait = true;; wait = true) {
        if (wait) screen_.wait_for_attention();
        u32 length = 0;
        Result result = screen_.read(input_, length);
        while (result == Result::Lost) {
            // The answer may have come meanwhile: its attention is gone, it is not.
            if (!regain()) return {};
            result = screen_.read(input_, length);
        }
        if (result == Result::Failed) return {};
        if (length > 0 && input_[0] != s370::ds3270::aid::none) return input_.first(length);
    }
}

} // namespace cms::indfile
