.text
	.type	f, @function
f:
	tml	%r2,32769	# 1	[c=4 l=4]  p
	jne	.L1	# 1	[c=4 l=4]  p
	tmh	%r2,258	# 1	[c=4 l=4]  p
	je	.L1	# 1	[c=4 l=4]  p
.L1:
	br	%r14	# 9	[c=0 l=2]  return
	.size	f, .-f
