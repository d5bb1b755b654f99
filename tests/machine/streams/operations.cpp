#include "tests/machine/streams/operations.h"

namespace streams {
namespace {

using enum Form;
using namespace trait;

constexpr Operation ordinary_table[] = {
    {0x04, 0, RR, 1},
    {0x0E, 0, RR, 1, pairs | moves},
    {0x0F, 0, RR, 1, pairs | moves},
    {0x10, 0, RR, 1},
    {0x11, 0, RR, 1},
    {0x12, 0, RR, 1},
    {0x13, 0, RR, 1},
    {0x15, 0, RR, 1},
    {0x16, 0, RR, 1},
    {0x17, 0, RR, 1},
    {0x18, 0, RR, 1},
    {0x19, 0, RR, 1},
    {0x1A, 0, RR, 1},
    {0x1B, 0, RR, 1},
    {0x1C, 0, RR, 1, pairs},
    {0x1D, 0, RR, 1, pairs},
    {0x1E, 0, RR, 1},
    {0x1F, 0, RR, 1},
    {0x20, 0, RR, 1},
    {0x25, 0, RR, 1},
    {0x28, 0, RR, 1},
    {0x2A, 0, RR, 1},
    {0x2C, 0, RR, 1},
    {0x2D, 0, RR, 1},
    {0x36, 0, RR, 1},
    {0x3B, 0, RR, 1},
    {0x40, 0, RX, 2},
    {0x41, 0, RX, 1},
    {0x42, 0, RX, 1},
    {0x43, 0, RX, 1},
    {0x48, 0, RX, 2},
    {0x4A, 0, RX, 2},
    {0x4C, 0, RX, 2},
    {0x4E, 0, RX, 8},
    {0x4F, 0, RX, 8, 0, Wanted::Digits},
    {0x50, 0, RX, 4},
    {0x54, 0, RX, 4},
    {0x58, 0, RX, 4, 0, Wanted::Address},
    {0x59, 0, RX, 4},
    {0x5A, 0, RX, 4},
    {0x5C, 0, RX, 4, pairs},
    {0x5D, 0, RX, 4, pairs},
    {0x5E, 0, RX, 4},
    {0x60, 0, RX, 8},
    {0x68, 0, RX, 8},
    {0x6A, 0, RX, 8},
    {0x6D, 0, RX, 8},
    {0x70, 0, RX, 4},
    {0x7B, 0, RX, 4},
    {0x88, 0, RS, 1},
    {0x8A, 0, RS, 1},
    {0x8B, 0, RS, 1},
    {0x8D, 0, RS, 1, pairs},
    {0x8F, 0, RS, 1, pairs},
    {0x90, 0, RS, 4},
    {0x98, 0, RS, 4, 0, Wanted::Address},
    {0xBA, 0, RS, 4},
    {0xBB, 0, RS, 8, pairs},
    {0xBD, 0, RS, 1},
    {0xBE, 0, RS, 1},
    {0xBF, 0, RS, 1},
    {0x91, 0, SI, 1},
    {0x92, 0, SI, 1},
    {0x93, 0, SI, 1},
    {0x94, 0, SI, 1},
    {0x95, 0, SI, 1},
    {0x96, 0, SI, 1},
    {0xAF, 0, SI, 1},
    {0xD1, 0, SS, 1},
    {0xD2, 0, SS, 1},
    {0xD4, 0, SS, 1},
    {0xD5, 0, SS, 1},
    {0xD7, 0, SS, 1},
    {0xDC, 0, SS, 1},
    {0xDD, 0, SS, 1},
    {0xDE, 0, SS, 1, 0, Wanted::Digits},
    {0xDF, 0, SS, 1, 0, Wanted::Digits},
    {0xE8, 0, SS, 1},
    {0xF0, 0, SS, 1, 0, Wanted::Digits},
    {0xF1, 0, SS, 1},
    {0xF2, 0, SS, 1},
    {0xF3, 0, SS, 1},
    {0xF8, 0, SS, 1, 0, Wanted::Digits},
    {0xF9, 0, SS, 1, 0, Wanted::Digits},
    {0xFA, 0, SS, 1, 0, Wanted::Digits},
    {0xFC, 0, SS, 1, 0, Wanted::Digits},
    {0xFD, 0, SS, 1, 0, Wanted::Digits},
};

constexpr Operation branch_table[] = {
    {0x05, 0, RR, 1},         {0x06, 0, RR, 1, branch}, {0x07, 0, RR, 1, branch},
    {0x0D, 0, RR, 1, branch}, {0x45, 0, RX, 2, branch}, {0x46, 0, RX, 2, branch},
    {0x47, 0, RX, 2, branch}, {0x4D, 0, RX, 2, branch}, {0x86, 0, RS, 2, branch},
    {0x87, 0, RS, 2, branch},
};

constexpr Operation sensitive_table[] = {
    {0x08, 0, RR, 1, block | untold},
    {0x09, 0, RR, 1, block},
    {0x0A, 0, RR, 1},
    {0x44, 0, RX, 2, 0, Wanted::Target},
    {0x44, 0, RX, 2, 0, Wanted::Target},
    {0x80, 0, S, 1, masks},
    {0x80, 0, S, 1, masks},
    {0x82, 0, S, 8, masks, Wanted::Psw},
    {0x82, 0, S, 8, masks, Wanted::Psw},
    {0x82, 0, S, 8, masks, Wanted::Psw},
    {0xAC, 0, SI, 1, masks},
    {0xAD, 0, SI, 1, masks},
    {0xAE, 0, RS, 1, order},
    {0xB1, 0, RX, 1},
    {0xB1, 0, RX, 1},
    {0xB6, 0, RS, 4},
    {0xB7, 0, RS, 4, masks, Wanted::Control},
    {0xB7, 0, RS, 4, masks, Wanted::Control},
    {0xB2, 0x03, S, 1, trait::device},
    {0xB2, 0x06, S, 8},
    {0xB2, 0x07, S, 8, alarm},
    {0xB2, 0x08, S, 8, masks},
    {0xB2, 0x0A, S, 1},
    {0xB2, 0x0B, Bare, 1},
    {0xB2, 0x0D, Bare, 1},
    {0xB2, 0x10, S, 4, 0, Wanted::Address},
    {0xB2, 0x11, S, 4},
    {0xB2, 0x12, S, 2},
    {0xB2, 0x13, S, 1, untold},
    {0xB2, 0x21, RRE, 1},
    {0xB2, 0x23, RRE, 1},
    {0xB2, 0x24, RRE, 1},
    {0xB2, 0x26, RRE, 1},
    {0xB2, 0x27, RRE, 1},
    {0xB2, 0x29, RRE, 1},
    {0xB2, 0x2A, RRE, 1, untold},
    {0xB2, 0x2B, RRE, 1, untold},
    {0xB2, 0x2C, RRE, 1, clears},
    {0xB2, 0x00, S, 1, trait::device},
    {0xB2, 0x01, S, 1, trait::device},
    {0xB2, 0x18, S, 1},
    {0xB2, 0x19, S, 1},
    {0xB2, 0x25, RRE, 1},
    {0xB2, 0x28, RRE, 1},
    {0xD9, 0, SS, 1},
    {0xDA, 0, SS, 1},
    {0xDB, 0, SS, 1},
    {0xE5, 0x01, SSE, 1},
    {0xE5, 0x01, SSE, 1},
    {0x9C, 0x00, S, 1, absent},
    {0x9C, 0x01, S, 1, absent},
    {0x9D, 0x00, S, 1, trait::device},
    {0x9D, 0x01, S, 1, absent},
    {0x9E, 0x00, S, 1, absent},
    {0x9E, 0x01, S, 1, absent},
    {0x9F, 0x00, S, 1, trait::device},
};

} // namespace

std::span<const Operation> ordinary() { return ordinary_table; }
std::span<const Operation> branches() { return branch_table; }
std::span<const Operation> sensitive() { return sensitive_table; }

namespace {

bool changes_untold_key(u32 halfword) {
    return halfword >> 8 == 0x08 || halfword == 0xB213 || halfword == 0xB22A || halfword == 0xB22B;
}

} // namespace

bool reproducible(u32 halfword) {
    if (changes_untold_key(halfword)) return false;
    u32 const code = halfword >> 8, second = halfword & 0xFF;
    if (code == 0x83 || code == 0x9C || code == 0x9E || code == 0xAE) return false;
    if (code == 0x9D) return (second & 1) == 0; // CLRIO
    if (code == 0xE5) return second == 0x01;    // not MVS's assists, nor LASP's tables
    if (code != 0xB2) return true;
    return second != 0x02 && second != 0x04 && second != 0x05 && second != 0x09;
}

bool long_code(u32 halfword) {
    u32 const code = halfword >> 8;
    return code == 0xB2 || code == 0xE5 || (code >= 0x9C && code <= 0x9F);
}

namespace {

u32 harmless_halfword(u32 halfword) {
    switch (halfword >> 8) {
    case 0x0E: // MVCL
    case 0xE5: // assists for MVS
    case 0x08: // SSK
    case 0x80: // SSM
    case 0x82: // LPSW
    case 0xAC: // STNSM
    case 0xAD: // STOSM
    case 0xB7: // LCTL
    case 0x83: // DIAGNOSE
    case 0x9C: // SIO
    case 0x9E: // HIO
    case 0xAE: // SIGP
        return halfword ^ 0x2000;
    case 0xB2: return reproducible(halfword & 0xFF0F) ? halfword & 0xFF0F : 0xB20B;
    default: return halfword;
    }
}

} // namespace

u32 harmless(u32 word) {
    return harmless_halfword(word >> 16) << 16 | harmless_halfword(word & 0xFFFF);
}

} // namespace streams
