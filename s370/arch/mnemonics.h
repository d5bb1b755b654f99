// The mnemonics of System/370 instructions.
//
// GA22-7000-10, appendix "Lists of Instructions". Branches have their general names (BC,
// not B or BZ).
#pragma once

#include "s370/base/text.h"

namespace s370 {

struct Mnemonic {
    u16 opcode; // one byte; or two, where the first is B2 or E5, or 9C to 9E and the last is 01
    Text name;  // five characters at the most
};

constexpr Mnemonic mnemonics[] = {
    {0x04, "SPM"_e},     {0x05, "BALR"_e},    {0x06, "BCTR"_e},    {0x07, "BCR"_e},
    {0x08, "SSK"_e},     {0x09, "ISK"_e},     {0x0A, "SVC"_e},     {0x0D, "BASR"_e},
    {0x0E, "MVCL"_e},    {0x0F, "CLCL"_e},    {0x10, "LPR"_e},     {0x11, "LNR"_e},
    {0x12, "LTR"_e},     {0x13, "LCR"_e},     {0x14, "NR"_e},      {0x15, "CLR"_e},
    {0x16, "OR"_e},      {0x17, "XR"_e},      {0x18, "LR"_e},      {0x19, "CR"_e},
    {0x1A, "AR"_e},      {0x1B, "SR"_e},      {0x1C, "MR"_e},      {0x1D, "DR"_e},
    {0x1E, "ALR"_e},     {0x1F, "SLR"_e},     {0x20, "LPDR"_e},    {0x21, "LNDR"_e},
    {0x22, "LTDR"_e},    {0x23, "LCDR"_e},    {0x24, "HDR"_e},     {0x25, "LRDR"_e},
    {0x26, "MXR"_e},     {0x27, "MXDR"_e},    {0x28, "LDR"_e},     {0x29, "CDR"_e},
    {0x2A, "ADR"_e},     {0x2B, "SDR"_e},     {0x2C, "MDR"_e},     {0x2D, "DDR"_e},
    {0x2E, "AWR"_e},     {0x2F, "SWR"_e},     {0x30, "LPER"_e},    {0x31, "LNER"_e},
    {0x32, "LTER"_e},    {0x33, "LCER"_e},    {0x34, "HER"_e},     {0x35, "LRER"_e},
    {0x36, "AXR"_e},     {0x37, "SXR"_e},     {0x38, "LER"_e},     {0x39, "CER"_e},
    {0x3A, "AER"_e},     {0x3B, "SER"_e},     {0x3C, "MER"_e},     {0x3D, "DER"_e},
    {0x3E, "AUR"_e},     {0x3F, "SUR"_e},     {0x40, "STH"_e},     {0x41, "LA"_e},
    {0x42, "STC"_e},     {0x43, "IC"_e},      {0x44, "EX"_e},      {0x45, "BAL"_e},
    {0x46, "BCT"_e},     {0x47, "BC"_e},      {0x48, "LH"_e},      {0x49, "CH"_e},
    {0x4A, "AH"_e},      {0x4B, "SH"_e},      {0x4C, "MH"_e},      {0x4D, "BAS"_e},
    {0x4E, "CVD"_e},     {0x4F, "CVB"_e},     {0x50, "ST"_e},      {0x54, "N"_e},
    {0x55, "CL"_e},      {0x56, "O"_e},       {0x57, "X"_e},       {0x58, "L"_e},
    {0x59, "C"_e},       {0x5A, "A"_e},       {0x5B, "S"_e},       {0x5C, "M"_e},
    {0x5D, "D"_e},       {0x5E, "AL"_e},      {0x5F, "SL"_e},      {0x60, "STD"_e},
    {0x67, "MXD"_e},     {0x68, "LD"_e},      {0x69, "CD"_e},      {0x6A, "AD"_e},
    {0x6B, "SD"_e},      {0x6C, "MD"_e},      {0x6D, "DD"_e},      {0x6E, "AW"_e},
    {0x6F, "SW"_e},      {0x70, "STE"_e},     {0x78, "LE"_e},      {0x79, "CE"_e},
    {0x7A, "AE"_e},      {0x7B, "SE"_e},      {0x7C, "ME"_e},      {0x7D, "DE"_e},
    {0x7E, "AU"_e},      {0x7F, "SU"_e},      {0x80, "SSM"_e},     {0x82, "LPSW"_e},
    {0x83, "DIAG"_e},    {0x84, "WRD"_e},     {0x85, "RDD"_e},     {0x86, "BXH"_e},
    {0x87, "BXLE"_e},    {0x88, "SRL"_e},     {0x89, "SLL"_e},     {0x8A, "SRA"_e},
    {0x8B, "SLA"_e},     {0x8C, "SRDL"_e},    {0x8D, "SLDL"_e},    {0x8E, "SRDA"_e},
    {0x8F, "SLDA"_e},    {0x90, "STM"_e},     {0x91, "TM"_e},      {0x92, "MVI"_e},
    {0x93, "TS"_e},      {0x94, "NI"_e},      {0x95, "CLI"_e},     {0x96, "OI"_e},
    {0x97, "XI"_e},      {0x98, "LM"_e},      {0x9C, "SIO"_e},     {0x9C01, "SIOF"_e},
    {0x9D, "TIO"_e},     {0x9D01, "CLRIO"_e}, {0x9E, "HIO"_e},     {0x9E01, "HDV"_e},
    {0x9F, "TCH"_e},     {0xAC, "STNSM"_e},   {0xAD, "STOSM"_e},   {0xAE, "SIGP"_e},
    {0xAF, "MC"_e},      {0xB1, "LRA"_e},     {0xB200, "CONCS"_e}, {0xB201, "DISCS"_e},
    {0xB202, "STIDP"_e}, {0xB203, "STIDC"_e}, {0xB204, "SCK"_e},   {0xB205, "STCK"_e},
    {0xB206, "SCKC"_e},  {0xB207, "STCKC"_e}, {0xB208, "SPT"_e},   {0xB209, "STPT"_e},
    {0xB20A, "SPKA"_e},  {0xB20B, "IPK"_e},   {0xB20D, "PTLB"_e},  {0xB210, "SPX"_e},
    {0xB211, "STPX"_e},  {0xB212, "STAP"_e},  {0xB213, "RRB"_e},   {0xB218, "PC"_e},
    {0xB219, "SAC"_e},   {0xB221, "IPTE"_e},  {0xB223, "IVSK"_e},  {0xB224, "IAC"_e},
    {0xB225, "SSAR"_e},  {0xB226, "EPAR"_e},  {0xB227, "ESAR"_e},  {0xB228, "PT"_e},
    {0xB229, "ISKE"_e},  {0xB22A, "RRBE"_e},  {0xB22B, "SSKE"_e},  {0xB22C, "TB"_e},
    {0xB22D, "DXR"_e},   {0xB6, "STCTL"_e},   {0xB7, "LCTL"_e},    {0xBA, "CS"_e},
    {0xBB, "CDS"_e},     {0xBD, "CLM"_e},     {0xBE, "STCM"_e},    {0xBF, "ICM"_e},
    {0xD1, "MVN"_e},     {0xD2, "MVC"_e},     {0xD3, "MVZ"_e},     {0xD4, "NC"_e},
    {0xD5, "CLC"_e},     {0xD6, "OC"_e},      {0xD7, "XC"_e},      {0xD9, "MVCK"_e},
    {0xDA, "MVCP"_e},    {0xDB, "MVCS"_e},    {0xDC, "TR"_e},      {0xDD, "TRT"_e},
    {0xDE, "ED"_e},      {0xDF, "EDMK"_e},    {0xE500, "LASP"_e},  {0xE501, "TPROT"_e},
    {0xE8, "MVCIN"_e},   {0xF0, "SRP"_e},     {0xF1, "MVO"_e},     {0xF2, "PACK"_e},
    {0xF3, "UNPK"_e},    {0xF8, "ZAP"_e},     {0xF9, "CP"_e},      {0xFA, "AP"_e},
    {0xFB, "SP"_e},      {0xFC, "MP"_e},      {0xFD, "DP"_e},
};

// By the first two bytes; "?????" when no instruction begins so.
constexpr Text mnemonic(u8 first, u8 second) {
    bool const by_last_bit = first >= 0x9C && first <= 0x9E && (second & 1) != 0;
    bool const by_second = first == 0xB2 || first == 0xE5;
    u32 const code = by_second     ? u32{first} << 8 | second
                     : by_last_bit ? u32{first} << 8 | 1
                                   : first;
    for (Mnemonic const& known : mnemonics)
        if (known.opcode == code) return known.name;
    return "?????"_e;
}

} // namespace s370
