#include "cp/layout/directory_compiler.h"

#include <boost/test/unit_test.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>

using namespace cp::directory;

namespace {

std::string ascii(Text text) {
    std::string result;
    for (u8 c : text) result.push_back(static_cast<char>(ebcdic::to_latin1(c)));
    return result;
}

std::vector<u8> to_ebcdic(const std::string& line) {
    std::vector<u8> bytes;
    for (char c : line) bytes.push_back(ebcdic::from_latin1(static_cast<u8>(c)));
    return bytes;
}

Name8 name(const std::string& text) {
    std::vector<u8> const bytes = to_ebcdic(text);
    return Name8(Text(bytes.data(), bytes.size()));
}

class Lines : public Source {
  public:
    explicit Lines(std::vector<std::string> lines) : lines_(std::move(lines)) {}
    void rewind() override { next_ = 0; }
    bool next(Text& line) override {
        if (next_ == lines_.size()) return false;
        buffer_ = to_ebcdic(lines_[next_++]);
        line = Text(buffer_.data(), buffer_.size());
        return true;
    }

  private:
    std::vector<std::string> lines_;
    std::vector<u8> buffer_;
    usize next_ = 0;
};

class Errors : public ErrorSink {
  public:
    void error(const SourceError& error) override {
        lines.push_back(std::to_string(error.line) + ": " + ascii(message(error).text()));
    }
    std::vector<std::string> lines;
};

class Pages : public PageSink {
  public:
    bool write(u32 number, Page page) override {
        if (number >= limit) return false;
        pages[number].assign(page.begin(), page.end());
        return true;
    }
    std::map<u32, std::vector<u8>> pages;
    u32 limit = 5000;
};

// A compiled directory.
struct Compiled {
    explicit Compiled(std::vector<std::string> lines) : source(std::move(lines)) {
        users.resize(1000);
        Compiler compiler(source, users);
        ok = compiler.check(errors);
        if (!ok) return;
        u8 const created[6] = {0x26, 0x11, 0x22, 0x12, 0x00, 0x00};
        ok = compiler.compile(pages, 7, created);
        pointer.pages = compiler.pages();
        pointer.generation = 7;
        pointer.first_cylinder = 4;
        target = compiler.target();
    }

    UserLookup look_up(const std::string& userid) {
        UserLookup lookup(pointer, name(userid));
        for (u32 reads = 0; lookup.wants_page(); ++reads) {
            BOOST_REQUIRE(reads < 20);
            BOOST_REQUIRE(pages.pages.contains(lookup.page()));
            lookup.give(Page(pages.pages[lookup.page()].data(), page_size));
        }
        return lookup;
    }
    std::optional<std::vector<DeviceEntry>> devices(const UserLookup& lookup) {
        std::vector<DeviceEntry> found;
        DeviceWalk walk = lookup.devices();
        while (walk.wants_page()) {
            if (!pages.pages.contains(walk.page())) return {};
            std::vector<u8> const& page = pages.pages[walk.page()];
            while (const DeviceEntry* device = walk.next(Page(page.data(), page_size)))
                found.push_back(*device);
        }
        if (walk.damaged()) return {};
        return found;
    }

    Lines source;
    std::vector<IndexEntry> users;
    Errors errors;
    Pages pages;
    cp::DirectoryPointer pointer{};
    Target target;
    bool ok = false;
};

const std::string directory = "DIRECTORY 350 3350 CAMRES";

// The first message for a user with this statement.
std::string message_for(const std::string& statement) {
    Compiled const c({directory, "USER A A", statement});
    return c.errors.lines.empty() ? "" : c.errors.lines[0];
}

std::vector<std::string> many_users(u32 count) {
    std::vector<std::string> lines{directory};
    for (u32 i = 0; i < count; ++i) {
        std::string const user = "U" + std::to_string((i * 7919) % 10007);
        lines.push_back("USER " + user + " PW 256K");
        for (u32 d = 0; d < i % 9; ++d)
            lines.push_back(" MDISK 19" + std::to_string(d) + " 3350 " + std::to_string(i) +
                            " 1 VOL001");
    }
    return lines;
}

} // namespace

