// Reads label, directory and map of a disk that is being accessed (DMSACF, DMSACM).
//
// The disk is hostile: every number is checked here against the others before
// anything is built on it. Files whose entry makes no sense stay listed, opening them fails.
#pragma once

#include "cms/files/volume.h"

namespace cms::files {

// Which files of the directory stay in storage.
struct Selection {
    Name8 name{"*"_e};
    Name8 type{"*"_e};
    u8 mode_number = '*'_e;
    bool private_files = true; // those of mode 0

    bool everything() const;
};

// Error codes of functions.h. `volume.disk` is identified, `volume.adt` is the ADT to be filled;
// `volume.writable` is what is wanted, and false on return when the map of the disk is not sound.
// With `empty` the directory is not read but begun anew.
i32 load(Volume& volume, const Selection& selection, bool empty);

// Reads the label and finds geometry and format. not_cms, unit_check...
i32 load_label(Volume& volume);
// Makes the directory of a new disk: no files, all blocks free. `scratch` and map exist.
i32 begin_directory(Volume& volume);

} // namespace cms::files
