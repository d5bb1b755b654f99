// A linked program as a MODULE file of CMS (cms/layout/module.h).
#pragma once

#include "dasd-images/cms_file.h"
#include "dasd-images/nucleus.h"

namespace dasd {

struct ModuleOptions {
    bool system = false; // runs with the nucleus' key
};

// A program that begins at X'E000' becomes the one-record form of the transient area.
CmsFile make_module(const StorageImage& program, const FileId& id, const ModuleOptions& options);

} // namespace dasd