BOOST_AUTO_TEST_SUITE(directory_statements)

BOOST_AUTO_TEST_CASE(a_user_has_the_defaults_of_what_is_left_out) {
    Compiled c({directory, "USER JOE PASS"});
    BOOST_REQUIRE(c.ok);
    UserEntry const user = c.look_up("JOE").user();
    BOOST_TEST(user.storage == 128u << 10);
    BOOST_TEST(user.max_storage == 1u << 20);
    BOOST_TEST(user.has_class('G'));
    BOOST_TEST(!user.has_class('A'));
    BOOST_TEST(user.priority == 50);
    BOOST_TEST(user.line_end == '#'_e);
    BOOST_TEST(user.line_delete == 0x4A);
    BOOST_TEST(user.character_delete == '@'_e);
    BOOST_TEST(user.escape == '"'_e);
    BOOST_TEST(ascii(user.account.text()) == "JOE");
    BOOST_TEST(ascii(user.distribution.text()) == "JOE");
    BOOST_TEST(user.ipl.blank());
    BOOST_TEST(user.devices == 0);
    BOOST_TEST(ascii(user.password.text().text()) == "PASS");
    BOOST_TEST(user.password.masked[0] == (0xFF ^ 'P'_e));
}

BOOST_AUTO_TEST_CASE(a_user_has_what_his_statements_say) {
    Compiled c({directory, "* comment", "", "user joe pass 1m 16m abg 10 ! off 4b on",
                "account 1234 BIN7", " OPTION ECMODE REALTIMER CPUID 00ABCD", " OPT ACCT BMX",
                " IPL CMS PARM AUTOCR"});
    BOOST_TEST(c.errors.lines.empty());
    BOOST_REQUIRE(c.ok);
    UserEntry const user = c.look_up("JOE").user();
    BOOST_TEST(user.storage == 1u << 20);
    BOOST_TEST(user.max_storage == 16u << 20);
    BOOST_TEST(user.classes == 0xC2);
    BOOST_TEST(user.priority == 10);
    BOOST_TEST(user.line_end == '!'_e);
    BOOST_TEST(user.line_delete == 0);
    BOOST_TEST(user.character_delete == 0x4B);
    BOOST_TEST(user.escape == '"'_e);
    BOOST_TEST(ascii(user.account.text()) == "1234");
    BOOST_TEST(ascii(user.distribution.text()) == "BIN7");
    BOOST_TEST(user.options == (option::ec_mode | option::real_timer | option::cpu_id |
                                option::account | option::block_multiplexer));
    BOOST_TEST(user.cpu_serial == 0xABCDu);
    BOOST_TEST(ascii(user.ipl.text()) == "CMS");
    BOOST_TEST(ascii(user.ipl_parameters.text()) == "AUTOCR");
}

