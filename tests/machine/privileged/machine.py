#!/usr/bin/env python3
"""Makes the scripts about the machine as a whole: every operation code, all control registers,
EXECUTE of everything, the prefix, and interruptions of several devices.

  machine.py CASES.inc NAMES.txt    the table for script_engine.S, and what each case is
"""
import itertools

from script import *  # noqa: F403

MODES = {"BC": 0x00000000, "EC": 0x00080000, "DAT": 0x04080000, "BC-PROB": 0x00010000, "EC-PROB": 0x00090000,
         "DAT-KEY5": 0x04580000}
ALL_KEYS = 0xFFFF0000       # control register 3
DEVICES = {"reader": READER, "punch": PUNCH, "printer": PRINTER, "console": CONSOLE, "disk": DISK}


# ---- Operation codes

LOCK_ASSISTS = (0x04, 0x05, 0x06, 0x07)     # MVS's, which virtual machines do not have


def operation_codes():
    """Each of them, with registers and operands that are the same address."""
    def one(code, mode, second_register=0x7000):
        s = Script(f"operation {code} {mode}").control(0, *TRANSLATING).put(DATA, "0A44 0000 0000 5000 0000 0000 0000 0000")
        s.register(0, *[DATA] * 16).register(1, 0x7000, second_register).run(code, MODES[mode])
        s.digest(LEFT, 64)

    for mode in ("DAT", "BC-PROB"):
        for first in range(256):
            if first not in (0x83, 0xB2, 0xE5):
                one(f"{first:02X}12 5000 5010", mode)
        for second in range(256):
            if second not in LOCK_ASSISTS:
                one(f"E5{second:02X} 5000 5010", mode)
            if second not in (0x04, 0x05):      # the TOD clock
                one(f"B2{second:02X} 0012", mode)


def executed():
    targets = {"SVC": "0A55", "SSM": "80005000", "STNSM": "ACFF5000", "STOSM": "AD005000", "LPSW": "82005008",
               "LCTL": "B7005018", "STCTL": "B6005000", "LRA": "B1005000", "SSK": "0800", "ISK": "0900", "RRB": "B2135000",
               "SPKA": "B20A5000", "IPK": "B20B0000", "PTLB": "B20D0000", "STAP": "B2125000", "STPX": "B2115000",
               "SPX": "B2105028", "TPROT": "E50150000000", "IPTE": "B2210089", "ISKE": "B2290009", "SSKE": "B22B0009",
               "RRBE": "B22A0009", "TB": "B22C000A", "MVCK": "D90150005010", "MC": "AF005000", "SIO": "9C000FFF",
               "TIO": "9D00000E", "TCH": "9F000000", "STIDC": "B2030000", "HIO": "9E000FFF", "00": "0000",
               "EX": "44005000", "IAC": "B2240000", "B2FF": "B2FF0000", "A": "5A005001", "D": "5D005000",
               "MVC": "D20050005010"}
    for mode, psw in MODES.items():
        for (what, code), (at, modifier) in itertools.product(targets.items(), ((0x5100, 0), (0x5100, 2), (0x57FE, 0), (0x5101, 0))):
            s = Script(f"EX {modifier} of {what} at {at:X} {mode}").control(0, *TRANSLATING).control(3, ALL_KEYS)
            s.control(8, 0xFFFF).fill(DATA, 64).words(DATA + 8, psw, SLOT + 6, *TRANSLATING, *TRANSLATING, *TRANSLATING)
            s.put(at & ~1, code).register(1, 0x10, 0x25, 0x99, 0, DATA).register(7, at, 0x6800, DATA, 0xB800)
            s.fill(0x94, 12, 0xEE).run(f"44{modifier}07000", psw).digest(LEFT, 64).digest(0x94, 12).digest(DATA, 64)


