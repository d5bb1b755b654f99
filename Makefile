# Cambridge/370. `make help` says what there is.
#
# What users call is in the first half: it installs the Debian packages that are
# missing and then calls this file again with BUILDING=1, where the rules are.
SHELL := /bin/bash
MAKEFLAGS += --no-print-directory

PORT ?= 3270
RUN ?= run
HERCULES ?= hercules
LEVELS ?= 1
SEED ?= 1
COUNT ?= 1000000
export PORT RUN HERCULES LEVELS

system := loaders/hercules/system.py
packages := loaders/hercules/packages.sh
jobs := $(shell nproc)

ifndef BUILDING

.PHONY: all help run up down terminal web card fresh test random check bench clean FORCE

all: ; @$(packages) up && $(MAKE) -j$(jobs) BUILDING=1 all

help:
	@echo 'make run       install what is missing, build, IPL, and open a terminal at the logon screen'
	@echo 'make test      all tests; ends with a line "N passed, N failed"'
	@echo 'make up        the system in the background (PORT=$(PORT), RUN=$(RUN), HERCULES=$(HERCULES), LEVELS=$(LEVELS))'
	@echo 'make down      SHUTDOWN of that system'
	@echo 'make terminal  another terminal on it'
	@echo 'make web       the terminal as a page for the browser of this machine'
	@echo 'make card      USER=userid FILE=deck: 80-byte cards into a virtual reader of that system'
	@echo 'make fresh     the supplied disks anew: what users wrote is lost'
	@echo 'make bench     the table of trap prices, bare and virtual'
	@echo 'make random    COUNT=$(COUNT) SEED=$(SEED): random streams of instructions, bare and virtual'
	@echo 'make check     layers, foreign opcodes, formatting, static analysis'
	@echo 'make clean     remove what was built (not RUN)'

run:
	@$(packages) run
	@$(MAKE) -j$(jobs) BUILDING=1 all term370
	@$(system) status >/dev/null 2>&1 || $(system) up
	@$(MAKE) terminal

up:
	@$(packages) up
	@$(MAKE) -j$(jobs) BUILDING=1 all
	@$(system) up

down: ; @$(system) down

terminal:
	@$(packages) run
	@$(MAKE) -j$(jobs) BUILDING=1 term370
	@build/host/term370 127.0.0.1:$$($(system) port)

web:
	@$(packages) web
	@$(MAKE) -j$(jobs) BUILDING=1 all web-programs
	@$(system) status >/dev/null 2>&1 || $(system) up
	@build/host/term370-web --page build/web -- build/host/term370 --reconnect 127.0.0.1:$$($(system) port)

card: ; @$(system) card "$(USER)" "$(FILE)"

fresh: ; @$(system) fresh

# The page is tested where there is a browser to test it with.
test: browser := $(shell command -v chromium)
test:
	@$(packages) test $(if $(browser),web)
	@$(MAKE) -j$(jobs) BUILDING=1 test-programs $(if $(browser),web-programs)
	@tests/run_suites.py

random:
	@$(packages) test
	@$(MAKE) -j$(jobs) BUILDING=1 all build/tests/streams.bin
	@tests/machine/streams/run.py compare $(SEED) 0 $(COUNT)

check:
	@$(packages) check
	@$(MAKE) -j$(jobs) BUILDING=1 check-suites

bench:
	@$(packages) up
	@$(MAKE) BUILDING=1 bench

clean: ; rm -rf build

# Any other target is a developer's: a file or a rule of the second half.
Makefile: ;
%: FORCE ; @$(MAKE) BUILDING=1 $@

else

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.PHONY: all

HOST_CXX := g++
HOST_CXXFLAGS := -std=c++20 -O1 -g -funsigned-char -Wall -Wextra -Wconversion -Werror -I.
HOST_LDFLAGS :=

include s370/toolchain/rules.mk
include loaders/rules.mk
include dasd-images/rules.mk
include cp/rules.mk
include cms/rules.mk
include terminal/rules.mk
include tests/rules.mk

all: disks ; @:

endif
