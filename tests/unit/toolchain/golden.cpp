// Every mapping row against reviewed output: golden/NAME.s becomes golden/NAME.lowered.
// NAME.80.s is lowered with pages of 80 bytes.

#include "s370/toolchain/lower.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "s370/toolchain/verify.h"

namespace {

namespace fs = std::filesystem;
using toolchain::Diagnostics;

fs::path const folder = "tests/unit/toolchain/golden";

std::string contents(fs::path const& path) {
    std::ifstream file(path);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

int page_size(fs::path const& path) {
    auto const size = path.stem().extension().string(); // ".80", or nothing
    int result = 4096;
    if (!size.empty()) { std::from_chars(size.data() + 1, size.data() + size.size(), result); }
    return result;
}

std::set<fs::path> inputs() {
    std::set<fs::path> result;
    for (auto const& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() == ".s") { result.insert(entry.path()); }
    }
    return result;
}

} // namespace

BOOST_AUTO_TEST_SUITE(golden)

BOOST_AUTO_TEST_CASE(every_row_gives_the_reviewed_code) {
    auto const files = inputs();
    BOOST_TEST(files.size() >= 40U);
    for (auto const& input : files) {
        BOOST_TEST_CONTEXT(input) {
            Diagnostics diagnostics;
            auto const output =
                lower(contents(input), {.page_size = page_size(input)}, diagnostics);
            BOOST_TEST(diagnostics.empty());
            BOOST_TEST(output == contents(fs::path(input).replace_extension(".lowered")));
        }
    }
}

BOOST_AUTO_TEST_CASE(every_row_passes_the_verifier_with_whole_and_with_tiny_pages) {
    for (auto const& input : inputs()) {
        for (int const size : {120, 200, page_size(input), 4096}) {
            BOOST_TEST_CONTEXT(input << " with pages of " << size) {
                Diagnostics diagnostics;
                verify(lower(contents(input), {.page_size = size}, diagnostics), diagnostics);
                BOOST_TEST(diagnostics.empty());
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(no_golden_output_stands_without_its_input) {
    for (auto const& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() == ".lowered") {
            BOOST_TEST(fs::exists(fs::path(entry.path()).replace_extension(".s")), entry.path());
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
