// Blocks and strings of every length near the edges, through builtins and the runtime.

#include <array>

#include "tests/machine/toolchain/samples/recorder.h"

extern "C" {
void* memcpy(void*, void const*, decltype(sizeof 0));
void* memmove(void*, void const*, decltype(sizeof 0));
void* memset(void*, int, decltype(sizeof 0));
int memcmp(void const*, void const*, decltype(sizeof 0));
}

namespace {

constexpr std::array<u32, 17> lengths = {0,   1,   2,   3,   8,   100, 255, 256, 257,
                                         258, 300, 511, 512, 513, 700, 769, 1025};
constexpr u32 room = 4096;

struct Buffer {
    std::array<u8, room> bytes;
};
Buffer left, right;

void prepare() {
    u32 x = 1;
    for (u32 i = 0; i < room; ++i) {
        x = x * 1103515245 + 12345;
        left.bytes[i] = u8(x >> 16);
        right.bytes[i] = u8(x >> 8 | 1); // never 0
    }
}

[[gnu::noinline]] u32 checksum() {
    u32 a = 1, b = 0;
    for (auto const byte : left.bytes) {
        a += byte;
        b = b * 31 + a;
    }
    return b;
}

using Move = void* (*)(void*, void const*, decltype(sizeof 0));
using Set = void* (*)(void*, int, decltype(sizeof 0));
using Compare = int (*)(void const*, void const*, decltype(sizeof 0));

i32 sign(i32 x) { return (x > 0) - (x < 0); }

// Through pointers, so that the runtime's routines run and not GCC's own expansion.
void runtime_routines(Recorder& record) {
    Move const copy = hidden(&memcpy), move = hidden(&memmove);
    Set const set = hidden(&memset);
    Compare const compare = hidden(&memcmp);
    for (auto const length : lengths) {
        prepare();
        auto* const to = left.bytes.data() + 1000;
        record(copy(to, right.bytes.data() + 3, length) == to);
        record(checksum());
        record(set(to + 7, i32(length) + 0x1A5, length) == to + 7);
        record(checksum());
        for (i32 const distance : {-600, -257, -256, -3, -1, 0, 1, 2, 255, 256, 257, 600}) {
            record(move(to + distance, to, length) == to + distance);
            record(checksum());
        }
        prepare();
        copy(left.bytes.data(), right.bytes.data(), length);
        record(sign(compare(left.bytes.data(), right.bytes.data(), length)));
        if (length > 0) {
            left.bytes[length - 1] = 0;
            record(sign(compare(left.bytes.data(), right.bytes.data(), length)));
            record(sign(compare(right.bytes.data(), left.bytes.data(), length)));
        }
    }
}

[[gnu::noinline]] void inline_blocks(Recorder& record, u32 length) {
    prepare();
    __builtin_memcpy(left.bytes.data(), right.bytes.data() + 5, length);
    record(checksum());
    __builtin_memset(left.bytes.data() + 3, i32(length), length);
    record(checksum());
    __builtin_memset(left.bytes.data() + 9, 0, length);
    record(checksum());
    record(sign(__builtin_memcmp(left.bytes.data(), right.bytes.data(), length)));
}

[[gnu::noinline]] void constant_blocks(Recorder& record) {
    prepare();
    Buffer saved = left;
    left = right;
    record(checksum());
    left = saved;
    record(checksum());
    __builtin_memset(left.bytes.data(), 0, 3000);
    record(checksum());
    __builtin_memset(left.bytes.data() + 1, 0xC1, 3001);
    record(checksum());
    __builtin_memcpy(left.bytes.data(), right.bytes.data(), 17);
    record(checksum());
    record(__builtin_memcmp(left.bytes.data(), right.bytes.data(), 17) == 0);
    record(__builtin_memcmp(left.bytes.data(), right.bytes.data(), 600) == 0);
}

[[gnu::noinline]] void strings(Recorder& record, u32 length) {
    prepare();
    char* const a = reinterpret_cast<char*>(left.bytes.data());
    char* const b = reinterpret_cast<char*>(right.bytes.data());
    b[length] = 0;
    record(u32(__builtin_strlen(b)));
    record(u32(__builtin_stpcpy(a, b) - a));
    record(checksum());
    record(sign(__builtin_strcmp(a, b)));
    if (length > 0) {
        a[length - 1] = char(u8(b[length - 1]) ^ 0x80);
        record(sign(__builtin_strcmp(a, b)));
        record(sign(__builtin_strcmp(b, a)));
    }
}

} // namespace

extern "C" void s370_test(u32* results) {
    Recorder record(results);
    runtime_routines(record);
    for (auto const length : lengths) {
        inline_blocks(record, length);
        strings(record, length);
    }
    constant_blocks(record);
}
