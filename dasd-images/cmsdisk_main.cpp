// cmsdisk: looks into CMS minidisks inside volumes, and puts and gets their files.
#include "dasd-images/cms_disk.h"
#include "dasd-images/disk_argument.h"
#include "dasd-images/host_file.h"
#include "dasd-images/program.h"

#include <algorithm>
#include <boost/program_options.hpp>
#include <cctype>
#include <filesystem>
#include <iomanip>

namespace dasd {
namespace {

namespace po = boost::program_options;
using Words = std::vector<std::string>;

constexpr char usage[] = R"(cmsdisk: files on a CMS minidisk inside a volume

  cmsdisk ls     DISK [FILE...]             list files
  cmsdisk get    DISK FILE [TARGET]         copy to the host; TARGET is a file, a
                                            folder or - (default: the name, in
                                            lower case, in this folder)
  cmsdisk put    DISK SOURCE [FILE]         copy from the host, replacing FILE
                                            (default: the name of SOURCE)
  cmsdisk erase  DISK FILE...               erase files
  cmsdisk check  DISK                       prove that the disk is sound
  cmsdisk format DISK --label LABEL         make it an empty disk

DISK is VOLUME:START+COUNT, as in run/disks/CAMUSR.ckd:3+8 (cylinders), or
FOLDER USERID ADDRESS, as in run/disks CMSUSER 191 (from the object directory).
FILE is NAME.TYPE or 'NAME TYPE MODE'; `*` and `?` are wildcards for ls, get, erase.
Text is converted between UTF-8 and EBCDIC 037. Do not write while a system runs
on the volume. Exit status: 0 done, 1 refused or damaged, 2 wrong use.
)";

struct Settings {
    Words words;
    HostFileOptions file;
    std::string mode, label;
    u32 block_size = 1024, cylinders = 0;
    bool sparse = false;
};

std::string date(const Timestamp& t) {
    std::ostringstream out;
    out << std::setfill('0') << std::setw(2) << u32{t.month} << '/' << std::setw(2) << u32{t.day}
        << '/' << std::setw(2) << u32{t.year} << ' ' << std::setw(2) << u32{t.hour} << ':'
        << std::setw(2) << u32{t.minute} << ':' << std::setw(2) << u32{t.second};
    return out.str();
}

// The files of the disk that a pattern fits; fails when there is none.
std::vector<FileInfo> matching(const CmsDisk& disk, const std::string& word) {
    FilePattern const pattern = parse_pattern(word);
    std::vector<FileInfo> found;
    for (const FileInfo& info : disk.files())
        if (pattern.matches(info.id)) found.push_back(info);
    if (found.empty()) fail(word, ": is not on the disk");
    return found;
}

int list(Settings& s) {
    OpenDisk const open = open_disk(s.words, File::Mode::Read);
    auto const disk = CmsDisk::open(*open.disk);
    std::vector<FileInfo> files;
    if (s.words.empty()) files = disk->files();
    for (const std::string& word : s.words)
        for (const FileInfo& info : matching(*disk, word)) files.push_back(info);
    std::sort(files.begin(), files.end(), [](const FileInfo& a, const FileInfo& b) {
        return to_string(a.id) < to_string(b.id);
    });
    std::cout << disk->label() << ": blocks of " << disk->block_size() << ", "
              << disk->used_blocks() << " of " << disk->total_blocks() << " used, "
              << disk->files().size() << " files\n";
    for (const FileInfo& f : files)
        std::cout << std::left << std::setw(9) << to_string(f.id.name.text()) << std::setw(9)
                  << to_string(f.id.type.text()) << to_string(f.mode.text()) << ' '
                  << (f.format == cms::variable_format ? 'V' : 'F') << std::right << std::setw(6)
                  << f.record_length << std::setw(8) << f.records << std::setw(7) << f.blocks << ' '
                  << date(f.changed) << '\n';
    return 0;
}

std::string host_name(const FileId& id) {
    std::string name = to_string(id.name.text()) + "." + to_string(id.type.text());
    for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return name;
}

int get(Settings& s) {
    OpenDisk const open = open_disk(s.words, File::Mode::Read);
    if (s.words.empty() || s.words.size() > 2) fail("get DISK FILE [TARGET]");
    auto const disk = CmsDisk::open(*open.disk);
    std::string const target = s.words.size() == 2 ? s.words[1] : ".";
    auto const found = matching(*disk, s.words[0]);
    if (target.ends_with('/')) std::filesystem::create_directories(target);
    bool const folder = std::filesystem::is_directory(target);
    if (found.size() > 1 && !folder && target != "-")
        fail(target, ": is not a folder, and ", found.size(), " files match");
    for (const FileInfo& info : found) {
        Bytes const bytes = to_host_bytes(disk->get(info.id), s.file.content);
        if (target == "-")
            std::cout.write(reinterpret_cast<const char*>(bytes.data()),
                            static_cast<std::streamsize>(bytes.size()));
        else
            write_file(folder ? (std::filesystem::path(target) / host_name(info.id)).string()
                              : target,
                       bytes);
    }
    std::cout.flush();
    if (!std::cout) fail("cannot write");
    return 0;
}

int put(Settings& s) {
    OpenDisk const open = open_disk(s.words, File::Mode::Update);
    if (s.words.empty() || s.words.size() > 2) fail("put DISK SOURCE [FILE]");
    FilePattern const name =
        s.words.size() == 2 ? parse_pattern(s.words[1]) : pattern_from_path(s.words[0]);
    auto const disk = CmsDisk::open(*open.disk);
    std::string mode = !s.mode.empty() ? s.mode : name.mode;
    if (mode.empty())
        for (const FileInfo& info : disk->files())
            if (info.id == name.id()) mode = to_string(info.mode.text());
    CmsFile const file =
        load_host_file(s.words[0], name.id(), parse_mode(mode.empty() ? "A1" : mode), s.file);
    disk->put(file, s.sparse);
    disk->commit();
    return 0;
}

int erase(Settings& s) {
    OpenDisk const open = open_disk(s.words, File::Mode::Update);
    if (s.words.empty()) fail("erase DISK FILE...");
    auto const disk = CmsDisk::open(*open.disk);
    for (const std::string& word : s.words)
        for (const FileInfo& info : matching(*disk, word)) disk->erase(info.id);
    disk->commit();
    return 0;
}

int check(Settings& s) {
    OpenDisk const open = open_disk(s.words, File::Mode::Read);
    auto const problems = CmsDisk::open(*open.disk)->check();
    for (const std::string& problem : problems) std::cerr << "cmsdisk: " << problem << '\n';
    return problems.empty() ? 0 : 1;
}

int format(Settings& s) {
    OpenDisk const open = open_disk(s.words, File::Mode::Update);
    if (s.label.empty()) fail("format DISK --label LABEL");
    u32 const cylinders = s.cylinders == 0 ? open.disk->extent().cylinders : s.cylinders;
    format_cms_disk(*open.disk, s.label, s.block_size, cylinders);
    open.image->flush();
    return 0;
}

int run(int argc, char** argv) {
    po::options_description options("options");
    std::string recfm;
    u32 lrecl = 0;
    Settings s;
    // clang-format off
    options.add_options()
        ("help,h", "say this")
        ("binary,b", "bytes as they are, not text")
        ("records,r", "get: keep the records (put recognizes such a file)")
        ("recfm", po::value(&recfm), "put: F or V (default: F when no line is longer than 80)")
        ("lrecl", po::value(&lrecl), "put: record length (default 80)")
        ("mode", po::value(&s.mode), "put: filemode (default: that of the file it replaces, else A1)")
        ("sparse", "put: keep no blocks of zeros")
        ("label", po::value(&s.label), "format: 1 to 6 characters")
        ("block-size", po::value(&s.block_size), "format: 800, 512, 1024 (default), 2048 or 4096")
        ("cylinders", po::value(&s.cylinders), "format: only the first so many");
    // clang-format on
    po::options_description all;
    all.add(options).add_options()("words", po::value(&s.words));
    po::positional_options_description positional;
    positional.add("words", -1);
    po::variables_map given;
    try {
        auto const parsed =
            po::command_line_parser(argc, argv).options(all).positional(positional).run();
        po::store(parsed, given);
        po::notify(given);
    } catch (const po::error& error) {
        std::cerr << "cmsdisk: " << error.what() << "; see cmsdisk --help\n";
        return 2;
    }
    if (given.count("help") != 0) {
        std::cout << usage << '\n' << options;
        return 0;
    }
    if (given.count("binary") != 0) s.file.content = Content::Binary;
    if (given.count("records") != 0) s.file.content = Content::Records;
    if (given.count("recfm") != 0) s.file.format = parse_format(recfm);
    if (given.count("lrecl") != 0) s.file.record_length = lrecl;
    s.sparse = given.count("sparse") != 0;

    struct Command {
        const char* name;
        int (*run)(Settings&);
    };
    constexpr Command commands[] = {{"ls", list},     {"get", get},     {"put", put},
                                    {"erase", erase}, {"check", check}, {"format", format}};
    std::string const name = s.words.empty() ? "" : s.words[0];
    for (const Command& command : commands)
        if (name == command.name) {
            s.words.erase(s.words.begin());
            return command.run(s);
        }
    std::cerr << "cmsdisk: " << (name.empty() ? "a command is missing" : "unknown command " + name)
              << "; see cmsdisk --help\n";
    return 2;
}

} // namespace
} // namespace dasd

int main(int argc, char** argv) {
    return dasd::run_program("cmsdisk", [&] { return dasd::run(argc, argv); });
}
