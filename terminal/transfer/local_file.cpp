#include "terminal/transfer/local_file.h"

#include "s370/arch/file_transfer.h"

#include <cerrno>
#include <cstring>
#include <sys/stat.h>
#include <unistd.h>

namespace terminal::transfer {

namespace ft = s370::file_transfer;

namespace {

constexpr bool is_control(char32_t c) { return c < 0x20 || (c >= 0x80 && c < 0xA0); }
constexpr char32_t last_control = 0x9F; // the host's X'FF'

// How many bytes a character of UTF-8 has that begins with `first`; 0: none begins so.
u32 bytes_of(u8 first) {
    if (first < 0x80) return 1;
    if (first < 0xC2) return 0;
    return first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
}

} // namespace

std::string LocalFile::open() {
    const char* const path = request_.local_file.c_str();
    existed_ = access(path, F_OK) == 0;
    if (request_.receive && request_.exist == Exist::Keep && existed_)
        return "Transfer(): File exists";
    const char* const how = !request_.receive                 ? "rb"
                            : request_.exist == Exist::Append ? "ab"
                                                              : "wb";
    file_.reset(std::fopen(path, how));
    if (!file_) return "Local file '" + request_.local_file + "': " + std::strerror(errno);
    struct stat facts {};
    if (!request_.receive && fstat(fileno(file_.get()), &facts) == 0)
        total_ = static_cast<u64>(facts.st_size);
    return {};
}

void LocalFile::remove() {
    file_.reset();
    if (request_.receive && request_.exist != Exist::Append) unlink(request_.local_file.c_str());
}

std::string LocalFile::close() {
    if (!file_) return {};
    bool const good = std::fclose(file_.release()) == 0;
    return good ? "" : "close(" + request_.local_file + "): " + std::strerror(errno);
}

bool LocalFile::fail(const char* what) {
    error_ = std::string(what) + '(' + request_.local_file + "): " + std::strerror(errno);
    return false;
}

bool LocalFile::read(usize most, std::vector<u8>& bytes) {
    while (ready_.size() < most && fill()) {}
    if (std::ferror(file_.get()) != 0) return fail("read");
    usize const count = std::min(most, ready_.size());
    auto const end = ready_.begin() + static_cast<std::ptrdiff_t>(count);
    bytes.assign(ready_.begin(), end);
    ready_.erase(ready_.begin(), end);
    length_ += count;
    return true;
}

// One more character, or piece of a binary file; false at its end.
bool LocalFile::fill() {
    if (!request_.ascii || (!request_.remap && !request_.cr)) {
        u8 piece[4096];
        usize const got = std::fread(piece, 1, sizeof piece, file_.get());
        ready_.insert(ready_.end(), piece, piece + got);
        return got > 0;
    }
    int c = std::fgetc(file_.get());
    if (c == EOF) return false;
    u8 const first = static_cast<u8>(c);
    if (request_.cr && first == ft::line_feed && !after_return_)
        ready_.push_back(ft::carriage_return);
    after_return_ = first == ft::carriage_return;
    if (!request_.remap) {
        ready_.push_back(first);
        return true;
    }
    u32 const count = bytes_of(first);
    char32_t value = count <= 1 ? first : first & (0x7Fu >> count);
    for (u32 i = 1; i < count; ++i) {
        c = std::fgetc(file_.get());
        if (c == EOF || (c & 0xC0) != 0x80) {
            ready_.push_back('?');
            return true;
        }
        value = value << 6 | (static_cast<u32>(c) & 0x3F);
    }
    ready_.push_back(count == 0 ? u8{'?'} : coded(value));
    return true;
}

u8 LocalFile::coded(char32_t character) const {
    u8 code = 0;
    if (character == last_control)
        code = 0xFF;
    else if (is_control(character))
        code = ft::to_ebcdic[character];
    else if (auto const found = codepage_.typed(character))
        code = *found;
    return code == 0 ? u8{'?'} : ft::to_ascii[code];
}

bool LocalFile::write(std::span<const u8> bytes) {
    std::string text;
    for (u8 byte : bytes) {
        if (request_.cr && (byte == ft::carriage_return || byte == ft::end_of_file)) continue;
        if (request_.ascii && request_.remap && double_bytes(byte)) continue;
        if (request_.ascii && request_.remap)
            decode(byte, text);
        else
            text.push_back(static_cast<char>(byte));
    }
    length_ += text.size();
    if (std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size()) return fail("write");
    return true;
}

// Between shift out and shift in are characters of two bytes, which no code page here has.
bool LocalFile::double_bytes(u8 byte) {
    constexpr u8 shift_out = 0x0E, shift_in = 0x0F;
    bool const was = shifted_;
    if (byte == shift_out || byte == shift_in) shifted_ = byte == shift_out;
    return was || shifted_ || byte == shift_in;
}

// X'9F' is the host's name for a printable code; X'FF' is the control that X'9F' would be.
void LocalFile::decode(u8 byte, std::string& text) const {
    if (byte == 0xFF)
        append_utf8(text, last_control);
    else if (is_control(byte) && byte != last_control)
        append_utf8(text, byte);
    else
        append_utf8(text, codepage_.shown(ft::to_ebcdic[byte]));
}

} // namespace terminal::transfer
