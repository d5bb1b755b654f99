#include "disk_checker.h"

#include "s370/base/ebcdic.h"

#include <cstring>
#include <set>

namespace tests {
namespace {

class Checker {
  public:
    explicit Checker(fakes::Minidisk& disk) : disk_(disk) {}
    CheckedDisk run() {
        auto const label = disk_.block(3);
        size_ = static_cast<u32>(label.size());
        if (size_ == 800)
            cdf();
        else
            edf();
        compare_map();
        return result_;
    }

  private:
    u32 half(const u8* p) { return u32{p[0]} << 8 | p[1]; }
    u32 word(const u8* p) { return half(p) << 16 | half(p + 2); }
    void wrong(const std::string& what) { result_.errors.push_back(what); }
    std::string text(const u8* p, usize n) {
        std::string s;
        for (usize i = 0; i < n; ++i) s += static_cast<char>(ebcdic::to_latin1(p[i]));
        while (!s.empty() && s.back() == ' ') s.pop_back();
        return s;
    }
    // The bytes of a block that something names; each may be named once.
    const u8* take(u32 block, const std::string& owner) {
        static const std::vector<u8> nothing(4096);
        if (block == 0 || block > result_.total) {
            wrong(owner + ": block " + std::to_string(block) + " is outside");
            return nothing.data();
        }
        if (!taken_.insert(block).second)
            wrong(owner + ": block " + std::to_string(block) + " taken twice");
        return disk_.block(block).data();
    }

    void split(const std::string& name, char format, u32 length, u32 items,
               const std::string& bytes) {
        auto& records = result_.files[name];
        usize at = 0;
        for (u32 i = 0; i < items; ++i) {
            usize n = length;
            if (format == 'V') {
                if (at + 2 > bytes.size()) return wrong(name + ": short");
                n = half(reinterpret_cast<const u8*>(bytes.data()) + at);
                at += 2;
                if (n == 0 || n > length) return wrong(name + ": record length");
            }
            if (at + n > bytes.size()) return wrong(name + ": data end early");
            records.push_back(bytes.substr(at, n));
            starts_[name].push_back(at - (format == 'V' ? 2 : 0));
            at += n;
        }
        if ((bytes.size() - at) >= size_) wrong(name + ": blocks behind the end");
    }

    std::string data(const std::vector<u32>& blocks, const std::string& owner, u32 count) {
        std::string bytes;
        u32 real = 0;
        for (u32 b : blocks) {
            if (b == 0) {
                bytes.append(size_, '\0');
                continue;
            }
            ++real;
            bytes.append(reinterpret_cast<const char*>(take(b, owner)), size_);
        }
        if (real != count)
            wrong(owner + ": data blocks are " + std::to_string(real) + " not " +
                  std::to_string(count));
        return bytes;
    }

    // ---- 800 bytes
    void cdf() {
        const u8* const mfd = disk_.block(4).data();
        result_.total = word(mfd + 0x16C);
        result_.used = word(mfd + 0x170);
        if (word(mfd + 0x174) != result_.total - result_.used) wrong("MFD: left");
        for (u32 b = 1; b <= 4; ++b) take(b, "fixed");
        u32 i = 0;
        std::vector<u32> directory;
        for (; i < 182 && half(mfd + 2 * i) < 0xFFFD; ++i) directory.push_back(half(mfd + 2 * i));
        map_.assign(mfd + 0x180, mfd + 0x180 + 215);
        if (half(mfd + 2 * i) == 0xFFFD) {
            for (++i; i < 182 && half(mfd + 2 * i) != 0; ++i) {
                const u8* const ext = take(half(mfd + 2 * i), "map");
                map_.insert(map_.end(), ext, ext + 800);
            }
        }
        for (u32 b : directory) {
            const u8* const block = take(b, "directory");
            for (u32 e = 0; e < 20; ++e) {
                const u8* const f = block + 40 * e;
                if (word(f) != 0) cdf_file(f);
            }
        }
    }

    void cdf_file(const u8* f) {
        std::string const name = text(f, 8) + " " + text(f + 8, 8);
        char const format = static_cast<char>(ebcdic::to_latin1(f[0x1E]));
        u32 const items = half(f + 0x1A), length = word(f + 0x20), count = half(f + 0x24);
        const u8* const fcl = take(half(f + 0x1C), name);
        std::vector<u32> blocks;
        for (u32 i = 0; i < 60; ++i) blocks.push_back(half(fcl + 80 + 2 * i));
        for (u32 i = 0; i < 40; ++i) {
            if (half(fcl + 2 * i) == 0) {
                blocks.resize(blocks.size() + 400);
                continue;
            }
            const u8* const link = take(half(fcl + 2 * i), name);
            for (u32 j = 0; j < 400; ++j) blocks.push_back(half(link + 2 * j));
        }
        while (!blocks.empty() && blocks.back() == 0) blocks.pop_back();
        std::string const bytes = data(blocks, name, count);
        split(name, format, length, items, bytes);
    }

