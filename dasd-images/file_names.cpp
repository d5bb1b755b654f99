#include "dasd-images/file_names.h"

#include <algorithm>
#include <cctype>
#include <filesystem>

namespace dasd {
namespace {

std::string upper(std::string word) {
    for (char& c : word) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return word;
}

bool match(const char* pattern, const char* word) {
    if (*pattern == '\0') return *word == '\0';
    if (*pattern == '*') {
        while (pattern[1] == '*') ++pattern;
        for (; *word != '\0'; ++word)
            if (match(pattern + 1, word)) return true;
        return match(pattern + 1, word);
    }
    return *word != '\0' && (*pattern == '?' || *pattern == *word) && match(pattern + 1, word + 1);
}

} // namespace

bool wildcard_match(const std::string& pattern, const std::string& word) {
    return match(pattern.c_str(), word.c_str());
}

bool FilePattern::has_wildcard() const { return (name + type).find_first_of("*?") != name.npos; }

bool FilePattern::matches(const FileId& id) const {
    return wildcard_match(name, to_string(id.name.text())) &&
           wildcard_match(type, to_string(id.type.text()));
}

FileId FilePattern::id() const { return make_file_id(name, type); }

FilePattern parse_pattern(const std::string& word) {
    std::string spaced = upper(word);
    if (spaced.find(' ') == spaced.npos) std::replace(spaced.begin(), spaced.end(), '.', ' ');
    std::istringstream in(spaced);
    FilePattern pattern;
    std::string more;
    in >> pattern.name >> pattern.type >> pattern.mode;
    if (pattern.type.empty() || in >> more)
        fail("'", word, "': write a file as NAME.TYPE or 'NAME TYPE MODE'");
    return pattern;
}

Name<2> parse_mode(const std::string& mode) {
    std::string const up = upper(mode.size() == 1 ? mode + "1" : mode);
    if (up.size() != 2 || up[0] < 'A' || up[0] > 'Z' || up[1] < '0' || up[1] > '6')
        fail("filemode ", mode, ": is a letter and a digit from 0 to 6");
    return Name<2>(Text(to_ebcdic(up)));
}

FilePattern pattern_from_path(const std::string& path) {
    return parse_pattern(std::filesystem::path(path).filename().string());
}

} // namespace dasd
