#include "cp/io/graphic_terminal.h"

#include "cp/io/line_splitter.h"
#include "s370/machine/storage.h"

namespace cp {

using namespace s370::ds3270;

namespace {

constexpr Microseconds poll_interval = seconds(2), query_time = seconds(1);

bool dropped(const IoResult& result) {
    return result.condition_code != 0 ||
           ((result.csw.status & s370::status::unit_check) != 0 && result.sense_length > 0 &&
            (result.sense[0] & s370::sense::intervention_required) != 0);
}

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

// Waits until somebody is there. Nobody says that a client was there already when
// CP started, so it tries first.
Task<> GraphicTerminal::connect() {
    Signal& wake = device_.attention;
    for (;;) {
        device_.unsolicited_status = 0;
        bool const there = co_await reachable();
        if (there) break;
        co_await wake;
    }
    connected_ = true;
    line_open_ = false;
    co_await learn_size();
}

Task<bool> GraphicTerminal::reachable() {
    program_ = {command::noop, 0, s370::Ccw::SuppressLength, 1};
    IoResult result;
    result = co_await device_.run(&program_, true);
    co_return !dropped(result);
}

Task<> GraphicTerminal::learn_size() {
    Signal& wake = device_.attention;
    ScreenSize size;
    std::copy_n(read_partition_query, sizeof read_partition_query, outbound_);
    program_ = {command::write_structured_field, machine::real_address(outbound_),
                s370::Ccw::SuppressLength, sizeof read_partition_query};
    IoResult result;
    result = co_await device_.run(&program_, true);
    if (result.ok()) {
        poll_timer_.start(query_time, device_.attention);
        while (poll_timer_.running()) {
            co_await wake;
            u16 const status = std::exchange(device_.unsolicited_status, u16{0});
            if ((status & s370::status::attention) == 0) continue;
            std::span<const u8> reply;
            reply = co_await read_modified();
            if (!is_query_reply(reply)) continue;
            size = screen_size(reply);
            break;
        }
        poll_timer_.cancel();
    }
    screen_.open(size);
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
        if (poll_due_ && connected_ && answer_awaited_) {
            // An attention that found the device busy was lost, its data are not.
            poll_due_ = false;
            device_.unsolicited_status |= s370::status::attention;
            co_await take_status();
        } else if (poll_due_ && connected_) {
            poll_due_ = false;
            bool const there = co_await reachable();
            if (!there) lose();
        }
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
        if (!connected_) co_return;
        if (!for_machine(received)) {
            act(screen_.receive(received));
        } else if (user_ != nullptr && (received.empty() || received[0] != aid::none)) {
            answer_awaited_ = false;
            if (!answer_kept()) unread_ = received.size();
            user_->screen_attention();
        }
    } else if ((status & s370::status::device_end) != 0) {
        lose(); // another client has taken the place of ours
    }
}

Task<std::span<const u8>> GraphicTerminal::read_modified() {
    std::span<u8> const buffer = input();
    u16 const most = static_cast<u16>(buffer.size());
    program_ = {command::read_modified, machine::real_address(buffer.data()),
                s370::Ccw::SuppressLength, most};
    IoResult result;
    result = co_await device_.run(&program_, true);
    if (!judge(result) || !result.ok() || result.csw.count > most) co_return std::span<const u8>{};
    co_return buffer.first(static_cast<usize>(most - result.csw.count));
}

Task<> GraphicTerminal::flush() {
    while (owner_ != Owner::Machine) {
        Screen::Outbound const out = screen_.compose(outbound_);
        if (out.length == 0 || !connected_) break;
        program_ = {out.command, machine::real_address(outbound_), s370::Ccw::SuppressLength,
                    static_cast<u16>(out.length)};
        IoResult result;
        result = co_await device_.run(&program_, true);
        poll_timer_.cancel(); // it has just been reached
        judge(result);
    }
}

// False: the client is gone. Other errors are none of ours to repair; a client that
// refuses a stream is its user's problem.
bool GraphicTerminal::judge(const IoResult& result) {
    if (!dropped(result)) return true;
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
    answer_awaited_ = false;
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
        poll_timer_.start(poll_interval, device_.attention);
    }
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
