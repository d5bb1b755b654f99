#!/usr/bin/env python3
"""Privileged instructions do in a virtual machine what they do on the bare one.

The deck that tests/machine/privileged makes prints a line about each case; the lines must
be the same. Needs `make test-programs`.
"""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
from tests.harness.cases import case, run
from tests.harness.system import ROOT, System
from tests.machine import conformance

DECK = os.path.join(ROOT, "build", "tests", "privileged.deck")


def by_case(lines):
    return {line[:4]: line for line in lines.split("\n") if line}


@case
def the_same_lines(system):
    """every case ends the same, bare and in a virtual machine"""
    with open(DECK.replace(".deck", ".names")) as f:
        names = dict(line.rstrip().split(" ", 1) for line in f)
    bare = by_case(conformance.run_bare(DECK))
    virtual = by_case(conformance.run_virtual(system, DECK, 114 * len(names)))
    differences = [number for number in names if bare.get(number) != virtual.get(number)]
    with open(os.path.join(ROOT, "build", "tests", "privileged.differences"), "w") as f:
        for number in differences:
            f.write(f"{names[number]}\n  bare    {bare.get(number)}\n  virtual {virtual.get(number)}\n")
    assert len(bare) == len(names), f"{len(bare)} of {len(names)} cases ran on the bare machine"
    assert not differences, \
        f"{len(differences)} of {len(names)} cases differ: {', '.join(names[n] for n in differences[:10])}"


if __name__ == "__main__":
    run(conformance.start, System.discard)
