#include "cp/command/card_reader.h"

#include "cp/command/directory.h"
#include "cp/command/session.h"
#include "cp/guest/card_deck.h"
#include "cp/guest/paper.h"
#include "cp/io/real_io.h"
#include "s370/machine/storage.h"

namespace cp {

using namespace s370;

namespace {

constexpr u32 card_length = CardDeck::card_length;

struct Buffer {
    Ccw program;
    u8 card[card_length];
    DirectoryUser directory;
};

// The user of an ID card; empty: it is none.
Text owner_of(Text card) {
    Fields fields(card);
    Text const word = fields.next();
    if (!(word == "ID"_e) && !(word == "USERID"_e)) return {};
    Text const userid = fields.next();
    return userid.size() <= 8 ? userid : Text{};
}

void tell(const RealDevice& reader, Text what, Text userid) {
    Line<80> line("RDR "_e);
    line.hex(reader.address().value, 3) << what << userid;
    tell_operator(line);
}

void finish(const RealDevice& reader, CardDeck* deck) {
    if (deck == nullptr) return;
    if (deck->cards() == 0) {
        delete deck;
        return;
    }
    tell(reader, " DECK FOR "_e, deck->userid());
    deliver(*deck);
}

// The deck of the ID card in `buffer`; nullptr: nobody can have it.
Task<CardDeck*> begin_deck(const RealDevice& reader, Buffer& buffer) {
    Text const userid = owner_of(Text(buffer.card, card_length));
    auto found = DirectoryUser::Found::No;
    if (!userid.empty()) found = co_await buffer.directory.look_up(Name8(userid));
    CardDeck* deck = nullptr;
    if (userid.empty())
        tell(reader, " ID CARD MISSING OR INVALID"_e, {});
    else if (found != DirectoryUser::Found::Yes)
        tell(reader, " ID CARD INVALID - NOT IN CP DIRECTORY: "_e, userid);
    else if (deck = free_storage::create<CardDeck>(userid); deck == nullptr)
        tell(reader, " DECK TOO LARGE FOR "_e, userid);
    co_return deck;
}

// False, and no deck any more, when there is no room.
bool add_card(const RealDevice& reader, const u8* card, CardDeck*& deck) {
    if (deck->add({card, card_length})) return true;
    tell(reader, " DECK TOO LARGE FOR "_e, deck->userid());
    delete deck;
    deck = nullptr;
    return false;
}

Task<> serve(RealDevice& reader, Buffer* buffer) {
    CardDeck* deck = nullptr;
    bool any = false;      // cards since the last end of file
    bool skipping = false; // to the end of a deck that nobody gets
    buffer->program =
        Ccw(command::read, machine::real_address(buffer->card), Ccw::SuppressLength, card_length);
    for (;;) {
        Task<IoResult> request = reader.run(&buffer->program, true);
        IoResult const result = co_await request;
        if (result.ok()) {
            any = true;
            if (skipping) continue;
            if (deck != nullptr) {
                skipping = !add_card(reader, buffer->card, deck);
                continue;
            }
            deck = co_await begin_deck(reader, *buffer);
            skipping = deck == nullptr;
            continue;
        }
        // The end of the deck: end of file, or no more cards.
        finish(reader, deck);
        deck = nullptr;
        skipping = false;
        if (result.condition_code != 0) break;
        bool const more = any && (result.csw.status & status::unit_exception) != 0;
        any = false;
        if (!more) co_await reader.attention;
    }
    free_storage::destroy(buffer);
}

} // namespace

void start_card_readers() {
    for (RealDevice& device : real_devices()) {
        if (device.device_class() != DeviceClass::Reader) continue;
        if (Buffer* const buffer = free_storage::create<Buffer>()) spawn(serve(device, buffer));
    }
}

void start_printer() {
    for (RealDevice& device : real_devices()) {
        if (device.device_class() != DeviceClass::Printer) continue;
        paper::start(device);
        return;
    }
}

} // namespace cp
