// The same sample on the host: prints its words, for the comparison.
#include <cstdio>
#include <vector>

#include "tests/machine/toolchain/samples/recorder.h"

int main() {
    std::vector<u32> results(65536);
    s370_test(results.data());
    for (u32 i = 0; i <= results[0]; ++i) { std::printf("%08x\n", results[i]); }
}
