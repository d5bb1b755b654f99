.text
	.type	f, @function
f:
	ahi	%r2,5	# 1	[c=4 l=4]  p
	ahi	%r2,-1	# 1	[c=4 l=4]  p
	je	.L1	# 1	[c=4 l=4]  p
	ahi	%r3,-1	# 1	[c=4 l=4]  p
	ahi	%r15,-96	# 1	[c=4 l=4]  p
	ahi	%r15,96	# 1	[c=4 l=4]  p
.L1:
	br	%r14	# 9	[c=0 l=2]  return
	.size	f, .-f
