#!/usr/bin/env python3
"""Makes the scripts about a disk: what a channel program may do to a count-key-data track, with
status and sense.

  disk.py CASES.inc NAMES.txt    the table for script_engine.S, and what each case is

Record 0 has the volume's cylinder on a minidisk, so that a search that compares it for more than
equality, or for a part of it, may end otherwise there: such are left out (docs/corrections.md).
"""
import itertools

from script import *  # noqa: F403

ARGUMENTS = 0x4200
TIC, NOP, SENSE_COMMAND, SENSE_ID, RESERVE, UNCONDITIONAL_RESERVE, RELEASE = 8, 3, 4, 0xE4, 0xB4, 0x14, 0x94
SEEK, SEEK_CYLINDER, SEEK_HEAD, RECALIBRATE = 0x07, 0x0B, 0x1B, 0x13
SEARCH_ID, SEARCH_KEY, SEARCH_KEY_HIGH, SEARCH_KEY_HIGH_EQUAL, SEARCH_HOME = 0x31, 0x29, 0x49, 0x69, 0x39
READ_DATA, READ_KEY_DATA, READ_COUNT, READ_ALL, READ_ZERO, READ_HOME, READ_SECTOR = 0x06, 0x0E, 0x12, 0x1E, 0x16, 0x1A, 0x22
WRITE_DATA, WRITE_ALL, WRITE_ZERO = 0x05, 0x1D, 0x15
FILE_MASK, SET_SECTOR, SPACE_COUNT = 0x1F, 0x23, 0x0F
MULTITRACK = 0x80
BUFFER = 0x400              # of DATA, as far as it is looked at
RECORDS = (0, 80), (8, 40), (0, 100), (4, 8), (0, 0), (8, 16)   # lengths of key and data
OTHERS = (0, 20), (8, 12)


def place(cylinder, head):
    return cylinder.to_bytes(2, "big") + head.to_bytes(2, "big")


def count(cylinder, head, record, key, data):
    return place(cylinder, head) + bytes([record, key]) + data.to_bytes(2, "big")


class Program:
    """A channel program; each method adds a CCW, chained to the next."""

    def __init__(self, cylinder=None, head=0):
        self.ccws, self.arguments, self.next_data = [], bytearray(), DATA
        if cylinder is not None:
            self.give(SEEK, bytes(2) + place(cylinder, head))

    def give(self, command, argument, flags=CC):
        """A command with an argument of its own."""
        self.ccws.append([command, ARGUMENTS + len(self.arguments), flags, len(argument)])
        self.arguments += argument + bytes(-len(argument) % 8)
        return self

    def take(self, command, length, flags=CC):
        """One that reads, behind what was read before."""
        self.ccws.append([command, self.next_data, flags, length])
        self.next_data += length + 7 & ~7
        return self

    def do(self, command):
        self.ccws.append([command, DATA, CC | SLI, 1])
        return self

    def jump(self, number):
        self.ccws.append([TIC, PROGRAM + 8 * number, 0, 0])
        return self

    def again(self):
        """TIC *-8"""
        return self.jump(len(self.ccws) - 1)

    def find(self, cylinder, head, record, command=SEARCH_ID):
        return self.give(command, place(cylinder, head) + bytes([record])).again()

    def bytes(self):
        self.ccws[-1][2] &= ~CC
        return b"".join(ccw(*each) for each in self.ccws)

    def case(self, name, show=0):
        s = Script(name).settle(DISK).fill(DATA, BUFFER, 0xEE).put(PROGRAM, self.bytes())
        if self.arguments:
            s.put(ARGUMENTS, bytes(self.arguments))
        s.words(CAW, PROGRAM).fill(CSW, 8, 0xEE).run(io(SIO, DISK)).show(CSW, 8).gather().run(io(TIO, DISK)).show(CSW, 8)
        s.digest(DATA, BUFFER).show(DATA, max(show, 1))
        s.put(SENSE, ccw(SENSE_COMMAND, SENSE + 8, SLI, 24)).fill(SENSE + 8, 32, 0xEE).words(CAW, SENSE).fill(CSW, 8, 0xEE)
        s.run(io(SIO, DISK)).gather().show(SENSE + 8, 24)


def written_track(cylinder, head, records, first):
    p = Program(cylinder, head).give(FILE_MASK, b"\xC0").give(SEARCH_HOME, place(cylinder, head)).again()
    p.give(WRITE_ZERO, count(cylinder, head, 0, 0, 8) + bytes(8))
    for n, (key, data) in enumerate(records):
        p.give(WRITE_ALL, count(cylinder, head, n + 1, key, data) + bytes([first + n] * key)
               + bytes((i + n * 3 + first) & 255 for i in range(data)))
    p.case(f"track {cylinder},{head} is written")


