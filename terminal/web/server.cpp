#include "terminal/web/server.h"

#include "terminal/web/window.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace terminal::web {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::use_awaitable;

constexpr auto patience = std::chrono::seconds(30); // with a peer that says nothing

std::string type_of(const std::filesystem::path& file) {
    if (file.extension() == ".html") return "text/html; charset=utf-8";
    if (file.extension() == ".js") return "text/javascript; charset=utf-8";
    if (file.extension() == ".css") return "text/css; charset=utf-8";
    return "application/octet-stream";
}

std::string read(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream content;
    content << in.rdbuf();
    if (!in) throw std::runtime_error(file.string() + ": cannot be read");
    return content.str();
}

using Request = http::request<http::empty_body>;
using Response = http::response<http::string_body>;

Response answer(const Server& server, const Request& request) {
    Response response(http::status::ok, request.version());
    response.keep_alive(request.keep_alive());
    response.set("Content-Security-Policy",
                 "default-src 'self'; img-src data:; style-src 'self' 'unsafe-inline'");
    response.set(http::field::cache_control, "no-cache");
    const File* const file = server.find(std::string(request.target()));
    if (!server.is_own(std::string(request[http::field::host]))) {
        response.result(http::status::forbidden);
    } else if (request.method() != http::verb::get) {
        response.result(http::status::method_not_allowed);
    } else if (file == nullptr) {
        response.result(http::status::not_found);
    } else {
        response.set(http::field::content_type, file->type);
        response.body() = file->content;
    }
    response.prepare_payload();
    return response;
}

bool is_window(const Server& server, const Request& request) {
    std::string origin(request[http::field::origin]);
    constexpr std::string_view scheme = "http://";
    if (!origin.starts_with(scheme)) return false;
    return beast::websocket::is_upgrade(request) && request.target() == "/terminal" &&
           server.is_own(std::string(request[http::field::host])) &&
           server.is_own(origin.substr(scheme.size()));
}

asio::awaitable<void> converse(const Server& server, beast::tcp_stream stream) {
    try {
        beast::flat_buffer buffer;
        for (;;) {
            stream.expires_after(patience);
            Request request;
            co_await http::async_read(stream, buffer, request, use_awaitable);
            if (is_window(server, request)) {
                co_await show_window(std::move(stream), request, server.command());
                co_return;
            }
            Response response = answer(server, request);
            co_await http::async_write(stream, response, use_awaitable);
            if (!response.keep_alive()) co_return;
        }
    } catch (const std::exception&) {
        // The peer has left, or talks something else: the connection ends.
    }
}

asio::awaitable<void> listen(const Server& server, asio::ip::tcp::acceptor& acceptor) {
    for (;;) {
        beast::tcp_stream stream(co_await acceptor.async_accept(use_awaitable));
        asio::co_spawn(acceptor.get_executor(), converse(server, std::move(stream)),
                       asio::detached);
    }
}

} // namespace

Server::Server(asio::io_context& context, unsigned short port, const std::string& folder,
               std::vector<std::string> command)
    : acceptor_(context, {asio::ip::address_v4::loopback(), port}), command_(std::move(command)) {
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        files_["/" + entry.path().filename().string()] = {type_of(entry.path()),
                                                          read(entry.path())};
    files_["/"] = files_.at("/index.html");
}

void Server::start() {
    asio::co_spawn(acceptor_.get_executor(), listen(*this, acceptor_), asio::detached);
}

const File* Server::find(const std::string& path) const {
    auto const found = files_.find(path);
    return found == files_.end() ? nullptr : &found->second;
}

bool Server::is_own(const std::string& host) const {
    std::string const suffix = ":" + std::to_string(port());
    return host == "127.0.0.1" + suffix || host == "localhost" + suffix;
}

} // namespace terminal::web
