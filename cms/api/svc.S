# SVC 202 and SVC 203 for C++ (cms/api/svc.h). Arguments arrive in
# registers 2 and 3 and register 15 is the caller's stack: the return code that
# the nucleus leaves there is moved out before the stack pointer is put back.
        .text
        .align  2

# i32 cms_svc202(u32 plist_and_type, u32 eplist)
        .globl  cms_svc202
cms_svc202:
        lr      1,2
        lr      0,3
        lr      5,15
        svc     202
        .long   .Lreturned              # an error returns here like success
.Lreturned:
        lr      2,15
        lr      15,5
        br      14

# u32 cms_dmsfree(u32 doublewords, u32 nucleus)
        .globl  cms_dmsfree
cms_dmsfree:
        lr      0,2
        lr      5,15
        balr    4,0
.Lfree: ltr     3,3
        bc      7,.Lnucleus-.Lfree(0,4)
        svc     203
        .short  -0x1E04                 # DMSFREE TYPE=USER,ERR=*
        bc      15,.Lgot-.Lfree(0,4)
.Lnucleus:
        svc     203
        .short  -0x3E04                 # DMSFREE TYPE=NUCLEUS,ERR=*
.Lgot:  lr      2,1
        ltr     15,15
        lr      15,5
        bcr     8,14
        slr     2,2
        br      14

# i32 cms_dmsfret(u32 doublewords, u32 address)
        .globl  cms_dmsfret
cms_dmsfret:
        lr      0,2
        lr      1,3
        lr      5,15
        svc     203
        .short  -0x0205                 # DMSFRET ERR=*
        lr      2,15
        lr      15,5
        br      14
