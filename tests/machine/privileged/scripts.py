#!/usr/bin/env python3
"""Makes the scripts of the privileged conformance program: what takes more than one
instruction to see, such as interruptions, clocks and input/output.

  scripts.py SCRIPTS.inc NAMES.txt    the table for script_engine.S, and what each case is
"""

from script import *  # noqa: F403


def channel_checks(name, device, command):
    """Channel programs that no device is needed to refuse."""
    good = ccw(command, flags=SLI)
    for caw in (PROGRAM + 4, PROGRAM + 1, 0xF00000, 0xFFFFF8, PROGRAM | 0x01000000, PROGRAM | 0x0F000000,
                PROGRAM | 0x50000000):
        channel_program(f"{name} CAW {caw:08X}", device, good, caw=caw)
    channel_program(f"{name} first is TIC", device, ccw(8, PROGRAM + 8), good)
    channel_program(f"{name} first is TIC to nowhere", device, ccw(8, 0xF00000), good)
    channel_program(f"{name} command 0", device, ccw(0, flags=SLI))
    channel_program(f"{name} command 10", device, ccw(0x10, flags=SLI))
    channel_program(f"{name} command F0", device, ccw(0xF0, flags=SLI))
    channel_program(f"{name} NOP", device, ccw(3, flags=SLI, count=1))
    channel_program(f"{name} NOP count 0", device, ccw(3, flags=SLI, count=0))
    channel_program(f"{name} NOP without SLI", device, ccw(3, flags=0, count=1))
    channel_program(f"{name} NOP beyond storage", device, ccw(3, 0xF00000, flags=SLI, count=1))
    channel_program(f"{name} NOP PCI", device, ccw(3, flags=SLI | PCI, count=1))
    channel_program(f"{name} NOP chained", device, ccw(3, flags=SLI | CC, count=1), ccw(3, flags=SLI, count=1))
    channel_program(f"{name} NOP bad flag", device, ccw(3, flags=SLI | 1, count=1))
    channel_program(f"{name} NOP fifth byte", device, ccw(3, flags=SLI, count=1, fifth=0xFF))
    channel_program(f"{name} NOP by SIOF", device, ccw(3, flags=SLI, count=1), instruction=SIOF)
    channel_program(f"{name} NOP TIC NOP", device, ccw(3, flags=SLI | CC, count=1), ccw(8, PROGRAM + 24), ccw(0),
                    ccw(3, flags=SLI, count=1))
    channel_program(f"{name} NOP TIC TIC", device, ccw(3, flags=SLI | CC, count=1), ccw(8, PROGRAM + 24), ccw(0),
                    ccw(8, PROGRAM + 8))
    channel_program(f"{name} NOP TIC beyond storage", device, ccw(3, flags=SLI | CC, count=1), ccw(8, 0xF00000))
    channel_program(f"{name} NOP TIC misaligned", device, ccw(3, flags=SLI | CC, count=1), ccw(8, PROGRAM + 20))
    channel_program(f"{name} NOP TIC with flags", device, ccw(3, flags=SLI | CC, count=1),
                    ccw(0xF8, PROGRAM + 24, 0xFF, 0), ccw(0), ccw(3, flags=SLI, count=1))
    channel_program(f"{name} NOP chained to count 0", device, ccw(3, flags=SLI | CC, count=1),
                    ccw(3, flags=SLI, count=0))
    channel_program(f"{name} NOP chained to command 0", device, ccw(3, flags=SLI | CC, count=1),
                    ccw(0, flags=SLI))
    channel_program(f"{name} NOP data chained", device, ccw(3, flags=CD, count=1), ccw(3, flags=SLI, count=1))
    for command in (0x05, 0x0D, 0x0F, 0x14, 0x1B, 0x23, 0x33, 0x7F, 0x80, 0x0C):
        channel_program(f"{name} command {command:02X}", device, ccw(command, flags=SLI, count=1))
    for count in (1, 2, 24, 40):
        channel_program(f"{name} sense {count}", device, ccw(4, count=count))
        channel_program(f"{name} sense {count} SLI", device, ccw(4, count=count, flags=SLI))
    channel_program(f"{name} sense after a rejected command", device, ccw(0x7F, flags=SLI | CC, count=1),
                    ccw(4, count=1, flags=SLI))
    if device not in (READER, PUNCH):   # of other types
        channel_program(f"{name} sense id", device, ccw(0xE4, count=7, flags=SLI))


