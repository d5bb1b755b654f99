// Which minidisk a command is about: VOLUME:START+COUNT, or FOLDER USERID ADDRESS
// looked up in the directory of the system volume among FOLDER's *.ckd files.
#pragma once

#include "dasd-images/minidisk.h"
#include "dasd-images/object_directory.h"

#include <memory>

namespace dasd {

struct OpenDisk {
    std::unique_ptr<CkdImage> image;
    std::unique_ptr<Minidisk> disk;
};

// Takes the words that name the disk off the front of `words`.
OpenDisk open_disk(std::vector<std::string>& words, File::Mode mode);

} // namespace dasd