def across_blocks():
    """Instructions, and targets of EXECUTE, the second part of which has another key or is in no page."""
    codes = {"SSM": "8000 5000", "LPSW": "8200 5008", "LRA": "B160 5000", "TIO": "9D00 000E", "TPROT": "E501 5000 0000",
             "MVCK": "D967 5000 5010", "EX": "4400 5040", "B2FF": "B2FF 0000", "00": "0000", "MC": "AF00 5000", "SVC": "0A12"}
    for (mode, psw), (what, code), key in itertools.product(MODES.items(), codes.items(), (0, 0x58, 0x70, 0x78, None)):
        if key is None and not psw & 0x04000000:
            continue
        s = Script(f"{what} across blocks, {'no page' if key is None else f'key {key:02X}'} {mode}").control(0, *TRANSLATING)
        s.control(3, ALL_KEYS).control(8, 0xFFFF).fill(DATA, 96).words(DATA + 8, psw, SLOT + 8)
        s.put(DATA + 0x40, "8000 5000 0A55").put(0x7FFE, code + "0A77").register(5, DATA, 0, 0, 0x7FFE, 0x5000)
        s.put(SLOT + 8, "0A66").fill(0x90, 4, 0xEE).key(0x8000, key or 0)
        s.put(0x6810, "0088" if key is None else "0080").run("07F8", psw).put(0x6810, "0080").key(0x8000, 0).show(0x90, 4)


# ---- Control registers

def control_registers():
    values = [*TRANSLATING] + [0x11111111 * n ^ 0x80000001 for n in range(2, 16)]
    for mode in ("BC", "DAT"):
        for first, last in itertools.product(range(0, 16, 3), range(16)):
            n = (last - first) % 16 + 1
            for at in (DATA, 0x57F8):
                s = Script(f"LCTL {first},{last} at {at:X} {mode}").control(0, *TRANSLATING).register(5, at)
                s.words(at, *[values[(first + i) % 16] for i in range(n)])
                s.run(f"B7{first:X}{last:X} 5000 1700", MODES[mode]).digest(LEFT_CONTROL, 64)
                s = Script(f"STCTL {first},{last} at {at:X} {mode}").control(0, *TRANSLATING, 0xFFFFFFFF, *values[3:9])
                s.control(12, *values[12:]).register(5, at).fill(at, 80, 0xEE)
                s.run(f"B6{first:X}{last:X} 5000 1700", MODES[mode]).digest(at, 80)
        for register, bit in itertools.product((0, 1, 2, 14, 15), range(32)):
            if mode == "BC" or register > 1:
                s = Script(f"LCTL of bit {bit} of {register} {mode}").control(0, *TRANSLATING).register(5, DATA).words(DATA, 1 << bit)
                s.run(f"B7{register:X}{register:X} 5000 1700", MODES[mode]).digest(LEFT_CONTROL, 64)
        for op, keys, at in itertools.product(("B7", "B6"), ((0x50, 0x78), (0x50, 0x70), (0x70, 0x50), (0x78, 0x50)),
                                              (0x57FC, 0x57C4, 0x57FD, 0x5800)):
            s = Script(f"{op} at {at:X} keys {keys[0]:02X} {keys[1]:02X} {mode}").control(0, *TRANSLATING).register(5, at)
            s.fill(0x57A0, 256, 0xAB).words(at & ~3, *TRANSLATING).key(0x5000, keys[0]).key(0x5800, keys[1])
            s.run(f"{op}2B 5000 1700", MODES[mode] | 0x00500000).key(0x5000, 0).key(0x5800, 0).digest(LEFT_CONTROL, 64)
            s.digest(0x57A0, 256)


# ---- Prefix

PREFIX = 0x8000


def set_prefix(name, mode, *more, masks=0):
    """Page 0 is copied to what becomes page 0; `more` runs there."""
    s = Script(name).control(0, TRANSLATING[0] | EMERGENCY, TRANSLATING[1]).control(8, 0x8000).settle(PRINTER).settle(PUNCH)
    s.put(PROGRAM, ccw(3, flags=SLI, count=1)).words(DATA + 0x40, PREFIX, PROGRAM, 0xA000, 0xF00000, 0, 0x7FFFA123)
    s.words(DATA + 0x58, 0).register(3, SLOT, 0, DATA, 0x60, 0, PREFIX, 0x6800).register(12, PREFIX, 4096, 0, 4096)
    s.put(SLOT, "0ECE B2105040" + "".join(more) + "1700 0A77").key(0, 0).key(PREFIX, 0)
    return s.step(2, 0, 0, MODES[mode] | masks, SLOT)


