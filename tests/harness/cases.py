"""A test script: functions marked @case, run in their order, counted at the end."""
import sys
import time
import traceback

from tests.harness import ending

_cases = []


def case(function):
    """A test; its docstring or name is the sentence that is proved."""
    _cases.append(function)
    return function


def run(setup=None, teardown=None):
    """Runs the cases (or those whose names contain an argument) and exits."""
    ending.on_sigterm()
    wanted = sys.argv[1:]
    passed = failed = 0
    context = ()
    try:
        if setup is not None:
            context = (setup(),)
        for function in _cases:
            if wanted and not any(w in function.__name__ for w in wanted):
                continue
            name = (function.__doc__ or function.__name__.replace("_", " ")).strip().split("\n")[0]
            start = time.monotonic()
            try:
                function(*context)
                passed += 1
                print(f"ok    {name} ({time.monotonic() - start:.1f} s)", flush=True)
            except Exception as error:  # a failing case must not hide the others
                failed += 1
                print(f"FAIL  {name}: {error}", flush=True)
                if not isinstance(error, AssertionError):
                    traceback.print_exc(file=sys.stdout)
    finally:
        if teardown is not None and context:
            teardown(context[0])
    print(f"{passed} passed, {failed} failed", flush=True)
    sys.exit(1 if failed or not passed else 0)
