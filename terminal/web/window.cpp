#include "terminal/web/window.h"

#include "terminal/web/pty.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>

#include <array>
#include <charconv>
#include <memory>
#include <optional>

namespace terminal::web {

namespace {

namespace asio = boost::asio;
namespace websocket = boost::beast::websocket;
using asio::use_awaitable;

constexpr std::size_t largest_message = 64 * 1024; // a paste; more ends the window

struct Window {
    explicit Window(boost::beast::tcp_stream stream) : socket(std::move(stream)) {}

    websocket::stream<boost::beast::tcp_stream> socket;
    std::optional<Pty> pty; // from the page's first message on
};

// `80x25`, or nothing when it is something else.
std::optional<Size> parse_size(std::string_view text) {
    Size size{};
    const char* const end = text.data() + text.size();
    auto const [cross, bad] = std::from_chars(text.data(), end, size.columns);
    if (bad != std::errc() || cross == end || *cross != 'x') return {};
    auto const [last, worse] = std::from_chars(cross + 1, end, size.rows);
    if (worse != std::errc() || last != end) return {};
    if (size.columns < 1 || size.columns > 999 || size.rows < 1 || size.rows > 999) return {};
    return size;
}

asio::awaitable<void> show(std::shared_ptr<Window> window) {
    try {
        std::array<char, 16 * 1024> buffer;
        for (;;) {
            std::size_t const size =
                co_await window->pty->stream().async_read_some(asio::buffer(buffer), use_awaitable);
            co_await window->socket.async_write(asio::buffer(buffer, size), use_awaitable);
        }
    } catch (const std::exception&) {
        // The terminal has ended; a read of the socket that waits learns of it by this close.
    }
    try {
        co_await window->socket.async_close(websocket::close_code::normal, use_awaitable);
    } catch (const std::exception&) { // The page was there first.
    }
}

} // namespace

asio::awaitable<void>
show_window(boost::beast::tcp_stream stream,
            const boost::beast::http::request<boost::beast::http::empty_body>& request,
            const std::vector<std::string>& command) {
    stream.expires_never(); // the WebSocket has timeouts of its own
    auto const window = std::make_shared<Window>(std::move(stream));
    auto& socket = window->socket;
    socket.set_option(websocket::stream_base::timeout::suggested(boost::beast::role_type::server));
    socket.read_message_max(largest_message);
    co_await socket.async_accept(request, use_awaitable);
    socket.binary(true);
    try {
        boost::beast::flat_buffer buffer;
        for (;;) {
            std::size_t const size = co_await socket.async_read(buffer, use_awaitable);
            auto const message = asio::buffer(buffer.data(), size);
            if (socket.got_text()) {
                auto const window_size =
                    parse_size({static_cast<const char*>(message.data()), size});
                if (!window_size) break;
                if (window->pty) {
                    window->pty->resize(*window_size);
                } else {
                    window->pty.emplace(socket.get_executor(), command, *window_size);
                    asio::co_spawn(socket.get_executor(), show(window), asio::detached);
                }
            } else if (window->pty) {
                co_await asio::async_write(window->pty->stream(), message, use_awaitable);
            }
            buffer.clear();
        }
    } catch (const std::exception&) {
        // The page has gone, or there is no terminal to be had.
    }
    // Hangs the terminal up; `show` sees it, closes the socket and lets go of the window.
    if (window->pty) window->pty->stream().close();
}

} // namespace terminal::web
