#include "dasd-images/cms_disk.h"

#include "dasd-images/cdf_disk.h"
#include "dasd-images/edf_disk.h"

#include <algorithm>

namespace dasd {

namespace {

bool starts_with(const Bytes& bytes, const u8 (&mark)[4]) {
    return bytes.size() >= 4 && std::equal(mark, mark + 4, bytes.begin());
}

} // namespace

std::unique_ptr<CmsDisk> CmsDisk::open(Minidisk& disk) {
    u32 const size = disk.found_block_size();
    disk.set_block_size(size);
    if (size == cms::cdf::block_size && starts_with(disk.read(3), cms::cdf::label_mark))
        return CdfDisk::open(disk);
    if (cms::edf::valid_block_size(size) && starts_with(disk.read(3), cms::edf::label_mark))
        return EdfDisk::open(disk);
    fail(disk.volume().path(), ": cylinders ", disk.extent().first_cylinder, "+",
         disk.extent().cylinders, ": is not a CMS disk: no label in ",
         place({static_cast<u16>(disk.extent().first_cylinder), 0}, 3));
}

bool CmsDisk::contains(const FileId& id) const {
    auto const all = files();
    return std::any_of(all.begin(), all.end(), [&](const FileInfo& f) { return f.id == id; });
}

void format_cms_disk(Minidisk& disk, const std::string& label, u32 block_size, u32 cylinders) {
    if (label.empty() || label.size() > 6) fail("a label has 1 to 6 characters: ", label);
    if (cylinders == 0 || cylinders > disk.extent().cylinders)
        fail("a file area of ", cylinders, " cylinders does not fit on a minidisk of ",
             disk.extent().cylinders);
    if (block_size == cms::cdf::block_size) return CdfDisk::format(disk, label, cylinders);
    if (!cms::edf::valid_block_size(block_size))
        fail("block size ", block_size, ": is not 800, 512, 1024, 2048 or 4096");
    EdfDisk::format(disk, label, block_size, cylinders);
}

} // namespace dasd
