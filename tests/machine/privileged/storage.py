#!/usr/bin/env python3
"""Makes the scripts about storage: reference and change bits, low-address protection, and
instructions of two pages.

  storage.py CASES.inc NAMES.txt    the table for script_engine.S, and what each case is
"""

from script import *  # noqa: F403

PAGES = 0x6800


# ---- Reference and change bits

def marks():
    """What sets the reference and change bits of a block: read behind the instruction."""
    operands = {
        "SSM": "8000 5000", "LPSW": "8200 5008", "STNSM": "ACFF 5000", "STOSM": "AD00 5000", "LCTL": "B722 5000",
        "STCTL": "B622 5000", "LCTL across": "B723 57FC", "STCTL across": "B623 57FC", "SCKC": "B206 5000",
        "STCKC": "B207 5000", "SPT": "B208 5000", "STPT": "B209 5000", "STAP": "B212 5000", "STPX": "B211 5000",
        "STIDP": "B202 5000", "STCK": "B205 5000", "LRA": "B180 5000", "TPROT": "E501 5000 0000", "TB": "B22C 0005",
        "IPTE": "B221 0098", "ISK": "0985", "RRB": "B213 5000", "ISKE": "B229 0085", "SSKE": "B22B 0015",
        "RRBE": "B22A 0085", "IVSK": "B223 0085", "MVCK same": "D9AB 5000 5010", "TS": "9300 5000", "L": "5880 5000",
        "ST": "5080 5000", "MVC": "D207 5000 5010", "CLI": "9500 5000", "MVI": "9200 5000", "NI": "94FF 5000",
        "CS": "BA89 5000", "LM across": "9889 57FC", "STM across": "9089 57FC", "MVC across": "D207 57FC 5010",
        "LA": "4180 5000", "EX": "4400 5018", "EX of SSM": "4400 5020", "EX of STNSM": "4400 5024", "EX of LCTL": "4400 5028",
        "EX across": "4400 57FE", "MVCL": "0E8A", "STNSM across nothing": "ACFF 5800", "SSM misaligned LPSW": "8200 5004",
        "LCTL misaligned": "B722 5001", "STCTL misaligned": "B622 5001", "LPSW invalid": "8200 5030", "NOP": "0700",
        "TIO": "9D00 0191", "TIO nowhere": "9D00 0FFF", "STIDC": "B203 0000", "HIO": "9E00 0191", "TCH": "9F00 0000",
        "SIGP": "AE85 0001", "PTLB": "B20D 0000", "IPK": "B20B 0000", "SPKA": "B20A 0000", "MC": "AF00 0000",
        "SPX": "B210 5038",
    }
    for mode in (EC, DAT, 0x00580000, 0x04580000):
        for name, code in operands.items():
            for block, key in ((DATA, 0), (DATA + 0x800, 0), (0x6000, 0), (0x6800, 0), (DATA, 0x50), (DATA, 0x70),
                               (DATA, 0x78), (DATA + 0x800, 0x78)):
                # Whether an operand refers to the tables hangs on what the machine has looked up before.
                if block >= 0x6000 and name not in ("TIO", "TIO nowhere", "STIDC", "HIO", "SIGP", "MC"):
                    continue
                s = Script(f"marks of {block:X} key {key:02X} after {name} {mode:08X}").control(0, *TRANSLATING)
                s.control(2, 0xFFFFFFFF).settle(DISK).put(DATA + 0x7F8, "00000000 FFFF0700").put(DATA + 0x800, "00000000")
                s.words(DATA, 0xFFFFFFFF, 0x7FFFFFFF, mode, SLOT + 2 + len(code.replace(" ", "")) // 2)
                s.put(DATA, bytes([mode >> 24])).put(DATA + 0x18, "0700 0000").put(DATA + 0x20, "8000 5000 ACFF 5000 B722 5000")
                s.words(DATA + 0x30, 0x000800FF, 0x01000000, 0).register(1, key, block, 0x33333333, 0, DATA)
                s.register(8, 0x88888888, PAGES, DATA + 0x10, 0x50, DATA + 0x800, 4).key(DATA, 0).key(DATA + 0x800, 0)
                if name == "MVCL":
                    s.register(8, DATA, 4, DATA + 0x800, 4)
                s.words(PROGRAM_NEW, mode & 0x000F0000, HANDLER).put(HANDLER, "0932 0AEE")
                s.words(SVC_NEW, 0, 0x30080)
                # In a page of its own, so that translation of the operand is seen.
                s.run("0812" + code + "0932", mode).show(LEFT + 12, 4).show(LEFT + 4, 4).key(block, 0)
    # The low locations that interruptions store into.
    for mode in (EC, DAT):
        for what, code in (("SVC", "0A12"), ("operation", "0000"), ("emergency signal", "AE84 0003 1788"), ("restart", "AE84 0006"),
                           ("I/O", io(SIO, PRINTER) + io(TCH, PRINTER) + "4780 3006 8000 5000"),
                           ("SIO", io(SIO, PRINTER)), ("TIO until idle", io(SIO, PRINTER) + io(TIO, PRINTER) + "4770 3006"),
                           ("MC", "AF00 0000"), ("page translation", "5880 9000")):
            for block in (0, 0x1000, PROGRAM, DATA):
                if block == 0 and what in ("SIO", "TIO until idle"):
                    continue    # the interval timer marks it too, now and then
                s = Script(f"marks of {block:X} after {what} {mode:08X}").control(0, TRANSLATING[0] | EMERGENCY, TRANSLATING[1])
                s.settle(PRINTER).put(PROGRAM, ccw(3, flags=SLI, count=1)).words(CAW, PROGRAM).register(3, SLOT)
                for at in (EXTERNAL_NEW, SVC_NEW, PROGRAM_NEW, IO_NEW, RESTART_NEW):
                    s.words(at, 0, HANDLER)
                s.put(HANDLER, "0972 D207 0060 5008 0AEE").words(DATA + 8, 0, 0x30080).register(1, 0, block, SLOT, 0, DATA)
                s.register(7, 0x77777777).control(8, 0xFFFF).control(2, 0xFFFFFFFF)
                s.put(DATA, bytes([0xFE if mode == BC else 0x02 | mode >> 24]))
                s.put(SLOT, "0812" + code + "0A44").step(2, 1, 0, mode | (0x01000000 if "signal" in what else 0), SLOT)
                s.show(LEFT + 28, 4).settle(PRINTER)
    # What channels move.
    for device, commands in ((PRINTER, (0x09, 0x01, 0x03)), (PUNCH, (0x01,)), (READER, (0x02,)), (DISK, (0x07, 0x04, 0x03)),
                             (CONSOLE, (0x09,))):
        for command in commands:
            for flags in (SLI, SLI | SKIP, SLI | IDA):
                if flags & IDA and command == 0x07:
                    continue
                for count in (6, 0x400):
                    if device == CONSOLE and count > 6:
                        continue
                    s = Script(f"marks of {device:03X} command {command:02X} flags {flags:02X} count {count}")
                    s.settle(device).words(PROGRAM + 0x800, 0x57FC, 0x5800, 0x6000).fill(0x57E0, 0x500, 0x40)
                    at = PROGRAM + 0x800 if flags & IDA else 0x57FC
                    s.fill(0x57FC, 6).put(PROGRAM, ccw(command, at, flags, count)).words(CAW, PROGRAM)
                    for block in (0x5000, 0x5800, PROGRAM, PROGRAM + 0x800):
                        s.key(block, 0)
                    s.run(io(SIO, device)).gather()
                    for block in (0x5000, 0x5800, PROGRAM, PROGRAM + 0x800):
                        s.show_key(block)
                    if device == PRINTER:
                        s.put(PROGRAM, ccw(0x0B, flags=SLI, count=1)).words(CAW, PROGRAM).step(2, 0, 0, 0, SLOT).settle(device)


def low_addresses():
    """Low-address protection: by logical address, and not of what the machine itself stores."""
    on = 0x10000000
    for mode in (BC, EC, DAT, 0x00580000):
        for code in ("9201 5000", "D203 5000 6000", "9089 5000", "B608 5000", "ACFF 5000", "B205 5000", "B207 5000",
                     "B209 5000", "B202 5000", "B212 5000", "B211 5000", "9300 5000", "0E68", "B22C 0005", "E501 5000 0000",
                     "0815", "B213 5000", "9180 5000", "5880 5000", "D201 6000 5000", "4400 7000"):
            for address in (0, 0x100, 0x1F8, 0x1FC, 0x1FF, 0x220, 0x5000):
                if address not in (0x100, 0x1F8, 0x1FF, 0x220, 0x5000) and not code.startswith(("9", "D", "B60")):
                    continue
                s = Script(f"low-address protection: {code} at {address:X} {mode:08X}")
                s.control(0, TRANSLATING[0] | on, TRANSLATING[1]).register(5, address, DATA + 32, DATA + 64)
                s.put(DATA + 64, "ACFF 5000").put(DATA, bytes(16))
                if code == "0E68":
                    s.register(6, address, 4, DATA, 4)
                s.run(code, mode).show(0x1F8, 8).show(LEFT + 24, 8)
    # Page 5 is page 0, and page 0 is page 5.
    tables = b"".join((n ^ 5 if n in (0, 5) else n).to_bytes(2, "big")[1:] + b"\0" for n in range(16))
    for address in (0x100, 0x5100):
        s = Script(f"low-address protection of logical {address:X}").control(0, TRANSLATING[0] | on, 0x00010040)
        page_table = b"".join((((5 - n) if n in (0, 5) else n) << 4).to_bytes(2, "big") for n in range(16))
        s.put(0x10080, page_table).words(0x10040, 0xF0010080).register(5, address)
        s.run("92AA 5000", DAT).show(0x100, 1).show(DATA + 0x100, 1)
    for device in (READER, CONSOLE, PRINTER):
        s = Script(f"low-address protection and the channel {device:03X}").settle(device).control(0, on)
        s.put(PROGRAM, ccw(4, 0x1F0, SLI, 1)).words(CAW, PROGRAM).fill(0x1F0, 4, 0xEE)
        s.run(io(SIO, device)).gather().show(0x1F0, 2)


def execution():
    """EXECUTE and instructions of two pages."""
    for mode in (BC, EC, DAT, 0x00090000, 0x04090000):
        for at in (0x8FFE, 0x8FFC, 0x8FFA):
            for code in ("5880 5000", "8000 5000", "ACFF 5000", "D203 5000 6000", "E501 5000 6000", "B20B 0000", "AE85 0001",
                         "4400 5010", "0700 0700", "0A11 0A12", "B180 5000", "D9AB 5000 6000"):
                both = bytes.fromhex(code.replace(" ", ""))[:0x9000 - at]
                for how in ("branch", "EX"):
                    s = Script(f"{how} to {code} at {at:X} {mode:08X}").control(0, *TRANSLATING).put(at, both)
                    s.register(5, DATA, DATA + 32, at).put(DATA + 16, "0700 0700").register(10, 3, 0)
                    s.put(DATA, bytes([mode >> 24])).run("07F7" if how == "branch" else "4400 7000", mode).show(0x84, 16)
        for code in ("8000 5000", "0A00", "B20A 0000", "AE80 0001", "B180 5000", "D200 5000 6000", "4400 5020", "0815", "0000",
                     "B6FF 5000", "AF00 0000", "B202 5000", "9C00 0FFF", "ACFF 5000", "1D24", "FA00 5000 5000"):
            for target in (DATA + 16, DATA + 17, 0xF00000, 0x9000, 0x20000, 0xB000):
                for r1 in (0, 9):
                    s = Script(f"EX R{r1} {code} at {target:X} {mode:08X}").control(0, *TRANSLATING).register(5, DATA, DATA + 32, target)
                    s.register(9, 0x0000000F).put(DATA + 16, code).put(DATA, bytes([mode >> 24]))
                    s.run(f"44{r1:X}0 7000", mode).show(0x84, 16)


def make():
    marks()
    low_addresses()
    execution()


if __name__ == "__main__":
    main(make)
