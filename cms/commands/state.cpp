#include "cms/commands/state.h"

#include "cms/commands/errors.h"
#include "cms/commands/fileid.h"

namespace cms {
namespace {

constexpr Text module = "STT"_e;

i32 look_up(const Parameters& parameters, bool writable) {
    usize const operands = parameters.options();
    if (operands < 2) return errors::incomplete_fileid(module);
    if (parameters.size() > 3) return errors::invalid_parameter(module, parameters[3]);
    ModeOperand const mode = parse_mode(operands > 2 ? parameters[2] : Text{}, "*"_e);
    if (!mode.valid) return errors::invalid_mode(module, parameters[2]);
    FileId const id{Name8(parameters[0]), Name8(parameters[1]), mode.mode};
    FileState found;
    i32 const code = writable ? api::state_for_writing(id, found) : api::state(id, found);
    return code == 0 ? 0 : errors::state_failed(module, code, id);
}

} // namespace
} // namespace cms

i32 state_command(const cms::Parameters& parameters) { return cms::look_up(parameters, false); }
i32 statew_command(const cms::Parameters& parameters) { return cms::look_up(parameters, true); }
