// Loads a program from the card deck that was IPLed (card_deck.cpp): cards of 80
// bytes to consecutive storage.
//
// Card 1 holds a PSW and two CCWs, card 2 the CCWs that read this loader's cards
// to 800, entered in BC mode, disabled, key 0. Location 2 has the reader's address.
// Ends in a disabled wait at E01 (not operational) or E02 (error; CSW at 64).
#include "loaders/channel_program.inc"

        .text
        .globl  _start
_start: balr    %r12,0
base:   lh      %r11,2                          // device
        l       %r4,load_address-base(%r12)
        l       %r5,cards-base(%r12)
next:   st      %r4,read-base(%r12)
        mvi     read-base(%r12),0x02
        la      %r9,20                          // tries
        run_channel_program read, failed
        la      %r4,80(%r4)
        bct     %r5,next-base(%r12)
        l       %r1,entry-base(%r12)
        br      %r1

failed: la      %r1,0xe02
stop:   st      %r1,wait_psw+4-base(%r12)
        lpsw    wait_psw-base(%r12)

        .balign 8
        .type   wait_psw, @object
        .size   wait_psw, _start + 240 - wait_psw
wait_psw:
        .long   0x00020000, 0
read:   .long   0, 0x20000050
// Filled in by card_deck.
        .org    _start + 240 - 12
load_address:
        .long   0
cards:  .long   0
entry:  .long   0
