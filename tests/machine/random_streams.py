#!/usr/bin/env python3
"""Random streams of instructions, in random states of the processor, end the same on the bare
machine and in a virtual machine, and another virtual machine's storage stays as it is (which
Comparison looks at).

A few thousand of them; tests/machine/streams/run.py compares as many as one likes. Needs
`make test-programs`.
"""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
from tests.harness.cases import case, run
from tests.machine.streams.machines import Bare, Virtual
from tests.machine.streams.run import Comparison

SEED = 370


def compare(virtual, first, count):
    comparison = Comparison(Bare(), virtual, SEED)
    comparison.run(first, count)
    assert not comparison.found, f"{comparison.found} of seed {SEED} differ: streams/run.py show {SEED} N"
    assert comparison.streams > count * 0.85, f"only {comparison.streams} streams were compared"
    # What is left out for the clocks' sake is rare.
    assert comparison.counts["SAW THE TIME"] <= 1 + count // 2000


@case
def with_the_fast_path(virtual):
    """random streams end the same, bare and in a virtual machine, and disturb no other machine"""
    compare(virtual, 0, 8192)


@case
def without_it(virtual):
    """so they do with SET ASSIST OFF"""
    virtual.assist("off")
    compare(virtual, 8192, 2048)


if __name__ == "__main__":
    run(Virtual, lambda virtual: virtual.system.discard())
