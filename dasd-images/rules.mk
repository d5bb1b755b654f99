# Host programs for disks, and the supplied volumes.
dasd_programs := cmsdisk directory make-volumes make-module check-volume dump-print
dasd_main_objects := $(patsubst %,build/host/dasd-images/%_main.o,$(dasd_programs))
dasd_objects := $(patsubst %.cpp,build/host/%.o, \
  $(filter-out %_main.cpp,$(wildcard dasd-images/*.cpp cp/layout/*.cpp)))
DASD_LIBRARY := build/host/libdasd.a

build/host/dasd-images/%.o: dasd-images/%.cpp
	@mkdir -p $(@D)
	@echo '  HOSTCXX $@'
	@$(HOST_CXX) $(HOST_CXXFLAGS) -MMD -MP -c $< -o $@

build/host/cp/layout/%.o: cp/layout/%.cpp
	@mkdir -p $(@D)
	@echo '  HOSTCXX $@'
	@$(HOST_CXX) $(HOST_CXXFLAGS) -MMD -MP -c $< -o $@

$(DASD_LIBRARY): $(dasd_objects)
	@rm -f $@
	@ar rcs $@ $^

$(patsubst %,build/host/%,$(dasd_programs)): build/host/%: build/host/dasd-images/%_main.o \
  $(DASD_LIBRARY)
	@echo '  HOSTLD  $@'
	@$(HOST_CXX) $^ $(HOST_LDFLAGS) -lboost_program_options -lz -o $@

.PHONY: dasd-programs disks
dasd-programs: $(patsubst %,build/host/%,$(dasd_programs))

# The supplied volumes, from what the manifest names.
supplied_volumes := build/disks/CAMRES.ckd build/disks/CAMUSR.ckd
disks: dasd-programs build/disks/.made

# What CMS puts on its disk is known only when its rules have been read.
.SECONDEXPANSION:
build/disks/.made: dasd-images/system.manifest dasd-images/USER.DIRECT build/host/make-volumes \
  build/target/ipl_record.bin build/target/ipl_dasd.bin build/target/cp_nucleus.bin \
  build/target/cp_nucleus.meta build/target/cms_nucleus.bin \
  $$(module_files) $$(help_files)
	@echo '  DISKS   $(supplied_volumes)'
	@build/host/make-volumes $< build/disks
	@touch $@

-include $(dasd_objects:.o=.d) $(dasd_main_objects:.o=.d)
