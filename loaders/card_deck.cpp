// card-deck LOADER BINARY ADDRESS ENTRY DECK: turns a storage image into an IPLable deck of
// 80-byte cards. ADDRESS and ENTRY are hexadecimal; the loader occupies 800-8EF.
// LOADER is ipl_card.bin.
#include "s370/arch/ccw.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

namespace {

using Bytes = std::vector<unsigned char>;

constexpr std::size_t card = 80, loader_cards = 3, loader_address = 0x800;
constexpr std::size_t loader_size = loader_cards * card;

Bytes read_file(const std::string& name) {
    std::ifstream file(name, std::ios::binary);
    if (!file) {
        std::cerr << "card-deck: cannot read " << name << "\n";
        std::exit(1);
    }
    return Bytes(std::istreambuf_iterator<char>(file), {});
}

template <typename T>
void append(Bytes& deck, const T& value) {
    auto const* bytes = reinterpret_cast<const unsigned char*>(&value);
    deck.insert(deck.end(), bytes, bytes + sizeof value);
}

void end_card(Bytes& deck) { deck.resize((deck.size() + card - 1) / card * card); }

} // namespace

int main(int argc, char** argv) {
    if (argc != 6) {
        std::cerr << "usage: card-deck LOADER BINARY ADDRESS ENTRY DECK\n";
        return 2;
    }
    Bytes loader = read_file(argv[1]), program = read_file(argv[2]);
    auto const address = static_cast<u32>(std::strtoul(argv[3], nullptr, 16));
    auto const entry = static_cast<u32>(std::strtoul(argv[4], nullptr, 16));
    if (loader.size() != loader_size || program.empty() || address < loader_address + loader_size) {
        std::cerr << "card-deck: bad loader, empty program or address below 8F0\n";
        return 1;
    }
    program.resize((program.size() + card - 1) / card * card);
    Be32 const parameters[3]{address, static_cast<u32>(program.size() / card), entry};
    std::memcpy(&loader[loader_size - sizeof parameters], parameters, sizeof parameters);

    using s370::Ccw;
    Bytes deck;
    append(deck, Be64(u64{loader_address}));
    append(deck, Ccw(s370::command::read, 0x400, Ccw::ChainCommand, card));
    append(deck, Ccw(s370::command::tic, 0x400, 0, 1));
    end_card(deck);
    for (std::size_t i = 0; i < loader_cards; ++i) {
        u8 const flags = i + 1 < loader_cards ? Ccw::ChainCommand : 0;
        append(deck,
               Ccw(s370::command::read, static_cast<u32>(loader_address + i * card), flags, card));
    }
    end_card(deck);
    deck.insert(deck.end(), loader.begin(), loader.end());
    deck.insert(deck.end(), program.begin(), program.end());

    std::ofstream out(argv[5], std::ios::binary);
    out.write(reinterpret_cast<const char*>(deck.data()),
              static_cast<std::streamsize>(deck.size()));
    return out ? 0 : 1;
}
