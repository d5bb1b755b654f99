.text
	.type	f, @function
f:
	srst	%r1,%r3	# 1	[c=4 l=4]  p
	jo	.-4
	srst	%r1,%r3	# 1	[c=4 l=4]  p
	jo	.-4
	jh	.L1	# 1	[c=4 l=4]  p
.L1:
	br	%r14	# 9	[c=0 l=2]  return
	.size	f, .-f
