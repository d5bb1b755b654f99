#include "tests/terminal/fuzz/target.h"

#include "terminal/model/keyboard.h"
#include "terminal/model/nvt.h"
#include "terminal/net/bind_image.h"
#include "terminal/net/line_editor.h"
#include "terminal/net/telnet.h"
#include "terminal/session/session.h"

#include <array>
#include <cstdlib>
#include <memory>

namespace fuzz {
namespace {

using namespace terminal;

// Small screens: all that happens at an end or a wrap happens there, and soon; and each
// thirty-second input has a real one.
struct Shape {
    Size normal, most;
};
constexpr std::array<Shape, 4> shapes{
    {{{3, 8}, {4, 10}}, {{2, 20}, {3, 40}}, {{5, 5}, {5, 5}}, {{24, 80}, {27, 132}}}};
constexpr usize shape_of(u8 choice) { return (choice & 0x1F) == 0x1F ? 3 : choice % 3u; }

void require(bool good) {
    if (!good) std::abort();
}

class Terminal final : TelnetUser {
  public:
    explicit Terminal(Shape shape)
        : normal_(shape.normal), most_(shape.most), screen_(normal_, most_),
          stream_(screen_, features()) {}

    void reset() {
        screen_.set_sizes(normal_, most_);
        stream_.reset();
        nvt_.reset();
        line_.take();
        TelnetUser& self = *this;
        telnet_.emplace(self,
                        Telnet::Setup{.type = "IBM-3279-4-E", .lus = {"A", "B"}, .window = most_});
        keyboard_.connect();
        tls_ = false;
    }
    void stream(std::span<const u8> bytes) {
        while (!bytes.empty()) {
            usize const taken = telnet_->receive(bytes);
            require(taken > 0 && taken <= bytes.size());
            bytes = bytes.subspan(taken);
            if (tls_) telnet_->secured();
        }
    }
    // As a host would frame it in the mode that there is.
    void send_record(std::span<const u8> bytes) {
        Bytes framed;
        if (telnet_->extended_mode()) framed = {0, 0, 2, 0, 7};
        for (u8 byte : bytes) {
            framed.push_back(byte);
            if (byte == 255) framed.push_back(255);
        }
        framed.insert(framed.end(), {255, 239});
        stream(framed);
    }
    void key(u8 what, u8 with) {
        constexpr u32 actions = static_cast<u32>(Action::Reset) + 1;
        auto const action = static_cast<Action>(what % actions);
        keyboard_.press({action, with, (what & 0x80) != 0, with * 37u});
        if (action == Action::Reset && with == 0) telnet_->system_request();
        if (telnet_->in_text_mode()) {
            char const c = static_cast<char>(with);
            line_.type({&c, 1});
        }
    }
    void check() const {
        u32 const cells = screen_.size().cells();
        require(screen_.cursor() < cells);
        for (u32 at : {0u, cells / 2, cells - 1}) require(screen_.at(at).attribute < 0x40);
    }

  private:
    Features features() const { return {.most = most_}; }
    void send(std::span<const u8> bytes) override { sent_ += bytes.size(); }
    void record(const Record& record) override {
        auto const outcome = stream_.receive(record);
        send(telnet_->response(record.buffer, outcome.refusal, !outcome.replies.empty()));
        for (Bytes const& reply : outcome.replies) send(telnet_->wrap(reply));
        keyboard_.apply(outcome);
    }
    void system_services(std::span<const u8> data) override {
        keyboard_.apply(stream_.receive_system(data));
    }
    void bind(std::span<const u8> image) override {
        if (auto const bound = bind_sizes(image, most_))
            screen_.set_sizes(bound->normal, bound->alternate);
        stream_.erase(false);
    }
    void unbind() override { stream_.erase(false); }
    void text(u8 byte) override { nvt_.receive(byte); }
    void mode_changed() override {
        stream_.change_mode(telnet_->mode() == Telnet::Mode::System);
        keyboard_.change_mode(owner_in(telnet_->mode()), telnet_->mode() == Telnet::Mode::Bound);
        if (telnet_->in_3270_mode())
            nvt_.leave();
        else
            nvt_.reset();
    }
    void start_tls() override { tls_ = true; }
    void give_up(const char*) override { telnet_->secured(); }

    Size normal_, most_;
    Screen screen_;
    DataStream stream_;
    Keyboard keyboard_{screen_, stream_,
                       [this](const Bytes& bytes) { send(telnet_->wrap(bytes)); }};
    Nvt nvt_{screen_, [this](std::string_view text) { sent_ += text.size(); }};
    LineEditor line_{nvt_};
    std::optional<Telnet> telnet_;
    usize sent_ = 0;
    bool tls_ = false;
};

// What a host says first, to reach the modes in which the rest can do something.
constexpr std::array<u8, 21> classic{255, 253, 24,  255, 250, 24,  1, 255, 240, 255, 253,
                                     25,  255, 251, 25,  255, 253, 0, 255, 251, 0};
constexpr std::array<u8, 33> extended{255, 253, 40, 255, 250, 40, 8,   2,   255, 240, 255,
                                      250, 40,  2,  4,   'I', 1,  'L', 255, 240, 255, 250,
                                      40,  3,   4,  0,   2,   4,  255, 240, 255, 241, 0};
constexpr std::array<u8, 32> bind{3, 0, 0, 0, 0, 0x31, 0, 0, 0, 0,  0,  0,  0,  0,    0,   0,
                                  0, 0, 0, 0, 0, 0,    0, 0, 0, 24, 80, 24, 80, 0x7F, 255, 239};

} // namespace

void run(std::span<const u8> input) {
    static std::array<std::unique_ptr<Terminal>, shapes.size()> terminals;
    if (input.empty()) return;
    usize const which = shape_of(input[0]);
    if (!terminals[which]) terminals[which] = std::make_unique<Terminal>(shapes[which]);
    Terminal& terminal = *terminals[which];
    terminal.reset();
    if ((input[0] & 0x20) != 0) terminal.stream(classic);
    if ((input[0] & 0x40) != 0) {
        terminal.stream(extended);
        terminal.stream(bind);
    }
    input = input.subspan(1);
    while (!input.empty()) {
        u8 const what = input[0];
        usize const length = std::min<usize>(what & 0x3F, input.size() - 1);
        auto const part = input.subspan(1, length);
        input = input.subspan(1 + length);
        switch (what >> 6) {
        case 0:
            for (usize at = 0; at + 1 < part.size(); at += 2) terminal.key(part[at], part[at + 1]);
            break;
        case 1: terminal.stream(part); break;
        default: terminal.send_record(part); break;
        }
        terminal.check();
    }
}

} // namespace fuzz

// libFuzzer's name for it.
extern "C" int LLVMFuzzerTestOneInput(const u8* data, usize size) {
    fuzz::run({data, size});
    return 0;
}
