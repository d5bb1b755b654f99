# Host unit tests (one binary a part, sanitizers on), machine tests, sessions, checks.

B := build
UNIT_CXXFLAGS := -std=c++20 -g -O1 -funsigned-char -Wall -Wextra -Wconversion -Werror \
  -fsanitize=address,undefined -fno-sanitize-recover=undefined --coverage -DBOOST_TEST_DYN_LINK \
  -Itests/fakes -I.
UNIT_LDFLAGS := -fsanitize=address,undefined --coverage -lboost_unit_test_framework \
  -lboost_program_options -lz

find = $(sort $(shell find $(1) -name '*.cpp' 2>/dev/null))

# A part: its tests, its fakes (linked first: they take the place of what they
# fake) and the sources under test, in an archive.
unit_parts := s370 toolchain dasd cp cms terminal
unit_s370_tests := $(call find,tests/unit/s370)
unit_s370_sources := $(call find,s370/base s370/arch)
unit_toolchain_tests := $(call find,tests/unit/toolchain)
unit_toolchain_sources := $(filter-out %/main.cpp %_main.cpp,$(call find,s370/toolchain))
unit_dasd_tests := $(call find,tests/unit/dasd-images tests/unit/cp/layout)
unit_dasd_sources := $(filter-out %/main.cpp %_main.cpp,$(call find,dasd-images cp/layout))
unit_cp_tests := $(filter-out tests/unit/cp/layout/%,$(call find,tests/unit/cp))
unit_cp_fakes := $(call find,tests/fakes/cp tests/fakes/s370)
unit_cp_sources := $(call find,cp)
unit_terminal_tests := $(call find,tests/unit/terminal)
unit_terminal_sources := $(call find,terminal/model terminal/net terminal/session terminal/view \
  terminal/transfer terminal/trace)
unit_terminal_libraries := -lssl -lcrypto
unit_cms_tests := $(call find,tests/unit/cms)
unit_cms_fakes := $(call find,tests/fakes/cms tests/fakes/s370)
unit_cms_sources := $(call find,cms)

define unit_rules
$(B)/unit/lib$(1).a: $$(patsubst %.cpp,$(B)/unit/%.o,$$(unit_$(1)_sources))
	@rm -f $$@
	@ar rcs $$@ $$^
$(B)/unit/$(1).test: $(B)/unit/tests/unit/main.o \
  $$(patsubst %.cpp,$(B)/unit/%.o,$$(unit_$(1)_tests) $$(unit_$(1)_fakes)) $(B)/unit/lib$(1).a
	@echo "link $$@"
	@$(HOST_CXX) -o $$@ $$^ $(UNIT_LDFLAGS) $$(unit_$(1)_libraries)
endef
$(foreach part,$(unit_parts),$(eval $(call unit_rules,$(part))))

$(B)/unit/%.o: %.cpp
	@mkdir -p $(@D)
	@echo "unit $<"
	@$(HOST_CXX) $(UNIT_CXXFLAGS) -MMD -MP -c $< -o $@

# Boost.Test takes most of a test's compilation: its header is compiled once, and the
# sanitizers watch what is tested, not the tests.
TEST_CXXFLAGS := $(filter-out -fsanitize% -fno-sanitize% --coverage -O1 -g,$(UNIT_CXXFLAGS)) -O0
unit_pch := $(B)/unit/pch/boost_test.h
$(unit_pch).gch:
	@mkdir -p $(@D)
	@echo '#include <boost/test/unit_test.hpp>' >$(unit_pch)
	@$(HOST_CXX) $(TEST_CXXFLAGS) -x c++-header $(unit_pch) -o $@
$(B)/unit/tests/unit/%_test.o: tests/unit/%_test.cpp $(unit_pch).gch
	@mkdir -p $(@D)
	@echo "unit $<"
	@$(HOST_CXX) -include $(unit_pch) $(TEST_CXXFLAGS) -MMD -MP -c $< -o $@
-include $(shell find $(B)/unit -name '*.d' 2>/dev/null)

.PHONY: unit test-programs check-suites layers opcodes format tidy
unit: $(patsubst %,$(B)/unit/%.test,$(unit_parts))

test-programs: all unit kernel-tests term370

check-suites: layers opcodes format tidy
	@echo 'check: all clean'

layers:
	@tests/layers.py

# Each image of the system and of the kernel tests; the modules are found
# when they are built. ipl_record holds no instruction.
audited = $(patsubst %,$(B)/target/%.elf,cp cms_nucleus ipl_dasd ipl_card $(kernel_tests))
opcodes: all loaders kernel-tests
	@for image in $(audited) $(B)/target/cms/modules/*.elf; do \
	  $(B)/host/audit $$image >$(B)/audit.log 2>&1 || { cat $(B)/audit.log; exit 1; }; done
	@echo 'opcodes: all System/370'

cxx_files = $(shell git ls-files '*.cpp' '*.h')
format:
	@clang-format --dry-run -Werror $(cxx_files) && echo 'format: as the house style has it'

# One stamp a source, so that only what changed is looked at again.
tidy_sources = $(filter-out s370/runtime/%,$(call find,s370 cp cms dasd-images terminal))
tidy: $(patsubst %.cpp,$(B)/tidy/%.ok,$(tidy_sources))
	@echo 'tidy: nothing found'
$(B)/tidy/%.ok: %.cpp .clang-tidy
	@mkdir -p $(@D)
	@tests/tidy.sh $< >$(@:.ok=.log) || { cat $(@:.ok=.log); exit 1; }
	@touch $@

include tests/machine/kernel/rules.mk
include tests/machine/privileged/rules.mk
include tests/machine/streams/rules.mk
include tests/machine/per/rules.mk

# A program for a virtual machine that CP knows nothing of.
$(B)/tests/mischief.elf: tests/guests/mischief.S
	@mkdir -p $(@D)
	@$(TARGET_AS) -m31 -mesa $< -o $(@:.elf=.o)
	@$(TARGET_LD) -m elf_s390 -Ttext 0x2000 -e start $(@:.elf=.o) -o $@
test-programs: $(B)/tests/mischief.elf
include tests/bench/rules.mk
include tests/terminal/rules.mk
