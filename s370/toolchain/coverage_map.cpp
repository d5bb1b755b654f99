#include "s370/toolchain/coverage_map.h"

#include <algorithm>
#include <set>

#include "s370/toolchain/assembly.h"

namespace toolchain {
namespace {

constexpr std::uint32_t page_size = 4096;
constexpr char ran = char(0xFF);
constexpr int enough_to_recognize = 16; // bytes of instructions in a page

std::uint32_t word_at(std::string_view bytes, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        value = value << 8U | static_cast<unsigned char>(bytes[at + i]);
    }
    return value;
}

// The code of one page of the image. What symbols call data (old PSWs, for example) may
// have changed since, and is not compared.
struct CodePage {
    std::uint32_t address = 0;
    std::string bytes = std::string(page_size, '\0');
    std::vector<bool> compared = std::vector<bool>(page_size, false);
    std::vector<CoverageByte const*> points;

    [[nodiscard]] bool matches(std::string_view frame) const {
        for (std::size_t i = 0; i < page_size; ++i) {
            if (compared[i] && frame[i] != bytes[i]) { return false; }
        }
        return true;
    }
};

std::vector<CodePage> code_pages(ElfImage const& image, std::vector<CoverageByte> const& points) {
    std::map<std::uint32_t, CodePage> pages;
    for (auto const& section : image.sections) {
        for (std::uint32_t i = 0; section.executable && i < section.bytes.size(); ++i) {
            auto const address = section.address + i;
            auto& page = pages[address / page_size];
            page.bytes[address % page_size] = section.bytes[i];
            page.compared[address % page_size] = true;
        }
    }
    for (auto const& symbol : image.symbols) {
        bool const data = symbol.kind == ElfSymbol::Kind::Object;
        for (std::uint32_t i = 0; data && i < symbol.size; ++i) {
            auto const page = pages.find((symbol.address + i) / page_size);
            if (page == pages.end()) { break; }
            page->second.compared[(symbol.address + i) % page_size] = false;
        }
    }
    for (auto const& point : points) {
        auto& page = pages[point.address / page_size];
        page.points.push_back(&point);
    }
    std::vector<CodePage> result;
    for (auto& [number, page] : pages) {
        bool const recognizable = std::ranges::count(page.compared, true) >= enough_to_recognize;
        if (recognizable && !page.points.empty()) {
            page.address = number * page_size;
            result.push_back(std::move(page));
        }
    }
    return result;
}

} // namespace

std::vector<CoverageByte> coverage_bytes(ElfImage const& image) {
    std::vector<CoverageByte> result;
    for (auto const& section : image.sections) {
        if (section.name != ".coverage_map") { continue; }
        std::string_view const bytes = section.bytes;
        for (std::size_t at = 0; at + 4 < bytes.size();) {
            auto const text = bytes.substr(at + 4, bytes.find('\0', at + 4) - at - 4);
            auto const colon = text.rfind(':');
            auto const line = parse_number(text.substr(colon + 1));
            if (colon != std::string_view::npos && line) {
                result.push_back({word_at(bytes, at), std::string(text.substr(0, colon)), *line});
            }
            at += 4 + text.size() + 1;
        }
    }
    return result;
}

std::size_t CoverageReport::add(ElfImage const& image, std::vector<std::string> const& dumps) {
    auto const points = coverage_bytes(image);
    for (auto const& point : points) { lines_[point.file].try_emplace(point.line, 0); }
    auto const pages = code_pages(image, points);
    std::size_t found = 0;
    for (auto const& dump : dumps) {
        std::set<std::pair<std::string, int>> seen; // once a dump, however many frames
        for (std::size_t at = 0; at + page_size <= dump.size(); at += page_size) {
            auto const frame = std::string_view(dump).substr(at, page_size);
            for (auto const& page : pages) {
                if (!page.matches(frame)) { continue; }
                ++found;
                for (auto const* point : page.points) {
                    if (frame[point->address % page_size] == ran) {
                        seen.insert({point->file, point->line});
                    }
                }
            }
        }
        for (auto const& [file, line] : seen) { ++lines_[file][line]; }
    }
    return found;
}

std::string CoverageReport::lcov() const {
    std::string result;
    for (auto const& [file, lines] : lines_) {
        auto const hit =
            std::ranges::count_if(lines, [](auto const& line) { return line.second > 0; });
        result += "SF:" + file + "\n";
        for (auto const& [line, count] : lines) {
            result += "DA:" + std::to_string(line) + "," + std::to_string(count) + "\n";
        }
        result += "LF:" + std::to_string(lines.size()) + "\nLH:" + std::to_string(hit) +
                  "\nend_of_record\n";
    }
    return result;
}

} // namespace toolchain
