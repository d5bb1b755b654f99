#!/usr/bin/env python3
"""Makes the cases of the privileged conformance program: every instruction with each of its
operand conditions in each PSW mode.

  cases.py CASES.inc CASES.txt    the table for engine.S, and what each case is
"""
import sys

# PSW word 1. The engine's own storage lies below 64K, mapped to itself when translation is on.
MODES = {
    "BC": 0x00000000, "BC-KEY5": 0x00500000, "BC-PROB": 0x00010000,
    "EC": 0x00080000, "EC-KEY5": 0x00580000, "EC-PROB": 0x00090000,
    "DAT": 0x04080000, "DAT-KEY5": 0x04580000, "DAT-PROB": 0x04090000,
}
OPERAND, SEGMENTS, PAGES = 0x5000, 0x6000, 0x6800
CR0, CR1 = 0x00800000, SEGMENTS
FAR = 0xF00000              # in no storage
PAGE_GONE, SEGMENT_GONE = 0x9000, 0x20000
PAGE_FAR = 0xB000           # its entry leads beyond storage
FORMATS = {"4K-64K": 0x00800000, "2K-64K": 0x00400000, "4K-1M": 0x00900000, "2K-1M": 0x00500000,
           "BAD-PAGE": 0x00000000, "BAD-SEGMENT": 0x00880000}

cases = []


def case(name, instruction, mode, registers=(), words=(0, 0), operand=OPERAND, cr0=CR0, cr1=CR1,
         key=0, block=None):
    registers = list(registers) + [0] * (6 - len(registers))
    code = bytes.fromhex(instruction.replace(" ", ""))
    code = (code + b"\x0a\xff" + bytes(8))[:8]
    cases.append((f"{name} {mode}", MODES.get(mode, mode), code, registers, operand, words, cr0, cr1,
                  ((operand if block is None else block) & 0xFFF800) | key))


