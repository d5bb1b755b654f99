.text
	.type	f, @function
f:
	chi	%r2,0	# 1	[c=4 l=4]  p
	je	.L1	# 1	[c=4 l=4]  p
	chi	%r2,-7	# 1	[c=4 l=4]  p
	jl	.L1	# 1	[c=4 l=4]  p
.L1:
	br	%r14	# 9	[c=0 l=2]  return
	.size	f, .-f
