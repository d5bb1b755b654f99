// Runs the cases of test_exactness.py: each function on its own copy of its operands.

#include "tests/machine/toolchain/samples/recorder.h"

namespace {

constexpr u32 words = 16; // of a case: condition code, r0 to r9, storage

struct Case {
    void (*function)(u32* block);
    u32 operands[words];
};

} // namespace

extern "C" {
extern Case const exactness_cases[];
extern u32 const exactness_count;
}

extern "C" void s370_test(u32* results) {
    for (u32 i = 0; i < exactness_count; ++i) {
        for (u32 j = 0; j < words; ++j) { results[j] = exactness_cases[i].operands[j]; }
        exactness_cases[i].function(results);
        results += words;
    }
}
