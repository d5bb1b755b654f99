// A record of the 3270 data stream in words: commands, control characters, orders,
// attributes, structured fields. What makes no sense is shown as it is.
#pragma once

#include "terminal/model/codepage.h"
#include "terminal/model/screen.h"

#include <span>
#include <string>
#include <vector>

namespace terminal::trace {

class Words {
  public:
    // `columns` gives addresses as row and column.
    Words(const Codepage& codepage, u32 columns) : codepage_(codepage), columns_(columns) {}

    // One line for each command, order or piece of text.
    std::vector<std::string> from_host(std::span<const u8> record);
    std::vector<std::string> to_host(std::span<const u8> record);

  private:
    void command(std::span<const u8> record);
    void orders(std::span<const u8> stream);
    void fields(std::span<const u8> stream);
    void field(std::span<const u8> field);
    void read_partition(std::span<const u8> field);
    void query_reply(std::span<const u8> field);
    void transfer(std::span<const u8> field);
    std::string place(u8 high, u8 low) const;
    std::string text(std::span<const u8> codes) const;
    std::string pair(u8 type, u8 value) const;
    void line(const std::string& words) { lines_.push_back(std::string(depth_ * 2, ' ') + words); }

    const Codepage& codepage_;
    u32 columns_;
    u32 depth_ = 0;
    std::vector<std::string> lines_;
};

// Two digits a byte.
std::string hex(std::span<const u8> bytes);

} // namespace terminal::trace
