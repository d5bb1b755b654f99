# The CMS nucleus: build/target/cms_nucleus.bin, to be loaded at X'4000' and
# entered at X'10000' (cms_nucleus.meta says so to tools). The commands: commands/rules.mk.
include cms/commands/rules.mk

cms_own_sources := cms/start.cpp cms/high_nucleus.cpp cms/entry.S \
  $(wildcard cms/base/*.cpp cms/io/*.cpp cms/program/*.cpp cms/shell/*.cpp cms/files/*.cpp)
cms_own_objects := $(patsubst %,$(BUILD)/target/%.o,$(basename $(cms_own_sources)))
# EXEC speaks to the rest of CMS as any program does.
cms_shared_objects := $(patsubst %,$(BUILD)/target/%.o,$(basename $(wildcard cms/api/*.cpp cms/api/*.S))) \
  $(patsubst %,$(BUILD)/target/s370/machine/%.o,io key clock diagnose psw)

# Small before fast; and location 0 is a place like any other.
$(cms_own_objects): TARGET_OPT := -Os -fno-delete-null-pointer-checks

# Marks of coverage make code longer: there is room for them only in the high part.
cms_high_objects := $(filter $(BUILD)/target/cms/files/% $(BUILD)/target/cms/program/exec%,$(cms_own_objects))
$(filter-out $(cms_high_objects),$(cms_own_objects)) $(cms_shared_objects): LOWER_FLAGS :=

CMS_NUCLEUS := $(BUILD)/target/cms_nucleus.bin
cms_nucleus: $(CMS_NUCLEUS)
.PHONY: cms_nucleus

$(BUILD)/target/cms/libshared.a: $(cms_shared_objects)
	@rm -f $@
	@$(TARGET_AR) rcs $@ $^

$(BUILD)/target/cms_nucleus.elf: $(cms_own_objects) $(BUILD)/target/cms/libshared.a $(RUNTIME) \
  cms/nucleus.ld
	@echo '  LD      $@'
	@$(TARGET_LD) -m elf_s390 --emit-relocs -T cms/nucleus.ld -Map $(@:.elf=.map) \
	    --no-warn-rwx-segments -o $@ $(cms_own_objects) $(BUILD)/target/cms/libshared.a $(RUNTIME)

$(CMS_NUCLEUS): $(BUILD)/target/cms_nucleus.elf $(AUDIT) cms/relocations.py
	@$(AUDIT) $<
	@$(TARGET_PREFIX)objcopy -O binary -j .data -j .text -j .rodata -j .high -j .high_rodata \
	    --set-section-flags .data=alloc,load,contents $< $@
	@cms/relocations.py $< $@
	@printf 'load 4000\nentry 10000\n' >$(@:.bin=.meta)

-include $(cms_own_objects:.o=.d) $(cms_shared_objects:.o=.d)
