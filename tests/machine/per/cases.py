#!/usr/bin/env python3
"""Makes the cases of the PER program: what is run, and which events are watched for.

  cases.py CASES.inc CASES.txt    the table for engine.S, and what each case is
"""
import sys

EC, PER, DAT, KEY5, PROBLEM = 0x00080000, 0x40000000, 0x04000000, 0x00500000, 0x00010000
SLOT, OPERAND, SEGMENTS = 0x3000, 0x5000, 0x6000
ALIAS = 0x8000              # virtual, of OPERAND
GONE = 0x9000               # a page that is not there
BRANCH, FETCH, STORE, REGISTER = 0x80, 0x40, 0x20, 0x10
ALL = BRANCH | FETCH | STORE | REGISTER
CODE_BYTES = 32
WHOLE = (0, 0xFFFFFF)
HERE = (SLOT, SLOT + CODE_BYTES - 1)
THERE = (OPERAND, OPERAND + 0xFF)

cases = []


def case(name, code, events=FETCH, watched=HERE, psw=EC | PER, svc=EC, registers=(), words=(0, 0), key=0):
    """`code` runs with registers 1 to 6: 4 is SLOT, 5 OPERAND, 6 SLOT+10, if not given; an SVC ends it."""
    registers = (list(registers) + [0x02, 0x22, 0x33, SLOT, OPERAND, SLOT + 0x10][len(registers):])
    program = bytes.fromhex(code.replace(" ", "")) + b"\x0a\xff"
    assert len(program) <= CODE_BYTES, name
    cases.append((name, [psw, svc, 0x00800000, SEGMENTS, events << 24, *watched, *registers, *words, key],
                  program.ljust(CODE_BYTES, b"\0")))


# Instructions, each followed by what shows that it is over.
NATIVE = {
    "LR": "1812", "LA": "4110 5004", "L": "5810 5000", "AR": "1A12", "LM": "98 13 5000", "BCTR r,0": "0610",
    "ST": "5010 5008", "STH": "4010 500A", "STC": "4210 500F", "STM": "9014 5010", "MVC": "D207 5008 5000",
    "MVI": "92FF 5010", "OI": "96F0 5010", "NC": "D403 5008 5000", "XC 1": "D700 50FF 50FF", "CVD": "4E10 5008",
    "STCM": "BE1F 5009", "STCM no bytes": "BE10 5009", "TS": "9300 5010", "CS equal": "BA24 5000", "CS unequal": "BA14 5000", "CDS": "BB24 5000",
    "ED": "DE03 5010 5000", "TR": "DC03 5010 5000", "TRT": "DD03 5010 5000", "PACK": "F213 5010 5000", "AP": "FA00 5010 5010",
    "STE": "7000 5010", "STD": "6000 5010", "MVO": "F111 5010 5000", "STCK": "B205 5010",
    "BR": "07F6 1822 1822 1822 1822 1822 1822 1822", "BC taken": "47F0 4006 1822", "BC not taken": "4700 4006 1822", "BC to the next": "47F0 4004",
    "BAL": "4510 4006 1822",
    "BALR": "0516 1822 1822 1822 1822 1822 1822 1822", "BALR r,0": "0510", "BCT taken": "4610 4006 1822", "BXLE": "8713 4006 1822", "BXH": "8613 4006 1822", "BCR 15,0": "07F0",
    "CLCL": "0F24", "MVCL": "0E24", "IC": "4310 5000", "CLC": "D507 5000 5008", "TM": "91FF 5000", "SLL": "8910 0001", "SPM": "0410",
    "MC off": "AF08 5678",
}
SIMULATED = {
    "SSM": "8000 5000", "STNSM": "ACFF 5010", "STNSM PER off": "ACBF 5010", "STOSM": "AD00 5010",
    "SSM PER off": "8000 5006", "LCTL 6": "B766 5008", "LCTL 9": "B799 5008", "LCTL 9,11": "B79B 5010", "STCTL 9": "B699 5010",
    "STCTL 0,15": "B60F 5010", "SPKA": "B20A 0000", "IPK": "B20B 0000",
    "ISK": "0915", "SSK": "0815", "RRB": "B213 5000", "LRA": "B110 5000", "PTLB": "B20D 0000", "STCKC": "B207 5010",
    "STPT": "B209 5010", "SCKC": "B206 5018", "SPT": "B208 5018", "SCK": "B204 5010", "STPX": "B211 5010", "STAP": "B212 5010",
    "TPROT": "E501 5000 4000", "ISKE": "B229 0015", "SSKE": "B22B 0015", "RRBE": "B22A 0015", "TB": "B22C 0015",
    "TIO": "9D00 000E", "TCH": "9F00 0000", "SIO nothing there": "9C00 0555", "HIO": "9E00 0555", "STIDC": "B203 0000",
    "SVC 1": "0A01", "unknown": "B2FF 0000", "zero": "0000", "misaligned STCTL": "B699 5011", "privileged at odd": "B207 5011",
    "MVCK": "D914 5010 5000", "IPTE": "B221 0012", "CLRIO": "9D01 0555", "SIGP sense": "AE13 0001", "EPAR": "B226 0010",
}
EXCEPTIONS = {
    "protection": "5010 5800", "addressing": "5810 4000", "specification": "1D15", "data": "FA11 5006 5006", "divide": "1D04",
    "overflow": "1A12", "execute": "4400 5006",
}
TAIL = "1833"


