// A CMS for commands under test: files, disks and a terminal behind cms/api.
//
// Text is ISO 8859-1 here and EBCDIC inside, so that cases read as sessions.
#pragma once

#include "cms/api/disks.h"
#include "cms/api/parameters.h"
#include "cms/api/volumes.h"

#include <deque>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace fakes {

std::string latin1(Text text);
std::string ebcdic_of(const std::string& text);

struct CmsFile {
    cms::api::FileState state;
    std::vector<std::string> records; // EBCDIC
    u32 next_read = 0;
};

struct ApiMachine {
    std::vector<cms::api::DiskState> disks;
    std::map<char, std::vector<CmsFile>> files; // by mode letter
    std::vector<std::string> typed;             // all that was typed, prompts too
    std::deque<std::string> stack;
    std::deque<std::string> terminal;  // what the user will type
    std::vector<std::string> commands; // CMS commands called, tokens joined
    std::vector<std::string> cp_commands;
    std::vector<std::string> punched;
    std::map<std::string, i32> return_codes; // of commands, by first token
    std::function<i32(const std::string&)> on_command;
    bool display = false;             // the console is a 3270
    std::vector<std::string> screens; // the rows it shows
    std::map<u8, bool> settings;
    std::map<u8, u8> tables[2];
    u32 loader_pages = 2;
    std::vector<cms::api::Access> accessed;
    std::vector<cms::api::Format> formatted;
    std::string released;
    i32 volume_code = 0;
    std::string cp_answer;
    i32 cp_code = 0;
    bool halted = false;
    int fail_write_after = -1; // this many writes succeed, then the disk is full
    int fail_allocation_after = -1;

    // A fresh machine: A (191, read/write) and S (190, read-only, 1K blocks).
    static ApiMachine& reset();

    CmsFile& put(const std::string& name, const std::string& type, const std::string& mode,
                 const std::vector<std::string>& lines, char recfm = 'V', u32 lrecl = 0);
    CmsFile* find(const std::string& name, const std::string& type, char letter);
    std::vector<std::string> lines(const std::string& name, const std::string& type,
                                   char letter = 'A');
    // The whole terminal log, one line each.
    std::string screen() const;
};

extern ApiMachine machine;

// A command's parameters from a line as typed: Called("TYPE X Y").parameters
class Called {
  public:
    explicit Called(const std::string& line);
    const Name8* list() const { return tokens_.data(); }
    cms::api::Parameters parameters() const;

  private:
    std::string line_;
    std::vector<Name8> tokens_;
};

} // namespace fakes
