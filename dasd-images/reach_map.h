// What a check of a CMS disk has found: which file reaches each block, and what
// is wrong.
#pragma once

#include "dasd-images/block_map.h"
#include "dasd-images/minidisk.h"

#include <map>

namespace dasd {

class ReachMap {
  public:
    ReachMap(Minidisk& disk, const BlockMap& map) : disk_(disk), map_(map) {}

    void problem(const std::string& line) { problems_.push_back(line); }

    // `owner` refers to `block`.
    void see(u32 block, const std::string& owner) {
        auto const [found, first] = owners_.emplace(block, owner);
        if (!first)
            problem(text(disk_.name(block), ": belongs to ", found->second, " and to ", owner));
        else if (block <= map_.total() && !map_.in_use(block))
            problem(text(disk_.name(block), ": belongs to ", owner, " but is free in the map"));
    }

    // All problems; with the blocks in use that nothing refers to.
    std::vector<std::string> finish() {
        for (u32 block = 1; block <= map_.total(); ++block)
            if (map_.in_use(block) && !owners_.contains(block))
                problem(text(disk_.name(block), ": is in use but belongs to nothing"));
        return std::move(problems_);
    }

  private:
    Minidisk& disk_;
    const BlockMap& map_;
    std::map<u32, std::string> owners_;
    std::vector<std::string> problems_;
};

} // namespace dasd