    // ---- 512 to 4096 bytes
    void edf() {
        const u8* const label = disk_.block(3).data();
        result_.total = word(label + 0x1C);
        result_.used = word(label + 0x20);
        for (u32 b = 1; b <= 3; ++b) take(b, "fixed");
        u32 const root = word(label + 0x10);
        if (root != 4 && root != 5) wrong("label: root");
        take(root == 4 ? 5 : 4, "other root");
        const u8* first = disk_.block(root).data();
        u32 levels = 0;
        for (; levels < 3 && word(first) != 1; ++levels) first = disk_.block(word(first)).data();
        std::vector<u8> self(first, first + 64);
        if (self[0x34] != levels) wrong("DIRECTOR: levels");
        std::string const bytes = tree(self.data(), "DIRECTOR", nullptr);
        u32 const count = word(self.data() + 0x30);
        for (u32 i = 1; i < count; ++i) {
            auto const* const f = reinterpret_cast<const u8*>(bytes.data()) + 64 * i;
            if (i == 1) {
                std::string const map = tree(f, "ALLOCMAP", nullptr);
                map_.assign(map.begin(), map.end());
            } else if (word(f) == 0) {
                wrong("directory: a gap");
            } else {
                edf_file(f);
            }
        }
    }

    struct Mark {
        u32 last, displacement;
    };
    void level(u32 block, u32 height, u32 width, const std::string& owner, std::vector<u32>& blocks,
               std::vector<Mark>* marks) {
        const u8* const node = take(block, owner);
        for (u32 i = 0; i + width <= size_; i += width) {
            u32 const below = word(node + i);
            if (height > 1 && below != 0) {
                usize const first = blocks.size();
                level(below, height - 1, width, owner, blocks, marks);
                if (marks != nullptr && width == 12) {
                    if (word(node + i + 4) != marks->back().last)
                        wrong(owner + ": upper record number");
                    if (word(node + i + 8) != (*marks)[first].displacement)
                        wrong(owner + ": upper displacement");
                }
                u32 span = 1;
                for (u32 h = 1; h < height; ++h) span *= size_ / width;
                while (width == 4 && blocks.size() < first + span) blocks.push_back(0);
            } else if (height > 1) {
                u32 span = 1;
                for (u32 h = 1; h < height; ++h) span *= size_ / width;
                if (width == 4) blocks.resize(blocks.size() + span);
            } else if (width == 4) {
                blocks.push_back(below);
            } else if (below != 0) {
                blocks.push_back(below);
                marks->push_back({word(node + i + 4), word(node + i + 8)});
            }
        }
    }

    std::string tree(const u8* f, const std::string& owner, std::vector<Mark>* marks) {
        std::vector<u32> blocks;
        u32 const root = word(f + 0x28), levels = f[0x34], width = f[0x35];
        if (root != 0 && levels == 0) blocks.push_back(root);
        if (root != 0 && levels != 0) level(root, levels, width, owner, blocks, marks);
        while (!blocks.empty() && blocks.back() == 0) blocks.pop_back();
        if (levels > 0) {
            u64 below = 1;
            for (u32 h = 1; h < levels; ++h) below *= size_ / width;
            if (blocks.size() <= below) wrong(owner + ": more levels than needed");
        }
        return data(blocks, owner, word(f + 0x2C));
    }

    void edf_file(const u8* f) {
        std::string const name = text(f, 8) + " " + text(f + 8, 8);
        char const format = static_cast<char>(ebcdic::to_latin1(f[0x1E]));
        std::vector<Mark> marks;
        u32 const items = word(f + 0x30);
        std::string bytes = tree(f, name, &marks);
        u64 const needed = format == 'F' ? u64{items} * word(f + 0x20) : 0;
        while (bytes.size() < needed)
            bytes.append(size_, '\0'); // a hole at the end cannot be, but zeros
        split(name, format, word(f + 0x20), items, bytes);
        if (f[0x35] != (format == 'V' ? 12 : 4)) wrong(name + ": pointer size");
        if (half(f + 0x1A) != std::min(items, 0xFFFFu)) wrong(name + ": short item count");
        auto const& starts = starts_[name];
        for (usize i = 0; i < marks.size(); ++i) {
            u32 last = 0, displacement = 0xFFFFFFFF;
            for (usize r = 0; r < starts.size(); ++r) {
                if (starts[r] < (i + 1) * size_) last = static_cast<u32>(r + 1);
                if (starts[r] / size_ == i && displacement == 0xFFFFFFFF) {
                    displacement = static_cast<u32>(starts[r] % size_);
                }
            }
            if (marks[i].last != last)
                wrong(name + ": record number of block " + std::to_string(i));
            if (marks[i].displacement != displacement)
                wrong(name + ": displacement of block " + std::to_string(i));
        }
    }

    void compare_map() {
        u32 set = 0;
        for (u32 b = 1; b <= result_.total; ++b) {
            u32 const byte = (b - 1) / 8;
            bool const used = byte < map_.size() && (map_[byte] & (0x80u >> ((b - 1) & 7))) != 0;
            set += used ? 1 : 0;
            bool const owned = taken_.count(b) != 0;
            if (used && !owned) wrong("map: block " + std::to_string(b) + " belongs to nothing");
            if (!used && owned) wrong("map: block " + std::to_string(b) + " is in use");
        }
        if (set != result_.used) wrong("used count");
    }

    fakes::Minidisk& disk_;
    u32 size_ = 0;
    CheckedDisk result_;
    std::set<u32> taken_;
    std::vector<u8> map_;
    std::map<std::string, std::vector<usize>> starts_;
};

} // namespace

CheckedDisk check_disk(fakes::Minidisk& disk) { return Checker(disk).run(); }

} // namespace tests
