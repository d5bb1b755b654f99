#include "dasd-images/ckd_image.h"
#include "tests/unit/dasd-images/temporary.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace dasd;
using Kind = CkdImage::Kind;

namespace {

const Geometry& g = s370::ckd::geometry_3350;
constexpr u32 cylinders = 10; // more than one level 2 table
const Kind kinds[] = {Kind::Plain, Kind::Compressed};

void fill(CkdImage& image, u32 count = cylinders) {
    for (u32 i = 0; i < count * 30; ++i)
        image.write(formatted_track({u16(i / 30), u16(i % 30)}, 4, 4096));
    image.flush();
}

void make(const std::string& path, Kind kind) {
    CkdImage image = CkdImage::create(path, g, cylinders, kind);
    fill(image);
    Track& track = image.read({9, 29});
    track.find(4)->data.assign(4096, 0xA5);
    image.write(track);
    image.flush();
}

void patch(const std::string& path, usize offset, const Bytes& bytes) {
    File file(path, File::Mode::Update);
    file.write(offset, bytes);
}

} // namespace

std::ostream& boost_test_print_type(std::ostream& out, Kind kind) {
    return out << (kind == Kind::Plain ? "plain" : "compressed");
}
namespace dasd {
std::ostream& operator<<(std::ostream& out, Kind kind) {
    return out << (kind == Kind::Plain ? "plain" : "compressed");
}
} // namespace dasd

BOOST_AUTO_TEST_SUITE(ckd_image)

BOOST_DATA_TEST_CASE(an_image_reads_back_as_it_was_written, kinds, kind) {
    TemporaryFolder const folder;
    make(folder / "a.ckd", kind);
    CkdImage image = CkdImage::open(folder / "a.ckd");
    BOOST_TEST(image.cylinders() == cylinders);
    BOOST_TEST(image.geometry().type == 0x3350);
    BOOST_TEST(image.record({9, 29}, 4)[4095] == 0xA5);
    BOOST_TEST(image.record({9, 29}, 3)[4095] == 0);
    image.check();
}

BOOST_DATA_TEST_CASE(an_update_changes_one_track_only, kinds, kind) {
    TemporaryFolder const folder;
    make(folder / "a.ckd", kind);
    {
        CkdImage image = CkdImage::open(folder / "a.ckd", File::Mode::Update);
        Track& track = image.read({0, 1});
        track.find(1)->data[0] = 0x77;
        image.write(track);
        image.flush();
    }
    CkdImage image = CkdImage::open(folder / "a.ckd");
    BOOST_TEST(image.record({0, 1}, 1)[0] == 0x77);
    BOOST_TEST(image.record({9, 29}, 4)[0] == 0xA5);
    image.check();
}

BOOST_DATA_TEST_CASE(an_image_cut_off_anywhere_is_refused, kinds, kind) {
    TemporaryFolder const folder;
    make(folder / "a.ckd", kind);
    usize const size = usize(std::filesystem::file_size(folder / "a.ckd"));
    for (usize cut :
         {usize(0), usize(100), usize(600), usize(1030), usize(1100), size / 2, size - 1}) {
        std::filesystem::copy_file(folder / "a.ckd", folder / "b.ckd",
                                   std::filesystem::copy_options::overwrite_existing);
        std::filesystem::resize_file(folder / "b.ckd", cut);
        std::string const why = failure_of([&] { CkdImage::open(folder / "b.ckd").check(); });
        BOOST_TEST(why.starts_with(folder / "b.ckd"), why);
    }
}

BOOST_AUTO_TEST_CASE(a_plain_image_cut_off_says_where) {
    TemporaryFolder const folder;
    make(folder / "a.ckd", Kind::Plain);
    std::filesystem::resize_file(folder / "a.ckd", 512 + 19456 * 33 + 1);
    BOOST_TEST(contains(failure_of([&] { CkdImage::open(folder / "a.ckd"); }),
                        "is cut off in cylinder 1 head 3"));
}

BOOST_AUTO_TEST_CASE(a_damaged_track_of_a_plain_image_is_named) {
    TemporaryFolder const folder;
    make(folder / "a.ckd", Kind::Plain);
    patch(folder / "a.ckd", 512 + 19456 * 35 + 21 + 4 + 0, {77}); // number of record 1
    BOOST_TEST(failure_of([&] { CkdImage::open(folder / "a.ckd").check(); }) == "");
    patch(folder / "a.ckd", 512 + 19456 * 35 + 21 + 3, {77}); // its head
    BOOST_TEST(contains(failure_of([&] { CkdImage::open(folder / "a.ckd").check(); }),
                        "cylinder 1 head 5 record 77"));
}

