// A thread beside the one that waits for signals: none comes to it.
#pragma once

#include <csignal>
#include <thread>
#include <utility>

namespace terminal {

template <typename Work>
std::thread thread_without_signals(Work work) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before); // a new thread has its maker's
    std::thread thread(std::move(work));
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    return thread;
}

} // namespace terminal
