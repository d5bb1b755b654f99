// What is on a disk when a program ends after any of its writes.
#include "dasd-images/object_directory.h"
#include "tests/unit/dasd-images/temporary.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <map>

using namespace dasd;

namespace {

constexpr u32 sizes[] = {800, 512, 1024, 2048, 4096};

// Tracks in storage, and the writes in their order.
struct Tracks {
    std::map<u32, Bytes> tracks;
    std::vector<std::pair<u32, Bytes>> writes;
};

class MemoryStore : public TrackStore {
  public:
    MemoryStore(Tracks& tracks, u32 cylinders)
        : tracks_(tracks), shape_{s370::ckd::geometry_3350, cylinders, 19456} {}
    const Shape& shape() const override { return shape_; }
    Bytes read(u32 track) override { return tracks_.tracks.at(track); }
    void write(u32 track, const Bytes& bytes) override {
        tracks_.tracks[track] = bytes;
        tracks_.writes.emplace_back(track, bytes);
    }
    void flush(bool) override {}

  private:
    Tracks& tracks_;
    Shape shape_;
};

CkdImage image_of(Tracks& tracks, u32 cylinders) {
    return {"memory", std::make_unique<MemoryStore>(tracks, cylinders)};
}

// Calls `look` with what is there after each of the writes of `change`, and before them.
template <typename Change, typename Look>
void after_each_write(const Tracks& before, u32 cylinders, Change change, Look look) {
    Tracks changed{before.tracks, {}};
    {
        CkdImage image = image_of(changed, cylinders);
        change(image);
    }
    BOOST_REQUIRE(changed.writes.size() > 1u);
    Tracks now{before.tracks, {}};
    for (usize n = 0; n <= changed.writes.size(); ++n) {
        if (n > 0) now.tracks[changed.writes[n - 1].first] = changed.writes[n - 1].second;
        CkdImage image = image_of(now, cylinders);
        look(image, n == changed.writes.size());
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(crash)

BOOST_DATA_TEST_CASE(a_file_is_old_or_new_after_any_write, sizes, size) {
    CmsFile const old = make_file("A", "DATA", cms::variable_format, {3000, 200, 4000}, 1);
    CmsFile const fresh = make_file("A", "DATA", cms::variable_format, {9000, 1, 8000}, 101);
    CmsFile const kept = make_file("KEPT", "DATA", cms::fixed_format, {80, 80}, 55);
    Tracks before;
    {
        CkdImage image = image_of(before, 1);
        Minidisk disk(image, {0, 1});
        format_cms_disk(disk, "TEST", size, 1);
        auto const cms = CmsDisk::open(disk);
        cms->put(kept);
        cms->put(old);
        cms->commit();
    }
    auto const change = [&](CkdImage& image) {
        Minidisk disk(image, {0, 1});
        auto const cms = CmsDisk::open(disk);
        cms->put(fresh);
        cms->commit();
    };
    after_each_write(before, 1, change, [&](CkdImage& image, bool done) {
        Minidisk disk(image, {0, 1});
        auto const cms = CmsDisk::open(disk);
        BOOST_REQUIRE(cms->check().empty());
        BOOST_REQUIRE(bool(cms->get(kept.id).records == kept.records));
        BOOST_REQUIRE(bool(cms->get(old.id).records == (done ? fresh : old).records));
    });
}

BOOST_AUTO_TEST_CASE(the_directory_is_old_or_new_after_any_write) {
    TemporaryFolder const folder;
    folder.write("OLD", "DIRECTORY 350 3350 TEST\nUSER JOE OLD\n");
    folder.write("NEW", "DIRECTORY 350 3350 TEST\nUSER JOE NEW\nUSER SUE NEW\n");
    Tracks before;
    {
        CkdImage image = image_of(before, 3);
        format_cp_volume(image, "TEST");
        CpVolume volume(image);
        cp::SystemAreas areas = volume.areas();
        areas.directory[0] = {u16{1}, u16{1}};
        areas.directory[1] = {u16{2}, u16{1}};
        volume.set_areas(areas);
        BOOST_REQUIRE(compile_directory(volume, folder / "OLD").empty());
    }
    auto const change = [&](CkdImage& image) {
        CpVolume volume(image);
        BOOST_REQUIRE(compile_directory(volume, folder / "NEW").empty());
    };
    after_each_write(before, 3, change, [&](CkdImage& image, bool done) {
        CpVolume volume(image);
        auto const joe = find_user(volume, "JOE");
        BOOST_REQUIRE(joe.has_value());
        BOOST_TEST(to_string(joe->entry.password.text().text()) == (done ? "NEW" : "OLD"));
        BOOST_TEST(find_user(volume, "SUE").has_value() == done);
    });
}

BOOST_AUTO_TEST_SUITE_END()
