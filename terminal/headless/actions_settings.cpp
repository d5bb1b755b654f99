// Set() and Toggle().
//
// Only what has an effect here can be set; the rest of s3270's settings are refused by name.
#include "terminal/headless/interpreter.h"

#include <algorithm>
#include <cstdlib>

namespace terminal {

namespace {

std::string text_of(bool on) { return on ? "true" : "false"; }

// Options of the terminal that are on or off.
bool* switch_named(const std::string& name, Options& options) {
    if (name == "reconnect") return &options.reconnect;
    if (name == "verifyHostCert") return &options.verify;
    return nullptr;
}

} // namespace

bool truth(const std::string& text, bool& value) {
    std::string const word = lower_case(text);
    bool const yes = word == "true" || word == "on" || word == "set";
    if (!yes && word != "false" && word != "off" && word != "clear") return false;
    value = yes;
    return true;
}

std::vector<std::pair<std::string, std::string>> Interpreter::settings() {
    Options const& options = session().options();
    Size const most = options.alternate();
    std::string const model =
        std::string(options.colour ? "3279-" : "3278-") + std::to_string(options.model) + "-E";
    return {
        {"aidWait", text_of(station_.aid_wait)},
        {"caFile", options.authorities},
        {"codePage", options.codepage},
        {"ftBufferSize", std::to_string(station_.transfer_buffer)},
        {"insertMode", text_of(session().keyboard().insert())},
        {"model", model},
        {"oversize",
         options.oversize ? std::to_string(most.columns) + 'x' + std::to_string(most.rows) : ""},
        {"reconnect", text_of(options.reconnect)},
        {"scriptPort",
         station_.script_port == 0 ? "" : "[127.0.0.1]:" + std::to_string(station_.script_port)},
        {"termName", options.name},
        {"trace", text_of(station_.trace != nullptr)},
        {"verifyHostCert", text_of(options.verify)},
    };
}

Progress Interpreter::set(const Action& action) {
    auto const all = settings();
    if (action.arguments.empty()) {
        for (auto const& [name, value] : all)
            data_.push_back(name + ':' + (value.empty() ? "" : ' ' + value));
        return Progress::Good;
    }
    for (usize i = 0; i < action.arguments.size(); i += 2) {
        auto const known = std::find_if(all.begin(), all.end(), [&](auto const& setting) {
            return same_name(setting.first, action.arguments[i]);
        });
        if (known == all.end())
            return fail("Set(): Unknown toggle name '" + action.arguments[i] + "'");
        if (action.arguments.size() == 1) return data_.push_back(known->second), Progress::Good;
        if (i + 1 == action.arguments.size())
            return fail("Set(): '" + action.arguments[i] + "' requires a value");
        if (Progress const progress = apply(known->first, action.arguments[i + 1]);
            progress != Progress::Good)
            return progress;
    }
    return Progress::Good;
}

Progress Interpreter::apply(const std::string& name, const std::string& value) {
    if (name == "ftBufferSize") {
        u64 const size = std::strtoul(value.c_str(), nullptr, 10);
        if (size < 256 || size > 32768) return fail("Set(): Invalid " + name + " value");
        station_.transfer_buffer = static_cast<u32>(size);
        session().offer_transfer_buffer(station_.transfer_buffer);
        return Progress::Good;
    }
    if (name == "scriptPort") {
        auto const number = value.substr(value.rfind(':') + 1);
        std::string const why = host_.listen_at(number);
        return why.empty() ? Progress::Good : fail("Set(): scriptPort: " + why);
    }
    if (session().connected() &&
        (name == "verifyHostCert" || name == "caFile" || name == "termName"))
        return fail(name + " cannot change while connected");
    if (session().connected() && (name == "model" || name == "oversize"))
        return fail("Cannot change model or oversize while connected");
    Options options = session().options();
    bool* const option = switch_named(name, options);
    bool on = false;
    if (option != nullptr || name == "aidWait" || name == "insertMode" || name == "trace") {
        if (!truth(value, on))
            return fail((option == nullptr ? "Set(): " : "") + name +
                        " value must be true or false");
        if (option != nullptr) *option = on;
    }
    if (name == "aidWait") station_.aid_wait = on;
    if (name == "insertMode" && on != session().keyboard().insert())
        session().press({terminal::Action::ToggleInsert});
    if (name == "trace") return switch_trace(on, {});
    if (name == "model" && !options.set_model(value))
        return fail("model value must be 327{89}-{2345}[-E]");
    if (name == "oversize") options.oversize.reset();
    if (name == "oversize" && !value.empty() && !options.set_oversize(value))
        return fail("Set(): Invalid oversize value");
    if (name == "codePage" && !Codepage::named(value))
        return fail("Cannot find definition of host code page \"" + value + '"');
    if (name == "codePage") options.codepage = value;
    if (name == "caFile") options.authorities = value;
    if (name == "termName") options.name = value;
    session().use_options(options);
    return Progress::Good;
}

Progress Interpreter::toggle(const Action& action) {
    for (auto const& [name, value] : settings()) {
        if (!same_name(name, action.arguments[0])) continue;
        if (action.arguments.size() == 2) return apply(name, action.arguments[1]);
        bool on = false;
        if (!truth(value, on)) return fail("Toggle(): '" + name + "' requires a value");
        return apply(name, text_of(!on));
    }
    return fail("Toggle(): Unknown toggle name '" + action.arguments[0] + "'");
}

} // namespace terminal
