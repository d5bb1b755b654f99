#!/usr/bin/env python3
"""Makes the scripts about two address spaces: who may use the secondary one, and moves between them.

  spaces.py CASES.inc NAMES.txt    the table for script_engine.S, and what each case is
"""
import itertools
import sys

from script import *  # noqa: F403

MODES = {"BC": 0x00000000, "EC": 0x00080000, "DAT": 0x04080000, "EC-PROB": 0x00090000, "DAT-PROB": 0x04090000,
         "DAT-KEY5": 0x04580000}
SECONDARY, SECONDARY_PAGES, PAGE_TABLE = 0xF000, 0xF100, 0x6800
SECONDARY_SPACE, EXTRACTION_AUTHORITY = 0x04000000, 0x08000000


def two_spaces(name, mode, cr0=SECONDARY_SPACE, key_mask=0xFFFF):
    """Where the primary space has DATA, the secondary one has A000; page 7 is in the secondary one alone, page A in
    neither."""
    s = Script(f"{name} {mode}").control(0, TRANSLATING[0] | cr0, TRANSLATING[1])
    s.control(3, key_mask << 16 | 5, 4).control(7, SECONDARY)
    pages = {5: 0x00A0, 10: 0x00A8}
    s.words(SECONDARY, 0xF0000000 | SECONDARY_PAGES, *[1] * 15)
    s.put(SECONDARY_PAGES, b"".join(pages.get(n, n << 4).to_bytes(2, "big") for n in range(16)))
    s.put(PAGE_TABLE + 14, "0078").put(PAGE_TABLE + 20, "00A8")
    s.fill(DATA, 512, 0x11).fill(0xA000, 512, 0x22).fill(0x7000, 16, 0x33)
    return s.register(5, DATA, DATA + 64, 0x7000, 0xA000, DATA, SLOT)


def in_one_space(s):
    """The tables as all scripts have them."""
    return s.put(PAGE_TABLE + 14, "0070").put(PAGE_TABLE + 20, "00A0")


def address_spaces():
    for mode, psw in MODES.items():
        for cr0 in (0, SECONDARY_SPACE, EXTRACTION_AUTHORITY, SECONDARY_SPACE | EXTRACTION_AUTHORITY):
            # SAC 3 is another architecture's home space.
            codes = {f"SAC {n:X}": f"B2190{n:X}00" for n in range(16) if n != 3}
            codes |= {"IAC": "B224 0080", "IVSK": "B223 0089", "EPAR": "B226 0080", "ESAR": "B227 0080",
                      "MVCP": "DA01 5000 6000", "MVCS": "DB01 5000 6000",
                      "SAC 1 and a page": "B2190100 5810 8000", "SAC 1 and SSM": "B2190100 8000 8000"}
            for what, code in codes.items():
                s = two_spaces(f"{what} CR0 {cr0:08X}", mode, cr0).register(0, 4, 0)
                in_one_space(s.run(code + "1788 B224 0080 5810 5000 B219 0000 58A0 5000", psw).show(0x90, 4).digest(LEFT, 64).digest(DATA, 128))
    moves()
    secondary_mode()


