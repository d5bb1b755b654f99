#include "terminal/net/name_lookup.h"

#include "terminal/net/thread.h"

#include <atomic>
#include <cstdlib>
#include <netdb.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace terminal {

struct NameLookup::Question {
    Question(const std::string& name, const std::string& service)
        : host(name), port(service), known(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}
    ~Question() {
        if (known >= 0) close(known);
    }
    Question(const Question&) = delete;
    Question& operator=(const Question&) = delete;

    bool answer(int flags);
    void tell() {
        answered = true;
        eventfd_write(known, 1);
    }

    std::string host, port;
    int known; // readable when there is an answer
    std::atomic<bool> answered = false;
    Result result; // then it is nobody's to change
};

// False when the system can give no answer with these flags.
bool NameLookup::Question::answer(int flags) {
    // getaddrinfo would take the rest of a division by 65536.
    char* end = nullptr;
    if (std::strtoul(port.c_str(), &end, 10) > 0xFFFF && *end == 0)
        return result.failure = "no such port", true;
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = flags;
    addrinfo* found = nullptr;
    int const code = getaddrinfo(host.c_str(), port.c_str(), &hints, &found);
    result.failure = code != 0 ? gai_strerror(code) : "";
    for (addrinfo* at = found; at != nullptr; at = at->ai_next) {
        auto const* const name = reinterpret_cast<const u8*>(at->ai_addr);
        result.addresses.push_back(
            {at->ai_family, at->ai_socktype, at->ai_protocol, Bytes(name, name + at->ai_addrlen)});
    }
    if (found != nullptr) freeaddrinfo(found);
    return code == 0;
}

NameLookup::NameLookup(const std::string& host, const std::string& port)
    : question_(std::make_shared<Question>(host, port)) {
    if (question_->answer(AI_NUMERICHOST)) { // nobody has to be asked
        question_->tell();
        return;
    }
    thread_without_signals([question = question_] {
        question->answer(0);
        question->tell();
    }).detach();
}

int NameLookup::descriptor() const { return question_->known; }

const NameLookup::Result* NameLookup::result() const {
    return question_->answered ? &question_->result : nullptr;
}

} // namespace terminal
