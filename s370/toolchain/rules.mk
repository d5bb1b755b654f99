# How C++ and assembler sources become System/370 objects.
#
# Include it from the top-level Makefile (or: make -f s370/toolchain/rules.mk TARGET).
# Everything is relative to the repository's root; results go to build/.
# Coverage: make TARGET_COVERAGE=1 BUILD=build/coverage ...

BUILD ?= build
HOST_CXX ?= g++
TARGET_PREFIX ?= s390x-linux-gnu-
TARGET_CXX := $(TARGET_PREFIX)g++
TARGET_AS := $(TARGET_PREFIX)as
TARGET_LD := $(TARGET_PREFIX)ld
TARGET_AR := $(TARGET_PREFIX)ar
TARGET_OPT ?= -O2

# The back end's pattern names, which lowering reads, are those of this version.
TARGET_GCC_MAJOR := 12
ifneq ($(shell $(TARGET_CXX) -dumpversion 2>/dev/null | cut -d. -f1),$(TARGET_GCC_MAJOR))
$(error $(TARGET_CXX) must be GCC $(TARGET_GCC_MAJOR): install g++-$(TARGET_GCC_MAJOR)-s390x-linux-gnu)
endif

TARGET_CXXFLAGS = -m31 -mesa -march=z900 -std=c++20 -ffreestanding -fno-exceptions -fno-rtti \
    -msoft-float -fno-pic -fno-pie -fno-asynchronous-unwind-tables -fno-stack-protector \
    -fno-threadsafe-statics -fno-use-cxa-atexit -ffixed-r12 -fno-ipa-ra \
    -fno-reorder-blocks-and-partition -fno-tree-loop-distribute-patterns -dp -g1 -ffile-prefix-map=$(CURDIR)=. \
    -funsigned-char -Wall -Wextra -Wconversion -Werror -I. -Is370/toolchain/include $(TARGET_OPT)

HOST_TOOL_FLAGS = -std=c++20 -O2 -g -Wall -Wextra -Wconversion -Werror -fno-exceptions -fno-rtti -I.

LOWER := build/host/lower
AUDIT := build/host/audit
LOWER_FLAGS ?= $(if $(TARGET_COVERAGE),--coverage)
RUNTIME := $(BUILD)/target/libs370rt.a

# --- host tools
toolchain_main_objects := $(patsubst %.cpp,build/host/%.o,$(wildcard s370/toolchain/*_main.cpp))
toolchain_objects := $(patsubst %.cpp,build/host/%.o, \
    $(filter-out %_main.cpp,$(wildcard s370/toolchain/*.cpp)))

build/host/s370/toolchain/%.o: s370/toolchain/%.cpp
	@mkdir -p $(@D)
	@echo '  HOSTCXX $@'
	@$(HOST_CXX) $(HOST_TOOL_FLAGS) -MMD -MP -c $< -o $@

$(toolchain_main_objects:build/host/s370/toolchain/%_main.o=build/host/%): \
    build/host/%: build/host/s370/toolchain/%_main.o $(toolchain_objects)
	@echo '  HOSTLD  $@'
	@$(HOST_CXX) $^ -o $@

toolchain: $(toolchain_main_objects:build/host/s370/toolchain/%_main.o=build/host/%) $(RUNTIME)
.PHONY: toolchain

# --- target objects
$(BUILD)/target/%.gcc.s: %.cpp
	@mkdir -p $(@D)
	@echo '  CXX     $<'
	@$(TARGET_CXX) $(TARGET_CXXFLAGS) -MMD -MP -MF $(@:.gcc.s=.d) -MT $@ -S $< -o $@

$(BUILD)/target/%.s: $(BUILD)/target/%.gcc.s $(LOWER)
	@$(LOWER) $(LOWER_FLAGS) $< -o $@

$(BUILD)/target/%.o: $(BUILD)/target/%.s
	@$(TARGET_AS) -m31 -mesa -march=g5 $< -o $@

$(BUILD)/target/%.o: %.S
	@mkdir -p $(@D)
	@echo '  AS      $<'
	@$(TARGET_CXX) -m31 -mesa -x assembler-with-cpp -I. -MMD -MP -MF $(@:.o=.d) -MT $@ \
	    -Wa,-march=g5,--noexecstack -c $< -o $@

.PRECIOUS: $(BUILD)/target/%.gcc.s $(BUILD)/target/%.s

# --- runtime
runtime_objects := $(patsubst %,$(BUILD)/target/%.o, \
    $(basename $(wildcard s370/runtime/*.cpp s370/runtime/*.S)))

$(RUNTIME): $(runtime_objects)
	@rm -f $@
	@$(TARGET_AR) rcs $@ $^

# --- a longer look than `make test` takes: make fuzz-lowering COUNT=1000 SEED=5000
COUNT ?= 300
SEED ?= 10000
fuzz-lowering: toolchain
	tests/machine/toolchain/test_random.py $(COUNT) $(SEED)
.PHONY: fuzz-lowering

-include $(toolchain_objects:.o=.d) $(toolchain_main_objects:.o=.d) $(runtime_objects:.o=.d)
