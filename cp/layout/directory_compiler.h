// Compiles USER DIRECT into the pages of the object directory (DMKDIR).
//
// The source is read twice: check() finds every error and counts, and only a
// source without errors can be compiled; compile() then yields the pages in
// order. No storage is taken but the table of users that the caller lends, so
// that CMS's DIRECT can use it as the host program does.
#pragma once

#include "cp/layout/directory_reader.h"
#include "cp/layout/directory_statements.h"

namespace cp::directory {

// The lines of USER DIRECT in EBCDIC.
class Source {
  public:
    virtual void rewind() = 0;
    // False after the last line. `line` stays valid until the next call.
    virtual bool next(Text& line) = 0;

  protected:
    ~Source() = default;
};

// Where it happened: `user` is the one whose statements were being read, if any.
struct SourceError {
    Fault fault;
    u32 line = 0; // from 1; 0 when it is about no line in particular
    Name8 user;
};
// "DMKDIR751E INVALID OPERAND - 33X0"
Line<100> message(const SourceError& error);

class ErrorSink {
  public:
    virtual void error(const SourceError& error) = 0;

  protected:
    ~ErrorSink() = default;
};

class PageSink {
  public:
    // False when the page could not be written; that ends compile().
    virtual bool write(u32 number, Page page) = 0;

  protected:
    ~PageSink() = default;
};

class Compiler {
  public:
    Compiler(Source& source, std::span<IndexEntry> users) : source_(source), index_(users) {}

    // True when there was no error.
    bool check(ErrorSink& errors);

    // After a check without error:
    const Target& target() const { return target_; }
    u32 users() const { return users_; }
    u32 pages() const { return index_pages_ + data_pages_; }

    // Writes all pages, each with this generation and time (packed YYMMDDHHMMSS).
    bool compile(PageSink& sink, u32 generation, std::span<const u8, 6> created);

  private:
    struct Place {
        u32 page = 0; // of the data pages
        u32 slot = 0;
    };

    bool fail(ErrorSink& errors, const Fault& fault);
    bool check_line(ErrorSink& errors, Text line);
    bool begin_user(ErrorSink& errors, Fields& fields);
    bool add_device(ErrorSink& errors, Keyword keyword, Fields& fields);
    bool finish_index(ErrorSink& errors);
    static void place_user(Place& next);
    static void place_device(Place& next);

    bool write_index(PageSink& sink);
    bool write_users(PageSink& sink);
    bool put_user(PageSink& sink);
    bool put_device(PageSink& sink, const DeviceEntry& device);
    bool turn_to(PageSink& sink, u32 page);
    const IndexEntry* find(const Name8& userid) const;
    void begin_page();
    u8* slot(u32 number) { return buffer_ + (number + 1) * slot_size; }

    Source& source_;
    std::span<IndexEntry> index_;
    Target target_;
    u32 users_ = 0;
    u32 index_pages_ = 0, data_pages_ = 0;

    // While a source is read:
    u32 line_ = 0;
    bool directory_seen_ = false, in_user_ = false, device_seen_ = false, broken_user_ = false;
    UserEntry user_{};
    u16 addresses_[largest_devices]{}; // of the user's devices
    Place next_;                       // for the next entry, on a data page

    // While pages are written:
    u32 generation_ = 0;
    u8 created_[6]{};
    u32 page_ = 0;
    alignas(8) u8 buffer_[page_size]{};
};

} // namespace cp::directory
