#include "cp/io/screen.h"

#include "cp/base/free_storage.h"

namespace cp {

using namespace s370::ds3270;

namespace {

constexpr u8 blank = 0x40;
constexpr Microseconds until_alarm = seconds(50), until_cleared = seconds(10),
                       not_accepted_time = seconds(3);

// What a display cannot show, and what it would take for an order.
constexpr u8 displayable(u8 c) { return c < blank || c == 0xFF ? blank : c; }

constexpr Text status_text(Screen::Status status) {
    switch (status) {
    case Screen::Status::None: return {};
    case Screen::Status::CpRead: return "CP READ"_e;
    case Screen::Status::VmRead: return "VM READ"_e;
    case Screen::Status::Running: return "RUNNING"_e;
    case Screen::Status::More: return "MORE..."_e;
    case Screen::Status::Holding: return "HOLDING"_e;
    case Screen::Status::NotAccepted: return "NOT ACCEPTED"_e;
    }
    return {};
}

constexpr u32 most_addresses_of_12_bits = 1 << 12;
constexpr usize around_rows = 96; // of a stream: all that is not the output area

// Composes a stream for a screen of so many cells; what does not fit is dropped, and
// cannot happen when room() was asked.
class Stream {
  public:
    Stream(std::span<u8> bytes, u32 cells) : bytes_(bytes), cells_(cells) {}

    bool room(usize bytes) const { return size_ + bytes <= bytes_.size(); }

    void put(u8 byte) {
        if (size_ < bytes_.size()) bytes_[size_++] = byte;
    }
    void put(Text text) {
        for (u8 c : text) put(c);
    }
    void address(u32 position) {
        for (u8 byte :
             cells_ > most_addresses_of_12_bits ? address14(position) : address12(position))
            put(byte);
    }
    void move_to(u32 position) {
        put(order::set_buffer_address);
        address(position);
    }
    void field(u8 attributes) {
        put(order::start_field);
        put(graphic(attributes));
    }
    void fill_to(u32 position, u8 with) {
        put(order::repeat_to_address);
        address(position);
        put(with);
    }
    usize size() const { return size_; }

