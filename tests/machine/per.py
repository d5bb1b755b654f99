#!/usr/bin/env python3
"""Program-event recording does in a virtual machine what it does on the bare one.

The deck that tests/machine/per makes prints each program interruption of each case; the
lines must be the same. Needs `make test-programs`.
"""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
from tests.harness.cases import case, run
from tests.harness.system import ROOT, System
from tests.machine import conformance

DECK = os.path.join(ROOT, "build", "tests", "per.deck")


def by_case(lines):
    cases = {}
    for line in lines.split("\n"):
        if line:
            cases.setdefault(line[:4], []).append(line[5:].rstrip())
    return cases


@case
def the_same_lines(system):
    """every case has the same events, bare and in a virtual machine"""
    with open(DECK.replace(".deck", ".names")) as f:
        names = dict(line.rstrip().split(" ", 1) for line in f)
    printed = conformance.run_bare(DECK)
    bare = by_case(printed)
    virtual = by_case(conformance.run_virtual(
        system, DECK, lambda text: len(text) >= len(printed)))
    differences = [number for number in names if bare.get(number) != virtual.get(number)]
    with open(os.path.join(ROOT, "build", "tests", "per.differences"), "w") as f:
        for number in differences:
            f.write("\n  ".join([names[number], "bare", *bare.get(number, []), "virtual", *virtual.get(number, [])]) + "\n")
    assert len(bare) == len(names), f"{len(bare)} of {len(names)} cases ran on the bare machine"
    assert not differences, \
        f"{len(differences)} of {len(names)} cases differ: {', '.join(names[n] for n in differences[:10])}"


if __name__ == "__main__":
    run(conformance.start, System.discard)
