#!/usr/bin/env python3
"""Plays tests/terminal/traces to term370 and to s3270, and compares all that can be seen.

A trace is a text: `= name` begins a session, `terminal MODEL options` says what terminal it
is, `< hex` is a record of the host, `> Action()` a key. After each, the replies are
compared; at the end of a session and after each key the whole buffer and the status line.
"""
import glob
import os
import re
import shutil
import sys
import threading

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from compare_s3270 import OURS, THEIRS, Client, Difference, compare_screens, first_replies, same  # noqa: E402

ATTENTION = re.compile(r"(Enter|Clear|SysReq|PF|PA|CursorSelect)\(")


def sessions(path):
    """(name, terminal, steps) of each session of a trace."""
    found = []
    with open(path) as f:
        for line in f:
            line = line.split("#")[0].strip()
            if line.startswith("= "):
                found.append([f"{os.path.basename(path)}: {line[2:]}", "3279-2-E", []])
            elif line.startswith("terminal "):
                found[-1][1] = line[9:]
            elif line:
                found[-1][2].append(line)
    return found


def key(pair, action, waits):
    if not (waits and ATTENTION.match(action)):
        return same("outcome of " + action, *([c.ask(action)[-1]] for c in pair))
    for client in pair:
        client.tell(action)
    same(action, *(first_replies(c, action) for c in pair))
    return None


def play(name, terminal, steps):
    """The first difference, if there is one."""
    model, *extra = terminal.split()
    pair = []
    try:
        for program in (THEIRS, OURS):
            pair.append(Client(program, model, extra))
        same("negotiation", *([x.hex() for x in c.negotiation] for c in pair))
        waits, pending = True, False
        for at, step in enumerate(steps):
            where = f"step {at + 1}, {step[:120]}"
            try:
                if step[0] == "<":
                    for client in pair:
                        client.send(bytes.fromhex(step[2:]))
                    same("replies", *([x.hex() for x in c.replies()] for c in pair))
                    if pending and step[2:6] == "f1c2":
                        pending = False  # it unlocks: the action is answered now
                        same("outcome", *([c.answer()[-1]] for c in pair))
                    if not pending:
                        compare_screens(*pair)
                    continue
                waits = waits and "AidWait" not in step
                key(pair, step[2:], waits)
                pending = waits and ATTENTION.match(step[2:]) is not None
                if not pending:
                    compare_screens(*pair)
            except Difference as problem:
                raise Difference(f"{where}: {problem}") from None
        return None
    except (Difference, OSError, EOFError) as problem:
        return f"{name}: {problem}"
    finally:
        for client in pair:
            client.close()


def main():
    if not shutil.which(THEIRS[0]):
        print("s3270 is not installed\n0 passed, 0 failed")
        return 0
    waiting = [s for path in sorted(glob.glob(f"{HERE}/traces/*.trace")) for s in sessions(path)
               if not sys.argv[1:] or any(word in s[0] for word in sys.argv[1:])]
    problems, passed = [], []

    def work():
        while waiting:
            session = waiting.pop(0)
            problem = play(*session)
            (problems if problem else passed).append(problem)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print("\n".join(problems))
    print(f"{len(passed)} passed, {len(problems)} failed")
    return 1 if problems or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
