#!/usr/bin/env python3
"""Proves that no folder includes what stands above it.

Each folder names the folders that its files may include (its own always).
The longest matching folder decides.
"""
import os
import re
import sys

BASE = ["s370/base"]
ARCH = BASE + ["s370/arch"]
MACHINE = ARCH + ["s370/machine"]
CP_LAYOUT = ["cp/layout", "cp/api"]
CMS_LAYOUT = ["cms/layout", "cp/api"]

# cp's folders, lowest first: each may include those before it.
CP_ORDER = ["cp/layout", "cp/api", "cp/base", "cp/io", "cp/paging", "cp/guest", "cp/control", "cp/command"]
CMS_ORDER = ["cms/layout", "cms/api", "cms/base", "cms/io", "cms/files", "cms/program", "cms/shell"]

MAY_INCLUDE = {
    "s370/base": [],
    "s370/arch": BASE,
    "s370/machine": ARCH,
    "s370/toolchain": [],
    "s370/runtime": BASE,
    "loaders": MACHINE,
    "cp/layout": ARCH + ["loaders"],
    "cp/api": ARCH,
    "cp": MACHINE + ["loaders"] + CP_ORDER,
    "cms/layout": ARCH + ["cp/api"],
    "cms": MACHINE + ["loaders", "cp/api"] + CMS_ORDER,
    "cms/api": MACHINE + CMS_LAYOUT,
    "cms/commands": ARCH + CMS_LAYOUT + ["cms/api"],
    "dasd-images": ARCH + ["loaders", "cp/layout", "cms/layout"],
    "terminal": ARCH,
}
for i, folder in enumerate(CP_ORDER):
    if folder not in MAY_INCLUDE:
        MAY_INCLUDE[folder] = MACHINE + ["loaders"] + CP_ORDER[:i]
for i, folder in enumerate(CMS_ORDER):
    if folder not in MAY_INCLUDE:
        MAY_INCLUDE[folder] = MACHINE + ["cp/api", "loaders"] + CMS_ORDER[:i]

INCLUDE = re.compile(r'\s*#\s*include\s+"([^"]+)"')


def owner(path):
    """The longest folder of the table that holds `path`."""
    folder = os.path.dirname(path)
    while folder and folder not in MAY_INCLUDE:
        folder = os.path.dirname(folder)
    return folder


def violations():
    for top in ("s370", "loaders", "cp", "cms", "dasd-images", "terminal"):
        for folder, _, files in sorted(os.walk(top)):
            for name in sorted(files):
                if not name.endswith((".h", ".cpp", ".S")):
                    continue
                path = os.path.join(folder, name)
                mine = owner(path)
                for number, line in enumerate(open(path, encoding="utf-8"), 1):
                    match = INCLUDE.match(line)
                    if not match:
                        continue
                    theirs = owner(match.group(1))
                    if "/" not in match.group(1):
                        yield f"{path}:{number}: include by the path from the root: {match.group(1)}"
                    elif theirs != mine and theirs not in MAY_INCLUDE[mine]:
                        yield f"{path}:{number}: {mine} must not include {match.group(1)}"


if __name__ == "__main__":
    os.chdir(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    found = list(violations())
    print("\n".join(found) if found else "layers: nothing includes upward")
    sys.exit(1 if found else 0)
