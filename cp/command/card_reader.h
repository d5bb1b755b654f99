// Real card readers: decks for virtual readers (DMKRSE, DMKRSP's input side).
//
// A deck begins with an ID card, `ID userid ...` or `USERID userid ...`, which is not
// part of it, and ends with the reader's end of file or its last card.
#pragma once

namespace cp {

// A task for each reader that answered at start.
void start_card_readers();
// The first real printer prints what virtual printers do.
void start_printer();

} // namespace cp
