#include "s370/toolchain/instruction_set.h"

#include <algorithm>
#include <array>

namespace toolchain {
namespace {

using enum CcEffect;
using enum Spelling;

constexpr auto table = std::to_array<InstructionInfo>({
    // Branches and the program mask
    {"spm", 0x04, Sets},
    {"balr", 0x05},
    {"bctr", 0x06},
    {"bcr", 0x07},
    {"svc", 0x0A, May},
    {"basr", 0x0D},
    {"ex", 0x44, May},
    {"bal", 0x45},
    {"bct", 0x46},
    {"bc", 0x47},
    {"bas", 0x4D},
    {"bxh", 0x86},
    {"bxle", 0x87},
    {"mc", 0xAF},
    // General, register to register
    {"ssk", 0x08, None, InsnRr},
    {"isk", 0x09, None, InsnRr},
    {"mvcl", 0x0E, Sets},
    {"clcl", 0x0F, Sets},
    {"lpr", 0x10, Sets},
    {"lnr", 0x11, Sets},
    {"ltr", 0x12, Sets},
    {"lcr", 0x13, Sets},
    {"nr", 0x14, Sets},
    {"clr", 0x15, Sets},
    {"or", 0x16, Sets},
    {"xr", 0x17, Sets},
    {"lr", 0x18},
    {"cr", 0x19, Sets},
    {"ar", 0x1A, Sets},
    {"sr", 0x1B, Sets},
    {"mr", 0x1C},
    {"dr", 0x1D},
    {"alr", 0x1E, Sets},
    {"slr", 0x1F, Sets},
    // Floating point, register to register
    {"lpdr", 0x20, Sets},
    {"lndr", 0x21, Sets},
    {"ltdr", 0x22, Sets},
    {"lcdr", 0x23, Sets},
    {"hdr", 0x24},
    {"lrdr", 0x25},
    {"mxr", 0x26},
    {"mxdr", 0x27},
    {"ldr", 0x28},
    {"cdr", 0x29, Sets},
    {"adr", 0x2A, Sets},
    {"sdr", 0x2B, Sets},
    {"mdr", 0x2C},
    {"ddr", 0x2D},
    {"awr", 0x2E, Sets},
    {"swr", 0x2F, Sets},
    {"lper", 0x30, Sets},
    {"lner", 0x31, Sets},
    {"lter", 0x32, Sets},
    {"lcer", 0x33, Sets},
    {"her", 0x34},
    {"lrer", 0x35},
    {"axr", 0x36, Sets},
    {"sxr", 0x37, Sets},
    {"ler", 0x38},
    {"cer", 0x39, Sets},
    {"aer", 0x3A, Sets},
    {"ser", 0x3B, Sets},
    {"mer", 0x3C},
    {"der", 0x3D},
    {"aur", 0x3E, Sets},
    {"sur", 0x3F, Sets},
    // General, storage
    {"sth", 0x40},
    {"la", 0x41},
    {"stc", 0x42},
    {"ic", 0x43},
    {"lh", 0x48},
    {"ch", 0x49, Sets},
    {"ah", 0x4A, Sets},
    {"sh", 0x4B, Sets},
    {"mh", 0x4C},
    {"cvd", 0x4E},
    {"cvb", 0x4F},
    {"st", 0x50},
    {"n", 0x54, Sets},
    {"cl", 0x55, Sets},
    {"o", 0x56, Sets},
    {"x", 0x57, Sets},
    {"l", 0x58},
    {"c", 0x59, Sets},
    {"a", 0x5A, Sets},
    {"s", 0x5B, Sets},
    {"m", 0x5C},
    {"d", 0x5D},
    {"al", 0x5E, Sets},
    {"sl", 0x5F, Sets},
    // Floating point, storage
    {"std", 0x60},
    {"mxd", 0x67},
    {"ld", 0x68},
    {"cd", 0x69, Sets},
    {"ad", 0x6A, Sets},
    {"sd", 0x6B, Sets},
    {"md", 0x6C},
    {"dd", 0x6D},
    {"aw", 0x6E, Sets},
    {"sw", 0x6F, Sets},
    {"ste", 0x70},
    {"le", 0x78},
    {"ce", 0x79, Sets},
    {"ae", 0x7A, Sets},
    {"se", 0x7B, Sets},
    {"me", 0x7C},
    {"de", 0x7D},
    {"au", 0x7E, Sets},
    {"su", 0x7F, Sets},
    // Shifts, immediate operands, several registers
    {"ssm", 0x80},
    {"lpsw", 0x82, Sets},
    {"diag", 0x83, May},
    {"srl", 0x88},
    {"sll", 0x89},
    {"sra", 0x8A, Sets},
    {"sla", 0x8B, Sets},
    {"srdl", 0x8C},
    {"sldl", 0x8D},
    {"srda", 0x8E, Sets},
    {"slda", 0x8F, Sets},
    {"stm", 0x90},
    {"tm", 0x91, Sets},
    {"mvi", 0x92},
    {"ts", 0x93, Sets},
    {"ni", 0x94, Sets},
    {"cli", 0x95, Sets},
    {"oi", 0x96, Sets},
    {"xi", 0x97, Sets},
    {"lm", 0x98},
    {"stnsm", 0xAC},
    {"stosm", 0xAD},
    {"sigp", 0xAE, Sets},
    {"lra", 0xB1, Sets},
    {"stctl", 0xB6},
    {"lctl", 0xB7},
    {"cs", 0xBA, Sets},
    {"cds", 0xBB, Sets},
    {"clm", 0xBD, Sets},
    {"stcm", 0xBE},
    {"icm", 0xBF, Sets},
    // Input and output
    {"sio", 0x9C00, Sets, InsnS},
    {"siof", 0x9C01, Sets, InsnS},
    {"rio", 0x9C02, Sets, InsnS},
    {"tio", 0x9D00, Sets, InsnS},
    {"clrio", 0x9D01, Sets, InsnS},
    {"hio", 0x9E00, Sets, InsnS},
    {"hdv", 0x9E01, Sets, InsnS},
    {"tch", 0x9F00, Sets, InsnS},
    {"clrch", 0x9F01, Sets, InsnS},
    // Control
    {"concs", 0xB200, Sets, InsnS},
    {"discs", 0xB201, Sets, InsnS},
    {"stidp", 0xB202},
    {"stidc", 0xB203, Sets, InsnS},
    {"sck", 0xB204, Sets},
    {"stck", 0xB205, Sets},
    {"sckc", 0xB206},
    {"stckc", 0xB207},
    {"spt", 0xB208},
    {"stpt", 0xB209},
    {"spka", 0xB20A},
    {"ipk", 0xB20B},
    {"ptlb", 0xB20D},
    {"spx", 0xB210},
    {"stpx", 0xB211},
    {"stap", 0xB212},
    {"rrb", 0xB213, Sets, InsnS},
    {"pc", 0xB218, May},
    {"sac", 0xB219},
    {"ipte", 0xB221},
    {"ivsk", 0xB223},
    {"iac", 0xB224, Sets},
    {"ssar", 0xB225},
    {"epar", 0xB226},
    {"esar", 0xB227},
    {"pt", 0xB228, May},
    {"iske", 0xB229},
    {"rrbe", 0xB22A, Sets},
    {"sske", 0xB22B},
    {"tb", 0xB22C, Sets},
    {"dxr", 0xB22D},
    {"lasp", 0xE500, Sets},
    {"tprot", 0xE501, Sets},
    // Storage to storage
    {"mvn", 0xD1},
    {"mvc", 0xD2},
    {"mvz", 0xD3},
    {"nc", 0xD4, Sets},
    {"clc", 0xD5, Sets},
    {"oc", 0xD6, Sets},
    {"xc", 0xD7, Sets},
    {"mvck", 0xD9, Sets},
    {"mvcp", 0xDA, Sets},
    {"mvcs", 0xDB, Sets},
    {"tr", 0xDC},
    {"trt", 0xDD, Sets},
    {"ed", 0xDE, Sets},
    {"edmk", 0xDF, Sets},
    {"mvcin", 0xE8},
    {"srp", 0xF0, Sets},
    {"mvo", 0xF1},
    {"pack", 0xF2},
    {"unpk", 0xF3},
    {"zap", 0xF8, Sets},
    {"cp", 0xF9, Sets},
    {"ap", 0xFA, Sets},
    {"sp", 0xFB, Sets},
    {"mp", 0xFC},
    {"dp", 0xFD},
});

struct Condition {
    std::string_view name;
    int mask;
};
constexpr auto conditions = std::to_array<Condition>({
    {"o", 1},   {"h", 2},   {"p", 2},   {"nle", 3}, {"l", 4},   {"m", 4},   {"nhe", 5},
    {"lh", 6},  {"ne", 7},  {"nz", 7},  {"e", 8},   {"z", 8},   {"nlh", 9}, {"he", 10},
    {"nl", 11}, {"nm", 11}, {"le", 12}, {"nh", 13}, {"np", 13}, {"no", 14},
});

} // namespace

std::span<InstructionInfo const> instruction_set() { return table; }

InstructionInfo const* find_mnemonic(std::string_view mnemonic) {
    auto const* found = std::ranges::find(table, mnemonic, &InstructionInfo::mnemonic);
    return found == table.end() ? nullptr : found;
}

InstructionInfo const* find_opcode(std::uint16_t halfword) {
    auto const* found = std::ranges::find_if(table, [halfword](InstructionInfo const& info) {
        return info.opcode == (info.two_byte_opcode() ? halfword : halfword >> 8U);
    });
    return found == table.end() ? nullptr : found;
}

int condition_mask(std::string_view condition) {
    auto const* found = std::ranges::find(conditions, condition, &Condition::name);
    return found == conditions.end() ? -1 : found->mask;
}

} // namespace toolchain
