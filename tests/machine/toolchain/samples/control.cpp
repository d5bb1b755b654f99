// Control flow: jump tables, computed jumps, recursion, variable arguments and stack
// frames, and one function of many pages.

#include <array>
#include <cstdarg>

#include "tests/machine/toolchain/samples/recorder.h"

namespace {

[[gnu::noinline]] u32 table(u32 x) {
    switch (x) {
    case 0: return 17;
    case 1: return table(x + 4) + 1;
    case 2: return x * x * 31;
    case 3: return x / (x - 2);
    case 4: return 0xFFFFFFFF - x;
    case 5: return 99;
    case 7: return 4097;
    case 8: return x << 20;
    case 9: return table(3) ^ 0x55;
    case 10: return 6;
    default: return 1;
    }
}

// A small interpreter with a computed jump for each operation.
[[gnu::noinline]] u32 interpret(u8 const* code, u32 value) {
    static void* const operations[] = {&&stop, &&add, &&multiply, &&invert, &&jump};
    u32 stack[4] = {1, 2, 3, 4};
    goto* operations[*code];
add:
    value += stack[code[1] & 3];
    code += 2;
    goto* operations[*code];
multiply:
    value *= code[1];
    stack[code[1] & 3] ^= value;
    code += 2;
    goto* operations[*code];
invert:
    value = ~value;
    ++code;
    goto* operations[*code];
jump:
    code += (value & 1) != 0 ? 2 : code[1];
    goto* operations[*code];
stop:
    return value ^ stack[0] ^ stack[3];
}

[[gnu::noinline]] u32 sum(u32 count, ...) {
    va_list list;
    va_start(list, count);
    u32 result = 0;
    for (u32 i = 0; i < count; ++i) {
        result = result * 3 + (i % 3 == 2 ? u32(va_arg(list, u64) >> 16) : va_arg(list, u32));
    }
    va_end(list);
    return result;
}

[[gnu::noinline]] u32 ackermann(u32 m, u32 n) {
    if (m == 0) { return n + 1; }
    return n == 0 ? ackermann(m - 1, 1) : ackermann(m - 1, ackermann(m, n - 1));
}

[[gnu::noinline]] u32 fill(u8* bytes, u32 length) {
    u32 result = 0;
    for (u32 i = 0; i < length; ++i) {
        bytes[i] = u8(i * 7);
        result += bytes[i / 2];
    }
    return result;
}

[[gnu::noinline]] u32 dynamic(u32 length) {
    auto* const bytes = static_cast<u8*>(__builtin_alloca(length));
    return fill(bytes, length) + fill(bytes, length / 2);
}

[[gnu::noinline]] u32 bump(u32 x) { return x * 5 + 1; }
[[gnu::noinline]] u32 tail(u32 x) {
    return bump(x ^ 3); // a sibling call
}
[[gnu::noinline]] u32 indirect_tail(u32 (*function)(u32), u32 x) { return function(x + 1); }

// Many statements, so many that it takes several pages, with jumps over them both ways.
template <u32 n>
[[gnu::always_inline]] inline u32 block(u32 x, std::array<u32, 16>& state) {
    u32& slot = state[(x + n) & 15];
    switch ((x >> 3) & 7) {
    case 0: slot += x * (n + 3); break;
    case 1: slot ^= x / (n + 1); break;
    case 2: slot -= bump(x); break;
    case 3: x = (x + n) & 0x7FFFFFFF; break;
    case 4: slot = __builtin_bswap32(slot + n); break;
    case 5: x ^= slot << (n & 15); break;
    case 6:
        for (u32 i = 0; i < (n & 3); ++i) { x += state[i] & 0x8001; }
        break;
    default: x += u32(u64{x} * (slot | 1) >> 32); break;
    }
    if ((x & 0x8001) == 0x8001 || (i32(x) < -70000 && (slot & 0x600) != 0)) {
        slot = x * 0x01000193;
    }
    return x * 1664525 + 1013904223 + n;
}

[[gnu::noinline]] u32 many_pages(u32 x, std::array<u32, 16>& state) {
    for (u32 round = 0; round < 3; ++round) {
        x = block<1>(x, state), x = block<2>(x, state), x = block<3>(x, state);
        x = block<4>(x, state), x = block<5>(x, state), x = block<6>(x, state);
        if (x % 5 == 0) { continue; }
        x = block<7>(x, state), x = block<8>(x, state), x = block<9>(x, state);
        x = block<10>(x, state), x = block<11>(x, state), x = block<12>(x, state);
        if (x % 7 == 0) { return x; }
        x = block<13>(x, state), x = block<14>(x, state), x = block<15>(x, state);
        x = block<16>(x, state), x = block<17>(x, state), x = block<18>(x, state);
    }
    return x;
}

} // namespace

extern "C" void s370_test(u32* results) {
    Recorder record(results);
    for (u32 i = 0; i < 13; ++i) { record(table(i)); }
    constexpr std::array<u8, 16> code = {1, 3, 2, 5, 3, 4, 3, 3, 1, 2, 2, 9, 4, 2, 1, 1};
    std::array<u8, 20> program{};
    for (u32 i = 0; i < code.size(); ++i) { program[i] = code[i]; }
    for (u32 i = 0; i < 8; ++i) { record(interpret(program.data(), i * 77)); }
    record(sum(7, 1U, 2U, u64{0x123456789A}, 4U, 5U, u64{6} << 40, 7U));
    record(ackermann(2, 5));
    for (u32 i = 1; i < 300; i += 37) { record(dynamic(i)); }
    record(tail(9)), record(indirect_tail(hidden(&bump), 4)), record(indirect_tail(&tail, 5));
    std::array<u32, 16> state{};
    for (u32 i = 0; i < 200; ++i) { record(many_pages(i * 2654435761U, state)); }
    for (auto const word : state) { record(word); }
}
