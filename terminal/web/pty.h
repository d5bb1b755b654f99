// A program on a pseudo-terminal of its own.
#pragma once

#include <utility> // asio forgets it

#include <boost/asio/posix/stream_descriptor.hpp>

#include <string>
#include <vector>

namespace terminal::web {

// Of a window, in characters, 1 to 999 each.
struct Size {
    unsigned short columns, rows;
};

class Pty {
  public:
    // Starts `command` (the program's path, then its arguments).
    // Throws std::system_error when there is no pseudo-terminal or no process to be had.
    Pty(const boost::asio::any_io_executor& executor, const std::vector<std::string>& command,
        Size size);
    Pty(const Pty&) = delete;

    void resize(Size size);

    // What the program shows is read here, what is typed is written here. When it is closed
    // the program is hung up, as when its window is closed.
    boost::asio::posix::stream_descriptor& stream() { return stream_; }

  private:
    boost::asio::posix::stream_descriptor stream_;
};

} // namespace terminal::web
