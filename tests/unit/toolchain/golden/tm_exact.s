.text
	.type	f, @function
f:
	tml	%r2,32769	# 1	[c=4 l=4]  p
	jl	.L1	# 1	[c=4 l=4]  p
	tmh	%r2,3	# 1	[c=4 l=4]  p
	jh	.L1	# 1	[c=4 l=4]  p
	tml	%r2,384	# 1	[c=4 l=4]  p
	jo	.L1	# 1	[c=4 l=4]  p
.L1:
	br	%r14	# 9	[c=0 l=2]  return
	.size	f, .-f
