.text
	.type	f, @function
f:
	ltr	%r2,%r2	# 1	[c=4 l=4]  p
	la	%r3,5(%r2)	# 1	[c=4 l=4]  *la_31_and/0
	je	.L1	# 1	[c=4 l=4]  p
.L1:
	br	%r14	# 9	[c=0 l=2]  return
	.size	f, .-f
