// Random operations against a model, and a crash at each single write.
#include "disk_checker.h"
#include "session.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <map>
#include <random>

using namespace tests;
namespace data = boost::unit_test::data;

namespace {

constexpr u32 sizes[] = {800, 512, 1024, 2048, 4096};

struct ModelFile {
    char format;
    Records records;
    friend bool operator==(const ModelFile&, const ModelFile&) = default;
};
using Model = std::map<std::string, ModelFile>; // "NAME TYPE"

class Random {
  public:
    explicit Random(u32 seed) : engine_(seed) {}
    u32 operator()() { return static_cast<u32>(engine_()); }

  private:
    std::mt19937 engine_;
};

std::string random_text(Random& random, u32 length) {
    std::string text(length, ' ');
    for (char& c : text) c = static_cast<char>(random() % 255 + 1);
    return text;
}

// What is on the disk is what the model has.
void compare(fakes::Minidisk& disk, const Model& model) {
    CheckedDisk const checked = check_disk(disk);
    for (const std::string& error : checked.errors) BOOST_ERROR(error);
    BOOST_REQUIRE_EQUAL(checked.files.size(), model.size());
    for (const auto& [name, file] : model) {
        auto const found = checked.files.find(name);
        BOOST_REQUIRE_MESSAGE(found != checked.files.end(), name);
        BOOST_REQUIRE_MESSAGE(found->second == file.records, name + " differs");
    }
}

class Player {
  public:
    Player(Session& cms, fakes::Minidisk& disk, u32 seed) : cms_(cms), disk_(disk), random_(seed) {}

    void play(u32 operations) {
        for (u32 i = 0; i < operations; ++i) { step(); }
        close_all();
        compare(disk_, model_);
    }

  private:
    std::string pick() { return "F" + std::to_string(random_() % 8) + " DATA"; }

    void close_all() {
        cms_.finis();
        for (auto& [name, file] : open_) model_[name] = file;
        open_.clear();
    }

    const ModelFile* current(const std::string& name) {
        if (auto const o = open_.find(name); o != open_.end()) return &o->second;
        if (auto const m = model_.find(name); m != model_.end()) return &m->second;
        return nullptr;
    }

    void write() {
        std::string const name = pick();
        const ModelFile* const old = current(name);
        ModelFile file = old != nullptr ? *old : ModelFile{random_() % 2 ? 'F' : 'V', {}};
        bool const fixed = file.format == 'F';
        u32 const times = random_() % 20 + 1;
        for (u32 i = 0; i < times; ++i) {
            u32 const count = static_cast<u32>(file.records.size());
            u32 length = fixed && count > 0 ? static_cast<u32>(file.records[0].size())
                                            : 1 + random_() % (random_() % 8 == 0 ? 5000 : 300);
            u32 item = 0;
            u32 where = count; // index
            if (i == 0 && count > 0 && random_() % 3 == 0) {
                item = random_() % (fixed ? count + 6 : count) + 1;
                where = item - 1;
                if (!fixed && random_() % 2 == 0)
                    length = static_cast<u32>(file.records[where].size());
            }
            if (item != 0 || (count > 0 && i == 0)) {
                if (item == 0) item = count + 1;
            }
            u32 const items = fixed && random_() % 4 == 0 ? 1 + random_() % 5 : 1;
            std::string const text = random_text(random_, length * items);
            i32 const rc = cms_.write(name + " A1", item, text, file.format, items);
            BOOST_REQUIRE_EQUAL(rc, 0);
            if (rc != 0) return;
            if (fixed) {
                while (file.records.size() < where + items) file.records.emplace_back(length, '\0');
                for (u32 j = 0; j < items; ++j)
                    file.records[where + j] = text.substr(j * length, length);
            } else {
                if (where < count && file.records[where].size() != length)
                    file.records.resize(where);
                if (where < file.records.size())
                    file.records[where] = text;
                else
                    file.records.push_back(text);
            }
            if (where < count) break; // the next one would go behind the item just written
        }
        open_[name] = file;
    }

