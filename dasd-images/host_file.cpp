#include "dasd-images/host_file.h"

#include <algorithm>
#include <iostream>
#include <iterator>

namespace dasd {
namespace {

Bytes read_input(const std::string& path) {
    if (path != "-") return read_file(path);
    std::string const all((std::istreambuf_iterator<char>(std::cin)),
                          std::istreambuf_iterator<char>());
    return {all.begin(), all.end()};
}

RecordForm form_for(const Bytes& bytes, const HostFileOptions& options) {
    bool const text = options.content == Content::Text;
    RecordForm form =
        text && !options.format && !options.record_length ? usual_form(bytes) : RecordForm{};
    if (options.format) form.format = *options.format;
    if (form.format == cms::variable_format) form.record_length = 0;
    if (options.record_length) form.record_length = *options.record_length;
    if (form.record_length > cms::largest_record_length ||
        (form.format == cms::fixed_format && form.record_length == 0))
        fail("record length ", form.record_length, ": is 1 to ", cms::largest_record_length);
    return form;
}

} // namespace

CmsFile load_host_file(const std::string& path, const FileId& id, const Name<2>& mode,
                       const HostFileOptions& options) {
    CmsFile file;
    file.id = id;
    file.mode = mode;
    try {
        Bytes const bytes = read_input(path);
        if (is_record_image(bytes)) {
            from_record_image(bytes, file);
            return file;
        }
        if (options.content == Content::Records) fail("is not a record image");
        RecordForm const form = form_for(bytes, options);
        file.format = form.format;
        file.record_length = form.record_length;
        file.records = options.content == Content::Text ? lines_to_records(bytes, form)
                                                        : cut_to_records(bytes, form);
    } catch (const Error& error) {
        std::string const what = error.what();
        fail(what.starts_with(path) ? "" : path + ": ", what);
    }
    if (file.format == cms::variable_format) {
        file.record_length = 1;
        for (const Bytes& record : file.records)
            file.record_length = std::max(file.record_length, static_cast<u32>(record.size()));
    }
    return file;
}

Bytes to_host_bytes(const CmsFile& file, Content content) {
    if (content == Content::Records) return to_record_image(file);
    return content == Content::Binary ? join(file.records) : records_to_lines(file.records);
}

u8 parse_format(const std::string& word) {
    if (word == "F" || word == "f") return cms::fixed_format;
    if (word == "V" || word == "v") return cms::variable_format;
    fail("record format ", word, ": is F or V");
}

} // namespace dasd
