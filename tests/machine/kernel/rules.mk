# The kernel of CP under the programs of guests.S, on a card deck.
kernel_test_objects := $(patsubst %,$(BUILD)/target/tests/machine/kernel/%.o,kernel_test guests)

$(BUILD)/target/kernel_test.elf: $(BUILD)/target/cp/entry.o $(kernel_test_objects) $(CP_ARCHIVE) \
    $(RUNTIME) cp/cp.ld | $(AUDIT)
	$(CP_LINK) $(filter %.o,$^) $(KERNEL_TEST_EXTRA) $(CP_ARCHIVE) $(RUNTIME) -o $@
	$(AUDIT) $@

$(BUILD)/target/kernel_test.deck: $(BUILD)/target/kernel_test.elf build/host/card-deck \
    $(BUILD)/target/ipl_card.bin
	$(TARGET_PREFIX)objcopy -O binary $< $(@:.deck=.bin)
	build/host/card-deck $(BUILD)/target/ipl_card.bin $(@:.deck=.bin) 1000 \
	    $$($(TARGET_PREFIX)nm $< | awk '$$3 == "cp_entry" { print $$1 }') $@

-include $(kernel_test_objects:.o=.d)