def tracks():
    for head in range(30):
        written_track(2, head, RECORDS if head < 4 else OTHERS, 0x11 + 0x20 * head & 0xFF)
    for cylinder, head in ((0, 0), (3, 0), (3, 1), (7, 0), (7, 29)):
        written_track(cylinder, head, RECORDS, 0x91 + cylinder)


def reads():
    for command, more, n, flags in itertools.product((READ_DATA, READ_KEY_DATA, READ_COUNT, READ_ALL), (0, MULTITRACK),
                                                     (1, 5, 8, 16, 48, 60, 100, 120), (0, SLI)):
        p = Program(2).find(2, 0, 2).take(command | more, n, flags | CC).take(command | more, n, flags | CC)
        p.case(f"read {command | more:02X} of {n}, flags {flags:02X}")
    for command, n in itertools.product((READ_ZERO, READ_HOME, READ_ZERO | MULTITRACK, READ_HOME | MULTITRACK),
                                        (1, 2, 4, 5, 7, 8, 16, 20)):
        for flags in (0, SLI):
            Program(2).take(command, n, flags | CC).case(f"read {command:02X} of {n}, flags {flags:02X}", 16)
        Program(2).find(2, 0, 1).take(command, n, SLI | CC).take(READ_COUNT, 8).case(f"read {command:02X} of {n} in the middle", 16)
    for command, more, head in itertools.product((READ_COUNT, READ_ALL, READ_DATA, READ_KEY_DATA), (0, MULTITRACK), (0, 3, 29)):
        p = Program(2, head)
        for _ in range(9):
            p.take(command | more, 120, SLI | CC)
        p.case(f"nine reads {command | more:02X} from head {head} on")


def searches():
    records = (2, 0, 1), (2, 0, 3), (2, 0, 6), (2, 0, 7), (2, 1, 2), (1, 0, 1), (2, 0, 0), (3, 0, 1)
    keys = b"\x12" * 8, b"\x14" * 4, b"\x16" * 8, b"\x13" * 8, b"\x12" * 4, b"\xFF" * 8, b"\x32" * 8, b"\x12" * 12
    for more in (0, MULTITRACK):
        for record in records:
            Program(2).find(*record, SEARCH_ID | more).take(READ_COUNT, 8).case(f"search {SEARCH_ID | more:02X} for {record}", 8)
        for n, flags in itertools.product((6, 8), (0, SLI)):
            p = Program(2).give(SEARCH_ID | more, (place(2, 0) + bytes([3, 0, 0, 100]))[:n], CC | flags).again()
            p.take(READ_COUNT, 8).case(f"search {SEARCH_ID | more:02X} of {n}, flags {flags:02X}", 8)
        for command, key in itertools.product((SEARCH_KEY, SEARCH_KEY_HIGH, SEARCH_KEY_HIGH_EQUAL), keys):
            n = f"search {command | more:02X} for {key.hex()}"
            Program(2).give(command | more, key, CC | SLI).again().take(READ_DATA, 8, SLI | CC).case(n, 8)
            Program(2).find(2, 0, 1).give(command | more, key).again().take(READ_COUNT, 8, SLI | CC).case(f"{n} behind a record", 8)
        for argument, flags in itertools.product((place(2, 0), place(2, 1), place(2, 0) + b"\0", place(2, 0)[:2]), (CC, CC | SLI)):
            n = f"search {SEARCH_HOME | more:02X} for {argument.hex()}, flags {flags:02X}"
            Program(2).give(SEARCH_HOME | more, argument, flags).do(NOP).take(READ_COUNT, 8, SLI | CC).case(n, 8)
            p = Program(2).give(SEARCH_HOME | more, argument, flags).jump(4).do(NOP).take(READ_COUNT, 8).take(READ_ALL, 20, SLI)
            p.case(f"{n}, TIC", 8)
    for command, record in itertools.product((SEARCH_ID, SEARCH_ID | MULTITRACK, SEARCH_KEY), (1, 9)):
        argument, n = place(2, 0) + bytes([record]), f"search {command:02X} for record {record}"
        Program(2).give(command, argument, CC | SLI).do(NOP).take(READ_COUNT, 8).take(READ_COUNT, 8).case(f"{n} without TIC", 16)
        Program(2).give(command, argument).case(f"{n} is the last", 16)
    for command, flags in itertools.product((SEARCH_ID, SEARCH_KEY, SEARCH_KEY_HIGH_EQUAL, SEARCH_HOME), (0, SLI)):
        for record in (0, 2):
            argument = b"\x12" * 8 if command & 0x18 == 8 else place(2, 0) + bytes([record])
            p = Program(2).find(2, 0, 1) if record else Program(2).do(NOP)
            p.give(command, argument, flags).case(f"search {command:02X} for record {record} is successful and the last, flags {flags:02X}")


