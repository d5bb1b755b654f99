// The compressed form of COPYFILE (PACK and UNPACK).
//
// A packed file has F records of 800 bytes. The text of all records with their
// lengths is a stream of pieces: see pack.cpp. It is this system's own form and is
// not exchanged with VM/370, whose form is not described in its books.
#pragma once

#include "cms/commands/copyfile/request.h"

namespace cms::copyfile {

// Packs or unpacks `input` into `output`; counts the records written. 0 or a return
// code after its message.
i32 pack_file(const FileState& input, const FileId& output, Packing packing, u32& written);

} // namespace cms::copyfile
