#include "cms/program/exec_function.h"

#include "cms/api/message.h"
#include "cms/api/parameters.h"
#include "cms/program/exec.h"

namespace cms {
namespace {

constinit ExecGlobals globals;
constexpr u32 deepest_nesting = 19;

// The interpreter is too large for the stack of a nucleus function.
i32 run(const ExecSource& source, Name8 name, std::span<const Name8> arguments) {
    api::Array<u8> room;
    if (!room.resize(sizeof(Exec))) return api::rc::storage;
    Exec* exec = new (room.data()) Exec(source, globals);
    i32 const code = exec->run(name, arguments);
    exec->~Exec();
    return code;
}

i32 find_and_run(Name8 name, std::span<const Name8> arguments) {
    api::FileState file;
    if (api::state({name, Name8("EXEC"_e), Name<2>("*"_e)}, file) != 0) {
        api::Message("EXT"_e, 72, 'E'_e) << "ERROR IN EXEC FILE "_e << name << ", LINE 0 - "_e
                                         << exec_error_text(ExecError::FileNotFound);
        return i32(ExecError::FileNotFound);
    }
    ExecSource source;
    i32 const code = source.load(file);
    if (code == 0) return run(source, name, arguments);
    ExecError const error =
        file.recfm == 'F'_e || file.recfm == 'V'_e ? ExecError::Reading : ExecError::FileFormat;
    api::Message("EXT"_e, 72, 'E'_e)
        << "ERROR IN EXEC FILE "_e << name << ", LINE 0 - "_e << exec_error_text(error);
    return i32(error);
}

} // namespace

i32 exec_function(const Name8* list) {
    api::Parameters const parameters(list);
    if (parameters.size() == 0) {
        api::message("EXC"_e, 1, 'E'_e, "NO FILENAME SPECIFIED"_e);
        return api::rc::parameter;
    }
    if (globals.depth == deepest_nesting) {
        api::Message("EXT"_e, 72, 'E'_e)
            << "ERROR IN EXEC FILE "_e << parameters[0] << ", LINE 0 - NESTED TOO DEEPLY"_e;
        return i32(ExecError::LoopNesting);
    }
    if (globals.depth == 0) globals = ExecGlobals{};
    ++globals.depth;
    i32 const code = find_and_run(Name8(parameters[0]), {list + 2, parameters.size() - 1});
    --globals.depth;
    return code;
}

void exec_reset() { globals = ExecGlobals{}; }

} // namespace cms
