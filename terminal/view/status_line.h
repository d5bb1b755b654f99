// The operator information area: one row of text, as on a 3278.
//
// GA23-0218 "Operator information area": columns 1-3 readiness and connection (4 for the
// control unit, A for a host that is no SNA one, B for one that is, then what the session
// is connected to), from column 9 why the keyboard takes no input, at the right what
// belongs to the keyboard and where the cursor is.
#pragma once

#include "terminal/model/keyboard.h"

#include <string>

namespace terminal {

struct Status {
    bool connected = false;
    bool connecting = false;
    bool in_3270_mode = false;
    bool in_text_mode = false; // a host without 3270 mode
    bool sna = false;          // TN3270E
    bool system = false;       // and there the system, not an application
    bool secure = false;
    Lock lock = Lock::None;
    bool waiting = false; // locked since an attention key, and no answer yet
    bool insert = false;
    bool numeric = false; // the cursor is in a numeric field
    usize typed_ahead = 0;
    std::string notice;  // a message, or keys of which more are to come
    std::string refused; // why the host's last record was no proper one
    std::string lu;
    u32 row = 0, column = 0; // of the cursor, from 0
};

// True when the row has something that a user must see even where it covers the image.
bool pressing(const Status& status);

std::u32string status_line(const Status& status, u32 width, bool unicode);

} // namespace terminal
