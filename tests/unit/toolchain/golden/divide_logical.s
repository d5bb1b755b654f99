.text
	.type	f, @function
f:
	dlr	%r2,%r5	# 1	[c=4 l=4]  p
	dl	%r4,8(%r2)	# 1	[c=4 l=4]  p
	dl	%r4,8(%r1,%r2)	# 1	[c=4 l=4]  p
	br	%r14	# 9	[c=0 l=2]  return
	.size	f, .-f