BOOST_AUTO_TEST_CASE(any_damage_to_a_compressed_image_is_refused_or_harmless) {
    TemporaryFolder const folder;
    {
        CkdImage image = CkdImage::create(folder / "a.ckd", g, 1, Kind::Compressed);
        fill(image, 1);
    }
    Bytes const sound = read_file(folder / "a.ckd");
    for (usize at = 512; at < 560; ++at) {
        Bytes bytes = sound;
        bytes[at] = static_cast<u8>(~bytes[at]);
        write_file(folder / "b.ckd", bytes);
        failure_of([&] { CkdImage::open(folder / "b.ckd").check(); });
    }
    for (usize at = 1024; at < sound.size(); at += 3) {
        Bytes bytes = sound;
        bytes[at] = static_cast<u8>(~bytes[at]);
        write_file(folder / "b.ckd", bytes);
        std::string const why = failure_of([&] { CkdImage::open(folder / "b.ckd").check(); });
        if (!why.empty()) BOOST_TEST(contains(why, "cylinder 0 head "), why);
    }
}

BOOST_AUTO_TEST_CASE(a_header_that_is_not_ours_is_refused) {
    TemporaryFolder const folder;
    make(folder / "a.ckd", Kind::Plain);
    Bytes const sound = read_file(folder / "a.ckd");
    struct Case {
        usize at;
        u8 value;
        const char* message;
    };
    for (Case const& c :
         {Case{0, 'X', "is not a disk image"}, Case{8, 5, "wrong heads"},
          Case{13, 5, "wrong heads or track size"},
          Case{16, 0x80, "a device that is not supported"}, Case{17, 2, "one of several files"}}) {
        Bytes bytes = sound;
        bytes[c.at] = c.value;
        write_file(folder / "b.ckd", bytes);
        BOOST_TEST(contains(failure_of([&] { CkdImage::open(folder / "b.ckd"); }), c.message));
    }
}

BOOST_AUTO_TEST_CASE(two_programs_do_not_write_at_once) {
    TemporaryFolder const folder;
    make(folder / "a.ckd", Kind::Plain);
    CkdImage const first = CkdImage::open(folder / "a.ckd", File::Mode::Update);
    BOOST_TEST(contains(failure_of([&] { CkdImage::open(folder / "a.ckd"); }), "is in use"));
}

BOOST_AUTO_TEST_CASE(a_track_or_record_that_is_not_there_is_named) {
    TemporaryFolder const folder;
    make(folder / "a.ckd", Kind::Plain);
    CkdImage image = CkdImage::open(folder / "a.ckd");
    BOOST_TEST(contains(failure_of([&] { image.read({10, 0}); }), "cylinder 10 head 0 is not on"));
    BOOST_TEST(contains(failure_of([&] {
                            image.record({1, 2}, 9);
                        }),
                        "cylinder 1 head 2 record 9: is not there"));
}

BOOST_AUTO_TEST_SUITE_END()

// What Hercules' own programs write and read; skipped where they are not installed.
BOOST_AUTO_TEST_SUITE(hercules_images)

namespace {

bool run(const std::string& command) {
    return std::system(("(" + command + ") >/dev/null 2>&1").c_str()) == 0;
}
boost::test_tools::assertion_result installed(boost::unit_test::test_unit_id) {
    return run("command -v dasdinit && command -v cckdcdsk && command -v cckd2ckd");
}

} // namespace

BOOST_AUTO_TEST_CASE(images_of_dasdinit_are_read, *boost::unit_test::precondition(installed)) {
    TemporaryFolder const folder;
    BOOST_TEST(run("dasdinit " + folder / "p.ckd" + " 3350 PLAIN1 3"));
    BOOST_TEST(run("dasdinit -z " + folder / "z.ckd" + " 3350 PACKED 3"));
    for (const char* name : {"p.ckd", "z.ckd"}) {
        CkdImage image = CkdImage::open(folder / name);
        BOOST_TEST(image.cylinders() == 3u);
        image.check();
        BOOST_TEST(to_string(Text(image.record({0, 0}, 3)).substr(0, 4)) == "VOL1");
    }
}

BOOST_AUTO_TEST_CASE(an_image_of_dasdinit_can_be_updated_and_passes_its_check,
                     *boost::unit_test::precondition(installed)) {
    TemporaryFolder const folder;
    BOOST_TEST(run("dasdinit -z " + folder / "z.ckd" + " 3350 PACKED 3"));
    {
        CkdImage image = CkdImage::open(folder / "z.ckd", File::Mode::Update);
        image.write(formatted_track({2, 29}, 4, 4096));
        image.flush();
    }
    BOOST_TEST(run("cckdcdsk -3 -ro " + folder / "z.ckd"));
    CkdImage image = CkdImage::open(folder / "z.ckd");
    image.check();
    BOOST_TEST(image.record({2, 29}, 4).size() == 4096u);
}

BOOST_AUTO_TEST_CASE(our_compressed_image_expands_to_our_plain_one,
                     *boost::unit_test::precondition(installed)) {
    TemporaryFolder const folder;
    make(folder / "z.ckd", Kind::Compressed);
    make(folder / "p.ckd", Kind::Plain);
    BOOST_TEST(run("cckdcdsk -3 -ro " + folder / "z.ckd"));
    BOOST_TEST(run("cckd2ckd " + folder / "z.ckd" + " " + folder / "x.ckd"));
    BOOST_TEST(bool(read_file(folder / "x.ckd") == read_file(folder / "p.ckd")));
}

BOOST_AUTO_TEST_SUITE_END()
