#!/usr/bin/env python3
"""Coverage from the instruction to the report: lines that ran, lines that did not."""

import pathlib
import re
import sys
import tempfile

import build
import hercules

SOURCE = """\
#include "tests/machine/toolchain/samples/recorder.h"
namespace {
[[gnu::noinline]] u32 choose(u32 x) {
    if (x > 10) {
        return x * 3; // ran
    }
    return x / 7; // never
}
[[gnu::noinline]] u32 unused(u32 x) {
    return x % 9; // never
}
template <class T> [[gnu::noinline]] T shared(T x) {
    return hidden(x) + 5; // ran
}
} // namespace
extern "C" void s370_test(u32* results) {
    Recorder record(results);
    record(choose(hidden(77U))); // ran
    if (hidden(0U) != 0) {
        record(unused(3)); // never
    }
    record(shared(2U)); // ran
    for (u32 i = 0; i < 3; ++i) {
        record(shared(u64{i})); // ran
    }
}
"""


def report(folder, images, dumps):
    text = build.call("build/host/coverage", *images, "--dumps", *dumps)
    lines = {}
    for record in text.split("end_of_record"):
        name = re.search("SF:(.*)", record)
        if name and name[1].endswith("covered.cpp"):
            lines = {int(line): int(count) for line, count in re.findall(r"DA:(\d+),(\d+)", record)}
    return lines


def main():
    build.prepare()
    results = []
    with tempfile.TemporaryDirectory(prefix="s370-coverage-") as name, hercules.Machine() as machine:
        folder = pathlib.Path(name)
        (folder / "covered.cpp").write_text(SOURCE)
        for optimization in ("-O0", "-O2", "-Os"):
            stem = folder / f"covered{optimization}"
            build.compile_to_gcc(folder / "covered.cpp", optimization, stem.with_suffix(".gcc.s"))
            build.lower(stem.with_suffix(".gcc.s"), stem.with_suffix(".s"), 4096, True)
            build.assemble(stem.with_suffix(".s"), stem.with_suffix(".o"))
            image = build.link([stem.with_suffix(".o")], stem.with_suffix(".elf"))
            storage, stopped_at = machine.run(image, 0, 0x10000)
            # The image may lie in any frames: the second dump has them the other way round.
            moved = b"".join(storage[i:i + 4096] for i in reversed(range(0, len(storage), 4096)))
            (folder / "straight").write_bytes(storage)
            (folder / "moved").write_bytes(moved)
            counts = {dump: report(folder, [stem.with_suffix(".elf")], [folder / dump])
                      for dump in ("straight", "moved")}
            results.append((f"{optimization}: ends well", stopped_at == 0))
            results.append((f"{optimization}: the same in any frame",
                            counts["straight"] == counts["moved"]))
            for number, line in enumerate(SOURCE.splitlines(), 1):
                if "// ran" in line:
                    results.append((f"{optimization}: {line.strip()}",
                                    counts["straight"].get(number, 0) > 0))
                elif "// never" in line:
                    results.append((f"{optimization}: {line.strip()}",
                                    counts["straight"].get(number, 0) == 0))
        known = report(folder, [stem.with_suffix(".elf")], [folder / "straight"])
        results.append(("a line that never ran is in the report", any(not count for count in known.values())))
    for what, good in results:
        if not good:
            print("FAIL", what)
    failed = sum(not good for _, good in results)
    print(f"{len(results) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
