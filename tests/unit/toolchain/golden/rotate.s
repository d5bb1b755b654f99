.text
	.type	f, @function
f:
	rll	%r2,%r3,7	# 1	[c=4 l=4]  p
	rll	%r0,%r0,40	# 1	[c=4 l=4]  p
	rll	%r1,%r1,3	# 1	[c=4 l=4]  p
	rll	%r2,%r3,0(%r4)	# 1	[c=4 l=4]  p
	rll	%r2,%r3,5(%r1)	# 1	[c=4 l=4]  p
	br	%r14	# 9	[c=0 l=2]  return
	.size	f, .-f
