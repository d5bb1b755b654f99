#include "s370/toolchain/audit.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "s370/toolchain/instruction_set.h"

namespace {

using toolchain::ElfImage;
using toolchain::ElfSymbol;
using Kind = ElfSymbol::Kind;

// One executable section at X'1000', with the function f over all of it.
ElfImage image(std::vector<unsigned char> const& bytes) {
    auto const size = std::uint32_t(bytes.size());
    return {{{}, {".text", 0x1000, true, true, std::string(bytes.begin(), bytes.end())}},
            {{"f", 0x1000, size, Kind::Function, 1}}};
}

} // namespace

BOOST_AUTO_TEST_SUITE(audit)

BOOST_AUTO_TEST_CASE(genuine_instructions_pass_and_are_counted) {
    auto const report = toolchain::audit(
        image({0x18, 0x23, 0x58, 0x20, 0x30, 0x00, 0xD2, 0, 0x20, 0, 0x30, 0, 7, 0xFE}));
    BOOST_TEST(report.findings.empty());
    BOOST_TEST(report.instructions == 4U);
}

BOOST_AUTO_TEST_CASE(a_foreign_instruction_is_named_with_address_and_function) {
    auto const report = toolchain::audit(image({0x18, 0x23, 0xA7, 0x28, 0, 1, 7, 0xFE}));
    BOOST_REQUIRE(report.findings.size() == 1U);
    BOOST_TEST(report.findings[0] == "00001002 f+X'2': A7 28 00 01: not a System/370 instruction");
}

BOOST_AUTO_TEST_CASE(insert_program_mask_is_banned_though_hercules_takes_it) {
    BOOST_TEST(toolchain::audit(image({0xB2, 0x22, 0, 0x20})).findings.size() == 1U);
}

BOOST_AUTO_TEST_CASE(data_with_a_symbol_is_passed_over) {
    auto with_data = image({7, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0x18, 0x23});
    BOOST_TEST(!toolchain::audit(with_data).findings.empty());
    with_data.symbols.push_back({"pool", 0x1002, 4, Kind::Object, 1});
    auto const report = toolchain::audit(with_data);
    BOOST_TEST(report.findings.empty());
    BOOST_TEST(report.instructions == 2U);
}

BOOST_AUTO_TEST_CASE(an_instruction_that_runs_into_data_is_found) {
    auto cut = image({0x58, 0x20, 0, 0, 0, 0});
    cut.symbols.push_back({"pool", 0x1002, 4, Kind::Object, 1});
    BOOST_TEST(toolchain::audit(cut).findings.size() == 1U);
}

BOOST_AUTO_TEST_CASE(zeros_are_padding_only_outside_functions) {
    auto padded = image({7, 0xFE, 0, 0, 0, 0});
    BOOST_TEST(toolchain::audit(padded).findings.size() == 2U);
    padded.symbols[0].size = 2;
    BOOST_TEST(toolchain::audit(padded).findings.empty());
}

BOOST_AUTO_TEST_CASE(opcodes_and_mnemonics_are_unique) {
    for (auto const& info : toolchain::instruction_set()) {
        BOOST_TEST(toolchain::find_mnemonic(info.mnemonic) == &info);
        auto const halfword =
            std::uint16_t(info.two_byte_opcode() ? info.opcode : info.opcode << 8U);
        BOOST_TEST(toolchain::find_opcode(halfword) == &info);
    }
}

BOOST_AUTO_TEST_CASE(what_is_not_an_elf_file_is_refused) {
    BOOST_TEST(!toolchain::parse_elf("").has_value());
    BOOST_TEST(!toolchain::parse_elf(std::string(200, 'x')).has_value());
    std::string header = "\x7f"
                         "ELF\x01\x02\x01";
    header.resize(52);
    header[33] = 0x7F; // section headers far beyond the end
    header[49] = 3;
    BOOST_TEST(!toolchain::parse_elf(header).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
