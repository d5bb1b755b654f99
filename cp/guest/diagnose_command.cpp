#include "cp/guest/diagnose_calls.h"

#include "cp/api/diagnose_codes.h"
#include "cp/base/free_storage.h"

#include <algorithm>

namespace cp {

using namespace s370;

namespace {

struct Command {
    u8 text[longest_command];
    u32 length;
    u32 start; // of what has not been executed

    // The next command of the line, up to a separator.
    Text next(u8 line_end) {
        u32 end = start;
        while (end < length && text[end] != command_separator &&
               (line_end == 0 || text[end] != line_end)) {
            ++end;
        }
        Text const command(text + start, end - start);
        start = end + 1;
        return command;
    }
    bool more() const { return start < length; }
};

struct ResponseArea {
    u32 capacity = 0; // 0: the response is typed
    GuestReal buffer{};
};

void give_response(const DiagnoseCall& call, const ResponseArea& area,
                   const UserSession::Response& response) {
    u32 const stored = std::min(response.length, response.capacity);
    call.vm.storage.write(area.buffer, std::span<const u8>(response.buffer, stored));
    bool const overflow = response.length > response.capacity;
    call.set_ry1(overflow ? response.length - response.capacity : response.length);
    call.set_condition_code(overflow ? 1 : 0);
}

// The commands of the line, up to the first that fails.
Task<> execute(DiagnoseCall call, Command* command, ResponseArea area) {
    DiagnoseWait const wait(call.vm);
    UserSession::Response response{nullptr, area.capacity, 0};
    if (area.capacity != 0) response.buffer = static_cast<u8*>(free_storage::take(area.capacity));
    bool const collects = response.buffer != nullptr;

    u32 code = 0;
    while (code == 0 && command->more() && !wait.reset() && !call.vm.logging_off) {
        Text const text = command->next(call.vm.settings.editing.line_end);
        if (text.without_leading_blanks().empty()) continue;
        Task<u32> execution = call.vm.session->execute(text, collects ? &response : nullptr);
        code = co_await execution;
    }
    free_storage::destroy(command);
    if (!wait.reset()) {
        call.set_ry(code);
        if (collects) give_response(call, area, response);
    }
    if (collects) free_storage::give(response.buffer, area.capacity);
}

} // namespace

Program diagnose_console_function(DiagnoseCall& call) {
    if (call.vm.session == nullptr) return Program::Specification;
    u32 const flags = call.ry() & console_flag::flags, length = call.ry() & 0xFFFFFF;
    if (flags == console_flag::flags || length > longest_command) return Program::Specification;
    if (length == 0) {
        call.vm.session->enter_cp({});
        return Program::None;
    }

    GuestReal const line = call.address(call.rx());
    ResponseArea area;
    bool const wants_buffer = (flags & console_flag::response_buffer) != 0 &&
                              (flags & console_flag::reject_passwords) == 0;
    if (wants_buffer) {
        if (call.x == 15 || call.y == 15) return Program::Specification;
        area.buffer = call.address(call.rx1());
        area.capacity = call.ry1();
        bool const sound =
            area.buffer.value != 0 && area.capacity != 0 && area.capacity <= longest_response;
        if (!sound) return Program::Specification;
        if (!call.vm.storage.contains(area.buffer, area.capacity)) return Program::Addressing;
    }
    if (!call.vm.storage.contains(line, length)) return Program::Addressing;
    Command* const command = free_storage::create<Command>();
    if (command == nullptr) {
        call.set_ry(1);
        return Program::None;
    }
    command->length = length;
    call.vm.storage.read(line, std::span(command->text, length));
    spawn(execute(call, command, area));
    return Program::None;
}

} // namespace cp
