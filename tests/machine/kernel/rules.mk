# The kernel of CP under programs of its own, IPLed from card decks or a disk.
kernel_tests := kernel_test price_test abend_test
kernel_test_parts := kernel_test paths guests
price_test_parts := price_test guests
abend_test_parts := abend_test
kernel_test_images := $(patsubst %,$(BUILD)/target/%.elf,$(kernel_tests))

kernel-tests: $(kernel_test_images) $(kernel_test_images:.elf=.deck)
.PHONY: kernel-tests

kernel_objects = $(patsubst %,$(BUILD)/target/tests/machine/kernel/%.o,$($(1)_parts))

define kernel_test_rules
$(BUILD)/target/$(1).elf: $(BUILD)/target/cp/entry.o $(call kernel_objects,$(1)) $(CP_ARCHIVE) \
    $(RUNTIME) cp/cp.ld | $(AUDIT)
	@echo '  LD      $$@'
	@$$(CP_LINK) $$(filter %.o,$$^) $$(KERNEL_TEST_EXTRA) $$(CP_ARCHIVE) $$(RUNTIME) -o $$@
	@$$(AUDIT) $$@
-include $(patsubst %.o,%.d,$(call kernel_objects,$(1)))
endef
$(foreach test,$(kernel_tests),$(eval $(call kernel_test_rules,$(test))))

%.deck: %.elf build/host/card-deck $(BUILD)/target/ipl_card.bin
	@$(TARGET_PREFIX)objcopy -O binary $< $*.bin
	@build/host/card-deck $(BUILD)/target/ipl_card.bin $*.bin 1000 \
	    $$($(TARGET_PREFIX)nm $< | awk '$$3 == "cp_entry" { print $$1 }') $@
