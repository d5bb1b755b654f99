// The file on this side of a transfer, as the bytes that the host's program wants or gives.
//
// Text goes in the host's own ASCII, a fixed table, whatever code page the host's files have:
// so characters are looked up in the code page first and that code in the table.
#pragma once

#include "terminal/model/codepage.h"
#include "terminal/transfer/request.h"

#include <cstdio>
#include <deque>
#include <memory>
#include <span>
#include <vector>

namespace terminal::transfer {

class LocalFile {
  public:
    LocalFile(const Request& request, const Codepage& codepage)
        : request_(request), codepage_(codepage) {}

    // Why it cannot be opened, or an empty text.
    std::string open();
    // What the transfer made, when it never began.
    void remove();
    // Why it could not be written to its end, or an empty text.
    std::string close();

    // At most `most` bytes for the host; none at the end. False: error() says why.
    bool read(usize most, std::vector<u8>& bytes);
    bool write(std::span<const u8> bytes);
    const std::string& error() const { return error_; }

    u64 length() const { return length_; } // bytes so far
    u64 total() const { return total_; }   // of a file that is sent

  private:
    bool fill();
    u8 coded(char32_t character) const;
    void decode(u8 byte, std::string& text) const;
    bool double_bytes(u8 byte);
    bool fail(const char* what);

    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    const Request& request_;
    const Codepage& codepage_;
    std::unique_ptr<std::FILE, Close> file_;
    std::deque<u8> ready_; // converted, not yet given away
    bool after_return_ = false;
    bool shifted_ = false;
    bool existed_ = false;
    u64 length_ = 0, total_ = 0;
    std::string error_;
};

} // namespace terminal::transfer
