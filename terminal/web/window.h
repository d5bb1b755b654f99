// One window of the page: a WebSocket and the terminal behind it.
#pragma once

#include <utility> // asio forgets it

#include <boost/asio/awaitable.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>

#include <string>
#include <vector>

namespace terminal::web {

// Takes the request for a WebSocket on `stream` and runs `command` on a pseudo-terminal
// until one of the two ends; then the other is ended.
boost::asio::awaitable<void>
show_window(boost::beast::tcp_stream stream,
            const boost::beast::http::request<boost::beast::http::empty_body>& request,
            const std::vector<std::string>& command);

} // namespace terminal::web
