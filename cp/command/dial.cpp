#include "cp/command/dial.h"

#include "cp/guest/virtual_display.h"
#include "cp/io/real_io.h"

namespace cp {
namespace {

Line<12> display_name(const VirtualMachine& machine, s370::DeviceAddress address) {
    Line<12> line(machine.userid.text());
    line << ' '_e;
    line.hex(address.value, 3);
    return line;
}

// One connection: it lives from DIAL to the end of it, and then ends itself.
class Connection final : public DialedUser, public DialedLine, public Link<Connection> {
  public:
    Connection(Terminal& terminal, RealDevice& device, VirtualDisplay& display)
        : terminal_(terminal), device_(device), display_(&display),
          name_(display_name(display.owner(), display.address())), userid_(display.owner().userid) {
    }

    Terminal& terminal() const { return terminal_; }
    Text name() const { return name_; }
    void report(Text verb) const;

    // DialedUser
    void connected() override {
        if (display_ != nullptr) display_->connect();
    }
    void unsolicited(u16 status) override {
        if (display_ != nullptr) display_->tell(status);
    }
    void lost() override;

    // DialedLine
    RealDevice& device() override { return device_; }
    void drop() override {
        display_ = nullptr;
        spawn(hang_up());
    }

  private:
    Task<> hang_up();
    void end();

    Terminal& terminal_;
    RealDevice& device_;
    VirtualDisplay* display_; // nullptr: it has dropped us
    Line<12> name_;
    Name8 userid_;
};

constinit List<Connection> connections;

void Connection::report(Text verb) const {
    MessageLine line(terminal_name(&terminal_));
    line << ' '_e << verb << ' '_e << userid_.text() << " DIALED= "_e;
    line.decimal(terminals_dialed(), 3);
    tell_operator(line);
}

void Connection::end() {
    unlink();
    report("DROP FROM"_e);
    terminal_.release();
    free_storage::destroy(this);
}

void Connection::lost() {
    if (display_ != nullptr) display_->hang_up();
    end();
}

Task<> Connection::hang_up() {
    terminal_.hang_up();
    Line<40> line("DROP FROM "_e);
    line << name_;
    co_await terminal_.write(line, true);
    end();
}

VirtualDisplay* free_display(VirtualMachine& machine) {
    for (VirtualDevice& device : machine.io.devices()) {
        VirtualDisplay* const display = device.as_display();
        if (display != nullptr && !display->dialed()) return display;
    }
    return nullptr;
}

// Nothing is waited for here: the display might go meanwhile.
bool connect(Terminal& terminal, VirtualDisplay& display) {
    RealDevice* const device = find_device(terminal.address());
    auto* const connection = free_storage::create<Connection>(terminal, *device, display);
    if (connection == nullptr) return false;
    if (!terminal.dial(*connection)) {
        free_storage::destroy(connection);
        return false;
    }
    display.dial(*connection);
    connections.push_back(*connection);
    connection->report("DIALED TO"_e);
    return true;
}

} // namespace

Task<u32> dial_command(const Caller& caller, Fields operands) {
    Text const userid = operands.next();
    if (userid.empty() || userid.size() > 8) co_return co_await caller.fail("DIA"_e, 20);
    VirtualMachine* const machine = find_virtual_machine(userid);
    if (machine == nullptr || machine->logging_off)
        co_return co_await caller.fail("DIA"_e, 45, userid);

    VirtualDisplay* display = free_display(*machine);
    if (Text const word = operands.next(); !word.empty()) {
        ParsedNumber const number = parse_hex(word);
        if (!number.valid || number.value > 0xFFF) co_return co_await caller.fail("DIA"_e, 22);
        Line<3> address;
        address.hex(number.value, 3);
        VirtualDevice* const device = machine->io.find({static_cast<u16>(number.value)});
        if (device == nullptr) co_return co_await caller.fail("DIA"_e, 47, userid, address);
        display = device->as_display();
        if (display == nullptr) co_return co_await caller.fail("DIA"_e, 11, userid, address);
        if (display->dialed()) co_return co_await caller.fail("DIA"_e, 56, address, userid);
    }
    Terminal& terminal = *caller.terminal();
    if (display == nullptr || !terminal.graphic())
        co_return co_await caller.fail("DIA"_e, 55, userid);

    Line<40> line("DIALED TO "_e);
    line << display_name(*machine, display->address());
    if (!connect(terminal, *display)) co_return co_await caller.fail("DIA"_e, 55, userid);
    co_await terminal.clear();
    co_await terminal.write(line, true);
    co_return 0;
}

u32 terminals_dialed() {
    u32 count = 0;
    for ([[maybe_unused]] Connection& connection : connections) ++count;
    return count;
}

Line<12> dialed_to(s370::DeviceAddress address) {
    Line<12> line;
    for (Connection& connection : connections)
        if (connection.terminal().address() == address) line << connection.name();
    return line;
}

} // namespace cp
