.text
	.type	f, @function
f:
	mhi	%r2,10	# 1	[c=4 l=4]  p
	br	%r14	# 9	[c=0 l=2]  return
	.size	f, .-f
