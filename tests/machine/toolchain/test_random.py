#!/usr/bin/env python3
"""Random programs, lowered, against the host: test_random.py [COUNT [FIRST_SEED]].

A failure prints its seed; `test_random.py 1 SEED` repeats it and leaves the program in build/.
"""

import concurrent.futures
import pathlib
import random
import sys
import tempfile

import build
import hercules
from random_program import random_program
from test_samples import RESULTS, ROOM, difference


def make_image(seed, folder):
    chance = random.Random(seed)
    optimization = chance.choice(("-O0", "-O1", "-O2", "-O2", "-O3", "-Os"))
    page_size = chance.choice((4096, 4096, 1200, 640))
    stem = folder / f"random-{seed}"
    source = stem.with_suffix(".cpp")
    source.write_text(random_program(seed))
    expected = build.build_host(source, stem.with_suffix(".host"))
    build.compile_to_gcc(source, optimization, stem.with_suffix(".gcc.s"), "-w")
    build.lower(stem.with_suffix(".gcc.s"), stem.with_suffix(".s"), page_size)
    build.assemble(stem.with_suffix(".s"), stem.with_suffix(".o"))
    image = build.link([stem.with_suffix(".o")], stem.with_suffix(".elf"))
    return f"{optimization} pages of {page_size}", expected, image


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 25
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    build.prepare()
    passed = failed = 0
    with tempfile.TemporaryDirectory(prefix="s370-random-") as name, \
            concurrent.futures.ThreadPoolExecutor(2) as pool, hercules.Machine() as machine:
        folder = pathlib.Path(name) if count > 1 else build.ROOT / "build"
        jobs = {seed: pool.submit(make_image, seed, folder) for seed in range(first, first + count)}
        for seed, job in jobs.items():
            try:
                how, expected, image = job.result()
                problem = difference(expected, *machine.run(image, RESULTS, ROOM))
            except build.BuildError as error:
                how, problem = "", str(error)
            if problem:
                print(f"FAIL seed {seed} {how}: {problem[:400]}", flush=True)
            failed += bool(problem)
            passed += not problem
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
