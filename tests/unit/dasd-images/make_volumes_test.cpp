#include "dasd-images/disk_argument.h"
#include "dasd-images/manifest.h"
#include "loaders/nucleus.h"
#include "tests/unit/dasd-images/temporary.h"

#include <boost/test/unit_test.hpp>
#include <cstring>

using namespace dasd;

namespace {

constexpr char directory_text[] = R"(* A small system
DIRECTORY 350 3350 SYSRES
USER MAINT MAINT 1M 4M ABCDEFG
 IPL 190
 CONSOLE 009 3215
 MDISK 190 3350 8 3 SYSRES MR ALL WRITE MULT
USER USER01 SECRET 512K 2M G
 LINK MAINT 190 190 RR
 MDISK 191 3350 1 2 USRVOL MR READ WRITE MULT
)";

constexpr char manifest_text[] = R"(bootstrap $/ipl.bin $/boot.bin
volume SYSRES 3350 12
area nucleus 1 1
area directory 2 1
area directory 3 1
area dump 4 2
temporary 6 2
owned SYSRES OTHER
nucleus $/cp.bin
volume USRVOL 3350 4 compressed
tdisk 3 1
directory $/USER.DIRECT
minidisk MAINT 190 1024 CMSDSK 2    # the nucleus on the third
nucleus $/cp.bin
file $/*.exec mode S2
file $/data as OTHER.DATA recfm F lrecl 100 binary
minidisk USER01 191 800 USR01
)";

class System {
  public:
    System() {
        folder.write("USER.DIRECT", directory_text);
        folder.write("ipl.bin", std::string(24, 'i'));
        folder.write("boot.bin", std::string(700, 'b'));
        folder.write("cp.bin", std::string(10000, 'n'));
        folder.write("cp.meta", "load 1000\nentry 1234\n");
        folder.write("hello.exec", "&TYPE HELLO\n");
        folder.write("data", std::string(150, 'd'));
    }
    // With each $ in the manifest replaced by the folder.
    std::string make(std::string text = manifest_text) {
        for (usize at; (at = text.find('$')) != text.npos;) text.replace(at, 1, folder / ".");
        std::string const path = folder.write("m", text);
        return failure_of([&] { make_volumes(parse_manifest(path), folder / "out"); });
    }
    std::string make_with(const std::string& old, const std::string& fresh) {
        std::string text = manifest_text;
        text.replace(text.find(old), old.size(), fresh);
        return make(text);
    }
    TemporaryFolder folder;
};

} // namespace

BOOST_AUTO_TEST_SUITE(make_volumes)

BOOST_AUTO_TEST_CASE(a_system_is_made_from_its_manifest) {
    System system;
    BOOST_REQUIRE(system.make() == "");
    CkdImage image = CkdImage::open(system.folder / "out/SYSRES.ckd");
    CpVolume volume(image);
    BOOST_TEST(volume.label() == "SYSRES");
    BOOST_TEST(volume.check().empty());
    BOOST_TEST(int(volume.allocation(0)) == int(cp::Allocation::Permanent));
    BOOST_TEST(int(volume.allocation(2)) == int(cp::Allocation::DirectoryUsed));
    BOOST_TEST(int(volume.allocation(3)) == int(cp::Allocation::Directory));
    BOOST_TEST(int(volume.allocation(7)) == int(cp::Allocation::Temporary));
    BOOST_TEST(int(volume.allocation(12)) == int(cp::Allocation::End));
    BOOST_TEST(volume.areas().dump.first_cylinder == 4);
    BOOST_TEST(volume.areas().owned_count == 2);
    BOOST_TEST(to_string(volume.areas().owned[1].text()) == "OTHER");

    auto const user = find_user(volume, "USER01");
    BOOST_REQUIRE(user.has_value());
    BOOST_TEST(to_string(user->entry.password.text().text()) == "SECRET");
    BOOST_TEST(user->devices.size() == 2u);
    BOOST_TEST(!find_user(volume, "NOBODY").has_value());
}

BOOST_AUTO_TEST_CASE(a_nucleus_lies_where_its_bootstrap_says) {
    System system;
    BOOST_REQUIRE(system.make() == "");
    CkdImage image = CkdImage::open(system.folder / "out/SYSRES.ckd");
    for (u16 start : {u16{0}, u16{8}}) {
        BOOST_TEST(image.record({start, 0}, 1)[23] == 'i');
        const Bytes& bootstrap = image.record({start, 0}, 2);
        loaders::NucleusLocation location;
        std::memcpy(&location, &bootstrap[loaders::nucleus_location_offset], sizeof location);
        BOOST_TEST(bootstrap[699] == 'b');
        BOOST_TEST(location.magic == loaders::nucleus_magic);
        BOOST_TEST(location.load_address == 0x1000u);
        BOOST_TEST(location.entry == 0x1234u);
        BOOST_TEST(location.records == 3u);
        u16 const cylinder = static_cast<u16>(start + location.first_cylinder);
        BOOST_TEST(image.record({cylinder, 0}, 3)[10000 - 8192 - 1] == 'n');
        BOOST_TEST(image.record({cylinder, 0}, 3)[10000 - 8192] == 0);
    }
}

BOOST_AUTO_TEST_CASE(files_are_on_their_minidisks) {
    System system;
    BOOST_REQUIRE(system.make() == "");
    std::vector<std::string> words{system.folder / "out", "USER01", "190"}; // through the link
    OpenDisk const open = open_disk(words, File::Mode::Read);
    auto const disk = CmsDisk::open(*open.disk);
    BOOST_TEST(disk->label() == "CMSDSK");
    BOOST_TEST(disk->check().empty());
    BOOST_TEST(disk->total_blocks() == 900u);
    BOOST_REQUIRE(disk->files().size() == 2u);
    CmsFile const exec = disk->get(make_file_id("HELLO", "EXEC"));
    BOOST_TEST(to_string(exec.mode.text()) == "S2");
    CmsFile const data = disk->get(make_file_id("OTHER", "DATA"));
    BOOST_TEST(data.record_length == 100u);
    BOOST_TEST(data.records.size() == 2u);

    words = {(system.folder / "out/USRVOL.ckd") + ":1+2"};
    OpenDisk const other = open_disk(words, File::Mode::Read);
    BOOST_TEST(CmsDisk::open(*other.disk)->block_size() == 800u);
}

BOOST_AUTO_TEST_CASE(a_disk_that_is_not_there_is_refused) {
    System system;
    BOOST_REQUIRE(system.make() == "");
    auto const why = [&](std::vector<std::string> words) {
        return failure_of([&] { open_disk(words, File::Mode::Read); });
    };
    std::string const out = system.folder / "out";
    BOOST_TEST(contains(why({out, "USER01", "192"}), "USER01 has no device 192"));
    BOOST_TEST(contains(why({out, "MAINT", "009"}), "device 009 of user MAINT is not a minidisk"));
    BOOST_TEST(contains(why({out, "NOBODY", "191"}), "NOBODY is not in the directory"));
    BOOST_TEST(contains(why({out, "USER01", "xyz"}), "is not a device address"));
    BOOST_TEST(contains(why({out + "/USRVOL.ckd:3+2"}), "are not on this volume"));
    BOOST_TEST(contains(why({out + "/USRVOL.ckd"}), "is neither"));
    BOOST_TEST(why({}) != "");
}

BOOST_AUTO_TEST_CASE(an_error_names_its_line_and_leaves_nothing_behind) {
    System system;
    auto const refused = [&](const char* old, const char* fresh, const char* message) {
        std::string const why = system.make_with(old, fresh);
        BOOST_TEST(contains(why, message), why);
        BOOST_TEST(!std::filesystem::exists(system.folder / "out/SYSRES.ckd"));
        BOOST_TEST(!std::filesystem::exists(system.folder / "out/SYSRES.ckd.unfinished"));
    };
    refused("area dump", "area damp", "m:6: 'damp' is not an area");
    refused("3350 12", "3350 twelve", "m:2: 'twelve' is not a number");
    refused("3350 12", "3380 12", "its device type is not supported");
    refused("3350 12", "3350 600", "has 1 to 555 cylinders");
    refused("temporary 6 2", "temporary 5 2", "cylinder 5 is for the dump and for temporary space");
    refused("temporary 6 2", "temporary 7 2",
            "cylinder 8 is for temporary space and for MAINT 190");
    refused("tdisk 3 1", "tdisk 3 2", "temporary disks is not on the volume");
    refused("area directory 2 1\narea directory 3 1\n", "", "no volume has an area");
    refused("minidisk USER01 191", "minidisk USER01 192", "USER01 has no device 192");
    refused("CMSDSK 2", "CMSDSK 3", "does not fit on 0 cylinders");
    refused("lrecl 100 binary", "lrecl 100 banary", "m:16: 'banary' is not an option");
    refused("$/data", "$/none", "none: cannot open");
    refused("owned", "ownd", "m:8: 'ownd' is not a statement");
}

BOOST_AUTO_TEST_CASE(errors_of_the_directory_are_all_told_with_their_lines) {
    System system;
    system.folder.write("USER.DIRECT", "DIRECTORY 350 3350 SYSRES\nUSER X\n GARBAGE\n");
    std::string const why = system.make();
    BOOST_TEST(contains(why, "USER.DIRECT:2: DMKDIR753E OPERAND MISSING\n"));
    BOOST_TEST(contains(why, "USER.DIRECT:3: DMKDIR751E INVALID OPERAND - GARBAGE"));
    system.folder.write("USER.DIRECT", "DIRECTORY 350 3350 OTHER\nUSER X X\n");
    BOOST_TEST(contains(system.make(), "DMKDIR761E VOLID READ IS SYSRES NOT OTHER"));
}

BOOST_AUTO_TEST_CASE(compiling_again_switches_to_the_other_area) {
    System system;
    BOOST_REQUIRE(system.make() == "");
    std::string const path = system.folder / "out/SYSRES.ckd";
    system.folder.write("NEW", std::string(directory_text) + "USER FRESH FRESH\n");
    {
        CkdImage image = CkdImage::open(path, File::Mode::Update);
        CpVolume volume(image);
        BOOST_TEST(compile_directory(volume, system.folder / "NEW").empty());
    }
    CkdImage image = CkdImage::open(path, File::Mode::Update);
    CpVolume volume(image);
    BOOST_TEST(volume.directory().first_cylinder == 3);
    BOOST_TEST(volume.directory().generation == 2u);
    BOOST_TEST(int(volume.allocation(2)) == int(cp::Allocation::Directory));
    BOOST_TEST(int(volume.allocation(3)) == int(cp::Allocation::DirectoryUsed));
    BOOST_TEST(userids(volume).size() == 3u);
    BOOST_TEST(find_user(volume, "FRESH").has_value());

    system.folder.write("BAD", "DIRECTORY 350 3350 SYSRES\nUSER X X 1K\n");
    BOOST_TEST(!compile_directory(volume, system.folder / "BAD").empty());
    BOOST_TEST(volume.directory().first_cylinder == 3);
    BOOST_TEST(find_user(volume, "FRESH").has_value());
}

BOOST_AUTO_TEST_CASE(a_damaged_directory_page_is_refused) {
    System system;
    BOOST_REQUIRE(system.make() == "");
    CkdImage image = CkdImage::open(system.folder / "out/SYSRES.ckd", File::Mode::Update);
    CpVolume volume(image);
    Bytes page = volume.read_page(2, 1);
    page[500] = static_cast<u8>(~page[500]);
    volume.write_page(2, 1, page);
    BOOST_TEST(contains(failure_of([&] { find_user(volume, "MAINT"); }),
                        "page 1 of the directory is damaged"));
}

BOOST_AUTO_TEST_SUITE_END()
