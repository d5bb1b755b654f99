// What IND$FILE is asked to do, and the messages by which it ends.
#pragma once

#include "cms/commands/command.h"

namespace cms::indfile {

// TRANSnn, as users of the original program know them; `option` messages name one.
enum class Ending : u8 {
    Complete = 3,
    Segmented = 4,
    Incomplete = 6,
    WriteError = 13,
    ReadError = 14,
    NoStorage = 15,
    BadRequest = 16,
    BadFileName = 17,
    BadOption = 28,
    OptionWithGet = 29,
    OptionWithAppend = 30,
    NotFound = 34,
    ReadOnly = 35,
    NotAccessed = 36,
    Full = 37,
    Canceled = 0,
};

struct Request {
    bool put = false;
    FileId file;
    bool ascii = false, crlf = false, append = false;
    u8 recfm = 0;     // 0: not given
    u32 lrecl = 0;    // 0: not given
    Name8 bad_option; // of the messages that name one
};
constexpr u32 most_lrecl = 32760, usual_lrecl = 80;

// GET|PUT fn ft [fm] [( [ASCII] [CRLF] [APPEND] [RECFM F|V] [LRECL n] [)]]
Ending parse(const Parameters& parameters, Request& request); // Complete when it is right

// `TRANS03   File transfer complete$`
Line<80> message(Ending ending, const Request& request);
constexpr bool is_good(Ending ending) {
    return ending == Ending::Complete || ending == Ending::Segmented;
}
// The return code of the command.
i32 return_code(Ending ending);

} // namespace cms::indfile
