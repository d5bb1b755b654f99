.text
	.type	f, @function
f:
.L1:
	jnhe	.L2	# 1	[c=4 l=4]  p
	j	.L1	# 1	[c=4 l=4]  p
.L2:
	jgle	.L1	# 1	[c=4 l=4]  p
	jg	.L3	# 1	[c=4 l=4]  p
.L3:
	br	%r14	# 9	[c=0 l=2]  return
	.size	f, .-f
