// A file of the host, read and written at offsets; whole files in one go.
#pragma once

#include "dasd-images/error.h"
#include "s370/base/types.h"

#include <span>
#include <vector>

namespace dasd {

using Bytes = std::vector<u8>;

class File {
  public:
    enum class Mode { Read, Update, Create };

    // Locked against other programs of this folder while it is open.
    File(const std::string& path, Mode mode);
    File(File&& other) noexcept : path_(std::move(other.path_)), handle_(other.handle_) {
        other.handle_ = -1;
    }
    File& operator=(File&& other) noexcept {
        std::swap(path_, other.path_);
        std::swap(handle_, other.handle_);
        return *this;
    }
    ~File();

    const std::string& path() const { return path_; }
    u64 size() const;
    Bytes read(u64 offset, usize size) const; // fails when the file ends before
    void write(u64 offset, std::span<const u8> bytes);
    void resize(u64 size);
    void sync();

  private:
    std::string path_;
    int handle_ = -1;
};

// Whether any other program has the file open; what is not ours to know counts as no.
bool open_elsewhere(const std::string& path);

Bytes read_file(const std::string& path);
// All or nothing: written beside and renamed.
void write_file(const std::string& path, std::span<const u8> bytes);

} // namespace dasd
