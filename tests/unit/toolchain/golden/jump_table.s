.text
	.type	f, @function
f:
	larl	%r1,.L9	# 1	[c=4 l=4]  p
	l	%r1,0(%r2,%r1)	# 1	[c=4 l=4]  p
	br	%r1	# 1	[c=4 l=4]  *casesi_jump
.L1:
	lhi	%r2,5000	# 1	[c=4 l=4]  p
	br	%r14	# 1	[c=4 l=4]  return
.L2:
	lhi	%r2,6000	# 1	[c=4 l=4]  p
	br	%r14	# 9	[c=0 l=2]  return
	.size	f, .-f
	.section	.rodata
	.align	4
.L9:
	.long	.L1
	.long	.L2
	.text
