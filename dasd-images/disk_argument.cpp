#include "dasd-images/disk_argument.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>

namespace dasd {
namespace {

namespace fs = std::filesystem;

std::optional<u32> number(const std::string& word, int base) {
    u32 value = 0;
    auto const [end, error] = std::from_chars(word.data(), word.data() + word.size(), value, base);
    if (error != std::errc() || end != word.data() + word.size()) return {};
    return value;
}

// START+COUNT
std::optional<Extent> parse_extent(const std::string& word) {
    auto const plus = word.find('+');
    if (plus == word.npos) return {};
    auto const first = number(word.substr(0, plus), 10);
    auto const count = number(word.substr(plus + 1), 10);
    if (!first || !count || *first > 0xFFFF || *count > 0xFFFF) return {};
    return Extent{*first, *count};
}

// The minidisk as the directory on one of the volumes has it.
FoundMinidisk look_up(const std::string& folder, const std::string& userid, u32 address) {
    std::error_code error;
    std::vector<fs::path> paths;
    for (const auto& entry : fs::directory_iterator(folder, error))
        if (entry.path().extension() == ".ckd") paths.push_back(entry.path());
    if (error) fail(folder, ": ", error.message());
    std::sort(paths.begin(), paths.end());
    for (const fs::path& path : paths) {
        CkdImage image = CkdImage::open(path.string());
        std::unique_ptr<CpVolume> volume;
        try {
            volume = std::make_unique<CpVolume>(image);
        } catch (const Error&) {
            continue; // a volume of something else
        }
        if (volume->directory().first_cylinder != 0) return find_minidisk(*volume, userid, address);
    }
    fail(folder, ": has no volume with an object directory");
}

} // namespace

OpenDisk open_disk(std::vector<std::string>& words, File::Mode mode) {
    if (words.empty()) fail("name a disk: VOLUME:START+COUNT or FOLDER USERID ADDRESS");
    std::string path;
    Extent extent;
    auto const colon = words[0].rfind(':');
    auto const given =
        colon == std::string::npos ? std::nullopt : parse_extent(words[0].substr(colon + 1));
    if (given) {
        path = words[0].substr(0, colon);
        extent = *given;
        words.erase(words.begin());
    } else {
        if (words.size() < 3 || !fs::is_directory(words[0]))
            fail("'", words[0], "': is neither VOLUME:START+COUNT nor a folder with volumes");
        auto const address = number(words[2], 16);
        if (!address || *address > 0xFFF) fail("'", words[2], "': is not a device address");
        FoundMinidisk const found = look_up(words[0], words[1], *address);
        path = (fs::path(words[0]) / (found.volume + ".ckd")).string();
        extent = found.extent;
        words.erase(words.begin(), words.begin() + 3);
    }
    if (mode == File::Mode::Update && open_elsewhere(path))
        fail(path, ": is in use; stop the system that runs on it first");
    OpenDisk result;
    result.image = std::make_unique<CkdImage>(CkdImage::open(path, mode));
    result.image->set_durable(true);
    result.disk = std::make_unique<Minidisk>(*result.image, extent);
    return result;
}

} // namespace dasd
