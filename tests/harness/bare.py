"""Hercules alone: a program that is IPLed on the machine itself, without CP."""

import os
import pathlib
import subprocess
import threading

CONFIGURATION = """\
CPUSERIAL 002623
CPUMODEL 3158
MAINSIZE {megabytes}
XPNDSIZE 0
NUMCPU {processors}
OSTAILOR QUIET
ARCHMODE S/370
TIMERINT 1000
PANRATE SLOW
0009 3215-C /
{devices}
"""


def ipl(folder, device, devices, seconds, processors=1, megabytes=16, answer=lambda line: None):
    """IPLs from `device` of `devices` (lines of a configuration); the lines that Hercules logs
    until the CPU stops in a disabled wait, or `seconds` have passed.

    `answer` tells what to type on the panel after a line (several commands: a list); what it
    tells of the line of the wait state, HHCCP011I, is typed before the end.
    """
    configuration = pathlib.Path(folder) / "machine.cnf"
    configuration.write_text(CONFIGURATION.format(megabytes=megabytes, processors=processors,
                                                  devices="\n".join(devices)))
    # With -d and EXTERNALGUI the panel commands come from standard input.
    process = subprocess.Popen(
        [os.environ.get("HERCULES", "hercules"), "-d", "-f", str(configuration), "EXTERNALGUI"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=folder,
        text=True, errors="replace")
    watchdog = threading.Timer(seconds, process.kill)
    watchdog.start()
    log, started = [], False
    try:
        for line in process.stdout:
            log.append(line.rstrip())
            commands = answer(line) or []
            # In manual state IPL is possible, unless another processor is still starting.
            if "HHCPN053E" in line or not started and line.startswith("STATUS=") and " M" in line:
                started = True
                commands = [*commands, f"ipl {device}"]
            elif "HHCCP011I" in line:
                commands = [*commands, "quit"]
            process.stdin.write("".join(f"{command}\n" for command in commands))
            process.stdin.flush()
        process.wait()
    finally:
        watchdog.cancel()
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()
    return log
