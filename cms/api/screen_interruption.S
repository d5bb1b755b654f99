// The HNDINT routine of FullScreen (full_screen.h): the nucleus enters it at register 15 with
// the CSW in 2 and 3. What it tells the program is in cms_screen_status: byte 0 is set for an
// attention, byte 1 for channel end, and at 8 are the status and count of the latter. The
// program clears each byte with one store, so that no interruption is lost between. The
// attention that comes with a unit check is none of a key. Zero in 15: all is done.
        .text
        .balign 8
        .globl  cms_screen_interruption
        .type   cms_screen_interruption, @function
cms_screen_interruption:
        l       %r1,status_address-cms_screen_interruption(%r15)
        st      %r3,4(%r1)
        tm      4(%r1),0x08
        bc      8,no_end-cms_screen_interruption(%r15)
        mvc     8(4,%r1),4(%r1)
        mvi     1(%r1),1
        tm      4(%r1),0x02
        bc      1,done-cms_screen_interruption(%r15)
        .type   no_end, @function
no_end: tm      4(%r1),0x80
        bc      8,done-cms_screen_interruption(%r15)
        mvi     0(%r1),1
        .type   done, @function
done:   slr     %r15,%r15
        br      %r14
        .balign 4
        .type   status_address, @object
status_address:
        .long   cms_screen_status
        .size   status_address, .-status_address
