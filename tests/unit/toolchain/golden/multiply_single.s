.text
	.type	f, @function
f:
	msr	%r3,%r5	# 1	[c=4 l=4]  p
	msr	%r3,%r2	# 1	[c=4 l=4]  p
	msr	%r4,%r2	# 1	[c=4 l=4]  p
	msr	%r4,%r5	# 1	[c=4 l=4]  p
	msr	%r4,%r4	# 1	[c=4 l=4]  p
	ms	%r3,8(%r2)	# 1	[c=4 l=4]  p
	ms	%r4,8(%r5,%r2)	# 1	[c=4 l=4]  p
	msr	%r13,%r2	# 1	[c=4 l=4]  p
	br	%r14	# 9	[c=0 l=2]  return
	.size	f, .-f
