// A file of the host as a CMS file and back.
#pragma once

#include "dasd-images/file_names.h"
#include "dasd-images/lines.h"
#include "dasd-images/record_image.h"

#include <optional>

namespace dasd {

enum class Content { Text, Binary, Records };

struct HostFileOptions {
    Content content = Content::Text;
    std::optional<u8> format;         // else what suits the content
    std::optional<u32> record_length; // else 80 for F
};

// A record image is recognized whatever the options say. "-" is standard input.
CmsFile load_host_file(const std::string& path, const FileId& id, const Name<2>& mode,
                       const HostFileOptions& options);

Bytes to_host_bytes(const CmsFile& file, Content content);

// "F" or "V", either case.
u8 parse_format(const std::string& word);

} // namespace dasd
