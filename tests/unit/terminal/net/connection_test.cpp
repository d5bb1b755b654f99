// The system's resolver is this one, which answers when it is told to.
#include "terminal/net/connection.h"

#include <boost/test/unit_test.hpp>
#include <condition_variable>
#include <mutex>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

using terminal::Connection;

namespace {

std::mutex gate;
std::condition_variable changed;
bool asked = false, may_answer = false;
in_port_t listening = 0; // 0: no such name

struct Found {
    addrinfo info;
    sockaddr_in address;
};

} // namespace

extern "C" int getaddrinfo(const char*, const char*, const addrinfo* hints, addrinfo** result) {
    if ((hints->ai_flags & AI_NUMERICHOST) != 0) return EAI_NONAME;
    std::unique_lock lock(gate);
    asked = true;
    changed.notify_all();
    changed.wait(lock, [] { return may_answer; });
    if (listening == 0) return EAI_NONAME;
    auto* const found = new Found{};
    found->address.sin_family = AF_INET;
    found->address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    found->address.sin_port = listening;
    found->info.ai_family = AF_INET;
    found->info.ai_socktype = SOCK_STREAM;
    found->info.ai_addr = reinterpret_cast<sockaddr*>(&found->address);
    found->info.ai_addrlen = sizeof found->address;
    *result = &found->info;
    return 0;
}
extern "C" void freeaddrinfo(addrinfo* result) { delete reinterpret_cast<Found*>(result); }

namespace {

Connection::Setup named(const char* host) { return {host, "23", false, true, {}}; }

struct Fixture {
    Connection connection;
    int listener = socket(AF_INET, SOCK_STREAM, 0);

    Fixture() {
        asked = may_answer = false;
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof address;
        auto* const any = reinterpret_cast<sockaddr*>(&address);
        BOOST_REQUIRE(bind(listener, any, length) == 0 && listen(listener, 1) == 0);
        BOOST_REQUIRE(getsockname(listener, any, &length) == 0);
        listening = address.sin_port;
    }
    ~Fixture() { close(listener); }

    // As one who waits for it does; false when the connection has ended.
    bool serve() {
        pollfd ready{connection.socket(), connection.events(), 0};
        poll(&ready, 1, 10'000);
        terminal::Bytes received;
        return connection.serve(received);
    }
    static void answer() {
        std::unique_lock lock(gate);
        changed.wait(lock, [] { return asked; });
        may_answer = true;
        changed.notify_all();
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(connection, Fixture)

BOOST_AUTO_TEST_CASE(a_port_beyond_65535_is_none) {
    Connection connection;
    BOOST_TEST(!connection.open({"127.0.0.1", "65559", false, true, {}}));
    BOOST_TEST(connection.failure() == "no such port");
}

BOOST_AUTO_TEST_CASE(nothing_waits_for_the_look_up_of_a_name) {
    BOOST_REQUIRE(connection.open(named("slow")));
    BOOST_TEST((connection.state() == Connection::State::LookingUp));
    terminal::Bytes received;
    BOOST_TEST(connection.serve(received));
    BOOST_TEST((connection.state() == Connection::State::LookingUp));
    answer();
    while (connection.state() != Connection::State::Open) BOOST_REQUIRE(serve());
}

BOOST_AUTO_TEST_CASE(a_name_that_nobody_knows_fails_when_that_is_known) {
    listening = 0;
    BOOST_REQUIRE(connection.open(named("unknown")));
    answer();
    BOOST_TEST(!serve());
    BOOST_TEST((connection.state() == Connection::State::Closed));
    BOOST_TEST(connection.failure() == gai_strerror(EAI_NONAME));
    BOOST_TEST(connection.socket() == -1);
}

BOOST_AUTO_TEST_CASE(what_is_closed_hears_no_answer) {
    BOOST_REQUIRE(connection.open(named("slow")));
    connection.close();
    answer();
    BOOST_TEST((connection.state() == Connection::State::Closed));
    BOOST_TEST(connection.socket() == -1);
}

BOOST_AUTO_TEST_SUITE_END()
