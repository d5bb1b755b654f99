.text
	.type	f, @function
f:
	ltr	%r5,%r5	# 1	[c=4 l=4]  p
	mlr	%r2,%r5	# 1	[c=4 l=4]  p
	je	.L1	# 1	[c=4 l=4]  p
.L1:
	br	%r14	# 9	[c=0 l=2]  return
	.size	f, .-f
