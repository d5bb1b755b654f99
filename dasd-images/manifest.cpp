#include "dasd-images/manifest.h"

#include <algorithm>
#include <charconv>

namespace dasd {
namespace {

u32 number(const std::string& word, int base = 10) {
    u32 value = 0;
    auto const [end, error] = std::from_chars(word.data(), word.data() + word.size(), value, base);
    if (word.empty() || error != std::errc() || end != word.data() + word.size())
        fail("'", word, "' is not a number");
    return value;
}

class Parser {
  public:
    void line(std::string text_line) {
        text_line = text_line.substr(0, text_line.find('#'));
        words_ = std::istringstream(text_line);
        std::string keyword;
        if (!(words_ >> keyword)) return;
        if (keyword == "volume")
            volume();
        else if (keyword == "area")
            area();
        else if (keyword == "temporary")
            current_volume().temporary.push_back(extent());
        else if (keyword == "tdisk")
            current_volume().temporary_disks.push_back(extent());
        else if (keyword == "owned")
            owned();
        else if (keyword == "nucleus")
            nucleus();
        else if (keyword == "bootstrap")
            manifest.ipl_record = word(), manifest.bootstrap = word();
        else if (keyword == "directory")
            manifest.directory = word();
        else if (keyword == "minidisk")
            minidisk();
        else if (keyword == "file")
            file();
        else
            fail("'", keyword, "' is not a statement");
        if (std::string more; words_ >> more) fail("'", more, "' is too much");
    }

    Manifest manifest;

  private:
    std::string word() {
        std::string next;
        if (!(words_ >> next)) fail("an operand is missing");
        return next;
    }
    bool more() { return !(words_ >> std::ws).eof(); }
    Extent extent() {
        u32 const first = number(word());
        return {first, number(word())};
    }
    VolumeSpec& current_volume() {
        if (manifest.volumes.empty() || !manifest.minidisks.empty())
            fail("belongs after a volume statement");
        return manifest.volumes.back();
    }

    void volume() {
        if (!manifest.minidisks.empty()) fail("volumes come before minidisks");
        VolumeSpec spec;
        spec.label = word();
        spec.type = number(word(), 16);
        spec.cylinders = number(word());
        if (more()) {
            if (std::string const option = word(); option != "compressed")
                fail("'", option, "' is not an option of a volume");
            spec.compressed = true;
        }
        std::copy_n(cp::areas_mark.data(), 8, spec.areas.mark);
        manifest.volumes.push_back(std::move(spec));
    }

    void area() {
        cp::SystemAreas& areas = current_volume().areas;
        std::string const name = word();
        Extent const where = extent();
        cp::Area* const area = name == "nucleus"      ? &areas.nucleus
                               : name == "dump"       ? &areas.dump
                               : name == "warm"       ? &areas.warm_start
                               : name == "checkpoint" ? &areas.checkpoint
                               : name == "error"      ? &areas.error_recording
                               : name == "directory"
                                   ? &areas.directory[areas.directory[0].cylinders != 0 ? 1 : 0]
                                   : nullptr;
        if (area == nullptr) fail("'", name, "' is not an area");
        area->first_cylinder = static_cast<u16>(where.first_cylinder);
        area->cylinders = static_cast<u16>(where.cylinders);
    }

    void owned() {
        cp::SystemAreas& areas = current_volume().areas;
        while (more()) {
            if (areas.owned_count == std::size(areas.owned)) fail("too many owned volumes");
            areas.owned[areas.owned_count] = Text(to_ebcdic(word()));
            areas.owned_count += u16{1};
        }
    }

    void nucleus() {
        std::string const path = word();
        if (!manifest.minidisks.empty())
            manifest.minidisks.back().nucleus = path;
        else
            current_volume().nucleus = path;
    }

    void minidisk() {
        MinidiskSpec spec;
        spec.userid = word();
        spec.address = number(word(), 16);
        spec.block_size = number(word());
        spec.label = word();
        if (more()) spec.file_cylinders = number(word());
        manifest.minidisks.push_back(std::move(spec));
    }

    void file() {
        if (manifest.minidisks.empty()) fail("belongs after a minidisk statement");
        FileSpec spec;
        spec.path = word();
        while (more()) {
            std::string const option = word();
            if (option == "as")
                spec.as = word();
            else if (option == "mode")
                spec.mode = word();
            else if (option == "recfm")
                spec.options.format = parse_format(word());
            else if (option == "lrecl")
                spec.options.record_length = number(word());
            else if (option == "binary")
                spec.options.content = Content::Binary;
            else
                fail("'", option, "' is not an option of a file");
        }
        manifest.minidisks.back().files.push_back(std::move(spec));
    }

    std::istringstream words_;
};

} // namespace

Manifest parse_manifest(const std::string& path) {
    Bytes const bytes = read_file(path);
    std::istringstream in(std::string(bytes.begin(), bytes.end()));
    Parser parser;
    u32 count = 0;
    for (std::string line; std::getline(in, line);) {
        ++count;
        try {
            parser.line(line);
        } catch (const Error& error) { fail(path, ":", count, ": ", error.what()); }
    }
    return std::move(parser.manifest);
}

} // namespace dasd
