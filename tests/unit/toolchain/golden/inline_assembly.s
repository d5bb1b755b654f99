.text
	.type	f, @function
f:
#APP
# 13 "a.cpp" 1
	sio 0(%r2)
	ipm %r2
	ssk %r3,%r4
	.insn	s,0xb2130000,0(%r1)
# 0 "" 2
#NO_APP
	br	%r14	# 9	[c=0 l=2]  return
	.size	f, .-f
