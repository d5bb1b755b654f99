#include "s370/toolchain/layout.h"

#include <algorithm>
#include <map>

namespace toolchain {
namespace {

constexpr int fall_through_size = 6, word_size = 4, alignment_loss = 2;

int branch_size(Unit const& unit, bool far) {
    if (!far) { return 4; }
    return !unit.loop.empty() ? 16 : unit.mask == 15 ? 8 : 12;
}

// What the page holds so far.
class Filling {
  public:
    explicit Filling(int page_size) : page_size_(page_size) {}

    void add(Unit const& unit, bool far) {
        if (unit.kind == Unit::Kind::Branch) {
            code_ += branch_size(unit, far);
            pool_ += far ? word_size : 0;
        }
        code_ += length(unit);
        for (auto const& operation : unit.code) {
            for (auto const& operand : operation.operands) { add(operand); }
        }
    }

    [[nodiscard]] bool fits() const {
        return code_ + fall_through_size + alignment_loss + pool_ + word_size <= page_size_;
    }

  private:
    void add(Operand const& operand) {
        if (operand.kind == Operand::Kind::Literal &&
            literals_.insert(operand.literal.directive + operand.literal.note).second) {
            pool_ += (operand.literal.size + 1) & ~1;
        } else if (operand.kind == Operand::Kind::Base && !own_base_) {
            own_base_ = true;
            pool_ += word_size;
        }
    }

    int page_size_;
    int code_ = 0, pool_ = 0;
    bool own_base_ = false;
    std::set<std::string> literals_;
};

class Layouter {
  public:
    Layouter(BasedCode const& code, int page_size, Diagnostics& diagnostics)
        : units_(code.units), entry_(code.entry), page_size_(page_size), diagnostics_(diagnostics) {
        for (std::size_t i = 0; i < units_.size(); ++i) {
            for (auto& label : labels_before(units_[i])) { unit_of_[label] = i; }
        }
    }

    Layout run(std::string const& page_label) {
        Layout layout;
        for (std::size_t known = 0;; known = far_.size()) {
            layout = fill();
            note_far(layout);
            if (far_.size() == known) { break; }
        }
        for (std::size_t i = 0; i < layout.pages.size(); ++i) {
            layout.pages[i].label = page_label + "_" + std::to_string(i);
        }
        return layout;
    }

  private:
    // A page may begin at `i`: the code before it is not tied to it.
    [[nodiscard]] bool may_break(std::size_t i) const { return i > entry_ && !units_[i].glued; }

    Layout fill() const {
        Layout layout;
        layout.page_of.resize(units_.size());
        for (std::size_t first = 0; first < units_.size();) {
            std::size_t const end = page_end(first);
            std::fill(layout.page_of.begin() + std::ptrdiff_t(first),
                      layout.page_of.begin() + std::ptrdiff_t(end), layout.pages.size());
            layout.pages.push_back({first, end, {}});
            first = end;
        }
        return layout;
    }

    std::size_t page_end(std::size_t first) const {
        Filling filling(page_size_);
        std::size_t last_break = first;
        for (std::size_t i = first; i < units_.size(); ++i) {
            if (i > first && may_break(i)) { last_break = i; }
            filling.add(units_[i], far_.contains(i));
            if (filling.fits()) { continue; }
            if (last_break == first) {
                diagnostics_.error(units_[i].line, "page too small for this code");
                return i + 1;
            }
            return last_break;
        }
        return units_.size();
    }

    void note_far(Layout const& layout) {
        for (std::size_t i = 0; i < units_.size(); ++i) {
            if (units_[i].kind != Unit::Kind::Branch) { continue; }
            auto const target = unit_of_.find(units_[i].target);
            if (target != unit_of_.end() && layout.page_of[target->second] != layout.page_of[i]) {
                far_.insert(i);
            }
        }
    }

    std::vector<Unit> const& units_;
    std::size_t entry_;
    int page_size_;
    Diagnostics& diagnostics_;
    std::map<std::string, std::size_t> unit_of_;
    std::set<std::size_t> far_;
};

} // namespace

std::vector<std::string> labels_before(Unit const& unit) {
    std::vector<std::string> labels;
    for (auto const& line : unit.before) {
        if (line.ends_with(':')) { labels.push_back(line.substr(0, line.size() - 1)); }
    }
    return labels;
}

Layout lay_out(BasedCode const& code, std::string const& page_label, int page_size,
               Diagnostics& diagnostics) {
    return Layouter(code, page_size, diagnostics).run(page_label);
}

} // namespace toolchain
