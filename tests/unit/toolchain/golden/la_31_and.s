.text
	.type	f, @function
f:
	la	%r2,5(%r2)	# 1	[c=4 l=4]  *la_31_and/0
	la	%r2,0(%r3,%r4)	# 1	[c=4 l=4]  *la_31_and/0
	la	%r2,0(%r2,%r2)	# 1	[c=4 l=4]  *la_31_and/0
	la	%r2,8(%r3,%r2)	# 1	[c=4 l=4]  *la_31_and/0
	la	%r2,5(%r2)	# 1	[c=4 l=4]  *la_31/0
	br	%r14	# 9	[c=0 l=2]  return
	.size	f, .-f
