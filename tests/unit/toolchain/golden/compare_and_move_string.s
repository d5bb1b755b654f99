.text
	.type	f, @function
f:
	clst	%r2,%r3	# 1	[c=4 l=4]  p
	jo	.-4
	ipm	%r2	# 1	[c=4 l=4]  p
	mvst	%r1,%r3	# 1	[c=4 l=4]  p
	jo	.-4
	br	%r14	# 9	[c=0 l=2]  return
	.size	f, .-f
