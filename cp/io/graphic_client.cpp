// Whether somebody is at a 3270, what he has, and keys of his that nobody announced.
#include "cp/io/graphic_terminal.h"
#include "s370/machine/storage.h"

namespace cp {

using namespace s370::ds3270;

namespace {

constexpr Microseconds query_time = seconds(1);
constexpr Microseconds overtaken_time = milliseconds(200); // when something else came before
constexpr u32 polls_a_check = 5;                           // of a terminal at which nothing happens

} // namespace

// Waits until somebody is there: his device end says so, after Hercules has shown him its own
// screen, which would else come over ours. Nobody says that a client was there already when CP
// started, or when another one's loss was seen late; then a second has to do.
Task<> GraphicTerminal::connect() {
    Signal& wake = device_.attention;
    for (bool waited = false;;) {
        u16 const status = std::exchange(device_.unsolicited_status, u16{0});
        bool const announced = (status & s370::status::device_end) != 0;
        bool const there = co_await reachable();
        if (there && (announced || waited)) break;
        waited = there;
        if (there) poll_timer_.start(query_time, wake);
        co_await wake;
        poll_timer_.cancel();
    }
    connected_ = true;
    line_open_ = false;
    key_ = echo_ = aid::none;
    unchecked_ = false;
    std::span<const u8> reply;
    for (u32 tries = 2; tries > 0 && connected_ && reply.empty(); --tries)
        reply = co_await query(query_time);
    device_.unsolicited_status = 0; // of his coming
    asks_ = !reply.empty();
    screen_.open(screen_size(reply));
}

Task<bool> GraphicTerminal::reachable() {
    IoResult result;
    result = co_await run(program_, command::noop, {outbound_, 1});
    co_return !result.dropped();
}

// What the client answers to Read Partition (Query), or nothing. What it had to say before
// that is dropped, with which Hercules may drop the answer: then `patience` is the time for it.
Task<std::span<const u8>> GraphicTerminal::query(Microseconds patience) {
    Signal& wake = device_.attention;
    std::span<const u8> reply;
    std::copy_n(read_partition_query, sizeof read_partition_query, outbound_);
    IoResult result;
    result = co_await run(program_, command::write_structured_field,
                          {outbound_, sizeof read_partition_query});
    if (!judge(result) || !result.ok()) co_return reply;
    poll_timer_.cancel();
    poll_timer_.start(query_time, wake);
    while (poll_timer_.running() && !is_query_reply(reply)) {
        co_await wake;
        if ((device_.unsolicited_status & s370::status::attention) == 0) continue;
        device_.unsolicited_status &= static_cast<u16>(~s370::status::attention);
        reply = co_await read_modified();
        poll_timer_.cancel();
        poll_timer_.start(patience, wake);
    }
    poll_timer_.cancel();
    kick(); // what else woke us is still to be looked at
    if (!is_query_reply(reply)) reply = {};
    co_return reply;
}

// Asked for without an attention: it may have been lost, and its record not. Where it was not
// lost but is late, the client is asked before he has answered: Hercules drops what has come of
// the answer, or takes it for that to us. So it is done only where a write of ours may have cost
// the attention, and a long time after.
Task<> GraphicTerminal::take_unannounced() {
    reading_ = true;
    std::span<const u8> received;
    received = co_await read_modified();
    reading_ = false;
    room_.wake_all();
    if (!connected_ || received.empty() || received[0] == aid::none) co_return;
    u8 const key = key_of(received);
    if (key == aid::none || key != key_) take_input(received);
    // Where nothing was kept the client was asked. It may have sent the record before, and its
    // answer to us comes after it.
    echo_ = key_;
}

// Hercules 3.13 takes a record from the client and then raises the attention; a channel program
// that starts between costs the attention (console.c; docs/corrections.md). The keyboard stays
// locked, and a Read Modified tells the key, from Hercules or the client, until a write
// restores the keyboard. But Hercules stands still until the client answers, so that only one
// is asked that has just answered a query; and what it sends of its own accord while it is
// asked comes twice. So all that comes before the answer to the query is dropped, and a key is
// taken when it is there the second time. A check that gets no answer comes again soon.
Task<> GraphicTerminal::find_key() {
    reading_ = true;
    std::span<const u8> received;
    for (u32 round = 1; round <= 2; ++round) {
        received = co_await query(overtaken_time);
        if (received.empty()) break;
        received = co_await read_modified();
        bool const pressed = key_of(received) != aid::none;
        unchecked_ = pressed && round == 1;
        if (!pressed) break;
        if (round == 2) take_input(received);
    }
    if (connected_) co_await end_query();
    reading_ = false;
    room_.wake_all();
}

// Since a query the client keeps the keys that are pressed until it is written to. Last, for
// what follows a write at once waits for the client's acknowledgement, 40 ms.
Task<> GraphicTerminal::end_query() {
    outbound_[0] = s370::ds3270::graphic(0);
    IoResult result;
    result = co_await run(program_, command::write, {outbound_, 1});
    judge(result);
}

// A query would disturb the structured fields of a virtual machine.
bool GraphicTerminal::may_have_lost_key() const {
    return unchecked_ && asks_ && key_ == aid::none && !handed_over_ && !speaks_fields_;
}

Task<> GraphicTerminal::poll() {
    if (machine_reading_) co_return;
    if (answer_awaited_ && std::exchange(answer_endangered_, false)) {
        co_await take_unannounced();
    } else if (may_have_lost_key()) {
        co_await find_key();
    } else {
        bool const there = co_await reachable();
        if (!there) lose();
        // It may itself have cost an attention, which is looked for in its turn.
        polls_ = (polls_ + 1) % polls_a_check;
        if (polls_ == 0) unchecked_ = true;
    }
}

} // namespace cp