def moves():
    blocks = DATA, 0x5800, 0xA000, 0xA800, 0x7000, 0x7800
    for mode, what in itertools.product(("DAT", "DAT-KEY5", "DAT-PROB"), ("MVCP DA", "MVCS DB")):
        psw, name, op = MODES[mode], *what.split()
        for length, key in itertools.product((0, 1, 16, 256, 257, 0xFFFFFFFF), (0x00, 0x50, 0x7F, 0xF0, 0xFFFFFF50)):
            s = two_spaces(f"{name} of {length:X} with key {key:X}", mode, key_mask=0x0500).key(DATA, 0x50).key(0xA000, 0x50)
            s.register(0, length, key).run(f"{op}01 5000 6000", psw).key(DATA, 0).key(0xA000, 0)
            in_one_space(s.digest(LEFT, 64).digest(DATA, 512).digest(0xA000, 512))
        for to, source in itertools.product((5, 7, 8), (5, 7, 8)):
            for offset in (0, 0x7F8, 0xFF8):
                if to == 5 and offset == 0xFF8:
                    continue    # the segment table
                s = two_spaces(f"{name} from register {source} to {to} +{offset:X}", mode).register(0, 16, 0x50).fill(0x90, 4, 0xEE)
                for block in blocks:
                    s.key(block, 0x50)
                s.run(f"{op}01 {to:X}{offset:03X} {source:X}{offset:03X}", psw).show(0x90, 4)
                for block in blocks:
                    s.key(block, 0)
                in_one_space(s.digest(LEFT, 64).digest(DATA, 4096).digest(0xA000, 4096))
        for first, second in itertools.product((0x00, 0x50, 0x70, 0x78), repeat=2):
            s = two_spaces(f"{name} keys {first:02X} {second:02X}", mode).register(0, 16, 0x70).key(DATA, first).key(0xA000, second)
            s.run(f"{op}01 5000 6000", psw).show_key(DATA).show_key(0xA000).key(DATA, 0).key(0xA000, 0)
            in_one_space(s.digest(DATA, 512).digest(0xA000, 512))


# By register: 5 data, 6 data of page A, 7 a page of the secondary space alone, 8 page A, 11 IPTE's.
OPERANDS = {"L": "5890 5000", "L of page A": "5890 8000", "ST": "5090 5000", "ST protected": "5090 5800", "MVC": "D203 5010 6000",
            "EX": "4400 5020", "EX of code": "4400 A030", "LRA": "B190 5000", "LRA of page A": "B190 8000", "LCTL": "B722 5000",
            "STCTL": "B622 5000", "STCTL into page A": "B622 8000", "SSM": "8000 5024", "STNSM": "ACFF 5000", "STOSM": "AD00 5000",
            "LPSW": "8200 5028", "SVC": "0A12", "operation": "0000", "TPROT": "E501 5000 0000", "STPX": "B211 5000", "SCKC": "B206 5000",
            "IVSK": "B223 0095", "SAC 0": "B219 0000 5890 5000", "SAC 1": "B219 0100 5890 5000", "MVCK": "D905 5000 6000",
            "PTLB": "B20D 0000 5890 5000", "IPTE": "B221 00B5 5890 5000", "MVCP": "DA05 5000 6000", "SIGP": "AE01 0001"}


def secondary_mode():
    """PSW bit 16 is on: operands come from the secondary space, instructions from the primary one. Page 3, where they
    are, is another one in the secondary space, or in none of its pages."""
    bit = 0x00008000
    for mode, third in itertools.product(("EC", "DAT", "EC-PROB", "DAT-PROB"), (0x00A0, 0x00A8)):
        for what, code in OPERANDS.items():
            s = two_spaces(f"{what} in the secondary space, page 3 {third:04X}", mode).register(10, SLOT, PAGE_TABLE)
            s.put(SECONDARY_PAGES + 6, third.to_bytes(2, "big")).put(0xA030, "1877").put(SLOT + 0x30, "1899")
            for data in (DATA, 0xA000):
                s.put(data + 0x20, "1866 0700 04").words(data + 0x28, MODES[mode] | bit, SLOT + 4)
            s.run(code + "1788", MODES[mode] | bit).show(0x90, 4).digest(LEFT, 64).digest(DATA, 64).digest(0xA000, 64)
            in_one_space(s.put(PAGE_TABLE + 10, "0050"))
    for table in (0, 0x00F00000, 0x00FFFFC0, 0xFF000000 | SECONDARY):
        for what in ("L", "LRA", "EX", "STCTL", "SVC", "SAC 0"):
            s = two_spaces(f"{what} by the secondary table {table:08X}", "DAT").control(7, table).register(10, SLOT)
            in_one_space(s.run(OPERANDS[what] + "1788", DAT | bit).show(0x90, 4).digest(LEFT, 64))


if __name__ == "__main__":
    address_spaces()
    write(*sys.argv[1:3])
    print(f"{len(scripts)} scripts")
