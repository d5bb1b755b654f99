#!/usr/bin/env python3
"""Makes the scripts about the processor alone: PSWs, the order of interruptions, signals,
timers.

  processor.py PROCESSOR.inc NAMES.txt    the table for script_engine.S, and what each case is
"""

from script import *  # noqa: F403


# ---- PSWs

def psws():
    """Each bit of a PSW, loaded by LPSW and by each interruption."""
    for base, name in ((BC, "BC"), (EC, "EC"), (DAT, "DAT")):
        for bit in (*range(14), *range(15, 42), 62, 63):    # 14 waits
            if base == DAT and bit == 16:
                continue        # the secondary space
            psw = (base << 32 | SLOT + 4) ^ (1 << (63 - bit))
            words = psw >> 32, psw & 0xFFFFFFFF
            s = Script(f"LPSW {name} with bit {bit} changed").control(0, *TRANSLATING).words(DATA, *words)
            s.register(5, DATA).run("8200 5000").show(0x84, 24)
            s = Script(f"LPSW from EC, {name} with bit {bit} changed").control(0, *TRANSLATING).words(DATA, *words)
            s.register(5, DATA).run("8200 5000", EC).show(0x84, 24)
            s = Script(f"EX of LPSW, {name} with bit {bit} changed").control(0, *TRANSLATING).words(DATA, *words)
            s.put(DATA + 16, "8200 5000").register(5, DATA).run("4400 5010", EC).show(0x84, 24)
            for mode in (BC, EC):
                s = Script(f"SVC new PSW {name} with bit {bit} changed, from {mode:08X}")
                s.control(0, *TRANSLATING).words(SVC_NEW, *words).run("0A12" + "0000" * 8, mode).show(0x20, 8).show(0x84, 24)
                s = Script(f"external new PSW {name} with bit {bit} changed, from {mode:08X}")
                s.control(0, TRANSLATING[0] | EMERGENCY, TRANSLATING[1]).words(EXTERNAL_NEW, *words)
                s.put(SLOT, "0A44 0A46 0A47 0A48").register(3, SLOT + 16)
                s.put(SLOT + 16, "AE14 0003 0A45").step(2, 0, 0, mode | 0x01000000, SLOT + 16)
                s.show(0x18, 8).show(0x84, 24)
                s = Script(f"restart new PSW {name} with bit {bit} changed, from {mode:08X}")
                s.control(0, *TRANSLATING).words(RESTART_NEW, *words)
                s.put(SLOT, "0A44 0A46 0A47 0A48").put(SLOT + 16, "AE14 0006 0A45").step(2, 0, 0, mode, SLOT + 16).show(8, 8).show(0x84, 24)
    # Program new PSWs: not invalid ones, which end in a loop.
    for new in (BC, EC, DAT, 0x00F00000, 0x00F80000, 0x00010000, 0x00090000, 0x00083F00, 0x40080000, 0x00008000,
                0xF8000000):
        for code in ("0000", "8000 0000", "1D24", "5813 0001", "AF00 0000", "4400 5010", "FA00 5020 5020"):
            for mode in (BC, EC, DAT, 0x00010000, 0x00090000):
                s = Script(f"program new PSW {new:08X} after {code} in {mode:08X}").control(0, *TRANSLATING)
                s.words(PROGRAM_NEW, new, HANDLER).put(HANDLER, "0A33").register(5, DATA)
                s.put(DATA + 16, "4400 5010").control(8, 0xFFFF).run(code, mode).show(0x20, 16).show(0x84, 28)
    # Where instructions cannot be fetched.
    for mode in (BC, EC, DAT):
        for address in (SLOT + 1, 0xF00000, 0xF00001, 0xFFFFFE, 0xFFFFFF, 0x9000, 0x9001, 0x8FFE, 0x20000, 0xB000):
            for first in ("0700", "4700 0000", "D200 5000 5000", "8000 5000", "B202 5000"):
                s = Script(f"fetch at {address:X} in {mode:08X}, {first}").control(0, *TRANSLATING)
                if address == 0x8FFE:
                    s.put(address, first)
                s.words(DATA, mode, address).register(5, DATA).run("8200 5000").show(0x84, 24)


# ---- The order of interruptions

