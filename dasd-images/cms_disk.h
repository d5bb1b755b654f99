// A CMS minidisk: its directory in storage, its files on demand.
//
// put() and erase() change nothing that the disk's directory names; commit()
// writes the new directory and then the one block that makes it valid, as CMS does.
#pragma once

#include "dasd-images/block_map.h"
#include "dasd-images/cms_file.h"
#include "dasd-images/minidisk.h"

#include <memory>

namespace dasd {

// A file as the directory describes it.
struct FileInfo {
    FileId id;
    Name<2> mode;
    u8 format = 0;
    u32 record_length = 0;
    u32 records = 0;
    u32 blocks = 0; // of data
    Timestamp changed;
};

class CmsDisk {
  public:
    virtual ~CmsDisk() = default;

    // Reads label, directory and map; fails at the first thing that is wrong there.
    static std::unique_ptr<CmsDisk> open(Minidisk& disk);

    virtual std::string label() const = 0;
    virtual u32 block_size() const = 0;
    virtual u32 total_blocks() const = 0;
    virtual u32 used_blocks() const = 0;
    virtual std::vector<FileInfo> files() const = 0;

    bool contains(const FileId& id) const;
    // Fails when there is no such file, or it is damaged.
    virtual CmsFile get(const FileId& id) = 0;
    // Replaces a file of that name. `sparse`: blocks of zeros of an F file are not kept.
    virtual void put(const CmsFile& file, bool sparse = false) = 0;
    virtual void erase(const FileId& id) = 0;
    virtual void commit() = 0;

    // Everything that is wrong, a line each; empty when the disk is sound.
    virtual std::vector<std::string> check() = 0;
};

// `block_size` is 800 or one of EDF; only the first `cylinders` become file area.
void format_cms_disk(Minidisk& disk, const std::string& label, u32 block_size, u32 cylinders);

} // namespace dasd
