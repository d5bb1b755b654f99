# The bootstraps: an IPL record, the loaders for disks and card decks.
loader_images := $(patsubst %,$(BUILD)/target/%.bin,ipl_record ipl_dasd ipl_card)

loaders: $(loader_images) build/host/card-deck
.PHONY: loaders

$(loader_images): $(BUILD)/target/%.bin: $(BUILD)/target/loaders/%.o
	@echo '  LD      $@'
	@$(TARGET_LD) -m elf_s390 -Ttext 0x800 -e _start -o $(@:.bin=.elf) $<
	@$(TARGET_PREFIX)objcopy -O binary -j .text $(@:.bin=.elf) $@

build/host/card-deck: loaders/card_deck.cpp
	@mkdir -p $(@D)
	@echo '  HOSTCXX $@'
	@$(HOST_CXX) $(HOST_CXXFLAGS) -MMD -MP $< -o $@

-include build/host/card-deck.d
