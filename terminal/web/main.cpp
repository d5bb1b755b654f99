// term370-web: serves the terminal as a page to browsers of this machine.
#include "terminal/web/server.h"

#include <boost/asio/signal_set.hpp>
#include <boost/program_options.hpp>

#include <csignal>
#include <iostream>
#include <memory>
#include <sys/wait.h>

namespace options = boost::program_options;

namespace {

// A terminal that ended is waited for, or it would stay in the process table.
void reap(boost::asio::signal_set& signals) {
    signals.async_wait([&](const boost::system::error_code& error, int) {
        if (error) return;
        while (waitpid(-1, nullptr, WNOHANG) > 0) {}
        reap(signals);
    });
}

// Where nobody named the port and another server has it, any free one does.
std::unique_ptr<terminal::web::Server> serve(boost::asio::io_context& context, unsigned short port,
                                             bool any, const std::string& folder,
                                             const std::vector<std::string>& command) try {
    return std::make_unique<terminal::web::Server>(context, port, folder, command);
} catch (const boost::system::system_error& error) {
    if (!any || error.code() != boost::asio::error::address_in_use) throw;
    return std::make_unique<terminal::web::Server>(context, 0, folder, command);
}

} // namespace

int main(int count, char** arguments) try {
    std::vector<std::string> command;
    std::string folder;
    unsigned short port = 0;
    options::options_description known("term370-web [options] -- TERMINAL [argument...]");
    known.add_options()("help", "what you read")("port", options::value(&port)->default_value(8370),
                                                 "on 127.0.0.1; 0 is any free one")(
        "page", options::value(&folder)->required(), "the folder with the page's files")(
        "command", options::value(&command)->required(), "the terminal to run, and its arguments");
    options::positional_options_description rest;
    rest.add("command", -1);
    options::variables_map given;
    options::store(
        options::command_line_parser(count, arguments).options(known).positional(rest).run(),
        given);
    if (given.contains("help")) return std::cout << known, 0;
    options::notify(given);

    boost::asio::io_context context;
    boost::asio::signal_set ends(context, SIGINT, SIGTERM), children(context, SIGCHLD);
    ends.async_wait([&](const boost::system::error_code&, int) { context.stop(); });
    reap(children);
    auto const server = serve(context, port, given["port"].defaulted(), folder, command);
    server->start();
    std::cout << "http://127.0.0.1:" << server->port() << "/ is the terminal; Ctrl-C ends it"
              << std::endl;
    context.run();
} catch (const std::exception& error) {
    std::cerr << "term370-web: " << error.what() << '\n';
    return 1;
}
