// A 3270 for tests: takes outbound streams, has a keyboard, gives inbound ones.
//
// Checks what it is sent: a stream that a real display would refuse is a failure.
#pragma once

#include "cp/io/screen.h"

#include <string>
#include <vector>

namespace fakes {

std::string to_ascii(Text text);
std::vector<u8> to_ebcdic(const std::string& text);

class Display3270 {
  public:
    // `rows` by `columns` is its alternate size; without `extended` it refuses to be asked.
    explicit Display3270(u32 rows = 24, u32 columns = 80, bool extended = true)
        : alternate_rows_(rows), alternate_columns_(columns), extended_(extended) {
        resize(false);
    }

    // False: refused.
    bool outbound(u8 command, std::span<const u8> stream);

    std::string row(u32 number) const; // trailing blanks dropped
    std::string status() const;        // the last 20 columns
    std::string screen() const;        // all rows, each ended by a newline
    bool shows(const std::string& text) const;
    bool locked() const { return locked_; }
    u32 alarms() const { return alarms_; }
    u32 cursor() const { return cursor_; }
    u32 rows() const { return rows_; }
    u32 columns() const { return columns_; }
    // Is the position in a field that shows nothing?
    bool hidden(u32 position) const;
    std::string unprotected() const; // what stands in the field of the cursor

    // Keys. Each answers with the inbound stream of a Read Modified.
    void type(const std::string& text);
    std::vector<u8> press(u8 aid);
    std::vector<u8> enter(const std::string& text) {
        type(text);
        return press(s370::ds3270::aid::enter);
    }
    // The answer to Read Partition (Query).
    std::vector<u8> query_reply() const;

  private:
    static constexpr u16 field = 0x100; // a cell that is an attribute

    void resize(bool alternate);
    u32 attribute_of(u32 position) const;

    u32 alternate_rows_, alternate_columns_;
    bool extended_;
    u32 rows_ = 24, columns_ = 80;
    std::vector<u16> cells_;
    u32 cursor_ = 0, alarms_ = 0;
    bool locked_ = true;
    u8 aid_ = 0x60;
};

} // namespace fakes
