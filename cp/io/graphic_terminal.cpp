#include "cp/io/graphic_terminal.h"

#include "cp/io/line_splitter.h"
#include "s370/machine/storage.h"

namespace cp {

using namespace s370::ds3270;

namespace {

constexpr Microseconds poll_interval = seconds(2), check_after = milliseconds(500),
                       answer_time = seconds(10);

} // namespace

Task<> GraphicTerminal::serve() {
    Signal& wake = device_.attention;
    for (;;) {
        co_await connect();
        bool fresh = true;
        while (connected_) {
            serving_ = true;
            service_.serve(*this, fresh);
            co_await attend();
            fresh = false;
        }
        // Whoever served the lost client has to let go before the next is served.
        while (serving_) co_await wake;
    }
}

// Until the client is lost or the terminal released.
Task<> GraphicTerminal::attend() {
    Signal& wake = device_.attention;
    while (connected_ && serving_) {
        if (!handed_over_) co_await flush();
        if (!connected_ || !serving_) break;
        hand_over();
        start_timers();
        co_await wake;
        co_await take_status();
        check_timers();
        if (std::exchange(poll_due_, false) && connected_) co_await poll();
        if (screen_.room()) room_.wake_all();
        if (owner_ == Owner::Cp && machine_input_ != nullptr && !machine_reading_) {
            free_storage::give(machine_input_, longest_machine_input);
            machine_input_ = nullptr;
        }
    }
    poll_timer_.cancel();
}

Task<> GraphicTerminal::take_status() {
    if (machine_reading_) co_return; // its end brings us here again
    u16 const status = std::exchange(device_.unsolicited_status, u16{0});
    if ((status & s370::status::attention) != 0 && handed_over_) {
        dialed_->unsolicited(s370::status::attention);
    } else if ((status & s370::status::attention) != 0) {
        std::span<const u8> received;
        reading_ = true;
        received = co_await read_modified();
        reading_ = false;
        room_.wake_all();
        if (connected_) take_input(received);
    } else if ((status & s370::status::device_end) != 0) {
        device_.unsolicited_status = s370::status::device_end;
        lose(); // another client has taken the place of ours
    }
}

void GraphicTerminal::take_input(std::span<const u8> received) {
    u8 const key = key_of(received);
    if (key != aid::none && key == std::exchange(echo_, aid::none)) return;
    if (key != aid::none) key_ = key;
    if (!for_machine(received)) {
        act(screen_.receive(received));
    } else if (user_ != nullptr && (received.empty() || received[0] != aid::none)) {
        answer_awaited_ = false;
        if (!answer_kept()) unread_ = received.size();
        user_->screen_attention();
    }
}

// A keyboard that is restored may send the same key again.
void GraphicTerminal::wrote(u8 control) {
    unchecked_ = true;
    if ((control & wcc::restore_keyboard) != 0) key_ = echo_ = aid::none;
}

// `program` is this user's of the device: CP and the machine may each have one on its way.
Task<IoResult> GraphicTerminal::run(s370::Ccw& program, u8 code, std::span<const u8> data) {
    program = {code, machine::real_address(data.data()), s370::Ccw::SuppressLength,
               static_cast<u16>(data.size())};
    IoResult result;
    result = co_await device_.run(&program, true);
    co_return result;
}

Task<std::span<const u8>> GraphicTerminal::read_modified() {
    std::span<u8> const buffer = input();
    u16 const most = static_cast<u16>(buffer.size());
    IoResult result;
    result = co_await run(program_, command::read_modified, buffer);
    // What comes later is announced later: an older attention is of a record read or replaced,
    // and another read for it would ask the client, who may just be sending.
    device_.unsolicited_status &= static_cast<u16>(~s370::status::attention);
    if (!judge(result) || !result.ok() || result.csw.count > most) co_return std::span<const u8>{};
    co_return buffer.first(static_cast<usize>(most - result.csw.count));
}

Task<> GraphicTerminal::flush() {
    while (owner_ != Owner::Machine) {
        Screen::Outbound const out = screen_.compose(outbound_);
        if (out.length == 0 || !connected_) break;
        wrote(outbound_[0]);
        answer_endangered_ = true;
        IoResult result;
        result = co_await run(program_, out.command, {outbound_, out.length});
        poll_timer_.cancel(); // it has just been reached
        judge(result);
    }
}

// False: the client is gone. Other errors are none of ours to repair; a client that
// refuses a stream is its user's problem.
bool GraphicTerminal::judge(const IoResult& result) {
    if (!result.dropped()) return true;
    lose();
    return false;
}

void GraphicTerminal::lose() {
    if (!connected_) return;
    connected_ = false;
    hold_timer_.cancel();
    hold_armed_ = false;
    owner_ = Owner::Cp;
    unread_ = 0;
    answer_awaited_ = speaks_fields_ = false;
    finish_read(Input::Kind::Lost, {});
    room_.wake_all();
    if (user_ != nullptr) user_->lost();
    handed_over_ = false;
    if (DialedUser* const user = std::exchange(dialed_, nullptr)) user->lost();
    kick();
}

bool GraphicTerminal::dial(DialedUser& user) {
    if (!connected_) return false;
    dialed_ = &user;
    kick();
    return true;
}

void GraphicTerminal::hand_over() {
    if (handed_over_ || dialed_ == nullptr) return;
    handed_over_ = true;
    dialed_->connected();
}

void GraphicTerminal::hang_up() {
    dialed_ = nullptr;
    handed_over_ = false;
    screen_.open(screen_.size());
    kick();
}

void GraphicTerminal::act(const Screen::Event& event) {
    switch (event.kind) {
    case Screen::Event::Kind::Nothing: break;
    case Screen::Event::Kind::Attention:
        if (reader_ != nullptr)
            finish_read(Input::Kind::Attention, {});
        else if (user_ != nullptr)
            user_->attention();
        break;
    case Screen::Event::Kind::FunctionKey: {
        Line<20> line("* PF"_e);
        line.decimal(event.function_key, 2) << " UNDEFINED"_e;
        screen_.append(line);
        break;
    }
    case Screen::Event::Kind::Line:
        if (reader_ != nullptr) {
            bool const echo = reader_->mode != ReadMode::Password;
            finish_read(Input::Kind::Line, event.line);
            screen_.accept(event.line, echo);
        } else if (user_ != nullptr && user_->unsolicited(event.line)) {
            screen_.accept(event.line, true);
        } else {
            screen_.refuse();
        }
        break;
    }
}

void GraphicTerminal::start_timers() {
    if (!handed_over_ && hold_period_ != screen_.period()) {
        hold_period_ = screen_.period();
        hold_timer_.cancel();
        Microseconds const time = screen_.timeout();
        hold_armed_ = time.count != 0;
        if (hold_armed_) hold_timer_.start(time, device_.attention);
    }
    if (!poll_timer_.running()) {
        poll_due_ = false;
        start_poll_timer();
    }
}

void GraphicTerminal::start_poll_timer() {
    Microseconds const time = answer_awaited_       ? answer_time
                              : may_have_lost_key() ? check_after
                                                    : poll_interval;
    poll_timer_.start(time, device_.attention);
}

void GraphicTerminal::check_timers() {
    if (hold_armed_ && !hold_timer_.running()) {
        hold_armed_ = false;
        screen_.expired();
    }
    poll_due_ = !poll_timer_.running();
}

Task<> GraphicTerminal::write(Text line, bool carriage_return) {
    bool same_line = line_open_;
    line_open_ = false;
    take_screen();
    u32 const drops = drops_;
    LineSplitter splitter(line, screen_.size().columns);
    for (Text row; splitter.next(row); same_line = false) {
        while (connected_ && drops == drops_ && !screen_.append(row, same_line)) {
            kick();
            co_await room_.change();
        }
        if (!connected_ || drops != drops_) co_return;
    }
    line_open_ = !carriage_return && !splitter.ended();
    kick();
}

Task<Input> GraphicTerminal::read(ReadMode mode) {
    if (!connected_) co_return Input{};
    VERIFY(reader_ == nullptr, Abend::GRF001);
    Reader reader{mode, {}, {}};
    reader_ = &reader;
    take_screen();
    line_open_ = false;
    screen_.begin_read(mode);
    kick();
    co_await reader.done;
    co_return reader.input;
}

void GraphicTerminal::finish_read(Input::Kind kind, Text line) {
    if (reader_ == nullptr) return;
    Reader& reader = *std::exchange(reader_, nullptr);
    screen_.end_read();
    reader.input.kind = kind;
    reader.input.line << line;
    reader.done.set();
    kick();
}

void GraphicTerminal::show(Activity activity) {
    screen_.show(activity);
    kick();
}

void GraphicTerminal::alarm() {
    screen_.sound_alarm();
    kick();
}

Task<> GraphicTerminal::clear() {
    take_screen();
    screen_.clear_output();
    room_.wake_all();
    kick();
    co_return;
}

Task<> GraphicTerminal::display(u32 line, Text text, bool clear_first) {
    take_screen();
    if (clear_first) screen_.clear_output();
    screen_.place(line, text);
    room_.wake_all();
    kick();
    co_return;
}

void GraphicTerminal::release() {
    user_ = nullptr;
    serving_ = false;
    end_full_screen();
    screen_.show(Activity::None);
    drop_output();
    kick();
}

void GraphicTerminal::drop_output() {
    ++drops_;
    room_.wake_all();
}

} // namespace cp
