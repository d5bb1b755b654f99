# The terminal: a host program.
terminal_sources := $(sort $(shell find terminal -name '*.cpp'))
terminal_objects := $(terminal_sources:%.cpp=$(BUILD)/host/%.o)
TERMINAL := $(BUILD)/host/term370

term370: $(TERMINAL)
.PHONY: term370

$(TERMINAL): $(terminal_objects)
	@echo "link $@"
	@$(HOST_CXX) -o $@ $^ $(HOST_LDFLAGS) -lncursesw $(shell pkg-config --libs freetype2 libpng)

$(BUILD)/host/terminal/print/png.o: HOST_CXXFLAGS += $(shell pkg-config --cflags freetype2 libpng)
$(terminal_objects): $(BUILD)/host/%.o: %.cpp
	@mkdir -p $(@D)
	@echo "host $<"
	@$(HOST_CXX) $(HOST_CXXFLAGS) -MMD -MP -c $< -o $@
-include $(terminal_objects:.o=.d)
