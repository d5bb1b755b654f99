// A CMS with its file system and nothing else, for the tests of cms/files.
//
// Text is ISO 8859-1 here. Plists and buffers lie in the storage of the machine.
#pragma once

#include "cms/files/functions.h"
#include "cms/minidisk.h"

#include <string>
#include <vector>

namespace tests {

using Records = std::vector<std::string>;

cms::Fscb fscb(const std::string& fileid);

class Session {
  public:
    // A virtual machine of `storage` bytes, or with `bare` a CPU without CP.
    explicit Session(u32 storage = 1024 * 1024, bool bare = false);

    // What is in storage is lost, nothing is closed: the next CMS in the same machine.
    void ipl();

    i32 access(u16 device, char letter, char extends = ' ', u8 flags = 0);
    i32 release(char letter);
    i32 format(u16 device, u32 block_size, u32 cylinders = 0);

    // `fileid` is "NAME TYPE A1"
    i32 read(const std::string& fileid, u32 item, std::string& record, u32 size = 65535,
             u32 items = 1);
    i32 write(const std::string& fileid, u32 item, const std::string& data, char format = 'F',
              u32 items = 1);
    i32 finis(const std::string& fileid = "* * *");
    i32 state(const std::string& fileid);
    i32 statew(const std::string& fileid);
    const cms::Fvs& found() const;
    i32 point(const std::string& fileid, u16 write_item, u16 read_item);
    i32 erase(const std::string& fileid);
    i32 rename(const std::string& from, const std::string& to);

    // All records, read one after the other, and closed; fails the test on an error.
    Records contents(const std::string& fileid);
    // Writes and closes a new file; the first return code that is not 0.
    i32 make(const std::string& fileid, const Records& records, char format);
    // Names of the files of a disk as its directory has them.
    std::vector<std::string> directory(char letter);

    // Bytes of nucleus storage that are free, with what could be taken.
    u32 free_storage() const;

    cms::files::AccessList last_access{};
    cms::files::FormatList last_format{};

  private:
    u32 storage_;
};

} // namespace tests
