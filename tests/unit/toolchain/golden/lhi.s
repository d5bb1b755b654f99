.text
	.type	f, @function
f:
	lhi	%r1,0	# 1	[c=4 l=4]  p
	ltr	%r1,%r1	# 1	[c=4 l=4]  p
	lhi	%r2,0	# 1	[c=4 l=4]  p
	lhi	%r3,4095	# 1	[c=4 l=4]  p
	jne	.L1	# 1	[c=4 l=4]  p
	lhi	%r2,4096	# 1	[c=4 l=4]  p
	lhi	%r3,-1	# 1	[c=4 l=4]  p
.L1:
	br	%r14	# 9	[c=0 l=2]  return
	.size	f, .-f