  private:
    std::span<u8> bytes_;
    u32 cells_;
    usize size_ = 0;
};

} // namespace

void Screen::give_cells() {
    if (cells_ != model_cells_) free_storage::give(cells_, size_.cells());
    cells_ = model_cells_;
}

void Screen::open(ScreenSize size) {
    if (size != size_ || cells_ == model_cells_) {
        give_cells();
        size_ = size;
        if (output_rows() * size.columns > model_area) {
            cells_ = static_cast<u8*>(free_storage::take(size.cells()));
            if (cells_ == nullptr) {
                cells_ = model_cells_;
                size_ = {};
            }
        }
    }
    erase_cells();
    echo_.clear();
    reading_ = false;
    idle_ = Activity::None;
    hold(Hold::None);
    clear_at_input_ = false;
    repaint_ = true;
}

void Screen::reopen() {
    erase_cells();
    hold(Hold::None);
    clear_at_input_ = false;
    restore_ = false; // the repainting does it
    repaint_ = true;
}

bool Screen::ask_to_clear() {
    if (!unseen_ || hold_ != Hold::None) return false;
    hold(Hold::More);
    return true;
}

void Screen::erase_cells() {
    std::fill_n(cells_, output_rows() * size_.columns, blank);
    std::fill_n(length_, most_rows, u8{0});
    std::fill_n(dirty_, most_rows, false);
    next_row_ = column_ = 0;
    unseen_ = false;
}

bool Screen::append(Text text, bool same_line) {
    u32 at = 0;
    u32 target = next_row_;
    if (same_line && next_row_ > 0 && column_ + text.size() <= size_.columns) {
        at = column_;
        target = next_row_ - 1;
    } else if (!room()) {
        if (hold_ == Hold::NotAccepted) restore_ = true;
        if (hold_ == Hold::None || hold_ == Hold::NotAccepted) hold(Hold::More);
        return false;
    }

    u8* to = row(target) + at;
    Text const fitting = text.substr(0, size_.columns - at);
    for (u8 c : fitting) *to++ = displayable(c);
    column_ = at + static_cast<u32>(fitting.size());
    length_[target] =
        static_cast<u8>(Text(row(target), size_.columns).without_trailing_blanks().size());
    dirty_[target] = true;
    if (target == next_row_) ++next_row_;
    unseen_ = true;
    return true;
}

void Screen::clear_output() {
    erase_cells();
    erase_output_ = true;
    clear_at_input_ = false;
    hold(Hold::None);
    if (echo_.size() == 0) return;
    InputLine const echo = echo_;
    echo_.clear();
    show_echo(echo);
}

// What finds no room waits until the area is cleared.
void Screen::show_echo(Text line) {
    for (; !line.empty(); line = line.substr(size_.columns)) {
        if (append(line.substr(0, size_.columns))) continue;
        echo_ << line;
        return;
    }
}

void Screen::place(u32 line, Text text) {
    if (line >= output_rows()) return;
    // Over what is there, also beyond the end of the line.
    u32 const start = line * size_.columns;
    u32 const end = output_rows() * size_.columns;
    u32 position = start;
    for (u8 c : text) {
        if (position == end) break;
        cells_[position++] = displayable(c);
    }
    u32 const last = position == start ? line : (position - 1) / size_.columns;
    for (u32 r = line; r <= last; ++r) {
        length_[r] = static_cast<u8>(Text(row(r), size_.columns).without_trailing_blanks().size());
        dirty_[r] = true;
    }
    if (next_row_ <= last) next_row_ = last + 1;
    column_ = size_.columns; // the next line is a new one
}

void Screen::begin_read(ReadMode mode) {
    reading_ = true;
    mode_ = mode;
}

void Screen::end_read() { reading_ = false; }

Screen::Status Screen::status() const {
    switch (hold_) {
    case Hold::More:
    case Hold::MoreAlarmed: return Status::More;
    case Hold::Holding: return Status::Holding;
    case Hold::NotAccepted: return Status::NotAccepted;
    case Hold::None: break;
    }
    if (reading_) return mode_ == ReadMode::Virtual ? Status::VmRead : Status::CpRead;
    return idle_ == Activity::Running ? Status::Running : Status::None;
}

void Screen::hold(Hold hold) {
    if (hold_ == hold) return;
    hold_ = hold;
    ++period_;
}

Microseconds Screen::timeout() const {
    switch (hold_) {
    case Hold::More: return until_alarm;
    case Hold::MoreAlarmed: return until_cleared;
    case Hold::NotAccepted: return not_accepted_time;
    case Hold::None:
    case Hold::Holding: break;
    }
    return {};
}

void Screen::expired() {
    switch (hold_) {
    case Hold::More:
        alarm_ = true;
        hold(Hold::MoreAlarmed);
        break;
    case Hold::MoreAlarmed: clear_output(); break;
    case Hold::NotAccepted:
        restore_ = true;
        hold(Hold::None);
        break;
    case Hold::None:
    case Hold::Holding: break;
    }
}

Screen::Event Screen::receive(std::span<const u8> inbound) {
    if (inbound.empty() || inbound[0] == aid::none || inbound[0] == aid::structured_field)
        return {};
    // The key locked the keyboard and, if it was CLEAR, erased the display.
    if (hold_ != Hold::NotAccepted) restore_ = true;
    return key(inbound[0], inbound.subspan(1));
}

Screen::Event Screen::key(u8 aid, std::span<const u8> fields) {
    switch (aid) {
    case aid::enter:
        if (hold_ == Hold::More || hold_ == Hold::MoreAlarmed) hold(Hold::Holding);
        if (hold_ != Hold::None) return {};
        return {Event::Kind::Line, 0, input_of(fields)};
    case aid::clear:
        repaint_ = true;
        clear_output();
        return {};
    case aid::pa2: clear_output(); return {};
    case aid::pa1:
        if (clear_at_input_) clear_output();
        return {Event::Kind::Attention, 0, {}};
    default: break;
    }
    if (u32 const number = aid::pf_number(aid); number != 0)
        return {Event::Kind::FunctionKey, number, {}};
    return {};
}

// The cursor address, then each modified field as an SBA order, address and data.
// Only what lies in our one input field counts.
InputLine Screen::input_of(std::span<const u8> fields) const {
    InputLine line;
    bool ours = false;
    for (usize i = 2; i < fields.size(); ++i) {
        u8 const c = fields[i];
        if (c == order::set_buffer_address) {
            if (i + 2 >= fields.size()) break;
            ours = decode_address(fields[i + 1], fields[i + 2]) == input_start() + 1;
            i += 2;
        } else if (ours && c != 0) {
            line << displayable(c);
        }
    }
    return line;
}

void Screen::accept(Text line, bool echo) {
    erase_input_ = true;
    restore_ = true;
    if (clear_at_input_) clear_output();
    if (echo) show_echo(line);
    unseen_ = false;
}

void Screen::refuse() {
    restore_ = false;
    hold(Hold::NotAccepted);
}

Screen::Outbound Screen::compose(std::span<u8> bytes) {
    bool const hidden = reading_ && mode_ == ReadMode::Password;
    Status const shown = status();
    if (sent_hidden_ && !hidden) erase_input_ = true; // a password stays unseen
    bool const field_changes = erase_input_ || hidden != sent_hidden_ || repaint_;

    bool lines_change = erase_output_;
    for (u32 r = 0; r < output_rows(); ++r) lines_change = lines_change || dirty_[r];
    if (!lines_change && !field_changes && !restore_ && !alarm_ && shown == sent_status_) return {};

    Stream out(bytes, size_.cells());
    u8 write_control = 0;
    if (restore_ || repaint_) write_control |= wcc::restore_keyboard;
    if (erase_input_ || repaint_) write_control |= wcc::reset_mdt;
    if (alarm_) write_control |= wcc::alarm;
    // Who had the screen before may have changed in what form the terminal replies.
    if (repaint_) write_control |= wcc::reset;
    out.put(graphic(write_control));

    if (repaint_ || erase_output_) {
        if (!repaint_) {
            out.move_to(0);
            out.fill_to(input_start(), 0);
        }
        std::fill_n(sent_, most_rows, u8{0});
    }
    for (u32 r = 0; r < output_rows(); ++r) {
        if (!dirty_[r] && !(repaint_ && length_[r] > 0)) continue;
        dirty_[r] = true;
        if (!out.room(length_[r] + around_rows)) continue; // the next one has it
        out.move_to(r * size_.columns);
        out.put({row(r), length_[r]});
        if (length_[r] < sent_[r]) out.fill_to((r + 1) * size_.columns, 0);
        sent_[r] = length_[r];
        dirty_[r] = false;
    }
    if (field_changes) {
        out.move_to(input_start());
        out.field(hidden ? attribute::nondisplay : attribute::normal);
        if (erase_input_ || repaint_) {
            out.put(order::insert_cursor);
            if (!repaint_) out.fill_to(input_end(), 0);
        }
    }
    if (repaint_) {
        out.move_to(input_end());
        out.field(attribute::skip);
        out.move_to(status_start() - 1);
        out.field(attribute::skip | attribute::intensified);
    }
    if (repaint_ || shown != sent_status_) {
        out.move_to(status_start());
        Line<status_width - 1> word(status_text(shown));
        out.put(word.at(status_width - 1).text());
    }
    if (repaint_) {
        // The last position begins the field that wraps into the output area.
        out.field(attribute::protected_field);
    }

    Outbound result{command::write, out.size()};
    if (repaint_)
        result.command = size_.alternate ? command::erase_write_alternate : command::erase_write;
    repaint_ = erase_output_ = erase_input_ = restore_ = alarm_ = false;
    sent_hidden_ = hidden;
    sent_status_ = shown;
    return result;
}

} // namespace cp
