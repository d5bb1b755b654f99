// What a file transfer is asked to do: the options of s3270's Transfer() action.
#pragma once

#include "s370/base/types.h"

#include <string>
#include <vector>

namespace terminal::transfer {

enum class Host : u8 { Tso, Vm, Cics };
enum class Exist : u8 { Keep, Replace, Append };

struct Request {
    bool receive = true;
    Host host = Host::Tso;
    bool ascii = true;
    bool cr = true;    // lines end in CR LF on their way
    bool remap = true; // the local text is UTF-8, not what the host makes of EBCDIC
    Exist exist = Exist::Keep;
    std::string host_file, local_file;
    char recfm = 0; // F, V, U; 0: the host's default
    u32 lrecl = 0, block_size = 0, primary_space = 0, secondary_space = 0, average_block = 0;
    std::string allocation; // TRACKS, CYLINDERS, AVBLOCK; empty: the host's default
    u32 buffer_size = 0;    // of DFT; 0: as the terminal has it
};

// From `name=value` or `name`, `value`. What is wrong, or an empty text.
std::string parse(const std::vector<std::string>& arguments, Request& request);

// The command that starts the host's side; `$` stands for X'5B' whatever the code page.
std::string host_command(const Request& request);

} // namespace terminal::transfer
