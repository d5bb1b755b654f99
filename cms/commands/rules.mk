# The MODULE files of the system disk: build/cms/NAME.MODULE, one a command, and
# the HELP files. `make modules` makes them all.
#
# Each command is its own source and what it shares with others; the linker takes
# from the archive what is referred to.

module_names := ACCESS COMPARE COPYFILE CP EDIT ERASE FORMAT HELP LISTFILE QUERY RELEASE RENAME SET \
  STATE STATEW TYPE INDFILE
# Those that fit run in the transient area, so that programs of the user area can call them.
transient_modules :=

module_entry := $(BUILD)/target/cms/commands/module_entry.o $(BUILD)/target/cms/commands/start.o
module_library := $(BUILD)/target/cms/libcommands.a
module_objects := $(patsubst %,$(BUILD)/target/%.o, \
  $(filter-out cms/commands/module_entry cms/commands/start, \
  $(basename $(shell find cms/commands cms/api -name '*.cpp' -o -name '*.S'))) \
  s370/machine/diagnose)

# Small before fast: these wait for disks and people. Location 0 is a place like any other.
$(module_objects) $(module_entry): TARGET_OPT := -Os -fno-delete-null-pointer-checks

$(module_library): $(module_objects)
	@rm -f $@
	@$(TARGET_AR) rcs $@ $^

# IND$FILE has a name that neither make nor shell likes: the disk's manifest gives it.
module_path = $(if $(filter INDFILE,$(1)),renamed/)$(1)

lower_case = $(shell echo $(1) | tr A-Z a-z)
define module_rules
$(BUILD)/target/cms/modules/$(1).elf: $(module_entry) $(module_library) $(RUNTIME) \
  cms/commands/module.ld
	@mkdir -p $$(@D)
	@$(TARGET_LD) -m elf_s390 --gc-sections --no-warn-rwx-segments -T cms/commands/module.ld \
	  --defsym=module_origin=$(if $(filter $(1),$(transient_modules)),0xE000,0x20000) \
	  --defsym=command_main=$(call lower_case,$(1))_command \
	  -u $(call lower_case,$(1))_command -o $$@ $(module_entry) $(module_library) $(RUNTIME)

$(BUILD)/cms/$(call module_path,$(1)).MODULE: $(BUILD)/target/cms/modules/$(1).elf $(BUILD)/host/make-module
	@mkdir -p $$(@D)
	@$(BUILD)/host/make-module $$< -o $$@
endef
$(foreach name,$(module_names),$(eval $(call module_rules,$(name))))

module_files := $(foreach name,$(module_names),$(BUILD)/cms/$(call module_path,$(name)).MODULE)
help_files := $(wildcard cms/help/*)

.PHONY: modules
modules: $(module_files)

-include $(module_objects:.o=.d) $(module_entry:.o=.d)