def commands():
    """Which commands each device has."""
    for name, device in (("printer", PRINTER), ("punch", PUNCH), ("reader", READER), ("console", CONSOLE)):
        for command in range(256):
            # Skips: the carriage tapes of the two differ. 63: so do the buffers for their images.
            if command == 0xE4 and device in (READER, PUNCH):   # of other types
                continue
            if device == PRINTER and (command & 0x87 in (0x83, 0x81, 0x82) or command == 0x63):
                continue
            if command & 0x0F in (0, 8) or (device == CONSOLE and command in (0x02, 0x0A, 0x0E)):
                continue
            s = Script(f"{name} has {command:02X}")
            s.settle(device).put(PROGRAM, ccw(command, count=1, flags=SLI) + ccw(4, SENSE, flags=SLI, count=1))
            s.words(CAW, PROGRAM).run(io(SIO, device)).gather()
            s.words(CAW, PROGRAM + 8).fill(SENSE, 4, 0xEE).run(io(SIO, device)).gather().show(SENSE, 1)
            if command not in (0x02, 0xF3, 0xFB):       # what is too long for it
                s.put(PROGRAM, ccw(command, count=40 if device == CONSOLE else 200)).words(CAW, PROGRAM).run(io(SIO, device)).gather()
            if device == PRINTER:
                s.put(PROGRAM, ccw(0x0B, flags=SLI, count=1)).words(CAW, PROGRAM).step(2, 0, 0, 0, SLOT)
                s.settle(device)


def instructions():
    """Each I/O instruction to each kind of address, in both PSW modes."""
    nowhere = (0x0FF, 0x2FF, 0x500, 0xF00, 0xFFF, 0x1000, 0x100C, 0xFFFF, 0x190F)
    for psw, mode in ((0, "BC"), (0x00080000, "EC"), (0x00580000, "EC-KEY5"), (0x00090000, "EC-PROB"), (0x00010000, "BC-PROB")):
        for op in (SIO, SIOF, TIO, CLRIO, HIO, HDV, TCH, "9C02", "9C03", "9D02", "9E02", "9F01", "9CFF"):
            for device in (READER, PUNCH, PRINTER, CONSOLE, DISK) + nowhere:
                s = Script(f"{op} {device:04X} {mode}")
                s.settle(device & 0xFFF).put(PROGRAM, ccw(3, flags=SLI, count=1)).words(CAW, PROGRAM)
                s.fill(CSW, 8, 0xEE).register(1, device).run(f"{op}1000", psw).show(CSW, 8)
                if op in (SIO, SIOF):
                    s.gather()
                s.settle(device & 0xFFF)
        for channel in (0, 1, 2, 5, 15, 16):
            s = Script(f"STIDC {channel} {mode}")
            s.register(1, channel << 8).fill(0xA8, 4, 0xEE).run("B2031000", psw).show(0xA8, 4)


def while_pending():
    """I/O instructions to a device, and to its neighbour, whose interruption is pending."""
    for device in (READER, PUNCH, PRINTER, CONSOLE, DISK):
        for op in (SIO, SIOF, TIO, CLRIO, HIO, HDV, TCH, "9C02"):
            for other in (device, PRINTER if device != PRINTER else PUNCH):
                s = Script(f"{op} {other:03X} while {device:03X} is pending")
                s.settle(device).settle(other).put(PROGRAM, ccw(3, flags=SLI, count=1)).words(CAW, PROGRAM)
                s.run_until_pending(device).fill(CSW, 8, 0xEE).put(PROGRAM + 64, ccw(3, flags=SLI, count=2))
                s.words(CAW, PROGRAM + 64).run(io(op, other)).show(CSW, 8).fill(CSW, 8, 0xEE)
                s.run_until_idle(other).show(CSW, 8).fill(CSW, 8, 0xEE).run_until_idle(device).show(CSW, 8)
                s.settle(device).settle(other)


