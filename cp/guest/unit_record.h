// Card reader, card punch and printer of a virtual machine (DMKVSP).
//
// Cards come from a CardSource, lines and cards go to an OutputSink; both are
// what spool files will be. Without a source the reader is empty: intervention
// required. Without a sink lines and cards go to the real printer (paper.h).
#pragma once

#include "cp/guest/virtual_device.h"

namespace cp {

class ChannelWalker;

// A deck in a reader. Given to the reader it belongs to it.
class CardSource {
  public:
    virtual ~CardSource() = default;
    static void operator delete(void* deck, usize bytes) { free_storage::give(deck, bytes); }
    // The next card, cut or not filled to the size of `card`; its length, or 0 at the end.
    virtual u32 read(std::span<u8> card) = 0;
};

class OutputSink {
  public:
    virtual ~OutputSink() = default;
    // A record as the channel command `command` gave it (carriage control included).
    virtual void record(u8 command, std::span<const u8> data) = 0;
};

VirtualReader* attach_reader(VirtualMachine& vm, s370::DeviceAddress address, u16 type = 0x2540,
                             u8 spool_class = 'A'_e);
VirtualOutput* attach_punch(VirtualMachine& vm, s370::DeviceAddress address, u16 type = 0x2540,
                            u8 spool_class = 'A'_e);
VirtualOutput* attach_printer(VirtualMachine& vm, s370::DeviceAddress address, u16 type = 0x1403,
                              u8 spool_class = 'A'_e);

// What reader, punch and printer share: the channel program is done at once, card
// by card or line by line, with channel end and device end together.
class UnitRecord : public VirtualDevice {
  public:
    UnitRecord(VirtualMachine& owner, s370::DeviceAddress address, u16 type, u8 spool_class)
        : VirtualDevice(owner, address), type_(type), spool_class_(spool_class) {}

    void start(const ProgramStart& program) final;
    void halt() override {} // the program ends by itself
    void reset() override;
    std::span<const u8> sense() const override { return {sense_, 1}; }
    u8 spool_class() const { return spool_class_; }
    void set_spool_class(u8 spool_class) { spool_class_ = spool_class; }
    void set_ready(bool ready) { ready_ = ready; }

  protected:
    // It cannot take more at present: programs wait.
    virtual bool crowded() const { return false; }
    // Performs the command of the walker's CCW; the unit status. Sets sense_ with unit check.
    virtual u16 perform(ChannelWalker& walker) = 0;
    u16 refuse(u8 sense);
    // A command that moves nothing has ended: what is left of its count.
    virtual u16 no_data(ChannelWalker&) const;
    // The second and third line of QUERY VIRTUAL start so.
    void describe_owner(Line<80>& line) const;

    u16 type_;
    u8 spool_class_;
    bool ready_ = true;
    u8 sense_[4]{};

  private:
    u16 command(ChannelWalker& walker);
    void end(const ChannelWalker& walker, u16 unit_status);
    Task<> run(ProgramStart program, bool begun);
};

class VirtualReader final : public UnitRecord {
  public:
    using UnitRecord::UnitRecord;
    ~VirtualReader() override { take_out(); }

    DeviceIdentity identity() const override;
    bool describe(u32 index, Line<80>& line) const override;
    VirtualReader* as_reader() override { return this; }

    // Puts a deck, made by free_storage::create, into the empty reader, and tells the guest
    // with device end. False: a deck is in it.
    bool load(CardSource& deck);
    bool empty() const { return deck_ == nullptr; }
    std::span<const u8> sense() const override { return sense_; }
    void take_out();
    // What is left of a deck that was begun goes with its program.
    void reset() override;

  private:
    bool find_deck();
    u16 perform(ChannelWalker& walker) override;
    u16 read_card(ChannelWalker& walker);
    u16 no_data(ChannelWalker& walker) const override;

    CardSource* deck_ = nullptr;
    bool begun_ = false;
};

class VirtualOutput final : public UnitRecord {
  public:
    VirtualOutput(VirtualMachine& owner, s370::DeviceAddress address, u16 type, u8 spool_class,
                  bool punch)
        : UnitRecord(owner, address, type, spool_class), punch_(punch) {}

    DeviceIdentity identity() const override;
    bool describe(u32 index, Line<80>& line) const override;
    VirtualOutput* as_output() override { return this; }

    bool punch() const { return punch_; }
    void set_sink(OutputSink* sink) { sink_ = sink; }
    u32 records() const { return records_; }
    bool ready() const { return ready_; }
    // It cannot take more at present: programs wait.
    bool crowded() const override;
    // A record of CP's own for its user.
    void print(Text line);

  private:
    u16 perform(ChannelWalker& walker) override;
    u16 write(ChannelWalker& walker, u32 longest);
    static void pass_over(ChannelWalker& walker);
    void record(u8 command, std::span<const u8> data);

    bool punch_;
    OutputSink* sink_ = nullptr;
    u32 records_ = 0;
};

// Where CP prints for a machine's user (TRACE, DUMP): the printer with the lowest address.
VirtualOutput* first_printer(VirtualMachine& vm);
// Prints a line there, when there is room for it. False: there is no printer that is ready.
Task<bool> print_line(VirtualMachine& vm, Text line);

} // namespace cp
