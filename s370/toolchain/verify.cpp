#include "s370/toolchain/verify.h"

#include <optional>

#include "s370/toolchain/instruction_set.h"
#include "s370/toolchain/listing.h"

namespace toolchain {
namespace {

// What is known about r12: nothing, the caller's value, or the address of an instruction.
struct Value {
    enum class Kind { Unknown, Caller, Address };
    Kind kind = Kind::Unknown;
    std::size_t index = 0;

    bool operator==(Value const&) const = default;
};

constexpr Value unknown{};
constexpr Value caller{Value::Kind::Caller, 0};

struct State {
    Value base = caller; // r12
    Value scratch{};     // the word in 0(15)
    bool saved = false;  // 48(15) of the entry holds the caller's r12

    bool operator==(State const&) const = default;
};

State join(State const& a, State const& b) {
    return {a.base == b.base ? a.base : unknown, a.scratch == b.scratch ? a.scratch : unknown,
            a.saved && b.saved};
}

// "L-P(%r12)": a displacement from a label.
struct PageOperand {
    std::string label, origin;
    int base = 0;
};

std::optional<PageOperand> page_operand(std::string const& operand) {
    auto const address = parse_address(operand);
    auto const minus = operand.find('-', 1);
    if (!address || address->index != 0 || minus == std::string::npos || operand[0] != '.') {
        return std::nullopt;
    }
    auto const& difference = address->displacement;
    return PageOperand{difference.substr(0, minus), difference.substr(minus + 1), address->base};
}

bool covers_base(Instruction const& instruction) {
    auto const first = parse_register(instruction.operand(0));
    auto const last = parse_register(instruction.operand(1));
    return first && last &&
           (*first <= *last ? *first <= 12 && *last >= 12 : *first <= 12 || *last >= 12);
}

class FunctionVerifier {
  public:
    FunctionVerifier(ListedFunction const& function, Diagnostics& diagnostics)
        : function_(function), diagnostics_(diagnostics), states_(function.code.size()) {}

    void run() {
        for (auto const& instruction : function_.code) { check_genuine(instruction); }
        flow_to(0, State{});
        while (!work_.empty()) {
            auto const index = *work_.begin();
            work_.erase(work_.begin());
            step(index);
        }
        // Only now is what flows together final.
        reporting_ = true;
        for (std::size_t i = 0; i < states_.size(); ++i) {
            if (states_[i]) { step(i); }
        }
    }

  private:
    void check_genuine(Instruction const& instruction) {
        bool const known =
            instruction.mnemonic.starts_with('.') || find_mnemonic(instruction.mnemonic) != nullptr;
        if (!known) {
            diagnostics_.error(instruction.line, "not System/370: " + instruction.mnemonic);
        }
    }

    void error(std::size_t index, std::string const& message) {
        if (reporting_) {
            diagnostics_.error(function_.code[index].line, "verification: " + message);
        }
    }

    void flow_to(std::size_t index, State const& state) {
        if (reporting_ || index >= states_.size()) { return; }
        auto& known = states_[index];
        auto const joined = known ? join(*known, state) : state;
        if (!known || joined != *known) {
            known = joined;
            work_.insert(index);
        }
    }

    // Data may follow an instruction only where the function ends: after a call that does not
    // return.
    void fall_through(std::size_t index, State const& state) {
        if (!function_.is_data(index + 1)) {
            flow_to(index + 1, state);
            return;
        }
        if (function_.code[index].mnemonic == ".insn" || index + 1 >= function_.code.size()) {
            flow_to(index + 1, state);
            return;
        }
        for (auto next = index + 1; next < states_.size(); ++next) {
            if (!function_.is_data(next) && states_[next]) {
                error(index, "runs into a literal pool");
                return;
            }
        }
    }

    [[nodiscard]] std::optional<std::size_t> position(std::string const& label) const {
        auto const found = function_.labels.find(label);
        return found == function_.labels.end() ? std::nullopt : std::optional(found->second);
    }

    void check_operand(std::size_t index, std::string const& operand, State const& state) {
        auto const page = page_operand(operand);
        if (!page) { return; }
        auto const origin = position(page->origin);
        bool const through_link = page->base == 14 && origin == index && index > 0 &&
                                  function_.code[index - 1].mnemonic == "balr" &&
                                  function_.code[index - 1].operand(0) == "%r14";
        bool const by_base =
            page->base == 12 && origin && state.base == Value{Value::Kind::Address, *origin};
        bool const own_business = page->base != 12 && page->base != 14; // GCC's own pools
        if (!through_link && !by_base && !own_business) {
            error(index, "r12 is not " + page->origin + " for " + operand);
        } else if ((through_link || by_base) && !position(page->label)) {
            error(index, "outside the function: " + operand);
        }
    }

