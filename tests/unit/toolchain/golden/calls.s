.text
	.type	f, @function
f:
	stm	%r13,%r15,52(%r15)	# 1	[c=4 l=4]  p
	brasl	%r14,g	# 1	[c=4 l=4]  p
	basr	%r14,%r1	# 1	[c=4 l=4]  p
	lm	%r13,%r15,52(%r15)	# 1	[c=4 l=4]  p
	br	%r14	# 9	[c=0 l=2]  return
	.size	f, .-f