def orders():
    """Several things pending at once: which comes first, and from where."""
    for mode, name in ((BC, "BC"), (EC, "EC")):
        code = f"0{EXTERNAL_CODE[0x01000000 | mode]:03X}"
        enabled = (0xFE000000 | mode) if mode == BC else 0x03000000 | mode
        masked = mode
        # Each handler stores what it is and where it came from, and goes back disabled for its class.
        def handlers(s, back=True):
            s.register(11, DATA + 96).fill(DATA + 96, 256)
            for at, old, letter in ((0x4400, 0x18, 0xC5), (0x4480, 0x20, 0xE2), (0x4500, 0x28, 0xD7),
                                    (0x4580, 0x38, 0xC9), (0x4600, 0x08, 0xD9)):
                goes = f"8200 {old:04X}" if old != 0x20 or back else "0AEE"
                clock = ""
                if old == 0x18:     # a clock that asks for ever is set again
                    clock = "B206 5010 B208 5018"
                s.put(at, f"92{letter:02X} B000 D207 B001 {old:04X} D203 B009 0084 D203 B00D 00B8 D203 B011 008C"
                          f"41BB 0015 {clock} {goes}")
            return s.put(DATA + 16, NEVER).words(DATA + 24, 0x7FFFFFFF, 0)

        def news(s, external, svc, program, io_, restart):
            for at, psw, where in ((EXTERNAL_NEW, external, 0x4400), (SVC_NEW, svc, 0x4480), (PROGRAM_NEW, program, 0x4500),
                                   (IO_NEW, io_, 0x4580), (RESTART_NEW, restart, 0x4600)):
                s.words(at, psw, where)
            return s

        kinds = {"call": "AE14 0002", "emergency": "AE14 0003", "comparator": "B206 5000", "CPU timer": "B208 5008",
                 "restart": "AE14 0006", "all": "AE140003 AE140002 B206 5000 B208 5008",
                 "all and restart": "AE140003 AE140002 B206 5000 B208 5008 AE14 0006"}
        for kind, ask in kinds.items():
            for pending in (False, True):
                for what, instruction in (("SVC", "0A12"), ("operation", "0000"), ("LPSW", "8200 5020"), ("NOP", "0700"),
                                          ("STOSM", f"AD{enabled >> 24:02X} 5040"), ("SSM", "8000 5040")):
                    for new in (enabled, masked):
                        if new == enabled and kind in ("comparator", "CPU timer", "all", "all and restart"):
                            continue    # such a clock interrupts for ever
                        s = Script(f"{kind}{', I/O' if pending else ''} pending, {what}, new PSWs {new:08X} {name}")
                        s.settle(PRINTER).register(5, DATA).register(4, 0).control(0, COMPARATOR | CPU_TIMER | CALL | EMERGENCY)
                        handlers(s)
                        news(s, masked, new, new, masked, masked)
                        s.clock(DATA, -1).words(DATA + 8, 0xFFFFFFFF, 0)
                        s.words(DATA + 32, enabled, SLOT + 0x40).put(SLOT + 0x40, "0700 0700 0AFF")
                        s.put(DATA + 64, bytes([enabled >> 24]))
                        start = io(SIO, PRINTER) + io(TCH, PRINTER) + "47B0 3004" if pending else ""
                        s.put(PROGRAM, ccw(3, flags=SLI, count=1)).words(CAW, PROGRAM).register(3, SLOT)
                        # The last SVC of the script goes to the engine.
                        end = f"D207 0060 5038 0AFF"
                        s.words(DATA + 56, 0, 0x30080).put(SLOT, start + ask + instruction + "0700" + end)
                        s.put(SLOT + 0x40, "0700 0700" + end)
                        s.step(2, 1, 0, mode, SLOT).show(DATA + 96, 120).settle(PRINTER)


# ---- Signals

ORDERS_TO_ITSELF = (0, 1, 2, 3, 4, 6, 13, 14, 15, 16, 17, 18, 19, 20, 0x7F, 0xFF)


def signals():
    for mode, name in ((BC, "BC"), (EC, "EC"), (DAT, "DAT"), (0x00090000, "EC-PROB")):
        for order in ORDERS_TO_ITSELF:
            if order == 18:
                continue        # another architecture
            for r1 in (1, 2):
                for before in ("", "AE14 0002", "AE14 0003", "AE14 0002 AE14 0003"):
                    if mode == 0x00090000 and before:
                        continue
                    s = Script(f"SIGP {order:X} R{r1} after {before or 'nothing'} {name}").control(0, *TRANSLATING)
                    s.words(RESTART_NEW, EC, HANDLER).put(HANDLER, "0A77").fill(8, 8, 0xEE)
                    s.register(1, 0x5000, 0x11111111, 0x5200).fill(DATA, 1024)
                    s.put(SLOT, f"{before} AE{r1}4 {order:04X} 0AFF").step(2, 0, 0, mode, SLOT)
                    s.show(LEFT, 20).show(8, 8).digest(DATA, 1024)
                    # What became pending comes when it is let in.
                    for mask in (EMERGENCY, CALL):
                        s.control(0, mask).wait((mode & 0x00080000) | 0x01020000, 500).show(0x84, 4)
        for target in (1, 2, 7, 8, 15, 16, 0x7F, 0x8000, 0xFFFF, 0x10000, 0xFFFF0000):
            for order in (1, 2, 3, 4, 5, 6, 9, 11, 12, 13, 14, 0, 255):
                if mode == 0x00090000 or (target & 0xFFFF == 0 and order in (5, 9, 11, 12)):
                    continue    # stops itself
                s = Script(f"SIGP {order:X} to CPU {target:X} {name}").control(0, *TRANSLATING)
                s.register(1, 0x11111111, 0x22222222, 0x33333333, target).run(f"AE14 {order:04X}", mode).show(LEFT, 20)
        # Of a conditional emergency signal: R2 has the space that it is for, as CR3, CR4 or none of them.
        for masks in (0x00, 0x01, 0x02, 0x03):
            for space in (0, 3, 4, 0x40003):
                s = Script(f"SIGP 13 masks {masks:02X} space {space:X} {name}").control(0, *TRANSLATING)
                s.control(3, 0x50003, 0x60004).register(1, 0x5000, space)
                s.run("AE14 0013", mode | masks << 24).show(LEFT, 8).show(0x84, 4)
                s.control(0, EMERGENCY).wait((mode & 0x00080000) | 0x01020000, 500).show(0x84, 4)
        for masks in range(8):
            s = Script(f"signals and masks {masks} {name}").control(0, TRANSLATING[0] | masks << 12, TRANSLATING[1])
            s.fill(0x84, 4, 0xEE).put(SLOT, "AE14 0002 AE14 0003 0AFF").step(2, 0, 0, mode | 0x01000000, SLOT)
            s.show(0x84, 4).fill(0x84, 4, 0xEE)
            s.step(2, 0, 0, mode | 0x01000000, SLOT + 8).show(0x84, 4)
            s.control(0, EMERGENCY | CALL)
            for _ in range(2):
                s.fill(0x84, 4, 0xEE).wait(EC | 0x01020000, 500).show(0x84, 4)


def make():
    psws()
    orders()
    signals()


if __name__ == "__main__":
    main(make)
