"""SIGTERM ends a test script as an exception does: with all that it started."""
import signal
import sys
import threading

_ending = threading.Event()


def on_sigterm():
    """From now on; the main thread's."""
    def end(*_):
        _ending.set()
        sys.exit(128 + signal.SIGTERM)
    signal.signal(signal.SIGTERM, end)


def sleep(seconds):
    """For threads, which the main one waits for: raises InterruptedError when all shall end."""
    if _ending.wait(seconds):
        raise InterruptedError
