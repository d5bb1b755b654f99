#!/usr/bin/env python3
"""Each foreign instruction, lowered, against a model: registers, storage and condition code.

Every case starts with each of the four condition codes and reads the code it leaves with
IPM, so rows that must keep it are seen to, and rows that set it are exact.
"""

import itertools
import pathlib
import sys
import tempfile

import build
import hercules

RESULTS = 0x600000
WORDS = 16
MASK32 = 0xFFFFFFFF
EDGES = (0, 1, 2, 5, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0x12345678, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE,
         0xFFFFFFFF)
MASKS = (1, 0x80, 0xFF, 0x100, 0x300, 0x8000, 0x8001, 0x180, 0xFF00, 0xFFFF, 0x7FFE, 0x4002)
CONDITIONS = (None, "o", "h", "nle", "l", "nhe", "lh", "ne", "e", "nlh", "he", "nl", "le", "nh", "no")
STORAGE = 44  # offset of the block's storage: words 11 to 15

# r2 points to the block; code 0 to 3 comes from it; the result goes back there.
FRAME = """\
\t.align\t8
\t.globl\t{name}
\t.type\t{name}, @function
{name}:
\tstm\t%r6,%r15,24(%r15)
\tlr\t%r10,%r2
\tl\t%r1,0(%r10)
\tspm\t%r1
\tlm\t%r0,%r9,4(%r10)
{body}
\tipm\t%r11
\tstm\t%r0,%r9,4(%r10)
\tsrl\t%r11,28
\tst\t%r11,0(%r10)
\tlm\t%r6,%r15,24(%r15)
\tbr\t%r14\t# 1\t[c=0 l=2]  return
\t.size\t{name}, .-{name}
"""


def signed(value):
    return value - (1 << 32) if value & 0x80000000 else value


class State:
    """Condition code, r0 to r9 and five words of storage."""

    def __init__(self, code, registers, storage=()):
        self.code = code
        self.r = list(registers) + [0] * (10 - len(registers))
        self.storage = bytearray(b"".join(word.to_bytes(4, "big") for word in storage).ljust(20, b"\0"))

    def words(self):
        return [self.code, *(value & MASK32 for value in self.r),
                *(int.from_bytes(self.storage[i:i + 4], "big") for i in range(0, 20, 4))]

    def copy(self):
        other = State(self.code, self.r)
        other.storage = bytearray(self.storage)
        return other


class Suite:
    def __init__(self):
        self.functions = {}  # body: name
        self.cases = []      # (what, name, operands, expected)

    def add(self, body, state, model):
        """One case. `model` changes a state into what the instruction makes of it."""
        name = self.functions.setdefault(body, f"case{len(self.functions)}")
        after = state.copy()
        model(after)
        entry = state.words()
        entry[0] <<= 28
        self.cases.append((body.strip(), name, entry, after.words()))

    def assembly(self):
        lines = [".text"] + [FRAME.format(name=name, body=body) for body, name in self.functions.items()]
        lines += ["\t.section\t.rodata", "\t.align\t4", "\t.globl\texactness_count, exactness_cases",
                  "exactness_count:", f"\t.long\t{len(self.cases)}", "exactness_cases:"]
        for _, name, entry, _ in self.cases:
            lines.append(f"\t.long\t{name}," + ",".join(str(word) for word in entry))
        return "\n".join(lines) + "\n"


def set_sum(state, target, total, carry):
    state.r[target] = total & MASK32
    state.code = (2 if carry else 0) + (state.r[target] != 0)


def tested(value, mask):
    chosen = value & mask
    if chosen == 0:
        return 0
    if chosen == mask:
        return 3
    top = 1 << mask.bit_length() - 1
    return 2 if chosen & top else 1


def tests_under_mask(suite):
    for mnemonic, shift in (("tml", 0), ("tmh", 16)):
        for mask in MASKS:
            values = {0, mask, MASK32, ~mask & 0xFFFF, mask & -mask, 1 << mask.bit_length() - 1,
                      mask ^ (mask & -mask), 0x5555, 0xAAAA & mask}
            for value in values:
                word = (value << shift | 0x3C3C0000 >> shift) & MASK32
                code = tested(word >> shift & 0xFFFF, mask)

                def exact(state, code=code):
                    state.code = code
                suite.add(f"\t{mnemonic}\t%r3,{mask}", State(1, [0, 0, 0, word]), exact)
                # Each reader alone: the row may then choose a shorter sequence.
                for reader in range(1, 15):
                    label = f".L{mnemonic}{mask}x{reader}"
                    body = f"\t{mnemonic}\t%r3,{mask}\n\tj{CONDITIONS[reader]}\t{label}\n" \
                           f"\tlhi\t%r4,7\n{label}:\n\tcr\t%r0,%r0"

                    def branch(state, taken=reader & 8 >> code):
                        state.r[4] = state.r[4] if taken else 7
                        state.code = 0
                    suite.add(body, State(2, [0, 0, 0, word, 1]), branch)


