// The HNDINT routine of FullScreen (full_screen.h): the nucleus enters it at register 15 with
// the CSW in 2 and 3. Status bits gather in a word until the program takes them; behind it
// are the last CSW and the last with channel end. Zero in 15: the interruption is done with.
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
        .type   no_end, @function
no_end: o       %r3,0(%r1)
        st      %r3,0(%r1)
        slr     %r15,%r15
        br      %r14
        .balign 4
        .type   status_address, @object
status_address:
        .long   cms_screen_status
        .size   status_address, .-status_address
