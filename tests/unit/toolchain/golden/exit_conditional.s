.text
	.type	f, @function
f:
	chi	%r2,5	# 1	[c=4 l=4]  p
	ber	%r14	# 1	[c=4 l=4]  *creturn
	lr	%r2,%r3	# 1	[c=4 l=4]  p
	br	%r14	# 9	[c=0 l=2]  return
	.size	f, .-f
