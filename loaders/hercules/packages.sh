#!/bin/sh
# Installs the Debian packages that a make target needs and that are missing.
# usage: packages.sh run|up|web|test|check|browser...
set -eu
build="g++ g++-s390x-linux-gnu binutils-s390x-linux-gnu python3 zlib1g-dev libboost-program-options-dev"
run="$build"
[ "${HERCULES:-hercules}" != hercules ] || run="$run hercules"
terminal="libncurses-dev libssl-dev libfreetype-dev libpng-dev pkgconf fonts-dejavu-core"
web="$terminal libboost-dev ca-certificates"
test="$run $terminal s3270 libboost-test-dev tmux"
wanted=""
for purpose in "$@"; do
    case "$purpose" in
    run) wanted="$wanted $run $terminal" ;;
    up) wanted="$wanted $run" ;;
    web) wanted="$wanted $run $web" ;;
    test) wanted="$wanted $test" ;;
    check) wanted="$wanted $test $web clang-format clang-tidy" ;;
    browser) wanted="$wanted chromium chromium-driver" ;;
    *) echo "packages.sh: unknown purpose $purpose" >&2; exit 2 ;;
    esac
done

missing=""
for package in $wanted; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q '^install ok installed' ||
        case " $missing " in *" $package "*) ;; *) missing="$missing $package" ;; esac
done
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null; then
    echo "missing:$missing (not a Debian system: install their equivalents by hand)" >&2
    exit 1
fi
sudo=""
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "missing:$missing; become root and run: apt-get install$missing" >&2; exit 1; }
    sudo=sudo
fi
echo "installing Debian packages:$missing"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086
if ! { $sudo apt-get install -y --no-install-recommends $missing >"$log" 2>&1 ||
       { $sudo apt-get update >"$log" 2>&1 && $sudo apt-get install -y --no-install-recommends $missing >>"$log" 2>&1; }; }; then
    tail -5 "$log" >&2
    echo "could not install:$missing" >&2
    exit 1
fi