def storage_operand(name, opcode, length, alignment, words=(0, 0), modes=MODES, cr0=CR0):
    """An instruction whose operand's address is in register 2: B2xx, or op ri with B=2."""
    for mode in modes:
        def one(what, address, operand=OPERAND, key=0, block=None):
            case(f"{name} {what}", opcode, mode, (0x11111111, address, 0x33333333), words,
                 operand, cr0, key=key, block=block)
        one("plain", OPERAND)
        if alignment > 1:
            one("misaligned", OPERAND + 1)
            one("half aligned", OPERAND + alignment // 2)
        one("beyond storage", FAR)
        one("last before end of the space", 0x1000000 - length)
        one("page not there", PAGE_GONE)
        one("segment not there", SEGMENT_GONE)
        one("page beyond storage", PAGE_FAR)
        one("key 5", OPERAND, key=0x50)
        one("key 7", OPERAND, key=0x70)
        one("key 7 fetch-protected", OPERAND, key=0x78)
        one("key 7 beyond storage misaligned", FAR + 1, key=0x78)
        if length > alignment:
            one("across pages", 0x9000 - length // 2)
            one("across blocks of other keys", 0x5800 - length // 2, key=0x78, block=0x5800)


def make():
    storage_operand("SSM", "80002000", 1, 1, (0x00000000, 0))
    storage_operand("LPSW", "82002000", 8, 8, (0x00000000, 0x00003004))
    storage_operand("STNSM", "ACFF2000", 1, 1)
    storage_operand("STOSM", "AD002000", 1, 1)
    storage_operand("LCTL 2,3", "B7232000", 8, 4, (0xFFFFFFFF, 0x01020304))
    storage_operand("STCTL 0,1", "B6012000", 8, 4)
    storage_operand("SCKC", "B2062000", 8, 8, (0xFFFFFFFF, 0xFFFFFFFF))
    storage_operand("STCKC", "B2072000", 8, 8)
    storage_operand("SPT", "B2082000", 8, 8, (0x7FFFFFFF, 0xFFFFFFFF))
    storage_operand("SPX", "B2102000", 4, 4)
    storage_operand("STPX", "B2112000", 4, 4)
    storage_operand("STAP", "B2122000", 2, 2)
    # Masks: what they do to the PSW, and bad ones.
    for mode in MODES:
        for mask in (0x01, 0x02, 0x04, 0x40, 0x80, 0x08, 0x10, 0xFF):
            case(f"SSM {mask:02X}", "80005000", mode, words=(mask << 24, 0),
                 registers=(0, 0, 0, 0, OPERAND), cr0=CR0)
            cases[-1] = cases[-1][:2] + (bytes.fromhex("80005000 0AFF0000".replace(" ", "")),) + cases[-1][3:]
            case(f"STOSM {mask:02X}", f"AD{mask:02X}5000", mode, (0, 0, 0, 0, OPERAND))
            case(f"STNSM {mask:02X}", f"AC{mask:02X}5000", mode, (0, 0, 0, 0, OPERAND))
        case("SSM suppressed", "80005000", mode, (0, 0, 0, 0, OPERAND), cr0=CR0 | 0x40000000)
        case("SSM suppressed beyond storage", "80005000", mode, (0, 0, 0, 0, FAR),
             cr0=CR0 | 0x40000000)
        for word in (0x00080000, 0x80080000, 0x00080001, 0x00088000, 0x00084000, 0x00083F00,
                     0x38080000, 0x04080000, 0x00FD0000 & 0xFFFCFFFF, 0x00090000, 0x00010000, 0x00003456,
                     0x20080000, 0x10080000, 0x08080000):
            case(f"LPSW {word:08X}", "82005000", mode, (0, 0, 0, 0, OPERAND), (word, 0x00003004))
            case(f"LPSW {word:08X} address", "82005000", mode, (0, 0, 0, 0, OPERAND),
                 (word, 0x01003004))
        case("LPSW BC with cc and mask", "82005000", mode, (0, 0, 0, 0, OPERAND),
             (0x00000000, 0xFF003004))
        # Execute.
        for name, target in (("SSM", "80005000"), ("STOSM", "AD005000"), ("SPKA", "B20A5000"),
                             ("LRA", "B1105000"), ("ISK", "09150000"), ("STCTL", "B6015000"), ("PTLB", "B20D0000")):
            case(f"EX {name}", "44002000", mode, (0x40, OPERAND, 0x33, 0, OPERAND),
                 (int(target, 16), 0))
            case(f"EX 1 {name}", "44102000", mode, (0x03, OPERAND, 0x33, 0, OPERAND + 8),
                 (int(target, 16), 0))
        # Keys.
        for address in (OPERAND, OPERAND + 0x800, OPERAND + 1, OPERAND + 16, 0, FAR, FAR + 1,
                        0x01005000, PAGE_GONE):
            for key in (0x00, 0x78, 0xFE):
                case(f"SSK {address:X} {key:02X}", "0812", mode, (key, address), block=OPERAND)
                case(f"ISK {address:X} {key:02X}", "0912", mode, (0x11111111, address), key=key)
                case(f"RRB {address:X} {key:02X}", "B2132000", mode, (0, address), key=key)
                case(f"ISKE {address:X} {key:02X}", "B2290012", mode, (0x11111111, address), key=key)
                case(f"SSKE {address:X} {key:02X}", "B22B0012", mode, (key, address), block=OPERAND)
                case(f"RRBE {address:X} {key:02X}", "B22A0012", mode, (0, address), key=key)
        for key in range(0, 256, 24):
            case(f"SPKA {key:02X}", "B20A2000", mode, (0, 0xFFFFFF00 | key))
        case("IPK", "B20B0000", mode, (0, 0x22222222))
        # Translation.
        for form, cr0 in FORMATS.items():
            for address in (OPERAND, 0x5C04, PAGE_GONE, SEGMENT_GONE, PAGE_FAR, 0x100000, 0xFFFFFF,
                            0x10000, 0x1F800, 0x30000, 0x40000, 0x4F000):
                case(f"LRA {form} {address:X}", "B1102000", mode, (0x11111111, address), cr0=cr0)
        for cr1 in (0x00FFFFC0, 0x01FFFFC0, 0xFF006000, 0x00F00000, 0x0F006000, 0x00000000 | SEGMENTS):
            for address in (OPERAND, 0x100000, 0xF00000):
                if mode.startswith("DAT"):
                    continue
                case(f"LRA CR1 {cr1:08X} {address:X}", "B1102000", mode, (0x11111111, address),
                     cr1=cr1)
        case("PTLB", "B20D0000", mode)
        for address in (OPERAND, PAGE_GONE, SEGMENT_GONE, PAGE_FAR, FAR):
            for access in (0x00, 0x50, 0x70, 0xF0):
                for key in (0x50, 0x70, 0x78):
                    case(f"TPROT {address:X} {access:02X} {key:02X}", "E501 2000 3000", mode,
                         (0, address, access), key=key)
        for r1 in (PAGES, 0x6F00, FAR, PAGES | 0xF0000000, PAGES | 7):
            for r2 in (0x0000F000, 0x01FFF800):
                for cr0 in ((CR0, 0, 0x00900000, 0x00400000) if not mode.startswith("DAT") else (CR0,)):
                    case(f"IPTE {r1:08X} {r2:08X} {cr0:08X}", "B2210012", mode, (r1, r2),
                         operand=0x681C, cr0=cr0, words=(0x0000F000, 0xF0000000))
        for address in (OPERAND, OPERAND + 0x801, FAR, 0x01005000):
            case(f"TB {address:X}", "B22C0012", mode, (0, address), (1, 2))
            case(f"TB {address:X} protected", "B22C0012", mode, (0, address), (1, 2), key=0x78)
        case("TB low-address protected", "B22C0012", mode, (0, 0), cr0=CR0 | 0x10000000)
        for order in range(0, 20):
            if order in (5, 6, 7, 8, 9, 10, 11, 12, 18):
                continue    # they stop the machine
            for target in (0, 1, 7, 8, 0xFFFF, 0x10000):
                case(f"SIGP {order:X} to {target:X}", f"AE13{0x4000 | order:04X}", mode,
                     (0x11111111, 0x22222222, target), cr0=CR0)
        # Low-address protection; control registers as they are shown.
        for code in ("D203 0100 5000", "AC FF 0100", "AD 00 01FF", "B601 0100", "B601 0200"):
            case(f"low-address {code}", code, mode, (0, 0, 0, 0, OPERAND), cr0=CR0 | 0x10000000)
        # Unknown or unassigned.
        for code in ("B2000000", "B200 0004", "B201 0003", "B201 0004", "B20C0000", "B20E0000", "B20F0000", "B2140000", "B2200012",
                     "B2220012", "B2240012", "B2250012", "B2260012", "B2270012", "B2280012", "B22D0012",
                     "B2300000", "B24B0012", "B2460012", "B2FF0000",
                     "8400 5000", "8500 5000", "B000 5000", "B300 5000", "B400 5000",
                     "A000 5000", "0000", "0100", "FFFF FFFF FFFF", "E5005000 5000", "E502 5000 5000",
                     "B223 0012", "B219 0000", "B219 0100", "B218 0000", "D912 5000 5004", "DA12 5000 5004",
                     "DB12 5000 5004", "AF00 0000", "AF10 0000", "AF08 5678", "9900 5000"):
            case(f"code {code}", code, mode, (4, 0x5000, 0x30, 0, OPERAND), (0x01020304, 0x05060708))
        case("SVC", "0A12", mode)
        case("odd EX", "44002001", mode, (0, OPERAND))
        case("EX of EX", "44002000", mode, (0, OPERAND), (0x44002000, 0))
        # Unprivileged accesses.
        for what, address in (("there", OPERAND), ("beyond", FAR), ("page", PAGE_GONE),
                              ("segment", SEGMENT_GONE), ("page beyond", PAGE_FAR)):
            for key in (0, 0x50, 0x70, 0x78):
                case(f"L {what} {key:02X}", "58102000", mode, (0, address), (1, 2), key=key)
                case(f"ST {what} {key:02X}", "50302000", mode, (0, address, 3), (1, 2), key=key)
            case(f"branch {what}", "07F2", mode, (0, address), (0x0AFF0000, 0))
            case(f"branch across {what}", "07F2", mode, (0, address - 2), (0x0AFF0000, 0))
            case(f"EX {what}", "44002000", mode, (0, address), (0x0AFF0000, 0))
        case("branch to odd", "07F2", mode, (0, OPERAND + 1))
        case("MVC across pages", "D20F 2FF8 5000", mode, (0, 0x8000, 0, 0, OPERAND))
        case("data exception", "FA00 5000 5000", mode, (0, 0, 0, 0, OPERAND))
        case("divide", "1D24", mode)


def write(table, text):
    with open(table, "w") as f, open(text, "w") as names:
        f.write("cases:\n")
        for number, (name, psw, code, registers, operand, words, cr0, cr1, key) in enumerate(cases):
            values = [number << 16, psw, int.from_bytes(code[:4], "big"),
                      int.from_bytes(code[4:], "big"), *registers, operand, *words, cr0, cr1, key]
            f.write("\t.long\t" + ", ".join(f"0x{v & 0xFFFFFFFF:08x}" for v in values) + "\n")
            names.write(f"{number:04X} {name}\n")


if __name__ == "__main__":
    make()
    write(*sys.argv[1:3])
    print(f"{len(cases)} cases")
