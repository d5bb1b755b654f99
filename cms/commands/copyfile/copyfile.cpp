#include "cms/commands/copyfile/copyfile.h"

#include "cms/commands/copyfile/copy.h"
#include "cms/commands/errors.h"
#include "cms/commands/file_set.h"

namespace cms::copyfile {
namespace {

// `=` in an identifier is the part of the first input file.
FileId resolve(const FileId& id, const FileId& first) {
    FileId result = id;
    if (id.name.text() == "="_e) result.name = first.name;
    if (id.type.text() == "="_e) result.type = first.type;
    if (id.mode.bytes[0] == '='_e) {
        result.mode = first.mode;
        if (ebcdic::is_digit(id.mode.bytes[1])) result.mode.bytes[1] = id.mode.bytes[1];
    }
    return result;
}

i32 input_not_found(const FileId& id) {
    Message(module, 2, 'E'_e) << "INPUT FILE '"_e << api::spell(id) << "' NOT FOUND"_e;
    return api::rc::not_found;
}

// Without asterisks in name and type the first file of that name is meant.
i32 find(const FileId& id, FileSet& files) {
    if (!is_any(id.name.text()) && !is_any(id.type.text())) {
        FileState file;
        i32 const code = api::state(id, file);
        if (code == api::rc::not_found) return input_not_found(id);
        if (code != 0) return errors::state_failed(module, code, id);
        FileId exact = file.id;
        i32 const failed = files.collect(exact);
        return failed != 0         ? errors::no_storage(module)
               : files.size() == 0 ? input_not_found(id)
                                   : 0;
    }
    u32 const before = files.size();
    i32 const code = files.collect(id);
    if (code == api::rc::disk) return errors::not_accessed(module, id.letter());
    if (code != 0) return errors::no_storage(module);
    return files.size() == before ? input_not_found(id) : 0;
}

bool copies_each(const Request& request) {
    const FileId& output = request.output;
    bool const same = output.name.text() == "="_e || output.type.text() == "="_e;
    return same && !request.single;
}

i32 label_clash(const Request& request) {
    Text const from = request.from_label.text(), to = request.to_label.text();
    if (to.empty() || from.empty() || !from.starts_with(to)) return 0;
    Message(module, 172, 'E'_e) << "TOLABEL '"_e << to << "' "_e
                                << (from == to ? "EQUALS"_e : "IS AN INITIAL SUBSTRING OF"_e)
                                << " FRLABEL '"_e << from << "'"_e;
    return api::rc::parameter;
}

// Output file number `i`, or the only one: the first input file and those that go with it.
i32 gather(const Request& request, const FileSet& first, u32 i, bool each, FileSet& all) {
    if (each)
        all.collect(first[i].id);
    else
        for (u32 k = 0; k < first.size(); ++k) all.collect(first[k].id);
    for (u32 k = 1; k < request.input_count; ++k)
        if (i32 const code = find(resolve(request.inputs[k], first[i].id), all)) return code;
    return 0;
}

i32 run(const Request& request, const Specifications& specifications,
        const Translation& translation) {
    FileSet first;
    if (i32 const code = find(request.inputs[0], first)) return code;
    bool const each = copies_each(request);
    if (request.packing != Packing::None &&
        (request.input_count > 1 || (!each && first.size() > 1))) {
        api::message(module, 67, 'E'_e,
                     "COMBINED INPUT FILES ILLEGAL WITH PACK OR UNPACK OPTIONS"_e);
        return api::rc::parameter;
    }
    Copy copy(request, specifications, translation);
    for (u32 i = 0; i < (each ? first.size() : 1u); ++i) {
        FileSet inputs;
        if (i32 const code = gather(request, first, i, each, inputs)) return code;
        FileId const output = resolve(request.output, first[i].id);
        if (i32 const code = copy.run(inputs.files(), output)) return code;
    }
    return 0;
}

} // namespace
} // namespace cms::copyfile

i32 copyfile_command(const cms::Parameters& parameters) {
    using namespace cms::copyfile;
    Request request;
    Specifications specifications;
    Translation translation;
    if (i32 const code = parse(parameters, request)) return code;
    if (i32 const code = label_clash(request)) return code;
    if (request.ebcdic) {
        // The 026 punch has these five characters on other holes.
        constexpr Text old_codes = "%<&#@"_e, new_codes = "()+='"_e;
        for (u32 i = 0; i < 5; ++i) translation.set(old_codes[i], new_codes[i]);
    }
    if (request.specifications)
        if (i32 const code = ask(specifications, 601, "SPECIFICATION"_e, request.prompt))
            return code;
    if (request.translate)
        if (i32 const code = ask(translation, 602, "TRANSLATION"_e, request.prompt)) return code;
    return run(request, specifications, translation);
}
