// A trace of a session: the bytes of both directions, and what they say in words.
//
// The bytes are in the form of x3270's traces, so that other programs can play them:
//     < 0x0   05c3110000...     from the host, up to 32 bytes a line, numbered from each read
//     > 0x0   7d...             to the host
// Lines of words are indented.
#pragma once

#include "terminal/session/session.h"

#include <cstdio>
#include <memory>

namespace terminal::trace {

class TraceFile final : public WireListener {
  public:
    TraceFile(const std::string& path, const Session& session);

    const std::string& path() const { return path_; }
    const std::string& error() const { return error_; } // why it could not be opened

    void connected(const Target& target) override;
    void received(std::span<const u8> bytes) override;
    void sent(std::span<const u8> bytes) override;
    void disconnected() override;

  private:
    // Telnet of one direction, taken apart.
    struct Stream {
        Bytes record;
        Bytes command; // IAC and what belongs to it, as far as it has come
    };
    void dump(char direction, std::span<const u8> bytes);
    void read(Stream& stream, std::span<const u8> bytes, bool from_host);
    bool telnet(Stream& stream, bool from_host);
    void words(const std::vector<std::string>& lines);
    void say(const std::string& text);

    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    std::string path_, error_;
    const Session& session_;
    std::unique_ptr<std::FILE, Close> file_;
    Stream from_host_, to_host_;
};

} // namespace terminal::trace