    // The value a word of a pool gives r12.
    [[nodiscard]] Value loaded(std::string const& operand) const {
        auto const page = page_operand(operand);
        auto const place = page ? position(page->label) : std::nullopt;
        if (!place || *place >= function_.code.size() ||
            function_.code[*place].mnemonic != ".long") {
            return unknown;
        }
        auto const target = position(function_.code[*place].operand(0));
        return target ? Value{Value::Kind::Address, *target} : unknown;
    }

    void branch(std::size_t index, Instruction const& instruction, State const& state) {
        auto const page = page_operand(instruction.last_operand());
        if (instruction.mnemonic == "bc" && instruction.operand(0) == "0") { return; }
        auto const target = page ? position(page->label) : std::nullopt;
        if (!target) {
            error(index, "branch to nowhere: " + instruction.last_operand());
        } else {
            flow_to(*target, state);
        }
    }

    // BCR: into another page, to an address that was taken, or out.
    void branch_register(std::size_t index, Instruction const& instruction, State const& state) {
        if (instruction.operand(0) == "0") { return; }
        if (parse_register(instruction.operand(1)) == 12) {
            if (state.base.kind == Value::Kind::Address) {
                flow_to(state.base.index, state);
            } else {
                error(index, "branch to an unknown r12");
            }
        } else if (state.base != caller) {
            for (auto const entered : function_.entered) { flow_to(entered, state); }
            if (function_.entered.empty()) { error(index, "leaves without the caller's r12"); }
        }
    }

    void store(std::size_t index, Instruction const& instruction, State& state) {
        bool const several = instruction.mnemonic == "stm";
        bool const of_base =
            several ? covers_base(instruction) : parse_register(instruction.operand(0)) == 12;
        auto const place = instruction.last_operand();
        if (of_base && (several || place == "48(%r15)")) {
            if (state.base != caller) { error(index, "stores a page base as the caller's r12"); }
            state.saved = true;
        } else if (place == "0(%r15)") {
            state.scratch = of_base ? state.base : unknown;
        }
    }

    void load(std::size_t index, Instruction const& instruction, State& state) {
        bool const several = instruction.mnemonic == "lm";
        bool const of_base =
            several ? covers_base(instruction) : parse_register(instruction.operand(0)) == 12;
        auto const place = instruction.last_operand();
        if (!of_base) { return; }
        if (several || place == "48(%r15)") {
            if (!state.saved) { error(index, "the caller's r12 was never saved"); }
            state.base = caller;
        } else {
            state.base = place == "0(%r15)" ? state.scratch : loaded(place);
        }
    }

    void link(std::size_t index, Instruction const& instruction, State& state) {
        auto const target = parse_register(instruction.operand(1));
        if (parse_register(instruction.operand(0)) == 12) {
            state.base = target ? unknown : Value{Value::Kind::Address, index + 1};
        } else if (target == 12) {
            state.base = unknown; // a helper: it does not look after r12
        }
        state.scratch = target && *target != 12 ? unknown : state.scratch;
    }

    static bool changes_base(Instruction const& instruction) {
        auto const& name = instruction.mnemonic;
        auto const first = parse_register(instruction.operand(0));
        bool const pair = name == "mr" || name == "m" || name == "dr" || name == "d";
        bool const reads = name.starts_with("st") || name.starts_with("c") || name == "spm" ||
                           name == "ltr" || name == "mvcl";
        return first && !reads && (*first == 12 || (pair && *first + 1 == 12));
    }

    void step(std::size_t index) {
        auto const& instruction = function_.code[index];
        auto const& name = instruction.mnemonic;
        State state = *states_[index];
        for (auto const& operand : instruction.operands) { check_operand(index, operand, state); }
        if (name == "bcr" || name == "bc" || name == "bct" || name == "bxh" || name == "bxle") {
            if (name == "bcr") {
                branch_register(index, instruction, state);
            } else {
                branch(index, instruction, state);
            }
            if (instruction.operand(0) != "15" || (name != "bc" && name != "bcr")) {
                fall_through(index, state);
            }
            return;
        }
        if (name == "stm" || name == "st") {
            store(index, instruction, state);
        } else if (name == "lm" || name == "l") {
            load(index, instruction, state);
        } else if (name == "balr") {
            link(index, instruction, state);
        } else if (changes_base(instruction)) {
            state.base = unknown;
        }
        fall_through(index, state);
    }

    ListedFunction const& function_;
    Diagnostics& diagnostics_;
    std::vector<std::optional<State>> states_;
    std::set<std::size_t> work_;
    bool reporting_ = false;
};

} // namespace

void verify(std::string_view output, Diagnostics& diagnostics) {
    for (auto const& function : read_listing(output)) {
        FunctionVerifier(function, diagnostics).run();
    }
}

} // namespace toolchain
