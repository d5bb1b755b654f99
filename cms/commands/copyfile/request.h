// What COPYFILE is asked to do: file identifiers and options.
#pragma once

#include "cms/commands/fileid.h"

namespace cms::copyfile {

inline constexpr Text module = "CPY"_e;
constexpr u32 most_inputs = 16;

enum class Destination : u8 { NewFile, Replace, Append, Overlay };
enum class LetterCase : u8 { AsIs, Upper, Lower };
enum class Packing : u8 { None, Pack, Unpack };

struct Request {
    FileId inputs[most_inputs];
    u32 input_count = 0;
    FileId output;
    bool output_given = false;

    Destination destination = Destination::NewFile;
    bool destination_given = false;
    bool type = false;
    bool prompt = true;
    bool old_date = false;
    bool single = false;
    u32 from = 0, count = 0; // 0: not given
    Name8 from_label, to_label;
    bool specifications = false;
    u8 recfm = 0;          // 0: as the input's
    u32 record_length = 0; // 0: as the input's
    bool truncate = false; // trailing fill characters off V records
    Packing packing = Packing::None;
    u8 fill = ' '_e;
    bool ebcdic = false; // 026 punch codes become EBCDIC
    LetterCase letters = LetterCase::AsIs;
    bool translate = false;
};

// 0, or the return code after its message.
i32 parse(const Parameters& parameters, Request& request);

} // namespace cms::copyfile
