# Cambridge/370. `make help` says what there is.
.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
SHELL := /bin/bash

PORT ?= 3270
RUN ?= run
HERCULES ?= hercules
export PORT RUN HERCULES

HOST_CXX := g++
HOST_CXXFLAGS := -std=c++20 -O1 -g -funsigned-char -Wall -Wextra -Wconversion -Werror -I.
HOST_LDFLAGS :=

include s370/toolchain/rules.mk
include dasd-images/rules.mk
include loaders/rules.mk
include cp/rules.mk
include cms/rules.mk
include tests/rules.mk

system := loaders/hercules/system.py
packages := loaders/hercules/packages.sh

.PHONY: all help run up down terminal fresh clean test check bench packages-%

help:
	@echo 'make run       install what is missing, build, IPL, and open a terminal at the logon screen'
	@echo 'make test      all tests; ends with a line "N passed, N failed"'
	@echo 'make up        the system in the background (PORT=$(PORT), RUN=$(RUN), HERCULES=$(HERCULES))'
	@echo 'make down      SHUTDOWN of that system'
	@echo 'make terminal  another terminal on it'
	@echo 'make fresh     the supplied disks anew: what users wrote is lost'
	@echo 'make bench     the table of performance, as ratios'
	@echo 'make check     layers, foreign opcodes, formatting, static analysis'
	@echo 'make clean     remove what was built (not RUN)'

packages-%:
	@$(packages) $*

# Each target below installs what it needs before anything is compiled.
run: packages-run
	@$(MAKE) --no-print-directory all
	@$(system) status >/dev/null 2>&1 || $(system) up
	@$(MAKE) --no-print-directory terminal

up: packages-up
	@$(MAKE) --no-print-directory all
	@$(system) up

down:
	@$(system) down

terminal: packages-run
	@c3270 127.0.0.1:$(PORT)

fresh:
	@$(system) fresh

all: disks

test: packages-test
	@$(MAKE) --no-print-directory test-suites

check: packages-check
	@$(MAKE) --no-print-directory check-suites

clean:
	rm -rf build