def carries(suite):
    for code, a, b in itertools.product(range(4), EDGES, EDGES):
        carry, borrow = code >> 1, 1 - (code >> 1)

        def alc(state, other=b):
            set_sum(state, 3, a + other + carry, a + other + carry > MASK32)

        def slb(state, other=b):
            set_sum(state, 3, a - other - borrow, a - other - borrow >= 0)
        registers = State(code, [7, 8, 0, a, b])
        suite.add("\talcr\t%r3,%r4", registers, alc)
        suite.add("\tslbr\t%r3,%r4", registers, slb)
        in_storage = State(code, [7, 4, 0, a], [9, b])
        suite.add(f"\talc\t%r3,{STORAGE + 4}(%r10)", in_storage, alc)
        suite.add(f"\tslb\t%r3,{STORAGE}(%r1,%r10)", in_storage, slb)
        if a == b:
            suite.add("\talcr\t%r3,%r3", registers, lambda state: alc(state, a))
            suite.add("\tslbr\t%r3,%r3", registers, lambda state: slb(state, a))


def immediates(suite):
    for code, a, n in itertools.product((0, 3), EDGES, (0, 1, -1, 5, 4095, 4096, 32767, -32768)):
        state = State(code, [1, 2, 0, a])

        def lhi(after):
            after.r[3] = n & MASK32

        def ahi(after):
            total = signed(a) + n
            after.r[3] = total & MASK32
            result = signed(after.r[3])
            after.code = 3 if result != total else 0 if result == 0 else 1 if result < 0 else 2

        def chi(after):
            after.code = 0 if signed(a) == n else 1 if signed(a) < n else 2

        def mhi(after):
            after.r[3] = a * n & MASK32
        for name, model in (("lhi", lhi), ("ahi", ahi), ("chi", chi), ("mhi", mhi)):
            suite.add(f"\t{name}\t%r3,{n}", state, model)


def products(suite):
    for code, a, b in itertools.product((1, 2), EDGES, EDGES):
        product = a * b & MASK32
        for target, source in ((3, 4), (4, 3), (4, 5), (3, 2)):
            state = State(code, [11, 12, 13, 14, 15, 16])
            state.r[target], state.r[source] = a, b
            if source == 2:
                continue

            def msr(after, target=target):
                after.r[target] = product
            suite.add(f"\tmsr\t%r{target},%r{source}", state, msr)
        state = State(code, [11, 0, 13, a, a], [b])
        for target in (3, 4):
            def ms(after, target=target):
                after.r[target] = product
            suite.add(f"\tms\t%r{target},{STORAGE}(%r1,%r10)", state, ms)

        def wide(after, pair):
            after.r[pair], after.r[pair + 1] = a * b >> 32, product
        for pair in (0, 4, 6, 8):
            state = State(code, [21, 22, b, 24, 25, 26, 27, 28, 29, 30])
            state.r[pair + 1] = a
            for keeping in ("", "\n\tcr\t%r0,%r0"):
                def mlr(after, pair=pair, keeping=keeping):
                    wide(after, pair)
                    after.code = 0 if keeping else after.code
                suite.add(f"\tmlr\t%r{pair},%r2{keeping}", state, mlr)
        state = State(code, [21, 0, 23, 24, 25, a], [b])
        for keeping in ("", "\n\tcr\t%r0,%r0"):
            def ml(after, keeping=keeping):
                wide(after, 4)
                after.code = 0 if keeping else after.code
            suite.add(f"\tml\t%r4,{STORAGE}(%r1,%r10){keeping}", state, ml)


def quotients(suite):
    highs = (0, 1, 5, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFD)
    for code, high, low, by in itertools.product((0, 3), highs, EDGES, EDGES):
        if by <= high:
            continue
        value = high << 32 | low

        def divide(after, pair):
            after.r[pair], after.r[pair + 1] = value % by, value // by
        for pair in (0, 4, 8):
            state = State(code, [31, 32, by, 34, 35, 36, 37, 38, 39, 40])
            state.r[pair], state.r[pair + 1] = high, low
            suite.add(f"\tdlr\t%r{pair},%r2", state, lambda after, pair=pair: divide(after, pair))
        state = State(code, [31, 0, 33, 34, high, low], [by])
        suite.add(f"\tdl\t%r4,{STORAGE}(%r1,%r10)", state, lambda after: divide(after, 4))
        suite.add(f"\tdl\t%r4,{STORAGE}(%r10)", state, lambda after: divide(after, 4))