    void read() {
        std::string const name = pick();
        if (open_.count(name) != 0) {
            cms_.finis(name + " A");
            model_[name] = open_[name];
            open_.erase(name);
        }
        std::string record;
        auto const found = model_.find(name);
        if (found == model_.end()) {
            BOOST_REQUIRE_EQUAL(cms_.read(name + " A", 0, record), 1);
            return;
        }
        const ModelFile& file = found->second;
        for (u32 i = 0; i < 10; ++i) {
            u32 const item = random_() % (static_cast<u32>(file.records.size()) + 1) + 1;
            i32 const rc = cms_.read(name + " A", item, record);
            if (item > file.records.size())
                BOOST_REQUIRE_EQUAL(rc, 12);
            else
                BOOST_REQUIRE(rc == 0 && record == file.records[item - 1]);
        }
        BOOST_REQUIRE_EQUAL(cms_.finis(name + " A"), 0);
    }

    void rename() {
        std::string const from = pick(), to = pick();
        close_all();
        i32 const rc = cms_.rename(from + " A1", to + " A1");
        if (model_.count(from) == 0 || (model_.count(to) != 0 && from != to)) {
            BOOST_REQUIRE_EQUAL(rc, 28);
            return;
        }
        BOOST_REQUIRE_EQUAL(rc, 0);
        auto node = model_.extract(from);
        node.key() = to;
        model_.insert(std::move(node));
    }

    void step() {
        switch (random_() % 16) {
        case 0:
        case 1:
        case 2:
        case 3:
        case 4:
        case 5: write(); break;
        case 6:
        case 7:
        case 8: read(); break;
        case 9:
        case 10: {
            std::string const name = pick();
            bool const there = current(name) != nullptr;
            BOOST_REQUIRE_EQUAL(cms_.erase(name + " A1"), there ? 0 : 28);
            model_.erase(name);
            open_.erase(name);
            break;
        }
        case 11: rename(); break;
        case 12: {
            std::string const name = pick();
            if (open_.count(name) == 0) break;
            BOOST_REQUIRE_EQUAL(cms_.finis(name + " A1"), 0);
            model_[name] = open_[name];
            open_.erase(name);
            compare(disk_, model_); // what is still open is not on the disk
            break;
        }
        case 13:
            close_all();
            compare(disk_, model_);
            break;
        case 14: // the machine stops: what was not closed is as it was
            cms_.ipl();
            open_.clear();
            BOOST_REQUIRE_EQUAL(cms_.access(0x191, 'A'), 0);
            BOOST_REQUIRE_EQUAL(cms_.last_access.writable, 1);
            compare(disk_, model_);
            break;
        default:
            close_all();
            BOOST_REQUIRE_EQUAL(cms_.release('A'), 0);
            BOOST_REQUIRE_EQUAL(cms_.access(0x191, 'A'), 0);
        }
    }

