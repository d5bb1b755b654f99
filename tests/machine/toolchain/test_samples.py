#!/usr/bin/env python3
"""The same C++ on the host and on a System/370: every sample, optimization and layout."""

import concurrent.futures
import pathlib
import sys
import tempfile

import build
import hercules

OPTIMIZATIONS = ("-O0", "-O1", "-O2", "-O3", "-Os")
# Page size, and whether coverage is recorded.
LAYOUTS = ((4096, False), (640, False), (1200, True))
RESULTS = 0x600000  # the word before counts the timer's interruptions
ROOM = 4 * 65536


def make_images(sample, folder):
    """Expected words, and {(optimization, layout): image or the error of its build}."""
    source = pathlib.Path(build.HERE) / "samples" / f"{sample}.cpp"
    expected = build.build_host(source, folder / f"{sample}.host")
    images = {}
    for optimization in OPTIMIZATIONS:
        gcc = folder / f"{sample}{optimization}.gcc.s"
        build.compile_to_gcc(source, optimization, gcc)
        for layout in LAYOUTS:
            stem = folder / f"{sample}{optimization}-{layout[0]}"
            try:
                build.lower(gcc, stem.with_suffix(".s"), *layout)
                build.assemble(stem.with_suffix(".s"), stem.with_suffix(".o"))
                images[optimization, layout] = build.link([stem.with_suffix(".o")],
                                                        stem.with_suffix(".elf"))
            except build.BuildError as error:
                images[optimization, layout] = str(error)
    return expected, images


def difference(expected, storage, stopped_at):
    """What is wrong with a result, or nothing."""
    if stopped_at != 0:
        return f"stopped at {stopped_at:06X}"
    count = int.from_bytes(storage[:4], "big")
    words = [storage[4 * i:4 * i + 4].hex() for i in range(min(count, 65535) + 1)]
    for i, (ours, theirs) in enumerate(zip(words, expected)):
        if ours != theirs:
            return f"word {i} is {ours}, should be {theirs}"
    return None if len(words) == len(expected) else f"{len(words)} words, should be {len(expected)}"


def main():
    build.prepare()
    samples = sys.argv[1:] or sorted(
        path.stem for path in (build.ROOT / build.HERE / "samples").glob("*.cpp")
        if path.stem != "host_main")
    passed = failed = interruptions = 0
    with tempfile.TemporaryDirectory(prefix="s370-samples-") as name, \
            concurrent.futures.ThreadPoolExecutor(2) as pool, hercules.Machine() as machine:
        jobs = {sample: pool.submit(make_images, sample, pathlib.Path(name)) for sample in samples}
        for sample, job in jobs.items():
            expected, images = job.result()
            for (optimization, (size, coverage)), image in images.items():
                problem = image
                if isinstance(image, bytes):
                    storage, stopped_at = machine.run(image, RESULTS - 4, ROOM)
                    interruptions += int.from_bytes(storage[:4], "big")
                    problem = difference(expected, storage[4:], stopped_at)
                if problem:
                    print(f"FAIL {sample} {optimization} pages of {size}{' coverage' * coverage}: "
                          f"{problem[:400]}")
                failed += bool(problem)
                passed += not problem
    print(f"{interruptions} interruptions in between")
    failed += not interruptions
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
