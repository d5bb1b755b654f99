#include "cp/guest/card_deck.h"

#include "cp/base/free_storage.h"
#include "cp/guest/virtual_machine.h"

#include <algorithm>

namespace cp {

namespace {
constinit List<CardDeck> waiting;
}

CardDeck::~CardDeck() {
    unlink();
    while (first_ != nullptr) {
        Block* const next = first_->next;
        free_storage::destroy(first_);
        first_ = next;
    }
}

bool CardDeck::add(std::span<const u8> card) {
    if (cards_ == most_cards) return false;
    u32 const place = cards_ % block_cards;
    if (place == 0) {
        Block* const block = free_storage::create<Block>();
        if (block == nullptr) return false;
        block->next = nullptr;
        if (last_ == nullptr)
            first_ = reading_ = block;
        else
            last_->next = block;
        last_ = block;
    }
    u8* const to = last_->cards[place];
    std::fill_n(to, card_length, u8{0x40});
    std::copy_n(card.begin(), std::min<usize>(card.size(), card_length), to);
    ++cards_;
    return true;
}

u32 CardDeck::read(std::span<u8> card) {
    if (taken_ == cards_) return 0;
    if (taken_ != 0 && taken_ % block_cards == 0) reading_ = reading_->next;
    std::copy_n(reading_->cards[taken_ % block_cards], std::min<usize>(card.size(), card_length),
                card.begin());
    ++taken_;
    return card_length;
}

void deliver(CardDeck& deck) {
    VirtualMachine* const vm = find_virtual_machine(deck.userid());
    if (vm != nullptr) {
        for (VirtualDevice& device : vm->io.devices()) {
            VirtualReader* const reader = device.as_reader();
            if (reader != nullptr && reader->load(deck)) return;
        }
    }
    waiting.push_back(deck);
}

CardDeck* take_waiting_deck(Text userid) {
    for (CardDeck& deck : waiting) {
        if (!(deck.userid() == userid)) continue;
        deck.unlink();
        return &deck;
    }
    return nullptr;
}

} // namespace cp
