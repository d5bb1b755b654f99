.text
	.type	f, @function
f:
.L1:
	brct	%r2,.L1	# 1	[c=4 l=4]  p
	brxle	%r3,%r4,.L1	# 1	[c=4 l=4]  p
	brxh	%r5,%r6,.L1	# 1	[c=4 l=4]  p
	br	%r14	# 9	[c=0 l=2]  return
	.size	f, .-f
