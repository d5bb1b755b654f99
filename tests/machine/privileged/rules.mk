# Cases of privileged instructions: a deck that prints what became of them.
privileged := tests/machine/privileged
$(BUILD)/tests/privileged.deck: $(privileged)/engine.S $(privileged)/cases.py build/host/card-deck \
    $(BUILD)/target/ipl_card.bin
	@mkdir -p $(@D)
	@$(privileged)/cases.py $(@D)/cases.inc $(@:.deck=.names)
	@$(TARGET_PREFIX)cpp -P $< | $(TARGET_AS) -m31 -mesa -I $(@D) - -o $(@:.deck=.o)
	@$(TARGET_LD) -m elf_s390 -Ttext 0x30000 -e start $(@:.deck=.o) -o $(@:.deck=.elf)
	@$(TARGET_PREFIX)objcopy -O binary -j .text $(@:.deck=.elf) $(@:.deck=.bin)
	@build/host/card-deck $(BUILD)/target/ipl_card.bin $(@:.deck=.bin) 30000 \
	    $$($(TARGET_PREFIX)nm $(@:.deck=.elf) | awk '$$3 == "start" { print $$1 }') $@
test-programs: $(BUILD)/tests/privileged.deck