def without_prefix(s):
    s.register(5, DATA).put(SLOT, "B2105058 0A78").step(2, 1, 0, 0, SLOT)
    return s


def prefixed():
    codes = {"nothing": "", "ISK of 0": "0967", "SSK of 0": "0867 0967", "ISK of prefix": "0968", "SSK of prefix": "0868 0968 0967",
             "SVC": "0A12", "operation": "0000", "MC": "AF005123", "STPX": "B2115050", "RRB of 0": "B2137000",
             "RRBE of prefix": "B22A0068", "ISKE of 0": "B2290067", "LRA of 0": "B1607000", "LRA of prefix": "B1608000",
             "TPROT": "E5017000 0000", "MVC": "D2075070 7060", "MVC of prefix": "D2075070 8060",
             "STIDC": "B2030000 D203507000A8", "TIO": "9D00000E", "SIO": "D203 0048 5044 9C00000E D7070040 0040 9D00000E 4770 3016",
             "page translation": "58609000", "data": "FA00 5050 5050", "signal": "AE670003", "another": "B2105048 B2115050 B2105040",
             "beyond storage": "B210504C", "misaligned": "B2105041", "low bits": "B2105054 B2115050 B2105040", "IPTE": "B2210097"}
    for mode, (what, code) in itertools.product(("BC", "EC", "DAT"), codes.items()):
        s = set_prefix(f"prefix, {what} {mode}", mode, code, masks=0x01000000 if what == "signal" else 0)
        s.digest(LEFT, 64)
        for at in (0x18, 0x84, 0x8018, 0x8084):
            s.show(at, 0x18)
        s.show(DATA + 0x50, 4).show(DATA + 0x70, 8)
        without_prefix(s).show(0x18, 0x18).show(0x84, 0x18).show(CSW, 8).settle(PRINTER)
    # Channels know no prefix but for the CSW and CAW.
    for data, program in itertools.product((0x100, 0x8100, DATA), (PROGRAM, 0x180, 0x8180)):
        s = set_prefix(f"prefix, channel program at {program:X}, data at {data:X}", "BC").fill(data, 16, 0xEE)
        s.put(program, ccw(4, data, SLI, 8)).words(CAW, program).run(io(SIO, PUNCH)).gather()
        s.show(0x100, 16).show(0x8100, 16).show(CSW, 8)
        without_prefix(s).show(CSW, 8).show(0x100, 16).show(0x8100, 16).settle(PUNCH)


# ---- Several devices: the one on channel 1 and one of channel 0, so that TCH tells of each

def pairs():
    for name, device in DEVICES.items():
        if device == DISK:
            continue
        for order in ((DISK, device), (device, DISK)):
            for again in (None, *((how, which) for how in (SIO, HIO, TIO) for which in order)):
                if again == (SIO, order[0]) and order[0] != DISK:
                    continue    # on the bare machine the first interruption may come all the same
                for psw in (0xFE020000, 0x020A0000):
                    s = Script(f"{order[0]:03X} and {order[1]:03X} are pending, {again} {psw:08X}").control(2, 0xFFFFFFFF)
                    for d in order:
                        s.settle(d)
                    s.put(PROGRAM, ccw(3, flags=SLI, count=1)).words(CAW, PROGRAM)
                    for d in order:
                        s.run_until_pending(d)
                    if again and again[0] == TIO:
                        s.run(io(*again)).show(CSW, 8)
                    elif again:
                        s.run_until_pending(again[1], again[0])
                    for _ in range(3):
                        s.fill(CSW, 8, 0xEE).wait(psw | 0x01000000, 1000).show(CSW, 8)
                    for d in order:
                        s.settle(d)


def make():
    operation_codes()
    executed()
    across_blocks()
    control_registers()
    prefixed()
    pairs()


if __name__ == "__main__":
    main(make)
