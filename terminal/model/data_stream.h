// The 3270 data stream of a host, applied to a Screen.
//
// GA23-0059 "Commands", "Orders". Bytes are the records of a telnet session (after
// IAC unescaping, without EOR), commands in the local or the remote code. Input is
// hostile: whatever comes, the screen stays consistent, and what was refused is told.
//
// Where the manual leaves a malformed stream open, this does what users' x3270
// family does, as observed: a record lies in a buffer that keeps what earlier records left
// behind its end, and an order cut off by the end takes its operand there.
#pragma once

#include "terminal/model/screen.h"

#include <span>
#include <string>

namespace terminal {

using Bytes = std::vector<u8>;

// What this terminal is and can do; decides the query replies.
struct Features {
    bool colour = true;           // 3279, not 3278
    u16 codepage = 37;            // CCSID of the host code page
    u16 character_set = 697;      // and the GCSGID of its characters
    Size most;                    // the largest screen, whatever an application binds
    u16 transfer_buffer = 0x4000; // the longest file-transfer record
};

struct Record {
    std::span<const u8> buffer; // its bytes, and what longer ones before it left behind them
    usize header = 0;           // so many at its start are not for the stream
    usize end = 0;              // of it; outside of the buffer where it was too long
};

enum class ReplyMode : u8 { Field = 0, ExtendedField = 1, Character = 2 };

class DataStream {
  public:
    DataStream(Screen& screen, const Features& features) : screen_(screen), features_(features) {}

    // How a refusal is called in a negative response (RFC 2355).
    enum class Refusal : u8 { None, Command, Operation };

    void use_features(const Features& features) { features_ = features; }

    struct Outcome {
        Refusal refusal = Refusal::None;
        std::string refused;           // why (the rest of) the record was dropped; else empty
        bool restore_keyboard = false; // and the AID is forgotten
        bool written = false;          // a write command was done
        // A query was answered, which inhibits input, or a write came, which ends that.
        std::optional<bool> inhibit;
        bool alarm = false;
        std::vector<Bytes> replies;   // records for the host
        std::vector<Bytes> transfers; // file-transfer structured fields, from X'D0' on

        void refuse(Refusal kind, const char* why) {
            refusal = kind;
            refused = why;
        }
    };

    // One record from the host. One that ends in its header still has the command, and the
    // write control, that the buffer has there.
    Outcome receive(const Record& record);
    Outcome receive(std::span<const u8> bytes) { return receive({bytes, 0, bytes.size()}); }

    // Data of the system services control point (SSCP-LU), without fields and orders.
    Outcome receive_system(std::span<const u8> data);
    // Whether it is the system that has the terminal, and not an application.
    bool in_system() const { return in_system_; }
    // What is on the screen from where the system left the cursor.
    Bytes read_system();

    // The record that an attention key sends, or a Read Modified (All) asks for.
    Bytes read_modified(u8 aid, bool all) const;
    Bytes read_buffer(u8 aid) const;

    // The AID of the key that was pressed last; the host's reads repeat it.
    void set_aid(u8 aid) { aid_ = aid; }
    u8 aid() const { return aid_; }
    ReplyMode reply_mode() const { return reply_mode_; }
    void set_transfer_buffer(u16 bytes) { features_.transfer_buffer = bytes; }
    // What Read Modified gets, while the AID is that of a structured field.
    void set_structured_reply(Bytes reply) {
        structured_reply_ = std::move(reply);
        aid_ = 0x88;
    }
    // Erases the screen, and takes the normal or alternate size.
    void erase(bool alternate);
    // The session entered or left a mode: as at power-on, but for what is on the screen.
    void change_mode(bool in_system);
    // As at power-on.
    void reset();

  private:
    friend class Writer;
    friend class StructuredFields;
    // `outbound`: in a structured field, where erasing keeps the screen's size.
    void command(usize start, usize end, bool outbound, Outcome& outcome);

    Screen& screen_;
    Features features_;
    std::span<const u8> buffer_; // of the record that is being received
    ReplyMode reply_mode_ = ReplyMode::Field;
    Bytes reply_attributes_; // the types that a character-mode reply tells
    u8 aid_ = 0x60;
    Bytes structured_reply_;
    bool in_system_ = false;
    u32 address_ = 0;      // where the last write ended, and the system goes on
    u32 system_start_ = 0; // where what the user types for the system begins
};

} // namespace terminal
