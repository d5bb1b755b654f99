# A program that runs alone on a System/370 and misbehaves on request.
#
# It knows nothing of CP: a 3215 at 009, BC mode, channel programs of its own.
# It types MISCHIEF and reads a letter:
#   S  stores beyond all storage          (program new PSW: disabled wait 0BAD01)
#   B  branches beyond all storage        (program new PSW: disabled wait 0BAD02)
#   O  runs an undefined operation code   (program new PSW: disabled wait 0BAD03)
#   P  takes a program interruption whose new PSW fails in the same way
#   L  loops in SVC for ever
#   C  loops in a branch for ever
#   W  loads a disabled wait PSW, address 0BAD04
#   anything else: types the line back
# Linked at 2000; IPL places it there. Registers: 12 base, 11 return of console.

        .org    0
        .globl  start
start:  balr    12,0
        .set    base, .
        la      1,ready-base(12)
        la      2,ready_end-ready
        bal     11,type-base(12)
again:  bal     11,read-base(12)
        cli     line-base(12),0xE2              # S
        bc      8,store-base(12)
        cli     line-base(12),0xC2              # B
        bc      8,branch-base(12)
        cli     line-base(12),0xD6              # O
        bc      8,operation-base(12)
        cli     line-base(12),0xD7              # P
        bc      8,program-base(12)
        cli     line-base(12),0xD3              # L
        bc      8,svc_loop-base(12)
        cli     line-base(12),0xC3              # C
        bc      8,cpu_loop-base(12)
        cli     line-base(12),0xE6              # W
        bc      8,wait-base(12)
        la      1,line-base(12)
        lr      2,3
        bal     11,type-base(12)
        bc      15,again-base(12)

store:  mvc     104(8,0),wait1-base(12)
        l       1,far-base(12)
        st      1,0(1)
        bc      15,again-base(12)
branch: mvc     104(8,0),wait2-base(12)
        l       1,far-base(12)
        bcr     15,1
operation:
        mvc     104(8,0),wait3-base(12)
        .long   0x00000000
program:
        xc      104(8,0),104(0)
        la      1,program2-base(12)
        st      1,108
program2:
        .long   0x00000000
svc_loop:
        xc      96(8,0),96(0)
        la      1,svc2-base(12)
        st      1,100
svc2:   svc     202
cpu_loop:
        bc      15,cpu_loop-base(12)
wait:   lpsw    wait4-base(12)

# Types the r2 characters at r1.
type:   st      1,write_ccw-base(12)
        mvi     write_ccw-base(12),9
        sth     2,write_ccw+6-base(12)
        la      1,write_ccw-base(12)
        bc      15,start_io-base(12)

# Reads a line; r3 its length.
read:   la      1,line-base(12)
        st      1,read_ccw-base(12)
        mvi     read_ccw-base(12),0x0A
        la      1,read_ccw-base(12)
        st      11,return-base(12)
        bal     11,start_io-base(12)
        lh      3,70                            # residual count
        lcr     3,3
        ah      3,eighty-base(12)
        oc      line-base(80,12),blanks-base(12)
        l       11,return-base(12)
        bcr     15,11

# Starts the channel program at r1 and waits, masked, until the device is free.
start_io:
        st      1,72
sio:    .long   0x9C000009                      # SIO 009
        bc      1,dead-base(12)
        bc      2,sio-base(12)                  # busy: an attention or the end before
        bc      4,sio-base(12)
        mvi     ended-base(12),0
tio:    .long   0x9D000009                      # TIO 009
        bc      1,dead-base(12)
        bc      2,tio-base(12)
        bc      4,note-base(12)                 # status stored
        tm      ended-base(12),4                # device end seen?
        bc      8,tio-base(12)
        bcr     15,11
note:   oc      ended-base(1,12),68(0)
        tm      ended-base(12),4
        bc      8,tio-base(12)
        bcr     15,11
dead:   lpsw    wait5-base(12)

        .balign 8
wait1:  .quad   0x00020000000BAD01
wait2:  .quad   0x00020000000BAD02
wait3:  .quad   0x00020000000BAD03
wait4:  .quad   0x00020000000BAD04
wait5:  .quad   0x00020000000BAD05
write_ccw:
        .quad   0x0900000020000000
read_ccw:
        .quad   0x0A00000020000050
far:    .long   0x00FFFFF0
return: .long   0
eighty: .short  80
ended:  .byte   0
ready:  .byte   0xD4,0xC9,0xE2,0xC3,0xC8,0xC9,0xC5,0xC6
ready_end:
        .balign 8
line:   .fill   80,1,0
blanks: .fill   80,1,0x40
