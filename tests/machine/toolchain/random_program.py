"""Random C++ programs without undefined behaviour, for the comparison of host and System/370.

Functions over unsigned and signed integers of all widths: expressions, conditions,
bounded loops, switches, arrays and calls of earlier functions. One seed, one program.
"""

import random

TYPES = ("u8", "u16", "u32", "u64", "i8", "i16", "i32", "i64")
BITS = {"8": 8, "16": 16, "32": 32, "64": 64}
EDGES = (0, 1, 2, 3, 7, 8, 15, 0x7F, 0x80, 0xFF, 0x100, 0x8001, 0x7FFF, 0x8000, 0xFFFF, 0x10000,
         0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x100000000, 0x8000000000000000, 0xFFFFFFFFFFFFFFFF)


class Program:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.functions = []  # (name, result type, parameter types)
        self.lines = []
        self.names = []
        self.budget = 0

    def bits(self, kind):
        return BITS[kind[1:]]

    def constant(self, kind):
        pick = self.random.random()
        if pick < 0.4:
            value = self.random.choice(EDGES)
        elif pick < 0.8:
            value = self.random.randrange(0, 300)
        else:
            value = self.random.getrandbits(64)
        return f"{kind}({value & (1 << self.bits(kind)) - 1}ULL)"

    def leaf(self, kind):
        if self.names and self.random.random() < 0.75:
            name, _ = self.random.choice(self.names)
            return f"{kind}(+{name})"  # without the sign it may declare a parameter
        return self.constant(kind)

    def condition(self, depth):
        kind = self.random.choice(TYPES)
        a, b = self.expression(kind, depth - 1), self.expression(kind, depth - 1)
        pick = self.random.random()
        if pick < 0.25:
            mask = self.random.choice((1, 0x80, 0x8001, 0x300, 0xFF00, 0x8000, 0x7FFE, 0x10000, 0x80010000))
            relation = self.random.choice(("== 0", "!= 0", f"== {mask}U", f"!= {mask}U"))
            return f"((u32({a}) & {mask}U) {relation})"
        if pick < 0.35:
            return f"({self.condition(depth - 1)} {self.random.choice(('&&', '||'))} " \
                   f"{self.condition(depth - 1)})" if depth > 0 else f"({a} != {b})"
        return f"({a} {self.random.choice(('<', '<=', '>', '>=', '==', '!='))} {b})"

    def expression(self, kind, depth):
        """An expression of type `kind`. All arithmetic is unsigned, so that it may wrap."""
        if depth <= 0 or self.random.random() < 0.12:
            return self.leaf(kind)
        unsigned = "u64" if self.bits(kind) == 64 else "u32"
        a = self.expression(kind, depth - 1)
        pick = self.random.randrange(22)
        if pick < 9:
            other = self.expression(kind, depth - 1)
            operator = self.random.choice("+-*&|^+-*")
            return f"{kind}({unsigned}({a}) {operator} {unsigned}({other}))"
        if pick < 11:
            divisor = self.expression(kind, depth - 1)
            if kind[0] == "i":  # no overflow: the divisor is never -1
                return f"{kind}({a} {self.random.choice('/%')} {kind}(({divisor} & 0x3F) | 1))"
            return f"{kind}({a} {self.random.choice('/%')} {kind}({divisor} | 1))"
        if pick < 14:
            amount = self.expression("u32", depth - 2)
            wide = self.bits(unsigned)
            value = f"{unsigned}({a})" if self.random.random() < 0.7 else f"i{wide}({a})"
            if value[0] == "i":
                return f"{kind}({value} >> ({amount} & {wide - 1}))"
            return f"{kind}({value} {self.random.choice(('<<', '>>'))} ({amount} & {wide - 1}))"
        if pick == 14:
            return f"{kind}(rotate({a}, {self.expression('u32', depth - 2)}))"
        if pick == 15:
            return f"{kind}({self.random.choice(('~', '-', '+', '!'))}{unsigned}({a}))"
        if pick == 16:
            other = self.expression(kind, depth - 1)
            return f"{kind}({self.condition(depth - 1)} ? {a} : {other})"
        if pick == 17:
            return f"{kind}({self.condition(depth - 1)})"
        if pick == 18:
            return f"{kind}((u32({a}) + {self.random.randrange(5000)}U) & 0x7FFFFFFFU)"
        if pick == 19:
            swap = self.random.choice(("__builtin_bswap32(u32", "__builtin_bswap64(u64", "__builtin_bswap16(u16"))
            return f"{kind}({swap}({a})))"
        other = self.expression("u32", depth - 1)
        return f"{kind}(state[{other} & 15] {self.random.choice('+^-')} u32({a}))"

    def assign(self, indent):
        name, kind = self.random.choice(self.names)
        if self.random.random() < 0.3:
            index = self.expression("u32", 1)
            self.line(indent, f"state[{index} & 15] = {self.expression('u32', 3)};")
        elif self.functions and self.random.random() < 0.25:
            # Calls stand alone: within an expression their order would be open.
            called, _, parameters = self.random.choice(self.functions)
            arguments = ", ".join(self.expression(parameter, 2) for parameter in parameters)
            self.line(indent, f"{name} = {kind}({called}({arguments}));")
        else:
            self.line(indent, f"{name} = {self.expression(kind, 4)};")

    def line(self, indent, text):
        self.lines.append("    " * indent + text)

    def statements(self, indent, count):
        for _ in range(count):
            self.statement(indent)

    def statement(self, indent):
        self.budget -= 1
        pick = self.random.random()
        if self.budget <= 0 or indent > 4 or pick < 0.55:
            self.assign(indent)
        elif pick < 0.75:
            self.line(indent, f"if ({self.condition(3)}) {{")
            self.statements(indent + 1, self.random.randrange(1, 3))
            if self.random.random() < 0.5:
                self.line(indent, "} else {")
                self.statements(indent + 1, self.random.randrange(1, 3))
            self.line(indent, "}")
        elif pick < 0.88:
            counter = f"n{len(self.lines)}"
            self.line(indent, f"for (u32 {counter} = 0; {counter} < {self.random.randrange(1, 6)}; ++{counter}) {{")
            self.statements(indent + 1, self.random.randrange(1, 3))
            if self.random.random() < 0.3:
                self.line(indent + 1, f"if ({self.condition(2)}) {{ break; }}")
            self.line(indent, "}")
        else:
            self.line(indent, f"switch ({self.expression('u32', 2)} & 15) {{")
            for label in self.random.sample(range(16), self.random.randrange(2, 12)):
                self.line(indent, f"case {label}:")
                self.statements(indent + 1, 1)
                if self.random.random() < 0.8:
                    self.line(indent + 1, "break;")
            self.line(indent, "default: break;")
            self.line(indent, "}")

    def function(self, number):
        kind = self.random.choice(TYPES)
        parameters = [self.random.choice(TYPES) for _ in range(self.random.randrange(0, 6))]
        self.names = [(f"p{i}", parameter) for i, parameter in enumerate(parameters)]
        listed = ", ".join(f"{parameter} {name}" for name, parameter in self.names)
        inline = self.random.choice(("[[gnu::noinline]] ", "[[gnu::noinline]] ", ""))
        self.line(0, f"{inline}{kind} f{number}({listed}) {{")
        self.line(1, "if (++calls > 4000) { return 1; }")
        for i in range(self.random.randrange(1, 5)):
            local = self.random.choice(TYPES)
            self.line(1, f"{local} v{i} = {self.expression(local, 2)};")
            self.names.append((f"v{i}", local))
        self.budget = self.random.choice((6, 12, 25, 60))
        self.statements(1, self.random.randrange(2, 7))
        self.line(1, f"return {self.expression(kind, 3)};")
        self.line(0, "}")
        self.functions.append((f"f{number}", kind, parameters))

    def text(self):
        self.lines = ['#include "tests/machine/toolchain/samples/recorder.h"', "",
                      "namespace {", "u32 calls = 0;", "u32 state[16];",
                      "template <class T> T rotate(T value, u32 by) {",
                      "    constexpr u32 bits = 8 * sizeof(T);",
                      "    u64 const all = u64(value) & (bits == 64 ? ~0ULL : (1ULL << bits % 64) - 1);",
                      "    by %= bits;",
                      "    return by == 0 ? value : T(all << by | all >> (bits - by));",
                      "}",
                      "u32 rotate(u32 value, u32 by) { return value << (by & 31) | value >> (-by & 31); }"]
        for number in range(self.random.randrange(2, 7)):
            self.function(number)
        self.lines += ["} // namespace", 'extern "C" void s370_test(u32* results) {',
                       "    Recorder record(results);"]
        self.names = []
        for name, _, parameters in self.functions:
            for _ in range(6):
                arguments = ", ".join(self.constant(parameter) for parameter in parameters)
                self.line(1, f"calls = 0; record(u64({name}({arguments})));")
        self.lines += ["    for (auto const word : state) { record(word); }", "}", ""]
        return "\n".join(self.lines)


def random_program(seed):
    return Program(seed).text()
