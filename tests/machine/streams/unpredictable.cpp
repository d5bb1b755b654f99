#include "tests/machine/streams/unpredictable.h"

#include "s370/machine/storage.h"
#include "tests/machine/streams/layout.h"

#include <initializer_list>

namespace streams {
namespace {

constexpr u32 program_old = 0x28, program_code = 0x8C, translation_address = 0x90,
              access_registers = 0xA0, instruction_length = 0xC0000000;

// The length of an instruction that may not have been fetched: the program interruption tells of
// access to it, or of a page where it begins or ends.
void disregard_length(u32* low) {
    bool const ec = (low[program_old / 4] & 0x00080000) != 0;
    u32& address = low[program_old / 4 + 1];
    u32 const code = (ec ? low[program_code / 4] : low[program_old / 4]) & 0x7F; // without PER's
    u32 const length = ec ? low[program_code / 4] >> 16 : address >> 30 << 1;
    bool const nullified = code == 0x10 || code == 0x11;
    u32 const begin = (nullified ? address : address - length) & 0x00FFFFFF;
    u32 const page = low[translation_address / 4];
    auto const there = [&](u32 at) { return ((at ^ page) & 0x00FFF000) == 0; };
    bool const odd = code == 6 && (address & 1) != 0;
    if (code != 4 && code != 5 && code != 0x12 && !odd &&
        !(nullified && (there(begin) || there(begin + 4))))
        return;
    address = (address & 0x3F000000) | begin;
    low[program_code / 4] &= 0xFFFF;
}

// Lengths that are the machine at hand's own: of an executed instruction in BC mode, which cannot
// be told when that has changed EXECUTE's registers; with PER alone, of an instruction before it.
void disregard_other_lengths(u32* low) {
    bool const ec = (low[program_old / 4] & 0x00080000) != 0;
    constexpr u32 overflow = 8, event = 0x80;
    if (!ec && (low[program_old / 4] & 0xFF) == overflow)
        low[program_old / 4 + 1] &= ~instruction_length;
    if (ec && (low[program_code / 4] & 0xFF) == event) low[program_code / 4] &= 0xFFFF;
}

} // namespace

void disregard_unpredictable(Processor& after) {
    u32* const low = after.low;
    low[interval_timer / 4] = 0;
    low[external_old / 4 + 1] &= ~instruction_length;
    low[restart_old / 4 + 1] &= ~instruction_length;
    low[access_registers / 4] &= 0x00FF00FF;
    disregard_length(low);
    disregard_other_lengths(low);
    // With a prefix they are in the arena as well.
    if (after.prefix == 0) return;
    auto* const stored = machine::real<u32>(after.prefix);
    for (u32 const at :
         {restart_old + 4, external_old + 4, program_old + 4, program_code, access_registers})
        stored[at / 4] = low[at / 4];
}

} // namespace streams
