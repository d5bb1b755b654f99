// The object directory of a system volume: compiled from USER DIRECT, and users
// looked up in it.
#pragma once

#include "dasd-images/cp_volume.h"

namespace dasd {

// A source file of the host, each line in EBCDIC.
class DirectorySource : public cp::directory::Source {
  public:
    explicit DirectorySource(const std::string& path);
    void rewind() override { next_ = 0; }
    bool next(Text& line) override;

  private:
    std::vector<Bytes> lines_;
    usize next_ = 0;
};

// Compiles `source` into the DRCT area that is not in use and makes it the valid
// one. With errors nothing is written; they come back as lines "file:12: message".
std::vector<std::string> compile_directory(CpVolume& volume, const std::string& source);

// A user with his devices.
struct DirectoryUser {
    cp::directory::UserEntry entry;
    std::vector<cp::directory::DeviceEntry> devices;
};
// Empty when he is not there; fails when the directory is missing or damaged.
std::optional<DirectoryUser> find_user(CpVolume& volume, const std::string& userid);

// All users, sorted.
std::vector<std::string> userids(CpVolume& volume);

// The minidisk that a user has as `address`, links followed one step.
struct FoundMinidisk {
    std::string volume;
    Extent extent;
    u16 type = 0;
};
FoundMinidisk find_minidisk(CpVolume& volume, const std::string& userid, u32 address);

} // namespace dasd
