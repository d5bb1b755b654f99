.text
	.type	f, @function
f:
	larl	%r1,.L3	# 1	[c=4 l=4]  p
	ex	%r4,0(%r1)	# 1	[c=4 l=4]  *execute
	je	.L2	# 1	[c=4 l=4]  p
	lr	%r2,%r3	# 1	[c=4 l=4]  p
.L2:
	br	%r14	# 1	[c=4 l=4]  return
.L3:
	clc	0(1,%r3),0(%r2)	# 1	[c=4 l=4]  *clc
	.size	f, .-f
