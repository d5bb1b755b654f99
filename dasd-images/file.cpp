#include "dasd-images/file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace dasd {
namespace {

[[noreturn]] void fail_system(const std::string& path, const char* what) {
    fail(path, ": ", what, ": ", std::strerror(errno));
}

} // namespace

File::File(const std::string& path, Mode mode) : path_(path) {
    int const flags = mode == Mode::Read     ? O_RDONLY
                      : mode == Mode::Update ? O_RDWR
                                             : O_RDWR | O_CREAT | O_TRUNC;
    handle_ = ::open(path.c_str(), flags | O_CLOEXEC, 0644);
    if (handle_ < 0) fail_system(path, mode == Mode::Create ? "cannot create" : "cannot open");
    if (::flock(handle_, (mode == Mode::Read ? LOCK_SH : LOCK_EX) | LOCK_NB) != 0) {
        ::close(handle_);
        fail(path, ": is in use by another program");
    }
}

File::~File() {
    if (handle_ >= 0) ::close(handle_);
}

u64 File::size() const {
    struct stat status {};
    if (::fstat(handle_, &status) != 0) fail_system(path_, "cannot look at");
    return static_cast<u64>(status.st_size);
}

Bytes File::read(u64 offset, usize size) const {
    Bytes bytes(size);
    for (usize done = 0; done < size;) {
        auto const n =
            ::pread(handle_, bytes.data() + done, size - done, static_cast<off_t>(offset + done));
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) fail_system(path_, "cannot read");
        if (n == 0) fail(path_, ": ends at byte ", offset + done, ", before its time");
        done += static_cast<usize>(n);
    }
    return bytes;
}

void File::write(u64 offset, std::span<const u8> bytes) {
    while (!bytes.empty()) {
        auto const n = ::pwrite(handle_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) fail_system(path_, "cannot write");
        bytes = bytes.subspan(static_cast<usize>(n));
        offset += static_cast<u64>(n);
    }
}

void File::resize(u64 size) {
    if (::ftruncate(handle_, static_cast<off_t>(size)) != 0) fail_system(path_, "cannot resize");
}

void File::sync() {
    if (::fdatasync(handle_) != 0) fail_system(path_, "cannot write");
}

bool open_elsewhere(const std::string& path) {
    int const handle = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (handle < 0) return false;
    // The kernel gives a lease for writing only to the one who has the file for himself.
    bool const others = ::fcntl(handle, F_SETLEASE, F_WRLCK) != 0 && errno == EAGAIN;
    ::close(handle);
    return others;
}

Bytes read_file(const std::string& path) {
    File const file(path, File::Mode::Read);
    return file.read(0, file.size());
}

void write_file(const std::string& path, std::span<const u8> bytes) {
    std::string const beside = path + ".new";
    {
        File file(beside, File::Mode::Create);
        file.write(0, bytes);
    }
    if (std::rename(beside.c_str(), path.c_str()) != 0) fail_system(path, "cannot replace");
}

} // namespace dasd
