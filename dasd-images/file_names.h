// Names of CMS files as people type them on the host.
#pragma once

#include "dasd-images/cms_file.h"

namespace dasd {

// "HELLO EXEC", "HELLO EXEC A1" or "hello.exec"; `*` in name and type stands for
// any characters, `?` for one. The mode is empty when there is none.
struct FilePattern {
    std::string name, type, mode;

    bool has_wildcard() const;
    bool matches(const FileId& id) const;
    FileId id() const; // of a pattern without wildcards
};
FilePattern parse_pattern(const std::string& word);
Name<2> parse_mode(const std::string& mode);

// "dir/hello.exec" is HELLO EXEC.
FilePattern pattern_from_path(const std::string& path);

bool wildcard_match(const std::string& pattern, const std::string& word);

} // namespace dasd