def halted():
    """HIO and HDV of idle devices, and of a console that waits for input."""
    for device in (DISK, CONSOLE, READER, PUNCH):
        for op in (HIO, HDV):
            for ran in (False, True):
                s = Script(f"{op} of idle {device:03X}, {'after a program' if ran else 'fresh'}")
                if ran:
                    s.put(PROGRAM, ccw(3, flags=SLI, count=1)).words(CAW, PROGRAM).run(io(SIO, device)).gather()
                s.fill(CSW, 8, 0xEE).run(io(op, device)).show(CSW, 8).fill(CSW, 8, 0xEE)
                s.wait(0xFF020000, 1000).show(CSW, 8).fill(CSW, 8, 0xEE)
                s.run(io(TIO, device)).show(CSW, 8).settle(device)
                s.run(io(TCH, device))


def while_reading():
    """I/O instructions while the console waits for input; nothing can end that any more."""
    Script("console read").put(PROGRAM, ccw(0x0A, flags=SLI, count=40)).words(CAW, PROGRAM).run(io(SIO, CONSOLE))
    for op in (SIO, SIOF, TIO, CLRIO, TCH, "9C02", HIO):
        for device in (PRINTER, CONSOLE):
            s = Script(f"{op} {device:03X} while the console reads")
            s.put(PROGRAM, ccw(3, flags=SLI, count=1)).words(CAW, PROGRAM).fill(CSW, 8, 0xEE)
            s.run(io(op, device)).show(CSW, 8).settle(PRINTER)


def program_controlled():
    """Interruptions in the middle of a program."""
    for device in (DISK, CONSOLE, READER, PUNCH):
        for flags in ((PCI,), (PCI | CC, 0), (CC, PCI), (PCI | CC, PCI), (PCI | CC, CC, PCI | CC, 0)):
            what = "-".join(f"{f:02X}" for f in flags)
            for ask in (TIO, CLRIO, HIO, None):
                s = Script(f"PCI {device:03X} {what} {ask}")
                s.put(PROGRAM, b"".join(ccw(3, flags=SLI | f, count=1) for f in flags)).words(CAW, PROGRAM)
                s.run_until_pending(device).fill(CSW, 8, 0xEE)
                if ask:
                    s.run(io(ask, device)).show(CSW, 8).fill(CSW, 8, 0xEE)
                s.wait(0xFF020000, 2000).show(CSW, 8).fill(CSW, 8, 0xEE)
                s.wait(0xFF020000, 2000).show(CSW, 8).fill(CSW, 8, 0xEE)
                s.settle(device)


def interruptions():
    """Which masks let an I/O interruption in; what it stores."""
    for device in (PRINTER, DISK):
        for psw in (0x00020000, 0x01020000, 0x02020000, 0x40020000, 0x80020000, 0xC0020000, 0xFE020000, 0xFF020000,
                    0x000A0000, 0x010A0000, 0x020A0000, 0x030A0000):
            for cr2 in (0, 0x80000000, 0x40000000, 0xC0000000, 0x3FFFFFFF, 0xFFFFFFFF):
                s = Script(f"interruption of {device:03X} PSW {psw:08X} CR2 {cr2:08X}")
                s.settle(device).put(PROGRAM, ccw(3, flags=SLI | CC, count=1) + ccw(3, flags=SLI, count=1))
                s.words(CAW, PROGRAM).control(2, cr2).fill(CSW, 8, 0xEE).fill(0xB8, 4, 0xEE)
                s.run_until_pending(device).wait(psw | 0x01000000, 1000).show(CSW, 8).settle(device)
    for psw in (0x02080000, 0x03080000, 0xFE000000, 0x00000000):
        s = Script(f"pending I/O is let in by SSM, PSW {psw:08X}")
        s.settle(PRINTER).put(PROGRAM, ccw(3, flags=SLI | CC, count=1) + ccw(3, flags=SLI, count=1))
        s.words(CAW, PROGRAM).run_until_pending(PRINTER)
        s.put(DATA, bytes([psw >> 24])).run("80005000 1834 1844", psw & 0x00FFFFFF).show(CSW, 8).settle(PRINTER)


