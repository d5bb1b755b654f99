// The terminal in a browser: a page, and for each of its windows a terminal on a
// pseudo-terminal, reached through a WebSocket (RFC 6455) at /terminal.
//
// Binary messages carry what is typed and what is shown; a text message `80x25` from the
// page says how large its window is, and the first of them starts the terminal. Only this machine
// is served: the server listens on 127.0.0.1 and answers only to that name, or a page of another
// site could reach it.
#pragma once

#include <utility> // asio forgets it

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <map>
#include <string>
#include <vector>

namespace terminal::web {

struct File {
    std::string type, content;
};

class Server {
  public:
    // Serves the files of `folder` and runs `command` for each window; `port` 0 is any free one.
    // Throws std::exception when the folder cannot be read or the port is taken.
    Server(boost::asio::io_context& context, unsigned short port, const std::string& folder,
           std::vector<std::string> command);

    unsigned short port() const { return acceptor_.local_endpoint().port(); }
    // Serves until the context is stopped.
    void start();

    // The file at `path` ("/" is the page), or nullptr.
    const File* find(const std::string& path) const;
    // Whether `host`, of a Host header or an Origin without its scheme, is this server.
    bool is_own(const std::string& host) const;
    const std::vector<std::string>& command() const { return command_; }

  private:
    boost::asio::ip::tcp::acceptor acceptor_;
    std::map<std::string, File> files_;
    std::vector<std::string> command_;
};

} // namespace terminal::web
