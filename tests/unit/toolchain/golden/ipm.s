.text
	.type	f, @function
f:
	cr	%r2,%r3	# 1	[c=4 l=4]  p
	ipm	%r2	# 1	[c=4 l=4]  p
	srl	%r2,28	# 1	[c=4 l=4]  p
	br	%r14	# 9	[c=0 l=2]  return
	.size	f, .-f
