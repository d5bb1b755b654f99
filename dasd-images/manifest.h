// What a set of volumes holds, as a text file says it, and the volumes made from it.
//
// One statement a line; `#` begins a comment; paths are relative to the working folder.
//
//   volume LABEL 3350 CYLINDERS [compressed]
//   area nucleus|directory|dump|warm|checkpoint|error FIRST COUNT   on that volume
//   temporary FIRST COUNT                         paging and spooling
//   tdisk FIRST COUNT                             temporary minidisks
//   owned LABEL...                                volumes of SYSOWN
//   nucleus FILE                                  CP's; ELF, or NAME.bin with NAME.meta
//   bootstrap IPL-RECORD PROGRAM                  of all nuclei
//   directory USER.DIRECT                         onto the volume that it names
//   minidisk USERID ADDRESS BLOCKSIZE LABEL [CYLINDERS]    the first so many are for files
//   nucleus FILE                                  of that minidisk, on its other cylinders
//   file PATH [as NAME.TYPE] [mode A1] [recfm F|V] [lrecl N] [binary]
//
// The last part of a `file` path may have wildcards; then none need match.
#pragma once

#include "dasd-images/cp_volume.h"
#include "dasd-images/host_file.h"

namespace dasd {

struct VolumeSpec {
    std::string label;
    u32 type = 0, cylinders = 0;
    bool compressed = false;
    cp::SystemAreas areas{};
    std::vector<Extent> temporary, temporary_disks;
    std::string nucleus; // file; empty: none
};

struct FileSpec {
    std::string path, as, mode = "A1";
    HostFileOptions options;
};

struct MinidiskSpec {
    std::string userid, label;
    u32 address = 0, block_size = 0;
    u32 file_cylinders = 0; // 0: all
    std::string nucleus;    // file; empty: none
    std::vector<FileSpec> files;
};

struct Manifest {
    std::vector<VolumeSpec> volumes;
    std::vector<MinidiskSpec> minidisks;
    std::string directory, ipl_record, bootstrap;
};

// Fails, naming the line, at the first statement that is wrong.
Manifest parse_manifest(const std::string& path);

// Makes FOLDER/LABEL.ckd of each volume, or none. Fails with the lines of all
// errors when the directory does not compile.
void make_volumes(const Manifest& manifest, const std::string& folder);

} // namespace dasd
