.text
	.type	f, @function
f:
	stm	%r14,%r15,56(%r15)	# 1	[c=4 l=4]  p
	msr	%r14,%r2	# 1	[c=4 l=4]  p
	msr	%r14,%r1	# 1	[c=4 l=4]  p
	msr	%r14,%r0	# 1	[c=4 l=4]  p
	ms	%r14,0(%r1)	# 1	[c=4 l=4]  p
	l	%r14,56(%r15)	# 1	[c=4 l=4]  p
	br	%r14	# 9	[c=0 l=2]  return
	.size	f, .-f
