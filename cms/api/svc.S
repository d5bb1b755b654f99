// SVC 202 and SVC 203 for C++ (cms/api/svc.h). Arguments arrive in registers 2
// and 3, and register 15 is the caller's stack: the return code that the nucleus
// leaves there is moved out before the stack pointer is put back.
        .text
        .balign 8

// i32 cms_svc202(u32 plist_and_type, u32 eplist)
        .globl  cms_svc202
        .type   cms_svc202, @function
cms_svc202:
        lr      %r1,%r2
        lr      %r0,%r3
        lr      %r5,%r15
        svc     202
        .type   error_return, @object
error_return:
        .long   returned                // an error returns where success does
        .size   error_return, .-error_return
        .type   returned, @function
returned:
        lr      %r2,%r15
        lr      %r15,%r5
        br      %r14

// u32 cms_dmsfree(u32 doublewords, u32 nucleus)
        .globl  cms_dmsfree
        .type   cms_dmsfree, @function
cms_dmsfree:
        lr      %r0,%r2
        lr      %r5,%r15
        balr    %r4,%r0
free_base:
        ltr     %r3,%r3
        bc      7,free_nucleus-free_base(%r4)
        svc     203
        .type   free_user_code, @object
free_user_code:
        .short  -0x1E04                 // DMSFREE TYPE=USER,ERR=*
        .size   free_user_code, .-free_user_code
        .type   free_user_done, @function
free_user_done:
        b       free_done-free_base(%r4)
        .type   free_nucleus, @function
free_nucleus:
        svc     203
        .type   free_nucleus_code, @object
free_nucleus_code:
        .short  -0x3E04                 // DMSFREE TYPE=NUCLEUS,ERR=*
        .size   free_nucleus_code, .-free_nucleus_code
        .type   free_done, @function
free_done:
        lr      %r2,%r1
        ltr     %r15,%r15
        lr      %r15,%r5
        bcr     8,%r14
        slr     %r2,%r2
        br      %r14

// i32 cms_dmsfret(u32 doublewords, u32 address)
        .globl  cms_dmsfret
        .type   cms_dmsfret, @function
cms_dmsfret:
        lr      %r0,%r2
        lr      %r1,%r3
        lr      %r5,%r15
        svc     203
        .type   fret_code, @object
fret_code:
        .short  -0x0205                 // DMSFRET ERR=*
        .size   fret_code, .-fret_code
        .type   fret_done, @function
fret_done:
        lr      %r2,%r15
        lr      %r15,%r5
        br      %r14

// void cms_dmskey(u32 nucleus): the key of the nucleus, or back from it
        .globl  cms_dmskey
        .type   cms_dmskey, @function
cms_dmskey:
        lr      %r5,%r15
        balr    %r4,%r0
key_base:
        ltr     %r2,%r2
        bc      8,key_back-key_base(%r4)
        svc     203
        .type   key_nucleus_code, @object
key_nucleus_code:
        .short  0x0108                  // DMSKEY NUCLEUS
        .size   key_nucleus_code, .-key_nucleus_code
        .type   key_done, @function
key_done:
        lr      %r15,%r5
        br      %r14
        .type   key_back, @function
key_back:
        svc     203
        .type   key_reset_code, @object
key_reset_code:
        .short  0x0208                  // DMSKEY RESET
        .size   key_reset_code, .-key_reset_code
        .type   key_back_done, @function
key_back_done:
        lr      %r15,%r5
        br      %r14
