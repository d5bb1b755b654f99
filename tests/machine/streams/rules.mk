# Random streams of instructions, and what they leave.
streams := tests/machine/streams
streams_objects := $(BUILD)/target/$(streams)/start.o \
    $(patsubst %.cpp,$(BUILD)/target/%.o,$(wildcard $(streams)/*.cpp))

$(BUILD)/target/streams.elf: $(streams_objects) $(CP_ARCHIVE) $(RUNTIME) $(streams)/streams.ld
	@echo '  LD      $@'
	@$(TARGET_LD) -m elf_s390 --no-warn-rwx-segments -T $(streams)/streams.ld \
	    $(streams_objects) $(CP_ARCHIVE) $(RUNTIME) -o $@
$(BUILD)/tests/streams.bin: $(BUILD)/target/streams.elf build/host/card-deck $(BUILD)/target/ipl_card.bin
	@mkdir -p $(@D)
	@$(TARGET_PREFIX)objcopy -O binary $< $@
test-programs: $(BUILD)/tests/streams.bin
-include $(streams_objects:.o=.d)