    Session& cms_;
    fakes::Minidisk& disk_;
    Random random_;
    Model model_;                           // closed files
    std::map<std::string, ModelFile> open_; // as they will be when closed
};

void crash_at_each_write(u32 size) {
    Session cms;
    fakes::Minidisk disk(0x191, 1);
    BOOST_REQUIRE_EQUAL(cms.format(0x191, size), 0);
    disk.save();

    Random random(size);
    Records const fixed(30, random_text(random, 333)), changed(30, random_text(random, 333));
    Records variable;
    for (u32 i = 0; i < 25; ++i) variable.push_back(random_text(random, 1 + random() % 900));

    for (i32 k = 0;; ++k) {
        disk.restore();
        disk.revive();
        cms.ipl();
        BOOST_REQUIRE_EQUAL(cms.access(0x191, 'A'), 0);
        disk.die_after(k == 0 ? -1 : k);
        if (k == 0) disk.die_after(1'000'000);
        Model closed;
        // Each step says what the disk has when it has been done.
        auto const done = [&](i32 rc, auto change) {
            if (disk.dead() || rc != 0) return false;
            change();
            return true;
        };
        Model next;
        bool alive = true;
        auto const step = [&](auto action, auto change) {
            if (!alive) return;
            next = closed;
            change(next);
            alive = done(action(), [&] { closed = next; });
        };
        step([&] { return cms.make("ONE DATA A1", fixed, 'F'); },
             [&](Model& m) {
                 m["ONE DATA"] = {'F', fixed};
             });
        step([&] { return cms.make("TWO DATA A1", variable, 'V'); },
             [&](Model& m) {
                 m["TWO DATA"] = {'V', variable};
             });
        step(
            [&] { // an open file beside one that is closed
                i32 const rc = cms.write("OPEN DATA A1", 0, variable[0], 'V');
                return rc != 0 ? rc : cms.make("THREE DATA A1", variable, 'V');
            },
            [&](Model& m) {
                m["THREE DATA"] = {'V', variable};
            });
        step(
            [&] { // every third record in place
                for (u32 i = 0; i < 30; i += 3) {
                    if (i32 const rc = cms.write("ONE DATA A1", i + 1, changed[i])) return rc;
                }
                return cms.finis("ONE DATA A1");
            },
            [&](Model& m) {
                for (u32 i = 0; i < 30; i += 3) m["ONE DATA"].records[i] = changed[i];
            });
        step(
            [&] { // the tenth gets another length
                i32 const rc = cms.write("TWO DATA A1", 10, variable[9] + "x", 'V');
                return rc != 0 ? rc : cms.finis("TWO DATA A1");
            },
            [&](Model& m) {
                m["TWO DATA"].records.resize(10);
                m["TWO DATA"].records[9] += "x";
            });
        step([&] { return cms.rename("ONE DATA A1", "NEW DATA A1"); },
             [&](Model& m) {
                 m["NEW DATA"] = m["ONE DATA"];
                 m.erase("ONE DATA");
             });
        step([&] { return cms.erase("TWO DATA A1"); }, [&](Model& m) { m.erase("TWO DATA"); });
        for (u32 i = 0; i < 25; ++i) {
            std::string const name = "N" + std::to_string(i) + " X";
            step([&] { return cms.make(name + " A1", {fixed[0]}, 'F'); },
                 [&](Model& m) {
                     m[name] = {'F', {fixed[0]}};
                 });
        }
        step([&] { return cms.erase("* X A1"); },
             [&](Model& m) { std::erase_if(m, [](auto& f) { return f.first.ends_with(" X"); }); });
        step([&] { return cms.make("LAST DATA A1", changed, 'F'); },
             [&](Model& m) {
                 m["LAST DATA"] = {'F', changed};
             });

        CheckedDisk const checked = check_disk(disk);
        for (const std::string& error : checked.errors) {
            BOOST_ERROR("after write " + std::to_string(k) + ": " + error);
        }
        auto const same = [&](const Model& m) {
            if (m.size() != checked.files.size()) return false;
            for (const auto& [name, file] : m) {
                auto const f = checked.files.find(name);
                if (f == checked.files.end() || f->second != file.records) return false;
            }
            return true;
        };
        BOOST_REQUIRE_MESSAGE(same(closed) || (!alive && same(next)),
                              "after write " + std::to_string(k));
        disk.revive();
        cms.ipl();
        BOOST_REQUIRE_EQUAL(cms.access(0x191, 'A'), 0);
        BOOST_REQUIRE_EQUAL(cms.last_access.writable, 1);
        if (k != 0 && alive) break;
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(model)

BOOST_DATA_TEST_CASE(random_operations_agree_with_a_model, data::make(sizes) * data::xrange(6),
                     size, seed) {
    Session cms;
    fakes::Minidisk disk(0x191, 4);
    BOOST_REQUIRE_EQUAL(cms.format(0x191, size), 0);
    u32 const free = cms.free_storage();
    BOOST_REQUIRE_EQUAL(cms.access(0x191, 'A'), 0);
    Player(cms, disk, static_cast<u32>(seed)).play(250);
    BOOST_REQUIRE_EQUAL(cms.release('A'), 0);
    BOOST_REQUIRE_EQUAL(cms.free_storage(), free);
}

BOOST_DATA_TEST_CASE(a_crash_at_any_write_loses_no_closed_file, data::make(sizes), size) {
    crash_at_each_write(size);
}

BOOST_AUTO_TEST_SUITE_END()