def swaps():
    """A pending interruption that another one's new PSW lets in."""
    for psw in (0xFE000000, 0x02080000, 0xFE010000):
        for name, code in (("SVC", "0A12"), ("operation", "0000"), ("privileged", "8000 0000"), ("LPSW", "8200 0310"),
                           ("EX SSM", "4400 5010"), ("data", "FA00 5010 5010"),
                           ("specification", "5813 0001")):
            s = Script(f"{name} lets I/O in, new PSW {psw:08X}")
            s.settle(PRINTER).put(PROGRAM, ccw(3, flags=SLI, count=1)).words(CAW, PROGRAM)
            s.run_until_pending(PRINTER).words(0x60, psw, 0x4100, psw, 0x4200).words(0x310, psw, 0x4300)
            s.put(DATA, "0A13 0000").put(DATA + 16, "8000 5020").words(DATA + 32, 0xFE000000).register(5, DATA)
            s.run(code).show(CSW, 8).show(0x20, 16).settle(PRINTER)


def clocks():
    """Timers: when they interrupt, and what lets them."""
    for mode, name in ((0, "BC"), (0x00080000, "EC")):
        code = EXTERNAL_CODE[0x01000000 | mode]
        for delay in (-100000, -1, 0, 500, 3000):
            # The comparator's time in DATA, then a PSW that waits and one that does not.
            s = Script(f"clock comparator {delay} in wait {name}").register(5, DATA).control(0, COMPARATOR)
            s.clock(DATA, delay).words(DATA + 8, 0x01020000 | mode, 0x4400)
            s.run("B206 5000 8200 5008", mode).elapsed(DATA).show(code, 2)
            s = Script(f"clock comparator {delay} in a loop {name}").register(5, DATA).control(0, COMPARATOR)
            s.clock(DATA, delay).words(DATA + 8, 0x01000000 | mode, SLOT + 8).register(6, SLOT)
            s.quietly("B206 5000 8200 5008 47F0 6008", mode).elapsed(DATA).show(code, 2)
            if delay > 0:
                continue    # a loaded host may be later than any time that the program gives it
            s = Script(f"clock comparator {delay} let in {name}").register(5, DATA).control(0, COMPARATOR)
            s.clock(DATA, delay).clock(DATA + 24, delay + 20000).put(DATA + 8, "01").register(6, SLOT)
            # Runs disabled for some time first.
            s.run("B206 5000 B205 5010 D507 5010 5018 4740 6004 1222 8000 5008 1888", mode)
            s.show(code, 2)
        for value in (0, 0x00001000, 0x00200000, 0x01000000):
            for negative in (False, True):
                high = 0xFFFFFFFF if negative else 0
                s = Script(f"CPU timer {high:08X}{value:08X} in wait {name}").register(5, DATA).control(0, CPU_TIMER)
                s.words(DATA, high, value).clock(DATA + 16, 0 if negative else value >> 12)
                s.words(DATA + 8, 0x01020000 | mode, 0x4400)
                s.run("B208 5000 8200 5008", mode).elapsed(DATA + 16).show(code, 2)
                s = Script(f"CPU timer {high:08X}{value:08X} in a loop {name}").register(5, DATA).control(0, CPU_TIMER)
                s.words(DATA, high, value).clock(DATA + 16, 0 if negative else value >> 12)
                s.words(DATA + 8, 0x01000000 | mode, SLOT + 8).register(6, SLOT)
                s.quietly("B208 5000 8200 5008 47F0 6008", mode).elapsed(DATA + 16).show(code, 2)
        for value in (0, 1, 0x100, 0x300):
            s = Script(f"interval timer {value:X} in a loop {name}").register(5, DATA).register(6, SLOT)
            s.control(0, INTERVAL_TIMER).words(DATA, value).words(DATA + 8, 0x01000000 | mode, SLOT + 10)
            s.quietly("D203 0050 5000 8200 5008 47F0 600A", mode).show(code, 2)
            s = Script(f"interval timer {value:X} in wait {name}").register(5, DATA).control(0, INTERVAL_TIMER)
            s.words(DATA, value).words(DATA + 8, 0x01020000 | mode, SLOT + 10).clock(DATA + 16, value * 625 // 48)
            s.run("D203 0050 5000 8200 5008", mode).elapsed(DATA + 16).show(code, 2)
        # One of 20 ms that is set when the program has run for 30 is not early by what it ran before.
        s = Script(f"interval timer set after some time {name}").register(5, DATA, SLOT).control(0, INTERVAL_TIMER)
        s.words(DATA, 0x600).words(DATA + 8, 0x01000000 | mode, SLOT + 24).words(0x50, 0x7FFFFFFF)
        s.clock(DATA + 16, 30000 + 19000).clock(DATA + 24, 30000)
        s.quietly("B205 5020 D507 5020 5018 4740 6000 D203 0050 5000 8200 5008 47F0 6018", mode).elapsed(DATA + 16).show(code, 2)
        # What there is, in its order: the handler notes each and goes back.
        for mask in (0xFFFFFFFF, COMPARATOR | CPU_TIMER, EMERGENCY | CALL, COMPARATOR | INTERVAL_TIMER, CALL,
                     CPU_TIMER | INTERVAL_TIMER | EMERGENCY, 0):
            s = Script(f"external interruptions in their order, mask {mask:08X} {name}")
            at = f"{code:03X}"
            s.put(0x4400, f"D201 B000 0{at} 41BB 0002 9504 00{code + 1:02X} 4770 E01A B206 5010 47F0 E026"
                          f"9505 00{code + 1:02X} 4770 E026 B208 5018 8200 0018")
            s.words(0x58, mode, 0x4400).fill(DATA, 64).put(DATA + 16, NEVER).words(DATA + 24, 0x7FFFFFFF, 0)
            s.clock(DATA, -1).words(DATA + 8, 0xFFFFFFFF, 0).put(DATA + 32, "01 00")
            s.register(4, 0).register(5, DATA, SLOT).register(11, DATA + 40).register(14, 0x4400)
            s.control(0, mask & 0x00006CE0).words(DATA + 36, 0x0FFFFFFF)
            # SIGP emergency signal and external call to itself, timers until the interval timer has run out, then
            # all at once.
            s.run("AE140003 AE140002 B206 5000 B208 5008 D703 0050 0050 5870 5024 9180 0050 4710 6026 4670 601A"
                  "8000 5020 1888 8000 5021", mode)
            s.show(DATA + 40, 12)


def monitor_calls():
    for mode, name in ((0, "BC"), (0x00080000, "EC"), (0x00580000, "EC-KEY5"), (0x00090000, "EC-PROB"),
                       (0x00010000, "BC-PROB"), (0x04080000, "DAT"), (0x04090000, "DAT-PROB")):
        for kind in (0, 1, 7, 8, 15, 16, 0xF0, 0xFF):
            for masks in (0, 0x8000, 0x4000, 0x0100, 0x0080, 0x0001, 0xFFFF):
                s = Script(f"MC {kind:02X} masks {masks:04X} {name}").register(5, 0x00ABCDEF)
                s.control(0, 0x00800000, 0x6000).control(8, masks).fill(0x94, 12, 0xEE)
                s.run(f"AF{kind:02X}5123", mode).show(0x94, 12)


def restart():
    for mode, name in ((0, "BC"), (0x00080000, "EC"), (0x04080000, "DAT")):
        for new in (0x00000000, 0x00080000):
            s = Script(f"SIGP restart of itself {name} to {new:08X}").words(0, new).control(0, 0x00800000, 0x6000)
            s.fill(8, 8, 0xEE).run("AE140006", mode).show(8, 8)


def make():
    Script("control registers of a new machine").show(LEFT_CONTROL, 64)
    halted()
    program_controlled()
    instructions()
    while_pending()
    commands()
    swaps()
    interruptions()
    for name, device, command in (("printer", PRINTER, 9), ("punch", PUNCH, 1), ("reader", READER, 2),
                                  ("console", CONSOLE, 9), ("disk", DISK, 7)):
        channel_checks(name, device, command)
    reached(PRINTER, "printer", (0x09, 0x01), 132)
    channel_program("a card that says so", PUNCH, ccw(1, count=11, flags=SLI), data="A CARD HERE".encode("cp037"))
    reached(PUNCH, "punch", (0x01,), 80)
    reached(CONSOLE, "console", (0x09, 0x01), 80)
    reached(READER, "reader", (0x02,), 80)
    reached(PRINTER, "printer sense", (0x04,), 1)
    clocks()
    monitor_calls()
    restart()
    while_reading()


if __name__ == "__main__":
    main(make)
