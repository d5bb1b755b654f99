#include "s370/toolchain/flow.h"

#include <map>

#include "s370/toolchain/instruction_set.h"

namespace toolchain {
namespace {

bool is_storage_operation(std::string const& mnemonic) {
    auto const* info = find_mnemonic(mnemonic);
    return info != nullptr &&
           (info->length() == 6 || (info->opcode >= 0x91 && info->opcode <= 0x97));
}

// Mask of "jnhe", "jgnhe" or "bnher", or -1; 15 for "j", "jg", "br".
int branch_mask(std::string_view mnemonic) {
    if (mnemonic == "j" || mnemonic == "jg" || mnemonic == "br") { return 15; }
    if (mnemonic.starts_with("jg")) { return condition_mask(mnemonic.substr(2)); }
    if (mnemonic.starts_with("j")) { return condition_mask(mnemonic.substr(1)); }
    if (mnemonic.starts_with("b") && mnemonic.ends_with("r") && mnemonic.size() > 2) {
        return condition_mask(mnemonic.substr(1, mnemonic.size() - 2));
    }
    return -1;
}

void classify_branch(Step& step, std::set<std::string> const& labels) {
    auto const& instruction = step.instruction;
    auto const& mnemonic = instruction.mnemonic;
    if (mnemonic == "basr" || mnemonic == "brasl" || mnemonic == "bras") {
        // GCC's thunks only ask where they are: basr %r1,0.
        bool const call = instruction.operands.size() == 2 && instruction.operands[1] != "0" &&
                          instruction.operands[1] != "%r0";
        step.transfer = call ? Transfer::Call : Transfer::None;
        return;
    }
    if (mnemonic == "brct" || mnemonic == "brxle" || mnemonic == "brxh") {
        step.transfer = Transfer::Branch;
        step.loops = true;
        step.target = instruction.last_operand();
        return;
    }
    int const mask = branch_mask(mnemonic);
    if (mask < 0 || instruction.operands.size() != 1) { return; }
    step.mask = mask;
    auto const& operand = instruction.operands.front();
    if (operand == ".+2") {
        step.transfer = Transfer::Trap;
    } else if (mnemonic.starts_with("b")) {
        bool const inside =
            instruction.pattern == "*casesi_jump" || instruction.pattern.starts_with("*indirect");
        bool const jump = instruction.pattern.find("sibcall") == std::string::npos && inside;
        step.transfer = jump ? Transfer::Indirect : Transfer::Exit;
    } else {
        step.target = operand;
        step.transfer = labels.contains(operand) ? Transfer::Branch : Transfer::Exit;
    }
}

bool reads_all(std::string const& mnemonic) {
    return mnemonic == "ipm" || mnemonic.starts_with("alc") || mnemonic.starts_with("slb") ||
           mnemonic == "balr" || mnemonic == "svc" || mnemonic == "mc" || mnemonic == "bal";
}

bool replaces_cc(Step const& step) {
    auto const& mnemonic = step.instruction.mnemonic;
    if (step.transfer == Transfer::Call) { return true; }
    static std::set<std::string, std::less<>> const foreign = {
        "ahi",  "chi",  "tml",  "tmh",  "alc",   "alcr", "slb",
        "slbr", "srst", "clst", "mvst", "mvcle", "clcle"};
    auto const* info = find_mnemonic(mnemonic);
    return info != nullptr ? info->cc == CcEffect::Sets : foreign.contains(mnemonic);
}

// EX targets: a tail of storage operations behind the last instruction that goes anywhere.
void mark_templates(std::vector<Step>& steps) {
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
        if (step->is_data || step->transfer != Transfer::None ||
            !is_storage_operation(step->instruction.mnemonic)) {
            break;
        }
        step->is_template = true;
    }
}

class Liveness {
  public:
    Liveness(Flow& flow, std::set<std::string> const& taken) : flow_(flow), taken_(taken) {
        for (std::size_t i = 0; i < flow.steps.size(); ++i) {
            for (auto const& line : flow.steps[i].before) {
                if (line.ends_with(':')) { position_[line.substr(0, line.size() - 1)] = i; }
            }
        }
    }

    // Backwards until nothing changes.
    void run() {
        before_.resize(flow_.steps.size() + 1);
        for (bool changed = true; changed;) {
            changed = false;
            for (std::size_t i = flow_.steps.size(); i-- > 0;) {
                auto& step = flow_.steps[i];
                step.readers = leaving(i);
                auto const entering = transfer(step);
                changed |= entering != before_[i];
                before_[i] = entering;
            }
        }
    }

  private:
    CcReaders leaving(std::size_t i) const {
        auto const& step = flow_.steps[i];
        CcReaders readers;
        if (step.falls_through()) { readers.add(before_[i + 1]); }
        if (step.transfer == Transfer::Branch) {
            if (auto const found = position_.find(step.target); found != position_.end()) {
                readers.add(before_[found->second]);
            }
        } else if (step.transfer == Transfer::Indirect) {
            for (auto const& label : taken_) {
                if (auto const found = position_.find(label); found != position_.end()) {
                    readers.add(before_[found->second]);
                }
            }
        }
        return readers;
    }

    static CcReaders transfer(Step const& step) {
        CcReaders readers = replaces_cc(step) ? CcReaders{} : step.readers;
        if (step.transfer != Transfer::None && step.transfer != Transfer::Call && !step.loops) {
            readers.add_mask(step.mask);
        }
        if (reads_all(step.instruction.mnemonic)) { readers.add_exact(); }
        return readers;
    }

    Flow& flow_;
    std::set<std::string> const& taken_;
    std::map<std::string, std::size_t> position_;
    std::vector<CcReaders> before_;
};

} // namespace

bool CcReaders::tells_apart(int codes) const {
    if ((bits_ >> 16U) != 0) { return true; }
    for (int mask = 1; mask < 15; ++mask) {
        if ((bits_ >> unsigned(mask) & 1U) != 0 && (mask & codes) != 0 && (mask & codes) != codes) {
            return true;
        }
    }
    return false;
}

Flow analyse(Function const& function, std::set<std::string> const& taken,
             Diagnostics& diagnostics) {
    Flow flow;
    std::vector<std::string> before;
    for (auto const& line : function.lines) {
        if (line.kind == LineKind::Label) {
            flow.labels.insert(line.text);
            before.push_back(line.text + ":");
        } else if (line.kind == LineKind::Directive) {
            auto const name = directive_name(line.text);
            if (name == ".loc" || name == ".file") {
                before.push_back("\t" + line.text);
            } else if (name == ".long" || name == ".insn") {
                Step step;
                step.instruction = {
                    std::string(name), directive_operands(line.text), {}, false, line.number};
                step.is_data = name == ".long";
                step.before = std::move(before);
                before.clear();
                flow.steps.push_back(std::move(step));
            } else if (!name.starts_with(".align") && !name.starts_with(".p2align")) {
                diagnostics.error(line.number, "directive inside a function: " + line.text);
            }
        } else if (line.kind == LineKind::Instruction) {
            Step step;
            step.instruction = line.instruction;
            step.before = std::move(before);
            before.clear();
            flow.steps.push_back(std::move(step));
        }
    }
    flow.after = std::move(before);
    for (auto& step : flow.steps) {
        if (!step.is_data) { classify_branch(step, flow.labels); }
        if (step.transfer == Transfer::Branch) { flow.targets.insert(step.target); }
    }
    mark_templates(flow.steps);
    Liveness(flow, taken).run();
    return flow;
}

} // namespace toolchain
