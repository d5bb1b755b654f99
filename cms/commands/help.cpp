#include "cms/commands/help.h"

#include "cms/commands/errors.h"
#include "cms/commands/record_reader.h"

namespace cms {
namespace {

constexpr Text module = "HLP"_e;

// The components in the order in which a name alone is looked up.
constexpr struct {
    Text name, filetype;
} components[] = {
    {"CMS"_e, "HELPCMS"_e},
    {"CP"_e, "HELPCP"_e},
    {"EDIT"_e, "HELPEDIT"_e},
    {"EXEC"_e, "HELPEXEC"_e},
};

i32 type_file(const FileState& file) {
    RecordReader reader(file);
    if (!reader.ok()) return errors::no_storage(module);
    for (;;) {
        Text record;
        i32 const code = reader.next(record);
        if (code == api::rc::end_of_file) return 0;
        if (code != 0) return errors::reading(module, code, file.id);
        api::type_line(record);
    }
}

bool find(Text name, Text filetype, FileState& file) {
    return api::state({Name8(name), Name8(filetype), Name<2>("*"_e)}, file) == 0;
}

// A name that is shortened: the first help file that begins with it.
bool find_abbreviated(Text name, Text filetype, FileState& file) {
    api::DiskState disk;
    for (api::DiskWalk disks; disks.next(disk);)
        for (api::FileWalk walk(disk.letter); walk.next(file);)
            if (file.id.type.text() == filetype && file.id.name.text().starts_with(name))
                return true;
    return false;
}

} // namespace
} // namespace cms

i32 help_command(const cms::Parameters& parameters) {
    using namespace cms;
    if (parameters.size() > 2) return errors::invalid_parameter(module, parameters[2]);
    Text filetype, name = parameters[0];
    for (const auto& component : components)
        if (component.name == parameters[0] && (parameters.size() > 1 || name != "EXEC"_e)) {
            filetype = component.filetype;
            name = parameters.size() > 1 ? parameters[1] : "MENU"_e;
            break;
        }
    if (parameters.size() == 2 && filetype.empty())
        return errors::invalid_parameter(module, parameters[0]);
    if (name.empty() || name == "MENU"_e) {
        if (filetype.empty()) filetype = "HELPMENU"_e;
        name = "MENU"_e;
    }
    FileState file;
    if (!filetype.empty() && find(name, filetype, file)) return type_file(file);
    for (auto look : {&find, &find_abbreviated})
        for (const auto& component : components)
            if ((filetype.empty() || filetype == component.filetype) &&
                look(name, component.filetype, file))
                return type_file(file);
    return errors::not_found(module,
                             {Name8(name), Name8(filetype.empty() ? "HELPCMS"_e : filetype), {}});
}
