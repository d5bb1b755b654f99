#!/usr/bin/env python3
"""Makes the scripts about translation: all sizes, lengths and bits of the tables, and what lies
at the ends of segments and address spaces.

  translation.py CASES.inc NAMES.txt    the table for script_engine.S, and what each case is
"""

from script import *  # noqa: F403

PAGES = 0x6800
ENGINE = 0x30000         # and the scripts behind it

SEGMENT_TABLE, TABLES, SPARE = 0x10000, 0x11000, 0x18000


def address_space(large, long, segment_length=0x0F, page_lengths=(15, 15, 15), bad_segments=(), bad_pages=(), wrap=False):
    """Tables for one of the four formats, at SEGMENT_TABLE and from TABLES on: segment 0 is itself, segments 1 and 2
    are segment 0 again, the last one ends in SPARE and is followed by segment 0. The words for CR0 and CR1, and the data."""
    page = 4096 if large else 2048
    segment = 0x100000 if long else 0x10000
    cr0 = (0x00800000 if large else 0x00400000) | (0x00100000 if long else 0)
    pages = segment // page

    def entry(address):
        return (address >> 8) & 0xFFF0 if large else (address >> 8) & 0xFFF8

    table = b"".join(entry(n * page % 0x100000).to_bytes(2, "big") for n in range(pages))
    last = bytearray(table)
    last[-2:] = entry(SPARE).to_bytes(2, "big")
    for n, bits in bad_pages:
        place = n * 2
        table = table[:place] + (int.from_bytes(table[place:place + 2], "big") | bits).to_bytes(2, "big") + table[place + 2:]
    count = 16 if long else 256
    segments = [1] * count
    for n in range(3):
        segments[n] = page_lengths[n] << 28 | TABLES
    segments[count - 1] = 0xF0000000 | TABLES + 0x800
    for n, bits in bad_segments:
        segments[n] |= bits
    data = b"".join(s.to_bytes(4, "big") for s in segments)
    return cr0, segment_length << 24 | SEGMENT_TABLE, data, table, bytes(last)


def install(s, space):
    cr0, cr1, segments, table, last = space
    return s.put(SEGMENT_TABLE, segments).put(TABLES, table).put(TABLES + 0x800, last).control(0, cr0, cr1)


FORMATS = [(large, long) for large in (True, False) for long in (False, True)]


def installed_once(name, space):
    """The tables stay there for the scripts that follow."""
    install(Script(f"tables {name}"), space).show(CAW, 1)
    return space[0], space[1]


