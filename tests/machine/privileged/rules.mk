# Decks that print what became of the cases of privileged instructions (cases.py), and of
# what takes several steps to see (scripts.py).
privileged := tests/machine/privileged
define privileged_deck
$(BUILD)/tests/$(1).deck: $(privileged)/$(2).S $(privileged)/tables.inc tests/machine/deck.inc $(privileged)/$(3).py \
    $(privileged)/script.py \
    build/host/card-deck $(BUILD)/target/ipl_card.bin
	@mkdir -p $$(@D)/$(1)
	@$(privileged)/$(3).py $$(@D)/$(1)/cases.inc $$(@:.deck=.names)
	@$(TARGET_PREFIX)cpp -P -I . -I $(privileged) $$< | $(TARGET_AS) -m31 -mesa -I $$(@D)/$(1) - -o $$(@:.deck=.o)
	@$(TARGET_LD) -m elf_s390 -Ttext 0x30000 -e start $$(@:.deck=.o) -o $$(@:.deck=.elf)
	@$(TARGET_PREFIX)objcopy -O binary -j .text $$(@:.deck=.elf) $$(@:.deck=.bin)
	@build/host/card-deck $(BUILD)/target/ipl_card.bin $$(@:.deck=.bin) 30000 \
	    $$$$($(TARGET_PREFIX)nm $$(@:.deck=.elf) | awk '$$$$3 == "start" { print $$$$1 }') $$@
	$(if $(4),@$(4) >>$$@)
test-programs: $(BUILD)/tests/$(1).deck
endef
$(eval $(call privileged_deck,privileged,engine,cases))
$(eval $(call privileged_deck,scripts,script_engine,scripts,$(privileged)/cards.py))
$(eval $(call privileged_deck,processor,script_engine,processor))
$(eval $(call privileged_deck,storage,script_engine,storage,$(privileged)/cards.py))
$(eval $(call privileged_deck,translation,script_engine,translation))
$(eval $(call privileged_deck,machine,script_engine,machine))
$(eval $(call privileged_deck,spaces,script_engine,spaces))
$(eval $(call privileged_deck,disk,script_engine,disk))
