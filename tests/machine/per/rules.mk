# Cases of program-event recording: a deck that prints what became of them.
per := tests/machine/per
$(BUILD)/tests/per.deck: $(per)/engine.S tests/machine/deck.inc $(per)/cases.py build/host/card-deck $(BUILD)/target/ipl_card.bin
	@mkdir -p $(BUILD)/tests/per
	@$(per)/cases.py $(BUILD)/tests/per/cases.inc $(@:.deck=.names)
	@$(TARGET_PREFIX)cpp -P -I . $< | $(TARGET_AS) -m31 -mesa -I $(BUILD)/tests/per - -o $(@:.deck=.o)
	@$(TARGET_LD) -m elf_s390 -Ttext 0x30000 -e start $(@:.deck=.o) -o $(@:.deck=.elf)
	@$(TARGET_PREFIX)objcopy -O binary -j .text $(@:.deck=.elf) $(@:.deck=.bin)
	@build/host/card-deck $(BUILD)/target/ipl_card.bin $(@:.deck=.bin) 30000 \
	    $$($(TARGET_PREFIX)nm $(@:.deck=.elf) | awk '$$3 == "start" { print $$1 }') $@
test-programs: $(BUILD)/tests/per.deck
