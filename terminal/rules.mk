# The terminal: a host program.
terminal_sources := $(sort $(shell find terminal -path terminal/web -prune -o -name '*.cpp' -print))
terminal_objects := $(terminal_sources:%.cpp=$(BUILD)/host/%.o)
TERMINAL := $(BUILD)/host/term370

term370: $(TERMINAL) ; @:
.PHONY: term370

$(TERMINAL): $(terminal_objects)
	@echo "link $@"
	@$(HOST_CXX) -o $@ $^ $(HOST_LDFLAGS) -lncursesw -lssl -lcrypto \
	  $(shell pkg-config --libs freetype2 libpng)

$(BUILD)/host/terminal/print/png.o: HOST_CXXFLAGS += $(shell pkg-config --cflags freetype2 libpng)
$(terminal_objects): $(BUILD)/host/%.o: %.cpp
	@mkdir -p $(@D)
	@echo "host $<"
	@$(HOST_CXX) $(HOST_CXXFLAGS) -MMD -MP -c $< -o $@
-include $(terminal_objects:.o=.d)

# The terminal in a browser: a server, and in build/web the page with its libraries.
web_objects := $(patsubst %.cpp,$(BUILD)/host/%.o,$(sort $(wildcard terminal/web/*.cpp)))
web_page := $(patsubst terminal/web/page/%,$(BUILD)/web/%,$(wildcard terminal/web/page/*))
web_libraries := $(addprefix $(BUILD)/web/,xterm.js xterm.css addon-fit.js)
WEB := $(BUILD)/host/term370-web

web-programs: $(WEB) $(TERMINAL) $(web_page) $(web_libraries) ; @:
.PHONY: web-programs

$(WEB): $(web_objects)
	@echo "link $@"
	@$(HOST_CXX) -o $@ $^ $(HOST_LDFLAGS) -lboost_program_options -lutil

# Asio's coroutines trip GCC's check of their allocation functions.
$(web_objects): $(BUILD)/host/%.o: %.cpp
	@mkdir -p $(@D)
	@echo "host $<"
	@$(HOST_CXX) $(HOST_CXXFLAGS) -Wno-mismatched-new-delete -MMD -MP -c $< -o $@
-include $(web_objects:.o=.d)

$(web_page): $(BUILD)/web/%: terminal/web/page/%
	@mkdir -p $(@D)
	@cp $< $@

$(web_libraries) &: terminal/web/fetch.py
	@echo "fetch $(web_libraries)"
	@terminal/web/fetch.py $(BUILD)/web && touch $(web_libraries)
