.text
	.type	f, @function
f:
	nopr	%r0
	nop	0
	j	.+2	# 3	[c=0 l=4]  trap
	je	.+2	# 1	[c=4 l=4]  *condtrap
	br	%r14	# 9	[c=0 l=2]  return
	.size	f, .-f
