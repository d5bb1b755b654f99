// A guest's channel program: fetching and checking its CCWs, and reaching its
// data. The one place where CCWs, IDAWs and data addresses from a guest are
// believed; all of it is hostile.
//
// GA22-7000-10 "Execution of Channel Programs". The guest's key applies to CCWs,
// IDAWs and data. A check is the channel status that it causes; 0 is none.
#pragma once

#include "cp/guest/virtual_device.h"
#include "cp/paging/pages.h"
#include "s370/arch/ccw.h"

namespace cp {

enum class Direction : u8 { ToDevice, ToStorage };

// Which way a command moves data: write and control commands take it from storage.
constexpr Direction direction_of(u8 command) {
    return (command & 1) != 0 ? Direction::ToDevice : Direction::ToStorage;
}

// Reads the CCW at `address`: alignment, storage, key. Says nothing about its content.
u16 fetch_ccw(GuestStorage& storage, u8 key, u32 address, s370::Ccw& ccw);
// What the channel itself finds wrong in a CCW that is no TIC.
u16 check_ccw(const s370::Ccw& ccw, bool data_chained);

// Fetches the CCW that is due at `address`, following one TIC; `address` becomes the
// place of the CCW returned, or of the one with the check: a TIC that leads nowhere.
u16 fetch_chained(GuestStorage& storage, u8 key, u32& address, s370::Ccw& ccw, bool data_chained);

// The storage that one CCW designates.
class DataArea {
  public:
    DataArea(GuestStorage& storage, u8 key, const s370::Ccw& ccw, Direction direction)
        : storage_(storage), ccw_(ccw), key_(key), direction_(direction) {}

    // Where byte `offset` of the area lies, and how many bytes follow it in the same
    // 2K block; with a check when the byte cannot be reached.
    struct Piece {
        GuestReal address{};
        u32 length = 0;
        u16 check = 0;
    };
    Piece piece(u32 offset);

  private:
    u16 indirect(u32 offset, u32& address);
    bool allowed(u32 address, Direction direction);

    GuestStorage& storage_;
    const s370::Ccw& ccw_;
    u8 key_;
    Direction direction_;
};

// Goes through a channel program CCW by CCW: for devices that CP plays itself.
class ChannelWalker {
  public:
    ChannelWalker(GuestStorage& storage, const ProgramStart& start);

    // The program has begun before: its next CCW, at the start's address, is not the first.
    void continue_chain() {
        started_ = true;
        address_ -= 8;
    }
    // The first CCW, then each one that command chaining leads to. False: check() says why.
    bool fetch();
    const s370::Ccw& ccw() const { return ccw_; }
    u32 address() const { return address_; }
    u16 check() const { return check_; }
    bool chained() const {
        return (ccw_.flags & (s370::Ccw::ChainCommand | s370::Ccw::ChainData)) ==
               s370::Ccw::ChainCommand;
    }

    // Moves data through the CCW and those data-chained to it. Answers the bytes
    // moved; fewer than asked when the program's count, or a check, ended it.
    u32 take(std::span<u8> to);        // from storage to the device
    u32 put(std::span<const u8> from); // from the device to storage
    // All that the device has for the command: its sense bytes, or what sense id gets.
    void give(std::span<const u8> bytes);
    void identify(u16 control_unit, u16 type, u8 model);
    // As if all had been moved.
    void use_up() { left_ = 0; }
    // The device is through with the data: `more` it had, or wanted, than the count.
    void end_data(bool more);

    bool incorrect_length() const { return incorrect_length_; }
    // The device found what only the channel may say (6a: a line that is too long).
    void add_check(u16 check) { check_ |= check; }

    // The CSW with this unit status, the channel's own findings or-ed in. A check that
    // kept a command from its device leaves no unit status.
    s370::Csw csw(u16 unit_status) const;
    // That of the last program-controlled interruption, status 0 for none.
    s370::Csw program_controlled() const;
    // Would the channel go on to the next command after `unit_status`?
    bool goes_on(u16 unit_status) const {
        using namespace s370::status;
        return chained() && check_ == 0 && !incorrect_length_ &&
               (unit_status & (unit_check | unit_exception | attention | busy)) == 0;
    }

  private:
    u32 move(u8* data, u32 length, Direction direction);
    bool next_data();
    void begin(bool data_chained);
    bool suppresses_length() const;

    GuestStorage& storage_;
    u8 key_;
    bool started_ = false, ipl_;
    bool incorrect_length_ = false;
    bool executed_ = false; // the check came when the device had done its part
    u16 check_ = 0;
    bool controlled_ = false;
    u32 controlled_at_ = 0;
    u32 address_;
    u32 left_ = 0; // of the count
    s370::Ccw ccw_{};
};

// Does the program begin with SENSE? Then it gets `sense`, which is zero afterwards, and
// `walker` stands at that command.
bool give_sense(ChannelWalker& walker, std::span<u8> sense);

} // namespace cp
