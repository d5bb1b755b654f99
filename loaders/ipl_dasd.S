// Loads a nucleus from the disk that was IPLed (nucleus.h), a record at a time.
//
// Entered at 800 in BC mode, disabled, key 0, the device's address at location
// 2. Knows nothing but SIO and TIO: works on the bare CPU and in a virtual
// machine. Location 2 stays as it is for the nucleus.
// Ends in a disabled wait at E00 (no nucleus here), E01 (not operational) or
// E02 (error; CSW at location 64).
#include "loaders/channel_program.inc"

        .text
        .globl  _start
_start: balr    %r12,0
base:   la      %r1,0xe00
        clc     magic-base(4,%r12),expected-base(%r12)
        bc      7,stop-base(%r12)
        lh      %r11,2                          // device
        l       %r4,load_address-base(%r12)
        slr     %r5,%r5                         // record
next:   slr     %r6,%r6
        lr      %r7,%r5
        d       %r6,per_cylinder-base(%r12)
        ah      %r7,first_cylinder-base(%r12)
        sth     %r7,seek_address+2-base(%r12)
        lr      %r7,%r6
        slr     %r6,%r6
        d       %r6,per_track-base(%r12)
        sth     %r7,seek_address+4-base(%r12)
        la      %r6,1(%r6)
        stc     %r6,seek_address+6-base(%r12)
        st      %r4,read-base(%r12)
        mvi     read-base(%r12),0x06
        la      %r9,20                          // tries
        run_channel_program program, again

        ah      %r4,record_size-base(%r12)
        la      %r5,1(%r5)
        cl      %r5,records-base(%r12)
        bc      4,next-base(%r12)
        l       %r1,entry-base(%r12)
        br      %r1

again:  bct     %r9,start-base(%r12)
failed: la      %r1,0xe02
stop:   st      %r1,wait_psw+4-base(%r12)
        lpsw    wait_psw-base(%r12)

        .balign 8
        .type   wait_psw, @object
        .size   wait_psw, _start + 800 - wait_psw
wait_psw:
        .long   0x00020000, 0
program:
        .long   0x07000000 + 0x800 + seek_address-_start, 0x40000006
search: .long   0x31000000 + 0x800 + seek_address+2-_start, 0x40000005
        .long   0x08000000 + 0x800 + search-_start, 0
read:   .long   0, 0x20001000
seek_address:                                   // BBCCHH, and R behind it
        .long   0, 0
per_cylinder:
        .long   120
per_track:
        .long   4
expected:
        .long   0xd5e4c3d3
record_size:
        .short  4096

        .org    _start + 800 - 32
magic:  .long   0
load_address:
        .long   0
records:
        .long   0
entry:  .long   0
first_cylinder:
        .short  0
        .skip   14
