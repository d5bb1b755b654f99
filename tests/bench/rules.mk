# What traps cost: the same program on a bare machine and in a virtual one.
bench_folder := $(BUILD)/target/tests/bench
bench_objects := $(patsubst %,$(bench_folder)/%.o,bench image)

$(bench_folder)/guest.elf: $(bench_folder)/guest.o
	@$(TARGET_LD) -m elf_s390 -Ttext 0x1000 -e start $< -o $@
$(bench_folder)/guest.bin: $(bench_folder)/guest.elf
	@$(TARGET_PREFIX)objcopy -O binary $< $@
$(bench_folder)/guest.deck: $(bench_folder)/guest.bin build/host/card-deck $(BUILD)/target/ipl_card.bin
	@build/host/card-deck $(BUILD)/target/ipl_card.bin $< 1000 1000 $@
$(bench_folder)/image.o: tests/bench/image.S $(bench_folder)/guest.bin
	@$(TARGET_CXX) -m31 -mesa -x assembler-with-cpp -DBENCH_IMAGE='"$(bench_folder)/guest.bin"' \
	    -Wa,--noexecstack -c $< -o $@

$(BUILD)/target/bench.elf: $(BUILD)/target/cp/entry.o $(bench_objects) $(CP_ARCHIVE) $(RUNTIME) \
    cp/cp.ld
	@echo '  LD      $@'
	@$(CP_LINK) $(filter %.o,$^) $(CP_ARCHIVE) $(RUNTIME) -o $@
-include $(bench_folder)/bench.d

.PHONY: bench
bench: $(BUILD)/target/bench.deck $(bench_folder)/guest.deck
	@tests/bench/bench.py
