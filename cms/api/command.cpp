#include "cms/api/command.h"

#include "cms/api/svc.h"
#include "s370/machine/diagnose.h"

namespace cms::api {
namespace {

constexpr usize most_tokens = 40;
constexpr u32 virtual_console_function = 0x08, answer_wanted = 0x40'000000;

} // namespace

i32 call(std::span<const Name8> tokens, bool quiet) {
    Plist<most_tokens> list;
    Line<180> text;
    usize begin = 0;
    for (const Name8& token : tokens) {
        list.add(token.padded());
        if (text.size() > 0) text << ' '_e;
        text << token;
        if (list.size() == 1) begin = text.size() + 1;
    }
    u32 const start = address_of(text.text().data());
    Eplist line{};
    line.command = start;
    line.begin = start + static_cast<u32>(std::min(begin, text.size()));
    line.end = start + static_cast<u32>(text.size());
    return svc202(list.data(), quiet ? CallType::ExecQuiet : CallType::Exec, &line);
}

i32 call_line(Text line, bool quiet) {
    Name8 tokens[most_tokens];
    usize const count = tokenize(line, tokens);
    Plist<most_tokens> list;
    for (usize i = 0; i < count; ++i) list.add(tokens[i].padded());
    Text const name = Fields(line).next();
    u32 const start = address_of(name.data());
    Eplist eplist{};
    eplist.command = start;
    eplist.begin = start + static_cast<u32>(name.size());
    eplist.end = address_of(line.data()) + static_cast<u32>(line.size());
    return count == 0 ? 0
                      : svc202(list.data(), quiet ? CallType::ExecQuiet : CallType::Exec, &eplist);
}

// The nucleus' function, which also knows what to do when there is no CP.
i32 call_cp(Text command) {
    Plist<1> const list("CP"_e);
    u32 const start = address_of(command.data());
    Eplist line{};
    line.command = line.begin = start;
    line.end = start + static_cast<u32>(command.size());
    return svc202(list.data(), CallType::Terminal, &line);
}

i32 call_cp(Text command, std::span<u8> answer, u32& length) {
    machine::Diagnose registers;
    registers.rx = address_of(command.data());
    registers.rx1 = address_of(answer.data());
    registers.ry = answer_wanted | static_cast<u32>(command.size());
    registers.ry1 = static_cast<u32>(answer.size());
    machine::diagnose(virtual_console_function, registers);
    length = std::min(registers.ry1, static_cast<u32>(answer.size()));
    return i32(registers.ry);
}

} // namespace cms::api
