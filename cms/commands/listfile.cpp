#include "cms/commands/listfile.h"

#include "cms/commands/errors.h"
#include "cms/commands/fileid.h"

namespace cms {
namespace {

constexpr Text module = "LST"_e;

// How much of a file is told: each level tells what those before it do.
enum class Detail : u8 { Name, Type, Mode, Format, Allocation, Date, Label };

struct Request {
    FileId pattern;
    Detail detail = Detail::Mode;
    bool header = false, no_header = false;
    bool exec = false, append = false;
};

i32 parse_option(Text option, Request& request) {
    struct Level {
        Text name;
        u8 shortest;
        Detail detail;
    };
    static constexpr Level levels[] = {
        {"FNAME"_e, 2, Detail::Name},       {"FTYPE"_e, 2, Detail::Type},
        {"FMODE"_e, 2, Detail::Mode},       {"FORMAT"_e, 2, Detail::Format},
        {"ALLOC"_e, 2, Detail::Allocation}, {"DATE"_e, 1, Detail::Date},
        {"LABEL"_e, 1, Detail::Label},
    };
    for (const Level& level : levels)
        if (option.size() >= level.shortest && level.name.starts_with(option)) {
            request.detail = level.detail;
            return 0;
        }
    if ("HEADER"_e.starts_with(option))
        request.header = true;
    else if (option.size() > 2 && "NOHEADER"_e.starts_with(option))
        request.no_header = true;
    else if ("EXEC"_e.starts_with(option))
        request.exec = true;
    else if (option.size() > 1 && "APPEND"_e.starts_with(option))
        request.exec = request.append = true;
    else
        return errors::invalid_option(module, option);
    return 0;
}

i32 parse(const Parameters& parameters, Request& request) {
    usize const operands = parameters.options();
    if (operands > 3) return errors::invalid_parameter(module, parameters[3]);
    request.pattern.name = operands > 0 ? parameters[0] : "*"_e;
    request.pattern.type = operands > 1 ? parameters[1] : "*"_e;
    ModeOperand const mode = parse_mode(parameters[operands > 2 ? 2 : parameters.size()], "A"_e);
    if (!mode.valid) return errors::invalid_mode(module, parameters[2]);
    request.pattern.mode = mode.mode;
    for (usize i = operands + 1; i < parameters.size(); ++i) {
        if (parameters[i] == ")"_e) break;
        if (i32 const code = parse_option(parameters[i], request)) return code;
    }
    // Headings come with the details, unless they are for an EXEC or not wanted.
    if (request.detail >= Detail::Format && !request.exec) request.header = true;
    if (request.no_header) request.header = false;
    return 0;
}

Line<130> heading(Detail detail) {
    constexpr Text columns[] = {"FILENAME"_e,         " FILETYPE"_e,        " FM"_e,    " FORMAT"_e,
                                "     RECS BLOCKS"_e, "  DATE     TIME "_e, "  LABEL"_e};
    Line<130> line;
    for (u32 i = 0; i <= u32(detail); ++i) line << columns[i];
    return line;
}

Line<130> describe(const FileState& file, const api::DiskState& disk, Detail detail) {
    Line<130> line(file.id.name.padded());
    if (detail >= Detail::Type) line << ' '_e << file.id.type.padded();
    if (detail >= Detail::Mode) line << ' '_e << file.id.mode.padded();
    if (detail >= Detail::Format) {
        line << ' '_e << file.recfm;
        line.decimal(file.record_length, 6, ' '_e);
    }
    if (detail >= Detail::Allocation) {
        line.decimal(file.records, 8, ' '_e);
        line.decimal(file.blocks, 7, ' '_e);
    }
    if (detail >= Detail::Date) {
        api::Stamp const& at = file.written;
        u32 const parts[] = {at.month, at.day, at.year, at.hour, at.minute};
        constexpr Text before[] = {"  "_e, "/"_e, "/"_e, " "_e, ":"_e};
        for (u32 i = 0; i < 5; ++i) (line << before[i]).decimal(parts[i] % 100, 2);
    }
    if (detail >= Detail::Label) line << "  "_e << disk.label;
    return line;
}

// Where the lines go: the terminal, or CMS EXEC A1 as `&1 &2 fn ft fm...`.
class Listing {
  public:
    explicit Listing(const Request& request) : request_(request) {}
    ~Listing() {
        if (request_.exec) api::finis(cms_exec());
    }

    // Before the directory is walked: erasing moves its entries.
    void begin() {
        FileState old;
        if (!request_.exec || request_.append) return;
        if (api::state(cms_exec(), old) == 0) api::erase(cms_exec());
    }
    bool is_output(const FileState& file) const { return request_.exec && file.id == cms_exec(); }
    i32 add(Text line) {
        if (!request_.exec) {
            api::type_line(line);
            return 0;
        }
        Line<88> record("&1 &2 "_e);
        record << line;
        record.at(80);
        i32 const code = api::write_record(cms_exec(), 0, record.text().substr(0, 80), 'F'_e);
        if (code == 0) return 0;
        if (code == api::rc::disk_read_only) return errors::read_only(module, 'A'_e);
        (Message(module, 105, 'S'_e) << "ERROR '"_e).decimal(u32(code))
            << "' WRITING FILE 'CMS EXEC A1' ON DISK"_e;
        return api::rc::device;
    }

  private:
    static FileId cms_exec() { return {Name8("CMS"_e), Name8("EXEC"_e), Name<2>("A1"_e)}; }

    const Request& request_;
};

bool disk_wanted(const Request& request, const api::DiskState& disk) {
    u8 const letter = request.pattern.letter();
    return letter == '*'_e || disk.letter == letter || disk.parent == letter;
}

bool file_wanted(const Request& request, const FileState& file) {
    u8 const number = request.pattern.number();
    return matches(request.pattern.name, file.id.name) &&
           matches(request.pattern.type, file.id.type) &&
           (number == ' '_e || number == file.id.number());
}

i32 list(const Request& request) {
    Listing listing(request);
    listing.begin();
    u32 disks = 0, files = 0;
    api::DiskState disk;
    for (api::DiskWalk walk; walk.next(disk);) {
        if (!disk_wanted(request, disk)) continue;
        ++disks;
        FileState file;
        for (api::FileWalk in(disk.letter); in.next(file);) {
            if (!file_wanted(request, file) || listing.is_output(file)) continue;
            i32 code = 0;
            if (files++ == 0 && request.header) code = listing.add(heading(request.detail));
            if (code == 0) code = listing.add(describe(file, disk, request.detail));
            if (code != 0) return code;
        }
    }
    if (disks == 0) return errors::not_accessed(module, request.pattern.letter());
    if (files > 0) return 0;
    api::message(module, 2, 'E'_e, "FILE NOT FOUND"_e);
    return api::rc::not_found;
}

} // namespace
} // namespace cms

i32 listfile_command(const cms::Parameters& parameters) {
    cms::Request request;
    if (i32 const code = cms::parse(parameters, request)) return code;
    return cms::list(request);
}