def make():
    for kind in (NATIVE, SIMULATED):
        for name, code in kind.items():
            registers = {"CLCL": (0, OPERAND, 4, OPERAND + 8, 4, 4), "MVCL": (0, OPERAND, 4, OPERAND + 8, 4, 4),
                         "IPTE": (0x6800, 0xF000)}.get(name, ())
            words = (0x00000022, 0x00000001)
            if name.startswith("LCTL 9"):
                words = (0x00000000, 0)
            if name in ("SSM", "SSM PER off"):
                words = (0x40000000, 0)
            for events in (FETCH, STORE, BRANCH, REGISTER, ALL, 0):
                watched = HERE if events == FETCH else WHOLE
                case(f"{name} {events:02X}", code + TAIL, events, watched, registers=registers, words=words)
            if kind is SIMULATED:
                case(f"{name} at the operand", code + TAIL, STORE | FETCH, (OPERAND + 0x10, OPERAND + 0x13),
                     registers=registers, words=words)
                case(f"{name} behind the operand", code + TAIL, STORE | FETCH, (OPERAND + 0x60, OPERAND + 0x63),
                     registers=registers, words=words)
                case(f"{name} in problem state", code + TAIL, FETCH | STORE, HERE, psw=EC | PER | PROBLEM,
                     registers=registers, words=words)
                case(f"{name} with DAT", code + TAIL, FETCH | STORE, WHOLE, psw=EC | PER | DAT,
                     registers=registers, words=words)
                case(f"{name} without PER", code + TAIL, ALL, WHOLE, psw=EC, registers=registers, words=words)
    for name, code in EXCEPTIONS.items():
        for events in (FETCH, STORE, ALL):
            for watched in (HERE, WHOLE, THERE):
                case(f"{name} {events:02X} {watched[0]:X}", code, events, watched, psw=EC | PER | KEY5 | 0x0800,
                     registers=(0x7FFFFFFF, 0x22, 0x33, 0xF00000), key=0x50 if name != "protection" else 0)
    # Where ranges begin, end and wrap.
    for watched in ((SLOT + 2, SLOT + 2), (SLOT + 3, SLOT + 3), (SLOT, SLOT), (SLOT + 1, SLOT + 1), (SLOT + 4, SLOT + 2), (0xFFFFFF, SLOT),
                    (SLOT + 6, 0), (0x1003000, 0x1003000), (0xFF003002, 0xFF003002)):
        case(f"fetch {watched[0]:X} to {watched[1]:X}", "1812 4110 5004 1833", FETCH, watched)
        case(f"fetch of a privileged one {watched[0]:X} to {watched[1]:X}", "1812 AC FF 5010 1833", FETCH, watched)
    for start in range(OPERAND + 0x0E, OPERAND + 0x16):
        for end in (start, OPERAND + 0x12, OPERAND + 8):
            case(f"ST {start:X} to {end:X}", "5010 5010" + TAIL, STORE, (start, end))
            case(f"STCTL {start:X} to {end:X}", "B699 5010" + TAIL, STORE, (start, end))
            case(f"MVC {start:X} to {end:X}", "D201 5012 5000" + TAIL, STORE, (start, end))
    for start, end in ((0x5802, 0x5803), (0x57FE, 0x57FE), (0x5800, 0x5800), (0x5804, 0x5805)):
        case(f"STM across blocks {start:X}", "9014 57F8" + TAIL, STORE, (start, end))
        case(f"STCTL across blocks {start:X}", "B611 57FC B602 57FC" + TAIL, STORE, (start, end))
    # Virtual addresses count.
    for watched in (THERE, (ALIAS, ALIAS + 0xFF)):
        for register in (OPERAND, ALIAS):
            for name, code in (("ST", "5010 5000"), ("STNSM", "AC FF 5000"), ("STCTL", "B699 5000"), ("STPX", "B211 5000")):
                case(f"{name} {register:X} watched {watched[0]:X} with DAT", code + TAIL, STORE, watched, psw=EC | PER | DAT,
                     registers=(1, 2, 3, 4, register))
    for name, code in (("ST", "5010 5000"), ("STNSM", "AC FF 5000"), ("STCTL", "B699 5000"), ("L", "5810 5000"), ("EX", "4400 5000")):
        case(f"{name} to a page that is not there", code + TAIL, FETCH | STORE, WHOLE, psw=EC | PER | DAT, registers=(1, 2, 3, 4, GONE))
    # EXECUTE: of native and privileged instructions, fetches of it and of its target watched.
    for name, target in (("ST", 0x50105010), ("LR", 0x18120000), ("BR", 0x07F40000), ("STNSM", 0xACFF5010), ("SVC", 0x0A050000),
                         ("IPK", 0xB20B0000), ("LPSW", 0x82005020), ("STCTL", 0xB6995010)):
        for watched in (HERE, THERE, WHOLE, (0x4000, 0x4FFF)):
            for events in (FETCH, STORE, BRANCH | FETCH):
                case(f"EX {name} {events:02X} {watched[0]:X}", "4400 5000" + TAIL, events, watched,
                     registers=(1, 2, 3, SLOT + 4), words=(target, 0), svc=EC | PER)
    # SVC and LPSW, with PER on or off behind them.
    for svc in (0, EC, EC | PER, EC | PER | DAT, EC | PER | 0x00008000 >> 1):
        for events in (FETCH, STORE, ALL, 0):
            for watched in (HERE, THERE):
                case(f"SVC new PSW {svc:08X} {events:02X} {watched[0]:X}", "0A07", events, watched, svc=svc)
        case(f"SVC with PER off, new PSW {svc:08X}", "0A07", ALL, WHOLE, psw=EC, svc=svc)
    for word in (0, EC, EC | PER, EC | PER | DAT, EC | PER | 0x80000000, EC | 0x80000000, EC | PER | PROBLEM, PER):
        for events in (FETCH, BRANCH, ALL):
            for watched in (HERE, THERE):
                case(f"LPSW {word:08X} {events:02X} {watched[0]:X}", "8200 5000 1822" + TAIL, events, watched, words=(word, SLOT + 4))
        case(f"LPSW {word:08X} with PER off", "8200 5000 1822" + TAIL, ALL, WHOLE, psw=EC, words=(word, SLOT + 4))
    for mask in (0x00, 0x40, 0x44, 0xC0, 0x04, 0x80, 0xB0):
        for psw in (EC, EC | PER, EC | PER | DAT):
            case(f"SSM {mask:02X} from {psw:08X}", "8000 5000 1822" + TAIL, FETCH, HERE, psw=psw, words=(mask << 24, 0))
            case(f"STOSM {mask:02X} from {psw:08X}", f"AD{mask:02X} 5010 1822" + TAIL, FETCH | STORE, WHOLE, psw=psw)
            case(f"STNSM {mask:02X} from {psw:08X}", f"AC{mask:02X} 5010 1822" + TAIL, FETCH | STORE, WHOLE, psw=psw)
    # Registers that the events hang on, changed while they are watched.
    for name, words in (("all off", (0, 0, 0)), ("fetch elsewhere", (0x40000000, 0x5000, 0x50FF)), ("stores too", (0x60000000, 0, 0xFFFFFF))):
        case(f"LCTL 9,11 {name}", "B79B 5000 5010 5010" + TAIL, FETCH, HERE, words=words[:2])
    case("MC", "B788 5010 AF00 5678" + TAIL, ALL, HERE)


def write(table, text):
    with open(table, "w") as f, open(text, "w") as names:
        f.write("cases:\n")
        for number, (name, values, program) in enumerate(cases):
            words = [number << 16, *values] + [int.from_bytes(program[i:i + 4], "big") for i in range(0, CODE_BYTES, 4)]
            f.write("\t.long\t" + ", ".join(f"0x{w & 0xFFFFFFFF:x}" for w in words) + "\n")
            names.write(f"{number:04X} {name}\n")


if __name__ == "__main__":
    make()
    write(*sys.argv[1:3])
    print(f"{len(cases)} cases")
