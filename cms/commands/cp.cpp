#include "cms/commands/cp.h"

#include "cms/api/command.h"

namespace cms {

Line<180> command_text(const Parameters& parameters, usize first) {
    Line<180> text;
    if (!parameters.line().empty()) {
        Fields fields(parameters.line());
        for (usize i = 0; i < first; ++i) fields.next();
        return text << fields.rest();
    }
    for (usize i = first; i < parameters.size(); ++i) {
        if (text.size() > 0) text << ' '_e;
        text << parameters[i];
    }
    return text;
}

} // namespace cms

i32 cp_command(const cms::Parameters& parameters) {
    Line<180> const text = cms::command_text(parameters);
    Line<180> upper;
    for (u8 c : text.text()) upper << ebcdic::upper(c);
    return cms::api::call_cp(upper.text());
}