def translations():
    accesses = {"LRA": "B180 5000", "L": "5880 5000", "ST": "5080 5000", "MVC": "D200 5000 6000", "EX": "4400 5000",
                "branch": "07F5", "LCTL": "B722 5000", "STCTL": "B622 5000", "STNSM": "ACFF 5000", "SSM": "8000 5000",
                "TPROT": "E501 5000 0000", "LPSW": "8200 5000", "IVSK": "B223 0085"}
    for large, long in FORMATS:
        page, segment = (4096 if large else 2048), (0x100000 if long else 0x10000)
        sizes = f"{page >> 10}K-{segment >> 10}K"
        unit = max(segment // 16, page)
        for lengths in ((15, 0, 1), (15, 7, 14), (0, 15, 15)):
            cr0, cr1 = installed_once(f"{sizes} {lengths}", address_space(large, long, page_lengths=lengths))
            for n in (0, 1, 2):
                for at in (0, unit - 4, unit, 2 * unit - 2, 2 * unit, 8 * unit - 4, 8 * unit, 15 * unit, segment - 4):
                    for access in ("LRA", "L", "ST", "EX", "STCTL", "TPROT"):
                        if lengths[0] == 0 and access != "LRA":
                            continue    # the code must be reached
                        if access in ("ST", "EX", "STCTL") and at + 8 > ENGINE:
                            continue
                        address = n * segment + at
                        s = Script(f"{sizes} lengths {lengths}: {access} {address:X}").control(0, cr0, cr1)
                        s.register(5, address).register(8, 0x88888888)
                        if access in ("LRA",):
                            s.run(accesses[access], EC).show(LEFT + 32, 4)
                        if lengths[0] != 0:
                            s.run(accesses[access], DAT).show(LEFT + 32, 4).show(0x90, 4)
        # Segment table's length, and addresses above all of it.
        for length in (0, 1, 3, 15, 254, 255):
            cr0, cr1 = installed_once(f"{sizes} {length}", address_space(large, long, segment_length=length))
            for address in (0, 0x0F0000, 0x100000, 0x1F0000, 0x200000, 0x3FF000, 0x400000, 0xFF0000, 0xFFFFFC, 0xFFFFFE, 0xFFFFFF):
                for access in ("LRA", "L", "TPROT"):
                    s = Script(f"{sizes} segment table {length}: {access} {address:X}").control(0, cr0, cr1)
                    s.register(5, address).register(8, 0x88888888)
                    s.run(accesses[access], DAT).show(LEFT + 32, 4).show(0x90, 4)
        # Bits of the entries.
        for bit in (*range(17), *range(21, 32)):        # the others lead to the engine, or out of storage
            cr0, cr1 = installed_once(f"{sizes} segment bit {bit}", address_space(large, long, bad_segments=((1, 1 << bit),)))
            for access in ("LRA", "L", "ST", "branch", "L, STNSM", "L, STCTL"):
                if long and bit in range(6, 11) and access not in ("LRA", "L"):
                    continue    # it would be in the engine
                s = Script(f"{sizes} segment entry's bit {31 - bit}: {access}").control(0, cr0, cr1)
                s.register(5, segment + 0x5000).register(8, 0x88888888)
                code = " ".join(accesses[one] for one in access.split(", "))
                s.run(code, DAT).show(LEFT + 32, 4).show(0x90, 4)
        for bit in (*range(10), *range(13, 16)):      # nor where only one machine has storage
            number = 0x7000 // page
            cr0, cr1 = installed_once(f"{sizes} page bit {bit}", address_space(large, long, bad_pages=((number, 1 << bit),)))
            for access in accesses:
                s = Script(f"{sizes} page entry's bit {15 - bit}: {access}").control(0, cr0, cr1)
                s.register(5, 0x7000, DATA).register(8, 0x88888888).words(0x7000, 0x04080000, SLOT + 4)
                s.run(accesses[access], DAT).show(LEFT + 32, 4).show(0x90, 4)
            # Operands that begin in the page before.
            for access in ("L", "ST", "STCTL", "LCTL", "EX", "MVC"):
                s = Script(f"{sizes} page entry's bit {15 - bit}: {access} into it").control(0, cr0, cr1)
                s.put(0x6FF0, bytes(16)).register(5, 0x6FFE if access in ("L", "ST", "EX") else 0x6FFC, DATA)
                code = {"STCTL": "B623 5000", "LCTL": "B723 5000", "MVC": "D207 5000 6000"}.get(access, accesses[access])
                if access == "EX":
                    s.put(0x6FFE, "D200")
                s.run(code, DAT).show(LEFT + 32, 4).show(0x90, 4)
        # Instructions that end in a page elsewhere.
        for boundary in (0x5800, 0x7000):
            if boundary % page != 0:
                continue
            cr0, cr1, segments, table, last = address_space(large, long)
            at = boundary // page * 2
            space = cr0, cr1, segments, table[:at] + last[-2:] + table[at + 2:], last
            cr0, cr1 = installed_once(f"{sizes} {boundary:X} elsewhere", space)
            for what, first, second in (("SPKA", "B20A", "0050"), ("SSM", "8000", "5000"), ("STNSM", "AC04", "5004"),
                                        ("STOSM", "AD00", "5004"), ("LCTL", "B722", "5008"), ("STCTL", "B622", "500C"),
                                        ("LPSW", "8200", "5010"), ("TIO", "9D00", "000E")):
                s = Script(f"{sizes} {what} across {boundary:X}, which is elsewhere").control(0, cr0, cr1)
                s.register(5, DATA, DATA + 64).fill(DATA, 128, 0xEE).words(DATA, 0x04000000, 0, 0x22222222)
                s.words(DATA + 16, DAT, 0x3000).words(DATA + 80, DAT, 0x3002).put(0x3000, "0A88 0A99")
                s.put(boundary - 2, first + "6030 0A66").put(SPARE, second + "0A77").fill(LEFT, 64)
                s.step(2, 0, 0, DAT, boundary - 2).show(DATA, 128).show(LEFT_CONTROL + 8, 4)
        # Around the end of the address space, and instructions there.
        cr0, cr1 = installed_once(f"{sizes} wrapping", address_space(large, long, segment_length=255 if not long else 15))
        end = SPARE + page
        for what, code in (("L", "5880 5000"), ("ST", "5080 5000"), ("LM", "988B 5000"), ("STM", "908B 5000"),
                           ("LCTL", "B723 5000"), ("STCTL", "B623 5000"), ("MVC", "D207 5000 6000"), ("MVC from", "D207 6000 5000"),
                           ("LA", "4185 6FFF"), ("L indexed", "5885 7000"), ("STCK", "B205 5000"), ("LRA", "B185 7000")):
            for address in (0xFFFFF8, 0xFFFFFC, 0xFFFFFE):
                s = Script(f"{sizes} {what} at {address:X}").control(0, cr0, cr1).put(end - 16, bytes(range(16)))
                s.register(5, address, DATA, 0x01000000 + DATA).register(8, 0x88888888, 0x99999999, 0xAAAAAAAA, 0xBBBBBBBB)
                s.run(code, DAT).show(LEFT + 32, 4).show(end - 16, 8).show(0x90, 4).put(0, "00000000 00030180")
        for code, at in (("0700", 0xFFFFFE), ("4700 0000", 0xFFFFFE), ("0A55", 0xFFFFFE), ("8000 5000", 0xFFFFFE),
                         ("8000 5000", 0xFFFFFC), ("0000", 0xFFFFFE), ("B20B 0000", 0xFFFFFC), ("4400 5002", 0xFFFFFC)):
            s = Script(f"{sizes} instruction {code} at {at:X}").control(0, cr0, cr1).register(5, DATA)
            both = bytes.fromhex(code.replace(" ", ""))
            s.put(end - (0x1000000 - at), both[:0x1000000 - at]).put(0, both[0x1000000 - at:] + bytes.fromhex("0A66"))
            s.put(DATA, "0404 0700").step(2, 0, 0, DAT, at).show(0x84, 16).put(0, "00000000 00030180")


def translation_controls():
    """Control registers 0 and 1 that cannot be used, and where that is seen."""
    for format_bits in range(32):
        cr0 = format_bits << 19
        for mode in (EC, DAT):
            for code in ("0700", "B180 5000", "B221 0098", "E501 5000 0000"):
                if code == "0700" and mode == EC:
                    continue
                s = Script(f"CR0 {cr0:08X}: {code} {mode:08X}").control(0, cr0, 0x6000).register(5, DATA).register(9, PAGES)
                s.run(code, mode).show(0x84, 16)
        # (While it translates, the machine at hand goes on by what it has looked up.)
        s = Script(f"CR0 {cr0:08X} loaded before translating").control(0, *TRANSLATING).words(DATA, cr0).register(5, DATA)
        s.run("B700 5000 B20D 0000 AD04 5010 5880 5000", EC).show(0x84, 16)
    for cr1 in (0x00FFFFC0, 0x00F00000, 0x00200000, 0x00006001, 0x0000603F, 0xFF006000, 0x0F006000, 0x01006000):
        for code in ("0700", "B180 5000", "5880 5000"):
            s = Script(f"CR1 {cr1:08X}: {code}").control(0, 0x00800000, cr1).register(5, DATA)
            s.run(code, DAT).show(0x84, 16)
        s = Script(f"CR1 {cr1:08X} loaded while translating").control(0, *TRANSLATING).words(DATA, cr1).register(5, DATA)
        s.run("B711 5000 B20D 0000 5880 5000", DAT).show(0x84, 16)
    # What is valid after it was not, and the other way round.
    for purge in ("B20D 0000", "B221 0098"):
        s = Script(f"page made valid, {purge}").control(0, *TRANSLATING).register(5, 0x9000, PAGES + 18, DATA).register(9, PAGES)
        s.put(DATA, "0090 0098").run("D201 6000 7000 5880 5000 D201 6000 7002 B221 0095 5880 5000", DAT)
        s.show(0x84, 16).show(PAGES + 18, 2).put(PAGES + 18, "0098")
    # An instruction changes the tables or registers that it is translated by itself.
    for code in ("B711 5000", "B700 5008", "ACFB 5010", "8000 500C", "8200 5018", "D203 7000 5010", "B221 00A9"):
        s = Script(f"{code} turns its own translation off or over").control(0, *TRANSLATING).words(DATA, 0x00F00000, 0)
        s.words(DATA + 8, 0x00900000, 0, 0, 0).words(DATA + 24, EC, SLOT + 4).register(5, DATA, 0, 0x6000)
        s.register(9, 0x3000, PAGES).run(code, DAT).show(0x84, 16)
        install(s, (0, 0, bytes(0), bytes(0), bytes(0))).put(PAGES + 6, "0030").words(0x6000, 0xF0006800)


def make():
    translations()
    translation_controls()


if __name__ == "__main__":
    main(make)
