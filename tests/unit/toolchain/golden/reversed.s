.text
	.type	f, @function
f:
	lrvr	%r2,%r3	# 1	[c=4 l=4]  p
	lrv	%r2,4(%r3)	# 1	[c=4 l=4]  p
	lrv	%r2,0(%r3,%r4)	# 1	[c=4 l=4]  p
	lrvh	%r2,4(%r3)	# 1	[c=4 l=4]  p
	lrvh	%r2,4(%r1,%r3)	# 1	[c=4 l=4]  p
	strv	%r2,4(%r3)	# 1	[c=4 l=4]  p
	strv	%r2,4(%r1,%r3)	# 1	[c=4 l=4]  p
	strvh	%r2,4(%r3)	# 1	[c=4 l=4]  p
	br	%r14	# 9	[c=0 l=2]  return
	.size	f, .-f