BOOST_AUTO_TEST_CASE(devices_are_as_their_statements_say) {
    Compiled c({directory, "USER JOE PASS", "CONSOLE 009 3215", "S 00C 2540 READER",
                "SPOOL 00D 2540 P B", "SPOOL 00E 1403", "MDISK 191 3350 10 5 USRVOL MRV RP WP MP",
                "M 192 3330 T-DISK 3", "LINK MAINT 190 190 RR", "LINK MAINT 19E",
                "DEDICATE 181 580", "D 300 VOLID TAPE01", "SPECIAL 500 CTCA",
                "SPEC 501 2703 TELE"});
    BOOST_TEST(c.errors.lines.empty());
    BOOST_REQUIRE(c.ok);
    auto const found = c.devices(c.look_up("JOE"));
    BOOST_REQUIRE(found.has_value());
    auto const& d = *found;
    BOOST_REQUIRE(d.size() == 12u);
    BOOST_TEST(int(d[0].statement) == int(Statement::Console));
    BOOST_TEST(d[0].type == 0x3215);
    BOOST_TEST(d[0].spool_class == 'T'_e);
    BOOST_TEST(d[1].flags == device_flag::reader);
    BOOST_TEST(d[2].flags == device_flag::punch);
    BOOST_TEST(d[2].spool_class == 'B'_e);
    BOOST_TEST(d[3].spool_class == 'A'_e);
    BOOST_TEST(d[4].first_cylinder == 10);
    BOOST_TEST(d[4].cylinders == 5);
    BOOST_TEST(ascii(d[4].volume.text()) == "USRVOL");
    BOOST_TEST(ascii(d[4].mode.text()) == "MR");
    BOOST_TEST(d[4].flags == device_flag::reserve_release);
    BOOST_TEST(ascii(d[4].read.text().text()) == "RP");
    BOOST_TEST(ascii(d[4].multiple.text().text()) == "MP");
    BOOST_TEST(d[5].flags == device_flag::temporary);
    BOOST_TEST(d[5].cylinders == 3);
    BOOST_TEST(d[5].read.text().blank());
    BOOST_TEST(ascii(d[5].mode.text()) == "W");
    BOOST_TEST(d[6].link_address == 0x190);
    BOOST_TEST(d[6].address == 0x190);
    BOOST_TEST(ascii(d[6].mode.text()) == "RR");
    BOOST_TEST(d[7].address == 0x19E);
    BOOST_TEST(ascii(d[7].mode.text()) == "R");
    BOOST_TEST(d[8].real_address == 0x580);
    BOOST_TEST(d[9].flags == device_flag::by_volume);
    BOOST_TEST(ascii(d[9].volume.text()) == "TAPE01");
    BOOST_TEST(d[10].type == type_ctca);
    BOOST_TEST(d[11].flags == device_flag::tele);
}

BOOST_AUTO_TEST_CASE(a_statement_in_error_gets_its_message_with_its_line) {
    BOOST_TEST(message_for(" CONSOLE") == "3: DMKDIR753E OPERAND MISSING FOLLOWING USER A");
    BOOST_TEST(message_for(" CONSOLE 09X 3215") == "3: DMKDIR751E INVALID OPERAND - 09X");
    BOOST_TEST(message_for(" CONSOLE 1009 3215") == "3: DMKDIR751E INVALID OPERAND - 1009");
    BOOST_TEST(message_for(" CONSOLE 009 3216") == "3: DMKDIR751E INVALID OPERAND - 3216");
    BOOST_TEST(message_for(" CONSOLE 009 3215 TT") == "3: DMKDIR751E INVALID OPERAND - TT");
    BOOST_TEST(message_for(" CONSOLE 009 3215 T X") == "3: DMKDIR751E INVALID OPERAND - X");
    BOOST_TEST(message_for(" MDISK 191 3350 1 0 VOL") == "3: DMKDIR751E INVALID OPERAND - 0");
    BOOST_TEST(message_for(" MDISK 191 3350 1 1") ==
               "3: DMKDIR753E OPERAND MISSING FOLLOWING USER A");
    BOOST_TEST(message_for(" MDISK 191 3350 1 1 TOOLONG") ==
               "3: DMKDIR751E INVALID OPERAND - TOOLONG");
    BOOST_TEST(message_for(" MDISK 191 3350 1 1 VOL MX") == "3: DMKDIR751E INVALID OPERAND - MX");
    BOOST_TEST(message_for(" MDISK 191 3350 65535 2 VOL") == "3: DMKDIR751E INVALID OPERAND - 2");
    BOOST_TEST(message_for(" MDISK 191 3350 1 1 VOL W P1 P2 TOOLONGPW") ==
               "3: DMKDIR751E INVALID OPERAND - TOOLONGP");
    BOOST_TEST(message_for(" SPOOL 00C 2540") == "3: DMKDIR753E OPERAND MISSING FOLLOWING USER A");
    BOOST_TEST(message_for(" OPTION") == "3: DMKDIR753E OPERAND MISSING FOLLOWING USER A");
    BOOST_TEST(message_for(" OPTION CPUID 123") == "3: DMKDIR751E INVALID OPERAND - 123");
    BOOST_TEST(message_for(" OPTION FASTER") == "3: DMKDIR751E INVALID OPERAND - FASTER");
    BOOST_TEST(message_for(" LINK MAINT 190 190 V") == "3: DMKDIR751E INVALID OPERAND - V");
    BOOST_TEST(message_for(" GARBAGE") == "3: DMKDIR751E INVALID OPERAND - GARBAGE");
    BOOST_TEST(message_for("USER A B") == "3: DMKDIR751E INVALID OPERAND - A");
    BOOST_TEST(message_for("USER B") == "3: DMKDIR753E OPERAND MISSING");
    BOOST_TEST(message_for("USER B B 7K") == "3: DMKDIR751E INVALID OPERAND - 7K");
    BOOST_TEST(message_for("USER B B 17M") == "3: DMKDIR751E INVALID OPERAND - 17M");
    BOOST_TEST(message_for("USER B B 2M 1M") == "3: DMKDIR751E INVALID OPERAND - 1M");
    BOOST_TEST(message_for("USER B B 1M 1M I") == "3: DMKDIR751E INVALID OPERAND - I");
    BOOST_TEST(message_for("USER B B 1M 1M G 0") == "3: DMKDIR751E INVALID OPERAND - 0");
    BOOST_TEST(message_for("USER B B 1M 1M G 1 XYZ") == "3: DMKDIR751E INVALID OPERAND - XYZ");
    BOOST_TEST(message_for(directory) == "3: DMKDIR752E STATEMENT SEQUENCE ERROR FOLLOWING USER A");
}

