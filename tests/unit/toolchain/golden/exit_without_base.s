.text
	.type	f, @function
f:
	ltr	%r2,%r2	# 1	[c=4 l=4]  p
	bner	%r14	# 1	[c=4 l=4]  *creturn
	lr	%r2,%r3	# 1	[c=4 l=4]  p
	br	%r14	# 9	[c=0 l=2]  return
	.size	f, .-f
