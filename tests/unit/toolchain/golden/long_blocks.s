.text
	.type	f, @function
f:
	mvcle	%r2,%r4,0	# 1	[c=4 l=4]  p
	jo	.-4
	mvcle	%r2,%r4,0(%r1)	# 1	[c=4 l=4]  p
	jo	.-4
	clcle	%r2,%r4,64	# 1	[c=4 l=4]  p
	jo	.-4
	ipm	%r2	# 1	[c=4 l=4]  p
	br	%r14	# 9	[c=0 l=2]  return
	.size	f, .-f