def rotations(suite):
    for code, a, by in itertools.product((1, 2), EDGES[6:], (0, 1, 7, 16, 31, 32, 45, 63, 0xFFFFFFFB)):
        bits = by & 31
        result = (a << bits | a >> (32 - bits)) & MASK32
        for target, source in ((3, 4), (0, 0), (1, 1), (0, 1), (1, 0), (4, 4), (0, 5), (5, 1)):
            state = State(code, [1, 2, 3, 4, 5, 6, by])
            state.r[source] = a

            def rll(after, target=target):
                after.r[target] = result
            suite.add(f"\trll\t%r{target},%r{source},{by & 63}", state, rll)
            suite.add(f"\trll\t%r{target},%r{source},0(%r6)", state, rll)


def reversals(suite):
    for code, a in itertools.product((0, 3), EDGES):
        flipped = int.from_bytes(a.to_bytes(4, "little"), "big")
        half = int.from_bytes((a >> 16).to_bytes(2, "little"), "big")

        def word(after):
            after.r[3] = flipped

        def low_half(after):
            after.r[3] = after.r[3] & 0xFFFF0000 | half
        state = State(code, [1, 4, 3, 0x11223344, a], [77, a, 78])
        suite.add("\tlrvr\t%r3,%r4", state, word)
        for place in (f"{STORAGE + 4}(%r10)", f"{STORAGE}(%r1,%r10)"):
            suite.add(f"\tlrv\t%r3,{place}", state, word)
            suite.add(f"\tlrvh\t%r3,{place}", state, low_half)

            def store(after):
                after.storage[4:8] = a.to_bytes(4, "little")

            def store_half(after):
                after.storage[4:6] = (a & 0xFFFF).to_bytes(2, "little")
            suite.add(f"\tstrv\t%r4,{place}", state, store)
            suite.add(f"\tstrvh\t%r4,{place}", state, store_half)


def sums_of_31_bits(suite):
    for code, a, b in itertools.product((0, 1, 2, 3), EDGES, EDGES[::2]):
        state = State(code, [1, 2, 3, a, b])
        for target, address, total in ((3, "5(%r3)", a + 5), (5, "4095(%r3,%r4)", a + b + 4095),
                                       (3, "0(%r3,%r3)", 2 * a), (4, "7(%r4,%r3)", a + b + 7),
                                       (4, "0(%r3)", a)):
            def add(after, target=target, total=total):
                after.r[target] = total & 0x7FFFFFFF
            suite.add(f"\tla\t%r{target},{address}\t# 1\t[c=8 l=4]  *la_31_and/0", state, add)


def strings(suite):
    """Strings of four bytes in the block's storage; r3 to r6 are addresses relative to it."""
    texts = (b"abc\0", b"ab\0\0", b"\0abc", b"abd\0", b"\xffbc\0", b"aaa\0")
    setup = f"\tla\t%r3,{STORAGE}(%r10)\n\tla\t%r5,{STORAGE + 8}(%r10)\n"
    # Addresses become offsets again, so that the model need not know where the block lies.
    relative = "\n\tbalr\t%r9,0\n\tsr\t%r3,%r10\n\tsr\t%r5,%r10\n\tspm\t%r9\n\tlhi\t%r9,0"
    for a, b in itertools.product(texts, texts):
        words = [int.from_bytes(word, "big") for word in (a, b"\xEE" * 4, b, b"\xDD" * 4)]
        state = State(0, [0, 1, 0, 0, 0, 0, 0, 0, 0, 0], words)
        end_a, end_b = a.index(0), b.index(0)
        where = STORAGE, STORAGE + 8

        def clst(after):
            different = next((i for i in range(4) if a[i] != b[i] or a[i] == 0))
            after.r[3], after.r[5] = where[0] + different, where[1] + different
            after.code = 0 if a[different] == b[different] else 1 if a[different] < b[different] else 2
        suite.add(setup + "\tclst\t%r3,%r5\n\tjo\t.-4" + relative, state, clst)

        def mvst(after):
            after.storage[0:end_b + 1] = b[:end_b + 1]
            after.r[3], after.r[5], after.code = where[0] + end_b, where[1], 1
        suite.add(setup + "\tmvst\t%r3,%r5\n\tjo\t.-4" + relative, state, mvst)

        for character in (0, ord("c"), ord("x")):
            # From a on, r3 being the end: behind b.
            text = a + b"\xEE" * 4 + b
            found = text.find(character)
            search = State(0, [character, 1], words)

            def srst(after):
                after.r[5] = STORAGE
                after.r[3], after.code = (STORAGE + found, 1) if found >= 0 else (STORAGE + 12, 2)
            suite.add(f"\tla\t%r3,{STORAGE + 12}(%r10)\n\tla\t%r5,{STORAGE}(%r10)\n"
                      "\tsrst\t%r3,%r5\n\tjo\t.-4" + relative, search, srst)


