.text
	.type	f, @function
f:
	tml	%r2,128	# 1	[c=4 l=4]  p
	jne	.L1	# 1	[c=4 l=4]  p
	tml	%r2,384	# 1	[c=4 l=4]  p
	je	.L1	# 1	[c=4 l=4]  p
	tmh	%r2,3072	# 1	[c=4 l=4]  p
	jno	.L1	# 1	[c=4 l=4]  p
	tmh	%r2,3	# 1	[c=4 l=4]  p
	jo	.L1	# 1	[c=4 l=4]  p
.L1:
	br	%r14	# 9	[c=0 l=2]  return
	.size	f, .-f
