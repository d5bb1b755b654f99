.text
	.type	f, @function
f:
	larl	%r2,table+8	# 1	[c=4 l=4]  p
	larl	%r3,table	# 1	[c=4 l=4]  p
	br	%r14	# 9	[c=0 l=2]  return
	.size	f, .-f
