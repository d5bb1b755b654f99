# The fuzz target over telnet, data stream and keyboard, under sanitizers: with inputs of
# its own for the tests, and `make fuzz` with libFuzzer, which needs clang.
fuzz_sources := $(call find,tests/terminal/fuzz) $(call find,terminal/model terminal/net)
fuzz_flags := -std=c++20 -g -funsigned-char -Wall -Wextra -I. -fsanitize=address,undefined \
  -fno-sanitize-recover=undefined
FUZZ := $(B)/tests/terminal_fuzz

test-programs: $(FUZZ)
$(FUZZ): $(patsubst %.cpp,$(B)/fuzz/%.o,$(fuzz_sources))
	@mkdir -p $(@D)
	@echo "link $@"
	@$(HOST_CXX) $(fuzz_flags) -o $@ $^ -lssl -lcrypto
$(B)/fuzz/%.o: %.cpp
	@mkdir -p $(@D)
	@echo "fuzz $<"
	@$(HOST_CXX) $(fuzz_flags) -O2 -MMD -MP -c $< -o $@
-include $(shell find $(B)/fuzz -name '*.d' 2>/dev/null)

.PHONY: fuzz
fuzz: $(B)/tests/terminal_libfuzzer
$(B)/tests/terminal_libfuzzer: $(filter-out %/main.cpp,$(fuzz_sources))
	@mkdir -p $(@D)
	@clang++ $(fuzz_flags) -O2 -fsanitize=fuzzer -o $@ $^ -lssl -lcrypto
