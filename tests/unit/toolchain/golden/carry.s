.text
	.type	f, @function
f:
	alr	%r3,%r5	# 1	[c=4 l=4]  p
	alcr	%r2,%r4	# 1	[c=4 l=4]  p
	slr	%r3,%r5	# 1	[c=4 l=4]  p
	slbr	%r2,%r4	# 1	[c=4 l=4]  p
	alr	%r3,%r5	# 1	[c=4 l=4]  p
	alc	%r2,4(%r6)	# 1	[c=4 l=4]  p
	br	%r14	# 9	[c=0 l=2]  return
	.size	f, .-f
