#!/usr/bin/env python3
"""Runs streams on the bare machine and in a virtual one, and finds those that end differently.

  run.py compare SEED FIRST COUNT [off]   streams FIRST to FIRST+COUNT; SET ASSIST OFF
  run.py show SEED NUMBER [FIRST]         all about one stream, on both; after those from FIRST on,
                                          or from the beginning of its epoch

Streams come in epochs of 256 that share the contents of storage. docs/random-streams.md says
what is compared, and what is not.
"""
import collections
import concurrent.futures
import difflib
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))))
from tests.harness import ending
from tests.machine.streams.machines import EPOCH, LOOP_TIME, LONGER, Bare, Virtual, after


def round_up(streams):
    return -(-streams // EPOCH) * EPOCH


def together(*calls):
    """Their results; they run at the same time."""
    with concurrent.futures.ThreadPoolExecutor() as pool:
        return [future.result() for future in [pool.submit(call) for call in calls]]


class Comparison:
    """Streams on the bare machine and in a virtual one."""
    CHUNK = 64 * EPOCH

    def __init__(self, bare, virtual, seed):
        self.bare, self.virtual, self.seed = bare, virtual, seed
        self.counts, self.found, self.streams = collections.Counter(), [], 0

    def both(self, method, *operands, **parameters):
        return together(*(lambda machine=machine: getattr(machine, method)(self.seed, *operands, **parameters)
                          for machine in (self.bare, self.virtual)))

    def run(self, first, count, say=lambda text: None, most=1):
        """Fills `counts`, and `found` with the first streams that end differently."""
        end = first + count
        while first < end and len(self.found) < most:
            size = min(self.CHUNK, end - first)
            one, other = self.both("epochs", first, size)
            self.counts += one.counts
            for epoch in range(first // EPOCH, (first + size) // EPOCH):
                self.look_at(epoch, one, other, say)
                if len(self.found) >= most:
                    break
            self.virtual.check_other()
            self.streams += size
            first += size
            say(f"seed {self.seed}: to {first}, {len(self.found)} differ {self.found}, "
                f"bare {one.speed:.0f}, virtual {other.speed:.0f} streams a second of the host's CPU")

    def look_at(self, epoch, one, other, say, loop_time=LOOP_TIME):
        def count(what, streams=0):
            self.counts[what] += 1
            say(f"epoch {epoch}: {what} {streams or ''}")

        if epoch in one.lost: # nothing that the virtual machine could be compared with
            count("EPOCHS LOST")
            self.streams -= EPOCH
            return
        if epoch in other.lost:
            self.found.append(self.virtual.lost_at(self.seed, epoch))
            return
        # Where only one of them leaves a stream out, both get much longer, and what only one of
        # them leaves out even then is not compared. Nothing else is tried again.
        unlike = one.differences(other, epoch)
        by_one = (one.left_out[epoch] ^ other.left_out[epoch]).intersection(unlike)
        if by_one and loop_time != LONGER:
            count("GIVEN LONGER", by_one)
            longer = self.both("epochs", epoch * EPOCH, EPOCH, loop_time=LONGER)
            self.look_at(epoch, *longer, say, LONGER)
            return
        for stream in by_one:
            count("LEFT OUT BY ONE", stream)
        differ = [key for key in unlike if not by_one or key not in by_one and key != after(epoch)]
        if not differ:
            return
        timed = self.bare.epochs(self.seed, epoch * EPOCH, EPOCH, loop_time=loop_time, clocks=1)
        for key in differ:
            # On the bare machine, too, another time in the clocks makes another end.
            if key in one.differences(timed, epoch):
                count("SAW THE TIME", key)
            else:
                self.found.append(key)


def main():
    command, seed, first, *rest = sys.argv[1:]
    ending.on_sigterm()
    virtual = Virtual("off" if "off" in rest else "on")
    comparison = Comparison(Bare(), virtual, int(seed))
    try:
        if command == "show":
            number = int(first)
            begin = int(rest[0]) if rest else number // EPOCH * EPOCH
            print("\n".join(difflib.ndiff(*comparison.both("show", number, begin))))
            return
        comparison.run(int(first), round_up(int(rest[0])), lambda text: print(text, flush=True), most=8)
        print(", ".join(f"{name} {count}" for name, count in sorted(comparison.counts.items())))
        print(f"{comparison.streams} streams, {len(comparison.found)} differ: {comparison.found}; "
              "CP and the other machine's storage are as they were")
    finally:
        virtual.system.discard()
    sys.exit(1 if comparison.found else 0)


if __name__ == "__main__":
    main()