def seeks():
    arguments = ("000000020000", "00000002001E", "00000002001D", "000000070000", "000100020000", "010000020000", "0000FFFF0000",
                 "000000020100", "0000000200010000", "0000000200", "00000002", "00")
    for command, argument, flags in itertools.product((SEEK, SEEK_CYLINDER, SEEK_HEAD), arguments, (0, SLI)):
        n = f"seek {command:02X} to {argument}, flags {flags:02X}"
        Program().give(command, bytes.fromhex(argument), flags | CC).case(n)
        Program().give(command, bytes.fromhex(argument), flags | CC).take(READ_HOME, 5).take(READ_COUNT, 8).case(f"{n}, and read", 16)
    Program().do(RECALIBRATE).take(READ_HOME, 5).case("recalibrate", 8)
    Program(2).give(RECALIBRATE, b"\0").take(READ_HOME, 5).case("recalibrate with a wrong length", 8)
    # Where the arm stays.
    Program(2, 3).do(NOP).case("the arm is moved")
    Program().take(READ_HOME, 5).take(READ_COUNT, 8).case("where it stands", 16)
    Program(2, 1).give(SEARCH_ID | MULTITRACK, place(2, 5) + b"\1").again().case("the arm is moved by a search")
    Program().take(READ_HOME, 5).take(READ_COUNT, 8).case("where it stands then", 16)


def file_masks():
    moves = {"seek": lambda p: p.give(SEEK, bytes(2) + place(2, 1)), "seek cylinder": lambda p: p.give(SEEK_CYLINDER, bytes(2) + place(3, 0)),
             "seek head": lambda p: p.give(SEEK_HEAD, bytes(2) + place(2, 1)),
             "multitrack": lambda p: p.find(2, 0, 6).take(READ_COUNT | MULTITRACK, 8), "mask": lambda p: p.give(FILE_MASK, b"\0")}
    writes = {"write data": lambda p: p.find(2, 0, 1).give(WRITE_DATA, bytes(range(80))),
              "write count": lambda p: p.find(2, 0, 5).give(WRITE_ALL, count(2, 0, 6, 8, 16) + bytes(24)),
              "write record 0": lambda p: p.give(SEARCH_HOME, place(2, 0)).again().give(WRITE_ZERO, count(2, 0, 0, 0, 8) + bytes(8))}
    for masks, commands in (((0, 1, 8, 0x10, 0x18, 0x20, 0xFF), moves), ((0, 0x40, 0x80), writes), ((0xC0,), moves)):
        for mask, (what, command) in itertools.product(masks, commands.items()):
            command(Program(2).give(FILE_MASK, bytes([mask]))).take(READ_HOME, 5).case(f"mask {mask:02X}, {what}", 8)
    for n, flags in itertools.product((1, 2, 3), (0, SLI)):
        Program(2).give(FILE_MASK, bytes([0x18] * n), flags | CC).take(READ_HOME, 5).case(f"mask of {n}, flags {flags:02X}")


def others():
    for sector in (0, 1, 50, 127, 128, 200, 255):
        Program(2).give(SET_SECTOR, bytes([sector])).take(READ_COUNT, 8, SLI | CC).take(READ_SECTOR, 1).case(f"sector {sector}", 16)
    for n in (1, 3, 4):
        Program(2).give(SPACE_COUNT, bytes(n)).take(READ_COUNT, 8).take(READ_DATA, 20, SLI).case(f"space count of {n}", 16)
    for command, n, flags in itertools.product((RESERVE, UNCONDITIONAL_RESERVE, RELEASE, SENSE_ID), (1, 7, 24, 30), (0, SLI)):
        name = f"{command:02X} of {n}, flags {flags:02X}"
        Program().take(command, n, flags).case(name, 24)
        Program().take(command, n, flags | CC).give(SEEK, bytes(2) + place(2, 0)).take(READ_COUNT, 8).case(f"{name} before others", 24)
        Program(2).take(command, n, flags | CC).do(NOP).case(f"{name} among others", 24)
    for at, n in itertools.product(((0, 0), (2, 3), (2, 17), (7, 29)), (4, 5, 6, 7, 8, 24)):
        p = Program(*at).take(SENSE_COMMAND, n, SLI | CC).give(SEEK, bytes(2) + place(3, 1)).take(SENSE_COMMAND, 24)
        p.case(f"sense of {n} at {at}", 56)


def make():
    tracks()
    reads()
    searches()
    seeks()
    file_masks()
    others()
    Program(0).do(NOP).case("the arm is where the other decks find it")


if __name__ == "__main__":
    main(make)
