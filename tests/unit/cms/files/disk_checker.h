// Reads a CMS minidisk by itself, knowing nothing of cms/files: what is on it, and
// whether directory, files and map agree.
#pragma once

#include "cms/minidisk.h"

#include <map>
#include <string>
#include <vector>

namespace tests {

struct CheckedDisk {
    std::vector<std::string> errors;
    std::map<std::string, std::vector<std::string>> files; // "NAME TYPE" to records
    u32 used = 0, total = 0;
};

CheckedDisk check_disk(fakes::Minidisk& disk);

} // namespace tests