def long_blocks(suite):
    """MVCLE and CLCLE; what GCC leaves alone afterwards (lengths, addresses) is cleared."""
    forget = "\n\tbalr\t%r9,0\n" + "".join(f"\tlhi\t%r{i},0\n" for i in (3, 4, 5, 6, 7)) + \
             "\tspm\t%r9\n\tlhi\t%r9,0"
    source = bytes.fromhex("C1C2C3C4C5C6C7C8")
    other = bytes.fromhex("C1C2C3C4C540404040404040")
    for to, length, padding in itertools.product(range(0, 13, 3), range(0, 9, 2), (0, 0x40, 0xFF)):
        storage = other + source
        words = [int.from_bytes(storage[i:i + 4], "big") for i in range(0, 20, 4)]
        setup = f"\tla\t%r4,{STORAGE}(%r10)\n\tla\t%r6,{STORAGE + 12}(%r10)\n" \
                f"\tlhi\t%r5,{to}\n\tlhi\t%r7,{length}\n"
        for by, amount in (("", padding), ("(%r3)", 0)):
            state = State(0, [0, 1, 0, padding], words)
            first = other[:to].ljust(length, bytes([padding]))
            second = source[:length].ljust(to, bytes([padding]))

            def mvcle(after):
                after.r[3] = 0
                after.storage[0:to] = second[:to]
                after.code = 0 if to == length else 1 if to < length else 2
            suite.add(setup + f"\tmvcle\t%r4,%r6,{amount}{by}\n\tjo\t.-4" + forget, state, mvcle)

            def clcle(after):
                after.r[3] = 0
                after.code = 0 if first == second else 1 if first < second else 2
            suite.add(setup + f"\tclcle\t%r4,%r6,{amount}{by}\n\tjo\t.-4" + forget, state, clcle)


def run(suite):
    """Descriptions of the cases that came out wrong, at most one for each body."""
    with tempfile.TemporaryDirectory(prefix="s370-exactness-") as name, hercules.Machine() as machine:
        folder = pathlib.Path(name)
        driver = f"build/target/{build.HERE}/exactness_driver.o"
        build.call("make", "-f", build.RULES, driver)
        (folder / "cases.gcc.s").write_text(suite.assembly())
        build.lower(folder / "cases.gcc.s", folder / "cases.s")
        build.assemble(folder / "cases.s", folder / "cases.o")
        image = build.link([folder / "cases.o", driver], folder / "cases.elf")
        if len(image) > RESULTS:
            raise build.BuildError("too many cases for the storage")
        storage, stopped_at = machine.run(image, RESULTS, 4 * WORDS * len(suite.cases))
    if stopped_at != 0:
        return {"all": f"stopped at {stopped_at:06X}"}
    wrong = {}
    for i, (what, _, entry, expected) in enumerate(suite.cases):
        result = [int.from_bytes(storage[4 * (WORDS * i + j):4 * (WORDS * i + j) + 4], "big")
                  for j in range(WORDS)]
        # r2 is the block's address on entry and the case's own business afterwards.
        if result != expected:
            wrong.setdefault(what, f"from {entry} came {result}, should be {expected}")
    return wrong


def main():
    build.prepare()
    passed = failed = 0
    for group in (tests_under_mask, carries, immediates, products, quotients, rotations, reversals,
                  sums_of_31_bits, strings, long_blocks):
        suite = Suite()
        group(suite)
        wrong = run(suite)
        for what, problem in wrong.items():
            print(f"FAIL {group.__name__}: {what}: {problem}")
        failed += len(wrong)
        passed += len(suite.functions) - len(wrong)
        print(f"{group.__name__}: {len(suite.cases)} cases", flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
