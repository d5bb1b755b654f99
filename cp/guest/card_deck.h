// Decks of cards that wait for a user's virtual reader (what reader spool files will be).
//
// They lie in CP's free storage: nothing survives CP. A user's decks are read in their
// order of arrival, also after his next logon.
#pragma once

#include "cp/guest/unit_record.h"

namespace cp {

class CardDeck final : public CardSource, public Link<CardDeck> {
  public:
    static constexpr u32 card_length = 80, most_cards = 20000;

    explicit CardDeck(Text userid) : userid_(userid) {}
    ~CardDeck() override;

    Text userid() const { return userid_.text(); }
    u32 cards() const { return cards_; }
    // False: no storage, or too many cards.
    bool add(std::span<const u8> card);
    u32 read(std::span<u8> card) override;

  private:
    static constexpr u32 block_cards = 24;
    struct Block {
        Block* next;
        u8 cards[block_cards][card_length];
    };

    Name8 userid_;
    Block *first_ = nullptr, *last_ = nullptr, *reading_ = nullptr;
    u32 cards_ = 0, taken_ = 0;
};

// Gives a deck to its user: into his empty reader when he is logged on, else it waits.
void deliver(CardDeck& deck);
// The next deck that waits for `userid`; nullptr: none.
CardDeck* take_waiting_deck(Text userid);

} // namespace cp