BOOST_AUTO_TEST_CASE(columns_after_71_are_not_read) {
    std::string line = " CONSOLE 009 3215";
    line.resize(71, ' ');
    BOOST_TEST(message_for(line + "SEQ00010") == "");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(directory_compiler)

BOOST_AUTO_TEST_CASE(statements_out_of_order_are_refused) {
    Compiled const c({directory, " CONSOLE 009 3215", "USER A A", " CONSOLE 009 3215", " ACCOUNT 1",
                      " SPOOL 009 1403"});
    BOOST_REQUIRE(c.errors.lines.size() == 3u);
    BOOST_TEST(c.errors.lines[0] == "2: DMKDIR752E STATEMENT SEQUENCE ERROR");
    BOOST_TEST(c.errors.lines[1] == "5: DMKDIR752E STATEMENT SEQUENCE ERROR FOLLOWING USER A");
    BOOST_TEST(c.errors.lines[2] == "6: DMKDIR758E DUPLICATE UNIT DEFINITION FOLLOWING USER A");
}

BOOST_AUTO_TEST_CASE(a_directory_statement_and_a_user_must_be_there) {
    Compiled const none({"* nothing"});
    BOOST_REQUIRE(none.errors.lines.size() == 1u);
    BOOST_TEST(none.errors.lines[0] == "0: DMKDIR762E DIRECTORY STATEMENT MISSING");
    Compiled const late({"USER A A", directory});
    BOOST_TEST(late.errors.lines[0] == "1: DMKDIR762E DIRECTORY STATEMENT MISSING");
    Compiled const empty({directory});
    BOOST_REQUIRE(!empty.ok);
}

BOOST_AUTO_TEST_CASE(statements_after_a_user_in_error_give_no_further_messages) {
    Compiled const c({directory, "USER A", " OPTION ECMODE", " CONSOLE 009 3215", "USER B B"});
    BOOST_TEST(c.errors.lines.size() == 1u);
}

BOOST_AUTO_TEST_CASE(the_target_is_what_the_directory_statement_names) {
    Compiled const c({directory, "USER A A"});
    BOOST_TEST(c.target.address == 0x350);
    BOOST_TEST(c.target.type == 0x3350);
    BOOST_TEST(ascii(c.target.volume.text()) == "CAMRES");
}

BOOST_AUTO_TEST_CASE(everybody_of_a_large_directory_is_found_with_his_devices) {
    Compiled c(many_users(900));
    BOOST_REQUIRE(c.ok);
    BOOST_TEST(c.pages.pages.size() == c.pointer.pages);
    for (u32 i = 0; i < 900; ++i) {
        UserLookup const lookup = c.look_up("U" + std::to_string((i * 7919) % 10007));
        BOOST_REQUIRE(lookup.state() == UserLookup::State::Found);
        auto const devices = c.devices(lookup);
        BOOST_REQUIRE(devices.has_value());
        BOOST_REQUIRE(devices->size() == i % 9);
        for (const DeviceEntry& device : *devices) BOOST_REQUIRE(device.first_cylinder == i);
    }
    for (const char* nobody : {"", "A", "U", "U0X", "ZZZZZZZZ", "U99999"})
        BOOST_TEST((c.look_up(nobody).state() == UserLookup::State::NotFound));
}

BOOST_AUTO_TEST_CASE(a_page_that_cannot_be_written_ends_the_compilation) {
    Lines source(many_users(300));
    std::vector<IndexEntry> users(300);
    Compiler compiler(source, users);
    Errors errors;
    BOOST_REQUIRE(compiler.check(errors));
    u8 const created[6]{};
    for (u32 limit = 0; limit < compiler.pages(); ++limit) {
        Pages pages;
        pages.limit = limit;
        BOOST_TEST(!compiler.compile(pages, 1, created));
    }
}

BOOST_AUTO_TEST_CASE(more_users_than_the_table_holds_are_refused) {
    Lines source(many_users(10));
    std::vector<IndexEntry> users(9);
    Compiler compiler(source, users);
    Errors errors;
    BOOST_TEST(!compiler.check(errors));
    BOOST_REQUIRE(errors.lines.size() == 1u);
    BOOST_TEST(errors.lines[0].find("DMKDIR760E NOT ENOUGH SPACE") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(directory_reader)

BOOST_AUTO_TEST_CASE(any_damage_to_a_page_is_noticed) {
    Compiled c(many_users(20));
    BOOST_REQUIRE(c.ok);
    UserLookup const lookup = c.look_up("U0");
    BOOST_REQUIRE((lookup.state() == UserLookup::State::Found));
    for (u32 page = 0; page < 2; ++page)
        for (u32 at = 0; at < page_size; at += 5) {
            if (at >= 34 && at < 64) continue;
            c.pages.pages[page][at] ^= 0x10;
            BOOST_REQUIRE((c.look_up("U0").state() == UserLookup::State::Damaged));
            c.pages.pages[page][at] ^= 0x10;
        }
}

// Somebody may compute the checksum of what he writes.
BOOST_AUTO_TEST_CASE(hostile_pages_with_good_checksums_give_no_wild_reads) {
    Compiled c(many_users(300));
    BOOST_REQUIRE(c.ok);
    auto const original = c.pages.pages;
    u32 seed = 4711;
    auto const random = [&](u32 below) {
        seed = seed * 1664525 + 1013904223;
        return (seed >> 8) % below;
    };
    for (u32 i = 0; i < 3000; ++i) {
        c.pages.pages = original;
        auto& page = c.pages.pages[random(c.pointer.pages)];
        for (u32 n = 0; n < 4; ++n)
            page[4 + random(i % 2 == 0 ? page_size - 4 : 200)] = static_cast<u8>(random(256));
        u32 const sum = page_checksum(page.data());
        for (u32 b = 0; b < 4; ++b) page[24 + b] = static_cast<u8>(sum >> (24 - 8 * b));
        UserLookup lookup(c.pointer, name("U" + std::to_string((random(300) * 7919) % 10007)));
        for (u32 reads = 0; lookup.wants_page(); ++reads) {
            BOOST_REQUIRE(reads < 20);
            BOOST_REQUIRE(lookup.page() < c.pointer.pages);
            lookup.give(Page(c.pages.pages[lookup.page()].data(), page_size));
        }
        if (lookup.state() == UserLookup::State::Found) c.devices(lookup);
    }
}

BOOST_AUTO_TEST_CASE(a_pointer_that_cannot_be_right_is_refused_at_once) {
    cp::DirectoryPointer pointer{};
    BOOST_TEST((UserLookup(pointer, name("A")).state() == UserLookup::State::Damaged));
    pointer.pages = 0xFFFFFFFF;
    BOOST_TEST((UserLookup(pointer, name("A")).state() == UserLookup::State::Damaged));
}

BOOST_AUTO_TEST_CASE(pages_of_another_generation_are_refused) {
    Compiled c(many_users(5));
    c.pointer.generation = 8;
    BOOST_TEST((c.look_up("U0").state() == UserLookup::State::Damaged));
}

BOOST_AUTO_TEST_SUITE_END()
