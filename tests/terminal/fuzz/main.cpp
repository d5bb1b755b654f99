// Inputs without libFuzzer: composed and damaged with a seed, so that they come again.
//
// usage: fuzz [seconds | count and x] [seed]; says how many there were. A failure leaves
// its number: `fuzz NUMBERx SEED` ends with it.
#include "tests/terminal/fuzz/target.h"

#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <sys/time.h>
#include <unistd.h>
#include <vector>

namespace {

// xorshift64*: enough, and the same everywhere.
class Random {
  public:
    explicit Random(u64 seed) : state_(seed * 0x9E3779B97F4A7C15 + 1) {}
    u32 below(u32 limit) {
        state_ ^= state_ >> 12;
        state_ ^= state_ << 25;
        state_ ^= state_ >> 27;
        return static_cast<u32>((state_ * 0x2545F4914F6CDD1D) >> 32) % limit;
    }
    u8 byte() { return static_cast<u8>(below(256)); }
    template <usize N>
    u8 of(const std::array<u8, N>& choices) {
        return choices[below(N)];
    }

  private:
    u64 state_;
};

constexpr std::array<u8, 12> commands{0xF1, 0xF1, 0xF1, 0xF5, 0x7E, 0xF3,
                                      0xF3, 0xF2, 0xF6, 0x6E, 0x6F, 5};
constexpr std::array<u8, 14> orders{0x11, 0x11, 0x1D, 0x29, 0x2C, 0x28, 0x3C,
                                    0x12, 0x05, 0x13, 0x08, 0x0E, 0x0F, 0};
constexpr std::array<u8, 8> types{0x41, 0x42, 0x43, 0x45, 0xC0, 0x00, 0xFE, 0xF8};
constexpr std::array<u8, 10> telnet{255, 255, 255, 250, 251, 252, 253, 254, 240, 239};
constexpr std::array<u8, 12> options{0, 1, 3, 6, 24, 25, 31, 39, 40, 46, 2, 8};
constexpr std::array<u8, 10> fields{0x01, 0x01, 0x03, 0x09, 0x0C, 0x40, 0x40, 0xD0, 0x0F, 0x4A};
constexpr std::array<u8, 16> controls{27,  '[', ';', '?', '1', '9', 'H', 'J',
                                      'K', 'L', 'M', 'P', 'm', 'r', 'h', 'n'};

void compose_write(Random& random, std::vector<u8>& out, usize end) {
    out.push_back(random.of(commands));
    out.push_back(random.byte());
    while (out.size() < end) {
        switch (random.below(5)) {
        case 0: out.push_back(random.of(orders)); break;
        case 1: out.push_back(random.of(types)); break;
        case 2: out.push_back(random.byte()); break;
        case 3: // an address on a small screen
            out.insert(out.end(), {0x40, static_cast<u8>(0x40 + random.below(48))});
            break;
        default: out.push_back(static_cast<u8>(0x40 + random.below(64)));
        }
    }
}

void compose_step(Random& random, std::vector<u8>& out) {
    usize const length = random.below(32), at = out.size();
    u32 const kind = random.below(8);
    u8 const what = kind == 0 ? 0 : kind < 3 ? 1 : 2;
    out.push_back(static_cast<u8>(what << 6 | length));
    usize const end = at + 1 + length;
    if (kind == 1)
        while (out.size() < end)
            out.push_back(random.below(2) == 0 ? random.of(telnet) : random.of(options));
    if (kind == 2)
        while (out.size() < end)
            out.push_back(random.below(4) == 0 ? random.byte() : random.of(controls));
    if (kind == 3 && length > 6) {
        out.insert(out.end(), {0xF3, 0, static_cast<u8>(random.below(12)), random.of(fields), 0});
        compose_write(random, out, end);
    }
    if (kind > 3) compose_write(random, out, end);
    while (out.size() < end) out.push_back(random.byte());
    out.resize(end);
}

void compose(Random& random, std::vector<u8>& out) {
    out.clear();
    out.push_back(random.below(4) == 0 ? random.byte() : static_cast<u8>(0x20 + random.below(32)));
    for (u32 steps = 1 + random.below(4); steps > 0; --steps) compose_step(random, out);
    for (u32 damage = random.below(3); damage > 0; --damage)
        out[random.below(static_cast<u32>(out.size()))] = random.byte();
}

u64 number = 0;

void tell_number(int) {
    char text[64];
    int const length =
        std::snprintf(text, sizeof text, "input %llu\n", static_cast<unsigned long long>(number));
    if (write(STDERR_FILENO, text, static_cast<usize>(length)) < 0) _exit(1);
    std::signal(SIGABRT, SIG_DFL);
    std::abort();
}

} // namespace

int main(int count, char** arguments) {
    std::signal(SIGABRT, tell_number);
    std::signal(SIGVTALRM, tell_number); // an input that takes this long hangs
    std::string const limit = count > 1 ? arguments[1] : "5";
    u64 const seed = count > 2 ? std::strtoull(arguments[2], nullptr, 10) : 370;
    bool const counted = limit.ends_with('x');
    u64 const most = std::strtoull(limit.c_str(), nullptr, 10);
    using Clock = std::chrono::steady_clock;
    auto const end = Clock::now() + std::chrono::seconds(counted ? 1'000'000 : most);
    std::vector<u8> input;
    for (;; ++number) {
        if (number % 1024 == 0) {
            itimerval const patience{{}, {10, 0}}; // of processor time: others may have it all
            setitimer(ITIMER_VIRTUAL, &patience, nullptr);
            if (Clock::now() >= end) break;
            if (number % (1 << 20) == 0)
                std::printf("%llu inputs\n", static_cast<unsigned long long>(number)),
                    std::fflush(stdout);
        }
        if (counted && number >= most) break;
        Random random(seed << 32 ^ number);
        compose(random, input);
        fuzz::run(input);
    }
    std::printf("%llu inputs\n1 passed, 0 failed\n", static_cast<unsigned long long>(number));
}
