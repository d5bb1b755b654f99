#include "terminal/web/pty.h"

#include <cerrno>
#include <pty.h>
#include <sys/ioctl.h>
#include <system_error>
#include <unistd.h>

namespace terminal::web {

Pty::Pty(const boost::asio::any_io_executor& executor, const std::vector<std::string>& command,
         Size size)
    : stream_(executor) {
    std::vector<char*> arguments;
    arguments.reserve(command.size() + 1);
    for (const std::string& argument : command)
        arguments.push_back(const_cast<char*>(argument.c_str()));
    arguments.push_back(nullptr);

    winsize const window{size.rows, size.columns, 0, 0};
    int master = -1;
    pid_t const process = forkpty(&master, nullptr, nullptr, &window);
    if (process < 0) throw std::system_error(errno, std::generic_category(), "forkpty");
    if (process == 0) {
        close_range(3, ~0U, 0); // the windows of others
        setenv("TERM", "xterm-256color", 1);
        execv(arguments[0], arguments.data());
        _exit(127);
    }
    stream_.assign(master);
}

void Pty::resize(Size size) {
    winsize const window{size.rows, size.columns, 0, 0};
    ioctl(stream_.native_handle(), TIOCSWINSZ, &window);
}

} // namespace terminal::web
