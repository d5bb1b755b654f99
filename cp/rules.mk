# CP: an archive of its parts, so that machine tests link those that they test; the
# nucleus; and what programs that put it on a disk must know of it.
cp_sources := $(sort $(shell find cp -name '*.cpp'))
cp_objects := $(cp_sources:%.cpp=$(BUILD)/target/%.o) \
    $(patsubst %.S,$(BUILD)/target/%.o,$(wildcard s370/machine/*.S))
CP_ARCHIVE := $(BUILD)/target/libcp.a
CP_LINK = $(TARGET_LD) -m elf_s390 --no-warn-rwx-segments -T cp/cp.ld

cp: $(BUILD)/target/cp_nucleus.bin $(BUILD)/target/cp_nucleus.meta
.PHONY: cp

$(CP_ARCHIVE): $(cp_objects)
	@rm -f $@
	@echo '  AR      $@'
	@$(TARGET_AR) rcs $@ $^

$(BUILD)/target/cp.elf: $(BUILD)/target/cp/entry.o $(CP_ARCHIVE) $(RUNTIME) cp/cp.ld | $(AUDIT)
	@echo '  LD      $@'
	@$(CP_LINK) -Map=$(@:.elf=.map) $< $(CP_ARCHIVE) $(RUNTIME) -o $@
	@$(AUDIT) $@

$(BUILD)/target/cp_nucleus.bin: $(BUILD)/target/cp.elf
	@$(TARGET_PREFIX)objcopy -O binary $< $@

# Load address and entry, hexadecimal.
%_nucleus.meta: %.elf
	@echo "load 1000" >$@
	@echo "entry $$($(TARGET_PREFIX)nm $< | awk '$$3 == "cp_entry" { print $$1 }')" >>$@

-include $(cp_objects:.o=.d)
